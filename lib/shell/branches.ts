/** `if`, `case`, `&&`, `||`: one way, the other, or both where nobody can say. */
import type { List, Node, Statement } from './ast.ts'
import type { Circumstance, Completion, Shell, State, Status } from './state.ts'
import { branch, join, ok } from './state.ts'

/** A body and what has to hold for it; no test: it is the rest. */
export interface Choice {
  readonly test: ((state: State) => Completion) | undefined
  readonly body: List
}

/** Most choices in a row that nobody can decide; what stands behind them is not followed. */
const mostOpen = 200

/** Runs the first body whose test holds. `open`: choices before these that nobody could decide. */
export function branches(
  shell: Shell,
  state: State,
  choices: readonly Choice[],
  how: Circumstance,
  from = 0,
  open = 0,
): Completion {
  for (let at = from; at < choices.length; at++) {
    const { test, body } = choices[at]!
    const { status, flow, unlikely } = test === undefined ? ok : test(state)
    if (flow !== undefined) return { status, flow }
    if (status === 'ok') return shell.list(state, body, how)
    // A way that ends the build was not taken, since the build is taken to succeed.
    if (status === 'failed' || (!how.tolerated && endsBuild(state, body))) continue
    const other = choices[at + 1]
    if (!how.tolerated && other !== undefined && at === choices.length - 2 && endsBuild(state, other.body))
      return shell.list(state, body, how)
    if (open === mostOpen) {
      shell.cut = true
      return { status: 'likely' }
    }
    const condition = ++shell.condition
    if (unlikely) shell.unlikely.add(condition)
    if (status === 'likely') shell.unlikely.add(-condition)
    const [a, b] = [branch(state, condition), branch(state, -condition)]
    const first = shell.list(a, body, how)
    const second = branches(shell, b, choices, how, at + 1, open + 1)
    return merge(shell, state, [a, first], [b, second])
  }
  return ok
}

type End = readonly [state: State, completion: Completion]

/** Two ways come together. One that left (`exit`, `break`) does not come along; what follows then stands under the other's condition. */
export function merge(shell: Shell, state: State, [a, first]: End, [b, second]: End): Completion {
  if (first.flow === undefined && second.flow !== undefined) return merge(shell, state, [b, second], [a, first])
  if (first.flow !== undefined && second.flow === undefined) {
    const left = first.flow === 'exit' ? 3 : first.flow === 'return' ? 2 : 1
    Object.assign(state, { ...b, locals: state.locals, left: Math.max(left, b.left, state.left) })
    return second
  }
  const left = Math.max(a.left, b.left)
  join(state, a, b)
  if (left > state.left) Object.assign(state, { left, conditions: [...state.conditions, ++shell.condition] })
  return { ...first, status: weaker(first.status, second.status) }
}

const weaker = (a: Status, b: Status): Status =>
  a === b ? a : a === 'unknown' || b === 'unknown' || a === 'failed' || b === 'failed' ? 'unknown' : 'likely'

/** `a && b || c`. */
export function logic(shell: Shell, state: State, node: Node & { kind: 'logic' }, how: Circumstance): Completion {
  const { items, ops } = node
  let now = ok
  /** The next item behind `||`; -1: none. */
  let rescue = 0
  for (const [i, item] of items.entries()) {
    const op = ops[i - 1]
    const last = i === items.length - 1
    if (rescue >= 0 && rescue <= i) rescue = ops.indexOf('||', i) + 1 || -1
    const rescued = rescue >= 0 && !(endsBuild(state, items[rescue]!) && !how.tolerated)
    const must = rescue >= 0 ? !rescued : how.must
    const inner: Circumstance = { tolerated: how.tolerated || rescued, must, noexit: how.noexit || !last }
    if (op === '&&' && now.status === 'failed') continue
    if (op === '||' && (now.status === 'ok' || (now.status !== 'failed' && !how.tolerated && endsBuild(state, item))))
      continue
    const sure =
      op === undefined ||
      (op === '&&' ? now.status === 'ok' || (now.status === 'likely' && !inner.tolerated) : now.status === 'failed')
    if (sure) now = shell.node(state, item, inner)
    else {
      const before = now.status
      const condition = ++shell.condition
      if (op === '||' ? before === 'likely' : now.unlikely) shell.unlikely.add(condition)
      if (op === '&&' && before === 'likely') shell.unlikely.add(-condition)
      const [a, b] = [branch(state, condition), branch(state, -condition)]
      const done = shell.node(a, item, inner)
      // `a && false && b`: whether `a` fails or not, `b` is never reached.
      const lost = op === '&&' && !last && done.flow === undefined && done.status === 'failed'
      const met = merge(shell, state, [a, done], [b, { status: lost ? 'failed' : op === '&&' ? before : 'ok' }])
      now = op === '||' && done.flow === undefined ? { status: weaker(done.status, 'likely') } : met
    }
    if (now.flow !== undefined) return now
    if (now.status === 'failed' && !last) now = { ...now, excused: true }
  }
  return now
}

/** Does this surely end the whole script with a failure: `exit 1` at its end? */
function endsBuild(state: State, body: List | Node, depth = 0): boolean {
  const node = isList(body) ? body.at(-1)?.node : body
  if (node === undefined || depth > 10) return false
  if (node.kind === 'group') return endsBuild(state, node.body, depth + 1)
  if (node.kind === 'logic')
    return node.ops.every((op) => op === '&&') && endsBuild(state, node.items.at(-1)!, depth + 1)
  if (node.kind !== 'simple') return false
  const name = node.words[0]?.text
  if (name === 'exit') return node.words[1] !== undefined && /^[1-9]\d*$/.test(node.words[1].text)
  const called = name === undefined ? undefined : state.functions.get(name)
  return called !== undefined && endsBuild(state, called.body, depth + 1)
}

const isList = (body: List | Node): body is readonly Statement[] => Array.isArray(body)
