import { expect } from 'chai'
import { matchGlob } from '../../lib/glob.ts'

/** Every answer here was given by Go's filepath.Match as well; `bad` is its ErrBadPattern. */
describe('matchGlob', () => {
  const cases: readonly (readonly [pattern: string, name: string, answer: boolean | 'bad'])[] = [
    ['', '', true],
    ['', 'a', false],
    ['abc', 'abc', true],
    ['*', '', true],
    ['*', 'abc', true],
    ['*', 'a/b', false],
    ['*c', 'abc', true],
    ['a*', 'ab/c', false],
    ['a*/b', 'abc/b', true],
    ['a*/b', 'a/c/b', false],
    ['a*b*c*d*e*/f', 'axbxcxdxe/f', true],
    ['a*b*c*d*e*/f', 'axbxcxdxexxx/fff', false],
    ['a*b?c*x', 'abxbbxdbxebxczzx', true],
    ['a*b?c*x', 'abxbbxdbxebxczzy', false],
    ['**', 'a', true], // two stars are one
    ['**', 'a/b', false],
    ['*.txt', '.txt', true],
    ['?', '/', false],
    ['?', 'é', true], // a character, not a byte
    ['??', 'é', false],
    ['ab[c]', 'abc', true],
    ['ab[b-d]', 'abc', true],
    ['ab[^c]', 'abc', false],
    ['ab[^e-g]', 'abc', true],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'ab', false],
    ['[a-ζ]*', 'α', true],
    ['*[a-ζ]', 'A', false],
    ['*[^é]x', 'éx', true], // a star may stop inside a character
    ['[!a]', 'b', false], // negation is ^ only
    ['[!a]', '!', true],
    ['[\\]a]', ']', true],
    ['[\\-x]', '-', true],
    ['[x\\-]', 'z', false],
    ['[-x]', 'x', 'bad'],
    ['[x-]', 'x', 'bad'],
    ['[a-b-c]', 'a', 'bad'],
    ['[]a]', ']', 'bad'],
    ['[]', 'a', 'bad'],
    ['[', 'a', 'bad'],
    ['[^', 'a', 'bad'],
    ['[a', 'ab', 'bad'],
    ['[^bc', 'a', 'bad'],
    ['a[', 'a', 'bad'],
    ['a[', 'ab', 'bad'],
    ['b*[', 'a', false], // not read that far
    ['\\', 'a', 'bad'],
    ['a\\', 'ab', 'bad'],
    ['[\\', 'a', 'bad'],
    ['[/]', '/', true],
    ['a/[b]', 'a/b', true],
    ['*x', 'xxx', true],
    ['*/*', 'a/b', true],
    ['😀?', '😀😀', true],
  ]
  for (const [pattern, name, answer] of cases) {
    it(JSON.stringify([pattern, name]), () => expect(matchGlob(pattern, name) ?? 'bad').to.equal(answer))
  }

  it('stays quick on many stars', () => {
    expect(matchGlob(`${'a*'.repeat(200)}b`, 'a'.repeat(2000))).to.equal(false)
  })
})
