/**
 * Follows a script: which commands run, in which order, with which words, and how surely. Programs are run by the host,
 * so a later `[ -f x ]` sees what an earlier command made. Where a condition cannot be decided, both ways are followed
 * under it and what they do not agree on is forgotten. Bounded in steps, depth and rounds, whatever the script.
 *
 * The build is taken to succeed: what must hold for that, holds.
 */

import type { Problem } from '../model.ts'
import { exact, sum } from '../size.ts'
import { evaluate } from './arithmetic.ts'
import type { List, Node, Script, Test, Word } from './ast.ts'
import { branches, logic } from './branches.ts'
import type { Command, Dialect, Output } from './command.ts'
import { expandPattern, expandText, expandWords } from './expand.ts'
import { invoke } from './invoke.ts'
import { isKnown } from './known.ts'
import { countLoop, forLoop, whileLoop } from './loops.ts'
import { parseScript } from './parse.ts'
import { absolute, nameOf } from './paths.ts'
import { ended, redirect, runSimple } from './simple.ts'
import type { Channel, Circumstance, Completion, Host, Pipe, Place, Shell, State, Status, Variable } from './state.ts'
import { asking, bad, ending, fatal, fork, fresh, no, ok } from './state.ts'
import type { Truth } from './test.ts'
import { ask, both, compare, fits, not } from './test.ts'

/** Commands and turns of loops that one script may take, and how deep it may nest. */
const mostSteps = 20_000
const mostDepth = 50

/** Where a whole RUN stands. */
const top: Circumstance = { tolerated: false, must: true, noexit: false }

/** The setting a script starts in. */
export interface Setting {
  /** Environment: ENV, ARG, and what the builder adds. */
  readonly env: ReadonlyMap<string, string>
  /** Others may be set too, by a base that nobody has seen. */
  readonly open: boolean
  readonly cwd: string
  /** Name or number; '' not known. */
  readonly user: string
  /** What /bin/sh is. */
  readonly sh: Dialect
  /** Who reads the script; left out: `sh`. */
  readonly dialect?: Dialect
  /** `$0`; left out: as `sh`. */
  readonly name?: string
  /** Commands and turns of loops that may be followed; left out: as many as one script may take. */
  readonly steps?: number
  /** Letters the shell was started with: 'e', 'u', 'x', and 'pipefail'. */
  readonly options?: readonly string[]
}

/** How a walk ended. */
export interface Walked {
  /** `likely`: as far as anybody can tell it succeeds. */
  readonly status: Status
  readonly problems: readonly Problem[]
  /** False: a bound was met, the rest was not followed. */
  readonly complete: boolean
  /** How many steps it took. */
  readonly steps: number
}

/** Follows a script; `source` is the text it was parsed from. The host runs its commands, in order. Never throws. */
export function walk(script: Script, source: string, setting: Setting, host: Host): Walked {
  return begin(source, setting, host, script.problems, (shell, state) =>
    finish(shell, state, shell.list(state, script.body, top)),
  )
}

/** Runs a program directly, as the JSON form of RUN does: no shell, unless a word says so. */
export function walkArgv(argv: readonly string[], setting: Setting, host: Host): Walked {
  const range = { start: 0, end: 0 }
  return begin('', setting, host, [], (shell, state) =>
    argv.length === 0
      ? ok
      : shell.call(state, { argv, words: argv.map(() => range), span: range, opens: [], program: true }, top),
  )
}

function begin(
  source: string,
  setting: Setting,
  host: Host,
  problems: readonly Problem[],
  run: (shell: Shell, state: State) => Completion,
): Walked {
  const steps = Math.min(mostSteps, setting.steps ?? mostSteps)
  const shell: Shell = {
    host,
    problems: [...problems],
    source,
    sh: setting.sh,
    steps,
    cut: false,
    depth: 0,
    names: new Map(),
    condition: 0,
    unlikely: new Set(),
    list: (state, list, how) => runList(shell, state, list, how),
    node: (state, node, how) => runNode(shell, state, node, how),
    text: (state, text, how, at) => runText(shell, state, text, how, at),
    call: (state, call, how) => invoke(shell, state, call, how),
    capture: (state, script) => capture(shell, state, script),
    words: (state, words) => expandWords(shell, state, words),
  }
  const state: State = {
    vars: new Map([...setting.env].map(([name, value]): [string, Variable] => [name, { value, exported: true }])),
    open: setting.open,
    cwd: setting.cwd,
    functions: new Map(),
    options: new Set(setting.options),
    args: [],
    name: setting.name ?? setting.sh,
    user: setting.user,
    umask: 0o022,
    channels: new Map<number, Channel>([
      [0, { kind: 'in', source: { output: { size: exact(0, 'no input'), text: '' }, from: [], rest: '' } }],
      [1, { kind: 'out', sink: { to: 'stream' } }],
      [2, { kind: 'out', sink: { to: 'stream' } }],
    ]),
    conditions: [],
    left: 0,
    trap: undefined,
    last: 'ok',
    code: undefined,
    dialect: setting.dialect ?? setting.sh,
    locals: undefined,
    at: (range) => range,
  }
  const { status } = run(shell, state)
  if (shell.steps <= 0)
    shell.problems.push({ severity: 'warning', message: 'script too long to be followed to its end' })
  return { status, problems: shell.problems, complete: shell.steps > 0 && !shell.cut, steps: steps - shell.steps }
}

/** The end of a process: its exit trap runs, and leaving it leaves nothing else. */
export function finish(shell: Shell, state: State, completion: Completion): Completion {
  const { trap } = state
  state.trap = undefined
  if (trap !== undefined) shell.text(state, trap, asking, state.at)
  return ending(completion)
}

function runList(shell: Shell, state: State, list: List, how: Circumstance): Completion {
  let last = ok
  for (const [i, { node, background }] of list.entries()) {
    if (shell.steps <= 0) return { status: 'likely' }
    if (background) {
      const child = fork(state)
      const { status } = finish(shell, child, runNode(shell, child, node, asking))
      state.jobs = new Map([...(state.jobs ?? []), [fresh(shell, '!'), status]])
      last = ok
    } else last = runNode(shell, state, node, { ...how, must: how.must && i === list.length - 1 })
    state.last = last.status
    state.code = last.code
    if (last.flow !== undefined) return last
    if (!state.options.has('e') || how.noexit) continue
    if (last.status === 'failed' && last.excused !== true) return { ...last, flow: 'exit' }
    // It may have ended the script here, and that is allowed for: the rest only may be run.
    if (last.status === 'unknown' && how.tolerated && last.excused !== true) {
      state.conditions = [...state.conditions, ++shell.condition]
      state.left = 3
    }
  }
  return last
}

function runNode(shell: Shell, state: State, node: Node, how: Circumstance): Completion {
  shell.steps--
  if (shell.steps <= 0) return { status: 'likely' }
  if (state.stopped !== undefined) return ended(shell, state, state.at(node.range))
  // Read, and not run.
  if (state.options.has('n')) return ok
  switch (node.kind) {
    case 'simple':
      return runSimple(shell, state, node, how)
    case 'pipeline':
      return pipeline(shell, state, node, how)
    case 'logic':
      return logic(shell, state, node, how)
    case 'group':
      return runList(shell, state, node.body, how)
    case 'subshell': {
      const child = fork(state, { expendable: !fatal(state, how) })
      return finish(shell, child, runList(shell, child, node.body, how))
    }
    case 'redirected': {
      const old = new Map(state.channels)
      const opens = redirect(shell, state, node.redirects)
      const opened =
        opens.length === 0
          ? ok
          : invoke(shell, state, { argv: ['true'], words: [node.range], span: state.at(node.range), opens }, how)
      // What cannot be opened keeps the whole from running.
      const completion = opened.status === 'failed' ? opened : runNode(shell, state, node.node, how)
      state.channels = old
      return completion
    }
    case 'if': {
      const arms = node.arms.map(({ test, body }) => ({
        test: test && ((s: State) => runList(shell, s, test, asking)),
        body,
      }))
      return branches(shell, state, arms, how)
    }
    case 'case': {
      const word = expandText(shell, state, node.word)
      const arms = node.arms.map((arm, i) => ({
        test: (s: State) => answer(anyFits(arm.patterns.map((p) => fits(expandPattern(shell, s, p), word)))),
        body: arm.end === ';&' ? [...arm.body, ...(node.arms[i + 1]?.body ?? [])] : arm.body,
      }))
      return branches(shell, state, arms, how)
    }
    case 'for':
      return forLoop(shell, state, node, how)
    case 'while':
      return whileLoop(shell, state, node, how)
    case 'count':
      return countLoop(shell, state, node, how)
    case 'function':
      state.functions.set(node.name, { body: node.body, at: state.at })
      return ok
    case 'test':
      // To dash it is a program of that name, and there is none.
      if (state.dialect === 'dash') return { status: 'failed', code: 127 }
      return answer(decide(shell, state, node.test))
    case 'sum': {
      // Where it is none, it is a program in a shell in a shell, and there is none of that name.
      if (state.dialect === 'ash' || state.dialect === 'dash') return bad
      const value = node.sum === undefined ? 0 : evaluate(shell, state, node.sum)
      return answer(value === undefined ? 'unknown' : value !== 0 ? 'yes' : 'no')
    }
  }
}

/** The status that stands for an answer. */
const answer = (truth: Truth): Completion => (truth === 'yes' ? ok : truth === 'no' ? no : { status: 'unknown' })

const anyFits = (truths: readonly Truth[]): Truth => not(truths.map(not).reduce(both, 'yes'))

// `[[ … ]]`
function decide(shell: Shell, state: State, test: Test): Truth {
  switch (test.kind) {
    case 'not':
      return not(decide(shell, state, test.of))
    case 'all':
      return test.of.reduce((truth: Truth, t) => (truth === 'no' ? 'no' : both(truth, decide(shell, state, t))), 'yes')
    case 'any':
      return not(
        test.of.reduce((truth: Truth, t) => (truth === 'no' ? 'no' : both(truth, not(decide(shell, state, t)))), 'yes'),
      )
    case 'one': {
      const operand = expandText(shell, state, test.word)
      if (test.op === '-v') return state.vars.has(operand) ? 'yes' : state.open || !isKnown(operand) ? 'unknown' : 'no'
      return ask(test.op === '' ? '-n' : test.op, operand, shell.host, state.cwd)
    }
    case 'two': {
      const equality = test.op === '==' || test.op === '=' || test.op === '!='
      const right = equality ? expandPattern(shell, state, test.right) : expandText(shell, state, test.right)
      // BusyBox replaces a pattern by the names that fit it before it looks.
      if (equality && state.dialect === 'ash' && shell.host.list(state.cwd).names.some((n) => fits(right, n) === 'yes'))
        if (right !== '*' && /[*?[]/.test(right)) return 'unknown'
      return compare(test.op, expandText(shell, state, test.left), right, shell.host, state.cwd, equality)
    }
  }
}

function pipeline(shell: Shell, state: State, node: Node & { kind: 'pipeline' }, how: Circumstance): Completion {
  const inner = node.negated ? asking : how
  let input: Pipe | undefined
  let completion = ok
  let broken = false
  for (const [i, part] of node.parts.entries()) {
    const last = i === node.parts.length - 1
    const child = last && i === 0 ? state : fork(state)
    if (input !== undefined) child.channels.set(0, { kind: 'in', source: sourceOf(input) })
    const pipe: Pipe = { conditions: state.conditions.length, outputs: [], from: [] }
    if (!last) child.channels.set(1, { kind: 'out', sink: { to: 'stream' }, pipe })
    const strict = state.options.has('pipefail')
    completion = runNode(shell, child, part, last || strict ? inner : { ...inner, must: false, noexit: true })
    if (child !== state) completion = finish(shell, child, completion)
    if (!last && strict && completion.status === 'failed') broken = true
    input = pipe
  }
  if (broken) completion = { status: 'failed' }
  if (!node.negated || completion.flow !== undefined) return completion
  const turned =
    completion.status === 'ok' ? 'failed' : completion.status === 'failed' ? 'ok' : how.must ? 'ok' : 'unknown'
  const unlikely = turned === 'unknown' && completion.status === 'likely'
  return { status: turned, excused: true, ...(turned === 'failed' && { code: 1 }), ...(unlikely && { unlikely }) }
}

function sourceOf(pipe: Pipe): { output: Output | undefined; from: readonly Command[]; rest: string | undefined } {
  const output = concatenated(pipe.outputs)
  return { output, from: pipe.from, rest: output?.text }
}

function concatenated(outputs: readonly (Output | undefined)[]): Output | undefined {
  if (outputs.length === 1) return outputs[0]
  let text: string | undefined = ''
  for (const output of outputs) {
    if (output === undefined) return undefined
    text = text === undefined || output.text === undefined ? undefined : text + output.text
  }
  const size = sum(outputs.flatMap((o) => (o === undefined ? [] : [o.size])))
  return text === undefined ? { size } : { size, text }
}

function capture(shell: Shell, state: State, script: Script): string {
  const pipe: Pipe = { conditions: state.conditions.length, outputs: [], from: [] }
  const child = fork(state)
  child.channels.set(1, { kind: 'out', sink: { to: 'stream' }, pipe })
  shell.problems.push(...script.problems)
  const { status, code } = finish(
    shell,
    child,
    runList(shell, child, script.body, { tolerated: false, must: false, noexit: !exitsInside(state) }),
  )
  state.last = status
  state.code = code
  const read = readOnly(script.body)
  const text =
    (read === undefined ? undefined : shell.host.text(absolute(expandText(shell, child, read), child.cwd))) ??
    concatenated(pipe.outputs)?.text
  if (text !== undefined && text.length < 1_000_000) return text.replace(/\n+$/, '')
  return fresh(shell, `(${nameOf(pipe.from[0]?.argv[0] ?? 'output')})`)
}

// Does `set -e` hold in a substitution too? In dash it does, in bash where it is called sh. Source: bash(1), POSIX mode; tried.
const exitsInside = ({ dialect, name, options }: State): boolean =>
  dialect === 'dash' || (dialect === 'bash' && (nameOf(name) === 'sh' || options.has('inherit_errexit')))

// `$(< file)` of bash: nothing but a redirection.
function readOnly(body: List): Word | undefined {
  const node = body[0]?.node
  const simple =
    body.length === 1 && node?.kind === 'simple' && node.words.length === 0 && node.assignments.length === 0
      ? node
      : undefined
  return simple?.redirects.length === 1 && simple.redirects[0]?.op === '<' ? simple.redirects[0].word : undefined
}

function runText(shell: Shell, state: State, text: string, how: Circumstance, at: Place): Completion {
  if (shell.depth >= mostDepth) return { status: 'unknown' }
  const script = parseScript(text)
  shell.problems.push(...script.problems)
  const old = state.at
  state.at = at
  shell.depth++
  const completion = runList(shell, state, script.body, how)
  shell.depth--
  state.at = old
  return completion
}
