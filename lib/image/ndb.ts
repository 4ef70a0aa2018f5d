/** NDB, the database of openSUSE's rpm: slots that say where blobs lie. Source: rpm lib/backend/ndb/rpmpkg.c. */
import { UserError } from '../error.ts'

const pageBytes = 4096
const slotBytes = 16
const blockBytes = 16
/** The header takes the place of the first two slots. */
const headerBytes = 2 * slotBytes
const mostSlotPages = 1 << 14

/** All blobs of a `Packages.db`. Throws UserError on a broken one. */
export function* ndbBlobs(file: Buffer, name: string): Generator<Buffer> {
  const broken = (): UserError => new UserError(`${name}: not a readable rpm database: a slot that makes no sense`)
  if (file.length < headerBytes) throw broken()
  const pages = file.readUInt32LE(12)
  const end = pages * pageBytes
  if (pages > mostSlotPages || end > file.length) throw broken()
  // A blob has one slot: together they are no longer than the file.
  let left = file.length
  for (let at = headerBytes; at < end; at += slotBytes) {
    if (file.toString('latin1', at, at + 4) !== 'Slot') throw broken()
    const number = file.readUInt32LE(at + 4)
    if (number === 0) continue
    const from = file.readUInt32LE(at + 8) * blockBytes
    const bytes = file.readUInt32LE(at + 12) * blockBytes
    left -= bytes
    if (from < end || bytes < headerBytes || from + bytes > file.length || left < 0) throw broken()
    const length = file.readUInt32LE(from + 12)
    const own = file.toString('latin1', from, from + 4) === 'BlbS' && file.readUInt32LE(from + 4) === number
    if (!own || length > bytes - 28) throw broken()
    yield file.subarray(from + 16, from + 16 + length)
  }
}
