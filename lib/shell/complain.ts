/** What the shell, or a program it follows itself, says on standard error. */
import type { Range } from './command.ts'
import { asking, fork, type Shell, type State } from './state.ts'

/** Writes a text to wherever descriptor 2 of a process leads. May hold stand-ins. */
export function complain(shell: Shell, state: State, span: Range, text: string): void {
  const child = fork(state)
  delete child.stopped
  const channel = state.channels.get(2)
  if (channel !== undefined) child.channels.set(1, channel)
  const words = { argv: ['printf', '%s', text], words: [span, span, span] }
  shell.call(child, { ...words, span, opens: [], program: true }, asking)
}
