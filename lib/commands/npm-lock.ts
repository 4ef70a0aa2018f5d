/** What npm stores where the lock file is at hand: packages for use and for development apart, so that `npm prune` takes the second away. */
import type { Size } from '../model.ts'
import { inside } from '../shell/paths.ts'
import { sum } from '../size.ts'
import { isPacked, pnpmPackages, type Which, yarnPackages } from '../sizes/node-locks.ts'
import { forDevelopment, forUse, type NpmRequest, npmInstall, weighPackages } from '../sizes/npm.ts'
import type { Stored } from '../sizes/stored.ts'
import type { Call } from './command.ts'
import { json } from './node-places.ts'
import { contentOnce, stored } from './parcels.ts'
import { reading } from './reading.ts'

/** Which of the packages in a lock file are asked for. */
export interface Wanted {
  readonly folder: string
  readonly cache: string
  readonly verb: NpmRequest['verb']
  readonly omitDev: boolean
  readonly omitOptional: boolean
  readonly omitPeer?: boolean
}

const processors: Readonly<Record<string, string>> = { amd64: 'x64', '386': 'ia32', ppc64le: 'ppc64' }

const lockOf = (call: Call, folder: string): string | undefined =>
  call.files.text(inside(folder, 'npm-shrinkwrap.json')) ?? call.files.text(inside(folder, 'package-lock.json'))

function parts(call: Call, wanted: Wanted): readonly Stored[] | undefined {
  const lock = lockOf(call, wanted.folder)
  if (lock === undefined) return undefined
  const request = { ...wanted, platform: platformOf(call), old: isBefore7(call) }
  return reading(call, `npm ${JSON.stringify(request)}`, lock, (text) => npmInstall({ ...request, lock: text }))
}

// Node brings npm 7 from version 15 on. Source: nodejs.org/dist/index.json.
const firstWithNpm7 = 15

/** Is it surely an npm before 7? */
function isBefore7(call: Call): boolean {
  const own = call.state.get('npm version') as string | undefined
  if (own !== undefined) return /^[~^v]?[1-6](?:\.|$)/.test(own)
  const node = /^v?(\d+)\./.exec(call.env('NODE_VERSION') ?? '')?.[1]
  return node !== undefined && Number(node) < firstWithNpm7
}

/** The platform as packages name it. */
function platformOf(call: Call): NpmRequest['platform'] {
  const { os, arch } = call.platform
  const musl = call.facts.os?.id === 'alpine' || call.command.dialect === 'ash'
  return { os, cpu: processors[arch] ?? arch, libc: musl ? 'musl' : 'glibc' }
}

/** What the packages of a lock file take. */
export type Weight = ReturnType<typeof weighPackages> & {
  readonly packages: number
  /** What Yarn keeps twice, what is for some processors only, and whether archives are packed. */
  readonly yarn?: { readonly patched: Size; readonly native: Size; readonly isPacked: boolean }
}

/** Packages of the lock file that another manager than npm reads; undefined: none is at hand. */
export function weighLock(call: Call, project: string, manager: 'yarn' | 'pnpm', omitDev: boolean): Weight | undefined {
  const text = call.files.text(inside(project, manager === 'yarn' ? 'yarn.lock' : 'pnpm-lock.yaml'))
  if (text === undefined) return undefined
  const { direct } = omitDev ? directOf(call, project) : {}
  const which = { omitDev, platform: platformOf(call), ...(direct && { direct }) }
  const asked = `${manager} ${JSON.stringify({ ...which, direct: direct && [...direct] })}`
  return reading(call, asked, text, () => {
    if (manager === 'yarn') return weighYarn(text, which)
    const list = pnpmPackages(text, which)
    return list === undefined ? undefined : { ...weighPackages(list), packages: list.length }
  })
}

function weighYarn(text: string, which: Which): Weight | undefined {
  const list = yarnPackages(text, which)
  if (list === undefined) return undefined
  const [patched, native] = [
    weighPackages(list.filter((one) => one.patched)).unpacked,
    weighPackages(list.filter((one) => one.native === true && !one.patched)).unpacked,
  ]
  return { ...weighPackages(list), packages: list.length, yarn: { patched, native, isPacked: isPacked(text) } }
}

// Of a project with workspaces others ask too.
function directOf(call: Call, project: string): { readonly direct?: ReadonlyMap<string, string> } {
  const manifest = json(call, inside(project, 'package.json'))
  if (manifest === undefined || manifest.workspaces !== undefined) return {}
  const lists = [manifest.dependencies, manifest.optionalDependencies]
  const pairs = lists.flatMap((list) => (typeof list === 'object' && list !== null ? Object.entries(list) : []))
  return { direct: new Map(pairs.map(([name, range]) => [name, String(range)])) }
}

/** What npm's own lock file says, for a manager that made its lock file from that one. */
export function weighNpmLock(call: Call, project: string, omitDev: boolean): Weight | undefined {
  const wanted = { folder: project, cache: project, verb: 'ci', omitDev, omitOptional: false } as const
  const all = parts(call, wanted)
  const packages = all?.filter(isPackages) ?? []
  const packed = all?.find(({ kind }) => kind === 'cache')
  if (packed === undefined) return undefined
  const files = packages.reduce((count, one) => count + (one.files ?? 0), 0)
  return {
    installed: sum(packages.map(({ size }) => size)),
    unpacked: sum(packages.map(({ size }) => size)),
    packed: packed.size,
    files,
    packages: (packed.files ?? 0) / 2,
  }
}

/** Stores what an install with a lock file brings. False: there is none at hand. */
export function installLocked(call: Call, wanted: Wanted): boolean {
  const all = parts(call, wanted)
  if (all === undefined) return false
  const kept = all.filter((one) => isPackages(one) || !isFetched(call, wanted, one))
  // What is there already from this lock file is not stored again.
  const there = call.state.get(key(wanted)) === lockOf(call, wanted.folder)
  const labels = new Set(
    there ? call.files.packagesIn(inside(wanted.folder, 'node_modules')).map(({ label }) => label) : [],
  )
  stored(
    call,
    kept.filter(({ kind, label }) => kind !== 'content' || !labels.has(label)),
  )
  call.state.set(key(wanted), lockOf(call, wanted.folder))
  return true
}

/** `npm prune --omit=dev` with the lock file at hand: both lock files are written again. False: not at hand. */
export function pruneLocked(call: Call, wanted: Wanted): boolean {
  const all = parts(call, { ...wanted, verb: 'prune', omitDev: true })
  if (all === undefined) return false
  call.files.removeLabel(forDevelopment)
  stored(
    call,
    all.filter((one) => !isPackages(one)),
  )
  return true
}

/** Stores apart what a project may list for development, where no lock file at hand says how much that is. */
export function storeDevelopment(call: Call, modules: string, project: string): void {
  const manifest = json(call, inside(project, 'package.json'))
  const listed = manifest?.devDependencies
  if (manifest === undefined || (typeof listed === 'object' && listed !== null && Object.keys(listed).length > 0))
    contentOnce(call, modules, forDevelopment)
}

const isPackages = ({ label }: Stored): boolean => label === forUse || label === forDevelopment

const key = ({ cache }: Wanted): string => `npm lock ${cache}`

// Installed a second time from the same lock file, everything is in the cache already.
const isFetched = (call: Call, wanted: Wanted, { kind, path }: Stored): boolean =>
  kind === 'cache' &&
  call.files.packagesIn(path).some((one) => one.maybe !== true) &&
  call.state.get(key(wanted)) === lockOf(call, wanted.folder)
