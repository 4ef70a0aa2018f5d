/** Programs that pass lines on, changed: what they print is worked out where the text is known. Source: POSIX XCU; GNU coreutils 9; BusyBox 1.35. */
import type { Outcome, Output } from '../shell/command.ts'
import { silent, textOutput } from '../shell/command.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { exact, sum } from '../size.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints, unsure } from './command.ts'
import { isMissing } from './text.ts'

/** Lines without their ends. */
export type Lines = readonly string[]

/** A text short enough to be worked on, wholly known. */
export const textOf = (output: Output | undefined): string | undefined =>
  output?.text !== undefined && isKnown(output.text) && output.text.length < 1_000_000 ? output.text : undefined

/** Its lines, the end of the last one left off. */
export const linesOf = (text: string): Lines => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

const back = (lines: Lines): Outcome => prints(lines.length === 0 ? silent : textOutput(`${lines.join('\n')}\n`))

/** A model of a program that reads its operands, or standard input, and prints what `change` makes of the lines; undefined: nobody knows. */
export const lineByLine =
  (change: (call: Call, lines: Lines) => Lines | undefined) =>
  (call: Call): Result => {
    if (call.args.some((arg) => isMissing(call, arg))) return { status: 'failed' }
    const text = textOf(inputOf(call, call.args))
    const after = text === undefined ? undefined : change(call, linesOf(text))
    return after === undefined ? done : back(after)
  }

function uniq({ flags, args }: Call, lines: Lines): Lines | undefined {
  if (args.length > 1 || flags.has('-i', '-f', '-s', '-w', '-z', '-D')) return undefined
  const runs: { readonly line: string; count: number }[] = []
  for (const line of lines) {
    const last = runs.at(-1)
    if (last?.line === line) last.count++
    else runs.push({ line, count: 1 })
  }
  return runs
    .filter(({ count }) => (!flags.has('-d') || count > 1) && (!flags.has('-u') || count === 1))
    .map(({ line, count }) => (flags.has('-c', '--count') ? `${String(count).padStart(7)} ${line}` : line))
}

// One count of one input; columns of several differ between programs.
function wc(call: Call): Result {
  const { args, flags } = call
  const kinds = ['-l', '-c', '-w', '-m', '-L', '--lines', '--bytes', '--words'].filter((name) => flags.has(name))
  if (args.some((arg) => isMissing(call, arg))) return { status: 'failed' }
  if (args.length > 1 || kinds.length !== 1) return done
  const input = inputOf(call, args)
  const text = textOf(input)
  const count = countOf(kinds[0]!.replace(/^--(.).*/, '-$1').replace('-b', '-c'), text, input)
  if (count === undefined) return done
  return prints(textOutput(args[0] === undefined ? `${count}\n` : `${count} ${args[0]}\n`))
}

function countOf(kind: string, text: string | undefined, input: Output | undefined): number | undefined {
  if (kind === '-c') return input?.size.basis === 'exact' ? (input.size.bytes ?? undefined) : undefined
  if (text === undefined) return undefined
  if (kind === '-l') return text.split('\n').length - 1
  if (kind === '-w') return text.split(/\s+/).filter((word) => word !== '').length
  return kind === '-m' && utf8Bytes(text) === text.length ? text.length : undefined
}

/** `1,3-5,7-` as a question about a place, counted from 1; undefined: not understood. */
function placesOf(list: string | undefined): ((place: number) => boolean) | undefined {
  const ranges = (list ?? '').split(',').map((part) => /^(\d*)(-?)(\d*)$/.exec(part))
  if (ranges.some((match) => match === null || (match[1] === '' && match[3] === ''))) return undefined
  const bounds = ranges.map((match) => {
    const from = match![1] === '' ? 1 : Number(match![1])
    return [from, match![2] === '' ? from : match![3] === '' ? Number.POSITIVE_INFINITY : Number(match![3])] as const
  })
  return (place) => bounds.some(([from, to]) => from <= place && place <= to)
}

function cut({ flags }: Call, lines: Lines): Lines | undefined {
  if (flags.has('--complement', '--output-delimiter', '-z', '-n')) return undefined
  const letters = flags.value('-c', '-b', '--characters', '--bytes')
  const fits = placesOf(letters ?? flags.value('-f', '--fields'))
  if (fits === undefined) return undefined
  if (letters !== undefined) {
    if (lines.some((line) => utf8Bytes(line) !== line.length)) return undefined
    return lines.map((line) => [...line].filter((_, i) => fits(i + 1)).join(''))
  }
  const mark = flags.value('-d', '--delimiter') ?? '\t'
  if (mark === '') return undefined
  return lines
    .filter((line) => line.includes(mark) || !flags.has('-s', '--only-delimited'))
    .map((line) =>
      line.includes(mark)
        ? line
            .split(mark)
            .filter((_, i) => fits(i + 1))
            .join(mark)
        : line,
    )
}

// What joins the last line to the next is not worked out where the last one does not end.
const whole =
  (change: (lines: Lines, call: Call) => Lines | undefined) =>
  (call: Call): Result => {
    if (call.args.some((arg) => isMissing(call, arg))) return { status: 'failed' }
    const text = textOf(inputOf(call, call.args))
    const after = text === undefined || (text !== '' && !text.endsWith('\n')) ? undefined : change(linesOf(text), call)
    return after === undefined || call.flags.has(...anyOf) ? done : back(after)
  }

const anyOf = '-b -s -r -n -w -v -i -a -e -f -h -d -l -p'.split(' ')

// Digits of a sum, by program.
const digits: Readonly<Record<string, number>> = {
  md5sum: 32,
  sha1sum: 40,
  sha224sum: 56,
  sha256sum: 64,
  sha384sum: 96,
  sha512sum: 128,
  b2sum: 128,
}

/** A line for each input, of known length; the digits are not worked out. */
function sums(call: Call): Result {
  if (call.flags.has('-c', '--check', '--tag', '-z', '-a', '-l')) return unsure
  if (call.args.some((arg) => isMissing(call, arg))) return failed
  const names = call.args.length === 0 ? ['-'] : call.args
  if (names.some((name) => !isKnown(name) || /[\\\n]/.test(name))) return done
  const lengths = names.map((name) => exact(digits[call.name]! + 3 + utf8Bytes(name), call.name))
  return prints({ size: sum(lengths) })
}

const numbered = (lines: Lines): Lines | undefined =>
  lines.includes('') ? undefined : lines.map((line, i) => `${String(i + 1).padStart(6)}\t${line}`)

export default [
  model({ names: ['uniq'], values: ['-f', '-s', '-w'], reliable: true, run: lineByLine(uniq) }),
  model({ names: ['wc'], reliable: true, run: wc }),
  model({
    names: ['cut'],
    values: ['-c', '-b', '-d', '-f', '--characters', '--bytes', '--delimiter', '--fields', '--output-delimiter'],
    reliable: true,
    run: lineByLine(cut),
  }),
  model({ names: ['tac'], reliable: true, run: whole((lines) => lines.toReversed()) }),
  model({ names: ['rev'], reliable: true, run: whole((lines) => lines.map((line) => [...line].reverse().join(''))) }),
  model({ names: ['nl'], reliable: true, run: whole(numbered) }),
  model({ names: Object.keys(digits), values: ['-a', '-l'], reliable: true, run: sums }),
]
