/**
 * Names in archives: bytes, mostly UTF-8, which nobody promises. A byte that is part of no character is told by a character
 * of its own, U+10FE00 and its value, so that names that differ stay different, a name begins as that of its folder does,
 * and the bytes can be had again.
 */

/** Private characters, in which nobody names files. */
const strayBase = 0x10fe00
/** Those that stand for a byte, and the first unit of them all. */
const strays = /[\u{10fe80}-\u{10feff}]/u
const strayLead = '\udbff'

/** The text of some bytes. */
export function decodeName(bytes: Buffer, from = 0, to = bytes.length): string {
  let high = 0
  for (let at = from; at < to; at++) high |= bytes[at]!
  // Most names are ASCII, and reading those as Latin-1 is quicker.
  if (high < 0x80) return bytes.toString('latin1', from, to)
  const whole = bytes.toString('utf8', from, to)
  if (!whole.includes('\ufffd') && !hasStrays(whole)) return whole
  let text = ''
  for (let at = from; at < to; ) {
    const length = characterAt(bytes, at, to)
    const one = length === 0 ? '' : bytes.toString('utf8', at, at + length)
    if (one !== '' && !hasStrays(one)) {
      text += one
      at += length
    } else text += String.fromCodePoint(strayBase + bytes[at++]!)
  }
  return text
}

/** The bytes of such a text. */
export function encodeName(text: string): Buffer {
  if (!hasStrays(text)) return Buffer.from(text, 'utf8')
  const parts = Array.from(text, (one) => {
    const code = one.codePointAt(0)!
    return isStray(code) ? Buffer.of(code - strayBase) : Buffer.from(one, 'utf8')
  })
  return Buffer.concat(parts)
}

/** How many there are. */
export const nameBytes = (text: string): number =>
  hasStrays(text) ? encodeName(text).length : Buffer.byteLength(text, 'utf8')

const isStray = (code: number): boolean => code >= strayBase + 0x80 && code <= strayBase + 0xff
const hasStrays = (text: string): boolean => text.includes(strayLead) && strays.test(text)

/** Length of the UTF-8 character at a place; 0: there is none. Source: Unicode 15, table 3-7. */
function characterAt(bytes: Buffer, at: number, to: number): number {
  const first = bytes[at]!
  if (first < 0x80) return 1
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  if (length === 0 || at + length > to) return 0
  const second = bytes[at + 1]!
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (second < least || second > most) return 0
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0
  return length
}
