/**
 * One header block of a tar, and the records that extend it.
 *
 * Source: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual, "Basic Tar Format" and
 * "Storing Sparse Files".
 */
import { decodeName } from './tar-text.ts'

/** What a header says, before extensions. */
export interface Header {
  /** The type flag as a character; NUL is given as '0', or as '5' when the name ends in a slash. */
  readonly flag: string
  readonly name: string
  readonly link: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Bytes that follow, as the field claims; -1 when the field makes no sense. */
  readonly bytes: number
  readonly mtime: number
}

/** PAX records by keyword; values are bytes, since an extended attribute may hold anything. */
export type Records = Map<string, Buffer>

export const blockBytes = 512

/** Whether the block holds nothing but zeros: the end of an archive. */
export function blank(block: Buffer, at: number): boolean {
  for (let i = at; i < at + blockBytes; i++) if (block[i] !== 0) return false
  return true
}

/** Whether the checksum of the block is right; old writers summed signed bytes. `words`: all of `block`, see `sumOf`. */
export function sound(block: Buffer, at: number, words?: Int32Array): boolean {
  const wanted = number(block, at + 148, 8)
  if (wanted === sumOf(block, at, words)) return true
  let sum = 8 * 0x20
  for (let i = at; i < at + blockBytes; i++) if (i < at + 148 || i >= at + 156) sum += (block[i]! << 24) >> 24
  return wanted === sum
}

/** Sum of the bytes of a header, its checksum taken for blanks: four at a time where the block is at hand as words. */
function sumOf(block: Buffer, at: number, words: Int32Array | undefined): number {
  let sum = 8 * 0x20
  for (let i = at + 148; i < at + 156; i++) sum -= block[i]!
  if (words === undefined || (at & 3) !== 0) {
    for (let i = at; i < at + blockBytes; i++) sum += block[i]!
    return sum
  }
  // Two sums in one number each: of 128 bytes none reaches 2^16.
  let even = 0
  let odd = 0
  const end = (at + blockBytes) >> 2
  for (let i = at >> 2; i < end; i++) {
    const word = words[i]!
    even += word & 0xff00ff
    odd += (word >>> 8) & 0xff00ff
  }
  return sum + (even & 0xffff) + (even >>> 16) + (odd & 0xffff) + (odd >>> 16)
}

/**
 * A numeric field: octal digits between blanks and NULs, or base-256 when the top bit is set. An empty field is 0;
 * one that makes no sense, or does not fit 2^53, is -1 (as are negative numbers, which only times have).
 */
export function number(block: Buffer, at: number, length: number): number {
  const first = block[at]!
  if (first & 0x80) {
    if (first & 0x40) return -1
    let value = first & 0x3f
    for (let i = at + 1; i < at + length; i++) value = value * 256 + block[i]!
    return Number.isSafeInteger(value) ? value : -1
  }
  let i = at
  const end = at + length
  while (i < end && (block[i] === 0x20 || block[i] === 0)) i++
  let value = 0
  for (; i < end; i++) {
    const digit = block[i]! - 0x30
    if (digit < 0 || digit > 7) break
    value = value * 8 + digit
  }
  for (; i < end; i++) if (block[i] !== 0x20 && block[i] !== 0) return -1
  return value
}

/** Text up to the first NUL. */
export function text(block: Buffer, at: number, length: number): string {
  const most = at + length
  let end = at
  while (end < most && block[end] !== 0) end++
  return end === at ? '' : decodeName(block, at, end)
}

const isText = (block: Buffer, at: number, wanted: string): boolean => {
  for (let i = 0; i < wanted.length; i++) if (block[at + i] !== wanted.charCodeAt(i)) return false
  return true
}

/** Reads a block whose checksum is right. */
export function header(block: Buffer, at: number): Header {
  let name = text(block, at, 100)
  // Old GNU archives ("ustar  ") keep other things where POSIX has the prefix; star's is shorter.
  if (block[at + 345] !== 0 && isText(block, at + 257, 'ustar\0')) {
    const prefix = text(block, at + 345, isText(block, at + 508, 'tar\0') ? 131 : 155)
    if (prefix !== '') name = `${prefix}/${name}`
  }
  const written = block[at + 156]!
  const flag = written === 0 ? (name.endsWith('/') ? '5' : '0') : String.fromCharCode(written)
  return {
    flag,
    name,
    link: text(block, at + 157, 100),
    mode: number(block, at + 100, 8),
    uid: number(block, at + 108, 8),
    gid: number(block, at + 116, 8),
    bytes: number(block, at + 124, 12),
    mtime: number(block, at + 136, 12),
  }
}

/** The body of a PAX header, `LENGTH KEY=VALUE\n` each; undefined when it makes no sense. */
export function paxRecords(body: Buffer): Records | undefined {
  const list = paxList(body)
  return list && new Map(list)
}

/** The same in order, keys that come again included, as those of a sparse map do. */
export function paxList(body: Buffer): (readonly [key: string, value: Buffer])[] | undefined {
  const records: (readonly [string, Buffer])[] = []
  for (let at = 0; at < body.length; ) {
    const blankAt = body.indexOf(0x20, at)
    if (blankAt === -1 || blankAt - at > 10) return padded(body, at) ? records : undefined
    const digits = body.toString('latin1', at, blankAt)
    const length = /^[0-9]+$/.test(digits) ? Number(digits) : 0
    const end = at + length
    const equals = body.indexOf(0x3d, blankAt)
    if (length < 5 || end > body.length || equals === -1 || equals >= end || body[end - 1] !== 0x0a) return undefined
    const key = body.toString('utf8', blankAt + 1, equals)
    records.push([key, body.subarray(equals + 1, end - 1)])
    at = end
  }
  return records
}

/** Some writers pad the records with NULs instead of shortening the body. */
const padded = (body: Buffer, at: number): boolean => body.subarray(at).every((byte) => byte === 0)
