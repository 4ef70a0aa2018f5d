/** Commands the shell runs itself. Source: POSIX XCU 2.14 and 4; bash manual for declare, shopt, mapfile. */
import { evaluate } from './arithmetic.ts'
import type { Dialect, Range } from './command.ts'
import { textOutput } from './command.ts'
import { isKnown, unknownText, withWildcards } from './known.ts'
import { parseScript } from './parse.ts'
import { absolute } from './paths.ts'
import { array, read } from './read.ts'
import { kill, withTraps } from './signals.ts'
import type { Circumstance, Completion, Invocation, Shell, State } from './state.ts'
import { assign, bad, ending, fatal, fork, no, ok, trapsOf, valueFor } from './state.ts'
import { testArgs } from './test.ts'
import { letters, masked, octal } from './umask.ts'

/** What a builtin does. */
type Builtin = (shell: Shell, state: State, call: Invocation, how: Circumstance) => Completion

const nothing: Builtin = () => ok

/** Builtins by name. `echo`, `printf` and `pwd` are not among them: they are run like programs, for what they print. */
export const builtins: Readonly<Record<string, Builtin>> = {
  ':': nothing,
  true: nothing,
  false: () => no,
  '[': (shell, state, call, how) =>
    tested(shell, state, call.argv.slice(1, call.argv.at(-1) === ']' ? -1 : undefined), how),
  test: (shell, state, call, how) => tested(shell, state, call.argv.slice(1), how),
  cd,
  pushd: (shell, state, call, how) => (plain.has(state.dialect) ? bad : cd(shell, state, call, how)),
  popd: (shell, state, call, how) =>
    plain.has(state.dialect) ? bad : cd(shell, state, { ...call, argv: ['cd', '-'] }, how),
  chdir: cd,
  export: declare(true),
  readonly: declare(false),
  declare: declare(false),
  typeset: declare(false),
  local: declare(false, true),
  unset(_, state, { argv }) {
    const functions = argv.includes('-f')
    for (const name of argv.slice(1)) {
      if (functions) state.functions.delete(name)
      else if (/^\w+\[/.test(name))
        state.vars.set(name.slice(0, name.indexOf('[')), { value: unknownText(name), exported: false })
      else if (/^\w+$/.test(name)) state.vars.set(name, { value: undefined, exported: false })
    }
    return ok
  },
  set,
  shift(_, state, { argv }) {
    const n = Number(argv[1] ?? 1)
    if (state.args === undefined) return ok
    if (!Number.isInteger(n) || n > state.args.length) return bad
    state.args = state.args.slice(n)
    return ok
  },
  eval(shell, state, { argv, span }, how) {
    const text = withWildcards(argv.slice(1).join(' '))
    if (isKnown(text)) return shell.text(state, text, how, () => span)
    state.open = true
    return { status: fatal(state, how) ? 'likely' : 'unknown' }
  },
  '.': sourced,
  source: sourced,
  exit: (_, state, { argv }) => ({ ...leaving(state, argv[1]), flow: 'exit' }),
  return: (_, state, { argv }) => ({ ...leaving(state, argv[1]), flow: 'return' }),
  break: (_, state, { argv }) => ({ status: 'ok', flow: 'break', levels: levelsOf(state, argv[1]) }),
  continue: (_, state, { argv }) => ({ status: 'ok', flow: 'continue', levels: levelsOf(state, argv[1]) }),
  trap(_, state, { argv }) {
    const [action, ...signals] = argv.slice(1).filter((a) => a !== '--')
    if (signals.some((s) => /^(EXIT|0)$/.test(s)) && action !== undefined)
      state.trap = action === '-' || action === '' ? undefined : action
    if (action !== undefined) state.signals = withTraps(state.signals, signals, action)
    return ok
  },
  kill,
  umask(shell, state, { argv, span }) {
    const words = argv.slice(1).filter((word) => word !== '-S' && word !== '-p')
    const [word] = words
    if (word === undefined)
      return say(shell, state, span, argv.includes('-S') ? letters(state.umask) : octal(state.umask))
    const mask = /^[0-7]{1,4}$/.test(word) ? Number.parseInt(word, 8) : masked(word, state.umask)
    if (mask === undefined) return bad
    state.umask = mask
    return ok
  },
  exec(shell, state, call, how) {
    const skip = call.argv[1] === '-a' ? 3 : call.argv[1]?.startsWith('-') ? 2 : 1
    if (call.argv.length <= skip) return ok
    // Another program takes the place of the shell, its trap and all.
    state.trap = undefined
    const { status } = shell.call(
      state,
      { ...call, argv: call.argv.slice(skip), words: call.words.slice(skip), opens: [], program: true },
      how,
    )
    return { status, flow: 'exit' }
  },
  command: named,
  builtin: (shell, state, call, how) =>
    call.argv.length < 2
      ? ok
      : shell.call(state, { ...call, argv: call.argv.slice(1), words: call.words.slice(1), opens: [] }, how),
  type: (shell, state, { argv, span }, how) => found(shell, state, span, argv.at(-1) ?? '', how, false),
  hash: (shell, state, { argv }, how) => {
    const where = inPath(shell, state, argv.at(-1) ?? '')
    return where === undefined ? bad : where.sure ? ok : { status: fatal(state, how) ? 'ok' : 'unknown' }
  },
  which: (shell, state, { argv, span }, how) => found(shell, state, span, argv.at(-1) ?? '', how),
  read,
  mapfile: array,
  readarray: array,
  let: letSums,
  alias: nothing,
  bg: nothing,
  fg: nothing,
  getopts: () => ({ status: 'unknown' }),
  jobs: (shell, state, { span }) => (state.jobs === undefined ? ok : say(shell, state, span, unknownText('jobs'))),
  shopt(_, state, { argv }) {
    if (plain.has(state.dialect)) return bad
    for (const name of argv.slice(2)) {
      if (argv[1] === '-s') state.options.add(name)
      if (argv[1] === '-u') state.options.delete(name)
    }
    return ok
  },
  times: nothing,
  ulimit: nothing,
  unalias: nothing,
  // Without operands it waits for all, and how they ended is forgotten.
  wait: (_, state, { argv }) => ({ status: state.jobs?.get(argv.at(-1)!) ?? 'ok' }),
  disown: nothing,
}

// Source: help of BusyBox 1.35 ash; dash(1) of Debian 12.
const strangers: Readonly<Partial<Record<Dialect, ReadonlySet<string>>>> = {
  ash: new Set('builtin declare typeset mapfile readarray disown'.split(' ')),
  dash: new Set('builtin declare typeset mapfile readarray disown source'.split(' ')),
}

/** The builtin of this name in a shell of this kind; one that it does not have is a program that is nowhere. */
export function builtinOf(name: string, dialect: Dialect): Builtin | undefined {
  if (!Object.hasOwn(builtins, name)) return undefined
  return strangers[dialect]?.has(name) === true ? nowhere : builtins[name]
}

const nowhere: Builtin = () => ({ status: 'failed', code: 127 })

// Shells without a stack of folders.
const plain: ReadonlySet<string> = new Set(['ash', 'dash'])

/** What a builtin prints goes where a program's output would. */
function say(shell: Shell, state: State, span: Range, text: string): Completion {
  const channel = state.channels.get(1)
  if (channel?.kind !== 'out') return ok
  channel.pipe?.outputs.push(textOutput(text))
  if (channel.sink.to !== 'file') return ok
  const words = { argv: ['printf', '%s', text], words: [span, span, span] }
  return shell.call(
    state,
    { ...words, span, opens: [], program: true },
    { tolerated: false, must: false, noexit: true },
  )
}

// `let x=2+3`: each word is a sum; the last one that is not 0 is success.
function letSums(shell: Shell, state: State, { argv }: Invocation, how: Circumstance): Completion {
  if (state.dialect === 'dash') return bad
  let value: number | undefined
  for (const word of argv.slice(1)) {
    const node = isKnown(word) ? parseScript(`((${word}))`).body[0]?.node : undefined
    value = node?.kind === 'sum' && node.sum !== undefined ? evaluate(shell, state, node.sum) : undefined
    const name = /^([A-Za-z_]\w*)[^\w=]*=(?!=)/.exec(word)?.[1]
    if (value === undefined && name !== undefined) assign(state, name, unknownText(name))
  }
  return value === undefined ? { status: fatal(state, how) ? 'ok' : 'unknown' } : value === 0 ? bad : ok
}

function tested(shell: Shell, state: State, args: readonly string[], how: Circumstance): Completion {
  const truth = testArgs(args, shell.host, state.cwd)
  if (truth === 'unknown') return { status: fatal(state, how) ? 'ok' : 'unknown' }
  return truth === 'yes' ? ok : no
}

function cd(shell: Shell, state: State, { argv, span }: Invocation, how: Circumstance): Completion {
  const arg = argv.slice(1).find((a) => a === '-' || !a.startsWith('-'))
  if (arg === '') return ok
  const to = arg === '-' ? valueFor(state, 'OLDPWD') : arg === undefined ? valueFor(state, 'HOME') : arg
  const listed = arg === undefined || /^\.{0,2}\/|^\.{1,2}$/.test(arg) ? undefined : inCdpath(shell, state, arg)
  const path = listed ?? absolute(to ?? unknownText('HOME'), state.cwd)
  const kind = shell.host.kind(path)
  if ((shell.host.presence(path) === 'no' || kind === 'file') && !fatal(state, how)) return bad
  assign(state, 'OLDPWD', state.cwd)
  state.cwd = path
  if (arg === '-' || listed !== undefined) say(shell, state, span, `${path}\n`)
  return kind === 'dir' ? ok : { status: 'likely' }
}

// A folder in one of those that CDPATH names.
function inCdpath(shell: Shell, state: State, name: string): string | undefined {
  const listed = valueFor(state, 'CDPATH') ?? ''
  if (listed === '' || !isKnown(listed) || !isKnown(name)) return undefined
  for (const folder of listed.split(':').slice(0, 50)) {
    const path = absolute(name, absolute(folder, state.cwd))
    if (shell.host.kind(path) === 'dir') return folder === '' || folder === '.' ? undefined : path
  }
  return undefined
}

function declare(exported: boolean, local = false): Builtin {
  return (_, state, { argv }) => {
    const flags = argv
      .slice(1)
      .filter((a) => /^[-+]\w+$/.test(a))
      .join('')
    for (const arg of argv.slice(1)) {
      if (/^[-+]\w+$/.test(arg)) continue
      const match = /^([A-Za-z_]\w*)(?:(\+?)=([\s\S]*))?$/.exec(arg)
      if (match === null || flags.includes('f')) continue
      const name = match[1]!
      if (
        (local || argv[0] !== 'export') &&
        state.locals !== undefined &&
        argv[0] !== 'readonly' &&
        !state.locals.has(name) &&
        !flags.includes('g')
      )
        state.locals.set(name, state.vars.get(name))
      const marked = exported ? !flags.includes('n') : flags.includes('x')
      if (match[3] === undefined) {
        const old = state.vars.get(name)
        state.vars.set(name, {
          ...(old ?? { value: state.open && exported ? unknownText(name) : undefined }),
          exported: marked || old?.exported === true,
        })
      } else if (match[3].startsWith('(') && argv[0] !== 'export')
        state.vars.set(name, { value: unknownText(name), exported: false })
      else assign(state, name, match[2] === '+' ? (valueFor(state, name) ?? '') + match[3] : match[3], marked)
    }
    return ok
  }
}

function set(_: Shell, state: State, { argv }: Invocation): Completion {
  for (let i = 1; i < argv.length; i++) {
    const arg = argv[i]!
    const match = /^([-+])([A-Za-z]+)$/.exec(arg)
    if (match === null) {
      state.args = argv.slice(arg === '--' || arg === '-' ? i + 1 : i)
      break
    }
    for (const letter of match[2]!) {
      const name = letter === 'o' ? longOption(argv[++i] ?? '') : letter
      if (match[1] === '-') state.options.add(name)
      else state.options.delete(name)
    }
  }
  return ok
}

const longOption = (name: string): string =>
  ({ errexit: 'e', noexec: 'n', nounset: 'u', xtrace: 'x', noglob: 'f', allexport: 'a', verbose: 'v' })[name] ?? name

function sourced(shell: Shell, state: State, { argv, span }: Invocation, how: Circumstance): Completion {
  const path = argv[1]
  if (path === undefined) return bad
  const text = isKnown(path) ? shell.host.script(absolute(path, state.cwd)) : undefined
  if (text !== undefined) {
    const args = state.args
    if (argv.length > 2) state.args = argv.slice(2)
    const { conditions, left } = state
    state.left = 0
    const completion = shell.text(state, text, how, () => span)
    if (state.left < 3) Object.assign(state, { conditions, left })
    if (argv.length > 2) state.args = args
    return completion.flow === 'return' ? ending(completion) : completion
  }
  if (shell.host.presence(absolute(path, state.cwd)) === 'no' && !fatal(state, how)) return bad
  state.open = true
  return { status: 'likely' }
}

function leaving({ last, code }: State, arg: string | undefined): Completion {
  if (arg === undefined) return ending({ status: last, ...(code === undefined ? {} : { code }) })
  if (!/^\d{1,9}$/.test(arg)) return { status: 'likely' }
  const left = Number(arg) % 256
  return left === 0 ? ok : { status: 'failed', code: left }
}

const levelsOf = (_: State, arg: string | undefined): number => (/^\d{1,2}$/.test(arg ?? '') ? Number(arg) : 1)

function named(shell: Shell, state: State, call: Invocation, how: Circumstance): Completion {
  const { argv } = call
  if (argv[1] === '-v' || argv[1] === '-V') return found(shell, state, call.span, argv[2] ?? '', how, argv[1] === '-v')
  const skip = argv[1] === '-p' || argv[1] === '--' ? 2 : 1
  if (argv.length <= skip) return ok
  const inner = fork(state, {
    functions: new Map(),
    vars: state.vars,
    options: state.options,
    channels: state.channels,
    ...trapsOf(state),
  })
  const completion = shell.call(
    inner,
    { ...call, argv: argv.slice(skip), words: call.words.slice(skip), opens: [] },
    how,
  )
  state.cwd = inner.cwd
  return completion
}

// Is a program there, and where?
function found(shell: Shell, state: State, span: Range, name: string, how: Circumstance, isTold = true): Completion {
  const where =
    state.functions.has(name) || Object.hasOwn(builtins, name) ? { path: name, sure: true } : inPath(shell, state, name)
  if (where === undefined) {
    if (!isTold) say(shell, state, span, state.dialect === 'ash' ? `${name}: not found\n` : unknownText('where'))
    return bad
  }
  const said = where.sure && isTold ? where.path : unknownText('where')
  say(shell, state, span, `${said}\n`)
  return where.sure ? ok : { status: fatal(state, how) ? 'ok' : 'unknown' }
}

function inPath(
  shell: Shell,
  state: State,
  name: string,
): { readonly path: string; readonly sure: boolean } | undefined {
  const path = valueFor(state, 'PATH') ?? ''
  if (!isKnown(path) || !isKnown(name)) return { path: name, sure: false }
  let doubt = false
  for (const folder of name.includes('/') ? [''] : path.split(':').slice(0, 50)) {
    const at = folder === '' ? absolute(name, state.cwd) : absolute(name, folder)
    const there = shell.host.presence(at)
    // One of those before it may be another, and then it is that one.
    if (there === 'yes') return { path: doubt ? unknownText('where') : at, sure: true }
    doubt ||= there !== 'no'
  }
  const brought = doubt ? shell.host.brings?.(name) : false
  return brought === false ? undefined : { path: name, sure: brought === true }
}
