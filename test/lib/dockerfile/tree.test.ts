import { expect } from 'chai'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { traitsOf } from '../../../lib/builders/traits.ts'
import { type Scanned, scan } from '../../../lib/dockerfile/scan.ts'
import { lazyTree, type Range, readTree, type Tree } from '../../../lib/dockerfile/tree.ts'
import { splitWords } from '../../../lib/dockerfile/words.ts'
import { truthCases } from '../../tools/truth.ts'

const traits = traitsOf(chooseBuilder('buildkit'))
const read = (text: string): Scanned => scan(text, traits)

/** `keyword|flag|flag` and the parts, a part being `name:text`. */
function told(text: string): readonly string[] | undefined {
  const tree = readTree(read(text))
  const cut = (range: Range): string => text.slice(range.start, range.end)
  return (
    tree &&
    [...tree.values()].map(({ keyword, flags, from, properties }) =>
      [
        cut(keyword),
        ...flags.map(({ name, value }) => `--${cut(name)}${value ? `:${cut(value)}` : ''}`),
        ...Object.entries(from ?? {}).map(([part, range]) => `${part}:${cut(range as Range)}`),
        ...properties.map(({ name, value }) => `${cut(name)}${value ? `=>${cut(value)}` : ''}`),
      ].join(' | '),
    )
  )
}

describe('tree', () => {
  const cases: readonly (readonly [source: string, ...told: string[]])[] = [
    ['FROM alpine', 'FROM | image:alpine | name:alpine'],
    ['from a/b:1 as C', 'from | image:a/b:1 | name:a/b | tag:1 | stage:C'],
    [
      'FROM host:5000/team/app:1.2@sha256:ab AS build',
      'FROM | image:host:5000/team/app:1.2@sha256:ab | name:team/app | registry:host:5000 | tag:1.2 | digest:sha256:ab | stage:build',
    ],
    ['FROM a@sha256:ab', 'FROM | image:a@sha256:ab | name:a | digest:sha256:ab'],
    ['FROM ${R:-a.b/c}:${T:-1}', 'FROM | image:${R:-a.b/c}:${T:-1} | name:${R:-a.b/c} | tag:${T:-1}'],
    [
      'FROM --platform="linux/amd 64" \\\n # c\n a \\\n  AS b',
      'FROM | --platform:"linux/amd 64" | image:a | name:a | stage:b',
    ],
    ['ENV a=1 b="x y" \\\n# c=3\n\n  d=e\\ f', 'ENV | a=>1 | b=>"x y" | d=>e\\ f'],
    ['ENV a b c', 'ENV | a=>b c'],
    ['LABEL "with blank"="a \\"b\\"" c=\'d\'', 'LABEL | "with blank"=>"a \\"b\\"" | c=>\'d\''],
    ['ENV a="x\\\n y" b=', 'ENV | a=>"x\\\n y" | b=>'],
    ['# escape=`\nENV a=c:\\ b=x` y `\n c=2\nRUN z', 'ENV | a=>c:\\ | b=>x` y | c=>2', 'RUN'],
    ['ARG a b=c d="e f"', 'ARG | a | b=>c | d=>"e f"'],
    [
      "RUN --mount=type=cache,'target=/a b' --network=none <<EOF\nENV no=1\nEOF\nRUN y",
      "RUN | --mount:type=cache,'target=/a b' | --network:none",
      'RUN',
    ],
    ["RUN echo 'x <<EOF y' \\\\\nENV a=1", 'RUN', 'ENV | a=>1'],
    ['# see http://x?a=b\n# escape=`\nENV a=`', 'ENV | a=>`'],
    ['ENV P=c:\\\\x\\\\\nRUN a', 'ENV | P=>c:\\\\x\\\\', 'RUN'],
    ['\\\nENV a=1', 'ENV | a=>1'],
    ['\uFEFFENV\fa=1\r\n\tLABEL b=2\u00a0c=3\r\n', 'ENV | a=>1', 'LABEL | b=>2 | c=>3'],
  ]
  for (const [source, ...parts] of cases) {
    it(JSON.stringify(source), () => expect(told(source)).to.deep.equal(parts))
  }

  it('a file that the two read differently has none', () => {
    expect(told('\\\\\nRUN a')).to.equal(undefined)
    expect(readTree(read(`FROM a\nRUN ${'x'.repeat(1 << 20)}\n`))).to.equal(undefined)
    expect(readTree(read('FROM a\n'.repeat(9000)))).to.equal(undefined)
    expect(told(`FROM ${'${'.repeat(5000)}\nENV a=1`)).to.deep.equal(['FROM', 'ENV | a=>1'])
  })

  it('is read once, when asked', () => {
    const tree = lazyTree(read('FROM a'))
    expect(tree()).to.equal(tree()).and.to.be.instanceOf(Map)
  })

  describe('ranges hold the text that the scanner read', () => {
    it('in the recorded builds', () => {
      const known = truthCases().filter(({ name, dockerfile }) => check(name, dockerfile) !== undefined)
      expect(known.length).to.be.greaterThan(250)
      expect(known.length).to.equal(truthCases().length)
    })

    it('in files put together at random', () => {
      let seed = 20261120
      const random = (below: number): number => {
        seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
        return (seed >> 8) % below
      }
      const pick = <T>(list: readonly T[]): T => list[random(list.length)]!
      const values = [
        '1',
        '"x y"',
        "'q \\ z'",
        'e\\ f',
        '"a\\"b"',
        '',
        '$x',
        '${y:-z}',
        'ä漢👍',
        'a"b c"d',
        '\\\\',
        '<<EOF',
        '#no',
        '[1]',
        '`',
      ]
      const gaps = [' ', '  ', '\t', ' \\\n', ' \\ \t\n  ', ' \\\n# note = 1\n ', ' \\\n\n ']
      const pairs = (): string =>
        Array.from({ length: 1 + random(4) }, (_, i) => `k${i}=${pick(values)}`).join(pick(gaps))
      const lines: readonly (() => string)[] = [
        () => `ENV ${pairs()}`,
        () => `LABEL${pick(gaps)}${pairs()}`,
        () => `ARG ${pairs()}${pick(gaps)}n`,
        () =>
          `FROM ${pick(['', '--platform=a/b ', '--platform="a b" '])}${pick(['a', 'b/c:1', 'h:1/d@sha256:0', '$X', '${Y:-a/b:1}'])}${pick(['', `${pick(gaps)}AS${pick(gaps)}s`])}`,
        () => `RUN --mount=type=cache,target=${pick(['/a', '"/a b"'])}${pick(gaps)}echo ${pick(values)}`,
        () => `RUN <<EOF\n${pick(values)}\nFROM no\nEOF`,
        () => `CMD ["a", "b c", "${pick(['', '\\t', "'"])}"]`,
        () => pick(['# comment a=b', '', '   ', '\t# x \\', 'FOO bar']),
      ]
      let known = 0
      for (let round = 0; round < 400; round++) {
        const first = seed
        const text = Array.from({ length: 1 + random(12) }, () => pick(lines)()).join(pick(['\n', '\r\n', '\n\n']))
        if (check(`seed ${first}: ${JSON.stringify(text)}`, text) !== undefined) known++
      }
      expect(known).to.equal(400)
    })
  })
})

/** Compares what the ranges hold with what the scanner read; gives the tree. */
function check(name: string, text: string): Tree | undefined {
  const scanned = read(text)
  const tree = readTree(scanned)
  const sign = scanned.escape === '`' ? '`' : '\\\\'
  const continuation = new RegExp(`${sign}[ \\t]*\\r*\\n(?:\\s*(?:#.*)?\\r*\\n)*`, 'g')
  const joined = ({ start, end }: Range): string => text.slice(start, end).replace(continuation, '')
  for (const [instruction, { keyword, flags, from, properties }] of tree ?? []) {
    const where = `${name}, line ${instruction.span.line}`
    expect(joined(keyword).toUpperCase(), where).to.equal(instruction.keyword)
    expect(
      flags.map((flag) => joined(flag.name)),
      where,
    ).to.deep.equal(instruction.flags.map((flag) => flag.name))
    if (['ENV', 'LABEL', 'ARG'].includes(instruction.keyword)) {
      const words = splitWords(instruction.text, scanned.escape)
      const pairs = instruction.keyword === 'ARG' || words[0]?.includes('=')
      if (pairs)
        expect(
          properties.map(({ whole }) => joined(whole)),
          where,
        ).to.deep.equal(words)
      for (const { whole, name, value } of properties) {
        expect(name.start, where).to.equal(whole.start)
        expect((value ?? name).end, where).to.equal(whole.end)
        if (value && pairs) expect(joined({ start: name.end, end: value.start }), where).to.equal('=')
      }
    } else expect(properties, where).to.deep.equal([])
    if (instruction.keyword !== 'FROM' || from === undefined) continue
    const [image, as, stage] = instruction.text.split(/\s+/)
    expect(joined(from.image), where).to.equal(image)
    expect(from.stage && joined(from.stage), where).to.equal(as === undefined ? undefined : stage)
  }
  return tree
}
