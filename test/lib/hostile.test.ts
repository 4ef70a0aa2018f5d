/** Dockerfiles that are small and want to become large, and those with more of something than anybody writes. */
import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { plainGiven } from '../tools/predict.ts'
import { truthBase } from '../tools/truth-bases.ts'

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('')

describe('variables that grow without end', () => {
  const long = 'x'.repeat(60_000)
  const cases: Readonly<Record<string, string>> = {
    'an ENV that doubles': `FROM scratch\nENV A=xx\n${lines(40, () => 'ENV A=$A$A')}`,
    'a global ARG that doubles': `ARG A=xx\n${lines(40, () => 'ARG A=$A$A')}FROM $A\n`,
    'a long value in many labels': `FROM scratch\nENV A=${long}\n${lines(1000, (index) => `LABEL l${index}=$A`)}`,
    'a long value in many words': `FROM scratch\nENV A=${long}\nLABEL${' $A=$A'.repeat(1000)}\n`,
  }
  for (const [name, text] of Object.entries(cases))
    for (const builder of ['buildkit', 'classic', 'buildah'])
      it(`${name}, ${builder}`, () => {
        const { refused } = predict(text, plainGiven(chooseBuilder(builder)))
        expect(refused?.message).to.match(/variables make (it|the file) longer than a builder takes/)
      })

  it('a long text with a variable is no growth', () => {
    const text = `FROM scratch\nENV V=1\nCOPY <<EOF /x\n${'a line with $V in it\n'.repeat(100_000)}EOF\n`
    expect(predict(text, plainGiven(chooseBuilder('buildkit'))).refused).to.equal(null)
  })
})

describe('more than anybody writes', () => {
  const bases = (ref: string) => truthBase(ref)
  const rowsOf = (text: string) => predict(text, plainGiven(chooseBuilder('buildkit'), { base: bases }))
  const sizeOf = (text: string) => rowsOf(text).image.rows.at(-1)!.size
  /** In lines that a builder takes, `count` times. */
  const wrapped = (count: number, word: (index: number) => string): string =>
    Array.from({ length: Math.ceil(count / 2000) }, (_, line) =>
      Array.from({ length: Math.min(2000, count - line * 2000) }, (_, index) => word(line * 2000 + index)).join(''),
    ).join('\\\n')

  it('instructions end at a number that fits into memory', () => {
    const { refused } = rowsOf(`FROM scratch\n${'LABEL a=b\n'.repeat(50_000)}`)
    expect(refused?.line).to.equal(50_001)
    expect(refused?.message).to.match(/more than 50000 instructions/)
  })

  it('a value may ask for very many variables that nobody has set', () => {
    const { refused, image } = rowsOf(`FROM busybox:local\nENV A=x${wrapped(200_000, () => '$B')}\n`)
    expect(refused).to.equal(null)
    expect(image.config.Env).to.include('A=x')
  })

  const bash = 'FROM debian:bookworm\nSHELL ["/bin/bash", "-c"]\n'
  it('words of braces are counted, and too many are not claimed', () => {
    // 30 numbers of two digits and so on, each with what parts it from the next.
    expect(sizeOf(`${bash}RUN echo {1..3000} > /numbers\n`).bytes).to.equal(9 * 2 + 90 * 3 + 900 * 4 + 2001 * 5)
    for (const word of ['{1..30000}', '{a,b}'.repeat(20), `${'{a,'.repeat(30)}b${'}'.repeat(30)}`])
      expect(sizeOf(`${bash}RUN echo ${word} > /words\n`).basis, word).to.equal('unknown')
    expect(sizeOf(`${bash}RUN echo ${wrapped(30_000, () => '{a,b}')} > /words\n`).basis).to.equal('unknown')
  })

  it('what very many operands do is not claimed', () => {
    const made = (count: number) =>
      sizeOf(
        `FROM busybox:local\nRUN echo hello > /tmp/a && for i in${wrapped(count, (i) => ` ${i}`)}; do :; done && ls${wrapped(
          count,
          (i) => ` /f${i}`,
        )} > /dev/null; mkdir /d && touch${wrapped(count, (i) => ` /d/f${i}`)} && rm -r /d\n`,
      )
    expect(made(900).basis).to.equal('exact')
    expect(made(21_000).basis).to.equal('unknown')
  })

  it('accounts by the thousand are not followed', () => {
    const added = (count: number) =>
      sizeOf(`FROM debian:bookworm\nRUN true${wrapped(count, (index) => `; groupadd -g ${index + 2000} g${index}`)}\n`)
    expect(added(20).bytes).to.be.above(400)
    expect(added(4100).basis).to.equal('unknown')
  })

  it('a working directory longer than any path', () => {
    expect(() => rowsOf(`FROM busybox:local\nWORKDIR ${wrapped(30_000, () => '/a')}\n`)).not.to.throw()
  })
})
