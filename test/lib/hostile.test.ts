/** Dockerfiles that are small and want to become large: they end, with a refusal. */
import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { plainGiven } from '../tools/predict.ts'

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
