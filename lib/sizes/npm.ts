/**
 * What npm stores: packages by a lock file, its own lock inside node_modules, cache and logs.
 *
 * Source: spec/run-size.md section 5, recorded builds with npm 10.8; package-lock.json(5).
 */
import { npmPackages } from '../data/npm-packages.ts'
import type { Size } from '../model.ts'
import { about, sum, unknown } from '../size.ts'
import { around, type Stored } from './stored.ts'

/** One package of a lock file, as far as its size goes. */
interface LockEntry {
  readonly version?: string
  readonly name?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly optional?: boolean
  readonly devOptional?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly bin?: Readonly<Record<string, string>>
}

interface Lock {
  readonly name?: unknown
  readonly version?: unknown
  readonly lockfileVersion?: unknown
  readonly requires?: unknown
  readonly packages: Readonly<Record<string, LockEntry>>
}

/** Which of a lock's packages are installed, and where to. */
export interface NpmRequest {
  /** Text of package-lock.json or npm-shrinkwrap.json. */
  readonly lock: string
  /** `install` writes the lock file again, `ci` does not. */
  readonly verb: 'ci' | 'install'
  /** Development dependencies stay out. */
  readonly omitDev: boolean
  readonly omitOptional?: boolean
  readonly platform: { readonly os: string; readonly cpu: string; readonly libc: 'glibc' | 'musl' }
  /** Folder of the lock file; npm's cache, usually ~/.npm. Absolute. */
  readonly folder: string
  readonly cache: string
}

/** What `npm ci` or `npm install` with a lock file stores; undefined: the text is no lock file with packages. */
export function npmInstall(request: NpmRequest): readonly Stored[] | undefined {
  const lock = readLock(request.lock)
  if (lock === undefined) return undefined
  const all = Object.entries(lock.packages).filter(([path]) => path !== '')
  const here = all.filter(([, entry]) => wanted(entry, request))
  const found = estimated(here.filter(([, { link }]) => link !== true).map(([path, entry]) => weigh(path, entry)))
  const distinct = [...new Map(found.map((one) => [one.id, one])).values()]
  const omitted = all.length - here.length
  return [
    {
      path: `${request.folder}/node_modules`.replace(/^\/\//, '/'),
      type: 'package',
      label: 'npm packages',
      size: sum(found.map(({ unpacked }) => unpacked)),
      linkBytes: here.reduce((bytes, [path, entry]) => bytes + binaries(path, entry), 0),
      files: found.reduce((files, one) => files + one.files, 0),
      kind: 'content',
    },
    written(`${request.folder}/node_modules/.package-lock.json`, hiddenLock(lock, here), 600, 'content'),
    ...(request.verb === 'install'
      ? [written(`${request.folder}/package-lock.json`, new TextEncoder().encode(request.lock).length, 40, 'content')]
      : []),
    ...npmCache(request.cache, distinct, here.length, omitted),
  ]
}

function npmCache(cache: string, fetched: readonly Weighed[], installed: number, omitted: number): readonly Stored[] {
  return [
    {
      path: `${cache}/_cacache`,
      type: 'package',
      label: 'npm cache',
      size: sum([
        ...fetched.map(({ tarball }) => tarball),
        ...fetched.map(({ metadata }) => metadata),
        around(545 * fetched.length, 0.05, 0, 'resolved', 'index of the cache'),
      ]),
      linkBytes: 0,
      files: 2 * fetched.length,
      kind: 'cache',
      cleanup: 'npm cache clean --force',
    },
    npmLog(cache, 1000 + 331 * installed + 92 * omitted),
  ]
}

/** A debug log of one run of npm; about a thousand bytes for one that installs nothing. */
export const npmLog = (cache: string, bytes = 900): Stored => ({
  path: `${cache}/_logs`,
  type: 'package',
  label: 'npm logs',
  size: around(bytes, 0.12, 400, 'resolved', 'log of npm, as in recorded builds'),
  linkBytes: 0,
  files: 1,
  kind: 'temporary',
  cleanup: `rm -rf ${cache}/_logs`,
})

/** What `npm install -g NAME@VERSION` stores, for packages that need no others; undefined: not in the table. */
export function npmGlobal(ids: readonly string[], prefix: string, cache: string): readonly Stored[] | undefined {
  const found = ids.map((id) => measured().get(id))
  if (found.some((one) => one === undefined)) return undefined
  const weighed = ids.map((id) =>
    weigh(id.slice(0, id.lastIndexOf('@')), { version: id.slice(id.lastIndexOf('@') + 1) }),
  )
  return [
    ...weighed.map(
      (one): Stored => ({
        path: `${prefix}/lib/node_modules`,
        type: 'package',
        label: `npm:${one.id}`,
        size: one.unpacked,
        linkBytes: 70,
        files: one.files,
        kind: 'content',
      }),
    ),
    ...npmCache(cache, weighed, weighed.length, 0),
  ]
}

// ---- the lock file --------------------------------------------------------------------------------------

function readLock(text: string): Lock | undefined {
  try {
    const lock = JSON.parse(text) as { packages?: unknown } | null
    if (typeof lock?.packages !== 'object' || lock.packages === null) return undefined
    const packages = Object.entries(lock.packages as Record<string, unknown>).filter(
      ([, entry]) => typeof entry === 'object' && entry !== null,
    )
    return { ...lock, packages: Object.fromEntries(packages) as Record<string, LockEntry> }
  } catch {
    return undefined
  }
}

function wanted({ dev, optional, devOptional, os, cpu, libc }: LockEntry, request: NpmRequest): boolean {
  if (request.omitDev && (dev === true || devOptional === true)) return false
  if (request.omitOptional === true && optional === true) return false
  const { platform } = request
  return fits(os, platform.os) && fits(cpu, platform.cpu) && fits(libc, platform.libc)
}

/** A list of what is allowed, or, with `!`, of what is not. */
function fits(list: unknown, value: string): boolean {
  const names =
    typeof list === 'string' ? [list] : Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
  if (names.includes(`!${value}`)) return false
  const allowed = names.filter((name) => !name.startsWith('!'))
  return allowed.length === 0 || allowed.includes(value) || allowed.includes('any')
}

const nameOf = (path: string): string => path.replace(/^.*node_modules\//, '')

/** Links in `.bin` say how to get from there to the program. */
function binaries(path: string, { bin }: LockEntry): number {
  if (typeof bin !== 'object' || bin === null) return 0
  return Object.values(bin).reduce(
    (bytes, target) => bytes + `../${nameOf(path)}/${String(target).replace(/^\.\//, '')}`.length,
    0,
  )
}

/** npm keeps a lock of what is really there: the lock file without its root and without what stayed out. */
function hiddenLock(lock: Lock, here: readonly (readonly [string, LockEntry])[]): number {
  const { name, version, lockfileVersion, requires } = lock
  const text = JSON.stringify({ name, version, lockfileVersion, requires, packages: Object.fromEntries(here) }, null, 2)
  return new TextEncoder().encode(text).length + 1
}

const written = (path: string, bytes: number, slack: number, kind: Stored['kind']): Stored => ({
  path,
  type: 'file',
  size: around(bytes, 0, slack, 'resolved', 'package-lock.json'),
  kind,
})

// ---- packages -------------------------------------------------------------------------------------------

interface Weighed {
  readonly id: string
  readonly unpacked: Size
  readonly tarball: Size
  /** What npm fetched because the lock does not say where the tarball lies. */
  readonly metadata: Size
  readonly files: number
}

type Numbers = readonly [tarball: number, unpacked: number, files: number, metadata: number | undefined]

let table: ReadonlyMap<string, Numbers> | undefined

/** Measured packages by name@version, and by name alone the last version of each. */
function measured(): ReadonlyMap<string, Numbers> {
  if (table !== undefined) return table
  const read = new Map<string, Numbers>()
  for (const line of npmPackages.split('\n')) {
    const [id = '', tarball, unpacked, files, metadata] = line.split(' ')
    const numbers: Numbers = [
      Number(tarball),
      Number(unpacked),
      Number(files),
      metadata === undefined ? undefined : Number(metadata),
    ]
    read.set(id, numbers)
    read.set(id.slice(0, id.lastIndexOf('@')), numbers)
  }
  table = read
  return read
}

/** Metadata of one package in the cache: the mean of recorded builds. */
const usualMetadata = 100_000

function weigh(path: string, entry: LockEntry): Weighed {
  const name = typeof entry.name === 'string' ? entry.name : nameOf(path)
  const id = `${name}@${entry.version}`
  const exactly = measured().get(id)
  const near = exactly ?? measured().get(name)
  if (near === undefined) {
    const size = unknown(`npm package ${id} is in no table`)
    return { id, unpacked: size, tarball: size, metadata: nothing(entry, undefined), files: 10 }
  }
  const [tarball, unpacked, files, metadata] = near
  const source = exactly === undefined ? `another version of ${name}` : 'measured npm packages'
  const size = (bytes: number): Size =>
    exactly === undefined
      ? about(bytes, bytes * 0.5, bytes * 2, 'heuristic', source)
      : around(bytes, 0.008, 200, 'resolved', source)
  return { id, unpacked: size(unpacked), tarball: size(tarball), metadata: nothing(entry, metadata), files }
}

// Many packages that no table has: of so many the mean tells something. Of recorded sets it is 31 kB (express), 106 kB,
// 136 kB and 405 kB (vite). Source: run-size specification, section 5, N0 and N4.
const many = 20

function estimated(found: readonly Weighed[]): readonly Weighed[] {
  const strangers = found.filter(({ unpacked }) => unpacked.bytes === null).length
  if (strangers < many) return found
  const unpacked = about(130_000, 20_000, 650_000, 'heuristic', 'mean of npm packages, for those in no table')
  const tarball = about(39_000, 5_000, 220_000, 'heuristic', 'mean of npm packages, for those in no table')
  return found.map((one) => (one.unpacked.bytes === null ? { ...one, unpacked, tarball } : one))
}

/** A package that a lock file of another manager names. */
export interface Locked {
  readonly name: string
  readonly version: string
}

/** What a list of packages takes unpacked, and packed in a cache; each counted once. */
export function weighPackages(list: readonly Locked[]): {
  readonly unpacked: Size
  readonly packed: Size
  readonly files: number
} {
  const ids = new Map(list.map((one) => [`${one.name}@${one.version}`, one]))
  const found = estimated([...ids.values()].map(({ name, version }) => weigh(name, { version, resolved: '' })))
  return {
    unpacked: sum(found.map((one) => one.unpacked)),
    packed: sum(found.map((one) => one.tarball)),
    files: found.reduce((files, one) => files + one.files, 0),
  }
}

function nothing({ resolved }: LockEntry, recorded: number | undefined): Size {
  if (typeof resolved === 'string') return about(0, 0, 0, 'exact', 'no metadata')
  const bytes = recorded ?? usualMetadata
  return about(bytes, bytes * 0.3, bytes * 3, 'heuristic', 'metadata that npm fetches where the lock has no resolved')
}
