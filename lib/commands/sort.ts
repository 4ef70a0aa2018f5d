/** sort, by whole lines or by one key. Source: POSIX XCU sort; GNU coreutils 9 in the C locale; BusyBox 1.35. */
import { silent } from '../shell/command.ts'
import { isKnown } from '../shell/known.ts'
import { unknown } from '../size.ts'
import { isApplet } from './busybox.ts'
import { inputOf } from './bytes.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { type Lines, lineByLine, linesOf, textOf } from './lines.ts'

type Order = (a: string, b: string) => number

const byBytes: Order = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
const number = (text: string): number => Number(/^\s*(-?\d+(?:\.\d+)?)/.exec(text)?.[1] ?? 0)
const byNumber: Order = (a, b) => number(a) - number(b)

function sort(call: Call, lines: Lines): Lines | undefined {
  const { flags } = call
  if (flags.has(...unsorted)) return undefined
  const byKey = orderOf(call)
  if (byKey === undefined) return undefined
  const unique = flags.has('-u', '--unique')
  const turned = flags.has('-r', '--reverse')
  // Equal keys: the whole line decides, unless only one of them stays, which is the first.
  const order: Order = (a, b) =>
    turned ? byKey(b, a) || (unique ? 0 : byBytes(b, a)) : byKey(a, b) || (unique ? 0 : byBytes(a, b))
  const sorted = [...lines].sort(order)
  return unique ? sorted.filter((line, i) => i === 0 || byKey(line, sorted[i - 1]!) !== 0) : sorted
}

const unsorted =
  '-V -h -f -R -b -d -i -g -M -m -s -z --version-sort --human-numeric-sort --stable --merge --ignore-case'.split(' ')

/** By what lines are compared; undefined: in a way that is not followed. */
function orderOf(call: Call): Order | undefined {
  const { flags } = call
  const keys = flags.all('-k', '--key')
  const plain = flags.has('-n', '--numeric-sort') ? byNumber : byBytes
  if (keys.length === 0) return flags.has('-t', '--field-separator') ? undefined : plain
  const mark = flags.value('-t', '--field-separator')
  const match = /^(\d{1,3})(?:,(\d{1,3}))?(n?)$/.exec(keys[0]!)
  if (keys.length > 1 || match === null || (mark !== undefined && (!isKnown(mark) || mark.length !== 1)))
    return undefined
  const [from, to] = [Number(match[1]), match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2])]
  const order = match[3] === 'n' ? byNumber : plain
  // What blanks before a key count for differs, but for a number.
  if (from < 1 || to < from || (mark === undefined && order === byBytes && (from > 1 || isApplet(call))))
    return undefined
  const keyOf = (line: string): string => {
    const fields = mark === undefined ? (line.match(/[ \t]*[^ \t]+/g) ?? [line]) : line.split(mark)
    return fields.slice(from - 1, to).join(mark ?? '')
  }
  return (a, b) => order(keyOf(a), keyOf(b))
}

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

export default [
  model({
    names: ['sort'],
    values: ['-k', '-t', '-o', '-S', '-T', '--key', '--field-separator', '--output', '--buffer-size', '--parallel'],
    reliable: true,
    run: sorted,
  }),
]
