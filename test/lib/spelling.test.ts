import { expect } from 'chai'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { predict } from '../../lib/index.ts'
import { editDistance, meant } from '../../lib/spelling.ts'
import { plainGiven } from '../tools/predict.ts'

describe('spelling', () => {
  for (const [a, b, steps] of [
    ['', 'abc', 3],
    ['copy', 'copy', 0],
    ['coyp', 'copy', 2],
    ['entrypoin', 'entrypoint', 1],
    ['run', 'rum', 1],
  ] as const)
    it(`${a} and ${b} are ${steps} apart`, () => expect(editDistance(a, b)).to.equal(steps))

  it('names the nearest, none that is far, and none for a word that is right', () => {
    expect(meant('chwon', ['from', 'chown', 'chmod'])).to.equal(' (did you mean chown?)')
    expect(meant('keep-git', ['keep-git-dir'])).to.equal('')
    expect(meant('from', ['from', 'form'])).to.equal('')
  })
})

// What Docker 28.5 and 20.10 said of each.
describe('errors that name what was meant', () => {
  const said = (text: string, builder: string, target: string | null = null) =>
    predict(`FROM scratch AS builder\n${text}`, plainGiven(chooseBuilder(builder), { target })).refused?.message
  const cases: readonly (readonly [text: string, message: string, hint: string, target?: string])[] = [
    ['RUM echo x', 'unknown instruction: RUM', ' (did you mean RUN?)'],
    ['COYP a b', 'unknown instruction: COYP', ' (did you mean COPY?)'],
    ['ENTRYPOIN ["x"]', 'unknown instruction: ENTRYPOIN', ' (did you mean ENTRYPOINT?)'],
    ['COPY --form=0 a /', 'unknown flag: --form', ' (did you mean from?)'],
    ['COPY --chwon=1 a /', 'unknown flag: --chwon', ' (did you mean chown?)'],
    ['RUN --mout=type=bind x', 'unknown flag: --mout', ' (did you mean mount?)'],
    ['HEALTHCHECK --intervall=3s CMD x', 'unknown flag: --intervall', ' (did you mean interval?)'],
    ['ADD --keep-git=true a /', 'unknown flag: --keep-git', ''],
    ['USER 1', 'target stage "buidler" could not be found', ' (did you mean builder?)', 'buidler'],
  ]
  for (const [text, message, hint, target] of cases)
    it(message, () => {
      expect(said(text, 'docker@28.5', target ?? null)).to.equal(message + hint)
      expect(said(text, 'docker@20.10', target ?? null)).to.equal(message)
    })
})
