/** A layer as raw members, for what copies them: where each begins and ends in a tar that lies still. */
import { UserError } from '../error.ts'
import type { Entry } from '../model.ts'
import { decompress, sniff } from './compress.ts'
import type { DigestThread } from './digest-aside.ts'
import { entryMaker } from './entry.ts'
import type { Source } from './readable.ts'
import { head, pieces, spool } from './source.ts'
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
  /** Rejects with a UserError where the bytes are not what the diff ID says. All of them are read, beside other work. */
  readonly checked: Promise<void>
}

/** Opens a layer; a compressed one is unpacked to disk first. Close the source. Throws UserError on a broken layer. */
export async function openRaw({ blob, diffId }: StoredLayer, digests: DigestThread): Promise<RawLayer> {
  const stored = await blob.open!()
  let source = stored
  let wanted = diffId ?? blob.digest
  const compression = sniff(head(stored, 10))
  if (compression !== undefined) {
    try {
      // Where nobody says what it is unpacked, it is checked as it is.
      if (diffId === undefined) await check(stored, blob.digest, digests)
      wanted = diffId
      source = await spool(blob.name, decompress(pieces(stored), compression, blob.name))
    } finally {
      stored.close()
    }
  }
  const checked = check(source, wanted, digests)
  // Whoever waits for it still learns of it.
  checked.catch(() => undefined)
  try {
    const members: RawMember[] = []
    const toEntry = entryMaker(blob.name, 'layer of the image')
    walkTar(source, (record) => {
      const entry = toEntry(record)
      const end = record.body + record.stored + paddingOf(record.stored)
      if (entry !== undefined) members.push({ entry, record, end: Math.min(end, source.bytes) })
      return undefined
    })
    return { source, members, checked }
  } catch (error) {
    source.close()
    throw error
  }
}

async function check(source: Source, wanted: string | undefined, digests: DigestThread): Promise<void> {
  if (!isDigest(wanted)) return
  const algorithm = wanted.startsWith('sha512:') ? 'sha512' : 'sha256'
  const found = `${algorithm}:${await digests.of(source, algorithm)}`
  if (found !== wanted)
    throw new UserError(`${source.name}: its content does not match its digest: it is ${found}, not ${wanted}`)
}
