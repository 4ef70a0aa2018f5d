/**
 * The headers of a member again, under another name: mode, owner, times, device numbers, extended attributes and the map of
 * a sparse file stay as they were written, in whichever form.
 *
 * Source: POSIX.1-2017 pax, "pax Header Block"; GNU tar manual, "Storing Sparse Files"; Go archive/tar, Reader.next.
 */
import type { TarRecord } from './tar.ts'
import { blockBytes, header, paxList } from './tar-header.ts'
import { encodeName } from './tar-text.ts'
import { checksum, fitsName, largeOwner, paddingOf, paxHeader, writeOwner } from './tar-write.ts'

/** `blocks`: all headers of one member, extensions and sparse maps before the body included. Owner and mode may be others. */
export function renamed(blocks: Buffer, name: string, { mode, uid, gid }: Owner): Buffer {
  const { own, records } = taken(blocks)
  const rest = Buffer.from(blocks.subarray(own))
  // In old GNU headers the map of a sparse file is where POSIX has the prefix.
  if (rest.toString('latin1', 257, 263) === 'ustar\0') rest.fill(0, 345, 500)
  encodeName(name).copy(rest.fill(0, 0, 100), 0, 0, 100)
  writeOwner(rest, mode, uid, gid)
  checksum(rest)
  const kept = records
    .filter(([key]) => key !== 'path' && key !== 'uid' && key !== 'gid')
    .map(([key, value]): PaxRecord => [key, key === 'GNU.sparse.name' ? encodeName(name) : value])
  if (!fitsName(name)) kept.push(['path', encodeName(name)])
  kept.push(...largeOwner(uid, gid))
  return kept.length === 0 ? rest : Buffer.concat([paxHeader(kept), rest])
}

type Owner = Pick<TarRecord, 'mode' | 'uid' | 'gid'>
type PaxRecord = readonly [key: string, value: Buffer]

/** Where the member's own header is, and what the extensions before it say of anything but its name. */
function taken(blocks: Buffer): { readonly own: number; readonly records: readonly PaxRecord[] } {
  let records: readonly PaxRecord[] = []
  let link: readonly PaxRecord[] = []
  for (let at = 0; at + blockBytes <= blocks.length; ) {
    const { flag, bytes } = header(blocks, at)
    const body = at + blockBytes
    if (!'xXgLK'.includes(flag)) return { own: at, records: [...link, ...records] }
    const data = blocks.subarray(body, body + bytes)
    if (flag === 'x' || flag === 'X') records = paxList(data) ?? []
    if (flag === 'K') link = [['linkpath', data.subarray(0, data.includes(0) ? data.indexOf(0) : data.length)]]
    at = body + bytes + paddingOf(bytes)
  }
  throw new Error('a member without a header of its own')
}
