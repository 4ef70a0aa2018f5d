/** xargs: what it reads becomes words of the program it runs. Source: POSIX XCU xargs; findutils 4.9; BusyBox 1.35. */
import { textOutput } from './command.ts'
import { isKnown, unknownText } from './known.ts'
import { absolute, nameOf } from './paths.ts'
import type { Circumstance, Completion, Invocation, Shell, State } from './state.ts'
import { bad, fork, ok } from './state.ts'

// They make things that are named after what they are given.
const makers = new Set('touch mkdir cp mv ln install tee truncate'.split(' '))

/** How xargs goes on: its program is run with what it reads, as if the script had it. */
export function xargsCall(shell: Shell, state: State, call: Invocation): (how: Circumstance) => Completion {
  const { argv } = call
  const ash = state.dialect === 'ash'
  let replace: string | undefined
  let most = Number.POSITIVE_INFINITY
  let lines = Number.POSITIVE_INFINITY
  let separator: string | undefined
  let skipEmpty = false
  let file: string | undefined
  let i = 1
  for (; i < argv.length && argv[i]!.startsWith('-'); i++) {
    const word = argv[i]!
    if (word === '--') {
      i++
      break
    }
    if (word.startsWith('--')) {
      const [name = '', value] = word.split('=', 2)
      if (name === '--null') separator = '\0'
      else if (name === '--no-run-if-empty') skipEmpty = true
      else if (name === '--max-args') most = Number(value ?? argv[++i]) || 1
      else if (name === '--max-lines') lines = Number(value ?? 1) || 1
      else if (name === '--delimiter') separator = unescaped(value ?? argv[++i] ?? '')
      else if (name === '--replace') replace = value ?? '{}'
      else if (name === '--arg-file') file = value ?? argv[++i]
      else if (value === undefined && /^--(max-procs|max-chars|eof|process-slot-var)$/.test(name)) i++
      continue
    }
    for (let k = 1; k < word.length; k++) {
      const letter = word[k]!
      const rest = word.slice(k + 1)
      // BusyBox has neither.
      if (ash && (letter === 'L' || letter === 'd')) return () => bad
      if (letter === '0') separator = '\0'
      else if (letter === 'r') skipEmpty = true
      else if (letter === 'i' || letter === 'l' || letter === 'e') {
        if (letter === 'i') replace = rest === '' ? '{}' : rest
        if (letter === 'l') lines = Number(rest) || 1
        break
      } else if ('nLIdPEsa'.includes(letter)) {
        const value = (rest === '' ? argv[++i] : rest) ?? ''
        if (letter === 'n') most = Number(value) || 1
        if (letter === 'L') lines = Number(value) || 1
        if (letter === 'I') replace = value
        if (letter === 'd') separator = unescaped(value)
        if (letter === 'a') file = value
        break
      }
    }
  }
  const program = argv.length > i ? argv.slice(i) : ['echo']
  const channel = state.channels.get(0)
  const text =
    file !== undefined
      ? isKnown(file)
        ? shell.host.text(absolute(file, state.cwd))
        : undefined
      : channel?.kind === 'in'
        ? channel.source.rest
        : undefined
  const read = text === undefined ? undefined : batchesOf(text, { separator, whole: replace !== undefined, lines })
  const items = read?.flat() ?? [unknownText('xargs')]
  const child = fork(state)
  const from = channel?.kind === 'in' ? channel.source.from : []
  // With a file of its own, what it runs reads what it was given.
  if (file === undefined)
    child.channels.set(0, {
      kind: 'in',
      source: {
        output: text === undefined ? undefined : textOutput(''),
        from,
        rest: text === undefined ? undefined : '',
      },
    })
  return (how) => {
    if (items.length === 0 && (skipEmpty || replace !== undefined)) return ok
    // Nobody knows the items, nor how many there are: what is made may be one thing, or none.
    if (text === undefined && makers.has(nameOf(program[0]!)))
      child.conditions = [...child.conditions, ++shell.condition]
    let last = ok
    let failed = false
    const size = replace === undefined ? Math.min(Math.max(1, most), 5000) : 1
    const groups =
      Number.isFinite(lines) && replace === undefined && read !== undefined && read.length > 0 ? read : [items]
    for (const group of groups) {
      for (let at = 0; at < Math.max(1, group.length) && shell.steps > 0; at += size) {
        const some = group.slice(at, at + size)
        const words =
          replace === undefined ? [...program, ...some] : program.map((w) => w.replaceAll(replace, some[0] ?? ''))
        const ranges = words.map((_, k) => call.words[Math.min(i + k, call.words.length - 1)] ?? call.span)
        last = shell.call(
          fork(child),
          { argv: words, words: ranges, span: call.span, opens: [], by: 'xargs', program: true },
          how,
        )
        failed ||= last.status === 'failed'
      }
    }
    return failed ? bad : last
  }
}

/** One character, maybe written as an escape. */
const unescaped = (word: string): string =>
  ({ '\\n': '\n', '\\0': '\0', '\\t': '\t' })[word] ?? (word.startsWith('\\') ? word.slice(1, 2) : word.slice(0, 1))

/**
 * The items of a text, in groups of so many lines. Without a separator, blanks and newlines part them, quotes and backslashes
 * hold them together; `whole`: a line is one item, without the blanks before it. Source: xargs(1) of findutils 4.9.
 */
function batchesOf(
  text: string,
  how: { readonly separator: string | undefined; readonly whole: boolean; readonly lines: number },
): readonly (readonly string[])[] {
  if (how.separator !== undefined) {
    const items = text.split(how.separator)
    if (items.at(-1) === '') items.pop()
    return [items]
  }
  const groups: string[][] = [[]]
  let item: string | undefined
  let count = 0
  let quote = ''
  const end = (): void => {
    if (item !== undefined) groups.at(-1)!.push(item)
    item = undefined
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quote !== '') {
      if (c === quote) quote = ''
      else item += c
    } else if (c === '\n') {
      const empty = item === undefined && (i === 0 || text[i - 1] === '\n')
      end()
      // A blank at the end of a line joins it with the next.
      if (empty || /[ \t]/.test(text[i - 1] ?? '') || ++count < how.lines) continue
      count = 0
      groups.push([])
    } else if ((c === ' ' || c === '\t') && (!how.whole || item === undefined)) end()
    else if (c === '"' || c === "'") {
      quote = c
      item ??= ''
    } else if (c === '\\' && i + 1 < text.length) item = (item ?? '') + text[++i]!
    else item = (item ?? '') + c
  }
  end()
  return groups.filter((group) => group.length > 0)
}
