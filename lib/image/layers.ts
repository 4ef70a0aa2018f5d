/** Layers as entries: one pass over each, by seeking where the bytes lie still, and no content unless asked for. */
import { createHash, type Hash } from 'node:crypto'
import { UserError } from '../error.ts'
import type { Entry } from '../model.ts'
import { decompress, sniff } from './compress.ts'
import { entryMaker } from './entry.ts'
import { keepNurserySmall } from './heap.ts'
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
  keepNurserySmall()
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

type SinkOf = (entry: ReadEntry) => BodySink

async function passBodies(
  image: StoredImage,
  layers: readonly (LayerContent | undefined)[],
  wanted: (entry: ReadEntry) => boolean,
  sinkOf: SinkOf,
): Promise<void> {
  for (const [i, layer] of layers.entries()) {
    if (layer === undefined) continue
    const numbers: number[] = []
    for (const [number, entry] of layer.entries.entries()) {
      if (entry.type === 'file' && wanted(entry) && !layer.sparse.has(number)) numbers.push(number)
    }
    if (numbers.length > 0) await passLayer(image.layers[i]!, layer, numbers, sinkOf)
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
  const hash = createHash('sha256')
  return {
    write: (piece) => hash.update(piece),
    end: () => {
      entry.content = `sha256:${hash.digest('hex')}`
    },
  }
}

/** Files that follow one of the same path and length in a lower layer, and those that they follow. */
function rewrites(layers: readonly (LayerContent | undefined)[]): ReadonlySet<Entry> {
  const last = new Map<string, Entry>()
  const wanted = new Set<Entry>()
  if (layers.length < 2) return wanted
  for (const content of layers) {
    for (const entry of content?.entries ?? []) {
      // The content of an empty file is known.
      if (entry.type !== 'file' || entry.size.low === 0) continue
      const before = last.get(entry.path)
      if (before !== undefined && before.size.low === entry.size.low) wanted.add(before).add(entry)
      last.set(entry.path, entry)
    }
  }
  return wanted
}

const windowBytes = 1 << 20

/** Hands out bodies of a layer. One window is read for all that lies in it. */
async function passLayer(
  layer: StoredLayer,
  content: LayerContent,
  which: readonly number[],
  sinkOf: SinkOf,
): Promise<void> {
  const source = await layer.blob.open!()
  try {
    if (sniff(head(source, 10)) !== undefined) return await passStream(source, layer, content, which, sinkOf)
    const window = Buffer.allocUnsafe(windowBytes)
    let from = 0
    let to = 0
    for (const number of [...which].sort((a, b) => content.bodies[a]! - content.bodies[b]!)) {
      const entry = content.entries[number]!
      const sink = sinkOf(entry)
      const end = content.bodies[number]! + entry.size.low
      for (let at = content.bodies[number]!; at < end; ) {
        if (at < from || at >= to || (end > to && end - at <= windowBytes)) {
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
  sinkOf: SinkOf,
): Promise<void> {
  const byBody = new Map(which.map((number) => [content.bodies[number]!, content.entries[number]!]))
  const parser = tarParser(layer.blob.name, (record) => {
    const entry = byBody.get(record.body)
    return entry === undefined ? undefined : sinkOf(entry)
  })
  for await (const piece of decompress(pieces(source), sniff(head(source, 10))!, layer.blob.name)) {
    parser.feed(piece)
    if (parser.ended) return
  }
}
