/** What engines make of file operations at random, against the prediction: what is said to be known has to be right. */

import { expect } from 'chai'
import { compare, type Point } from '../tools/compare.ts'
import { openEngines } from '../tools/engine.ts'
import { predictCase } from '../tools/predict.ts'
import { randomCase } from './random-cases.ts'

const seeds = Array.from({ length: 8 }, (_, index) => 100 + index)

// Where the prediction says that it does not know, it says nothing that could be wrong.
const open = ({ subject, note }: Point): boolean =>
  subject === 'size, RUN' ||
  (subject === 'inside low..high' && /\(\d+\.\. /.test(note)) ||
  (subject === 'layer entries' && note.includes('(not complete)'))

for (const engine of openEngines()) {
  describe(`random files, ${engine.builder}`, () => {
    for (const seed of seeds)
      it(`seed ${seed}`, async () => {
        const one = randomCase(seed)
        const points = compare(engine.build(one), await predictCase(one, engine.builder, null), one)
        const wrong = points.filter((point) => point.aside === undefined && !point.right && !open(point))
        expect(wrong.map(({ subject, note }) => `${subject}: ${note}`).join('\n'), one.dockerfile).to.equal('')
      })
  })
}
