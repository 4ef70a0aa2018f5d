/**
 * A hash database of Berkeley DB, read from end to end: rpm's, up to 4.16.
 *
 * Source: Berkeley DB 5.3, src/dbinc/db_page.h; rpm 4.17 lib/backend/bdb_ro.c.
 */
import { UserError } from '../error.ts'

/** Kinds of pages and items. */
const page = { hashUnsorted: 2, overflow: 7, hash: 13 }
const item = { here: 1, elsewhere: 3 }
const headerBytes = 26

/** Values of all pairs whose key is a number other than 0; under 0 rpm keeps a count. Throws UserError on a broken one. */
export function* hashValues(file: Buffer, name: string): Generator<Buffer> {
  const broken = (): UserError => new UserError(`${name}: not a readable rpm database: a page that makes no sense`)
  const little = file.readUInt32LE(12) === 0x061561
  const u32 = (at: number): number => (little ? file.readUInt32LE(at) : file.readUInt32BE(at))
  const u16 = (at: number): number => (little ? file.readUInt16LE(at) : file.readUInt16BE(at))
  const size = u32(20)
  if (size < 512 || size > 65536 || (size & (size - 1)) !== 0) throw broken()
  // The last page may have been cut where it is empty.
  const count = Math.floor(file.length / size)
  const used = new Set<number>()

  /** A value too long for its page: a chain of pages that are used for nothing else. */
  const chain = (first: number, length: number): Buffer => {
    const parts: Buffer[] = []
    let left = length
    for (let number = first; left > 0; ) {
      const at = number * size
      if (number >= count || used.has(number) || file[at + 25] !== page.overflow) throw broken()
      used.add(number)
      const here = Math.min(u16(at + 22), size - headerBytes, left)
      parts.push(file.subarray(at + headerBytes, at + headerBytes + here))
      left -= here
      number = u32(at + 16)
      if (here === 0) throw broken()
    }
    return Buffer.concat(parts)
  }

  for (let number = 1; number < count; number++) {
    const at = number * size
    if (file[at + 25] !== page.hash && file[at + 25] !== page.hashUnsorted) continue
    const items = u16(at + 20)
    if (items % 2 !== 0 || headerBytes + 2 * items > size) throw broken()
    // Items fill the page from its end, so that each ends where the one before begins.
    const places = [size, ...Array.from({ length: items }, (_, i) => u16(at + headerBytes + 2 * i))]
    for (let i = 1; i < places.length; i++) {
      if (places[i]! >= places[i - 1]! || places[i]! < headerBytes + 2 * items) throw broken()
    }
    for (let i = 1; i < items; i += 2) {
      const key = at + places[i]!
      const keyEnd = at + places[i - 1]!
      const from = at + places[i + 1]!
      const kind = file[from]
      if (file[key] !== item.here || keyEnd - key !== 5) throw broken()
      if (u32(key + 1) === 0) continue
      if (kind === item.here) yield file.subarray(from + 1, key)
      else if (kind === item.elsewhere && key - from >= 12) yield chain(u32(from + 4), u32(from + 8))
      else throw broken()
    }
  }
}
