import { expect } from 'chai'
import { compilePatterns, type IgnoreDialect, readIgnore } from '../../lib/dockerignore.ts'

/** Answers for `moby` were given by moby/patternmatcher and its ignorefile as well. */
describe('readIgnore', () => {
  const cases: readonly (readonly [text: string, patterns: readonly string[], dialect?: IgnoreDialect])[] = [
    ['', []],
    ['# c\n*.txt\n!b.txt\n', ['*.txt', '!b.txt']],
    ['\ufeffa\n', ['a']],
    ['\ufeff# c\na', ['a']],
    ['a\r\n\r\nb\r\n', ['a', 'b']],
    [' # not a comment', ['# not a comment']],
    ['a # b', ['a # b']],
    ['  a b  ', ['a b']],
    ['\t\n \n', []],
    ['/a/b/', ['a/b']],
    ['./a//b/.', ['a/b']],
    ['a/../b', ['b']],
    ['../x', ['../x']],
    ['/', ['/']],
    ['.', ['.']],
    ['! /x', ['!x']],
    ['!', ['!']],
    ['!!x', ['!!x']],
    ['!/', ['!/']],
    ['\\#x', ['\\#x']],
    ['\u0085a\u00a0', ['a']],
    ['# c\n/a/\n!/b\n a\r', ['a', '!/b', ' a\r'], 'buildah'],
    ['\ufeffa', ['\ufeffa'], 'buildah'],
    ['//', [], 'buildah'],
  ]
  for (const [text, patterns, dialect] of cases) {
    it(JSON.stringify(text), () => expect(readIgnore(text, dialect)).to.deep.equal(patterns))
  }
})

describe('compilePatterns', () => {
  type Case = readonly [patterns: readonly string[], yes: readonly string[], no: readonly string[]]
  const cases: readonly Case[] = [
    [['a'], ['a', 'a/b', 'a/b/c'], ['ab', 'b/a', 'A']],
    [['a/b'], ['a/b', 'a/b/c'], ['a', 'b', 'x/a/b']],
    [['*.txt'], ['x.txt', '.txt', 'x.txt/y'], ['d/x.txt', 'x.txtx']],
    [['*/*.txt'], ['d/x.txt'], ['x.txt', 'a/b/x.txt']],
    [['**/*.txt'], ['x.txt', 'd/x.txt', 'a/b/x.txt'], ['x.txt2']],
    [['**.txt'], ['x.txt', 'd/x.txt', 'atxt/.txt'], ['txt']],
    [['**/a'], ['a', 'b/a', 'b/c/a/d'], ['ba', 'b/ca']],
    [['**'], ['a', 'a/b'], []],
    [['a**'], ['a', 'ab', 'abc/d'], ['ba']],
    [['a/**'], ['a/b', 'a/b/c'], ['a', 'ab/c']],
    [['a/**/b'], ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'b']],
    [['**/a/**'], ['a/x', 'b/a/x'], ['a', 'b/a']],
    [['**a**'], ['a', 'ab', 'x/ab/c', 'x/a'], ['x/ba']], // two of them make it an expression: a name must begin so
    [['***'], ['a', 'a/b'], []],
    [['?'], ['a', 'é'], ['ab']],
    [['[a-c]x'], ['ax', 'cx'], ['dx', '-x']],
    [['[^a]x'], ['bx', '/x'], ['ax']], // unlike a file name pattern, a class takes a slash
    [['a.b'], ['a.b'], ['axb']],
    [['a.b*'], ['a.bc'], ['axb']],
    [['(x)*'], ['(x)', '(x)y'], ['x']],
    [['a+*'], ['a+b'], ['aab']],
    [['^a*'], ['ab'], ['^ab']], // ^ reaches the expression as it is
    [['^a'], ['^a'], ['a']],
    [['a$*'], ['a$b'], ['a']],
    [['\\a*'], ['\u0007'], ['a', 'ab']], // and so do escapes
    [['\\d*'], ['1x'], ['d', 'dx']],
    [['\\#x'], ['#x'], ['x']],
    [['x\\by'], [], ['xby', 'xy']],
    [['[[:digit:]]x'], ['1x'], ['dx', ':x']],
    [['[\\d]x'], ['1x'], ['dx']],
    [['[a*]b'], ['a]b', '[]b', ']b', '/]b'], ['ab', 'ab]b']], // the star is written out inside the class
    [['[]]'], [], [']x']],
    [[' a '], ['a'], [' a ']],
    [['a/'], ['a', 'a/b'], []],
    [['./a'], ['a'], []],
    [['a/../b'], ['b'], ['a']],
    [['A'], ['A'], ['a']],
    [
      ['a', '!a/b'],
      ['a', 'a/c'],
      ['a/b', 'a/b/c'],
    ],
    [['!a/b', 'a'], ['a', 'a/b'], []],
    [
      ['*', '!a', '!*.md'],
      ['b', 'b/x.md'],
      ['a', 'a/b', 'x.md'],
    ],
    [
      ['**', '!a/**/k'],
      ['a', 'k'],
      ['a/k', 'a/x/k'],
    ],
    [
      ['*.md', '!README*.md', 'README-s.md'],
      ['x.md', 'README-s.md'],
      ['README.md', 'README-t.md'],
    ],
    [['', ' '], [], ['a']],
    [['😀*'], ['😀', '😀x'], ['x']],
  ]
  for (const [patterns, yes, no] of cases) {
    it(JSON.stringify(patterns), () => {
      const compiled = compilePatterns(patterns)
      expect(compiled.malformed).to.equal(patterns[0] === '[]]' ? '[]]' : undefined)
      if (compiled.malformed !== undefined) return
      for (const path of yes) expect(compiled.matches(path), path).to.equal(true)
      for (const path of no) expect(compiled.matches(path), path).to.equal(false)
    })
  }

  const malformed = ['[', '[a', 'a\\', '!', '!!', 'a*[', '[b-a]', '[[:no:]]', '\\é*', '*\\1', '[-a]', 'a[]']
  for (const pattern of malformed) {
    it(`rejects ${pattern}`, () => {
      const expected = pattern === '!!' ? undefined : pattern
      expect(compilePatterns(['x', pattern]).malformed).to.equal(expected)
    })
  }

  it('hands a result down from folder to child', () => {
    const patterns = compilePatterns(['d', '!d/keep'])
    const d = patterns.under('d')
    expect(d.in).to.equal(true)
    expect(patterns.under('d/x', d.matched).in).to.equal(true)
    expect(patterns.under('d/keep', d.matched).in).to.equal(false)
    expect(patterns.exceptions).to.deep.equal(['d/keep'])
  })

  it('takes a leading ** for whole names in buildah', () => {
    expect(compilePatterns(['**.txt'], 'buildah').matches('x.txt')).to.equal(false)
    expect(compilePatterns(['**.txt'], 'buildah').matches('d/.txt')).to.equal(true)
    expect(compilePatterns(['a', '!/a/b'], 'buildah').matches('a/b')).to.equal(false)
  })

  it('stays quick on many double stars', () => {
    const patterns = compilePatterns([`${'**/a/'.repeat(60)}b`, `${'*a'.repeat(100)}*b`])
    expect(patterns.matches('a/'.repeat(200).slice(0, -1))).to.equal(false)
  })
})
