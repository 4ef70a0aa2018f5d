/** What the records of a PAX header mean. */
import type { Records } from './tar-header.ts'
import { decodeName } from './tar-text.ts'

/** Digits as a number; -1: they are none, or too many. */
export const decimal = (value: Buffer): number => {
  const digits = value.toString('latin1')
  const parsed = /^[0-9]{1,16}$/.test(digits) ? Number(digits) : -1
  return Number.isSafeInteger(parsed) ? parsed : -1
}

/** The text of a record. Undefined: absent or empty. */
export const paxText = (records: Records | undefined, key: string): string | undefined => {
  const value = records?.get(key)
  return value === undefined || value.length === 0 ? undefined : decodeName(value)
}

/** The number in a record; undefined: there is none. */
export const paxNumber = (records: Records | undefined, key: string): number | undefined => {
  const value = Number(paxText(records, key) ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}

/** Extended attributes, `key=hex` joined by blanks in the order of keys; undefined: there are none. */
export function attributes(records: Records): string | undefined {
  const found: string[] = []
  for (const [key, value] of records) {
    const name = /^(?:SCHILY|LIBARCHIVE)\.xattr\.(.+)$/s.exec(key)?.[1]
    if (name !== undefined) found.push(`${name}=${value.toString('hex')}`)
  }
  return found.length === 0 ? undefined : found.sort().join(' ')
}
