/** The life of one path through the layers, and the listings of files. Shapes of `stratigraph/path@1` and `files@1`. */
import type { Entry, EntryType, Image, Layer, Size } from '../model.ts'
import { showsStandIn } from '../shell/known.ts'
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
 * hides something; one of a folder above counts. A hard link to the file that is there already is no version. Where the
 * path may be in a layer that is not fully known, or in a package, `copyUp` is unknown.
 */
export function pathLife(layers: readonly Layer[], path: string): PathLife {
  const { versions, live, hazy } = follow({ layers, near: new Map(), bodies: new Map() }, path, undefined)
  const seen = live?.at === undefined ? undefined : versions[live.at]
  if (live?.at !== undefined && seen !== undefined) versions[live.at] = { ...seen, state: 'visible' }
  const nothing = hazy ? unknown('a layer or a package that is not listed') : zero
  return { path, versions: versions.reverse(), copyUp: seen === undefined ? nothing : seen.bytes }
}

/** What has been looked up. */
interface Known {
  readonly layers: readonly Layer[]
  /** Entries that a path is about, by layer. */
  readonly near: Map<string, readonly ReadonlyMap<number, Entry>[]>
  /** By layer and number of a hard link. */
  readonly bodies: Map<string, Body>
}

/** An entry and where it is. */
interface Stored {
  readonly layer: number
  /** Its place in the layer. */
  readonly number: number
  readonly entry: Entry
}

/** The entry whose bytes something has; null: it has none; undefined: not looked for to the end. */
type Body = Stored | null | undefined

/** What is at a path. */
interface Live {
  /** Its place among the versions; undefined: a folder that no layer names. */
  readonly at: number | undefined
  readonly entry: Entry
  readonly body: Body
}

interface Followed {
  readonly versions: Version[]
  readonly live: Live | undefined
  readonly hazy: boolean
}

/** Follows a path to the end, or until an entry was to be stored; `links`: how many hard links led here. */
function follow(known: Known, path: string, end: Stored | undefined, links = 0): Followed {
  const versions: Version[] = []
  let live: Live | undefined
  let hazy = false
  const nearby = nearIn(known, path)
  for (const [layer, { row, complete }] of known.layers.entries()) {
    if (end !== undefined && layer > end.layer) break
    const entries = nearby[layer]!
    hazy ||= !complete
    const mark = [...entries.values()].find((entry) => hides(entry, path))
    if (mark !== undefined && !mark.maybe) hazy = !complete
    if (mark !== undefined && live !== undefined) {
      versions.push({ layer, row, bytes: zero, mode: null, state: 'whiteout' })
      live = mark.maybe ? live : undefined
    }
    for (const [number, entry] of entries) {
      if (layer === end?.layer && number >= end.number) break
      if (isMark(entry)) continue
      if (entry.type === 'package') hazy ||= mayHold(entry, path)
      else if (entry.path === path) {
        const body = bodyOf(known, { layer, number, entry }, links)
        if (entry.type === 'hardlink' && isSame(body, live?.body)) continue
        live = { at: versions.length, entry, body }
        versions.push({ layer, row, bytes: payload(body), mode: octal(entry.mode), state: 'hidden' })
      } else if (isAbove(path, entry.path)) {
        // What holds something is a folder, whatever it was before.
        if (live?.entry.type !== 'dir' && !entry.maybe)
          live = { at: undefined, entry: { ...entry, type: 'dir' }, body: null }
      } else if (entry.type !== 'dir' && isAbove(entry.path, path)) live = undefined
    }
  }
  return { versions, live, hazy }
}

/** Hard links that name each other one after the other; writers name the first of them, so there are hardly two. */
const mostLinks = 40
/** Hard links that are looked up for one path. */
const mostBodies = 100

/** The file a hard link names is what was at that path when the link was stored. */
function bodyOf(known: Known, stored: Stored, links: number): Body {
  const { layer, number, entry } = stored
  if (entry.type === 'file') return stored
  if (entry.type !== 'hardlink' || entry.link === null) return null
  const key = `${layer} ${number}`
  if (known.bodies.has(key)) return known.bodies.get(key)
  if (links === mostLinks || known.bodies.size === mostBodies) return undefined
  // While it is looked for it has none.
  known.bodies.set(key, null)
  const live = isAbove(entry.link, entry.path) ? undefined : follow(known, entry.link, stored, links + 1).live
  const body = live === undefined ? null : live.body
  known.bodies.set(key, body)
  return body
}

const isSame = (one: Body, other: Body): boolean =>
  one !== undefined && one !== null && one.layer === other?.layer && one.number === other.number

/** Bytes of a file, or of the file a hard link names. */
function payload(body: Body): Size {
  if (body === undefined) return unknown('a hard link to a hard link, and so on')
  if (body === null) return zero
  return body.entry.maybe ? perhaps(body.entry.size) : body.entry.size
}

function nearIn({ layers, near }: Known, path: string): readonly ReadonlyMap<number, Entry>[] {
  const found = near.get(path) ?? layers.map((layer) => inLayer(layer, path))
  near.set(path, found)
  return found
}

/** Entries of a layer that a path is about; more where they lie in no table. */
const inLayer = (layer: Layer, path: string): ReadonlyMap<number, Entry> =>
  layer.table?.near(path) ?? new Map(layer.entries.entries())

const isMark = ({ type }: Entry): boolean => type === 'whiteout' || type === 'opaque'

const isAbove = (folder: string, path: string): boolean =>
  folder !== path && (folder === '/' || path.startsWith(`${folder}/`))

const hides = ({ type, path: at, label }: Entry, path: string): boolean =>
  label === undefined &&
  ((type === 'whiteout' && (at === path || isAbove(at, path))) || (type === 'opaque' && isAbove(at, path)))

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
  /** What a package is; of anything predicted, that `${…}` in its path stands for text nobody knows. */
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
  const real = image.layers.map(({ table }) => table !== undefined)
  for (const { entry, layer, bytes, folder } of files)
    if (below === '/' || entry.path === below || entry.path.startsWith(`${below}/`))
      yield new Line(entry, layer, rows[layer] ?? -1, bytes, folder, real[layer] === true)
}

/** One layer's own entries in its order, whiteouts included; nothing for an index that is none. May be gone through again. */
export const listLayer = (image: Pick<Image, 'layers'>, index: number): Iterable<Listing> => ({
  *[Symbol.iterator]() {
    const layer = image.layers[index]
    if (layer === undefined) return
    for (const entry of layer.table?.all ?? layer.entries)
      yield new Line(entry, index, layer.row, entry.size, undefined, layer.table !== undefined)
  },
})

/** What nobody asks for is not looked up. */
class Line implements Listing {
  private readonly entry: Entry
  readonly layer: number
  readonly row: number
  readonly bytes: Size
  readonly folder: number | undefined
  private readonly real: boolean

  constructor(entry: Entry, layer: number, row: number, bytes: Size, folder: number | undefined, real: boolean) {
    this.entry = entry
    this.layer = layer
    this.row = row
    this.bytes = bytes
    this.folder = folder
    this.real = real
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
    return this.entry.label ?? (!this.real && showsStandIn(this.entry.path) ? 'part of its path is not known' : null)
  }
}
