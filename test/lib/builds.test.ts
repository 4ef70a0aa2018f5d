/** Recorded builds beside those of test/truth: what the prediction says it knows is so. */

import { expect } from 'chai'
import { compare, contradictions, engineOf } from '../tools/compare.ts'
import { predictCase } from '../tools/predict.ts'
import { moreBuilds } from '../tools/truth.ts'

describe('more recorded builds', () => {
  for (const one of moreBuilds())
    it(one.name, async () => {
      for (const [record, result] of Object.entries(one.engines)) {
        const { builder, sizeModel } = engineOf(record)
        const prediction = await predictCase(one, builder, sizeModel)
        expect(contradictions(compare(result, prediction, one)), `${record}\n${one.dockerfile}`).to.deep.equal([])
      }
    })
})
