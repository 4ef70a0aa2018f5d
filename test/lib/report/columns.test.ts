import { expect } from 'chai'
import { cutBytes, fromBytes, toBytes } from '../../../lib/report/bytes.ts'
import { columns, dockerLayout, podmanLayout } from '../../../lib/report/columns.ts'
import { displayWidth, ellipsis, isEastAsian } from '../../../lib/report/width.ts'

describe('columns', () => {
  const cases: readonly (readonly [text: string, laidOut: string])[] = [
    ['', ''],
    ['a\tb\n', 'a         b\n'],
    ['a\tb', 'a         b'],
    ['a\t', 'a'],
    ['a\tb\t', 'a         b'],
    ['a\tb\n12345678\tc\n', 'a          b\n12345678   c\n'],
    ['a\tb\n\n12345678\tc\n', 'a         b\n\n12345678   c\n'], // another block
    ['a\tb\f12345678\tc\n', 'a         b\n12345678   c\n'],
    ['a\tb\tc\n12345678901\td\ne\tf\t\n', 'a             b         c\n12345678901   d\ne             f         \n'],
    ['漢字漢字\tx\n12345678\tx', '漢字漢字   x\n12345678   x'],
  ]
  for (const [text, laidOut] of cases) {
    it(JSON.stringify(text), () => expect(columns(text, dockerLayout(false))).to.equal(laidOut))
  }

  it('podman counts every character as one', () => {
    expect(columns('漢字漢字漢字漢字漢字漢\tx\ne\u0301\tx', podmanLayout)).to.equal(
      `${'漢字'.repeat(5)}漢  x\ne\u0301${' '.repeat(11)}x`,
    )
  })

  it('a line of many cells is no trouble', () => {
    expect(columns(`${'\t'.repeat(200_000)}x\n`, dockerLayout(false)).length).to.equal(2_000_002)
  })
})

describe('widths', () => {
  const widths: readonly (readonly [text: string, columns: number, eastAsian: number])[] = [
    ['abc', 3, 3],
    ['漢字', 4, 4],
    ['é', 1, 2],
    ['e\u0301', 1, 1],
    ['α—…', 3, 6],
    ['\x1b[31m', 4, 4],
    ['👨‍👩‍👧', 2, 2],
    ['👍🏽', 2, 2],
    ['🇩🇪🇫🇷', 2, 2],
    ['\x01🇩🇪', 2, 2],
    ['각', 2, 2],
    ['\u0600a', 1, 1],
    ['\u200b\ufeff', 0, 0],
    ['\udcc3', 1, 2], // half a character
  ]
  for (const [text, columns, eastAsian] of widths) {
    it(JSON.stringify(text), () => {
      expect([displayWidth(text, false), displayWidth(text, true)]).to.deep.equal([columns, eastAsian])
    })
  }

  it('cutting: 44 columns and an ellipsis, nothing where it fits', () => {
    expect(ellipsis('x'.repeat(45), 45)).to.equal('x'.repeat(45))
    expect(ellipsis('x'.repeat(46), 45)).to.equal(`${'x'.repeat(44)}…`)
    expect(ellipsis(`${'漢'.repeat(22)}x`, 45)).to.equal(`${'漢'.repeat(22)}x`)
    expect(ellipsis('漢'.repeat(23), 45)).to.equal(`${'漢'.repeat(22)}…`)
    expect(ellipsis(`x${'漢'.repeat(23)}`, 45)).to.equal(`x${'漢'.repeat(21)}…`)
    expect(ellipsis(`${'x'.repeat(44)}漢`, 45)).to.equal(`${'x'.repeat(44)}…`)
  })

  it('East Asian locales', () => {
    const yes = ['ja_JP.UTF-8', 'zh_CN.utf8', 'ko_KR.UTF-8', 'zh_TW.Big5', 'ja_JP.eucJP@x', 'fr_FR.GBK']
    const no = ['', 'C', 'POSIX', 'C.UTF-8', 'en_US.UTF-8', 'ja_JP', 'ja_JP.UTF-8@cjk_narrow', 'de_DE.ISO-8859-1']
    expect([...yes, ...no].filter(isEastAsian)).to.deep.equal(yes)
  })
})

describe('bytes', () => {
  const random = [
    [0xff],
    [0xc3, 0x28],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xef, 0xbf, 0xbd],
    [0xe6, 0xbc],
    [0xc3, 0xa9, 0x80],
  ]
  for (const bytes of random) {
    it(Buffer.from(bytes).toString('hex'), () => {
      expect([...toBytes(fromBytes(Uint8Array.from(bytes)))]).to.deep.equal(bytes)
    })
  }
  it('a character in two halves is the character again', () => {
    for (const text of ['é', '漢', '👍']) {
      const length = toBytes(text).length
      for (let at = 0; at <= length; at++) {
        const halves = [cutBytes(text, 0, at), cutBytes(text, at, length)]
        expect(Buffer.concat(halves.map(toBytes)).toString()).to.equal(text)
      }
    }
  })
})
