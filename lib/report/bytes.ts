/**
 * Text that may hold broken UTF-8. Both clients cut some texts by bytes, in the middle of a character if need be; the
 * bytes that are left over travel through our strings as lone surrogates, U+DC80 for 0x80 up to U+DCFF for 0xFF.
 */

/** What to write to a file or terminal: UTF-8, cut characters as the single bytes they are. */
export function toBytes(text: string): Uint8Array {
  if (!lone.test(text)) return encoder.encode(text)
  const pieces = text.match(/[\udc80-\udcff]|[^\udc80-\udcff]+/gu) ?? []
  return Buffer.concat(
    pieces.map((piece) =>
      lone.test(piece) ? Uint8Array.of(piece.charCodeAt(0) - 0xdc00) : encoder.encode(wellFormed(piece)),
    ),
  )
}

/** The way back. Bytes that are no UTF-8 become lone surrogates, one each. */
export function fromBytes(bytes: Uint8Array): string {
  const text = decoder.decode(bytes)
  if (!text.includes('\ufffd')) return text
  let result = ''
  for (let at = 0; at < bytes.length; ) {
    const character = characterAt(bytes, at)
    result += character ?? String.fromCharCode(0xdc00 + bytes[at]!)
    at += character === undefined ? 1 : encoder.encode(character).length
  }
  return result
}

/** Bytes `from` up to `to` of a text. */
export const cutBytes = (text: string, from: number, to: number): string =>
  isAscii(text) ? text.slice(from, to) : fromBytes(toBytes(text).subarray(from, to))

/** How many bytes a text has in UTF-8. */
export const byteLength = (text: string): number => (isAscii(text) ? text.length : toBytes(text).length)

/** Text as a Go program reads it from JSON: what is no character becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd')

/** Whether each character is one byte. */
export const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text)

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const lone = /[\udc80-\udcff]/u

/** The character whose UTF-8 begins at `at`; undefined: none does. */
function characterAt(bytes: Uint8Array, at: number): string | undefined {
  const first = bytes[at]!
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  const text = decoder.decode(bytes.subarray(at, at + length))
  return at + length <= bytes.length && [...text].length === 1 && encoder.encode(text).length === length
    ? text
    : undefined
}
