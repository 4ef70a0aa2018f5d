/**
 * The sha256 that Buildah prints for an archive it unpacks: taken over the members as Go writes them again, times zero.
 *
 * Source: containers/buildah copier, copierHandlerGetOne, and digester.go; Go archive/tar, Reader.
 */
import { createHash, type Hash } from 'node:crypto'
import { decompress, sniff } from './compress.ts'
import { type GoMember, goHeader, padding, trailer } from './go-tar.ts'
import type { Source } from './readable.ts'
import { head, openSource, pieces, spool } from './source.ts'
import type { TarRecord } from './tar.ts'
import { blockBytes, number, paxRecords, text } from './tar-header.ts'
import { walkTar } from './tar-walk.ts'

/** Of a local archive, plain or compressed; undefined where Go would read it otherwise than we do. */
export async function archiveDigest(path: string): Promise<string | undefined> {
  const file = openSource(path)
  try {
    const compression = sniff(head(file, 10))
    if (compression === undefined) return digestOf(file)
    const plain = await spool(path, decompress(pieces(file), compression, path))
    try {
      return digestOf(plain)
    } finally {
      plain.close()
    }
  } finally {
    file.close()
  }
}

function digestOf(source: Source): string | undefined {
  const hash = createHash('sha256')
  let next = 0
  let known = true
  walkTar(source, (record) => {
    // Global records make a gap between two members, and Go hands them on as one of its own.
    const member = known && record.head === next && !record.sparse ? memberOf(source, record) : undefined
    const header = member && goHeader(member)
    known &&= header !== undefined
    next = record.body + record.stored + padding(record.stored).length
    if (header === undefined) return undefined
    hash.update(header)
    return record.stored === 0 ? undefined : body(hash, record.stored)
  })
  return known ? hash.update(trailer).digest('hex') : undefined
}

const body = (hash: Hash, bytes: number) => ({
  write: (piece: Buffer): void => {
    hash.update(piece)
  },
  end: (): void => {
    hash.update(padding(bytes))
  },
})

/** Extension headers longer than this are not looked at. */
const longest = 1 << 20

function memberOf(source: Source, record: TarRecord): GoMember | undefined {
  const length = record.body - record.head
  if (length > longest) return undefined
  const headers = Buffer.alloc(length)
  if (source.read(record.head, headers) < length) return undefined
  const own = length - blockBytes
  const magic = headers.toString('latin1', own + 257, own + 265)
  const posix = magic.startsWith('ustar\0') && headers.toString('latin1', own + 508, own + 512) !== 'tar\0'
  const gnu = magic === 'ustar  \0'
  const records = extensions(headers.subarray(0, own))
  const mode = number(headers, own + 100, 8)
  if (records === undefined || mode < 0) return undefined
  const flag =
    headers[own + 156] === 0 ? (record.name.endsWith('/') ? '5' : '0') : String.fromCharCode(headers[own + 156]!)
  // Go takes a POSIX header with other than ASCII in it for one of no known format.
  const strange = posix && headers.subarray(own).some((byte) => byte > 127)
  const format = strange ? undefined : records.size > 0 ? 'pax' : gnu ? 'gnu' : posix ? 'ustar' : undefined
  const field = (at: number): string => (posix || gnu ? text(headers, own + at, 32) : '')
  return {
    name: record.name,
    flag,
    mode,
    uid: record.uid,
    gid: record.gid,
    bytes: record.stored,
    link: record.link,
    user: records.get('uname') ?? field(265),
    group: records.get('gname') ?? field(297),
    major: posix || gnu ? Math.max(0, number(headers, own + 329, 8)) : 0,
    minor: posix || gnu ? Math.max(0, number(headers, own + 337, 8)) : 0,
    ...(format && { format }),
    records,
  }
}

/** PAX records before a member, GNU's long names passed over; undefined: there is something else. */
function extensions(blocks: Buffer): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>()
  for (let at = 0; at < blocks.length; ) {
    const flag = String.fromCharCode(blocks[at + 156]!)
    const bytes = number(blocks, at + 124, 12)
    const start = at + blockBytes
    if (bytes < 0 || start + bytes > blocks.length) return undefined
    at = start + bytes + padding(bytes).length
    if (flag === 'L' || flag === 'K') continue
    if (flag !== 'x') return undefined
    const records = paxRecords(blocks.subarray(start, start + bytes))
    if (records === undefined) return undefined
    for (const [key, value] of records) {
      const decoded = value.toString('utf8')
      if (!Buffer.from(decoded).equals(value)) return undefined
      found.set(key, decoded)
    }
  }
  return found
}
