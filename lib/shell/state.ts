/** What a shell process remembers while it runs, and what all of them share. */
import type { Problem } from '../model.ts'
import type { List, Node, Script, Word } from './ast.ts'
import type { Command, Dialect, Opening, Outcome, Output, Range, Sink } from './command.ts'
import { unknownText } from './known.ts'

/** What the walk asks of the file system. Paths are absolute and normal; they may hold stand-ins. */
export interface View {
  /** Is something there? Links on the way followed, the last one not. */
  presence(path: string): 'yes' | 'no' | 'maybe' | 'unknown'
  /** What is there with all links followed; undefined: nothing, or not known. */
  kind(path: string): 'file' | 'dir' | 'symlink' | 'other' | undefined
  /** Same, the last link not followed. */
  ownKind(path: string): 'file' | 'dir' | 'symlink' | 'other' | undefined
  /** The path with links resolved. */
  real(path: string): string
  /** Bytes of a regular file. */
  bytes(path: string): number | undefined
  /** Permission bits. */
  mode(path: string): number | undefined
  /** Names in a folder, sorted; complete false: there may be more. */
  list(path: string): { readonly names: readonly string[]; readonly complete: boolean }
  /** The text of a regular file, links followed. */
  text(path: string): string | undefined
  /** The text of a file that is run or read in as a script; may say more than `text`, such as what os-release must hold. */
  script(path: string): string | undefined
}

/** The world the script runs in. */
export interface Host extends View {
  /** Runs one command: changes files, opens what it redirects to. Called in order. */
  run(command: Command): Outcome
  /** Programs the host knows by name: no script is looked for in PATH under these. */
  knows?(name: string): boolean
  /** Is this program surely nowhere, as a shell of this kind looks for it? */
  lacks?(name: string, dialect: Dialect, cwd: string, path: string): boolean
  /** Does the distribution bring this program? undefined: nobody can say. Asked where no file tells. */
  brings?(name: string): boolean | undefined
}

/** How a command ended. `likely`: taken for success; `unknown`: a question that could be answered either way. */
export type Status = 'ok' | 'failed' | 'likely' | 'unknown'

/** How a piece of a script ended, and whether it left what it stands in. */
export interface Completion {
  readonly status: Status
  /** Its exit status, where it failed and the number is known. */
  readonly code?: number
  readonly flow?: 'exit' | 'return' | 'break' | 'continue'
  /** Loops left by `break N`. */
  readonly levels?: number
  /** A failure that `set -e` lets pass. */
  readonly excused?: true
  /** Of status `unknown`: it says yes only where something fails that most likely does not, as `! apt-get update`. */
  readonly unlikely?: boolean
}

/** How a failure is taken where a piece stands. */
export interface Circumstance {
  /** The script goes on when it fails, on purpose. Switches `set -e` off. */
  readonly tolerated: boolean
  /** When it fails, the build fails. */
  readonly must: boolean
  /** `set -e` does not look here: in front of `&&`, in a condition. */
  readonly noexit: boolean
}

export interface Variable {
  /** Undefined: declared without a value. */
  readonly value: string | undefined
  readonly exported: boolean
  /** Elements of an array. */
  readonly items?: readonly string[]
}

/** Collects what is written into a pipe or a substitution. */
export interface Pipe {
  /** Undecided conditions at its beginning: what is written under more of them may not be. */
  readonly conditions: number
  readonly outputs: (Output | undefined)[]
  readonly from: Command[]
}

/** Where a descriptor leads. */
export type Channel =
  | { readonly kind: 'out'; readonly sink: Sink; readonly pipe?: Pipe }
  | { readonly kind: 'in'; readonly source: Source }

/** Something to read from. */
export interface Source {
  readonly output: Output | undefined
  readonly from: readonly Command[]
  readonly path?: string
  /** What is left of the text, for `read`; changes while it is read. */
  rest: string | undefined
}

/** One shell process. Changed in place; `fork` copies. */
export interface State {
  vars: Map<string, Variable>
  /** Variables nobody has listed may be set too. */
  open: boolean
  cwd: string
  functions: Map<string, { readonly body: Node; readonly at: Place }>
  /** Letters of `set`, `pipefail`, and names of `shopt`. */
  options: Set<string>
  /** Positional parameters from $1; undefined: not known. */
  args: readonly string[] | undefined
  readonly name: string
  user: string
  umask: number
  channels: Map<number, Channel>
  conditions: readonly number[]
  /** How far out the script may have left: 1 a loop, 2 a function, 3 the process. What follows stands under conditions. */
  left: 0 | 1 | 2 | 3
  trap: string | undefined
  /** What other signals run, by name without SIG; an empty text: they are not heeded. */
  signals?: ReadonlyMap<string, string>
  last: Status
  /** Its exit status, where it failed and the number is known. */
  code: number | undefined
  readonly dialect: Dialect
  /** Set: the script goes on when this process fails, so that `set -e` in it ends no more than itself. */
  expendable?: boolean
  /** Old values of variables made local in the function that runs. */
  locals: Map<string, Variable | undefined> | undefined
  /** What an expansion complained of that failed, `${X:?}` or one under `set -u`: the process ends before the command it is in. */
  stopped?: string
  /** How each process in the background ended, by what `$!` is there; the latest is last. */
  jobs?: ReadonlyMap<string, Status>
  at: Place
}

/** Maps ranges of the text being run to ranges of the text that was given. */
export type Place = (range: Range) => Range

/** What all processes of one walk share, and the ways back into the walk for files that would otherwise import each other. */
export interface Shell {
  readonly host: Host
  readonly problems: Problem[]
  /** The text that was given. */
  readonly source: string
  /** What `sh` is here. */
  readonly sh: Dialect
  /** Steps left; 0: the rest is not followed. */
  steps: number
  /** A loop had more turns than are followed. */
  cut: boolean
  /** Functions, sourced files and inner shells around here. */
  depth: number
  readonly names: Map<string, number>
  /** Numbers given to undecided conditions so far. */
  condition: number
  /** Conditions that most likely do not hold: what stands behind `||`, the `else` of what works. */
  readonly unlikely: Set<number>
  readonly list: (state: State, list: List, how: Circumstance) => Completion
  readonly node: (state: State, node: Node, how: Circumstance) => Completion
  /** Runs a text in this process, as `eval` does. */
  readonly text: (state: State, text: string, how: Circumstance, at: Place) => Completion
  /** Runs a program with these words in this process's setting. */
  readonly call: (state: State, call: Invocation, how: Circumstance) => Completion
  /** Runs a script in a process of its own and gives what it prints, final newlines off. */
  readonly capture: (state: State, script: Script) => string
  readonly words: (state: State, words: readonly Word[]) => readonly Field[]
}

/** Words about to be run. */
export interface Invocation {
  readonly argv: readonly string[]
  /** Where they stand, one for each. */
  readonly words: readonly Range[]
  readonly span: Range
  /** Files its redirections open. */
  readonly opens: readonly Opening[]
  /** Variables set for it alone. */
  readonly vars?: ReadonlyMap<string, string>
  readonly by?: string
  /** Functions and builtins of the shell are not meant: a program is. */
  readonly program?: true
}

/** A word after expansion. */
export interface Field {
  readonly text: string
  readonly range: Range
  /** An unquoted value that is not known: it may be several words, or none. */
  readonly loose: boolean
}

export const ok: Completion = { status: 'ok' }
export const bad: Completion = { status: 'failed' }

/** A question answered with no: exit status 1. */
export const no: Completion = { status: 'failed', code: 1 }

/** How it ended, without what it left. */
export const ending = ({ status, code }: Completion): Completion => ({
  status,
  ...(code === undefined ? {} : { code }),
})

/** A process that begins as this one is. */
export function fork(state: State, more: Partial<State> = {}): State {
  return {
    ...state,
    vars: new Map(state.vars),
    functions: new Map(state.functions),
    options: new Set(state.options),
    channels: new Map(state.channels),
    trap: undefined,
    ...(state.signals && { signals: new Map([...state.signals].filter(([, action]) => action === '')) }),
    ...more,
  }
}

/** The state with the variables that are set in front of the words. */
export function withVars(state: State, { vars }: Pick<Invocation, 'vars'>): State {
  if (vars === undefined) return state
  const child = fork(state)
  for (const [name, value] of vars) child.vars.set(name, { value, exported: true })
  return child
}

/** What a process that goes on keeps, and one that begins does not. */
export const trapsOf = ({ trap, signals }: State): Pick<State, 'trap' | 'signals'> => ({
  trap,
  ...(signals && { signals }),
})

/** Same process, another way it may have gone: like `fork`, traps kept. */
export const branch = (state: State, condition: number): State =>
  fork(state, { ...trapsOf(state), conditions: [...state.conditions, condition] })

/** After a branch that may or may not have run, or two of which one has: what they agree on stays known. */
export function join(state: State, a: State, b: State): void {
  const vars = new Map<string, Variable>()
  for (const name of new Set([...a.vars.keys(), ...b.vars.keys()])) {
    const [x, y] = [a.vars.get(name), b.vars.get(name)]
    const value = (v: Variable | undefined) =>
      v === undefined && state.open ? unknownText(name) : (v?.value ?? v?.items?.join('\0'))
    if (value(x) === value(y)) vars.set(name, (x ?? y)!)
    else vars.set(name, { value: unknownText(name), exported: x?.exported === true || y?.exported === true })
  }
  state.vars = vars
  state.open = a.open || b.open
  state.cwd = a.cwd === b.cwd ? a.cwd : `/${unknownText('cwd')}`
  state.functions = new Map([...a.functions, ...b.functions])
  state.options = new Set([...a.options].filter((o) => b.options.has(o)))
  state.args = a.args?.join('\0') === b.args?.join('\0') ? a.args : undefined
  state.umask = a.umask
  state.user = a.user === b.user ? a.user : ''
  state.channels = a.channels
  state.trap = a.trap ?? b.trap
  state.last = a.last === b.last ? a.last : 'unknown'
  state.code = a.code === b.code ? a.code : undefined
}

/** The value of a variable: undefined when it is unset, a stand-in when nobody knows. */
export function valueFor(state: State, name: string): string | undefined {
  const variable = state.vars.get(name)
  if (variable !== undefined) return variable.value ?? variable.items?.[0]
  return state.open ? unknownText(name) : undefined
}

/** Sets a variable, its exported mark kept. */
export function assign(state: State, name: string, value: string | undefined, exported = false): void {
  const old = state.vars.get(name)
  state.vars.set(name, { value, exported: exported || old?.exported === true || state.options.has('a') })
}

/** A fresh name for a value nobody knows: `$(curl)`, the next time `$(curl.2)`. */
export function fresh(shell: Shell, name: string): string {
  const n = (shell.names.get(name) ?? 0) + 1
  shell.names.set(name, n)
  return unknownText(n === 1 ? name : `${name}.${n}`)
}

/** Would a failure here end the build, or the script? */
export const fatal = (state: State, how: Circumstance): boolean =>
  how.must || (state.options.has('e') && state.expendable !== true && !how.tolerated && !how.noexit)

/** A question: either answer is fine. */
export const asking: Circumstance = { tolerated: true, must: false, noexit: true }
