/** What is in files: learned where it can be asked about, and only there. */
import { createHash, type Hash, hash as hashOnce } from 'node:crypto'
import { UserError } from '../error.ts'
import type { Entry } from '../model.ts'
import { lastThat } from '../sorted.ts'
import { decompress, sniff } from './compress.ts'
import type { Source } from './readable.ts'
import { head, pieces } from './source.ts'
import type { StoredImage, StoredLayer } from './stored.ts'
import { placeOf, type Table, unknownContent } from './table.ts'
import { type BodySink, tarParser } from './tar.ts'

type Tables = readonly (Table | undefined)[]

/** Whether an entry is a file whose stored bytes are its content; that of an empty one is known. */
export const hasBody = (table: Table, number: number): boolean =>
  table.bytes(number) > 0 && table.type(number) === 'file' && !table.sparse.has(number)

/**
 * Gives files, glimpses of the tables, their content, a text that is equal where the bytes are; those that have one, and
 * sparse ones, are passed over. Throws UserError where the disk does.
 */
export function learnContents(image: StoredImage, layers: Tables, wanted: Iterable<Entry>): Promise<void> {
  const places = placesOf(wanted)
  return learn(image, layers, (layer, number) => places.get(layer)?.has(number) === true)
}

/** Numbers of glimpses, by table. */
function placesOf(entries: Iterable<Entry>): ReadonlyMap<Table, ReadonlySet<number>> {
  const found = new Map<Table, Set<number>>()
  for (const entry of entries) {
    const place = placeOf(entry)
    if (place === undefined) continue
    const numbers = found.get(place.table) ?? new Set<number>()
    found.set(place.table, numbers.add(place.number))
  }
  return found
}

/**
 * Gives files their content that may be equal to another one of the image. Where no layer is compressed they are compared
 * with each other, which is ten times as fast as hashing them. Throws UserError where the disk does.
 */
export async function learnTwins(image: StoredImage, layers: Tables): Promise<void> {
  const alike = new Alike(layers)
  const settled = hashedLengths(layers)
  if (settled.size > 0 || layers.length > openLimit) {
    return learn(
      image,
      layers,
      (layer, number, index) =>
        alike.has(index, number) || (settled.has(layer.bytes(number)) && hasBody(layer, number)),
    )
  }
  const rest = await compareAlike(image, layers, alike)
  if (rest.some((numbers) => numbers.size > 0))
    await learn(image, layers, (_, number, index) => rest[index]!.has(number))
}

const none = new Int32Array(0)

/** Lengths of files that were hashed as their layer was unpacked, and whose beginning is not known therefore. */
function hashedLengths(layers: Tables): ReadonlySet<number> {
  const lengths = new Set<number>()
  for (const layer of layers) {
    if (layer === undefined || layer.hasFolds) continue
    for (let number = 0; number < layer.count; number++) if (hasBody(layer, number)) lengths.add(layer.bytes(number))
  }
  return lengths
}

/** Layers that are open at one time. */
const openLimit = 200

/** An entry: its layer, the index of that, and its number there. */
interface Place {
  readonly layer: Table
  readonly number: number
  readonly index: number
}

/**
 * Files that begin alike, of tables that were not hashed; one that is there twice counts once. Columns, by entries counted
 * through: a set and an object for each of a million take too much.
 */
class Alike {
  private readonly layers: Tables
  /** By layer, the number of its first entry. */
  private readonly firsts: number[] = []
  private readonly count: number
  /** The next entry that begins as one does, counted from 1; 0: there is none. */
  private readonly nexts: Int32Array
  /** Whether there is one before it. */
  private readonly follows: Uint8Array

  constructor(layers: Tables) {
    this.layers = layers
    const folded = layers.map((layer, i) => (layer?.hasFolds && layers.indexOf(layer) === i ? layer.folds : none))
    let count = 0
    for (const { length } of folded) {
      this.firsts.push(count)
      count += length
    }
    this.count = count
    this.nexts = new Int32Array(count)
    this.follows = new Uint8Array(count)
    this.chain(folded)
  }

  has(index: number, number: number): boolean {
    const layer = this.layers[index]!
    if (!layer.hasFolds) return false
    const entry = this.firsts[this.layers.indexOf(layer)]! + number
    return this.nexts[entry] !== 0 || this.follows[entry] === 1
  }

  /** Groups in the order of their first files, and in each the files in their order. */
  *groups(): Generator<readonly Place[]> {
    for (let entry = 0; entry < this.count; entry++) {
      if (this.nexts[entry] === 0 || this.follows[entry] === 1) continue
      const group: Place[] = []
      for (let at = entry + 1; at !== 0; at = this.nexts[at - 1]!) group.push(this.place(at - 1))
      yield group
    }
  }

  private place(entry: number): Place {
    const index = lastThat(this.firsts.length, (layer) => this.firsts[layer]! <= entry)
    return { layer: this.layers[index]!, number: entry - this.firsts[index]!, index }
  }

  /** From the last entry to the first, each before those that begin alike, by an open hash table. */
  private chain(folded: readonly Int32Array[]): void {
    const { nexts, follows } = this
    const all = new Int32Array(this.count)
    for (const [i, folds] of folded.entries()) all.set(folds, this.firsts[i]!)
    let bits = 10
    while (2 ** bits < 2 * this.count) bits++
    const slots = new Int32Array(2 ** bits)
    const mask = slots.length - 1
    // Nobody can prepare files that meet in the table. What comes out does not depend on it.
    const factor = (Math.random() * 2 ** 32) | 1
    for (let entry = this.count - 1; entry >= 0; entry--) {
      const fold = all[entry]!
      if (fold === 0) continue
      let slot = Math.imul(fold, factor) >>> (32 - bits)
      while (slots[slot] !== 0 && all[slots[slot]! - 1] !== fold) slot = (slot + 1) & mask
      const next = slots[slot]!
      nexts[entry] = next
      if (next !== 0) follows[next - 1] = 1
      slots[slot] = entry + 1
    }
  }
}

/** Compares files with the first of their group. Those that are equal learn so; gives those that are not, by layer. */
async function compareAlike(image: StoredImage, layers: Tables, alike: Alike): Promise<readonly ReadonlySet<number>[]> {
  const sources: Source[] = []
  try {
    for (const [i, layer] of layers.entries()) if (layer !== undefined) sources[i] = await image.layers[i]!.blob.open!()
    const rest = layers.map(() => new Set<number>())
    const [left, right] = [sources.map(windowOn), sources.map(windowOn)]
    for (const [first, ...more] of alike.groups()) {
      let same = false
      for (const one of more) {
        if (!areEqual(first!, one, left[first!.index]!, right[one.index]!)) rest[one.index]!.add(one.number)
        else {
          if (!same) first!.layer.learn(first!.number, `as ${first!.index} ${first!.number}`)
          one.layer.learnFrom(one.number, first!.layer, first!.number)
          same = true
        }
      }
    }
    return rest
  } finally {
    for (const source of sources) source?.close()
  }
}

function areEqual(a: Place, b: Place, left: Window, right: Window): boolean {
  const bytes = a.layer.bytes(a.number)
  if (bytes !== b.layer.bytes(b.number)) return false
  for (let at = 0; at < bytes; at += comparedBytes) {
    const length = Math.min(comparedBytes, bytes - at)
    if (!left(a.layer.body(a.number) + at, length).equals(right(b.layer.body(b.number) + at, length))) return false
  }
  return true
}

/** The bytes from a place on; good until the next call. No more than `comparedBytes` at one time. */
type Window = (at: number, length: number) => Buffer

const comparedBytes = 128 << 10

/**
 * A view of a source. Files that are equal often lie side by side: what begins near the end of the last read is read
 * with what follows.
 */
function windowOn(source: Source): Window {
  let space: Buffer | undefined
  let from = 0
  let to = 0
  return (at, length) => {
    if (at < from || at + length > to) {
      space ??= Buffer.allocUnsafe(comparedBytes)
      const isNear = at >= from && at - to < comparedBytes
      from = at
      to = at + source.read(at, isNear ? space : space.subarray(0, length))
      if (to < at + length) throw new UserError(`${source.name}: ends after ${to} of ${at + length} bytes`)
    }
    return space!.subarray(at - from, at - from + length)
  }
}

/** The bytes of some files, glimpses of the tables; those longer than `limit`, and sparse ones, are left out. Throws UserError where the disk does. */
export async function readBodies(
  image: StoredImage,
  layers: Tables,
  wanted: Iterable<Entry>,
  limit: number,
): Promise<(entry: Entry) => Buffer | undefined> {
  const places = placesOf(wanted)
  const found = new Map<Table, Map<number, Buffer>>()
  await passBodies(
    image,
    layers,
    (layer, number) => layer.bytes(number) <= limit && places.get(layer)?.has(number) === true,
    (layer, number) => {
      const parts: Buffer[] = []
      const bodies = found.get(layer) ?? new Map<number, Buffer>()
      found.set(layer, bodies)
      return { write: (piece) => parts.push(Buffer.from(piece)), end: () => bodies.set(number, Buffer.concat(parts)) }
    },
  )
  return (entry) => {
    const place = placeOf(entry)
    return place === undefined ? undefined : found.get(place.table)?.get(place.number)
  }
}

type IsWanted = (layer: Table, number: number, index: number) => boolean
type SinkOf = (layer: Table, number: number) => BodySink

const learn = (image: StoredImage, layers: Tables, isWanted: IsWanted): Promise<void> =>
  passBodies(
    image,
    layers,
    (layer, number, index) => layer.content(number) === unknownContent && isWanted(layer, number, index),
    contentSink,
  )

async function passBodies(image: StoredImage, layers: Tables, isWanted: IsWanted, sinkOf: SinkOf): Promise<void> {
  for (const [i, layer] of layers.entries()) {
    if (layer === undefined) continue
    const numbers: number[] = []
    for (let number = 0; number < layer.count; number++)
      if (layer.type(number) === 'file' && !layer.sparse.has(number) && isWanted(layer, number, i)) numbers.push(number)
    if (numbers.length > 0) await passLayer(image.layers[i]!, layer, numbers, sinkOf)
  }
}

/** A sink that learns the content of an entry; `map`: where its bytes belong, of a sparse file. */
export function contentSink(table: Table, number: number, map?: string): BodySink {
  const holes = map === undefined ? undefined : `${table.bytes(number)} ${map} `
  let hash: Hash | undefined = holes === undefined ? undefined : createHash('sha256').update(holes)
  return {
    write(piece) {
      // What comes in one piece needs no object that remembers.
      if (hash === undefined && piece.length === table.bytes(number))
        table.learn(number, `sha256:${hashOnce('sha256', piece, 'hex')}`)
      else {
        hash ??= createHash('sha256')
        hash.update(piece)
      }
    },
    end() {
      if (hash !== undefined) table.learn(number, `${holes === undefined ? 'sha256' : 'sparse'}:${hash.digest('hex')}`)
    },
  }
}

const windowBytes = 1 << 20

/** Hands out bodies of a layer. */
async function passLayer(layer: StoredLayer, table: Table, which: readonly number[], sinkOf: SinkOf): Promise<void> {
  const source = await layer.blob.open!()
  try {
    const packed = sniff(head(source, 10))
    if (packed === undefined) passPlain(source, table, which, sinkOf)
    else await passPacked(decompress(pieces(source), packed, layer.blob.name), layer.blob.name, table, which, sinkOf)
  } finally {
    source.close()
  }
}

/** The same of a tar that is unpacked as it comes, as far as its end. */
async function passPacked(
  tar: AsyncIterable<Buffer>,
  name: string,
  table: Table,
  which: readonly number[],
  sinkOf: SinkOf,
): Promise<void> {
  const byBody = new Map(which.map((number) => [table.body(number), number]))
  const parser = tarParser(name, (record) => {
    const number = byBody.get(record.body)
    return number === undefined ? undefined : sinkOf(table, number)
  })
  for await (const piece of tar) {
    parser.feed(piece)
    if (parser.ended) return
  }
}

/** The same of a tar in which one can seek. One window is read for all that lies in it. */
function passPlain(source: Source, table: Table, which: readonly number[], sinkOf: SinkOf): void {
  const window = Buffer.allocUnsafe(windowBytes)
  let from = 0
  let to = 0
  // In the order of the tar, which is that of the bodies.
  for (const number of which) {
    const sink = sinkOf(table, number)
    const end = table.body(number) + table.bytes(number)
    for (let at = table.body(number); at < end; ) {
      if (at < from || at >= to || (end > to && end - at <= window.length)) {
        from = at
        to = at + source.read(at, window)
        if (to === from) throw new UserError(`${source.name}: ends after ${at} of ${end} bytes`)
      }
      const part = window.subarray(at - from, Math.min(end, to) - from)
      sink.write(part)
      at += part.length
    }
    sink.end()
  }
}
