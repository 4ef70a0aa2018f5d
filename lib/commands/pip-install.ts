/** What an install of Python distributions stores: what is asked for read from words and files, sizes from measured wheels. */

import type { Size } from '../model.ts'
import { inside, parentOf } from '../shell/paths.ts'
import { about, unknown } from '../size.ts'
import type { Packed } from '../sizes/pip/guess.ts'
import { type Need, projectNeeds } from '../sizes/pip/project.ts'
import { type Brought, pipInstall } from '../sizes/pip.ts'
import type { Stored } from '../sizes/stored.ts'
import type { Call } from './command.ts'
import { content, contentOnce, stored } from './parcels.ts'
import { environments, isRoot, requirementName, targetOf } from './python-places.ts'

/** Something an install is asked for. */
export interface Asked {
  /** `pip:flask`; `pip: requirements.txt` for a list that is not at hand. */
  readonly label: string
  /** As a requirement, where it is one: not a path, an address, or a list. */
  readonly requirement?: string
  /** Its wheel, where a lock file says how long that is. */
  readonly wheel?: Packed
  /** Of the project in a folder, without what it needs. */
  readonly size?: Size
}

const one = (word: string): Asked => {
  const label = `pip:${requirementName(word)}`
  return /^[A-Za-z0-9][\w.-]*\s*(\[[^\]]*\])?\s*([=<>!~;].*)?$/.test(word) && !/\.(whl|zip|tar\.gz)$/.test(word)
    ? { label, requirement: word }
    : { label }
}

/** What is asked for, in words and in files. A file that is not at hand stands for all it lists. */
export function asked(
  call: Call,
  args: readonly string[],
  files = call.flags.all('-r', '--requirement', '--requirements'),
): readonly Asked[] {
  const isWord = (word: string): boolean => word !== ''
  return [
    ...args.filter(isWord).flatMap((word) => project(call, word, false) ?? [one(word)]),
    ...call.flags
      .all('-e', '--editable')
      .filter(isWord)
      .flatMap((word) => project(call, word, true) ?? [one(word)]),
    ...files.flatMap((file) => listed(call, call.path(file), new Set()) ?? [{ label: `pip: ${file}` }]),
  ]
}

/** Requirements as they are written. */
const askedFor = (requirements: readonly string[]): readonly Asked[] => requirements.map(one)

/** What a lock file says. */
export const lockedIn = (needs: readonly Need[]): readonly Asked[] =>
  needs.map(({ requirement, wheel }) => ({ ...one(requirement), ...(wheel && { wheel }) }))

/** A project in a folder, and what its pyproject.toml says it needs; undefined: it is not at hand, or says nothing. */
function project(call: Call, word: string, editable: boolean): readonly Asked[] | undefined {
  const [, path = '', extras = ''] = /^(\.{1,2}(?:\/[^[]*)?|\/[^[]*)(?:\[([^\]]*)\])?$/.exec(word) ?? []
  if (path === '' || /\.(?:whl|zip|gz)$/.test(path)) return undefined
  const folder = call.path(path)
  const text = call.files.text(inside(folder, 'pyproject.toml'))
  const wanted = extras.split(/\s*,\s*/).filter((extra) => extra !== '')
  const needs = text === undefined ? undefined : projectNeeds(text, wanted)
  if (needs === undefined) return undefined
  return [{ label: `pip:${requirementName(path)}`, size: projectSize(call, folder, editable) }, ...askedFor(needs)]
}

// A link to the folder and a few notes, or a copy of what of it is meant to be installed, with its byte code.
function projectSize(call: Call, folder: string, editable: boolean): Size {
  const why = 'the project itself'
  if (editable) return about(5_000, 500, 80_000, 'heuristic', why)
  const { entries, complete } = call.files.below(folder)
  const bytes = entries.reduce((sum, { type, size }) => sum + (type === 'file' ? (size.bytes ?? 0) : 0), 0)
  return complete ? about(bytes, 0, 3 * bytes + 50_000, 'heuristic', why) : unknown(why)
}

/** Most lines of requirements that are read in one file, longest line, and most files that name each other. */
const mostLines = 2000
const longestLine = 1000
const mostFiles = 50

/** Requirements in a file, other files it names included, each once; undefined: it is not at hand. Source: pip, requirements file format. */
function listed(call: Call, path: string, read: Set<string>): readonly Asked[] | undefined {
  if (read.has(path)) return []
  const text = read.size < mostFiles ? call.files.text(path) : undefined
  if (text === undefined) return undefined
  read.add(path)
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/, mostLines)
    .map((line) => line.slice(0, longestLine))
  return lines.flatMap((line) => {
    const plain = line.replace(/(^|\s)#.*$/, '').trim()
    const other = /^(?:-r|--requirement)[ =]?\s*(\S+)/.exec(plain)?.[1]
    if (other !== undefined) {
      const file = call.path(other.startsWith('/') ? other : inside(parentOf(path), other))
      return listed(call, file, read) ?? [{ label: `pip: ${other}` }]
    }
    const editable = /^(?:-e|--editable)[ =]?\s*(\S+)/.exec(plain)?.[1]
    if (editable !== undefined) return project(call, editable, true) ?? [{ label: `pip:${requirementName(editable)}` }]
    return plain === '' || plain.startsWith('-') ? [] : [one(plain.replace(/\s--\S.*$/, ''))]
  })
}

/** What `-c` files and PIP_CONSTRAINT say of versions; a file that is not at hand says nothing. */
function constraintsOf(call: Call): readonly string[] {
  const named = call.flags.all('-c', '--constraint', '--constraints')
  const files = named.length > 0 ? named : (call.env('PIP_CONSTRAINT') ?? '').split(/\s+/).filter((file) => file !== '')
  return files.flatMap((file) =>
    (listed(call, call.path(file), new Set()) ?? []).flatMap(({ requirement }) => requirement ?? []),
  )
}

// ---- storing ------------------------------------------------------------------------------------------

/** How things are installed. */
export interface How {
  /** The prefix, or the folder of `--target`. */
  readonly folder: string
  /** Folder of the cache; undefined: nothing is kept. */
  readonly cache: string | undefined
  readonly compile: boolean
  /** pip does it: Python runs. */
  readonly byPip: boolean
  /** All that is needed is among what is asked for. */
  readonly alone?: boolean
}

/** What is remembered of a folder that pip installs into. */
interface Memory {
  /** Names of what is installed, normal. */
  readonly installed: ReadonlySet<string>
  /** Byte code that is made when a module is first imported, by name. */
  readonly code: ReadonlyMap<string, Stored>
  /** Versions that were asked for with `==`, by name. */
  readonly versions: ReadonlyMap<string, string>
}

/** Most names that are kept in mind; a distribution beyond them is taken for new when it comes again. */
const mostNames = 5000

const key = (folder: string): string => `pip ${folder}`

const memoryOf = (call: Call, folder: string): Memory =>
  (call.state.get(key(folder)) as Memory | undefined) ?? { installed: new Set(), code: new Map(), versions: new Map() }

const remember = (call: Call, folder: string, memory: Memory): void => void call.state.set(key(folder), memory)

const already = { bytes: 0, low: 0, high: null, basis: 'heuristic' } as const

// Every Python brings the first; many images the others.
const usual = new Set(['pip', 'setuptools', 'wheel'])

/** Stores what is asked for and what that needs. Gives whether the size of all of it is known, and what came. */
export function installAsked(
  call: Call,
  things: readonly Asked[],
  { folder, cache, compile, byPip, alone = false }: How,
): { readonly isKnown: boolean; readonly brought: Brought } {
  // What an environment has was made with its byte code.
  if (byPip) started(call, environments(call).includes(folder) ? 'venv' : 'pip')
  const memory = memoryOf(call, folder)
  const upgrade = call.flags.has('-U', '--upgrade', '--force-reinstall', '-I', '--ignore-installed')
  const wanted = new Set(
    things.flatMap(({ label, requirement }) => (requirement === undefined ? [] : [label.slice(4)])),
  )
  const requirements = things.flatMap(({ requirement }) => requirement ?? [])
  const versions = new Map(requirements.flatMap(exactly))
  const changed = new Set(
    [...versions].flatMap(([name, version]) => ((memory.versions.get(name) ?? version) === version ? [] : [name])),
  )
  const there = (name: string): boolean => memory.installed.has(name) || isPackaged(call, name)
  const installed = {
    has: (name: string): boolean =>
      changed.has(name)
        ? false
        : upgrade
          ? memory.installed.has(name) && !wanted.has(name)
          : memory.installed.has(name) || (wanted.has(name) && isPackaged(call, name)),
  }
  const dependencies = !alone && !call.flags.has('--no-deps')
  // What Python brings is most likely there, and so is what it needs.
  const isUsual = (requirement: string): boolean => !upgrade && usual.has(requirementName(requirement))
  const [target, constraints] = [targetOf(call), constraintsOf(call)]
  const request = {
    installed,
    constraints,
    target,
    alone,
    wheels: new Map(things.flatMap(({ label, wheel }) => (wheel === undefined ? [] : [[label.slice(4), wheel]]))),
    compile,
    cached: cache !== undefined,
    site: folder,
    cache: cache ?? folder,
  }
  const outcomes = [
    pipInstall({ ...request, requirements: requirements.filter((one) => !isUsual(one)), dependencies }),
    pipInstall({ ...request, requirements: requirements.filter(isUsual), dependencies: false, cached: false }),
  ]
  const outcome = {
    stored: outcomes.flatMap((one) => one.stored),
    installed: outcomes.flatMap((one) => one.installed),
  }
  for (const name of changed) takeAway(call, name)
  for (const thing of outcome.stored.map((one) => (one.kind === 'cache' ? { ...one, names: answers(call) } : one))) {
    const name = /^(?:byte code: )?pip:(.*)$/.exec(thing.label ?? '')?.[1] ?? ''
    // It may be there already, and then in the newest version or not.
    const doubtful = usual.has(name) || (thing.size.bytes === null && upgrade && there(name))
    const source = `${name} is there already, as far as anybody can tell`
    const size = upgrade ? thing.size : { ...already, high: thing.size.high, source }
    if (doubtful) call.files.perhaps(() => stored(call, [{ ...thing, size }]))
    else stored(call, [thing])
  }
  for (const { label, requirement, size } of things)
    if (requirement === undefined) contentOnce(call, folder, label, size && { size })
  const uncompiled = compile
    ? []
    : pipInstall({ ...request, requirements, compile: true, cached: false, dependencies }).stored.filter(({ label }) =>
        label?.startsWith('byte code: '),
      )
  const names = new Set(memory.installed)
  for (const name of outcome.installed) if (names.size < mostNames) names.add(name)
  const code = new Map(memory.code)
  for (const one of uncompiled) if (code.size < mostNames) code.set(one.label ?? '', one)
  const pinned = [...memory.versions, ...versions].slice(-mostNames)
  remember(call, folder, { installed: names, code, versions: new Map(pinned) })
  const isKnown =
    things.every(({ requirement, size }) => (requirement ?? size) !== undefined) &&
    outcome.stored.every(({ size }) => size.bytes !== null)
  return { isKnown, brought: outcomes[0]!.brought }
}

/** `flask==3.0.3` as name and version. */
function exactly(requirement: string): readonly (readonly [name: string, version: string])[] {
  const version = /^[\w.-]+(?:\[[^\]]*\])?\s*===?\s*([\w.!+-]+)\s*(?:;|$)/.exec(requirement)?.[1]
  return version === undefined ? [] : [[requirementName(requirement), version]]
}

function takeAway(call: Call, name: string): void {
  call.files.removeLabel(`pip:${name}`)
  call.files.removeLabel(`byte code: pip:${name}`)
}

/** What pip calls the folder of its cache that holds all downloads. Source: pip's news, 23.3; the package of each distribution. */
export const answers = (call: Call): readonly string[] => {
  const { id, versionId = '' } = call.facts.os ?? {}
  const isOld = call.env('PYTHON_VERSION') === undefined && (id === 'debian' || id === 'ubuntu')
  return [isOld && Number.parseFloat(versionId) <= (id === 'debian' ? 12 : 23) ? 'http' : 'http-v2']
}

const isPackaged = (call: Call, name: string): boolean =>
  Object.hasOwn(call.facts.packages ?? {}, `python3-${name}`) && call.facts.os?.id !== undefined

/** Takes away distributions by name. */
export function uninstall(call: Call, folder: string, things: readonly Asked[]): void {
  const memory = memoryOf(call, folder)
  const installed = new Set(memory.installed)
  const code = new Map(memory.code)
  const versions = new Map(memory.versions)
  for (const { label } of things) {
    const name = label.slice(4)
    takeAway(call, name)
    installed.delete(name)
    code.delete(`byte code: pip:${name}`)
    versions.delete(name)
  }
  remember(call, folder, { installed, code, versions })
}

const forbidden = (call: Call): boolean => (call.env('PYTHONDONTWRITEBYTECODE') ?? '') !== ''

/**
 * Byte code that Python writes when modules are first imported, unless PYTHONDONTWRITEBYTECODE forbids it: of what was
 * installed without, and of what else the image may lack.
 */
export function imported(call: Call, folder: string, modules: readonly string[]): void {
  if (forbidden(call)) return
  started(call, 'python')
  const memory = memoryOf(call, folder)
  const normal = modules.map((name) => name.toLowerCase().replaceAll('_', '-'))
  if (!normal.some((name) => memory.code.has(`byte code: pip:${name}`))) return
  const bytes = [...memory.code.values()].reduce((sum, { size }) => sum + (size.bytes ?? 0), 0)
  // Not every module is loaded. Source: run-size specification, section 5: of flask and what it needs, 0.85.
  content(call, folder, 'byte code of imported modules', {
    size: about(bytes * 0.85, bytes * 0.1, bytes * 1.05, 'heuristic', 'byte code of imported modules'),
  })
  remember(call, folder, { ...memory, code: new Map() })
}

type Starter = 'python' | 'venv' | 'pip'

/**
 * The official images come without byte code: who runs Python first makes that of the modules it loads. Others have theirs,
 * as far as anybody can tell. Source: the official image's Dockerfile, which removes `*.pyc`.
 */
export function started(call: Call, program: Starter): void {
  if (forbidden(call) || !isRoot(call)) return
  const before = call.state.get('python started') as Starter | undefined
  const loaded = (one: Starter | undefined): Loaded =>
    one === undefined ? [0, 0, 0] : firstRun(one, targetOf(call).python)
  const [had, now] = [loaded(before), loaded(program)]
  if (had[0] >= now[0]) return
  call.state.set('python started', program)
  const bare =
    call.env('PYTHON_VERSION') !== undefined && (call.env('PYTHON_SHA256') ?? call.env('GPG_KEY')) !== undefined
  if (!bare) return
  const why = 'byte code of what Python loads when it is first run'
  const size = about(now[0] - had[0], now[1] - had[2], now[2] - had[1], 'heuristic', why)
  content(call, '/usr/local', `byte code of ${program === 'python' ? 'Python' : `Python and ${program}`}`, { size })
}

type Loaded = readonly [bytes: number, low: number, high: number]

// Installs on 2026-11-22 with the pip of official images: 23.0.1 for 3.10, 24.0 for 3.11, 25.0.1 for 3.12, 26.0.1 for 3.13.
function firstRun(program: Starter, python: string | undefined): Loaded {
  const minor = Number(/^3\.(\d+)/.exec(python ?? '')?.[1])
  if (program === 'python') return [1_500_000, 100_000, 8_000_000]
  if (program === 'venv') return minor === 11 ? [5_600_000, 3_500_000, 8_000_000] : [4_700_000, 2_500_000, 7_000_000]
  if (minor >= 12) return [8_100_000, 6_500_000, 11_000_000]
  return minor === 11 ? [10_600_000, 8_500_000, 15_000_000] : [7_000_000, 3_500_000, 11_000_000]
}
