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
  const sizes = group.map(({ entry }) => entry.size)
  for (const [i, { entry, class: how }] of group.entries()) {
    const size = sizes[i]!
    const ofClass = classes.get(how) ?? tally()
    classes.set(how, ofClass)
    ofClass.add(size)
    all.add(size)
    files += entry.files ?? 1
  }
  const paths = largest(group, sizes, limit)
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
function largest(group: readonly Lost[], sizes: readonly Size[], limit: number): readonly PairPath[] {
  const weights = new Float64Array(sizes.map(weight))
  const least = group.length > limit ? weights.toSorted()[group.length - limit]! : 0
  return group
    .filter((_, i) => weights[i]! >= least)
    .map(({ entry, class: how }) => ({ path: entry.path, bytes: entry.size, class: how }))
    .sort((a, b) => weight(b.bytes) - weight(a.bytes) || (a.path < b.path ? -1 : 1))
    .slice(0, limit)
}

const ownerOf = (row: Row | undefined): 'base' | 'yours' => (row?.origin.from === 'base' ? 'base' : 'yours')

const aboveOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** The deepest folder that holds all of them. */
function common(group: readonly Lost[]): string {
  let top: string | undefined
  let before: number | undefined
  for (const { entry, folder: number } of group) {
    if (number !== undefined && number === before) continue
    before = number
    const folder = entry.type === 'package' ? entry.path : aboveOf(entry.path)
    top ??= folder
    while (top !== '/' && folder !== top && !folder.startsWith(`${top}/`)) top = aboveOf(top)
  }
  return top ?? '/'
}
