/** Measured npm packages, and what is known of one that is not among them: other versions, other platforms, its family. */
import { brotliDecompressSync } from 'node:zlib'
import { npmPackages } from '../../data/npm-packages.ts'

/** One version of a package. */
export interface Measured {
  readonly version: string
  /** Bytes of the tarball, of its regular files, and how many they are. */
  readonly packed: number
  readonly unpacked: number
  readonly files: number
  /** It surely needs no other package. */
  readonly alone: boolean
}

/** The versions of a package that were measured, by their number, and bytes of its metadata where they are known. */
export interface Known {
  readonly versions: readonly Measured[]
  readonly metadata: number | undefined
}

/** Packages of one kind: their number, and of the logarithms of their unpacked bytes the mean. */
export interface Family {
  readonly packages: number
  readonly mean: number
}

/** A table of measured packages, opened. */
export interface Table {
  /** What is said of each, by name. */
  readonly lines: ReadonlyMap<string, string>
  families?: ReadonlyMap<string, Family>
  platforms?: ReadonlyMap<string, readonly string[]>
}

let table: Table | undefined

/** Text of a packed table. */
export const textOf = ({ packed }: { readonly packed: string }): string =>
  brotliDecompressSync(Buffer.from(packed, 'base64')).toString()

const opened = (): Table => {
  table ??= { lines: readLines(textOf(npmPackages)) }
  return table
}

const readLines = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\n').map((line) => {
      const end = line.indexOf(' ')
      return [line.slice(0, end), line.slice(end + 1)] as const
    }),
  )

/** Every name in the table. */
export const knownNames = (): readonly string[] => [...opened().lines.keys()]

/** The table as if some names had never been measured: for scores, of how well they are guessed. */
export const tableWithout = (isHidden: (name: string) => boolean): Table => ({
  lines: new Map([...opened().lines].filter(([name]) => !isHidden(name))),
})

/** What was measured of a package; undefined: it is not in the table. */
export function knownPackage(name: string, table = opened()): Known | undefined {
  const line = table.lines.get(name)
  if (line === undefined) return undefined
  const [metadata = '', ...versions] = line.split(' ')
  return {
    metadata: metadata === '-' ? undefined : Number(metadata),
    versions: versions.map((text) => {
      const [version = '', packed, unpacked, files, alone] = text.split(':')
      const numbers = { packed: Number(packed), unpacked: Number(unpacked), files: Number(files) }
      return { version, ...numbers, alone: alone !== undefined }
    }),
  }
}

// ---- relatives ----------------------------------------------------------------------------------------

/** Native parts of a package for other platforms that were measured: `@esbuild/linux-x64` for `@esbuild/linux-arm64`. */
export function siblings(name: string, table = opened()): readonly Known[] {
  const family = withoutPlatform(name)
  if (family === undefined) return []
  table.platforms ??= grouped([...table.lines.keys()], withoutPlatform)
  return (table.platforms.get(family) ?? []).flatMap((one) => knownPackage(one, table) ?? [])
}

/** Packages whose names begin alike, the closest group first: `@babel/plugin-…`, then `@babel/…`. */
export function familiesOf(name: string, table = opened()): readonly Family[] {
  table.families ??= readFamilies(table)
  return beginnings(name).flatMap((one) => table.families?.get(one) ?? [])
}

const systems = 'darwin|linux|win32|windows|freebsd|android|openbsd|netbsd|sunos|aix|openharmony'
const processors =
  'x64|x86_64|arm64|aarch64|armv?[67]?|ia32|ppc64le|ppc64|s390x|riscv64|loong64|mips64el|universal|64|32'
const isSystem = new RegExp(`(?:^|[-./_])(?:${systems})(?:musl)?(?=[-./_]|$)`)
const platformWords = new RegExp(
  `(?:^|[-./_])(?:${systems}|linuxmusl|${processors}|gnu|musl|gnueabi|gnueabihf|musleabihf|msvc)(?=[-./_]|$)`,
  'g',
)

function withoutPlatform(name: string): string | undefined {
  if (!isSystem.test(name)) return undefined
  const slash = name.startsWith('@') ? name.indexOf('/') + 1 : 0
  // A scope may be all that is left: @esbuild/linux-x64.
  return `${name.slice(0, slash)}${name.slice(slash).replace(platformWords, '')}`
}

function beginnings(name: string): readonly string[] {
  const slash = name.startsWith('@') ? name.indexOf('/') + 1 : 0
  const words = name.slice(slash).split(/(?<=[-.])/)
  const found = words
    .slice(0, -1)
    .map((_, i) => `${name.slice(0, slash)}${words.slice(0, i + 1).join('')}`)
    .reverse()
  return slash === 0 ? found : [...found, name.slice(0, slash)]
}

function readFamilies(table: Table): ReadonlyMap<string, Family> {
  const sums = new Map<string, { packages: number; mean: number }>()
  for (const name of table.lines.keys()) {
    const last = knownPackage(name, table)?.versions.at(-1)
    if (last === undefined) continue
    for (const one of beginnings(name)) {
      const before = sums.get(one) ?? { packages: 0, mean: 0 }
      const packages = before.packages + 1
      sums.set(one, { packages, mean: before.mean + (Math.log(Math.max(1, last.unpacked)) - before.mean) / packages })
    }
  }
  return sums
}

function grouped(
  names: readonly string[],
  keyOf: (name: string) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const key = keyOf(name)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [name])
    else group.push(name)
  }
  return groups
}
