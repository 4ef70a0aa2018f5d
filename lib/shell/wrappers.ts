/** Programs that run other programs: `sudo`, `env`, `timeout`, `xargs`, `flock`; shells are in inner-shell.ts. */
import { dialectOf, type Outcome, shellCall, suCall } from './inner-shell.ts'
import { absolute, nameOf } from './paths.ts'
import type { Invocation, Shell, State } from './state.ts'
import { bad, fatal, fork, ok, valueFor, withVars } from './state.ts'
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
  /** The inner program gets few of the variables (`kept`), unless this option says otherwise. */
  readonly resets?: RegExp
}

const prefixes: Readonly<Record<string, Prefix>> = {
  sudo: {
    values: ['-u', '-g', '-p', '-C', '-h', '-r', '-t', '-T', '-U', '-D', '-R', '--user', '--group'],
    assigns: true,
    user: ['-u', '--user'],
    becomes: 'root',
    resets: /^(?:-[A-Za-z]*E[A-Za-z]*|--preserve-env)$/,
  },
  doas: { values: ['-u', '-C'], user: ['-u'], becomes: 'root', resets: /^$/ },
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

/** What sudo and doas hand on as they are set up by distributions. Source: sudoers(5), env_keep; doas(1). */
const kept =
  /^(?:PATH|TERM|TZ|DISPLAY|HOSTNAME|KRB5CCNAME|COLORS|LS_COLORS|PS[12]|XAUTHORITY|XAUTHORIZATION|XDG_CURRENT_DESKTOP)$/

/** How to go on with a program that runs another; undefined: it is none of those, or what it runs is not known. */
export function unwrap(shell: Shell, state: State, call: Invocation): Outcome | undefined {
  const name = nameOf(call.argv[0]!)
  const dialect = dialectOf(shell, name)
  if (dialect !== undefined) return shellCall(shell, state, call, dialect)
  if (name === 'su' || (name === 'runuser' && call.argv.includes('-c'))) return suCall(shell, state, call)
  if (name === 'xargs') return xargsCall(shell, state, call)
  if (name === 'flock') return flockCall(shell, state, call)
  const prefix = Object.hasOwn(prefixes, name) ? prefixes[name] : undefined
  if (prefix === undefined) return undefined
  const path = valueFor(state, 'PATH') ?? ''
  // A word of the shell itself in bash, an applet that needs no file in ash.
  const isWord = name === 'time' && state.dialect !== 'dash'
  const outcome = prefixCall(shell, state, call, prefix)
  if (isWord || shell.host.lacks?.(call.argv[0]!, state.dialect, state.cwd, path) !== true) return outcome
  // Where that would end the build it must be there; BusyBox has it or has not.
  return (how) => (!fatal(state, how) ? bad : state.dialect === 'ash' ? { status: 'likely' } : (outcome ?? likely)(how))
}

const likely: Outcome = () => ({ status: 'likely' })

const inner = (call: Invocation, skip: number): Invocation => ({
  ...call,
  argv: call.argv.slice(skip),
  words: call.words.slice(skip),
  opens: [],
  program: true,
})

function prefixCall(shell: Shell, state: State, call: Invocation, prefix: Prefix): Outcome | undefined {
  const { argv } = call
  const { end, split, cwd, user, clear, resets, handed, unset, assigned, lacks } = prefixWords(argv, prefix, state)
  if (lacks) return () => bad
  if (split) return undefined
  if (end >= argv.length) return argv[0] === 'env' ? undefined : () => ok
  return (how) => {
    const child = fork(withVars(state, call), {
      cwd,
      functions: new Map(),
      ...(user === undefined ? {} : { user }),
      ...(clear ? { vars: new Map() } : {}),
    })
    if (resets) child.vars = new Map([...child.vars].filter(([name]) => kept.test(name) || handed.includes(name)))
    const set = (name: string, value: string) => child.vars.set(name, { value, exported: true })
    for (const name of unset) child.vars.set(name, { value: undefined, exported: false })
    if (user !== undefined) set('HOME', user === 'root' || user === '0' ? '/root' : `/home/${user}`)
    for (const [name, value] of assigned) set(name, value)
    const { vars: _, ...rest } = inner(call, end)
    return shell.call(child, rest, how)
  }
}

/** What the words before the inner program say. */
interface PrefixWords {
  /** Where the inner program stands. */
  readonly end: number
  readonly cwd: string
  readonly user: string | undefined
  /** Variables: none but what follows; these no more; these. */
  readonly clear: boolean
  /** Few variables are handed on. */
  readonly resets: boolean
  /** These are. */
  readonly handed: readonly string[]
  readonly unset: readonly string[]
  readonly assigned: readonly (readonly [name: string, value: string])[]
  /** `env -S`: the program and its words are one word. */
  readonly split: boolean
  /** An option that this shell's program does not have. */
  readonly lacks: boolean
}

function prefixWords(argv: readonly string[], prefix: Prefix, state: State): PrefixWords {
  const unset: string[] = []
  const assigned: [string, string][] = []
  const handed: string[] = []
  const env = nameOf(argv[0]!) === 'env'
  let user: string | undefined = prefix.becomes
  let operands = prefix.operands ?? 0
  let { cwd } = state
  let clear = false
  let resets = prefix.resets !== undefined
  let split = false
  let lacks = false
  let i = 1
  for (; i < argv.length && !split && !lacks; i++) {
    const word = argv[i]!
    const [, name, value] = (prefix.assigns && /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word)) || []
    if (word === '--') {
      i++
      break
    }
    if (word.startsWith('-') && word !== '-') {
      const isLong = word.startsWith('--')
      const option = isLong ? word.split('=')[0]! : word.slice(0, 2)
      const glued = isLong ? word.slice(word.indexOf('=') + 1) : word.slice(2)
      const given = prefix.values?.includes(word) ? argv[++i] : glued
      if (Array.isArray(prefix.user) && prefix.user.includes(option)) user = given
      lacks = option === '-C' && argv[0] === 'env' && state.dialect === 'ash' // BusyBox has none.
      if (option === '-C' || option === '--chdir') cwd = absolute(given ?? '', cwd)
      if (env && (option === '-u' || option === '--unset')) unset.push(given ?? '')
      if (prefix.resets?.test(word)) resets = false
      if (resets && word.startsWith('--preserve-env=')) handed.push(...glued.split(','))
      clear ||= word === '-i' || word === '--ignore-environment'
      split = option === '-S' || option === '--split-string'
    } else if (name !== undefined && value !== undefined) assigned.push([name, value])
    else if (operands > 0) {
      operands--
      if (prefix.user === 'operand') user = word.split(':')[0]!
    } else if (word !== '-' || !prefix.assigns) break
    else clear = true
  }
  return { end: i, cwd, user, clear, resets, handed, unset, assigned, split, lacks }
}

function flockCall(shell: Shell, state: State, call: Invocation): Outcome | undefined {
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
