/**
 * Writes tar headers: ustar where it has room, PAX records in front where it has not.
 *
 * Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header Block".
 */
import type { TarRecord, TarType } from './tar.ts'
import { blockBytes } from './tar-header.ts'
import { encodeName } from './tar-text.ts'

/** What a header says. */
export type HeaderFields = Pick<TarRecord, 'name' | 'type' | 'mode' | 'uid' | 'gid' | 'mtime' | 'link' | 'xattrs'> & {
  /** Length of the body. */
  readonly bytes: number
}

const flags: Readonly<Record<TarType, string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  char: '3',
  block: '4',
  dir: '5',
  fifo: '6',
}

/** Bytes that fill the last block. */
export const paddingOf = (bytes: number): number => (blockBytes - (bytes % blockBytes)) % blockBytes

/** Two blank blocks. */
export const tarEnd = Buffer.alloc(2 * blockBytes)

const largestSize = 0o77777777777
const largestId = 0o7777777

/** Whether a name goes into a header as it is, without an extension. */
export const fitsName = (name: string): boolean => name.length <= 100 && /^[ -~]*$/.test(name)

/** The header of one member, extensions included: a whole number of blocks. */
export function tarHeader(fields: HeaderFields): Buffer {
  const { name, link, uid, gid, mtime, xattrs } = fields
  const records = new Map<string, Buffer>()
  if (!fitsName(name)) records.set('path', encodeName(name))
  if (!fitsName(link)) records.set('linkpath', encodeName(link))
  for (const [key, value] of largeOwner(uid, gid)) records.set(key, value)
  if (!Number.isInteger(mtime) || mtime > largestSize) records.set('mtime', Buffer.from(String(mtime)))
  for (const one of xattrs === undefined ? [] : xattrs.split(' ')) {
    const equals = one.lastIndexOf('=')
    records.set(`SCHILY.xattr.${one.slice(0, equals)}`, Buffer.from(one.slice(equals + 1), 'hex'))
  }
  const header = block(fields, flags[fields.type])
  return records.size === 0 ? header : Buffer.concat([paxHeader(records), header])
}

/** An extension header with these records: a whole number of blocks. */
export function paxHeader(records: Iterable<readonly [key: string, value: Buffer]>): Buffer {
  const body = Buffer.concat([...records].map(([key, value]) => record(key, value)))
  const plain = { name: 'PaxHeaders/x', type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0, link: '' } as const
  const extension = block({ ...plain, xattrs: undefined, bytes: body.length }, 'x')
  return Buffer.concat([extension, body, Buffer.alloc(paddingOf(body.length))])
}

function block(fields: HeaderFields, flag: string): Buffer {
  const out = Buffer.alloc(blockBytes)
  encodeName(fields.name).copy(out, 0, 0, 100)
  writeOwner(out, fields.mode, fields.uid, fields.gid)
  if (fields.bytes <= largestSize) octal(out, 124, 12, fields.bytes, largestSize)
  else {
    // Base-256, which every reader knows, so that a header is one block long whatever its member's size.
    out.writeUInt8(0x80, 124)
    out.writeBigUInt64BE(BigInt(fields.bytes), 128)
  }
  octal(out, 136, 12, fields.mtime, largestSize)
  out.write(flag, 156, 'latin1')
  encodeName(fields.link).copy(out, 157, 0, 100)
  out.write('ustar\x0000', 257, 'latin1')
  checksum(out)
  return out
}

function octal(block: Buffer, at: number, length: number, value: number, largest: number): void {
  const shown = value > largest ? 0 : Math.max(0, Math.floor(value))
  block.write(`${shown.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
}

/** Puts mode and owner into a header block; what has no room there stands in `largeOwner`. */
export function writeOwner(block: Buffer, mode: number, uid: number, gid: number): void {
  octal(block, 100, 8, mode, largestId)
  octal(block, 108, 8, uid, largestId)
  octal(block, 116, 8, gid, largestId)
}

/** Records for ids that have no room in a header block. */
export const largeOwner = (uid: number, gid: number): readonly (readonly [key: string, value: Buffer])[] =>
  Object.entries({ uid, gid })
    .filter(([, id]) => id > largestId)
    .map(([key, id]) => [key, Buffer.from(String(id))])

/** Makes the checksum of a header block right. */
export function checksum(block: Buffer): void {
  block.write('        ', 148, 'latin1')
  let sum = 0
  for (let i = 0; i < blockBytes; i++) sum += block[i]!
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself. */
function record(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')])
  let length = rest.length + 1
  while (String(length).length + rest.length > length) length = String(length).length + rest.length
  return Buffer.concat([Buffer.from(String(length)), rest])
}
