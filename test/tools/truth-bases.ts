/** The bases that the recorded builds stand on, as `Base`: busybox, rich and onbuild, and the Debian stand-ins of truth-run. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Base, BaseFacts, BaseFile, Entry, ImageConfig, Layer, Row, Size, SizeModel } from '../../lib/model.ts'
import { exact, zero } from '../../lib/size.ts'
import { truthCase } from './truth.ts'

/** Top folder of the project: this file runs as dist/test/tools/truth-bases.js. */
const root = join(import.meta.dirname, '..', '..', '..')

const truthFolders = [join(root, '..', 'shared', 'truth'), join(root, 'test', 'truth')]
const truthRunFolders = [join(root, '..', 'shared', 'truth-run'), join(root, 'test', 'truth-run')]

interface RecordedEntry {
  readonly path: string
  readonly type: 'file' | 'dir' | 'symlink' | 'hardlink' | 'whiteout'
  readonly mode: string
  readonly uid: number
  readonly gid: number
  readonly size?: number
  readonly link?: string
}

interface RecordedBase {
  readonly history: readonly { created_by: string; empty_layer: boolean; comment: string; author?: string }[]
  readonly layers: readonly (readonly RecordedEntry[])[]
  readonly author: string
  readonly config: ImageConfig
  readonly table: readonly { size: number }[]
}

interface RecordedRunBase {
  readonly size: number
  readonly slim?: boolean
  readonly files?: Readonly<Record<string, number | null>>
  readonly packages?: Readonly<Record<string, { v: string; src?: string; prov?: string; eq?: string }>>
  readonly trees?: Readonly<Record<string, { files: number; symlinks: number }>>
  readonly apt_lists?: { InRelease: readonly number[]; Packages_lz4: readonly number[] }
  readonly from?: string
}

/**
 * The base of the small truth cases: `busybox:local`, `rich:local` or `onbuild:local`, with every file in `layers`
 * and in `facts.files`. Any host in front is taken (`localhost/busybox:local`). Undefined: another name, or the
 * recordings are not at hand. Row and layer sizes count as Docker does for a pulled layer; `sizes` has every model.
 */
export function truthBase(ref: string): Base | undefined {
  const name = /^(?:.*\/)?(busybox|rich|onbuild):local$/.exec(ref)?.[1]
  const text = name === undefined ? undefined : readFirst(truthFolders, join('_base', `${name}.json`))
  if (name === undefined || text === undefined) return undefined
  const recorded = JSON.parse(text) as RecordedBase
  const podman = podmanSizes(name, recorded.history.length)
  const entries = recorded.layers.map((layer) => layer.map(entryOf))
  const rows: Row[] = []
  const layers: Layer[] = []
  for (const [index, { created_by, empty_layer, comment, author }] of recorded.history.entries()) {
    const own = empty_layer ? undefined : entries[layers.length]
    const classic = recorded.table[recorded.history.length - 1 - index]?.size ?? 0
    const bytes = exact(classic, `recorded build of ${name}:local`)
    rows.push({
      createdBy: created_by,
      comment,
      author: author ?? '',
      emptyLayer: empty_layer,
      created: null,
      layer: own === undefined ? null : layers.length,
      size: own === undefined ? zero : bytes,
      ...(own === undefined ? {} : { sizes: sizesOf(own, classic, podman[index]) }),
      unpredictable: [],
      origin: { from: 'base', image: ref },
    })
    if (own !== undefined) layers.push({ row: index, entries: own, complete: true, size: bytes })
  }
  const facts: BaseFacts = { accounts: accountsOf(recorded), files: filesOf(entries), complete: true }
  return {
    ref,
    fullName: `localhost/${name}:local`,
    rows,
    layers,
    config: recorded.config,
    author: recorded.author,
    facts,
  }
}

const releases = {
  bookworm: { id: 'debian', versionId: '12', codename: 'bookworm' },
  trixie: { id: 'debian', versionId: '13', codename: 'trixie' },
  jammy: { id: 'ubuntu', versionId: '22.04', codename: 'jammy' },
} as const

/**
 * A base of the recorded RUN builds, `debian:bookworm-slim-local` and its kin: one imported layer, packages and file
 * lengths as measured. The Node and Python stand-ins have the packages of the image they were made from. Undefined:
 * another name, or the recordings are not at hand.
 */
export function truthRunBase(ref: string): Base | undefined {
  const text = readFirst(truthRunFolders, 'bases.json')
  if (text === undefined) return undefined
  const all = JSON.parse(text) as Readonly<Record<string, RecordedRunBase>>
  const own = Object.hasOwn(all, ref) ? all[ref] : undefined
  if (own === undefined) return undefined
  const below = own.from === undefined ? own : (all['debian:bookworm-slim-local'] ?? own)
  const release = ref.includes('trixie') ? 'trixie' : ref.includes('jammy') ? 'jammy' : 'bookworm'
  const bytes = exact(own.size, 'recorded base image')
  const row: Row = {
    createdBy: '',
    comment: 'Imported from -',
    author: '',
    emptyLayer: false,
    created: null,
    layer: 0,
    size: bytes,
    sizes: { classic: own.size, buildkit: own.size },
    unpredictable: [],
    origin: { from: 'base', image: ref },
  }
  const facts: BaseFacts = {
    os: { ...releases[release], slim: below.slim ?? false },
    packages: mapValues(below.packages ?? {}, ({ v, src, prov, eq }) => ({
      version: v,
      ...(src === undefined ? {} : { source: src }),
      ...(prov === undefined ? {} : { provides: prov }),
      ...(eq === undefined ? {} : { equals: eq }),
    })),
    ...(below.apt_lists === undefined
      ? {}
      : {
          aptLists: {
            bytes: total(below.apt_lists.InRelease) + total(below.apt_lists.Packages_lz4),
            date: '2026-11-20',
          },
        }),
    // What was installed on top of a stand-in changed the files below it: only those of a plain base are sure.
    ...(own.files === undefined ? {} : { files: runFiles(own.files) }),
    ...(below.trees === undefined
      ? {}
      : { trees: mapValues(below.trees, ({ files, symlinks }) => ({ bytes: files, linkBytes: symlinks })) }),
    complete: false,
  }
  return {
    ref,
    rows: [row],
    layers: [{ row: 0, entries: [], complete: false, size: bytes }],
    config: {},
    author: '',
    facts,
  }
}

const readFirst = (folders: readonly string[], name: string): string | undefined => {
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
  return found === undefined ? undefined : readFileSync(found, 'utf8')
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0)

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))

const absolute = (path: string): string => `/${path.replace(/^\.?\/*/, '').replace(/\/+$/, '')}`

const recordedSize = (bytes: number): Size => exact(bytes, 'recorded layer')

function entryOf({ path, type, mode, uid, gid, size, link }: RecordedEntry): Entry {
  return {
    path: absolute(path),
    type,
    size: recordedSize(type === 'file' ? (size ?? 0) : 0),
    mode: Number.parseInt(mode, 8),
    uid,
    gid,
    link: link === undefined ? null : type === 'hardlink' ? absolute(link) : link,
  }
}

/** Source: spec/history.md section 9, formulas A to E. Rows of a base count as pulled, also for buildkit. */
function sizesOf(
  entries: readonly Entry[],
  classic: number,
  podman: number | undefined,
): Partial<Record<SizeModel, number>> {
  const payload = total(entries.map((entry) => entry.size.low))
  const block = (bytes: number) => Math.ceil(bytes / 4096) * 4096
  const folders = entries.filter((entry) => entry.type === 'dir' && entry.path !== '/').length + 1
  return {
    classic,
    buildkit: classic,
    tar: payload,
    containerd: folders * 4096 + total(entries.map((entry) => block(entry.size.low))),
    ...(podman === undefined ? {} : { podman }),
  }
}

/** Tar lengths by row, as podman showed them for an image that only names the base. */
function podmanSizes(name: string, rows: number): readonly number[] {
  const table = truthCase(name === 'rich' ? 'from-only-rich' : 'from-only').engines['buildah-1.43']?.table ?? []
  return table
    .slice(-rows)
    .map(({ size }) => size)
    .reverse()
}

/** The accounts that the recorded RUN rows echo into /etc/passwd and /etc/group. */
function accountsOf({ history }: RecordedBase): NonNullable<BaseFacts['accounts']> {
  const users: Record<string, readonly [number, number]> = {}
  const groups: Record<string, number> = {}
  for (const { created_by } of history) {
    for (const [, line = '', file] of created_by.matchAll(/echo '([^']*)' >>? \/etc\/(passwd|group)/g)) {
      const [name = '', , id, gid] = line.split(':')
      if (file === 'passwd') users[name] = [Number(id), Number(gid)]
      else groups[name] = Number(id)
    }
  }
  return { users, groups }
}

function filesOf(layers: readonly (readonly Entry[])[]): Record<string, BaseFile> {
  const files: Record<string, BaseFile> = {}
  for (const [layer, entries] of layers.entries()) {
    for (const { path, type, size, mode, uid, gid, link } of entries) {
      files[path] = {
        ...(type === 'file' ? { bytes: size.low } : {}),
        ...(mode === null ? {} : { mode: mode.toString(8).padStart(4, '0') }),
        ...(uid === null ? {} : { uid }),
        ...(gid === null ? {} : { gid }),
        layer,
        ...(type === 'symlink' && link !== null ? { link } : {}),
        ...(type === 'dir' ? { dir: true } : {}),
      }
    }
  }
  return files
}

const runFiles = (files: Readonly<Record<string, number | null>>): Record<string, BaseFile> =>
  Object.fromEntries(
    Object.entries(files).flatMap(([path, bytes]) => (bytes === null ? [] : [[path, { bytes }] as const])),
  )
