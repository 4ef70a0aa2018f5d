/** The life of one path through the layers, and the listings of files. Shapes of `stratigraph/path@1` and `files@1`. */
import type { Entry, EntryType, Image, Layer, Size } from '../model.ts'
import { perhaps, unknown, zero } from '../size.ts'
import { mayHold } from './node.ts'
import type { Seen } from './seen.ts'

/** One layer's say on a path. */
export interface Version {
  readonly layer: number
  readonly row: number
  /** Payload; of a hard link that of its file. */
  readonly bytes: Size
  /** Four octal digits; null: not known, or a whiteout. */
  readonly mode: string | null
  readonly state: 'visible' | 'hidden' | 'whiteout'
}

/** A path's versions, newest first, and what the first write to it in a container copies: the whole file. */
export interface PathLife {
  readonly path: string
  readonly versions: readonly Version[]
  readonly copyUp: Size
}

/**
 * Follows one path, names taken literally, through layers that run oldest first. A whiteout is told only where it
 * hides something; one of a folder above counts. Where the path may be in a layer that is not fully known, or in a
 * package, `copyUp` is unknown.
 */
export function pathLife(layers: readonly Layer[], path: string): PathLife {
  const versions: Version[] = []
  /** What is there; undefined as its place among the versions: a folder that no layer names. */
  let live: { readonly at: number | undefined; readonly entry: Entry } | undefined
  let hazy = false
  for (const [layer, one] of layers.entries()) {
    const { row, complete } = one
    const entries = near(one, path)
    hazy ||= !complete
    const mark = [...entries.values()].find((entry) => hides(entry, path))
    if (mark !== undefined && !mark.maybe) hazy = !complete
    if (mark !== undefined && live !== undefined) {
      versions.push({ layer, row, bytes: zero, mode: null, state: 'whiteout' })
      live = mark.maybe ? live : undefined
    }
    for (const [number, entry] of entries) {
      if (isMark(entry)) continue
      if (entry.type === 'package') hazy ||= mayHold(entry, path)
      else if (entry.path === path) {
        live = { at: versions.length, entry }
        const bytes = payload(layers, { layer, number, entry })
        versions.push({ layer, row, bytes, mode: octal(entry.mode), state: 'hidden' })
      } else if (isAbove(path, entry.path)) {
        // What holds something is a folder, whatever it was before.
        if (live?.entry.type !== 'dir' && !entry.maybe) live = { at: undefined, entry: { ...entry, type: 'dir' } }
      } else if (entry.type !== 'dir' && isAbove(entry.path, path)) live = undefined
    }
  }
  const seen = live?.at === undefined ? undefined : versions[live.at]
  if (live?.at !== undefined && seen !== undefined) versions[live.at] = { ...seen, state: 'visible' }
  const nothing = hazy ? unknown('a layer or a package that is not listed') : zero
  return { path, versions: versions.reverse(), copyUp: seen === undefined ? nothing : seen.bytes }
}

/** Entries of a layer that a path is about; more where they lie in no table. */
const near = (layer: Layer, path: string): ReadonlyMap<number, Entry> =>
  layer.table?.near(path) ?? new Map(layer.entries.entries())

const isMark = ({ type }: Entry): boolean => type === 'whiteout' || type === 'opaque'

const isAbove = (folder: string, path: string): boolean =>
  folder !== path && (folder === '/' || path.startsWith(`${folder}/`))

const hides = ({ type, path: at, label }: Entry, path: string): boolean =>
  label === undefined &&
  ((type === 'whiteout' && (at === path || isAbove(at, path))) || (type === 'opaque' && isAbove(at, path)))

/** An entry and where it is. */
interface Stored {
  readonly layer: number
  /** Its place in the layer. */
  readonly number: number
  readonly entry: Entry
}

/** Hard links that name each other one after the other; writers name the first of them, so there are hardly two. */
const mostLinks = 40

/** Bytes of a file, or of the file a hard link names: what was at that path when the link was stored. */
function payload(layers: readonly Layer[], stored: Stored): Size {
  let at: Stored | undefined = stored
  for (let links = 0; links < mostLinks; links++) {
    const entry: Entry = at.entry
    if (entry.type === 'file') return entry.maybe ? perhaps(entry.size) : entry.size
    at = entry.type === 'hardlink' && entry.link !== null ? before(layers, at, entry.link) : undefined
    if (at === undefined) return zero
  }
  return unknown('a hard link to a hard link, and so on')
}

/** The newest thing at a path that was stored before another one; undefined: there is none. */
function before(layers: readonly Layer[], { layer: top, number: end }: Stored, path: string): Stored | undefined {
  for (let layer = top; layer >= 0; layer--) {
    let found: Stored | undefined
    for (const [number, entry] of near(layers[layer]!, path))
      if (entry.path === path && !isMark(entry) && (layer < top || number < end)) found = { layer, number, entry }
    if (found !== undefined) return found
  }
  return undefined
}

/** There are few modes and many files. */
const octals = new Map<number, string>()

/** `0755`; null where not known. */
export function octal(mode: number | null): string | null {
  if (mode === null) return null
  const known = octals.get(mode)
  if (known !== undefined) return known
  const text = mode.toString(8).padStart(4, '0')
  octals.set(mode, text)
  return text
}

/** One line of `stratigraph/files@1`. */
export interface Listing {
  readonly path: string
  readonly type: EntryType
  /** Payload; each further name of a file has that of the file. */
  readonly bytes: Size
  readonly mode: string | null
  readonly uid: number | null
  readonly gid: number | null
  readonly link: string | null
  readonly layer: number
  readonly row: number
  readonly label: string | null
  /** Of a real file: equal where the folder is equal. Absent: not known. */
  readonly folder?: number | undefined
}

/** What is seen in the end at a path and below it, sorted by path. May be gone through again. */
export const listFiles = (image: Pick<Image, 'layers'>, seen: Pick<Seen, 'files'>, below = '/'): Iterable<Listing> => ({
  [Symbol.iterator]: () => listBelow(image, seen, below),
})

function* listBelow(image: Pick<Image, 'layers'>, { files }: Pick<Seen, 'files'>, below: string): Generator<Listing> {
  const rows = image.layers.map(({ row }) => row)
  for (const { entry, layer, bytes, folder } of files)
    if (below === '/' || entry.path === below || entry.path.startsWith(`${below}/`))
      yield new Line(entry, layer, rows[layer] ?? -1, bytes, folder)
}

/** One layer's own entries in its order, whiteouts included; nothing for an index that is none. May be gone through again. */
export const listLayer = (image: Pick<Image, 'layers'>, index: number): Iterable<Listing> => ({
  *[Symbol.iterator]() {
    const layer = image.layers[index]
    if (layer === undefined) return
    for (const entry of layer.table?.all ?? layer.entries)
      yield new Line(entry, index, layer.row, entry.size, undefined)
  },
})

/** What nobody asks for is not looked up. */
class Line implements Listing {
  private readonly entry: Entry
  readonly layer: number
  readonly row: number
  readonly bytes: Size
  readonly folder: number | undefined

  constructor(entry: Entry, layer: number, row: number, bytes: Size, folder: number | undefined) {
    this.entry = entry
    this.layer = layer
    this.row = row
    this.bytes = bytes
    this.folder = folder
  }

  get path(): string {
    return this.entry.path
  }

  get type(): EntryType {
    return this.entry.type
  }

  get mode(): string | null {
    return octal(this.entry.mode)
  }

  get uid(): number | null {
    return this.entry.uid
  }

  get gid(): number | null {
    return this.entry.gid
  }

  get link(): string | null {
    return this.entry.link
  }

  get label(): string | null {
    return this.entry.label ?? null
  }
}
