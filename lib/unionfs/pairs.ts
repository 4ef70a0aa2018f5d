/** Waste by the pair of rows that made it: who wrote the bytes, who hid them. Shapes of `stratigraph/waste@1`. */
import type { Image, Row, Size, WasteClass } from '../model.ts'
import type { Lost } from './seen.ts'
import { type Tally, tally } from './tally.ts'

/** Whose rows a pair's are: of the base, or of what was built on it. */
export type Owners = 'base/base' | 'base/yours' | 'yours/yours'

/** One of a pair's paths. */
export interface PairPath {
  readonly path: string
  readonly bytes: Size
  readonly class: WasteClass
  /** Of many files that are not listed one by one: what they are. `path` is then the folder they are in. */
  readonly label?: string
}

/** All bytes that one row wrote and one row hid. */
export interface Pair {
  /** Indices into the rows. */
  readonly creator: number
  readonly killer: number
  readonly bytes: Size
  /** Files, empty ones too; of a package as many as are known of. */
  readonly files: number
  /** The deepest folder that holds them all. */
  readonly top: string
  readonly classes: Readonly<Partial<Record<WasteClass, Size>>>
  readonly owners: Owners
  /** Largest first. */
  readonly paths: readonly PairPath[]
  /** How many paths are not listed. */
  readonly more: number
}

/** Pairs of rows, most bytes first, none of 0 bytes; `limit` bounds the paths listed for each. */
export function pairs(image: Pick<Image, 'rows' | 'layers'>, waste: readonly Lost[], limit = 100): readonly Pair[] {
  const groups = new Map<number, Lost[]>()
  for (const one of waste) {
    const key = rowOf(image, one.layer) * 2 ** 20 + rowOf(image, one.killer)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
    .map((group) => pair(image, group, limit))
    .filter(({ bytes }) => bytes.high !== 0)
    .sort((a, b) => weight(b.bytes) - weight(a.bytes) || a.creator - b.creator || a.killer - b.killer)
}

const rowOf = (image: Pick<Image, 'layers'>, layer: number): number => image.layers[layer]?.row ?? -1

const weight = ({ bytes, low }: Size): number => bytes ?? low

function pair(image: Pick<Image, 'rows' | 'layers'>, group: readonly Lost[], limit: number): Pair {
  const first = group[0]
  const creator = rowOf(image, first?.layer ?? -1)
  const killer = rowOf(image, first?.killer ?? -1)
  const classes = new Map<WasteClass, Tally>()
  const all = tally()
  let files = 0
  const weights = new Float64Array(group.length)
  for (let i = 0; i < group.length; i++) {
    const one = group[i]!
    const ofClass = classes.get(one.class) ?? tally()
    classes.set(one.class, ofClass)
    if (one.length === undefined) {
      const { size, files: many = 1 } = one.entry
      weights[i] = weight(size)
      ofClass.add(size)
      all.add(size)
      files += many
    } else {
      weights[i] = one.length
      ofClass.addExact(one.length, 'layer of the image')
      all.addExact(one.length, 'layer of the image')
      files++
    }
  }
  const paths = largest(group, weights, limit)
  return {
    creator,
    killer,
    bytes: all.sum(),
    files,
    top: common(group),
    classes: Object.fromEntries([...classes].map(([how, bytes]) => [how, bytes.sum()])),
    owners: `${ownerOf(image.rows[creator])}/${ownerOf(image.rows[killer])}` as Owners,
    paths,
    more: group.length - paths.length,
  }
}

/** The first of them by size, then by path. Only of those that may be among them a path is made. */
function largest(group: readonly Lost[], weights: Float64Array, limit: number): readonly PairPath[] {
  const least = group.length > limit ? weights.toSorted()[group.length - limit]! : 0
  return group
    .filter((_, i) => weights[i]! >= least)
    .map(({ entry: { path, size, type, label }, class: how }) => ({
      path,
      bytes: size,
      class: how,
      ...(type === 'package' && label !== undefined && { label }),
    }))
    .sort((a, b) => weight(b.bytes) - weight(a.bytes) || (a.path < b.path ? -1 : 1))
    .slice(0, limit)
}

const ownerOf = (row: Row | undefined): 'base' | 'yours' => (row?.origin.from === 'base' ? 'base' : 'yours')

const aboveOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** The deepest folder that holds all of them. */
function common(group: readonly Lost[]): string {
  let top: string | undefined
  let before: number | undefined
  for (const one of group) {
    const number = one.folder
    if (number !== undefined && number === before) continue
    before = number
    const { entry } = one
    const folder = entry.type === 'package' ? entry.path : aboveOf(entry.path)
    top ??= folder
    while (top !== '/' && folder !== top && !folder.startsWith(`${top}/`)) top = aboveOf(top)
  }
  return top ?? '/'
}
