/**
 * The recorded builds: what real builders made of small Dockerfiles, one probe a case. Read from
 * ../shared/truth where that is at hand, else from test/truth, the packed copy (see its README).
 */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Healthcheck, ImageConfig } from '../../lib/model.ts'

/** The repository's own folder: this file runs as dist/test/tools/truth.js. */
export const root = resolve(import.meta.dirname, '../../..')

/** The folder of recorded material beside a working copy; need not exist. */
export const shared = resolve(root, '../shared')

const sharedTruth = join(shared, 'truth')
const packedTruth = join(root, 'test/truth')

/** One thing in a recorded context. Path relative, `/` between parts; `mode` as staged. */
export interface TruthFile {
  readonly path: string
  readonly mode: number
  readonly bytes: Uint8Array
  /** Target, for a symlink; then no bytes. */
  readonly link?: string
}

/** args.json of a case: how the build was called. */
export interface TruthArgs {
  readonly build_args?: Readonly<Record<string, string>>
  readonly target?: string
  readonly labels?: Readonly<Record<string, string>>
  /** Extra flags by kind of engine. */
  readonly flags?: Readonly<Record<string, readonly string[]>>
  readonly dockerfile_in_context?: boolean
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  readonly note?: string
}

/** A tar entry of a recorded layer; path without a leading `/`, mode as four octal digits. */
export interface TruthEntry {
  readonly path: string
  readonly type: 'file' | 'dir' | 'symlink' | 'hardlink' | 'other'
  readonly mode: string
  readonly uid: number
  readonly gid: number
  readonly size?: number
  /** First twelve digits, of files that hold something; newer recordings have it. */
  readonly sha256?: string
  readonly link?: string
}

/** A row of the recorded config, oldest first. */
export interface TruthRow {
  readonly created_by: string
  readonly empty_layer: boolean
  readonly comment: string
  readonly author?: string
}

/** A row as `history --no-trunc --human=false` shows it, newest first; row i is history row n-1-i. */
export interface TruthTableRow {
  readonly id: 'image' | 'missing'
  readonly created_by: string
  readonly size: number
  readonly comment: string
}

/** What one engine made of a case. All but the first three only where it built. */
export interface TruthResult {
  readonly engine: 'classic' | 'buildkit' | 'buildah'
  readonly engine_version: string
  readonly exit_code: number
  readonly error?: readonly string[]
  readonly history?: readonly TruthRow[]
  readonly table?: readonly TruthTableRow[]
  readonly rootfs_layers?: number
  /** Entries by layer; null for the layer of busybox:local. */
  readonly layers?: readonly (readonly TruthEntry[] | null)[]
  readonly author?: string
  readonly config?: ImageConfig & { readonly Healthcheck?: Healthcheck }
  readonly image_size?: number
  readonly note?: string
}

/** layers.json: the union of the layers of one engine's image. Paths without a leading `/`. */
export interface TruthLayers {
  readonly engine: string
  readonly layers: readonly { readonly row: number; readonly created_by: string; readonly entries: TruthEntry[] }[]
  readonly files: readonly (TruthEntry & { readonly layer: number })[]
}

/** waste.json: bytes hidden, by pair of rows (indices into the history). */
export interface TruthWaste {
  readonly engine: string
  readonly total: number
  readonly visible: number
  readonly unreachable: number
  readonly pairs: readonly {
    readonly creator: number
    readonly killer: number
    readonly bytes: number
    readonly files: number
    readonly paths: readonly { readonly path: string; readonly bytes: number; readonly class: string }[]
  }[]
}

/** One recorded case. */
export interface TruthCase {
  readonly name: string
  readonly dockerfile: string
  readonly args: TruthArgs
  /** Sorted by path, folders by their files only. Empty where the case has no context. */
  readonly context: readonly TruthFile[]
  /** By name of the record: 'classic', 'buildkit-0.32', … */
  readonly engines: Readonly<Record<string, TruthResult>>
  readonly layers?: TruthLayers
  readonly waste?: TruthWaste
}

/** A recorded base image: busybox:local, rich:local or onbuild:local. */
export interface TruthBase {
  readonly history: readonly TruthRow[]
  readonly layers: readonly (readonly TruthEntry[])[]
  readonly table: readonly Omit<TruthTableRow, 'id'>[]
  readonly config: ImageConfig
  readonly author: string
  readonly rootfs_layers: number
}

/** Where the cases are read from, in words, for summaries. */
export const truthSource = (): string =>
  existsSync(sharedTruth) ? 'truth: ../shared/truth' : 'truth: test/truth, the packed copy'

/** All cases, sorted by name. */
export const truthCases = (): readonly TruthCase[] => (existsSync(sharedTruth) ? originalCases() : packedCases())

/** One case by its name. Throws where there is none. */
export const truthCase = (name: string): TruthCase =>
  existsSync(sharedTruth) ? originalCase(name, join(sharedTruth, name)) : packedCase(name)

/** The three bases by their name without tag: `busybox`, `rich`, `onbuild`. */
export function truthBaseRecord(name: 'busybox' | 'rich' | 'onbuild'): TruthBase {
  return JSON.parse(readFileSync(join(truthBaseFolder(), `${name}.json`), 'utf8'))
}

/** The folder with the Dockerfiles of the bases and their context. */
export const truthBaseFolder = (): string => join(existsSync(sharedTruth) ? sharedTruth : packedTruth, '_base')

/** A case laid out on disk for a build. */
export interface Staged {
  readonly context: string
  readonly dockerfile: string
  /** Removes the folder. */
  readonly remove: () => void
}

/**
 * Lays a case out as the recording did: the Dockerfile outside the context unless the case says otherwise, an empty
 * folder where there is no context, modes 0644, or 0755 for executables and folders, and one fixed time.
 */
export function stageTruth(one: Pick<TruthCase, 'name' | 'dockerfile' | 'context' | 'args'>): Staged {
  const folder = mkdtempSync(join(tmpdir(), `stratigraph-${one.name}-`))
  const context = join(folder, 'context')
  const when = 1_700_000_000
  const folders = new Set<string>([context])
  mkdirSync(context)
  for (const file of one.context) {
    const path = join(context, file.path)
    mkdirSync(dirname(path), { recursive: true })
    for (let up = dirname(path); up.length > context.length; up = dirname(up)) folders.add(up)
    if (file.link !== undefined) {
      symlinkSync(file.link, path)
      continue
    }
    writeFileSync(path, file.bytes)
    chmodSync(path, file.mode)
    utimesSync(path, when, when)
  }
  const dockerfile = join(one.args.dockerfile_in_context === true ? context : folder, 'Dockerfile')
  writeFileSync(dockerfile, one.dockerfile)
  chmodSync(dockerfile, 0o644)
  utimesSync(dockerfile, when, when)
  for (const path of [...folders].sort((a, b) => b.length - a.length)) {
    chmodSync(path, 0o755)
    utimesSync(path, when, when)
  }
  return { context, dockerfile, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

// ---- the recording as it was made: a folder a case --------------------------------------------------

const notEngines = ['args.json', 'layers.json', 'waste.json']

/** Cases as ../shared/truth holds them; that folder must be there. */
export function originalCases(): readonly TruthCase[] {
  const names = readdirSync(sharedTruth).filter((name) => existsSync(join(sharedTruth, name, 'Dockerfile')))
  return names.sort().map((name) => originalCase(name, join(sharedTruth, name)))
}

function originalCase(name: string, folder: string): TruthCase {
  const json = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const files = readdirSync(folder).sort()
  const engines = files.filter((file) => file.endsWith('.json') && !notEngines.includes(file))
  const context = join(folder, 'context')
  return {
    name,
    dockerfile: readFileSync(join(folder, 'Dockerfile'), 'utf8'),
    args: files.includes('args.json') ? json('args.json') : {},
    context: existsSync(context) ? contextFiles(context) : [],
    engines: Object.fromEntries(engines.map((file) => [file.slice(0, -'.json'.length), json(file)])),
    ...(files.includes('layers.json') && { layers: json('layers.json') }),
    ...(files.includes('waste.json') && { waste: json('waste.json') }),
  }
}

/**
 * What lies in a recorded context. A symlink may have become, on its way here, a small file that holds the target: a
 * file whose whole content, without a newline, is the name of something beside it is taken for one. The recorded
 * layers prove it for the two there are (copy-symlink: `tree/s` is stored as a link, `l` has the hash of `a.txt`).
 */
function contextFiles(folder: string): readonly TruthFile[] {
  const found: TruthFile[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const full = join(entry.parentPath, entry.name)
    const path = full.slice(folder.length + 1)
    const bytes = readFileSync(full)
    const target = bytes.length < 256 ? bytes.toString('latin1') : ''
    const isLink = /^[\w.-]+$/.test(target) && existsSync(join(entry.parentPath, target))
    const mode = (statSync(full).mode & 0o100) === 0 ? 0o644 : 0o755
    found.push(isLink ? { path, mode: 0o777, bytes: Buffer.alloc(0), link: target } : { path, mode, bytes })
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

// ---- the packed copy: a file a case -----------------------------------------------------------------

interface PackedFile {
  readonly path: string
  readonly mode: string
  readonly link?: string
  readonly text?: string
  readonly base64?: string
}

interface Packed extends Omit<TruthCase, 'context'> {
  readonly context: readonly PackedFile[]
}

/** Cases of the packed copy. */
export function packedCases(): readonly TruthCase[] {
  const files = readdirSync(packedTruth).filter((name) => name.endsWith('.json'))
  const names = files.map((name) => name.slice(0, -'.json'.length)).sort()
  return names.map(packedCase)
}

const packedCase = (name: string): TruthCase =>
  unpack(JSON.parse(readFileSync(join(packedTruth, `${name}.json`), 'utf8')))

const builds = join(root, 'test/builds')

/** The file of a build that test/builds holds. */
export const packedBuild = (name: string): string => join(builds, `${name}.json`)

/** The builds that test/builds holds besides, sorted by name. */
export const moreBuilds = (): readonly TruthCase[] =>
  readdirSync(builds)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => unpack(JSON.parse(readFileSync(join(builds, name), 'utf8'))))

/** A case as one text: a line for each row, entry and file. */
export function pack(one: TruthCase): string {
  const packed: Packed = {
    ...one,
    context: one.context.map(packFile),
    ...(one.layers && { layers: { ...one.layers, layers: one.layers.layers.map(withoutBase) } }),
  }
  return `${lines(packed, '')}\n`
}

function packFile({ path, mode, link, bytes }: TruthFile): PackedFile {
  if (link !== undefined) return { path, mode: mode.toString(8), link }
  const text = Buffer.from(bytes).toString('utf8')
  const plain = Buffer.from(text).equals(bytes)
  return { path, mode: mode.toString(8), ...(plain ? { text } : { base64: Buffer.from(bytes).toString('base64') }) }
}

function unpack(packed: Packed): TruthCase {
  const context = packed.context.map(({ path, mode, link, text, base64 }) => ({
    path,
    mode: Number.parseInt(mode, 8),
    bytes: base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64'),
    ...(link !== undefined && { link }),
  }))
  const layers = packed.layers && { ...packed.layers, layers: packed.layers.layers.map(withBase) }
  return { ...packed, context, ...(layers && { layers }) }
}

type UnionLayer = TruthLayers['layers'][number]

// The layer of busybox:local is the same in every case; it is kept once, in _base.
const busyboxEntries = (): readonly TruthEntry[] =>
  truthBaseRecord('busybox').layers[0]!.map((entry) => ({ ...entry, path: entry.path.replace(/^\.\//, '') }))

const withoutBase = (layer: UnionLayer): UnionLayer =>
  JSON.stringify(layer.entries) === JSON.stringify(busyboxEntries()) ? { ...layer, entries: [] } : layer

const withBase = (layer: UnionLayer): UnionLayer =>
  layer.row === 0 && layer.created_by === '' && layer.entries.length === 0
    ? { ...layer, entries: [...busyboxEntries()] }
    : layer

const flat = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  Object.values(value).every((part) => typeof part !== 'object' || part === null || Object.keys(part).length === 0)

/** JSON where whatever holds only scalars stands on one line. */
function lines(value: unknown, pad: string): string {
  if (flat(value)) return JSON.stringify(value)
  const inner = `${pad} `
  const parts = Array.isArray(value)
    ? value.map((part) => inner + lines(part, inner))
    : Object.entries(value as object).map(([key, part]) => `${inner}${JSON.stringify(key)}: ${lines(part, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${parts.join(',\n')}\n${pad}${close}`
}
