/** Waste by the pair of rows that made it: who wrote the bytes, who hid them. Shapes of `stratigraph/waste@1`. */
import type { Image, Row, Size, Waste, WasteClass } from '../model.ts'
import { sum } from '../size.ts'

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
export function pairs(image: Pick<Image, 'rows' | 'layers'>, waste: readonly Waste[], limit = 100): readonly Pair[] {
  const groups = new Map<string, Waste[]>()
  for (const one of waste) {
    const key = `${rowOf(image, one.layer)} ${rowOf(image, one.killer)}`
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

function pair(image: Pick<Image, 'rows' | 'layers'>, group: readonly Waste[], limit: number): Pair {
  const first = group[0]
  const creator = rowOf(image, first?.layer ?? -1)
  const killer = rowOf(image, first?.killer ?? -1)
  const classes: Partial<Record<WasteClass, Size>> = {}
  for (const one of new Set(group.map((waste) => waste.class)))
    classes[one] = sum(group.filter((waste) => waste.class === one).map(({ entry }) => entry.size))
  const paths = group
    .toSorted((a, b) => weight(b.entry.size) - weight(a.entry.size) || (a.entry.path < b.entry.path ? -1 : 1))
    .slice(0, limit)
    .map(({ entry, class: how }) => ({ path: entry.path, bytes: entry.size, class: how }))
  return {
    creator,
    killer,
    bytes: sum(group.map(({ entry }) => entry.size)),
    files: group.reduce((count, { entry }) => count + (entry.files ?? 1), 0),
    top: common(group.map(({ entry }) => (entry.type === 'package' ? entry.path : aboveOf(entry.path)))),
    classes,
    owners: `${ownerOf(image.rows[creator])}/${ownerOf(image.rows[killer])}` as Owners,
    paths,
    more: group.length - paths.length,
  }
}

const ownerOf = (row: Row | undefined): 'base' | 'yours' => (row?.origin.from === 'base' ? 'base' : 'yours')

const aboveOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** The deepest folder that holds all of some folders. */
function common(folders: readonly string[]): string {
  let top = folders[0] ?? '/'
  for (const folder of folders)
    while (top !== '/' && folder !== top && !folder.startsWith(`${top}/`)) top = aboveOf(top)
  return top
}
