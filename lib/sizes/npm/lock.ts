/**
 * Which packages of an npm lock file are installed.
 *
 * Source: package-lock.json(5); npm's Arborist, lib/arborist/reify.js, lib/optional-set.js, lib/gather-dep-set.js.
 */

/** One package of a lock file, as far as its size goes. Nothing of it is checked: see the readers below. */
export interface LockEntry {
  readonly version?: string
  readonly name?: string
  readonly resolved?: string
  readonly link?: boolean
  /** Part of another package's tarball. */
  readonly inBundle?: boolean
  readonly dev?: boolean
  readonly optional?: boolean
  readonly devOptional?: boolean
  readonly peer?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean } | null>>
}

/** A lock file with a list of packages by their place. */
export interface Lock {
  readonly name?: unknown
  readonly version?: unknown
  readonly lockfileVersion?: unknown
  readonly requires?: unknown
  readonly packages: Readonly<Record<string, LockEntry>>
  /** It is of version 1: npm from 7 on asks for the metadata of every package, and writes another one. */
  readonly ancient?: true
}

/** The platform as packages name it. */
export interface NodePlatform {
  readonly os: string
  readonly cpu: string
  readonly libc: 'glibc' | 'musl'
}

/** What of a lock file is asked for. */
export interface Chosen {
  /** Development dependencies stay out. */
  readonly omitDev: boolean
  readonly omitOptional?: boolean
  readonly omitPeer?: boolean
  readonly platform: NodePlatform
}

/** A package and its place, as the lock file has them. */
export type Placed = readonly [path: string, entry: LockEntry]

/** Reads package-lock.json or npm-shrinkwrap.json; undefined: the text is no lock file with packages. */
export function readLock(text: string): Lock | undefined {
  try {
    const lock = JSON.parse(text) as { packages?: unknown; dependencies?: unknown; lockfileVersion?: unknown } | null
    if (typeof lock !== 'object' || lock === null) return undefined
    if (lock.packages === undefined && lock.lockfileVersion === 1) return ancientLock(lock)
    if (typeof lock.packages !== 'object' || lock.packages === null) return undefined
    const packages = Object.entries(lock.packages as Record<string, unknown>).filter(
      ([, entry]) => typeof entry === 'object' && entry !== null,
    )
    return { ...lock, packages: Object.fromEntries(packages) as Record<string, LockEntry> }
  } catch {
    return undefined
  }
}

/** A lock file of version 1: packages in each other, as their folders are. Source: npm's package-locks(5). */
function ancientLock(lock: { readonly dependencies?: unknown }): Lock {
  const { dependencies, ...head } = lock
  const packages: [path: string, entry: LockEntry][] = []
  const todo: [folder: string, list: unknown][] = [['', dependencies]]
  for (const [folder, list] of todo) {
    if (typeof list !== 'object' || list === null) continue
    for (const [name, value] of Object.entries(list as Record<string, unknown>)) {
      if (typeof value !== 'object' || value === null) continue
      const { bundled, requires, dependencies: below, ...entry } = value as Record<string, unknown>
      const path = `${folder}node_modules/${name}`
      const needs = typeof requires === 'object' && requires !== null ? { dependencies: requires } : {}
      packages.push([path, { ...entry, ...needs, ...(bundled === true && { inBundle: true }) } as LockEntry])
      if (below !== undefined && todo.length < mostFolders) todo.push([`${path}/`, below])
    }
  }
  return { ...head, packages: Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, 'en'))), ancient: true }
}

/** Most folders of packages inside of packages. */
const mostFolders = 20_000

/** The packages that are there afterwards, in the order of the lock file, without the project itself. */
export function installedOf(lock: Lock, chosen: Chosen): readonly Placed[] {
  const all = Object.entries(lock.packages).filter(([path]) => path !== '')
  const failed = failing(lock, chosen.platform)
  return all.filter(([path, entry]) => !failed.has(path) && !omitted(entry, chosen))
}

/** Name of the package at a place. */
export const nameAt = (path: string, entry: LockEntry): string =>
  typeof entry.name === 'string' ? entry.name : path.replace(/^.*node_modules\//, '')

/** Is it a package of its own, fetched and unpacked? Links and folders of the project are not, nor what others bring. */
export const isFetched = ([path, { link, inBundle }]: Placed): boolean =>
  link !== true && inBundle !== true && /(?:^|\/)node_modules\//.test(path)

/** Places of the packages that the project and its workspaces themselves ask for. */
export function directOf(lock: Lock): ReadonlySet<string> {
  const own = Object.entries(lock.packages).filter(([path]) => !/(?:^|\/)node_modules\//.test(path))
  return new Set(
    own.flatMap(([path, entry]) =>
      [...namesNeeded(entry), ...keysOf(entry.optionalDependencies)].flatMap(
        (name) => placeOf(name, path, lock.packages) ?? [],
      ),
    ),
  )
}

const omitted = ({ dev, optional, devOptional, peer }: LockEntry, chosen: Chosen): boolean =>
  (chosen.omitDev && dev === true) ||
  (chosen.omitOptional === true && optional === true) ||
  (chosen.omitDev && chosen.omitOptional === true && devOptional === true) ||
  (chosen.omitPeer === true && peer === true)

const fitsHere = ({ os, cpu, libc }: LockEntry, platform: NodePlatform): boolean =>
  fits(os, platform.os) && fits(cpu, platform.cpu) && fits(libc, platform.libc)

/** A list of what is allowed, or, with `!`, of what is not. */
function fits(list: unknown, value: string): boolean {
  const names =
    typeof list === 'string' ? [list] : Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
  if (names.includes(`!${value}`)) return false
  const allowed = names.filter((name) => !name.startsWith('!'))
  return allowed.length === 0 || allowed.includes(value) || allowed.includes('any')
}

// ---- what fails and what goes with it -------------------------------------------------------------------

interface Graph {
  /** Places that a place needs, without those it can do without; and the reverse. */
  readonly needs: ReadonlyMap<string, readonly string[]>
  readonly neededBy: ReadonlyMap<string, readonly string[]>
}

/** Places of packages that are not for this platform, and of those that come for their sake alone. */
function failing(lock: Lock, platform: NodePlatform): ReadonlySet<string> {
  const strangers = Object.entries(lock.packages).filter(([path, one]) => path !== '' && !fitsHere(one, platform))
  const gone = new Set(strangers.map(([path]) => path))
  if (gone.size === 0) return gone
  const graph = graphOf(lock)
  let steps = mostSteps
  for (const [path] of strangers) {
    if (steps <= 0) break
    const going = goingWith(path, graph, lock, steps)
    for (const one of going.places) gone.add(one)
    steps -= going.steps
  }
  return gone
}

// A real lock file takes some thousands.
const mostSteps = 300_000

// What strictly needs it goes too, as far as that is optional; then whatever nobody else strictly needs.
function goingWith(
  path: string,
  { needs, neededBy }: Graph,
  lock: Lock,
  most: number,
): { readonly places: ReadonlySet<string>; readonly steps: number } {
  const set = new Set([path])
  let steps = 0
  for (const one of set)
    for (const above of neededBy.get(one) ?? []) {
      steps++
      if (lock.packages[above]?.optional === true) set.add(above)
    }
  for (const one of set)
    for (const below of needs.get(one) ?? []) {
      steps++
      set.add(below)
    }
  const todo = [...set]
  for (let one = todo.pop(); one !== undefined && steps < most; one = todo.pop()) {
    const askers = neededBy.get(one) ?? []
    steps += askers.length + 1
    if (!set.has(one) || askers.every((above) => set.has(above))) continue
    set.delete(one)
    todo.push(...(needs.get(one) ?? []))
  }
  // The package itself is no use in any case.
  return { places: steps < most ? set.add(path) : new Set([path]), steps }
}

function graphOf({ packages }: Lock): Graph {
  const needs = new Map<string, string[]>()
  const neededBy = new Map<string, string[]>()
  for (const [path, entry] of Object.entries(packages)) {
    for (const name of namesNeeded(entry)) {
      const place = placeOf(name, path, packages)
      if (place === undefined) continue
      const below = needs.get(path)
      if (below === undefined) needs.set(path, [place])
      else below.push(place)
      const above = neededBy.get(place)
      if (above === undefined) neededBy.set(place, [path])
      else above.push(path)
    }
  }
  return { needs, neededBy }
}

function namesNeeded(entry: LockEntry): readonly string[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = entry
  const development = (entry as { readonly devDependencies?: unknown }).devDependencies
  const strictPeers = keysOf(peerDependencies).filter((name) => peerDependenciesMeta?.[name]?.optional !== true)
  const spared = new Set(keysOf(optionalDependencies))
  return [...keysOf(dependencies), ...keysOf(development), ...strictPeers].filter((name) => !spared.has(name))
}

const keysOf = (list: unknown): readonly string[] =>
  typeof list === 'object' && list !== null ? Object.keys(list) : []

/** Node looks for a package beside the asker and in each folder above. */
function placeOf(name: string, from: string, packages: Lock['packages']): string | undefined {
  for (let folder = from; ; ) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (Object.hasOwn(packages, place)) return place
    if (folder === '') return undefined
    const above = folder.lastIndexOf('/node_modules/')
    folder = above < 0 ? '' : folder.slice(0, above)
  }
}
