/** Dockerfiles that grow: what is predicted for them grows as they do, is sound, and comes to an end. */
import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { catalogue } from '../../lib/bases.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import type { Prediction } from '../../lib/model.ts'
import { growing, grown } from '../tools/growing.ts'
import { plainGiven } from '../tools/predict.ts'

const builder = chooseBuilder('buildkit')

function predicted(name: string, count: number): Prediction {
  const { text, context } = grown(name, count)
  return predict(text, plainGiven(builder, { base: catalogue, context }))
}

const entries = ({ image }: Prediction): number => image.layers.reduce((sum, layer) => sum + layer.entries.length, 0)

/** Those that a builder too stores more and more of with each step: all that is there is copied or changed again. */
const byNature = /doubl|chmod -R|chown -R|braces in a row|^WORKDIR$/

describe('what grows', function () {
  this.timeout(600_000)

  it('stores twice as much at most where it is twice as long', () => {
    for (const name of Object.keys(growing)) {
      if (byNature.test(name)) continue
      const [few, many] = [entries(predicted(name, 8)), entries(predicted(name, 16))]
      expect(many, `${name}: ${few} entries become ${many}`).to.be.at.most(2.2 * few + 20)
    }
  })

  // Each of these took minutes, or a stack that nobody has, before something bounded it.
  const large: Readonly<Record<string, number>> = {
    'COPY to one folder': 2000,
    'WORKDIR side by side': 3000,
    'case arms': 2500,
    'if, elif': 1500,
    'mvn of modules': 5000,
    'mvn of open comments': 100_000,
    'gradle of open comments': 100_000,
    'requirements of requirements': 1500,
    'apk add, a RUN each': 1000,
    'pip and npm, a RUN each': 400,
    'unknown programs in folders': 1000,
  }
  for (const [name, count] of Object.entries(large))
    it(`${count} × ${name}`, () => {
      const { image, refused } = predicted(name, count)
      expect(refused).to.equal(null)
      for (const { size } of image.rows) expect(size.low).to.be.at.least(0)
      expect(entries({ image } as Prediction)).to.be.below(100_000)
    })
})
