import { expect } from 'chai'
import { bounded, regexpOf, unlessSlow } from '../../../lib/commands/regexp.ts'

const many = `${'a'.repeat(300)}b`
const fits = (pattern: string, text: string): boolean | undefined => {
  const regexp = regexpOf(pattern, true, false)
  return regexp && unlessSlow(() => regexp.test(text))
}

describe('patterns of POSIX', () => {
  for (const [pattern, text, expected] of [
    ['^#?Port .*', '#Port 22', true],
    ['[^=]*=', 'x=1', true],
    ['(ab)+c', 'ababc', true],
    ['a{3}$', 'aaa', true],
    ['[[:space:]]+$', 'x', false],
    ['.*foo.*bar', 'a foo bar', true],
    ['^.*(foo|bar)z', 'abarz', true],
    ['[[:punct:]]', 'c', false],
    ['[^[:punct:]x]', '].', false],
    ['[[:digit:]_]+$', 'a_1', true],
    ['[[:constructor:]]', 'c', undefined],
  ] as const)
    it(`${pattern} is looked for in ${text}`, () => {
      expect(fits(pattern, text)).to.equal(expected)
    })

  for (const pattern of ['((a+))+$', '(.|x)*c', '(a?a?)*c', '(a{1,30}){1,30}c', 'a**'])
    it(`${pattern} has more ways to fit than anybody counts`, () => {
      expect(regexpOf(pattern, true, false)).to.equal(undefined)
    })

  for (const pattern of ['a*a*a*a*a*a*c', '.*a.*a.*a.*a.*c', 'a?'.repeat(40), `${'(a|bc)?'.repeat(30)}c`])
    it(`${pattern.slice(0, 30)} is given up where the text is long`, () => {
      expect(fits(pattern, many)).to.equal(undefined)
    })

  it('counts the steps of all texts together', () => {
    const regexp = bounded('a*a*c', 'g')!
    const lines = Array.from({ length: 1000 }, () => 'a'.repeat(100))
    expect(unlessSlow(() => regexp.test('a'.repeat(100)))).to.equal(false)
    expect(unlessSlow(() => lines.filter((line) => regexp.test(line)))).to.equal(undefined)
  })

  it('lets no other error by', () => {
    const fail = () => {
      throw new RangeError('x')
    }
    expect(() => unlessSlow(fail)).to.throw(RangeError)
  })
})
