import { expect } from 'chai'
import { decodeName, encodeName, nameBytes } from '../../../lib/image/tar-text.ts'

const rows: readonly (readonly [what: string, bytes: readonly number[] | string, text: string])[] = [
  ['ASCII', 'usr/lib', 'usr/lib'],
  ['UTF-8', 'é/\u{1f600}', 'é/\u{1f600}'],
  ['what stands for a lost character', 'a\ufffdb', 'a\ufffdb'],
  ['Latin-1', [0x63, 0xe9], 'c\u{10fee9}'],
  ['both', [0xc3, 0xa9, 0x2f, 0xe9, 0x2f, 0xc3, 0xa9], 'é/\u{10fee9}/é'],
  ['half a character', [0xf0, 0x9f, 0x98], '\u{10fef0}\u{10fe9f}\u{10fe98}'],
  ['an ASCII one, too long', [0xc0, 0xaf], '\u{10fec0}\u{10feaf}'],
  ['half a pair', [0xed, 0xa0, 0x80], '\u{10feed}\u{10fea0}\u{10fe80}'],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], '\u{10fef4}\u{10fe90}\u{10fe80}\u{10fe80}'],
  ['what stands for a byte', '\u{10fee9}', '\u{10fef4}\u{10fe8f}\u{10febb}\u{10fea9}'],
  ['what lies beside those', '\u{10fe7f}\u{10ff00}', '\u{10fe7f}\u{10ff00}'],
]

describe('names as bytes', () => {
  for (const [what, given, text] of rows) {
    it(what, () => {
      const bytes = Buffer.from(given as string)
      expect(decodeName(bytes)).to.equal(text)
      expect(encodeName(text).equals(bytes)).to.equal(true)
      expect(nameBytes(text)).to.equal(bytes.length)
    })
  }

  it('any bytes come back, and those of a folder begin those of what is in it', () => {
    let state = 7
    const next = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state >>> 24
    }
    for (let round = 0; round < 2000; round++) {
      const bytes = Buffer.from(Array.from({ length: next() % 12 }, () => (next() % 3 === 0 ? 0xc3 : next()) || 1))
      const text = decodeName(bytes)
      expect(encodeName(text).equals(bytes), bytes.toString('hex')).to.equal(true)
      const inside = Buffer.concat([bytes, Buffer.from('/'), bytes])
      expect(decodeName(inside), bytes.toString('hex')).to.equal(`${text}/${text}`)
    }
  })
})
