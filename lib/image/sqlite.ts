/**
 * One table of a SQLite database, from end to end, without SQL: enough to list what a program has noted.
 *
 * Every page is used once, so a broken file ends the reading and never makes it long. Source: sqlite.org, "Database File
 * Format", sections 1.3, 1.6, 2.1 and 4.
 */
import { UserError } from '../error.ts'

const interior = 0x05
const leaf = 0x0d

/** A column of a record: its serial type, and where its bytes are. */
interface Column {
  readonly type: number
  readonly at: number
  readonly bytes: number
}

interface Pages {
  readonly usable: number
  /** Throws where there is none, or it was read before. */
  readonly take: (number: number) => Buffer
  readonly broken: () => UserError
}

/**
 * The first blob of each row of `table`; none where there is no such table. `log` is the write-ahead log, of which what
 * was committed counts. Throws UserError on a broken database; `name` is for the message.
 */
export function* sqliteBlobs(file: Buffer, log: Buffer, table: string, name: string): Generator<Buffer> {
  const broken = (): UserError => new UserError(`${name}: not a readable SQLite database`)
  if (file.length < 512) throw broken()
  const written = file.readUInt16BE(16)
  const size = written === 1 ? 65536 : written
  const usable = size - file[20]!
  if (size < 512 || (size & (size - 1)) !== 0 || usable < 480) throw broken()
  const newer = committed(log, size)
  const used = new Set<number>()
  const pages: Pages = {
    usable,
    broken,
    take(number) {
      const found = newer.get(number) ?? file.subarray((number - 1) * size, number * size)
      if (number < 1 || used.has(number) || found.length < size) throw broken()
      used.add(number)
      return found
    },
  }
  for (const row of rows(pages, 1)) {
    const columns = columnsOf(row, broken)
    const [kind, own, , root] = columns
    if (text(row, kind) === 'table' && text(row, own) === table && root !== undefined) {
      for (const inner of rows(pages, integer(row, root))) {
        const blob = columnsOf(inner, broken).find(({ type }) => type >= 12 && type % 2 === 0)
        if (blob !== undefined) yield inner.subarray(blob.at, blob.at + blob.bytes)
      }
      return
    }
  }
}

const text = (row: Buffer, column: Column | undefined): string | undefined =>
  column === undefined || column.type < 13 ? undefined : row.toString('utf8', column.at, column.at + column.bytes)

/** A number of one to six bytes; what is longer is no number of a page. */
const integer = (row: Buffer, { type, at, bytes }: Column): number =>
  type === 9 ? 1 : type < 1 || type > 5 ? 0 : row.readUIntBE(at, bytes)

/** Payloads of a table's tree, in the order of their keys. */
function* rows(pages: Pages, root: number): Generator<Buffer> {
  const todo = [root]
  for (let number = todo.pop(); number !== undefined; number = todo.pop()) {
    const page = pages.take(number)
    const start = number === 1 ? 100 : 0
    const kind = page[start]
    if (kind !== leaf && kind !== interior) throw pages.broken()
    const first = start + (kind === leaf ? 8 : 12)
    const cells = page.readUInt16BE(start + 3)
    if (first + 2 * cells > page.length) throw pages.broken()
    const places = Array.from({ length: cells }, (_, i) => page.readUInt16BE(first + 2 * i))
    if (places.some((at) => at < first || at > pages.usable - 4)) throw pages.broken()
    if (kind === interior) {
      const children = places.map((at) => page.readUInt32BE(at))
      todo.push(page.readUInt32BE(start + 8), ...children.reverse())
    } else for (const at of places) yield payload(pages, page, at)
  }
}

function payload(pages: Pages, page: Buffer, cell: number): Buffer {
  const { usable, broken } = pages
  const [length, afterLength] = varint(page, cell)
  const [, at] = varint(page, afterLength)
  const most = usable - 35
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const even = least + ((length - least) % (usable - 4))
  const here = length <= most ? length : even <= most ? even : least
  const parts = [page.subarray(at, at + here)]
  if (at + here > usable - (length > here ? 4 : 0)) throw broken()
  let left = length - here
  let next = left > 0 ? page.readUInt32BE(at + here) : 0
  while (left > 0) {
    const more = pages.take(next)
    parts.push(more.subarray(4, Math.min(usable, 4 + left)))
    left -= usable - 4
    next = more.readUInt32BE(0)
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

/** Beyond 2^53 the number is rough, and no length. */
function varint(from: Buffer, start: number): readonly [value: number, end: number] {
  let value = 0
  for (let i = 0; i < 9; i++) {
    const byte = from[start + i] ?? 0
    if (i === 8) return [value * 256 + byte, start + 9]
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return [value, start + i + 1]
  }
  return [value, start + 9]
}

const fixed = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0]

function columnsOf(row: Buffer, broken: () => UserError): readonly Column[] {
  const [end, first] = varint(row, 0)
  if (end > row.length) throw broken()
  const columns: Column[] = []
  let at = end
  for (let place = first; place < end; ) {
    const [type, next] = varint(row, place)
    const bytes = fixed[type] ?? Math.max(0, Math.floor((type - 12) / 2))
    columns.push({ type, at, bytes })
    at += bytes
    place = next
  }
  if (at > row.length) throw broken()
  return columns
}

const logHeader = 32
const frameHeader = 24

/** The newest committed page of each number. */
function committed(log: Buffer, size: number): ReadonlyMap<number, Buffer> {
  const pages = new Map<number, Buffer>()
  if (log.length < logHeader || log.readUInt32BE(8) !== size || log.readUInt32BE(0) >>> 1 !== 0x377f0682 >>> 1)
    return pages
  const salt = log.subarray(16, 24)
  let pending: (readonly [number: number, page: Buffer])[] = []
  for (let at = logHeader; at + frameHeader + size <= log.length; at += frameHeader + size) {
    // Frames of an earlier round, which was moved into the database, have other salt.
    if (!log.subarray(at + 8, at + 16).equals(salt)) break
    pending.push([log.readUInt32BE(at), log.subarray(at + frameHeader, at + frameHeader + size)])
    if (log.readUInt32BE(at + 4) === 0) continue
    for (const [number, page] of pending) pages.set(number, page)
    pending = []
  }
  return pages
}
