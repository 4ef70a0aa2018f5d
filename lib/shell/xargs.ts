/** xargs: what it reads becomes words of the program it runs. */
import { textOutput } from './command.ts'
import { complain } from './complain.ts'
import { isKnown, unknownText } from './known.ts'
import { absolute, nameOf } from './paths.ts'
import type { Circumstance, Completion, Invocation, Shell, State } from './state.ts'
import { bad, fork, ok, withVars } from './state.ts'
import { type Asked, askedOf, batchesOf, traceOf } from './xargs-words.ts'

// They make things that are named after what they are given.
const makers = new Set('touch mkdir cp mv ln install tee truncate'.split(' '))

/** Most items of one run; a real one stops at so many bytes. */
const mostItems = 5000

/** How xargs goes on: its program is run with what it reads, as if the script had it. */
export function xargsCall(shell: Shell, state: State, call: Invocation): (how: Circumstance) => Completion {
  const asked = askedOf(call.argv, state.dialect === 'ash')
  if (asked === undefined) return () => bad
  const program = call.argv.length > asked.program ? call.argv.slice(asked.program) : ['echo']
  const text = textFor(shell, state, asked)
  const child = fork(withVars(state, call))
  // With a file of its own, what it runs reads what it was given.
  if (asked.file === undefined) drain(state, child, text !== undefined)
  const runs = text === undefined ? undefined : runsOf(text, asked)
  // A quote that stays open: it stops, before the only run or after some of many.
  if (text !== undefined && runs === undefined && !Number.isFinite(Math.min(asked.most, asked.lines)))
    return () => {
      complain(shell, child, call.span, unknownText('complaint'))
      return bad
    }
  return (how) => {
    // Nobody knows the items, nor how many there are: what is made may be one thing, or none.
    if (runs === undefined && makers.has(nameOf(program[0]!)))
      child.conditions = [...child.conditions, ++shell.condition]
    let last = ok
    let isFailed = false
    for (const items of runs ?? [[unknownText('xargs')]]) {
      if (shell.steps <= 0) break
      const argv = wordsFor(program, items, asked)
      const words = argv.map((_, k) => call.words[Math.min(asked.program + k, call.words.length - 1)] ?? call.span)
      if (asked.traces) complain(shell, child, call.span, traceOf(argv, state.dialect === 'ash'))
      last = shell.call(fork(child), { argv, words, span: call.span, opens: [], by: 'xargs', program: true }, how)
      isFailed ||= last.status === 'failed'
    }
    return isFailed ? bad : last
  }
}

/** What it reads; undefined: nobody knows. */
function textFor(shell: Shell, state: State, { file }: Asked): string | undefined {
  if (file !== undefined) return isKnown(file) ? shell.host.text(absolute(file, state.cwd)) : undefined
  const channel = state.channels.get(0)
  return channel?.kind === 'in' ? channel.source.rest : undefined
}

/** Leaves nothing to read for what it runs. */
function drain(state: State, child: State, isTextKnown: boolean): void {
  const channel = state.channels.get(0)
  child.channels.set(0, {
    kind: 'in',
    source: {
      output: isTextKnown ? textOutput('') : undefined,
      from: channel?.kind === 'in' ? channel.source.from : [],
      rest: isTextKnown ? '' : undefined,
    },
  })
}

/** The items of each run; without an item there is one run too, unless the call says otherwise. */
function runsOf(text: string, asked: Asked): readonly (readonly string[])[] | undefined {
  const groups = batchesOf(text, asked)
  if (groups === undefined) return undefined
  const items = groups.flat()
  if (items.length === 0) return asked.skipEmpty || asked.replace !== undefined ? [] : [[]]
  const most = asked.replace === undefined ? Math.min(Math.max(1, asked.most), mostItems) : 1
  const batches = Number.isFinite(asked.lines) && asked.replace === undefined ? groups : [items]
  return batches.flatMap((batch) => cut(batch, most))
}

const cut = (items: readonly string[], most: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, i) => items.slice(i * most, (i + 1) * most))

function wordsFor(program: readonly string[], items: readonly string[], { replace }: Asked): readonly string[] {
  return replace === undefined
    ? [...program, ...items]
    : program.map((word) => word.replaceAll(replace, items[0] ?? ''))
}
