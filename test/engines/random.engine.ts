/** What engines make of file operations at random, against the prediction: what is said to be known has to be right. */

import { expect } from 'chai'
import { compare, contradictions } from '../tools/compare.ts'
import { openEngines } from '../tools/engine.ts'
import { predictCase } from '../tools/predict.ts'
import { randomCase } from './random-cases.ts'

const seeds = Array.from({ length: 8 }, (_, index) => 100 + index)

for (const engine of openEngines()) {
  describe(`random files, ${engine.builder}`, () => {
    for (const seed of seeds)
      it(`seed ${seed}`, async () => {
        const one = randomCase(seed)
        const points = compare(engine.build(one), await predictCase(one, engine.builder, null), one)
        expect(contradictions(points).join('\n'), one.dockerfile).to.equal('')
      })
  })
}
