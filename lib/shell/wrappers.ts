/** Programs that run other programs: `sh -c`, `sudo`, `env`, `xargs`, and a script that is at hand. */
import type { Dialect } from './command.ts'
import { isKnown } from './known.ts'
import { absolute, nameOf } from './paths.ts'
import type { Circumstance, Completion, Invocation, Place, Shell, State } from './state.ts'
import { bad, fatal, fork, ok, valueFor } from './state.ts'
import { xargsCall } from './xargs.ts'

/** A program that begins with its own options, maybe some operands, and then names another. */
interface Prefix {
  /** Options that take the next word as value. */
  readonly values?: readonly string[]
  /** Own operands before the program. */
  readonly operands?: number
  /** `A=b` in front of the program sets variables. */
  readonly assigns?: true
  /** Which option names the user; 'operand': the first operand does. */
  readonly user?: readonly string[] | 'operand'
  /** Who it is when no option says. */
  readonly becomes?: string
}

const prefixes: Readonly<Record<string, Prefix>> = {
  sudo: {
    values: ['-u', '-g', '-p', '-C', '-h', '-r', '-t', '-T', '-U', '-D', '-R', '--user', '--group'],
    assigns: true,
    user: ['-u', '--user'],
    becomes: 'root',
  },
  doas: { values: ['-u', '-C'], user: ['-u'], becomes: 'root' },
  env: { values: ['-u', '-C', '--unset', '--chdir'], assigns: true },
  nice: { values: ['-n', '--adjustment'] },
  ionice: { values: ['-c', '-n', '-p', '--class'] },
  chrt: { operands: 1 },
  timeout: { values: ['-k', '-s', '--kill-after', '--signal'], operands: 1 },
  time: { values: ['-f', '-o', '--format', '--output'] },
  nohup: {},
  setsid: {},
  stdbuf: { values: ['-i', '-o', '-e'] },
  unbuffer: {},
  catchsegv: {},
  eatmydata: {},
  fakeroot: {},
  'dbus-run-session': {},
  'xvfb-run': { values: ['-n', '-e', '-f', '-p', '-s', '-w', '--server-args', '--server-num', '--error-file'] },
  gosu: { operands: 1, user: 'operand' },
  'su-exec': { operands: 1, user: 'operand' },
  setpriv: {},
  runuser: { values: ['-u', '-g', '-G', '--user'], user: ['-u', '--user'], becomes: 'root' },
  tini: { values: ['-e', '-p'] },
  'dumb-init': { values: ['-r', '--rewrite'] },
  linux32: {},
  linux64: {},
  setarch: { operands: 1 },
  'ssh-agent': {},
  busybox: {},
  unshare: {},
  chpst: { values: ['-u', '-U', '-e', '-b'], user: ['-u'] },
}

const shells: Readonly<Record<string, Dialect | undefined>> = {
  bash: 'bash',
  dash: 'dash',
  ash: 'ash',
  ksh: 'bash',
  zsh: 'bash',
  rbash: 'bash',
}

/** How to go on with a program that runs another; undefined: it is none of those, or what it runs is not known. */
export function unwrap(shell: Shell, state: State, call: Invocation): ((how: Circumstance) => Completion) | undefined {
  const name = nameOf(call.argv[0]!)
  if (name === 'sh' || Object.hasOwn(shells, name))
    return shellCall(shell, state, call, name === 'sh' ? shell.sh : shells[name]!)
  if (name === 'su' || (name === 'runuser' && call.argv.includes('-c'))) return suCall(shell, state, call)
  if (name === 'xargs') return xargsCall(shell, state, call)
  if (name === 'flock') return flockCall(shell, state, call)
  const prefix = Object.hasOwn(prefixes, name) ? prefixes[name] : undefined
  if (prefix === undefined) return undefined
  const path = valueFor(state, 'PATH') ?? ''
  if (name !== 'time' && shell.host.lacks?.(call.argv[0]!, state.dialect, state.cwd, path) === true)
    return (how) => (fatal(state, how) ? { status: 'likely' } : bad)
  return prefixCall(shell, state, call, prefix)
}

const inner = (call: Invocation, skip: number): Invocation => ({
  ...call,
  argv: call.argv.slice(skip),
  words: call.words.slice(skip),
  opens: [],
  program: true,
})

function prefixCall(
  shell: Shell,
  state: State,
  call: Invocation,
  prefix: Prefix,
): ((how: Circumstance) => Completion) | undefined {
  const { argv } = call
  const vars = new Map(call.vars)
  const unset: string[] = []
  let user: string | undefined = prefix.becomes
  let operands = prefix.operands ?? 0
  let cwd = state.cwd
  let clear = false
  let i = 1
  for (; i < argv.length; i++) {
    const word = argv[i]!
    const assignment = prefix.assigns ? /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word) : null
    if (word === '--') {
      i++
      break
    }
    if (word.startsWith('-') && word !== '-') {
      const value = prefix.values?.includes(word)
        ? argv[++i]
        : word.startsWith('--')
          ? word.slice(word.indexOf('=') + 1)
          : word.slice(2)
      const option = word.startsWith('--') ? word.split('=')[0]! : word.slice(0, 2)
      if (Array.isArray(prefix.user) && prefix.user.includes(option)) user = value
      // BusyBox has none.
      if (option === '-C' && argv[0] === 'env' && state.dialect === 'ash') return () => bad
      if (option === '-C' || option === '--chdir') cwd = absolute(value ?? '', cwd)
      if (nameOf(argv[0]!) === 'env' && (option === '-u' || option === '--unset')) unset.push(value ?? '')
      clear ||= word === '-i' || word === '--ignore-environment'
      if (option === '-S' || option === '--split-string') return undefined
    } else if (assignment !== null) vars.set(assignment[1]!, assignment[2]!)
    else if (operands > 0) {
      operands--
      if (prefix.user === 'operand') user = word.split(':')[0]!
    } else if (word !== '-' || !prefix.assigns) break
    else clear = true
  }
  if (i >= argv.length) return argv[0] === 'env' ? undefined : () => ok
  return (how) => {
    const home: readonly [string, string][] =
      user === undefined ? [] : [['HOME', user === 'root' || user === '0' ? '/root' : `/home/${user}`]]
    const child = fork(state, {
      cwd,
      functions: new Map(),
      ...(user === undefined ? {} : { user }),
      ...(clear ? { vars: new Map() } : {}),
    })
    for (const name of unset) child.vars.set(name, { value: undefined, exported: false })
    for (const [key, value] of [...home, ...vars]) child.vars.set(key, { value, exported: true })
    const { vars: _, ...rest } = inner(call, i)
    return shell.call(child, rest, how)
  }
}

function shellCall(
  shell: Shell,
  state: State,
  call: Invocation,
  dialect: Dialect,
): ((how: Circumstance) => Completion) | undefined {
  const { argv } = call
  const options: string[] = []
  let commands = false
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
      if (letter === 'c') commands = true
      else if (letter === 's') fromInput = true
      else if (letter === 'o' || letter === 'O') options.push(argv[++i] ?? '')
      else options.push(letter)
    }
  }
  const text = argv[i]
  const range = call.words[i] ?? call.span
  if (commands) {
    if (text === undefined) return () => ok
    if (!isKnown(text)) return (how) => ({ status: fatal(state, how) ? 'likely' : 'unknown' })
    return (how) =>
      process(
        shell,
        state,
        call,
        {
          text,
          name: argv[i + 1] ?? argv[0]!,
          args: argv.slice(i + 2),
          options,
          dialect,
          at: placeOf(shell, text, range),
        },
        how,
      )
  }
  if (text !== undefined && !fromInput) {
    const path = absolute(text, state.cwd)
    const script = isKnown(text) ? shell.host.script(path) : undefined
    if (script === undefined) return undefined
    return (how) =>
      process(
        shell,
        state,
        call,
        { text: script, name: text, args: argv.slice(i + 1), options, dialect, at: () => call.span },
        how,
      )
  }
  const channel = state.channels.get(0)
  const input = channel?.kind === 'in' ? channel.source.rest : undefined
  if (input === undefined || !isKnown(input)) return undefined
  const begin = input.length > 3 ? shell.source.indexOf(input, call.span.start) : -1
  const at: Place = begin < 0 ? () => call.span : (r) => ({ start: begin + r.start, end: begin + r.end })
  return (how) =>
    process(shell, state, call, { text: input, name: argv[0]!, args: argv.slice(i), options, dialect, at }, how)
}

// A script in quotes keeps its own places when nothing in it was expanded.
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

interface Reading {
  readonly text: string
  readonly name: string
  readonly args: readonly string[]
  readonly options: readonly string[]
  readonly dialect: Dialect
  readonly at: Place
}

// A shell of its own: only what is exported comes along.
function process(shell: Shell, state: State, call: Invocation, it: Reading, how: Circumstance): Completion {
  if (shell.depth >= 40) return { status: 'unknown' }
  const vars = new Map([...state.vars].filter(([, v]) => v.exported))
  for (const [name, value] of call.vars ?? []) vars.set(name, { value, exported: true })
  const child = fork(state, {
    vars,
    functions: new Map(),
    options: new Set(it.options),
    args: it.args,
    name: it.name,
    dialect: it.dialect,
    locals: undefined,
  })
  const completion = shell.text(child, it.text, { ...how, must: fatal(state, how), noexit: false }, it.at)
  const { trap } = child
  child.trap = undefined
  if (trap !== undefined) shell.text(child, trap, { tolerated: true, must: false, noexit: true }, it.at)
  return { status: completion.status }
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
  const dialect = program === 'sh' ? shell.sh : (shells[program] ?? 'sh')
  const options = /^-[a-z]+$/.test(flags) ? [...flags.slice(1)] : []
  return process(
    shell,
    state,
    call,
    { text, name: path, args: call.argv.slice(1), options, dialect, at: () => call.span },
    how,
  )
}

// `su [-] [user] -c 'script' [-s shell]`
function suCall(shell: Shell, state: State, call: Invocation): ((how: Circumstance) => Completion) | undefined {
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
  const script = text
  if (!isKnown(script)) return (how) => ({ status: fatal(state, how) ? 'likely' : 'unknown' })
  const home = user === 'root' ? '/root' : `/home/${user}`
  const child = fork(state, { user, ...(login ? { cwd: home } : {}) })
  child.vars.set('HOME', { value: home, exported: true })
  return (how) =>
    process(
      shell,
      child,
      call,
      { text: script, name: 'su', args: [], options: [], dialect: shell.sh, at: placeOf(shell, script, range) },
      how,
    )
}

function flockCall(shell: Shell, state: State, call: Invocation): ((how: Circumstance) => Completion) | undefined {
  let i = 1
  while (call.argv[i]?.startsWith('-'))
    i += ['-w', '-E', '--timeout', '--wait', '--conflict-exit-code'].includes(call.argv[i]!) ? 2 : 1
  if (/^\d+$/.test(call.argv[i] ?? '') && call.argv.length === i + 1) return () => ok
  i++
  if (call.argv[i] === '-c' || call.argv[i] === '--command')
    return suCall(shell, state, {
      ...call,
      argv: ['su', ...call.argv.slice(i)],
      words: [call.span, ...call.words.slice(i)],
    })
  return call.argv.length > i ? (how) => shell.call(fork(state), inner(call, i), how) : undefined
}
