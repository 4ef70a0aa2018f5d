/** Measures npm packages: the tarballs and the metadata that npm keeps in its cache, as installs left them there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { members } from './layer-tar.ts'
import { tar } from './tar.ts'

/** One version of a package. */
export interface MeasuredPackage {
  readonly name: string
  readonly version: string
  /** Bytes of the tarball, of its regular files, and how many they are. */
  readonly packed: number
  readonly unpacked: number
  readonly files: number
  /** Its package.json. */
  readonly manifest: Readonly<Record<string, unknown>>
}

/** Does it need no other package, by its own word? */
export const isAlone = ({
  dependencies,
  optionalDependencies,
  peerDependencies,
}: MeasuredPackage['manifest']): boolean =>
  [dependencies, optionalDependencies, peerDependencies].every(
    (list) => typeof list !== 'object' || list === null || Object.keys(list).length === 0,
  )

/** What a cache of npm holds. */
export interface MeasuredCache {
  readonly packages: readonly MeasuredPackage[]
  /** Bytes of the metadata, by name. */
  readonly metadata: ReadonlyMap<string, number>
}

/** Lines of the table as lib/sizes/npm/table.ts reads them: recorded packages first, then measured, then those it had. */
export function npmLines(
  measured: readonly TablePackage[],
  metadata: ReadonlyMap<string, number>,
  before: readonly string[] = [],
): readonly string[] {
  const names = new Map<string, { metadata: string; versions: Map<string, string> }>()
  const named = (name: string) => {
    const one = names.get(name) ?? { metadata: '-', versions: new Map<string, string>() }
    names.set(name, one)
    return one
  }
  for (const { name, version, packed, unpacked, files, alone } of measured) {
    const { versions } = named(name)
    if (!versions.has(version)) versions.set(version, [version, packed, unpacked, files].join(':') + (alone ? ':' : ''))
  }
  for (const line of before) {
    const [name = '', bytes = '-', ...versions] = line.split(' ')
    const one = named(name)
    one.metadata = bytes
    for (const text of versions) {
      const version = text.slice(0, text.indexOf(':'))
      if (!one.versions.has(version)) one.versions.set(version, text)
    }
  }
  for (const [name, bytes] of metadata) {
    const one = names.get(name)
    if (one !== undefined) one.metadata = String(Number(bytes.toPrecision(4)))
  }
  const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  return [...names]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([name, one]) => {
      const versions = [...one.versions].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      return [name, one.metadata, ...versions.map(([, text]) => text)].join(' ')
    })
}

/** What the table says of one version. */
export interface TablePackage {
  readonly name: string
  readonly version: string
  readonly packed: number
  readonly unpacked: number
  readonly files: number
  /** It surely needs no other package. */
  readonly alone: boolean
}

interface IndexLine {
  readonly key: string
  readonly integrity?: string | null
  readonly size?: number
  readonly metadata?: { readonly reqHeaders?: Readonly<Record<string, string>> }
}

/** Reads a folder `_cacache`. Source of its layout: cacache's README, lib/entry-index.js, lib/content/path.js. */
export function measureCache(folder: string): MeasuredCache {
  const packages = new Map<string, MeasuredPackage>()
  const metadata = new Map<string, number>()
  for (const line of indexLines(join(folder, 'index-v5'))) {
    const [, address] = /^make-fetch-happen:request-cache:(https?:.*)$/.exec(line.key) ?? []
    if (address === undefined || typeof line.integrity !== 'string') continue
    if (address.endsWith('.tgz')) {
      const found = measureTarball(readContent(folder, line.integrity))
      if (found !== undefined) packages.set(`${found.name}@${found.version}`, found)
    } else {
      const name = /(?:@[^/]+\/)?[^/]+$/.exec(decodeURIComponent(new URL(address).pathname))?.[0]
      if (name !== undefined) metadata.set(name, line.size ?? 0)
    }
  }
  return { packages: [...packages.values()], metadata }
}

/** What a tarball unpacks to; undefined: it holds no package.json. */
export function measureTarball(tarball: Uint8Array): MeasuredPackage | undefined {
  const lengths = new Map<string, number>()
  let manifest: Record<string, unknown> | undefined
  for (const { name, kind, body } of members(tarball)) {
    if (kind !== '0' && kind !== '1' && kind !== '7') continue
    lengths.set(name, body.length)
    if (/^[^/]+\/package\.json$/.test(name)) manifest = JSON.parse(Buffer.from(body).toString())
  }
  if (typeof manifest?.name !== 'string' || typeof manifest.version !== 'string') return undefined
  const unpacked = [...lengths.values()].reduce((sum, bytes) => sum + bytes, 0)
  const { name, version } = manifest as { name: string; version: string }
  return { name, version, packed: tarball.length, unpacked, files: lengths.size, manifest }
}

/**
 * Packages in a folder `node_modules`, those inside of each other and those of pnpm's own store too; none that ran scripts
 * when it was installed, and none that `isKnown`. How long their tarballs were is reckoned: they are packed again.
 */
export function* measureFolder(folder: string, isKnown: IsKnown = () => false): Generator<MeasuredPackage> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (!entry.isDirectory()) continue
    if (/^(?:\.pnpm|node_modules|@.*)$/.test(entry.name)) yield* measureFolder(path, isKnown)
    else if (existsSync(join(path, 'package.json'))) {
      const found = isWanted(path, isKnown) ? measureInstalled(path) : undefined
      if (found !== undefined) yield found
      if (existsSync(join(path, 'node_modules'))) yield* measureFolder(join(path, 'node_modules'), isKnown)
    } else if (existsSync(join(path, 'node_modules'))) yield* measureFolder(join(path, 'node_modules'), isKnown)
  }
}

type IsKnown = (one: Pick<MeasuredPackage, 'name' | 'version'>) => boolean

// Packing takes long: nothing is packed that need not be.
function isWanted(path: string, isKnown: IsKnown): boolean {
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as MeasuredPackage['manifest']
  const { name, version } = manifest
  return typeof name === 'string' && typeof version === 'string' && !hasRun(manifest) && !isKnown({ name, version })
}

function measureInstalled(path: string): MeasuredPackage | undefined {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
    (one) => one.isFile() && !join(one.parentPath, one.name).slice(path.length).includes('/node_modules/'),
  )
  const packed = tar(
    files.map((one) => {
      const own = join(one.parentPath, one.name)
      return { name: `package${own.slice(path.length)}`.slice(0, 100), data: readFileSync(own) }
    }),
  )
  const found = measureTarball(gzipSync(packed, { level: 9 }))
  return found && { ...found, files: files.length }
}

const hasRun = ({ scripts }: MeasuredPackage['manifest']): boolean =>
  typeof scripts === 'object' &&
  scripts !== null &&
  ['preinstall', 'install', 'postinstall'].some((one) => one in scripts)

// The last line of a key is the one that counts.
function* indexLines(folder: string): Generator<IndexLine> {
  const last = new Map<string, IndexLine>()
  for (const path of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!path.isFile()) continue
    for (const text of readFileSync(join(path.parentPath, path.name), 'utf8').split('\n')) {
      const line = text.split('\t')[1]
      if (line === undefined) continue
      const read = JSON.parse(line) as IndexLine
      last.set(`${read.key} ${read.metadata?.reqHeaders?.accept ?? ''}`, read)
    }
  }
  yield* last.values()
}

function readContent(folder: string, integrity: string): Buffer {
  const [, algorithm = '', digest = ''] = /^(sha\d+)-(\S+)/.exec(integrity) ?? []
  const hex = Buffer.from(digest, 'base64').toString('hex')
  return readFileSync(join(folder, 'content-v2', algorithm, hex.slice(0, 2), hex.slice(2, 4), hex.slice(4)))
}
