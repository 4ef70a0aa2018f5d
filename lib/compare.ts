/** Two images side by side: rows, configuration, files, layers, and what a pull of one costs where the other is. */
import type { Entry, Image, ImageConfig, Layer, Row, Size } from './model.ts'
import { platformText } from './platform.ts'
import { exact, sum, unknown, zero } from './size.ts'
import type { Seen, Visible } from './unionfs/seen.ts'
import { stack } from './unionfs/stack.ts'

export type RowStatus = 'equal' | 'changed' | 'only-a' | 'only-b'

/** One line of the comparison of rows; oldest first. */
export interface RowPair {
  readonly status: RowStatus
  /** Indices into the rows of either. */
  readonly a: number | null
  readonly b: number | null
  readonly size: { readonly a: Size | null; readonly b: Size | null; readonly delta: number | null }
}

/** A setting that differs; null: not set. */
export interface ConfigDifference {
  readonly key: string
  readonly a: unknown
  readonly b: unknown
}

/** What makes two things at one path differ. */
export type Difference = 'type' | 'content' | 'size' | 'mode' | 'owner' | 'link' | 'xattrs'

export interface FileDifference {
  readonly path: string
  readonly status: 'added' | 'removed' | 'changed'
  readonly a: Size | null
  readonly b: Size | null
  readonly what: readonly Difference[]
}

/** A layer of one, or of both; indices into the layers. */
export interface LayerPair {
  readonly a: number | null
  readonly b: number | null
  readonly diffId: string | null
  readonly size: Size
}

export interface Comparison {
  readonly rows: readonly RowPair[]
  readonly config: readonly ConfigDifference[]
  /** False: files of at least one are not fully known, and `files` says nothing. */
  readonly filesKnown: boolean
  /** Sorted by path. */
  readonly files: readonly FileDifference[]
  readonly layers: {
    readonly shared: readonly LayerPair[]
    readonly onlyA: readonly LayerPair[]
    readonly onlyB: readonly LayerPair[]
  }
  /** Bytes of the layers of B that A has not, uncompressed. */
  readonly pull: Size
}

type Files = Pick<Seen, 'files'>

/** Compares B with A. The stacks are made here where they are not given. */
export function compare(a: Image, b: Image, stacks: { readonly a?: Files; readonly b?: Files } = {}): Comparison {
  const layers = pairLayers(a.layers, b.layers)
  const filesKnown = [...a.layers, ...b.layers].every((layer) => layer.complete)
  return {
    rows: pairRows(a.rows, b.rows),
    config: configDifferences(a, b),
    filesKnown,
    files: filesKnown ? fileDifferences(stacks.a ?? stack(a.layers), stacks.b ?? stack(b.layers)) : [],
    layers,
    pull: pullOf(b, layers.onlyB),
  }
}

/** True: nothing differs that is known. */
export const isSame = ({ rows, config, files }: Comparison): boolean =>
  rows.every(({ status }) => status === 'equal') && config.length === 0 && files.length === 0

// ---- rows -------------------------------------------------------------------------------------------

/** Cells of the table beyond which rows are paired by their place. */
const tableLimit = 4_000_000

const sameText = (a: Row, b: Row): boolean =>
  a.createdBy === b.createdBy && (a.comment === b.comment || a.unpredictable.length + b.unpredictable.length > 0)

/** The longest common run of rows stays together; what lies between is paired in order. */
function pairRows(a: readonly Row[], b: readonly Row[]): readonly RowPair[] {
  let start = 0
  while (start < a.length && start < b.length && sameText(a[start]!, b[start]!)) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && sameText(a.at(-1 - end)!, b.at(-1 - end)!)) end++
  const middle = align(a.slice(start, a.length - end), b.slice(start, b.length - end))
  const both: (readonly [number | null, number | null])[] = []
  for (let i = 0; i < start; i++) both.push([i, i])
  for (const [i, j] of middle) both.push([i === null ? null : i + start, j === null ? null : j + start])
  for (let i = end; i > 0; i--) both.push([a.length - i, b.length - i])
  return both.map(([i, j]) => rowPair(a, b, i, j))
}

function align(a: readonly Row[], b: readonly Row[]): readonly (readonly [number | null, number | null])[] {
  const pairs: (readonly [number | null, number | null])[] = []
  let [i, j] = [0, 0]
  const gap = (toA: number, toB: number): void => {
    while (i < toA || j < toB) pairs.push([i < toA ? i++ : null, j < toB ? j++ : null])
  }
  if (a.length * b.length <= tableLimit) {
    for (const [x, y] of common(a, b)) {
      gap(x, y)
      pairs.push([i++, j++])
    }
  }
  gap(a.length, b.length)
  return pairs
}

/** Longest common subsequence. */
function common(a: readonly Row[], b: readonly Row[]): readonly (readonly [number, number])[] {
  const width = b.length + 1
  const table = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j
      table[here] = sameText(a[i]!, b[j]!)
        ? table[here + width + 1]! + 1
        : Math.max(table[here + width]!, table[here + 1]!)
    }
  }
  const found: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const here = i * width + j
    if (sameText(a[i]!, b[j]!)) found.push([i++, j++])
    else if (table[here + width]! >= table[here + 1]!) i++
    else j++
  }
  return found
}

function rowPair(a: readonly Row[], b: readonly Row[], i: number | null, j: number | null): RowPair {
  const one = i === null ? undefined : a[i]
  const two = j === null ? undefined : b[j]
  const size = { a: one?.size ?? null, b: two?.size ?? null, delta: one && two ? delta(one.size, two.size) : null }
  if (one === undefined || two === undefined)
    return { status: one === undefined ? 'only-b' : 'only-a', a: i, b: j, size }
  const layers = one.emptyLayer === null || two.emptyLayer === null || one.emptyLayer === two.emptyLayer
  const equal = sameText(one, two) && layers && agree(one.size, two.size)
  return { status: equal ? 'equal' : 'changed', a: i, b: j, size }
}

const delta = (a: Size, b: Size): number | null => (a.bytes === null || b.bytes === null ? null : b.bytes - a.bytes)

/** Whether two counts can be the same. */
const agree = (a: Size, b: Size): boolean =>
  (a.high === null || b.low <= a.high) && (b.high === null || a.low <= b.high)

// ---- configuration ----------------------------------------------------------------------------------

function configDifferences(a: Image, b: Image): readonly ConfigDifference[] {
  const one: Readonly<Record<string, unknown>> = { ...settings(a) }
  const two: Readonly<Record<string, unknown>> = { ...settings(b) }
  const keys = [...new Set([...Object.keys(one), ...Object.keys(two)])]
  return keys
    .filter((key) => canonical(one[key]) !== canonical(two[key]))
    .map((key) => ({ key, a: one[key] ?? null, b: two[key] ?? null }))
}

const settings = ({
  config,
  author,
  platform,
}: Image): ImageConfig & { readonly author?: string; readonly platform: string } => ({
  ...config,
  ...(author === '' ? {} : { author }),
  platform: platformText(platform),
})

/** JSON with the keys of objects in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? ''

// ---- files ------------------------------------------------------------------------------------------

function fileDifferences(a: Files, b: Files): readonly FileDifference[] {
  const found: FileDifference[] = []
  const key = ({ entry }: Visible): string => `${entry.path}\0${entry.label ?? ''}`
  const before = new Map<string, Visible>()
  for (const one of a.files) before.set(key(one), one)
  for (const two of b.files) {
    const one = before.get(key(two))
    before.delete(key(two))
    if (one === undefined) found.push({ path: two.entry.path, status: 'added', a: null, b: two.bytes, what: [] })
    else {
      const what = differences(one, two)
      if (what.length > 0) found.push({ path: two.entry.path, status: 'changed', a: one.bytes, b: two.bytes, what })
    }
  }
  for (const one of before.values())
    found.push({ path: one.entry.path, status: 'removed', a: one.bytes, b: null, what: [] })
  return found.sort((x, y) => (x.path < y.path ? -1 : x.path > y.path ? 1 : 0))
}

const isFile = ({ type }: Entry): boolean => type === 'file' || type === 'hardlink'

function differences({ entry: a, bytes: one }: Visible, { entry: b, bytes: two }: Visible): readonly Difference[] {
  const what: Difference[] = []
  const differ = (x: number | null, y: number | null): boolean => x !== null && y !== null && x !== y
  if (isFile(a) !== isFile(b) || (!isFile(a) && a.type !== b.type)) return ['type']
  if (!agree(one, two)) what.push('size')
  else if (a.content !== undefined && b.content !== undefined && a.content !== b.content) what.push('content')
  // A symbolic link has no mode of its own on Linux, whatever a tar says (symlink(7)).
  if (a.type !== 'symlink' && differ(a.mode, b.mode)) what.push('mode')
  if (differ(a.uid, b.uid) || differ(a.gid, b.gid)) what.push('owner')
  if (a.type === 'symlink' && a.link !== b.link) what.push('link')
  if (a.xattrs !== b.xattrs && a.mode !== null && b.mode !== null) what.push('xattrs')
  return what
}

/**
 * Files whose content decides whether they differ: in both, of one length, and not from a layer that both have. For
 * `learnContents`.
 */
export function openQuestions(
  a: { readonly image: Image; readonly stack: Files },
  b: { readonly image: Image; readonly stack: Files },
): { readonly a: ReadonlySet<Entry>; readonly b: ReadonlySet<Entry> } {
  const found = { a: new Set<Entry>(), b: new Set<Entry>() }
  const before = new Map<string, Visible>()
  for (const one of a.stack.files) before.set(one.entry.path, one)
  for (const two of b.stack.files) {
    const one = before.get(two.entry.path)
    if (one?.entry.type !== 'file' || two.entry.type !== 'file' || one.entry.size.low !== two.entry.size.low) continue
    const [x, y] = [a.image.layers[one.layer]?.diffId, b.image.layers[two.layer]?.diffId]
    if (x !== undefined && x === y) continue
    found.a.add(one.entry)
    found.b.add(two.entry)
  }
  return found
}

// ---- layers -----------------------------------------------------------------------------------------

function pairLayers(a: readonly Layer[], b: readonly Layer[]): Comparison['layers'] {
  const places = new Map<string, number[]>()
  for (const [i, { diffId }] of a.entries())
    if (diffId !== undefined) places.set(diffId, [...(places.get(diffId) ?? []), i])
  const shared: LayerPair[] = []
  const onlyB: LayerPair[] = []
  const used = new Set<number>()
  for (const [j, { diffId, size }] of b.entries()) {
    const same = diffId === undefined ? undefined : places.get(diffId)
    // What B has more often than A is there as well.
    const i = same?.find((one) => !used.has(one)) ?? same?.[0]
    if (i !== undefined) used.add(i)
    const pair = { a: i ?? null, b: j, diffId: diffId ?? null, size }
    if (i === undefined) onlyB.push(pair)
    else shared.push(pair)
  }
  const onlyA = a.flatMap(({ diffId, size }, i) =>
    used.has(i) ? [] : [{ a: i, b: null, diffId: diffId ?? null, size }],
  )
  return { shared, onlyA, onlyB }
}

/** Bytes of layers that have to come. A layer that B has twice comes once. */
function pullOf(b: Image, only: readonly LayerPair[]): Size {
  if (b.rows.some((row) => row.emptyLayer === null)) return unknown('a base that is not known')
  const once = new Map(only.map((pair) => [pair.diffId ?? `${pair.b}`, pair.size]))
  return sum(once.values())
}

// ---- many -------------------------------------------------------------------------------------------

/** What one of several images holds alone, and what it has in common with at least one other. */
export interface Share {
  readonly size: Size
  readonly shared: Size
  readonly unique: Size
}

/** Shares of several images, by diff ID, as `docker system df -v` counts; a layer without one is nobody else's. */
export function shares(images: readonly Image[]): readonly Share[] {
  const owners = new Map<string, number>()
  for (const image of images) {
    for (const diffId of new Set(image.layers.map((layer) => layer.diffId))) {
      if (diffId !== undefined) owners.set(diffId, (owners.get(diffId) ?? 0) + 1)
    }
  }
  return images.map((image) => {
    const isShared = ({ diffId }: Layer): boolean => diffId !== undefined && (owners.get(diffId) ?? 0) > 1
    const of = (wanted: boolean): Size =>
      image.layers
        .filter((layer) => isShared(layer) === wanted)
        .reduce((total, layer) => sum([total, layer.size]), zero)
    return { size: sum(image.rows.map((row) => row.size)), shared: of(true), unique: of(false) }
  })
}

/** The bytes all of them take together: shared layers once. */
export function together(images: readonly Image[]): Size {
  const once = new Map<string, Size>()
  for (const [i, image] of images.entries()) {
    for (const [j, layer] of image.layers.entries()) once.set(layer.diffId ?? `${i} ${j}`, layer.size)
  }
  return images.length === 0 ? exact(0, 'no images') : sum(once.values())
}
