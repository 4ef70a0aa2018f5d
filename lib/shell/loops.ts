/** `for`, `while`, `until`: unrolled while what happens is known, else gone through once, perhaps. */
import { evaluate } from './arithmetic.ts'
import type { List, Node } from './ast.ts'
import { isKnown, unknownText } from './known.ts'
import type { Circumstance, Completion, Shell, State } from './state.ts'
import { asking, assign, branch, join, ok } from './state.ts'

/** Most turns of one loop. */
const most = 1000

/** How a turn ended: on, out of the loop, or out of more than the loop. */
type Turn = { readonly go: boolean; readonly completion: Completion }

function turn(completion: Completion): Turn {
  const { flow, levels = 1, status } = completion
  if (flow !== 'break' && flow !== 'continue') return { go: flow === undefined, completion }
  if (levels > 1) return { go: false, completion: { status, flow, levels: levels - 1 } }
  return { go: flow === 'continue', completion: { status } }
}

/** `for x in words`. A word that may be any number of words gives a turn that may happen. */
export function forLoop(shell: Shell, state: State, node: Node & { kind: 'for' }, how: Circumstance): Completion {
  const fields =
    node.words === undefined
      ? (state.args ?? [unknownText('args')]).map((text) => ({ text, loose: !isKnown(text) }))
      : shell.words(state, node.words)
  const outside = enter(state)
  let last = ok
  if (fields.length > most) shell.cut = true
  for (const { text, loose } of fields.slice(0, most)) {
    if (shell.steps-- <= 0) break
    if (loose && !isKnown(text)) {
      last = perhaps(shell, state, (s) => {
        assign(s, node.name, text)
        return shell.list(s, node.body, { ...how, must: false })
      })
    } else {
      assign(state, node.name, text)
      const { go, completion } = turn(shell.list(state, node.body, { ...how, must: false }))
      last = completion
      if (!go) break
    }
  }
  leave(state, outside)
  return last
}

/** `while` and `until`. */
export function whileLoop(shell: Shell, state: State, node: Node & { kind: 'while' }, how: Circumstance): Completion {
  const outside = enter(state)
  let last = ok
  for (let n = 0; n < most && shell.steps-- > 0; n++) {
    const test = shell.list(state, node.test, node.until ? { ...asking, tolerated: false } : asking)
    if (test.flow !== undefined) return test
    // `until cmd` goes on until it succeeds, so in the end it has.
    const go =
      test.status === 'ok'
        ? !node.until
        : test.status === 'failed'
          ? node.until
          : test.status === 'likely' && node.until
            ? false
            : undefined
    if (go === false) break
    if (n === most - 1) shell.cut = true
    if (go === undefined || n === most - 1) {
      last = perhaps(shell, state, (s) => {
        for (const name of assigned(node.body)) assign(s, name, unknownText(name))
        return shell.list(s, node.body, { ...how, must: false })
      })
      break
    }
    const { go: on, completion } = turn(shell.list(state, node.body, { ...how, must: false }))
    last = completion
    // A `break` that may have happened: nobody knows how many turns there are.
    if (!on || state.conditions.length > outside.conditions.length) break
  }
  leave(state, outside)
  return last
}

/** `for ((a; b; c))`. */
export function countLoop(shell: Shell, state: State, node: Node & { kind: 'count' }, how: Circumstance): Completion {
  const outside = enter(state)
  let last = ok
  if (node.first !== undefined) evaluate(shell, state, node.first)
  for (let n = 0; n < most && shell.steps-- > 0; n++) {
    const test = node.test === undefined ? 1 : evaluate(shell, state, node.test)
    if (test === 0) break
    if (n === most - 1) shell.cut = true
    if (test === undefined) {
      last = perhaps(shell, state, (s) => shell.list(s, node.body, { ...how, must: false }))
      break
    }
    const { go, completion } = turn(shell.list(state, node.body, { ...how, must: false }))
    last = completion
    if (!go || state.conditions.length > outside.conditions.length) break
    if (node.next !== undefined) evaluate(shell, state, node.next)
  }
  leave(state, outside)
  return last
}

/** A loop begins: what may leave it is counted anew. */
function enter(state: State): Pick<State, 'conditions' | 'left'> {
  const { conditions, left } = state
  state.left = 0
  return { conditions, left }
}

// Behind the loop everything goes on, unless more than the loop may have been left.
function leave(state: State, outside: Pick<State, 'conditions' | 'left'>): void {
  if (state.left < 2) Object.assign(state, outside)
}

/** Something that may happen once, or often, or never. */
function perhaps(shell: Shell, state: State, run: (state: State) => Completion): Completion {
  const condition = ++shell.condition
  const [a, b] = [branch(state, condition), branch(state, -condition)]
  run(a)
  join(state, a, b)
  return { status: 'likely' }
}

/** Names a body may assign, so that a value of its first turn is not taken for all. */
function assigned(list: List, names: Set<string> = new Set(), depth = 0): ReadonlySet<string> {
  if (depth > 20) return names
  for (const { node } of list) collect(node, names, depth + 1)
  return names
}

function collect(node: Node, names: Set<string>, depth: number): void {
  switch (node.kind) {
    case 'simple':
      if (node.words.length === 0) for (const { name } of node.assignments) names.add(name)
      if (node.words[0]?.text === 'read')
        for (const { text } of node.words.slice(1)) if (/^\w+$/.test(text)) names.add(text)
      break
    case 'pipeline':
      for (const part of node.parts) collect(part, names, depth)
      break
    case 'logic':
      for (const item of node.items) collect(item, names, depth)
      break
    case 'redirected':
      collect(node.node, names, depth)
      break
    case 'if':
    case 'case':
      for (const { body } of node.arms) assigned(body, names, depth)
      break
    case 'for':
      names.add(node.name)
      assigned(node.body, names, depth)
      break
    case 'group':
    case 'while':
    case 'count':
      assigned(node.body, names, depth)
  }
}
