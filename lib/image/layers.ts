/** Layers as entries: one pass over each, by seeking where the bytes lie still, and no content unless asked for. */
import { createHash, type Hash, hash as hashOnce } from 'node:crypto'
import { UserError } from '../error.ts'
import type { Entry } from '../model.ts'
import { decompress, sniff } from './compress.ts'
import { entryMaker } from './entry.ts'
import { keepHeapSmall } from './heap.ts'
import { head, pieces, type Source } from './source.ts'
import type { StoredImage, StoredLayer } from './stored.ts'
import { type BodySink, type TarRecord, tarParser, walkTar } from './tar.ts'

/** An entry that learns its content later. */
export type ReadEntry = Entry & { content?: string }

/** What a layer holds. */
export interface LayerContent {
  /** In the order of the tar, duplicates included. */
  readonly entries: readonly ReadEntry[]
  /** For each entry, where its body begins in the uncompressed tar. */
  readonly bodies: readonly number[]
  /** Numbers of the entries whose stored bytes are not their content one after the other. */
  readonly sparse: ReadonlySet<number>
  /** Length of the uncompressed tar. */
  readonly tarBytes: number
}

export interface ReadOptions {
  /** Rewrites: a file that follows one of the same path and length learns its content, and so does the one before. */
  readonly contents: 'none' | 'rewrites'
  /** Check uncompressed layers too, and each diff ID, which means reading every byte. Compressed ones always are checked. */
  readonly verify: boolean
}

/** Entries of one image, all layers together. */
const entryLimit = 5_000_000

/**
 * Reads all layers, bottom up; a layer that the container does not have is undefined. Throws UserError on a broken layer
 * or a digest that does not match.
 */
export async function readLayers(
  image: StoredImage,
  options: ReadOptions,
): Promise<readonly (LayerContent | undefined)[]> {
  keepHeapSmall()
  const done = new Map<string, Promise<LayerContent>>()
  const reading = image.layers.map((layer) => {
    const { blob } = layer
    if (blob.open === undefined) return async () => undefined
    const key = blob.digest ?? layer.diffId ?? blob.name
    return () => {
      const same = done.get(key) ?? readLayer(layer, options)
      done.set(key, same)
      return same
    }
  })
  const layers = await inPairs(reading)
  let count = 0
  for (const layer of layers) count += layer?.entries.length ?? 0
  if (count > entryLimit) throw new UserError(`${image.name}: more than ${entryLimit} entries in its layers`)
  if (options.contents !== 'none') await learnContents(image, layers, rewrites(layers))
  return layers
}

/**
 * Gives files their `content`, a text that is equal where the bytes are; those that have one, and sparse ones, are
 * passed over. Throws UserError where the disk does.
 */
export function learnContents(
  image: StoredImage,
  layers: readonly (LayerContent | undefined)[],
  wanted: ReadonlySet<Entry>,
): Promise<void> {
  return passBodies(image, layers, (entry) => entry.content === undefined && wanted.has(entry), contentSink)
}

/** As much of a file is looked at first; two files of one length seldom begin with the same. */
const beginning = 1024

/**
 * Gives those of some files their `content` that may be equal to another of them: they have its length and begin like it.
 * Throws UserError where the disk does.
 */
export async function learnTwins(
  image: StoredImage,
  layers: readonly (LayerContent | undefined)[],
  files: readonly { readonly entry: Entry }[],
): Promise<void> {
  /** How many files have a length: one, or more. */
  const lengths = new Map<number, boolean>()
  for (const { entry } of files) if (hasBody(entry)) lengths.set(entry.size.low, lengths.has(entry.size.low))
  const candidates = new Set<Entry>()
  // The beginning of a file in a compressed layer costs as much as all of it, and it was hashed when the layer was read.
  const settled = new Set<number>()
  for (const { entry } of files) {
    if (!hasBody(entry) || lengths.get(entry.size.low) !== true) continue
    candidates.add(entry)
    if (entry.content !== undefined) settled.add(entry.size.low)
  }
  // Numbers in rows: a table of objects would be larger than that of the entries.
  const starts = layers.map((layer) => new Float64Array(layer?.entries.length ?? 0))
  const open = (entry: ReadEntry): boolean => !settled.has(entry.size.low) && candidates.has(entry)
  const sinkOf: SinkOf = (entry, layer, number) => ({
    write(piece) {
      starts[layer]![number] = 1 + entry.size.low + Number.parseInt(hashOnce('sha256', piece, 'hex').slice(0, 12), 16)
    },
    end: () => undefined,
  })
  await passBodies(image, layers, open, sinkOf, beginning)
  const alike = repeated(starts)
  await passBodies(
    image,
    layers,
    (entry, layer, number) =>
      entry.content === undefined &&
      candidates.has(entry) &&
      (settled.has(entry.size.low) || alike.has(starts[layer]![number]!)),
    contentSink,
  )
}

/** Numbers that are there more than once, 0 apart. */
function repeated(rows: readonly Float64Array[]): ReadonlySet<number> {
  const all = new Float64Array(rows.reduce((sum, row) => sum + row.length, 0))
  let filled = 0
  for (const row of rows) {
    all.set(row, filled)
    filled += row.length
  }
  all.sort()
  return new Set(all.filter((one, i) => one !== 0 && one === all[i + 1]))
}

/** The bytes of some files; those longer than `limit`, and sparse ones, are left out. Throws UserError where the disk does. */
export async function readBodies(
  image: StoredImage,
  layers: readonly (LayerContent | undefined)[],
  wanted: ReadonlySet<Entry>,
  limit: number,
): Promise<ReadonlyMap<Entry, Buffer>> {
  const found = new Map<Entry, Buffer>()
  await passBodies(
    image,
    layers,
    (entry) => wanted.has(entry) && entry.size.low <= limit,
    (entry) => {
      const parts: Buffer[] = []
      return { write: (piece) => parts.push(Buffer.from(piece)), end: () => found.set(entry, Buffer.concat(parts)) }
    },
  )
  return found
}

type SinkOf = (entry: ReadEntry, layer: number, number: number) => BodySink

async function passBodies(
  image: StoredImage,
  layers: readonly (LayerContent | undefined)[],
  wanted: (entry: ReadEntry, layer: number, number: number) => boolean,
  sinkOf: SinkOf,
  most?: number,
): Promise<void> {
  for (const [i, layer] of layers.entries()) {
    if (layer === undefined) continue
    const numbers: number[] = []
    for (const [number, entry] of layer.entries.entries()) {
      if (entry.type === 'file' && wanted(entry, i, number) && !layer.sparse.has(number)) numbers.push(number)
    }
    if (numbers.length > 0)
      await passLayer(image.layers[i]!, layer, numbers, (entry, number) => sinkOf(entry, i, number), most)
  }
}

/** Two at a time: unpacking runs beside us. The first error stops the rest. */
async function inPairs<T>(tasks: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const results: T[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < tasks.length) {
      const i = next++
      try {
        results[i] = await tasks[i]!()
      } catch (error) {
        next = tasks.length
        throw error
      }
    }
  }
  await Promise.all([worker(), worker()])
  return results
}

async function readLayer(layer: StoredLayer, options: ReadOptions): Promise<LayerContent> {
  const { blob, diffId } = layer
  const source = await blob.open!()
  try {
    const entries: ReadEntry[] = []
    const bodies: number[] = []
    const sparse = new Set<number>()
    const toEntry = entryMaker(blob.name, 'layer of the image')
    const keep = (record: TarRecord): ReadEntry | undefined => {
      const entry = toEntry(record)
      if (entry === undefined) return undefined
      if (record.sparse) sparse.add(entries.length)
      entries.push(entry)
      bodies.push(record.body)
      return entry
    }
    const compression = sniff(head(source, 10))
    if (compression === undefined && !options.verify) {
      walkTar(source, (record) => {
        keep(record)
        return undefined
      })
      return { entries, bodies, sparse, tarBytes: source.bytes }
    }
    // Unpacking twice costs more than hashing what passes by.
    const hashing = compression !== undefined && options.contents !== 'none'
    const parser = tarParser(blob.name, (record) => {
      const entry = keep(record)
      return hashing && entry !== undefined && hashable(entry, record.sparse) ? contentSink(entry) : undefined
    })
    const packed = compression === undefined || blob.digest === undefined ? undefined : hashOf(blob.digest)
    // What has a digest as it is stored is vouched for by that.
    const vouched = packed !== undefined && !options.verify
    const plain = vouched ? undefined : hashOf(diffId ?? blob.digest)
    const input = watched(source, packed)
    let tarBytes = 0
    for await (const piece of compression === undefined ? input : decompress(input, compression, blob.name)) {
      tarBytes += piece.length
      plain?.update(piece)
      if (!parser.ended) parser.feed(piece)
    }
    parser.finish()
    compareDigest(blob.name, packed, blob.digest)
    compareDigest(blob.name, plain, diffId ?? (compression === undefined ? blob.digest : undefined))
    return { entries, bodies, sparse, tarBytes }
  } finally {
    source.close()
  }
}

const hashable = (entry: ReadEntry, sparse: boolean): boolean => entry.type === 'file' && !sparse && entry.size.low > 0

const hashOf = (digest: string | undefined): Hash | undefined =>
  digest === undefined ? undefined : createHash(digest.startsWith('sha512:') ? 'sha512' : 'sha256')

function compareDigest(name: string, hash: Hash | undefined, wanted: string | undefined): void {
  if (hash === undefined || wanted === undefined) return
  const found = `${wanted.slice(0, wanted.indexOf(':'))}:${hash.digest('hex')}`
  if (found !== wanted) {
    throw new UserError(`${name}: its content does not match its digest: it is ${found}, not ${wanted}`)
  }
}

function* watched(source: Source, hash: Hash | undefined): Generator<Buffer> {
  for (const piece of pieces(source)) {
    hash?.update(piece)
    yield piece
  }
}

function contentSink(entry: ReadEntry): BodySink {
  let hash: Hash | undefined
  return {
    write(piece) {
      // What comes in one piece needs no object that remembers.
      if (hash === undefined && piece.length === entry.size.low)
        entry.content = `sha256:${hashOnce('sha256', piece, 'hex')}`
      else {
        hash ??= createHash('sha256')
        hash.update(piece)
      }
    },
    end() {
      if (hash !== undefined) entry.content = `sha256:${hash.digest('hex')}`
    },
  }
}

/** Files that follow one of the same path and length in a lower layer, and those that they follow. */
function rewrites(layers: readonly (LayerContent | undefined)[]): ReadonlySet<Entry> {
  const wanted = new Set<Entry>()
  /** Paths of all layers but the lowest, which is the largest: only those can be there twice. */
  const upper = new Set<string>()
  for (const content of layers.slice(1))
    for (const entry of content?.entries ?? []) if (hasBody(entry)) upper.add(entry.path)
  if (upper.size === 0) return wanted
  const last = new Map<string, Entry>()
  for (const content of layers) {
    for (const entry of content?.entries ?? []) {
      if (!hasBody(entry) || !upper.has(entry.path)) continue
      const before = last.get(entry.path)
      if (before !== undefined && before.size.low === entry.size.low) wanted.add(before).add(entry)
      last.set(entry.path, entry)
    }
  }
  return wanted
}

/** The content of an empty file is known. */
const hasBody = ({ type, size }: Entry): boolean => type === 'file' && size.low > 0

const windowBytes = 1 << 20

/** Hands out bodies of a layer. One window is read for all that lies in it. */
async function passLayer(
  layer: StoredLayer,
  content: LayerContent,
  which: readonly number[],
  sinkOf: (entry: ReadEntry, number: number) => BodySink,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const source = await layer.blob.open!()
  try {
    if (sniff(head(source, 10)) !== undefined) return await passStream(source, layer, content, which, sinkOf)
    const window = Buffer.allocUnsafe(Math.min(windowBytes, 64 * most))
    let from = 0
    let to = 0
    for (const number of [...which].sort((a, b) => content.bodies[a]! - content.bodies[b]!)) {
      const entry = content.entries[number]!
      const sink = sinkOf(entry, number)
      const end = content.bodies[number]! + Math.min(entry.size.low, most)
      for (let at = content.bodies[number]!; at < end; ) {
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
  } finally {
    source.close()
  }
}

async function passStream(
  source: Source,
  layer: StoredLayer,
  content: LayerContent,
  which: readonly number[],
  sinkOf: (entry: ReadEntry, number: number) => BodySink,
): Promise<void> {
  const byBody = new Map(which.map((number) => [content.bodies[number]!, number]))
  const parser = tarParser(layer.blob.name, (record) => {
    const number = byBody.get(record.body)
    return number === undefined ? undefined : sinkOf(content.entries[number]!, number)
  })
  for await (const piece of decompress(pieces(source), sniff(head(source, 10))!, layer.blob.name)) {
    parser.feed(piece)
    if (parser.ended) return
  }
}
