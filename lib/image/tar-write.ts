/**
 * Writes tar headers: ustar where it has room, PAX records in front where it has not.
 *
 * Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header Block".
 */
import type { TarRecord, TarType } from './tar.ts'
import { blockBytes } from './tar-header.ts'

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
const plain = (name: string): boolean => name.length <= 100 && /^[ -~]*$/.test(name)

/** The header of one member, extensions included: a whole number of blocks. */
export function tarHeader(fields: HeaderFields): Buffer {
  const { name, link, uid, gid, xattrs } = fields
  const records: Buffer[] = []
  if (!plain(name)) records.push(record('path', Buffer.from(name)))
  if (!plain(link)) records.push(record('linkpath', Buffer.from(link)))
  if (uid > largestId) records.push(record('uid', Buffer.from(String(uid))))
  if (gid > largestId) records.push(record('gid', Buffer.from(String(gid))))
  for (const one of xattrs === undefined ? [] : xattrs.split(' ')) {
    const equals = one.lastIndexOf('=')
    records.push(record(`SCHILY.xattr.${one.slice(0, equals)}`, Buffer.from(one.slice(equals + 1), 'hex')))
  }
  const header = block(fields, flags[fields.type])
  if (records.length === 0) return header
  const body = Buffer.concat(records)
  const extension = block({ ...fields, name: 'PaxHeaders/x', link: '', bytes: body.length }, 'x')
  return Buffer.concat([extension, body, Buffer.alloc(paddingOf(body.length)), header])
}

function block(fields: HeaderFields, flag: string): Buffer {
  const out = Buffer.alloc(blockBytes)
  const octal = (at: number, length: number, value: number, largest: number): void => {
    const shown = value > largest ? 0 : Math.max(0, Math.floor(value))
    out.write(`${shown.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
  }
  out.write(fields.name, 0, 100, 'utf8')
  octal(100, 8, fields.mode, largestId)
  octal(108, 8, fields.uid, largestId)
  octal(116, 8, fields.gid, largestId)
  if (fields.bytes <= largestSize) octal(124, 12, fields.bytes, largestSize)
  else {
    // Base-256, which every reader knows, so that a header is one block long whatever its member's size.
    out.writeUInt8(0x80, 124)
    out.writeBigUInt64BE(BigInt(fields.bytes), 128)
  }
  octal(136, 12, fields.mtime, largestSize)
  out.write(flag, 156, 'latin1')
  out.write(fields.link, 157, 100, 'utf8')
  out.write('ustar\x0000', 257, 'latin1')
  out.write('        ', 148, 'latin1')
  let sum = 0
  for (const byte of out) sum += byte
  out.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return out
}

/** `LENGTH KEY=VALUE\n`, where the length counts itself. */
function record(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')])
  let length = rest.length + 1
  while (String(length).length + rest.length > length) length = String(length).length + rest.length
  return Buffer.concat([Buffer.from(String(length)), rest])
}
