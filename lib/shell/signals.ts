/** Signals that a script sends itself, and what it has set for them. Source: POSIX XCU 2.14, trap; XCU kill. */
import { unknownText } from './known.ts'
import type { Circumstance, Completion, Invocation, Shell, State } from './state.ts'
import { asking, ok } from './state.ts'

/** `$$` of the shell that a RUN starts. An inner one keeps its own among its variables. */
const first = unknownText('$')

/** The number of the process that a script runs in, `$$`. Nobody knows it, and it stays. */
export const numberOf = (state: Pick<State, 'vars'>): string => state.vars.get('$')?.value ?? first

const numbers: Readonly<Record<string, string>> = { '1': 'HUP', '2': 'INT', '3': 'QUIT', '9': 'KILL', '15': 'TERM' }

// What nobody who has not asked for them notices.
const unheard = new Set(['0', 'CHLD', 'CONT', 'URG', 'WINCH'])

const signalOf = (word: string): string => numbers[word] ?? word.toUpperCase().replace(/^SIG/, '')

/** The traps of a process after `trap action signals`. `-` gives a signal back what it does by itself. */
export function withTraps(
  old: ReadonlyMap<string, string> | undefined,
  signals: readonly string[],
  action: string,
): ReadonlyMap<string, string> {
  const traps = new Map(old)
  for (const signal of signals.map(signalOf)) {
    if (action === '-') traps.delete(signal)
    else traps.set(signal, action)
  }
  return traps
}

/** `kill`: a signal for the shell itself runs the trap it has for it, or ends it. What others do with theirs is not followed. */
export function kill(shell: Shell, state: State, call: Invocation, how: Circumstance): Completion {
  const words = call.argv.slice(1)
  const isNamed = words[0] === '-s' || words[0] === '-n'
  const given = isNamed ? words[1] : words[0]?.startsWith('-') ? words[0].slice(1) : undefined
  const targets = words.slice(isNamed ? 2 : given === undefined ? 0 : 1)
  if (!targets.includes(numberOf(state))) return shell.call(state, { ...call, opens: [], program: true }, how)
  const signal = signalOf(given ?? 'TERM')
  const action = signal === 'KILL' ? undefined : state.signals?.get(signal)
  if (action !== undefined) {
    if (action !== '') shell.text(state, action, asking, state.at)
    return ok
  }
  // The first process of a container is sent nothing that it has not asked for. Source: pid_namespaces(7).
  if (unheard.has(signal) || numberOf(state) === first) return ok
  state.trap = undefined
  return { status: 'failed', flow: 'exit' }
}
