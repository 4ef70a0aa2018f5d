/** A layer as raw members, for what copies them: where each begins and ends in a tar that lies still. */
import { createHash } from 'node:crypto'
import { UserError } from '../error.ts'
import type { Entry } from '../model.ts'
import { decompress, sniff } from './compress.ts'
import { digestAside } from './digest-aside.ts'
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
  /** Reads it all, beside other work, and throws UserError where it is not what the diff ID says. */
  readonly check: () => Promise<void>
}

/** Opens a layer; a compressed one is unpacked to disk first, and checked. Close the source. Throws UserError on a broken layer. */
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
    return {
      source,
      members,
      check: async () =>
        compression === undefined ? compareDigest(await digestAside(source, algorithmOf(layer)), layer) : undefined,
    }
  } catch (error) {
    source.close()
    throw error
  }
}

const algorithmOf = ({ diffId }: StoredLayer): 'sha256' | 'sha512' =>
  diffId?.startsWith('sha512:') ? 'sha512' : 'sha256'

/** Passes bytes on and throws at their end where they are not those of the diff ID. */
async function* checked(input: AsyncIterable<Buffer>, layer: StoredLayer): AsyncGenerator<Buffer> {
  const hash = createHash(algorithmOf(layer))
  for await (const piece of input) {
    hash.update(piece)
    yield piece
  }
  compareDigest(hash.digest('hex'), layer)
}

function compareDigest(hex: string, layer: StoredLayer): void {
  const { blob, diffId } = layer
  const found = `${algorithmOf(layer)}:${hex}`
  if (isDigest(diffId) && found !== diffId) {
    throw new UserError(`${blob.name}: its content does not match its digest: it is ${found}, not ${diffId}`)
  }
}
