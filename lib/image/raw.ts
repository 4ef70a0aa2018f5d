/** A layer as raw members, for what copies them: where each begins and ends in a tar that lies still. */
import { createHash } from 'node:crypto'
import { UserError } from '../error.ts'
import type { Entry } from '../model.ts'
import { decompress, sniff } from './compress.ts'
import { entryMaker } from './entry.ts'
import { head, pieces, type Source, spool } from './source.ts'
import { isDigest, type StoredLayer } from './stored.ts'
import { type TarRecord, walkTar } from './tar.ts'
import { paddingOf } from './tar-write.ts'

export interface RawMember {
  readonly entry: Entry
  readonly record: TarRecord
  /** Where it ends, padding included. */
  readonly end: number
}

export interface RawLayer {
  readonly source: Source
  readonly members: readonly RawMember[]
}

/** Opens a layer; a compressed one is unpacked to disk first. Close the source. Throws UserError on a broken layer. */
export async function openRaw(layer: StoredLayer): Promise<RawLayer> {
  const stored = await layer.blob.open!()
  const compression = sniff(head(stored, 10))
  let source = stored
  if (compression !== undefined) {
    try {
      const unpacked = decompress(pieces(stored), compression, layer.blob.name)
      source = await spool(layer.blob.name, checked(unpacked, layer))
    } finally {
      stored.close()
    }
  }
  try {
    const members: RawMember[] = []
    const toEntry = entryMaker(layer.blob.name, 'layer of the image')
    walkTar(source, (record) => {
      const entry = toEntry(record)
      const end = record.body + record.stored + paddingOf(record.stored)
      if (entry !== undefined) members.push({ entry, record, end: Math.min(end, source.bytes) })
      return undefined
    })
    return { source, members }
  } catch (error) {
    source.close()
    throw error
  }
}

/** Passes bytes on and throws at their end where they are not those of the diff ID. */
async function* checked(input: AsyncIterable<Buffer>, { blob, diffId }: StoredLayer): AsyncGenerator<Buffer> {
  const hash = createHash(diffId?.startsWith('sha512:') ? 'sha512' : 'sha256')
  for await (const piece of input) {
    hash.update(piece)
    yield piece
  }
  if (!isDigest(diffId)) return
  const found = `${diffId.slice(0, 6)}:${hash.digest('hex')}`
  if (found !== diffId) {
    throw new UserError(`${blob.name}: its content does not match its digest: it is ${found}, not ${diffId}`)
  }
}
