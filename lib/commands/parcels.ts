/**
 * Bytes that arrive by name, not file by file: what package managers install, what they keep for next time, what
 * builds leave. All of it lies in the file system as packages (lib/model.ts, Entry), so a later `rm -rf`, a `COPY --from`
 * or a mount acts on it by path, and an uninstall by label.
 */
import type { Kind, Size } from '../model.ts'
import { display } from '../shell/known.ts'
import { inside } from '../shell/paths.ts'
import { add, unknown } from '../size.ts'
import type { Stored } from '../sizes/stored.ts'
import type { Call } from './command.ts'

/** What else is known of a package. */
export interface Details {
  /** Left out: nobody knows. */
  readonly size?: Size
  /** Shell words that would remove it. */
  readonly cleanup?: string
  readonly linkBytes?: number
  readonly files?: number
  /** What its files are called: one name of each kind. */
  readonly names?: readonly string[]
  /** Folders below that hold nothing of it. */
  readonly apart?: readonly string[]
}

/** Stores something useful in a folder, in the place of what has this label there. */
export const content = (call: Call, folder: string, label: string, details: Details = {}): void =>
  store(call, folder, label, 'content', details)

/**
 * Stores what a project asks for, in a folder. Where an earlier RUN has stored it, next to nothing comes: what is there
 * stays, and nobody knows what else the project brings.
 */
export function contentOnce(call: Call, folder: string, label: string, details: Details = {}): void {
  const there = call.files.packagesIn(folder).some((one) => one.label === label && one.maybe !== true)
  if (there) call.files.perhaps(() => content(call, folder, `${label}, brought up to date`))
  else content(call, folder, label, details)
}

/** Stores what is of no use in an image, in a folder; another RUN adds to it. Cleanup left out: `rm -rf` of the folder. */
export const cache = (call: Call, folder: string, label: string, details: Details = {}): void =>
  pile(call, folder, label, 'cache', details)

/** Stores what should have gone when the program ended. */
export const temporary = (call: Call, folder: string, label: string, details: Details = {}): void =>
  pile(call, folder, label, 'temporary', details)

/** What a build makes somewhere in or below a folder. */
export const made = (call: Call, folder: string, label: string): void => content(call, folder, label)

/** Stores what a size table says arrives. */
export function stored(call: Call, things: readonly Stored[]): void {
  for (const { path, type, label, size, kind, ...details } of things) {
    if (type === 'file' || label === undefined) call.files.put(path, { type: 'file', size })
    else if (kind === 'content') content(call, path, label, { ...details, size })
    else pile(call, path, label, kind, { ...details, size })
  }
}

/** A file whose length nobody knows, in a folder that is there or gets made. */
export const madeFile = (call: Call, path: string, why: string, mode?: number): void =>
  call.files.put(path, { type: 'file', size: unknown(display(why)), ...(mode === undefined ? {} : { mode }) })

/** The files below a path and the packages there are gone; the folder may stay. */
export const emptied = (call: Call, folder: string): void => call.files.remove(folder)

/** A file that is written again as a whole, by a program that adds something: a package database. */
export function rewritten(call: Call, path: string, label: string): void {
  const real = call.files.real(path)
  const entry = call.files.get(real)
  const why = `${label} with what was added`
  if (entry?.type === 'file') call.files.write(real, { size: unknown(why, entry.size.low) })
  else content(call, path.slice(0, path.lastIndexOf('/')) || '/', label)
}

/** Where the caches of a user lie. Source: XDG Base Directory Specification. */
export const cacheHome = (call: Call): string => folderOf(call, 'XDG_CACHE_HOME') ?? inside(call.home, '.cache')

/** Where a user's programs keep data. */
export const dataHome = (call: Call): string => folderOf(call, 'XDG_DATA_HOME') ?? inside(call.home, '.local/share')

/** An absolute folder from the first of these variables that is set to something. */
export function folderOf(call: Call, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = call.env(name)
    if (value !== undefined && value !== '') return call.path(value)
  }
  return undefined
}

/** Is a switch in the environment on? Programs agree on these words. */
export const isOn = (value: string | undefined): boolean =>
  value !== undefined && !/^(|0|false|no|off|n|f)$/i.test(value)

// ---- storing ------------------------------------------------------------------------------------------

function store(call: Call, folder: string, label: string, kind: Kind, details: Details): void {
  call.files.put(folder, {
    type: 'package',
    label,
    kind,
    size: details.size ?? unknown(`size of ${display(label)} is not known`),
    ...(details.cleanup === undefined ? {} : { cleanup: display(details.cleanup) }),
    ...(details.linkBytes === undefined ? {} : { linkBytes: details.linkBytes }),
    ...(details.files === undefined ? {} : { files: details.files }),
    ...(details.names === undefined ? {} : { names: details.names }),
    ...(details.apart === undefined ? {} : { apart: details.apart }),
  })
}

// What one RUN leaves in a folder is one package. What a later RUN adds is another: it replaces nothing.
function pile(call: Call, folder: string, label: string, kind: Kind, details: Details): void {
  const size = details.size ?? unknown(`size of ${display(label)} is not known`)
  const cleanup = details.cleanup ?? `rm -rf ${folder}`
  const key = `pile ${folder} ${label}`
  const other = asksForMore(call, key)
  const last = call.state.get(key) as Pile | undefined
  const there = call.files.packagesIn(folder)
  const labels = new Set(there.map((one) => one.label))
  const old = last && labels.has(last.label) ? there.find((one) => one.label === last.label) : undefined
  if (last !== undefined && old !== undefined && last.files === call.files) {
    store(call, folder, last.label, kind, { ...details, cleanup, size: add(old.size, size) })
    return
  }
  let name = display(label)
  for (let n = 2; labels.has(name); n++) name = `${display(label)} ${n}`
  call.state.set(key, { label: name, files: call.files } satisfies Pile)
  const act = (): void => store(call, folder, name, kind, { ...details, cleanup, size })
  // What an earlier RUN has fetched need not be fetched again.
  if (there.length > 0 && details.size === undefined && !other) call.files.perhaps(act)
  else act()
}

const fetchers = /^(?:npm|npx|yarn|pip[\d.]*|pipx|uv|gem|go|cargo|conda|mamba|micromamba|composer|cpanm?|luarocks)$/
const fetching = /^(?:install|i|add|get|require|download|wheel|global|tool|pip|exec|x|dlx)$/

/** Most names that are kept in mind for one cache. */
const mostNames = 1000

/** Is something named that nobody has asked for before? Of a project as a whole nobody can say. */
function asksForMore({ name, args, flags, state }: Call, key: string): boolean {
  const isPacman = name === 'pacman'
  if (!isPacman && (!fetchers.test(name) || !fetching.test(args[0] ?? ''))) return false
  const asked = (state.get(`${key} names`) as ReadonlySet<string> | undefined) ?? new Set()
  const words = [...args.slice(isPacman ? 0 : 1), ...flags.all('-r', '--requirement')].filter(
    (word) => !/^(?:[./]|install$)/.test(word),
  )
  if (words.every((word) => asked.has(word))) return false
  state.set(`${key} names`, new Set([...asked, ...words].slice(0, mostNames)))
  return true
}

/** Where a cache was last added to; each RUN has files of its own. */
interface Pile {
  readonly label: string
  readonly files: Call['files']
}
