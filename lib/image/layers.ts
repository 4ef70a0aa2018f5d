/** Layers as entries: one pass over each, by seeking where the bytes lie still, and no content unless asked for. */
import { createHash, type Hash } from 'node:crypto'
import { UserError } from '../error.ts'
import type { Entry } from '../model.ts'
import { decompress, sniff } from './compress.ts'
import { entryMaker } from './entry.ts'
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
  /**
   * Which files get a `content`: none; those that another layer holds at the same path with the same length; or all whose
   * length is not their own alone. Sparse files never do.
   */
  readonly contents: 'none' | 'rewrites' | 'duplicates'
  /** Check the digests of uncompressed layers too, which means reading every byte. Compressed ones always are. */
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
  if (options.contents !== 'none') {
    const wanted = candidates(layers, options.contents)
    for (const [i, layer] of layers.entries()) {
      if (layer !== undefined) await hashBodies(image.layers[i]!, layer, wanted[i]!)
    }
  }
  return layers
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
    const plain = compression !== undefined && !options.verify ? undefined : hashOf(diffId ?? blob.digest)
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
      entry.content = hash.digest('base64url')
    },
  }
}

/** For each layer, the numbers of the entries whose content matters and is not known yet. */
function candidates(
  layers: readonly (LayerContent | undefined)[],
  which: 'rewrites' | 'duplicates',
): readonly (readonly number[])[] {
  /** The first file under a key, or null once it is taken. */
  const first = new Map<string | number, { layer: number; index: number } | null>()
  const wanted: Set<number>[] = layers.map(() => new Set())
  for (const [layer, content] of layers.entries()) {
    for (const [index, entry] of (content?.entries ?? []).entries()) {
      if (entry.type !== 'file' || entry.size.low === 0) continue
      const key = which === 'duplicates' ? entry.size.low : `${entry.size.low} ${entry.path}`
      const before = first.get(key)
      if (before === undefined) {
        first.set(key, { layer, index })
        continue
      }
      if (before !== null) wanted[before.layer]!.add(before.index)
      first.set(key, null)
      wanted[layer]!.add(index)
    }
  }
  return wanted.map((set, layer) => [...set].filter((index) => layers[layer]!.entries[index]!.content === undefined))
}

async function hashBodies(layer: StoredLayer, content: LayerContent, which: readonly number[]): Promise<void> {
  if (which.length === 0) return
  const source = await layer.blob.open!()
  try {
    // Compressed layers were hashed as they passed; what has no content there is sparse.
    if (sniff(head(source, 10)) !== undefined) return
    for (const index of [...which].sort((a, b) => content.bodies[a]! - content.bodies[b]!)) {
      const entry = content.entries[index]!
      const body = content.bodies[index]!
      if (content.sparse.has(index)) continue
      const sink = contentSink(entry)
      for (const piece of pieces(source, body, body + entry.size.low)) sink.write(piece)
      sink.end()
    }
  } finally {
    source.close()
  }
}
