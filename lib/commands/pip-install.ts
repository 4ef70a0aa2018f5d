/** What an install of Python distributions stores: what is asked for read from words and files, sizes from measured wheels. */
import { inside, parentOf } from '../shell/paths.ts'
import { about } from '../size.ts'
import { pipInstall } from '../sizes/pip.ts'
import type { Stored } from '../sizes/stored.ts'
import type { Call } from './command.ts'
import { content, stored } from './parcels.ts'
import { isRoot, requirementName } from './python-places.ts'

/** Something an install is asked for. */
export interface Asked {
  /** `pip:flask`; `pip: requirements.txt` for a list that is not at hand. */
  readonly label: string
  /** As a requirement, where it is one: not a path, an address, or a list. */
  readonly requirement?: string
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
  const words = [...args, ...call.flags.all('-e', '--editable')].filter((word) => word !== '')
  return [
    ...words.map(one),
    ...files.flatMap((file) => listed(call, call.path(file), 0) ?? [{ label: `pip: ${file}` }]),
  ]
}

/** Requirements in a file, other files it names included; undefined: it is not at hand. Source: pip, requirements file format. */
function listed(call: Call, path: string, depth: number): readonly Asked[] | undefined {
  const text = call.files.text(path)
  if (text === undefined || depth > 5) return undefined
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .slice(0, 2000)
  return lines.flatMap((line) => {
    const plain = line.replace(/(^|\s)#.*$/, '').trim()
    const other = /^(?:-r|--requirement)[ =]?\s*(\S+)/.exec(plain)?.[1]
    if (other !== undefined) {
      const file = call.path(other.startsWith('/') ? other : inside(parentOf(path), other))
      return listed(call, file, depth + 1) ?? [{ label: `pip: ${other}` }]
    }
    const editable = /^(?:-e|--editable)[ =]?\s*(\S+)/.exec(plain)?.[1]
    if (editable !== undefined) return [{ label: `pip:${requirementName(editable)}` }]
    return plain === '' || plain.startsWith('-') ? [] : [one(plain.replace(/\s--\S.*$/, ''))]
  })
}

// ---- storing ------------------------------------------------------------------------------------------

/** How things are installed. */
export interface How {
  /** The prefix, or the folder of `--target`. */
  readonly folder: string
  /** Folder of the cache; undefined: nothing is kept. */
  readonly cache: string | undefined
  readonly compile: boolean
}

interface Memory {
  /** Names of what is installed, normal. */
  readonly installed: readonly string[]
  /** Byte code that is made when a module is first imported. */
  readonly code: readonly Stored[]
}

const memoryKey = (folder: string): string => `pip ${folder}`

const memoryOf = (call: Call, folder: string): Memory =>
  (call.state.get(memoryKey(folder)) as Memory | undefined) ?? { installed: [], code: [] }

const already = { bytes: 0, low: 0, high: null, basis: 'heuristic' } as const

// Every Python brings the first; many images the others.
const usual = new Set(['pip', 'setuptools', 'wheel'])

/** Stores what is asked for and what that needs. Gives whether all of it was measured. */
export function installAsked(call: Call, things: readonly Asked[], { folder, cache, compile }: How): boolean {
  started(call)
  const memory = memoryOf(call, folder)
  const upgrade = call.flags.has('-U', '--upgrade', '--force-reinstall', '-I', '--ignore-installed')
  const names = things.flatMap(({ label, requirement }) => (requirement === undefined ? [] : [label.slice(4)]))
  const there = (name: string): boolean => memory.installed.includes(name) || isPackaged(call, name)
  const installed = new Set([
    ...memory.installed.filter((name) => !upgrade || !names.includes(name)),
    ...names.filter((name) => !upgrade && isPackaged(call, name)),
  ])
  const requirements = things.flatMap(({ requirement }) => requirement ?? [])
  const dependencies = !call.flags.has('--no-deps')
  const outcome = pipInstall({
    requirements,
    installed,
    compile,
    cached: cache !== undefined,
    dependencies,
    site: folder,
    cache: cache ?? folder,
  })
  for (const thing of outcome.stored) {
    const name = /^(?:byte code: )?pip:(.*)$/.exec(thing.label ?? '')?.[1] ?? ''
    // It may be there already, and then in the newest version or not.
    const doubtful = thing.size.bytes === null && (usual.has(name) || (upgrade && there(name)))
    const size = upgrade ? thing.size : { ...already, source: `${name} is there already, as far as anybody can tell` }
    if (doubtful) call.files.perhaps(() => stored(call, [{ ...thing, size }]))
    else stored(call, [thing])
  }
  for (const { label, requirement } of things) if (requirement === undefined) content(call, folder, label)
  const uncompiled = compile
    ? []
    : pipInstall({
        requirements,
        installed,
        compile: true,
        cached: false,
        dependencies,
        site: folder,
        cache: folder,
      }).stored.filter(({ label }) => label?.startsWith('byte code: '))
  call.state.set(memoryKey(folder), {
    installed: [...new Set([...memory.installed, ...outcome.installed])],
    code: [...memory.code, ...uncompiled],
  } satisfies Memory)
  return requirements.length === things.length && outcome.stored.every(({ size }) => size.bytes !== null)
}

const isPackaged = (call: Call, name: string): boolean =>
  Object.hasOwn(call.facts.packages ?? {}, `python3-${name}`) && call.facts.os?.id !== undefined

/** Takes away distributions by name. */
export function uninstall(call: Call, folder: string, things: readonly Asked[]): void {
  const names = things.map(({ label }) => label.slice(4))
  const memory = memoryOf(call, folder)
  for (const name of names) {
    call.files.removeLabel(`pip:${name}`)
    call.files.removeLabel(`byte code: pip:${name}`)
  }
  call.state.set(memoryKey(folder), {
    installed: memory.installed.filter((name) => !names.includes(name)),
    code: memory.code.filter(({ label }) => !names.includes(label?.slice('byte code: pip:'.length) ?? '')),
  } satisfies Memory)
}

const forbidden = (call: Call): boolean => (call.env('PYTHONDONTWRITEBYTECODE') ?? '') !== ''

/**
 * Byte code that Python writes when modules are first imported, unless PYTHONDONTWRITEBYTECODE forbids it: of what was
 * installed without, and of what else the image may lack.
 */
export function imported(call: Call, folder: string, modules: readonly string[]): void {
  if (forbidden(call)) return
  started(call)
  const memory = memoryOf(call, folder)
  const normal = modules.map((name) => name.toLowerCase().replaceAll('_', '-'))
  if (!memory.code.some(({ label }) => normal.some((name) => label === `byte code: pip:${name}`))) return
  const bytes = memory.code.reduce((sum, { size }) => sum + (size.bytes ?? 0), 0)
  // Not every module is loaded. Source: run-size specification, section 5: of flask and what it needs, 0.85.
  content(call, folder, 'byte code of imported modules', {
    size: about(bytes * 0.85, bytes * 0.1, bytes * 1.05, 'heuristic', 'byte code of imported modules'),
  })
  call.state.set(memoryKey(folder), { ...memory, code: [] } satisfies Memory)
}

// The official images come without byte code: who runs Python first makes that of the modules it loads. Others have
// theirs, as far as anybody can tell. Source: the official image's Dockerfile, which removes `*.pyc`; run-size
// specification, section 3, for how much the whole standard library is.
function started(call: Call): void {
  if (forbidden(call) || !isRoot(call) || call.state.has('python started')) return
  call.state.set('python started', true)
  const bare =
    call.env('PYTHON_VERSION') !== undefined && (call.env('PYTHON_SHA256') ?? call.env('GPG_KEY')) !== undefined
  if (bare)
    content(call, '/usr/local', 'byte code of Python', {
      size: about(5_000_000, 0, 18_000_000, 'heuristic', 'byte code of pip and the standard library, as far as loaded'),
    })
}
