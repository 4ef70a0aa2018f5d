import { expect } from 'chai'
import { expand, type Reading } from '../../../lib/dockerfile/expand.ts'

const values: Readonly<Record<string, string>> = {
  A: 'a',
  P: '/usr/local/bin/foo.tar.gz',
  E: '',
  S: 'one two',
  M: 'aXbXc',
  W: 'C:\\d\\*e',
}
const lookup = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined)
const reading: Reading = { escape: '\\', modifiers: 'patterns' }
const text = (word: string, more: Partial<Reading> = {}) => {
  const { text, error } = expand(word, lookup, { ...reading, ...more })
  return error ?? text
}

describe('expand', () => {
  const cases: readonly (readonly [word: string, result: string])[] = [
    ['x', 'x'],
    ['$A', 'a'],
    ['${A}b', 'ab'],
    ['$Ab', ''],
    ['\\$A', '$A'],
    ["'$A'", '$A'],
    ['"$A \\" \\x \\\\ \\$A"', 'a " \\x \\ $A'],
    ['"it\'s"', "it's"],
    ['a\\', 'a'],
    ['$', '$'],
    ['$.', '$.'],
    ['a$$b', 'ab'],
    ['$10x', 'x'],
    ['$@$*$#$?$-$!$0', ''],
    ['${NOPE:-d}', 'd'],
    ['${E:-d}', 'd'],
    ['${E-d}', ''],
    ['${A:+d}', 'd'],
    ['${E:+d}', ''],
    ['${E+d}', 'd'],
    ['${NOPE:-${A:-x}y}', 'ay'],
    ['${NOPE:-"a b"}', 'a b'],
    ['${A:?m}', 'a'],
    ['${NOPE:?m}', 'NOPE: m'],
    ['${NOPE?}', 'NOPE: is not allowed to be unset'],
    ['${E:?}', 'E: is not allowed to be empty'],
    ['${P#*/}', 'usr/local/bin/foo.tar.gz'],
    ['${P##*/}', 'foo.tar.gz'],
    ['${P%.*}', '/usr/local/bin/foo.tar'],
    ['${P%%.*}', '/usr/local/bin/foo'],
    ['${P/foo/bar}', '/usr/local/bin/bar.tar.gz'],
    ['${P//\\//_}', '_usr_local_bin_foo.tar.gz'],
    ['${P/o?/X}', '/usr/lXal/bin/foo.tar.gz'],
    ['${M//X/$0-}', 'a-b-c'],
    ['${M/X}', "syntax error: missing '/' in ${}"],
    ['${A', "syntax error: missing '}'"],
    ['${', "syntax error: missing '}'"],
    ['${}', 'syntax error: bad substitution'],
    ['${A:=x}', 'unsupported modifier (:=) in substitution'],
    ['${A^}', 'unsupported modifier (^) in substitution'],
    ['"a', 'unexpected end of statement while looking for matching double-quote'],
    ["'a", 'unexpected end of statement while looking for matching single-quote'],
  ]
  for (const [word, result] of cases) it(word, () => expect(text(word)).to.equal(result))

  it('knows no patterns before frontend 1.7 and no colon-less forms before 1.6', () => {
    expect(text('${A#x}', { modifiers: 'posix' })).to.equal('unsupported modifier (#) in substitution')
    expect(text('${A-x}', { modifiers: 'colon' })).to.equal("missing ':' in substitution")
    expect(text('${A:=x}', { modifiers: 'colon' })).to.equal('unsupported modifier (=) in substitution')
  })

  it('takes what stands in single quotes in a pattern as it is, since frontend 1.28', () => {
    // What the lexers of BuildKit 0.33.0 and 0.34.1 make of them.
    const found: readonly (readonly [word: string, before: string, since: string])[] = [
      ["${W##*'\\*'}", 'e', ''],
      ["${W/':\\d'/-}", "invalid pattern (:\\d) in substitution: invalid escape '\\d'", 'C-\\*e'],
      ["${W//'\\\\'/'\\\\'}", 'C:\\\\d\\\\*e', 'C:\\d\\*e'],
      ["${W//'\\'/_}", "invalid pattern (\\) in substitution: invalid escape '\\'", 'C:_d_*e'],
      ["${W%'\\*e'}", 'C:\\d\\', 'C:\\d'],
      ["${W%'*e'}", 'C:\\d\\*', 'C:\\d\\*'],
      ['${W%"\\\\*e"}', 'C:\\d', 'C:\\d'],
      ['${W/"\\d"/-}', 'C:-\\*e', 'C:-\\*e'],
      ["${W/\\\\d/'\\x'}", 'C:\\x\\*e', 'C:\\x\\*e'],
      ['${W/"\\\\"/"\\\\"}', 'C:\\\\d\\*e', 'C:\\\\d\\*e'],
    ]
    for (const [word, before, since] of found)
      expect([text(word), text(word, { modifiers: 'quoted patterns' })], word).to.deep.equal([before, since])
  })

  describe("reads Buildah's way", () => {
    const buildah: readonly (readonly [modifiers: Reading['modifiers'], word: string, result: string])[] = [
      ['buildah-1.28', 'a$$b', 'a$'],
      ['buildah-1.28', '$10y', '0y'],
      ['buildah-1.28', '${NOPE:-d}', 'd'],
      ['buildah-1.28', '${A:?m}', 'unsupported modifier (?) in substitution: ${A:?m}'],
      ['buildah-1.31', '${NOPE:?m}', 'm'],
      ['buildah-1.31', '${A#x}', "missing ':' in substitution: ${A#x}"],
      ['buildah-1.37', '${P##*/}', 'usr/local/bin/foo.tar.gz'],
      ['buildah-1.37', '${P%%.*}', '/usr/local/bin/foo'],
      ['buildah-1.37', '${P//\\//_}', '_usr_local_bin_foo.tar.gz'],
      ['buildah-1.37', '${P/#\\/usr/x}', 'x/local/bin/foo.tar.gz'],
      ['buildah-1.37', '${P/%gz/x}', '/usr/local/bin/foo.tar.x'],
      ['buildah-1.37', '${P/u[r-t]r/x}', '/x/local/bin/foo.tar.gz'],
      ['buildah-1.37', '${P//[!/]/x}', '/usr/local/bin/foo.tar.gz'],
      ['buildah-1.37', '${P/foo}', '/usr/local/bin/.tar.gz'],
      ['buildah-1.37', '${P/}', 'P/: no pattern to replace'],
      ['buildah-1.37', '${P#}', 'P#: no prefix to remove'],
    ]
    for (const [modifiers, word, result] of buildah)
      it(`${modifiers} ${word}`, () => expect(text(word, { modifiers })).to.equal(result))
  })

  it('splits words after replacement, not inside quotes', () => {
    const words = (word: string) => expand(word, lookup, reading).words
    expect(words('$S "$S" x')).to.deep.equal(['one', 'two', 'one two', 'x'])
    expect(words('8080 $E 90')).to.deep.equal(['8080', '90'])
  })

  it('names what had no value', () => {
    expect(expand('$NOPE ${OTHER:-x} $A', lookup, reading).unset).to.deep.equal(['NOPE', 'OTHER'])
  })

  it('bounds nesting and hostile patterns', () => {
    expect(text('${A:-'.repeat(5000))).to.match(/nested|missing/)
    expect(text(`\${M/${'*a'.repeat(2000)}/x}`)).to.equal('aXbXc')
  })
})
