/** Builtins that read standard input. Source: POSIX XCU read; bash manual for mapfile. */
import { isKnown, unknownText } from './known.ts'
import type { Completion, Invocation, Shell, Source, State } from './state.ts'
import { assign, bad, ok, valueFor } from './state.ts'

/** `read`: a line of standard input into variables. */
export function read(_: Shell, state: State, { argv, vars }: Invocation): Completion {
  const names: string[] = []
  let raw = false
  let most: number | undefined
  for (let i = 1; i < argv.length; i++) {
    const arg = argv[i]!
    if (names.length > 0 || !/^-[A-Za-z]/.test(arg)) {
      names.push(arg)
      continue
    }
    const at = arg.slice(1).search(/[adinNptu]/) + 1
    raw ||= (at === 0 ? arg : arg.slice(0, at)).includes('r')
    if (at === 0) continue
    const value = arg.slice(at + 1) || (argv[++i] ?? '')
    if (/[nN]/.test(arg[at]!)) most = Number(value) || undefined
  }
  if (names.length === 0) names.push('REPLY')
  const channel = state.channels.get(0)
  const { line, whole } =
    channel?.kind === 'in' ? nextLine(channel.source, raw, most) : { line: undefined, whole: false }
  if (line === undefined) {
    for (const name of names) assign(state, name, unknownText(name))
    return { status: 'unknown' }
  }
  const ifs = vars?.get('IFS') ?? valueFor(state, 'IFS') ?? ' \t\n'
  const fields = splitLine(
    (line ?? '').replace(/\\(.)/g, (whole, c: string) => (raw ? whole : c)),
    isKnown(ifs) ? ifs : ' ',
    names.length,
  )
  for (const [i, name] of names.entries()) if (/^[A-Za-z_]\w*$/.test(name)) assign(state, name, fields[i] ?? '')
  return whole ? ok : bad
}

// The last name takes the rest of the line.
function splitLine(line: string, ifs: string, count: number): readonly string[] {
  if (ifs === '') return [line]
  const isSpace = (c: string) => ifs.includes(c) && /\s/.test(c)
  let text = line
  const trim = () => {
    let n = 0
    while (n < text.length && isSpace(text[n]!)) n++
    text = text.slice(n)
  }
  const fields: string[] = []
  trim()
  while (fields.length < count - 1 && text !== '') {
    let end = 0
    while (end < text.length && !ifs.includes(text[end]!)) end++
    if (end === text.length) break
    fields.push(text.slice(0, end))
    const hard = !isSpace(text[end]!)
    text = text.slice(hard ? end + 1 : end)
    trim()
    if (!hard && text !== '' && ifs.includes(text[0]!)) {
      text = text.slice(1)
      trim()
    }
  }
  let end = text.length
  while (end > 0 && isSpace(text[end - 1]!)) end--
  return [...fields, text.slice(0, end)]
}

interface Line {
  /** Undefined: nobody knows; null: there is none. */
  readonly line: string | undefined | null
  /** It has an end: what stands behind the last newline is read too, and counts as failed. */
  readonly whole: boolean
}

/** What a source still has to give, line by line. A backslash at the end joins a line with the next, unless `raw`. */
function nextLine(source: Source, raw: boolean, most: number | undefined): Line {
  const { rest } = source
  if (rest === undefined) return { line: undefined, whole: false }
  if (rest === '') return { line: null, whole: false }
  let end = rest.indexOf('\n')
  while (!raw && end >= 0 && isEscaped(rest, end)) end = rest.indexOf('\n', end + 1)
  if (most !== undefined && (end < 0 ? rest.length : end) >= most) {
    source.rest = rest.slice(most)
    return { line: rest.slice(0, most), whole: true }
  }
  source.rest = end < 0 ? '' : rest.slice(end + 1)
  const line = end < 0 ? rest : rest.slice(0, end)
  return { line: raw ? line : line.replaceAll('\\\n', ''), whole: end >= 0 }
}

/** `mapfile`: all lines of standard input into one array. */
export function array(_: Shell, state: State, { argv }: Invocation): Completion {
  const name = argv.slice(1).findLast((a) => /^[A-Za-z_]\w*$/.test(a)) ?? 'MAPFILE'
  const channel = state.channels.get(0)
  const text = channel?.kind === 'in' ? channel.source.rest : undefined
  const keep = !argv.includes('-t')
  const items = text?.split('\n').map((l) => (keep ? `${l}\n` : l))
  if (text?.endsWith('\n')) items?.pop()
  state.vars.set(
    name,
    items === undefined || text === undefined || !isKnown(text)
      ? { value: unknownText(name), exported: false }
      : { value: undefined, exported: false, items: text === '' ? [] : items },
  )
  return ok
}

function isEscaped(text: string, at: number): boolean {
  let first = at
  while (text[first - 1] === '\\') first--
  return (at - first) % 2 === 1
}
