/** Layers as tables: one pass over each, by seeking where the bytes lie still, and no content unless asked for. */
import { createHash, type Hash } from 'node:crypto'
import { UserError } from '../error.ts'
import { decompress, sniff } from './compress.ts'
import { contentSink, hasBody, learnTwins } from './contents.ts'
import { entryMaker } from './entry.ts'
import { beginning, FoldSink, foldOf } from './fold.ts'
import type { Source } from './readable.ts'
import { head, pieces } from './source.ts'
import type { StoredImage, StoredLayer } from './stored.ts'
import { type Common, common, Table } from './table.ts'
import { type BodySink, type OnRecord, tarParser } from './tar.ts'
import { blockBytes } from './tar-header.ts'
import type { OnPlain } from './tar-plain.ts'
import { walkTar } from './tar-walk.ts'

export interface ReadOptions {
  /** Twins: files that are equal to another one, of whatever path and layer, learn their content. */
  readonly contents: 'none' | 'twins'
  /** Check uncompressed layers too, and each diff ID, which means reading every byte. Compressed ones always are checked. */
  readonly verify: boolean
}

/** Entries of one image, all layers together. */
const entryLimit = 5_000_000

/**
 * Reads all layers, bottom up; a layer that the container does not have is undefined. `shared`: what the tables have in
 * common, with those of other images if need be. Throws UserError on a broken layer or a digest that does not match.
 */
export async function readLayers(
  image: StoredImage,
  options: ReadOptions,
  shared = common(),
): Promise<readonly (Table | undefined)[]> {
  const done = new Map<string, Promise<Table>>()
  const reading = image.layers.map((layer) => {
    const { blob } = layer
    if (blob.open === undefined) return async () => undefined
    const key = blob.digest ?? layer.diffId ?? blob.name
    return () => {
      const same = done.get(key) ?? readLayer(layer, options, shared)
      done.set(key, same)
      return same
    }
  })
  const layers = await inPairs(reading)
  let count = 0
  for (const layer of layers) count += layer?.count ?? 0
  if (count > entryLimit) throw new UserError(`${image.name}: more than ${entryLimit} entries in its layers`)
  if (options.contents !== 'none') await learnTwins(image, layers)
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

async function readLayer(layer: StoredLayer, options: ReadOptions, shared: Common): Promise<Table> {
  const { blob, diffId } = layer
  const source = await blob.open!()
  try {
    const table = new Table(blob.name, shared)
    const compression = sniff(head(source, 10))
    const learning = options.contents === 'none' ? undefined : compression === undefined ? 'folds' : 'contents'
    const { onRecord, onPlain } = intoTable(table, learning)
    if (compression === undefined && !options.verify) {
      walkTar(source, onRecord, onPlain)
      table.tarBytes = source.bytes
      return table
    }
    const parser = tarParser(blob.name, onRecord, onPlain)
    const packed = compression === undefined || blob.digest === undefined ? undefined : hashOf(blob.digest)
    // What has a digest as it is stored is vouched for by that.
    const vouched = packed !== undefined && !options.verify
    const plain = vouched ? undefined : hashOf(diffId ?? blob.digest)
    const input = watched(source, packed)
    for await (const piece of compression === undefined ? input : decompress(input, compression, blob.name)) {
      table.tarBytes += piece.length
      plain?.update(piece)
      if (!parser.ended) parser.feed(piece)
    }
    parser.finish()
    compareDigest(blob.name, packed, blob.digest)
    compareDigest(blob.name, plain, diffId ?? (compression === undefined ? blob.digest : undefined))
    return table
  } finally {
    source.close()
  }
}

/**
 * Fills a table. What is learned besides: how files begin, or all that is in them, because unpacking twice costs more than
 * hashing what passes by.
 */
function intoTable(
  table: Table,
  learning: 'folds' | 'contents' | undefined,
): { readonly onRecord: OnRecord; readonly onPlain: OnPlain } {
  const toEntry = entryMaker(table.name, 'layer of the image')
  const folds = new FoldSink((number, fold) => table.setFold(number, fold))
  const sinkOf = (number: number): BodySink | undefined => {
    if (learning === undefined || !hasBody(table, number)) return undefined
    return learning === 'contents' ? contentSink(table, number) : folds.of(number, table.bytes(number))
  }
  return {
    onRecord(record) {
      const entry = toEntry(record)
      if (entry === undefined) return undefined
      const number = table.add(entry, record.body)
      if (!record.sparse) return sinkOf(number)
      table.sparse.add(number)
      return learning === undefined || record.map === undefined ? undefined : contentSink(table, number, record.map)
    },
    onPlain(block, at, nameEnd, { type, mode, uid, gid, bytes, body, words }) {
      const number = table.addPlain(type, block, at, nameEnd, mode, uid, gid, bytes, body)
      const from = at + blockBytes
      if (learning !== 'folds' || from + Math.min(bytes, beginning) > block.length) return sinkOf(number)
      if (bytes > 0) table.setFold(number, foldOf(block, from, bytes, words))
      return undefined
    },
  }
}

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
