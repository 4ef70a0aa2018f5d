/** What engines make of builds that nobody recorded, and of a choice of those that somebody did, against the prediction. */

import { expect } from 'chai'
import { compare, type Point } from '../tools/compare.ts'
import { type Buildable, openEngines } from '../tools/engine.ts'
import { predictCase } from '../tools/predict.ts'
import { truthCases } from '../tools/truth.ts'
import { freshCases } from './fresh.ts'

const engines = openEngines()

// Every eighth recorded case: enough to notice an engine that behaves otherwise than the one that was recorded.
const chosen = truthCases().filter(({ args }, i) => i % 8 === 0 && args.skip === undefined && args.only === undefined)

/** What must agree: all that is said to be known. */
const must = ({ aside, subject, note }: Point): boolean =>
  aside === undefined && subject !== 'size, RUN' && !(subject === 'layer entries' && note.includes('(not complete)'))

for (const engine of engines) {
  describe(engine.builder, () => {
    const check = (one: Buildable) =>
      it(one.name, async () => {
        const points = compare(engine.build(one), await predictCase(one, engine.builder, null), one)
        const wrong = points.filter((point) => must(point) && !point.right)
        expect(wrong.map(({ subject, note }) => `${subject}: ${note}`)).to.deep.equal([])
      })
    for (const one of freshCases) check(one)
    for (const one of chosen) check(one)
  })
}
