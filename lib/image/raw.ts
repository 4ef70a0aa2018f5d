/** A layer as raw members, for what copies them: where each begins and ends in a tar that lies still. */
import { UserError } from '../error.ts'
import { decompress, sniff } from './compress.ts'
import type { DigestThread } from './digest-aside.ts'
import { entryMaker } from './entry.ts'
import type { Source } from './readable.ts'
import { head, pieces, spool } from './source.ts'
import { isDigest, type StoredLayer } from './stored.ts'
import { type Common, Table } from './table.ts'
import { type TarRecord, tarParser } from './tar.ts'
import { blockBytes } from './tar-header.ts'
import { walkTar } from './tar-walk.ts'
import { paddingOf } from './tar-write.ts'

/** An open layer. Members go by the numbers of their entries. */
export interface RawLayer {
  readonly source: Source
  readonly table: Table
  /** Where its headers begin, extensions included; its body begins where the table says. */
  readonly head: (number: number) => number
  /** Where it ends, padding included, which may be missing at the end of a tar. */
  readonly end: (number: number) => number
  /** Rejects with a UserError where the bytes are not what the diff ID says. All of them are read, beside other work. */
  readonly check: () => Promise<void>
}

/**
 * Opens a layer; a compressed one is unpacked to disk first. `shared` is what tables of one image have in common. Close the
 * source. Throws UserError on a broken layer.
 */
export async function openRaw({ blob, diffId }: StoredLayer, digests: DigestThread, shared: Common): Promise<RawLayer> {
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
  try {
    return { source, ...membersOf(blob.name, source, shared), check: () => check(source, wanted, digests) }
  } catch (error) {
    source.close()
    throw error
  }
}

function membersOf(name: string, source: Source, shared: Common): Pick<RawLayer, 'table' | 'head' | 'end'> {
  const table = new Table(name, shared)
  const toEntry = entryMaker(name, 'layer of the image')
  /** Of members that have more than one header; and bytes in the archive, where they are not those of the file. */
  const heads = new Map<number, number>()
  const stored = new Map<number, number>()
  walkTar(
    source,
    (record) => {
      const entry = toEntry(record)
      if (entry === undefined) return undefined
      const number = table.add(entry, record.body)
      if (record.head !== record.body - blockBytes) heads.set(number, record.head)
      if (record.stored !== table.bytes(number)) stored.set(number, record.stored)
      return undefined
    },
    (block, at, nameEnd, { type, mode, uid, gid, bytes, body }) => {
      table.addPlain(type, block, at, nameEnd, mode, uid, gid, bytes, body)
      return undefined
    },
  )
  table.tarBytes = source.bytes
  return {
    table,
    head: (number) => heads.get(number) ?? table.body(number) - blockBytes,
    end(number) {
      const bytes = stored.get(number) ?? table.bytes(number)
      return table.body(number) + bytes + paddingOf(bytes)
    },
  }
}

/** All headers of a member, as they stand in its layer. Throws UserError where the disk does. */
export function headersOf({ source, table, head: headOf }: RawLayer, number: number): Buffer {
  const blocks = Buffer.alloc(table.body(number) - headOf(number))
  source.read(headOf(number), blocks)
  return blocks
}

/** What the headers of a member say. Throws UserError where the disk does. */
export function recordOf(layer: RawLayer, number: number): TarRecord {
  let found: TarRecord | undefined
  const parser = tarParser(layer.source.name, (record) => {
    found = record
    return undefined
  })
  parser.feed(headersOf(layer, number))
  if (found === undefined) throw new UserError(`${layer.source.name}: changes while it is read`)
  return found
}

async function check(source: Source, wanted: string | undefined, digests: DigestThread): Promise<void> {
  if (!isDigest(wanted)) return
  const algorithm = wanted.startsWith('sha512:') ? 'sha512' : 'sha256'
  const found = `${algorithm}:${await digests.of(source, algorithm)}`
  if (found !== wanted)
    throw new UserError(`${source.name}: its content does not match its digest: it is ${found}, not ${wanted}`)
}
