/** Shells that a RUN starts: `sh -c '…'`, `bash FILE`, a script on standard input or at hand, `su -c '…'`. */
import type { Dialect } from './command.ts'
import { isKnown } from './known.ts'
import { absolute, nameOf } from './paths.ts'
import type { Circumstance, Completion, Invocation, Place, Shell, State } from './state.ts'
import { bad, ending, fatal, fork, fresh, ok } from './state.ts'

/** What a call comes to, when its turn is. */
export type Outcome = (how: Circumstance) => Completion

const dialects: Readonly<Record<string, Dialect | undefined>> = {
  bash: 'bash',
  dash: 'dash',
  ash: 'ash',
  ksh: 'bash',
  zsh: 'bash',
  rbash: 'bash',
}

/** What a program of this name reads; undefined: it is no shell. */
export const dialectOf = (shell: Shell, name: string): Dialect | undefined =>
  name === 'sh' ? shell.sh : Object.hasOwn(dialects, name) ? dialects[name] : undefined

/** `sh [options] [-c script | file] [arguments]`; undefined: what it runs is not at hand. */
export function shellCall(shell: Shell, state: State, call: Invocation, dialect: Dialect): Outcome | undefined {
  const { argv } = call
  const { options, isCommand, fromInput, end } = shellWords(argv)
  const text = argv[end]
  if (isCommand) {
    if (text === undefined) return () => ok
    if (!isKnown(text)) return unknownScript(state)
    const name = argv[end + 1] ?? argv[0]!
    const at = placeOf(shell, text, call.words[end] ?? call.span)
    return (how) => runIn(shell, state, call, { text, name, args: argv.slice(end + 2), options, dialect, at }, how)
  }
  if (text !== undefined && !fromInput) {
    const script = isKnown(text) ? shell.host.script(absolute(text, state.cwd)) : undefined
    if (script === undefined) return undefined
    const file = { text: script, name: text, args: argv.slice(end + 1), options, dialect, at: () => call.span }
    return (how) => runIn(shell, state, call, file, how)
  }
  const channel = state.channels.get(0)
  const input = channel?.kind === 'in' ? channel.source.rest : undefined
  if (input === undefined || !isKnown(input)) return undefined
  const begin = input.length > 3 ? shell.source.indexOf(input, call.span.start) : -1
  const at: Place = begin < 0 ? () => call.span : (r) => ({ start: begin + r.start, end: begin + r.end })
  return (how) =>
    runIn(shell, state, call, { text: input, name: argv[0]!, args: argv.slice(end), options, dialect, at }, how)
}

/** A shell's own options, and the word after them. */
function shellWords(argv: readonly string[]): {
  readonly options: readonly string[]
  readonly isCommand: boolean
  readonly fromInput: boolean
  readonly end: number
} {
  const options: string[] = []
  let isCommand = false
  let fromInput = false
  let i = 1
  for (; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--' || word === '-') {
      i++
      break
    }
    if (!/^[-+]/.test(word)) break
    if (word.startsWith('--')) {
      if (word === '--rcfile' || word === '--init-file') i++
      continue
    }
    for (const letter of word.slice(1)) {
      if (letter === 'c') isCommand = true
      else if (letter === 's') fromInput = true
      else if (letter === 'o' || letter === 'O') options.push(argv[++i] ?? '')
      else options.push(letter)
    }
  }
  return { options, isCommand, fromInput, end: i }
}

const unknownScript =
  (state: State): Outcome =>
  (how) => ({ status: fatal(state, how) ? 'likely' : 'unknown' })

/** A script in quotes keeps its own places when nothing in it was expanded. */
function placeOf(shell: Shell, text: string, range: { readonly start: number; readonly end: number }): Place {
  const { source } = shell
  const shift =
    source.slice(range.start, range.end) === text
      ? range.start
      : source.slice(range.start + 1, range.end - 1) === text
        ? range.start + 1
        : -1
  return shift < 0 ? () => range : (r) => ({ start: shift + r.start, end: shift + r.end })
}

/** A text that a shell reads, and how that shell was called. */
interface Script {
  readonly text: string
  readonly name: string
  readonly args: readonly string[]
  readonly options: readonly string[]
  readonly dialect: Dialect
  readonly at: Place
}

/** In a shell of its own: only what is exported comes along. */
function runIn(shell: Shell, state: State, call: Invocation, script: Script, how: Circumstance): Completion {
  if (shell.depth >= 40) return { status: 'unknown' }
  const vars = new Map([...state.vars].filter(([, v]) => v.exported))
  for (const [name, value] of call.vars ?? []) vars.set(name, { value, exported: true })
  vars.set('$', { value: fresh(shell, '$$'), exported: false })
  const child = fork(state, {
    vars,
    functions: new Map(),
    options: new Set(script.options),
    args: script.args,
    name: script.name,
    dialect: script.dialect,
    locals: undefined,
    expendable: !fatal(state, how),
  })
  const completion = shell.text(child, script.text, { ...how, must: fatal(state, how), noexit: false }, script.at)
  const { trap } = child
  child.trap = undefined
  if (trap !== undefined) shell.text(child, trap, { tolerated: true, must: false, noexit: true }, script.at)
  return ending(completion)
}

/** Runs a script file that is at hand, its first line heeded. */
export function runScript(
  shell: Shell,
  state: State,
  call: Invocation,
  { text, path }: { readonly text: string; readonly path: string },
  how: Circumstance,
): Completion {
  const first = /^#! ?(\S+)(?:[ \t]+(\S+))?(?:[ \t]+(-\S+))?/.exec(text)
  const program = first === null ? 'sh' : nameOf(first[1]!) === 'env' ? nameOf(first[2] ?? 'sh') : nameOf(first[1]!)
  const flags = first === null ? '' : nameOf(first[1]!) === 'env' ? (first[3] ?? '') : (first[2] ?? '')
  const dialect = dialectOf(shell, program) ?? 'sh'
  const options = /^-[a-z]+$/.test(flags) ? [...flags.slice(1)] : []
  const script = { text, name: path, args: call.argv.slice(1), options, dialect, at: () => call.span }
  return runIn(shell, state, call, script, how)
}

/** `su [-] [user] -c 'script' [-s shell]`; undefined: it is told no script. */
export function suCall(shell: Shell, state: State, call: Invocation): Outcome | undefined {
  const name = nameOf(call.argv[0]!)
  let user = 'root'
  let text: string | undefined
  let range = call.span
  let login = false
  for (let i = 1; i < call.argv.length; i++) {
    const word = call.argv[i]!
    if (word === '-' || word === '-l' || word === '--login') login = true
    else if (word === '-c' || word === '--command') {
      text = call.argv[++i]
      range = call.words[i] ?? call.span
    } else if (word.startsWith('--command=')) text = word.slice('--command='.length)
    else if (word === '-s' || word === '-g' || word === '-G' || word === '--shell') i++
    else if (!word.startsWith('-')) {
      user = word
      break
    }
  }
  for (const [i, word] of call.argv.entries()) {
    if (text === undefined && word === '-c') {
      text = call.argv[i + 1]
      range = call.words[i + 1] ?? call.span
    }
  }
  if (text === undefined) return undefined
  if (!isKnown(text)) return unknownScript(state)
  // Nobody can become somebody where nobody is listed.
  const isListed = name !== 'su' || shell.host.presence('/etc/passwd') !== 'no'
  const home = user === 'root' ? '/root' : `/home/${user}`
  const child = fork(state, { user, ...(login ? { cwd: home } : {}) })
  child.vars.set('HOME', { value: home, exported: true })
  const script = { text, name: 'su', args: [], options: [], dialect: shell.sh, at: placeOf(shell, text, range) }
  return (how) => (isListed || fatal(state, how) ? runIn(shell, child, call, script, how) : bad)
}
