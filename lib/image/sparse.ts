/**
 * Files with holes: a map says which of their bytes are stored.
 *
 * Source: GNU tar manual, "Storing Sparse Files": Old GNU Format; PAX formats 0.0, 0.1 and 1.0.
 */
import { createHash, type Hash } from 'node:crypto'
import { decimal } from './pax.ts'
import type { Records } from './tar-header.ts'

/** Real length by the PAX formats; -1 where there is none. */
export function sparseBytes(records: Records | undefined): number {
  const value = records?.get('GNU.sparse.realsize') ?? records?.get('GNU.sparse.size')
  return value === undefined ? -1 : decimal(value)
}

/** The map of the old format, which goes on in blocks of its own; `block` is a header or such a one. */
export function oldMap(block: Buffer, at: number, before?: Hash): Hash {
  const hash = before ?? createHash('sha256')
  return before === undefined
    ? hash.update(block.subarray(at + 386, at + 482))
    : hash.update(block.subarray(at, at + 504))
}

/**
 * A text that is equal where two maps are, written in one format; undefined: not known. That of PAX 1.0 is stored with the
 * bytes, and that of 0.0 in records of one name, of which only the last is kept.
 */
export function mapText(old: Hash | undefined, records: Records | undefined): string | undefined {
  if (old !== undefined) return `old ${old.digest('hex')}`
  const map = records?.get('GNU.sparse.map')
  if (map !== undefined) return `0.1 ${createHash('sha256').update(map).digest('hex')}`
  return records?.get('GNU.sparse.major')?.toString('latin1') === '1' ? '1.0' : undefined
}
