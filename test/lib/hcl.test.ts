import { expect } from 'chai'
import { type HclBody, type HclValue, parseHcl, type Scope } from '../../lib/hcl.ts'

const scope: Scope = (name) => ({ V: 'v', N: 3, L: ['a', 'b'], O: { k: 'x' }, T: true })[name] as HclValue

describe('parseHcl', () => {
  const values: readonly (readonly [text: string, value: HclValue])[] = [
    ['"a"', 'a'],
    ['"a\\n\\"b\\\\"', 'a\n"b\\'],
    ['12', 12],
    ['1.5', 1.5],
    ['-2', -2],
    ['true', true],
    ['null', null],
    ['[]', []],
    ['[1, "a",\n  V,\n]', [1, 'a', 'v']],
    ['{ a = 1, "b": 2\n c = V }', { a: 1, b: 2, c: 'v' }],
    ['V', 'v'],
    ['UNKNOWN', undefined],
    ['"${V}-${N}"', 'v-3'],
    ['"${N}"', 3],
    ['"$${V} %%{x}"', '${V} %{x}'],
    ['"a${UNKNOWN}"', undefined],
    ['"${V == "v" ? "yes" : "no"}"', 'yes'],
    ['V != "" ? V : "none"', 'v'],
    ['T && !T', false],
    ['N + 2 * 3', 9],
    ['(N + 2) * 3', 15],
    ['N > 2 || T', true],
    ['O.k', 'x'],
    ['L[1]', 'b'],
    ['L[9]', undefined],
    ['upper("x")', undefined],
    ['<<EOT\nline\n  two\nEOT', 'line\n  two\n'],
    ['"%{ if T }x%{ endif }"', undefined],
  ]
  for (const [text, value] of values)
    it(text, () => {
      const body = parseHcl(`x = ${text}\n`)
      expect('problem' in body ? body : body.attributes.get('x')!(scope)).to.deep.equal(value)
    })

  it('blocks, labels, comments', () => {
    const body = parseHcl(
      '# a\n// b\n/* c\n */ target "web" {\n  context = "."\n}\ngroup "g" "h" {}\nvariable V { default = 1 }\n',
    ) as HclBody
    expect(body.blocks.map(({ type, labels }) => [type, ...labels])).to.deep.equal([
      ['target', 'web'],
      ['group', 'g', 'h'],
      ['variable', 'V'],
    ])
    expect(body.blocks[0]!.body.attributes.get('context')!(scope)).to.equal('.')
  })

  const wrong: readonly (readonly [text: string, problem: string, line: number])[] = [
    ['x = "a', 'a text without an end', 1],
    ['\nx =\n', 'a value expected, not ', 2],
    ['target {', 'a name expected, not the end', 1],
    ['x = [1', '] expected, not the end', 1],
    ['x = \u0001', 'unexpected "\\u0001"', 1],
    [`x = ${'['.repeat(5000)}`, 'nested too deeply', 1],
    [`${'a {'.repeat(5000)}`, 'nested too deeply', 1],
  ]
  for (const [text, problem, line] of wrong)
    it(`${JSON.stringify(text.slice(0, 20))}: ${problem}`, () =>
      expect(parseHcl(text)).to.deep.equal({ problem, line }))
})
