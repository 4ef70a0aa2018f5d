/** Programs that pass lines on, changed: what they print is worked out where the text is known. Source: POSIX XCU; GNU coreutils 9; BusyBox 1.35. */
import type { Outcome, Output } from '../shell/command.ts'
import { silent, textOutput } from '../shell/command.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { exact, sum, unknown } from '../size.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { done, failed, model, prints, unsure } from './command.ts'
import { isDistribution, releaseText } from './release.ts'
import { isMissing } from './text.ts'

type Lines = readonly string[]

/** A text short enough to be worked on, wholly known. */
const textOf = (output: Output | undefined): string | undefined =>
  output?.text !== undefined && isKnown(output.text) && output.text.length < 1_000_000 ? output.text : undefined

const linesOf = (text: string): Lines => (text === '' ? [] : text.replace(/\n$/, '').split('\n'))

const back = (lines: Lines): Outcome => prints(lines.length === 0 ? silent : textOutput(`${lines.join('\n')}\n`))

/** A model of a program that reads its operands, or standard input, and prints what `change` makes of the lines; undefined: nobody knows. */
const lineByLine =
  (change: (call: Call, lines: Lines) => Lines | undefined) =>
  (call: Call): Result => {
    if (call.args.some((arg) => isMissing(call, arg))) return { status: 'failed' }
    const text = textOf(inputOf(call, call.args))
    const after = text === undefined ? undefined : change(call, linesOf(text))
    return after === undefined ? done : back(after)
  }

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function sort({ flags }: Call, lines: Lines): Lines | undefined {
  if (flags.has(...unsorted)) return undefined
  const number = (text: string) => Number(/^\s*(-?\d+(?:\.\d+)?)/.exec(text)?.[1] ?? 0)
  const byKey = flags.has('-n', '--numeric-sort') ? (a: string, b: string) => number(a) - number(b) : byBytes
  const unique = flags.has('-u', '--unique')
  // Equal keys: the whole line decides, unless only one of them stays, which is the first.
  const order = (a: string, b: string) => byKey(a, b) || (unique ? 0 : byBytes(a, b))
  const sorted = [...lines].sort(flags.has('-r', '--reverse') ? (a, b) => order(b, a) : order)
  return unique ? sorted.filter((line, i) => i === 0 || byKey(line, sorted[i - 1]!) !== 0) : sorted
}

const unsorted =
  '-k -V -t -h -f -R -b -d -i -g -M -m -s -z --key --version-sort --field-separator --human-numeric-sort'.split(' ')

// `sort -o FILE` writes there, and prints nothing.
function sorted(call: Call): Result {
  if (call.flags.has('-c', '-C', '--check')) return checked(call)
  const target = call.flags.value('-o', '--output')
  const outcome = lineByLine(sort)(call)
  if (target === undefined) return outcome
  const output = outcome?.output
  call.files.write(call.path(target), {
    size: output?.size ?? unknown('output of sort'),
    ...(output?.text === undefined ? {} : { text: output.text }),
  })
  return { status: outcome?.status ?? 'ok', output: silent }
}

// `sort -c`: are the lines in order, and with -u none twice?
function checked(call: Call): Result {
  const text = textOf(inputOf(call, call.args))
  const lines = text === undefined ? undefined : linesOf(text)
  const after = lines && sort(call, lines)
  if (after === undefined) return unsure
  return after.length === lines?.length && after.every((line, i) => line === lines[i])
    ? { status: 'ok', output: silent }
    : { status: 'failed', code: 1, output: silent }
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

function tr(call: Call): Result {
  const { flags, args } = call
  const text = textOf(inputOf(call, []))
  const [from = '', to] = args.map(letters)
  if (text === undefined || flags.has('-c', '-C', '-s', '-t', '--complement', '--squeeze-repeats')) return done
  if (flags.has('-d', '--delete')) return prints(textOutput([...text].filter((c) => !from.includes(c)).join('')))
  if (to === undefined || to === '') return done
  const by = (c: string) => (from.includes(c) ? (to[Math.min(from.indexOf(c), to.length - 1)] ?? c) : c)
  return prints(textOutput([...text].map(by).join('')))
}

// `a-z`, `\n` and classes of tr.
const letters = (set: string): string =>
  set
    .replace(/\[:lower:\]/g, 'a-z')
    .replace(/\[:upper:\]/g, 'A-Z')
    .replace(/\[:digit:\]/g, '0-9')
    .replace(/\[:space:\]/g, ' \t\n\v\f\r')
    .replace(/\\([ntr\\])/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? '\\')
    .replace(/([a-z])-([a-z])|([A-Z])-([A-Z])|([0-9])-([0-9])/g, (found) => {
      const [a, b] = [found.charCodeAt(0), found.charCodeAt(2)]
      return Array.from({ length: Math.max(0, b - a + 1) }, (_, i) => String.fromCharCode(a + i)).join('')
    })

/** A pattern that means the same to every grep: letters, and `^` and `$` at its ends. */
const plain = /^\^?[\w =:/@,-]*\$?$/

function grep(call: Call): Result {
  const { flags, args } = call
  const given = flags.value('-e', '--regexp')
  const [pattern, ...files] = given === undefined ? args : [given, ...args]
  if (files.some((file) => isMissing(call, file))) return { status: 'failed' }
  const text = textOf(inputOf(call, files))
  if (text === undefined && given === undefined) return asksRelease(call)
  if (text === undefined || pattern === undefined || !isKnown(pattern) || !plain.test(pattern)) return unsure
  if (flags.has(...ungrepped) || flags.all('-e', '--regexp').length > 1) return unsure
  const fold = flags.has('-i', '--ignore-case')
  const literal = flags.has('-F', '--fixed-strings') || call.name === 'fgrep'
  const inner = literal ? pattern.replace(/[\^$]/g, '\\$&') : pattern
  const edged = flags.has('-x', '--line-regexp') ? `^(?:${inner})$` : inner
  const regexp = new RegExp(flags.has('-w', '--word-regexp') ? `\\b(?:${edged})\\b` : edged, fold ? 'i' : '')
  const lines = linesOf(text)
  const found = lines.flatMap((line, i) =>
    regexp.test(line) === flags.has('-v', '--invert-match')
      ? []
      : [flags.has('-n', '--line-number') ? `${i + 1}:${line}` : line],
  )
  const status = found.length > 0 ? 'ok' : 'failed'
  if (flags.has('-q', '--quiet', '--silent')) return { status, output: silent }
  // Names stand in front where there are several inputs.
  if (files.length > 1 && !flags.has('-h')) return { status }
  const shown = flags.has('-c', '--count') ? [String(found.length)] : found
  return { status, output: shown.length === 0 ? silent : textOutput(`${shown.join('\n')}\n`) }
}

// What `grep NAME /etc/os-release` answers, where the distribution is known.
function asksRelease(call: Call): Result {
  const [pattern = '', path] = call.args
  const plain = /^"?(ID=)?"?([\w -]+)"?$/.exec(pattern.replace(/^\^|\$$/g, ''))?.[2]
  if (path === undefined || plain === undefined || call.args.length !== 2 || call.flags.has('-v', '-c', '-L'))
    return unsure
  const text = releaseText(call.path(path), call.facts)
  if (text === undefined) return unsure
  const fits = call.flags.has('-i') ? text.toLowerCase().includes(plain.toLowerCase()) : text.includes(plain)
  const output = call.flags.has('-q') ? { output: silent } : {}
  if (fits && plain === pattern) return { status: 'ok', ...output }
  return !text.toLowerCase().includes(plain.toLowerCase()) && isDistribution(plain)
    ? { status: 'failed', output: silent }
    : unsure
}

const ungrepped = '-o -l -L -A -B -C -f -P -r -R -m -H -z --include --exclude --color'.split(' ')

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

// `{print $2}`, of fields between blanks or what -F says.
function awk(call: Call): Result {
  const [program, ...files] = call.args
  const field = /^\s*\{\s*print(?:\s+\$(\d+|NF))?;?\s*\}\s*$/.exec(program ?? '')
  const mark = call.flags.value('-F')
  const text = textOf(inputOf(call, files))
  if (field === null || text === undefined || call.flags.has('-v', '-f', '-e')) return done
  if (mark !== undefined && !/^[^\\\s.[\]{}()*+?^$|]$/.test(mark)) return done
  return back(
    linesOf(text).map((line) => {
      const fields = mark === undefined ? line.trim().split(/[ \t]+/) : line.split(mark)
      if (field[1] === undefined || field[1] === '0') return line
      return (field[1] === 'NF' ? fields.at(-1) : fields[Number(field[1]) - 1]) ?? ''
    }),
  )
}

const numbered = (lines: Lines): Lines | undefined =>
  lines.includes('') ? undefined : lines.map((line, i) => `${String(i + 1).padStart(6)}\t${line}`)

export default [
  model({
    names: ['sort'],
    values: ['-k', '-t', '-o', '-S', '-T', '--key', '--field-separator', '--output', '--buffer-size', '--parallel'],
    reliable: true,
    run: sorted,
  }),
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
  model({ names: ['tr'], reliable: true, run: tr }),
  model({
    names: ['grep', 'egrep', 'fgrep'],
    values: ['-e', '-f', '-m', '-A', '-B', '-C', '--regexp', '--file', '--max-count', '--include', '--exclude'],
    attached: ['--color'],
    reliable: true,
    run: grep,
  }),
  model({ names: Object.keys(digits), values: ['-a', '-l'], reliable: true, run: sums }),
  model({ names: ['awk', 'gawk', 'mawk', 'nawk'], values: ['-F', '-v', '-f'], reliable: true, run: awk }),
]
