/** Runs words: a function, a builtin, a program that runs another, a script that is at hand, or a program of the host. */
import { builtinOf } from './builtins.ts'
import type { Command, Input, Opening, Output, Range } from './command.ts'
import { silent, textOutput } from './command.ts'
import { runScript } from './inner-shell.ts'
import { isKnown } from './known.ts'
import { absolute, nameOf, parentOf } from './paths.ts'
import { echoText, printfText } from './print.ts'
import type { Circumstance, Completion, Invocation, Shell, State } from './state.ts'
import { bad, ending, fatal, fork, ok, valueFor, withVars } from './state.ts'
import { unwrap } from './wrappers.ts'

// Programs that are asked rather than told: failing is an answer.
const questions = new Set(
  'grep egrep fgrep zgrep id getent which type hash diff cmp expr pgrep pidof ping nc pkg-config dpkg-query'.split(' '),
)

// Variables set in front of these stay, and a redirection of theirs that fails ends the process. Source: POSIX XCU 2.8.1, 2.14.
const special = new Set(
  '. : break continue eval exec exit export readonly return set shift times trap unset'.split(' '),
)

/** What the shell would do with these words. Channels are those of the state, redirections already applied. */
export function invoke(shell: Shell, state: State, call: Invocation, how: Circumstance): Completion {
  const name = call.argv[0]!
  // A command of very many words takes the time of many.
  shell.steps -= 1 + (call.argv.length >> 5)
  if (shell.steps <= 0) return { status: 'likely' }
  const called = call.program ? undefined : state.functions.get(name)
  if (called !== undefined)
    return opened(shell, state, call, () => callFunction(shell, withVars(state, call), state, called, call, how))
  const builtin = call.program ? undefined : builtinOf(name, state.dialect)
  if (builtin !== undefined)
    return opened(shell, state, call, () => {
      if (call.vars !== undefined && special.has(name))
        for (const [key, value] of call.vars) state.vars.set(key, { value, exported: false })
      return builtin(shell, state, call, how)
    })
  const wrapped = unwrap(shell, state, call)
  if (wrapped !== undefined) return opened(shell, state, call, () => wrapped(how))
  const script = scriptFile(shell, state, name)
  // Nobody may run it, root neither.
  if (script !== undefined && ((shell.host.mode(script.path) ?? 0o111) & 0o111) === 0 && !fatal(state, how)) return bad
  if (script !== undefined && shell.depth < 40)
    return opened(shell, state, call, () => runScript(shell, state, call, script, how))
  return emit(shell, state, call, how)
}

// The files of a redirection are opened, whoever does the rest. One that cannot be keeps the rest from happening.
function opened(shell: Shell, state: State, call: Invocation, rest: () => Completion): Completion {
  const { opens, words, span } = call
  if (opens.length === 0) return rest()
  const { status } = emit(
    shell,
    state,
    { argv: [':'], words: words.slice(0, 1), span, opens },
    { tolerated: false, must: false, noexit: true },
  )
  if (status !== 'failed') return rest()
  const ends =
    !call.program && special.has(call.argv[0]!) && state.dialect !== 'bash' && !state.functions.has(call.argv[0]!)
  return ends ? { ...bad, flow: 'exit' } : bad
}

function callFunction(
  shell: Shell,
  inner: State,
  outer: State,
  called: { body: Parameters<Shell['node']>[1]; at: State['at'] },
  call: Invocation,
  how: Circumstance,
): Completion {
  if (shell.depth >= 50) return { status: 'unknown' }
  const { args, locals, at, conditions, left } = inner
  inner.left = 0
  inner.args = call.argv.slice(1)
  inner.locals = new Map()
  inner.at = called.at
  shell.depth++
  const completion = shell.node(inner, called.body, how)
  shell.depth--
  for (const [name, old] of inner.locals) {
    if (old === undefined) inner.vars.delete(name)
    else inner.vars.set(name, old)
  }
  inner.args = args
  inner.locals = locals
  inner.at = at
  if (inner.left < 3) {
    inner.conditions = conditions
    inner.left = left
  }
  if (completion.flow === 'return') return ending(completion)
  if (inner !== outer) outer.cwd = inner.cwd
  return completion
}

/** The text of a program that is a script, named by path or found in PATH. */
function scriptFile(
  shell: Shell,
  state: State,
  name: string,
): { readonly text: string; readonly path: string } | undefined {
  if (!isKnown(name) || name === '') return undefined
  if (shell.host.knows?.(name) === true && (!name.includes('/') || wrappers.test(name))) return undefined
  const folders = name.includes('/')
    ? ['']
    : (valueFor(state, 'PATH') ?? '').split(':').filter((f) => f.startsWith('/'))
  for (const folder of folders.slice(0, 20)) {
    const path = folder === '' ? absolute(name, state.cwd) : absolute(name, folder)
    const text = shell.host.script(path)
    if (text !== undefined) return isShell(text) ? { text, path } : undefined
  }
  return undefined
}

// What they start is told better by what they are called than by the long way their text takes there.
const wrappers = /\/(?:gradlew|mvnw)$/

// Without a first line that names an interpreter the shell reads it itself.
const isShell = (text: string): boolean =>
  /^#! ?\/(usr\/)?(local\/)?bin\/(env (-S )?)?(ba|da|a|z|k)?sh\b/.test(text) || !/^(#!|\x7fELF|\x89)/.test(text)

// ---- programs -----------------------------------------------------------------------------------------

const isLikely = ({ unlikely }: Shell, { conditions }: State): boolean =>
  conditions.length > 0 && conditions.every((one) => unlikely.has(-one))

function emit(shell: Shell, state: State, call: Invocation, how: Circumstance): Completion {
  const { argv } = call
  const name = nameOf(argv[0]!)
  const channel = state.channels.get(1)
  const output = printed(state, name, argv.slice(1), argv[0]!.includes('/'))
  const command: Command = {
    argv,
    words: call.words,
    cwd: state.cwd,
    env: environment(state, call.vars),
    user: state.user,
    umask: state.umask,
    opens: call.opens,
    stdout: channel?.kind === 'out' ? channel.sink : { to: 'nowhere' },
    stderr: sinkOf(state, 2),
    stdin: inputOf(state),
    ...(output === undefined ? {} : { output }),
    conditions: state.conditions,
    ...(state.conditions.some((one) => shell.unlikely.has(one)) ? { unlikely: true } : {}),
    ...(isLikely(shell, state) && { likely: true }),
    tolerated: how.tolerated,
    fatal: fatal(state, how),
    ...(call.by === undefined ? {} : { by: call.by }),
    span: call.span,
    dialect: state.dialect,
    again: (words) => again(shell, state, call, words, name),
  }
  const outcome = shell.host.run(command)
  const said = carried(outcome.output ?? output)
  // Long texts count as many steps: copying them is what takes the time.
  shell.steps -= (said?.text?.length ?? 0) >> 8
  if (channel?.kind === 'out' && channel.pipe !== undefined) {
    channel.pipe.outputs.push(state.conditions.length > channel.pipe.conditions && said?.text !== '' ? undefined : said)
    channel.pipe.from.push(command)
  }
  if (outcome.status === 'ok') return ok
  if (outcome.status === 'failed') {
    if (!fatal(state, how)) return ending(outcome)
    shell.problems.push({ severity: 'info', message: `${name} seems to fail here` })
    return { status: 'likely' }
  }
  const open =
    outcome.wavers === true ||
    questions.has(name) ||
    (name === 'dpkg' && /^(-s|-l|--status)$/.test(argv[1] ?? '')) ||
    (name === 'rpm' && argv[1] === '-q')
  return { status: open && !fatal(state, how) ? 'unknown' : 'likely' }
}

/** Longest text that is handed on, in characters: of more than a script or a list only the bytes are counted. */
const longest = 1_000_000

function carried(output: Output | undefined): Output | undefined {
  if (output?.text === undefined || output.text.length <= longest) return output
  const { text: _, ...rest } = output
  return rest
}

const sinkOf = (state: State, fd: number): Command['stdout'] => {
  const channel = state.channels.get(fd)
  return channel?.kind === 'out' ? channel.sink : { to: 'nowhere' }
}

function inputOf(state: State): Input {
  const channel = state.channels.get(0)
  if (channel?.kind !== 'in') return { output: silent, from: [] }
  const { source } = channel
  const partly = source.output?.text !== undefined && source.rest !== source.output.text
  return {
    output: partly ? (source.rest === undefined ? undefined : textOutput(source.rest)) : source.output,
    from: source.from,
    ...(source.path === undefined ? {} : { path: source.path }),
  }
}

function environment(state: State, vars: ReadonlyMap<string, string> | undefined): ReadonlyMap<string, string> {
  const env = new Map<string, string>()
  for (const [name, { value, exported }] of state.vars) if (exported && value !== undefined) env.set(name, value)
  for (const [name, value] of vars ?? []) env.set(name, value)
  return env
}

// A program that runs others (`find -exec`, `xargs`): they are followed as if the script had them, and what they print is given back.
function again(
  shell: Shell,
  state: State,
  call: Invocation,
  argv: readonly string[],
  by: string,
): { readonly status: 'ok' | 'failed' | 'unknown' } {
  if (argv.length === 0 || shell.depth > 20) return { status: 'unknown' }
  shell.depth++
  const words: readonly Range[] = argv.map(() => call.span)
  const opens: readonly Opening[] = []
  const { status } = invoke(
    shell,
    fork(withVars(state, call)),
    { argv, words, span: call.span, opens, by, program: true },
    { tolerated: false, must: false, noexit: true },
  )
  shell.depth--
  return { status: status === 'ok' || status === 'failed' ? status : 'unknown' }
}

// What the shell itself, or a program as plain as one, prints.
function printed(state: State, name: string, args: readonly string[], isProgram: boolean): Output | undefined {
  switch (name) {
    case 'echo':
      return textOutput(echoText(args, isProgram && state.dialect === 'dash' ? 'bash' : state.dialect))
    case 'printf':
      return args[0] === '-v' ? silent : textOutput(printfText(args, state.dialect))
    case 'pwd':
      return textOutput(`${state.cwd}\n`)
    case 'basename': {
      const base = nameOf((args[0] ?? '').replace(/(.)\/+$/, '$1'))
      const cut =
        args[1] !== undefined && base !== args[1] && base.endsWith(args[1]) ? base.slice(0, -args[1].length) : base
      return args[0]?.startsWith('-') || isWhole(args[0]) ? undefined : textOutput(`${cut}\n`)
    }
    case 'dirname': {
      const path = (args[0] ?? '').replace(/(.)\/+$/, '$1')
      return isWhole(path) ? undefined : textOutput(`${path.includes('/') ? parentOf(path) : '.'}\n`)
    }
    case ':':
    case 'true':
    case 'false':
    case 'sleep':
    case 'test':
      return silent
    default:
      return undefined
  }
}

// A path that nobody knows may have any number of parts.
const isWhole = (path: string | undefined): boolean => path !== undefined && !path.includes('/') && !isKnown(path)
