/**
 * What npm stores: packages by a lock file, its own lock inside node_modules, cache and logs.
 *
 * Source: spec/run-size.md section 5, recorded builds with npm 10.8; package-lock.json(5).
 */
import type { Size } from '../model.ts'
import { about, add, sum, zero } from '../size.ts'
import { type Described, type Weight, weightOf } from './npm/guess.ts'
import { type Chosen, directOf, installedOf, isFetched, type Lock, nameAt, type Placed, readLock } from './npm/lock.ts'
import { logBytes } from './npm/log.ts'
import { knownPackage } from './npm/table.ts'
import { around, bundle, type Stored } from './stored.ts'
import { total, unlessTooWide } from './total.ts'

/** Which of a lock's packages are installed, and where to. */
export interface NpmRequest extends Chosen {
  /** Text of package-lock.json or npm-shrinkwrap.json. */
  readonly lock: string
  /** `install` and `prune` write the lock file again, `ci` does not. */
  readonly verb: 'ci' | 'install' | 'prune'
  /** Folder of the lock file; npm's cache, usually ~/.npm. Absolute. */
  readonly folder: string
  readonly cache: string
  /** npm is older than 7: it keeps no lock file of its own and writes no log. */
  readonly old?: boolean
}

/** Labels of packages that are there for use, and of those that `npm prune --omit=dev` takes away. */
export const [forUse, forDevelopment] = ['npm packages', 'npm development packages'] as const

/** What `npm ci` or `npm install` with a lock file stores; undefined: the text is no lock file with packages. */
export function npmInstall(request: NpmRequest): readonly Stored[] | undefined {
  const lock = readLock(request.lock)
  if (lock === undefined) return undefined
  const old = request.old === true
  const here = installedOf(lock, request)
  const describe = describedIn(lock, old)
  const weigh = (some: readonly Placed[]): Weighed => weighed(some.filter(isFetched).map(describe))
  const all = weigh(here)
  const there = new Set(here.map(([path]) => path))
  const left = Object.entries(lock.packages).filter(([path]) => path !== '' && !there.has(path))
  const folder = `${request.folder}/node_modules`.replace(/^\/\//, '/')
  const packages = (label: string, some: readonly Placed[]): Stored => {
    const { unpacked, files } = weigh(some)
    const linkBytes = some.reduce((bytes, one) => bytes + links(one), 0)
    const size = unlessTooWide(unpacked, all.unpacked)
    return { ...bundle(folder, label, size, files, 'content'), linkBytes }
  }
  const development = here.filter(([, { dev }]) => dev === true)
  const prunes = request.verb === 'prune'
  const everything = Object.entries(lock.packages).filter(([path]) => path !== '')
  const fetched = !prunes ? all : lock.ancient === true && !old ? askedAgain(weigh(everything)) : undefined
  const log =
    logBytes({ folder: request.folder, installed: here, left, prunes }) * (lock.ancient === true ? ancientLog : 1)
  return [
    packages(
      forUse,
      here.filter(([, { dev }]) => dev !== true),
    ),
    ...(development.length === 0 ? [] : [packages(forDevelopment, development)]),
    ...(old ? (prunes ? [] : [grown(folder, all)]) : lockFiles(lock, here, request)),
    ...(fetched === undefined ? [] : [npmCache(request.cache, fetched)]),
    ...(old ? [] : [npmLog(request.cache, log)]),
  ]
}

// npm before 7 notes in each package.json where it is from: a dozen fields, most of them addresses.
const grown = (folder: string, { files, distinct }: Weighed): Stored =>
  bundle(
    folder,
    'what npm notes in each package.json',
    about(1_400 * distinct, 700 * distinct, 2_800 * distinct, 'heuristic', 'notes of npm before 7'),
    Math.min(files, distinct),
    'content',
  )

// What npm adds to a lock file of version 1, and says of it: an install of 161 packages on 2026-11-22.
const [ancientLock, ancientLog] = [1.29, 1.93]

/** npm's own lock file, and the project's where it is written again. */
function lockFiles(lock: Lock, here: readonly Placed[], { verb, folder, lock: text }: NpmRequest): readonly Stored[] {
  const hidden = hiddenLock(lock, here)
  const whole = hiddenLock(lock, Object.entries(lock.packages))
  const own = `${folder}/node_modules/.package-lock.json`.replace(/^\/\//, '/')
  const places = [own, ...(verb === 'ci' ? [] : [`${folder}/package-lock.json`.replace(/^\/\//, '/')])]
  if (lock.ancient === true)
    return places.map((path) => {
      const bytes = (path === own ? hidden : whole) * ancientLock
      return written(path, bytes, bytes * 0.25, 'content')
    })
  return places.map((path) =>
    path === own
      ? written(path, hidden, 600, 'content')
      : written(path, new TextEncoder().encode(text).length, 40, 'content'),
  )
}

// Metadata is asked for again: of each a line more in the index, in a file that is stored again.
const askedAgain = (all: Weighed): Weighed => ({
  ...{ unpacked: zero, packed: zero, files: 0, distinct: 0 },
  metadata: around(1_120 * all.distinct, 0.25, 0, 'heuristic', 'index of the cache'),
})

const npmCache = (cache: string, fetched: Weighed): Stored => ({
  ...bundle(
    `${cache}/_cacache`,
    'npm cache',
    sum([
      unlessTooWide(fetched.packed, fetched.unpacked),
      fetched.metadata,
      around(545 * fetched.distinct, 0.05, 0, 'resolved', 'index of the cache'),
    ]),
    2 * fetched.distinct,
    'cache',
  ),
  cleanup: 'npm cache clean --force',
})

/** A debug log of one run of npm; left out: one that installs nothing, as recorded of `npm cache clean`. */
export const npmLog = (cache: string, bytes = 742): Stored => ({
  ...bundle(
    `${cache}/_logs`,
    'npm logs',
    around(bytes, 0.12, 400, 'resolved', 'log of npm, as in recorded builds'),
    1,
    'temporary',
  ),
  cleanup: `rm -rf ${cache}/_logs`,
})

/**
 * What `npm install -g NAME@VERSION` stores, for packages that need no others, as another version of the same number before
 * the first dot was measured; undefined: not in the table.
 */
export function npmGlobal(ids: readonly string[], prefix: string, cache: string): readonly Stored[] | undefined {
  const asked = ids.map((id): Asked => {
    const at = id.lastIndexOf('@')
    return { name: id.slice(0, at), version: id.slice(at + 1), resolved: false }
  })
  const major = (version: string): string => version.split('.', 1)[0] ?? ''
  const isAlone = ({ name, version }: Asked): boolean => {
    const alike = knownPackage(name)?.versions.filter((one) => major(one.version) === major(version)) ?? []
    return (
      alike.length > 0 &&
      (alike.find((one) => one.version === version) ?? alike.find((one) => one.alone))?.alone === true
    )
  }
  if (!asked.every(isAlone)) return undefined
  return [
    ...asked.map((one): Stored => {
      const { unpacked, files } = weighed([one])
      const label = `npm:${one.name}@${one.version}`
      return { ...bundle(`${prefix}/lib/node_modules`, label, unpacked, files, 'content'), linkBytes: 70 }
    }),
    npmCache(cache, weighed(asked)),
    npmLog(cache, 1000 + 331 * asked.length),
  ]
}

// ---- the lock file --------------------------------------------------------------------------------------

/** Links in `.bin` say how to get from there to the program; packages of the project itself are links as a whole. */
function links([path, entry]: Placed): number {
  if (entry.link === true) {
    const up = '../'.repeat(path.split('/').length - 1)
    return up.length + String(entry.resolved ?? '').length
  }
  const { bin } = entry
  if (typeof bin !== 'object' || bin === null || !isFetched([path, entry])) return 0
  const folder = path.replace(/^.*node_modules\//, '')
  return Object.values(bin).reduce(
    (bytes, target) => bytes + `../${folder}/${String(target).replace(/^\.\//, '')}`.length,
    0,
  )
}

/** npm keeps a lock of what is really there: the lock file without its root and without what stayed out. */
function hiddenLock(lock: Lock, here: readonly Placed[]): number {
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

/** A package as a lock file describes it. */
interface Asked extends Described {
  /** The lock file says where its tarball lies, so npm asks for no metadata. */
  readonly resolved: boolean
}

/** What a lock file says of a package in it. `old`: for an npm before 7. */
export function describedIn(lock: Lock, old: boolean): (placed: Placed) => Asked {
  const direct = directOf(lock)
  return ([path, entry]) => {
    const { version, bin, dependencies, cpu, resolved } = entry
    return {
      name: nameAt(path, entry),
      version: String(version),
      programs: typeof bin === 'object' && bin !== null,
      needs: typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies).length : 0,
      native: Array.isArray(cpu),
      direct: direct.has(path),
      resolved: typeof resolved === 'string' && (old || lock.ancient !== true),
    }
  }
}

/** What packages take together. */
interface Weighed {
  /** All their files, wherever they are, and how many. */
  readonly unpacked: Size
  readonly files: number
  /** Their tarballs, each once, what npm fetches besides to find them, and how many they are. */
  readonly packed: Size
  readonly metadata: Size
  readonly distinct: number
}

/** Metadata of one package in the cache, with its line in the index: the mean of recorded builds. And that line alone. */
const [usualMetadata, metadataIndex] = [100_000, 880]

function weighed(list: readonly Asked[]): Weighed {
  const byId = new Map<string, { readonly one: Asked; readonly weight: Weight; readonly times: number }>()
  for (const one of list) {
    const id = `${one.name}@${one.version}`
    const before = byId.get(id)
    byId.set(id, { one, weight: before?.weight ?? weightOf(one), times: (before?.times ?? 0) + 1 })
  }
  const all = [...byId.values()]
  const strangers = all.filter(({ weight }) => weight.known !== 'measured').length
  const why = `${strangers} npm packages that are in no table, by what is known of others`
  return {
    unpacked: total(
      all.map(({ weight: { unpacked, spread }, times }) => ({ bytes: unpacked, spread, times })),
      why,
    ),
    packed: total(
      all.map(({ weight: { packed, spread } }) => ({ bytes: packed, spread: spread * 1.05, times: 1 })),
      why,
    ),
    metadata: sum([...new Set(all.flatMap(({ one }) => (one.resolved ? [] : [one.name])))].map(metadataOf)),
    files: Math.round(all.reduce((files, { weight, times }) => files + weight.files * times, 0)),
    distinct: all.length,
  }
}

function metadataOf(name: string): Size {
  const bytes = knownPackage(name)?.metadata
  const why = 'metadata that npm fetches where the lock has no resolved'
  return bytes === undefined
    ? about(usualMetadata, usualMetadata * 0.1, usualMetadata * 10, 'heuristic', why)
    : about(bytes + metadataIndex, bytes * 0.95, bytes * 1.1 + metadataIndex, 'heuristic', why)
}

/** What a list of packages takes: in node_modules, where one may lie in several places, and each once, as it is and packed. */
export function weighPackages(list: readonly (Described & { readonly places?: number })[]): {
  readonly installed: Size
  readonly unpacked: Size
  readonly packed: Size
  readonly files: number
} {
  const distinct = new Map(list.map((one) => [`${one.name}@${one.version}`, { ...one, resolved: true }]))
  const { unpacked, packed, files } = weighed([...distinct.values()])
  const again = weighed([...distinct.values()].flatMap((one) => Array<Asked>((one.places ?? 1) - 1).fill(one))).unpacked
  const more = again.bytes ?? 0
  // Those who ask may lie together.
  const copies = about(more, again.low * 0.4, (again.high ?? more) * 1.4, 'heuristic', 'packages in several places')
  return {
    installed: unlessTooWide(more === 0 ? unpacked : add(unpacked, copies), unpacked),
    unpacked: unlessTooWide(unpacked, unpacked),
    packed: unlessTooWide(packed, unpacked),
    files,
  }
}
