/** Dockerfiles that grow: what is predicted for them grows as they do, is sound, and comes to an end. */
import { expect } from 'chai'
import { predict } from '../../lib/analyze.ts'
import { catalogue } from '../../lib/bases/catalogue.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import type { LayerFacts } from '../../lib/lint/facts.ts'
import { finderIn } from '../../lib/lint/losses.ts'
import type { Entry, Prediction } from '../../lib/model.ts'
import { exact, zero } from '../../lib/size.ts'
import { stack } from '../../lib/unionfs/stack.ts'
import { directory } from '../../lib/unionfs/tree.ts'
import type { Touch } from '../../lib/watch.ts'
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

  /** How often labels are read while something is done with so many packages of one folder. */
  function labelsRead(count: number, act: (entries: readonly Entry[]) => void): number {
    let reads = 0
    const package_ = (index: number): Entry => ({
      ...directory('/'),
      type: 'package',
      size: exact(1, 'test'),
      get label() {
        reads++
        return `apt:p${index}`
      },
    })
    act(Array.from({ length: count }, (_, index) => package_(index)))
    return reads
  }
  it('packages that are stored again in a later layer: labels are read as often as there are packages', () => {
    const again = (entries: readonly Entry[]): void => {
      const layer = { row: 0, entries, complete: true, size: zero }
      expect(stack([layer, layer]).waste).to.have.length(entries.length)
    }
    const [few, many] = [labelsRead(200, again), labelsRead(400, again)]
    expect(many).to.be.at.most(2.2 * few)
  })

  it('who wrote a package is found without a look at what wrote the others', () => {
    let looks = 0
    const touch = (index: number): Touch => ({
      how: 'stored',
      get path() {
        looks++
        return '/'
      },
      label: `apt:p${index}`,
    })
    const found = (count: number): number => {
      const touches = Array.from({ length: count }, (_, index) => touch(index))
      const step = { keyword: 'RUN', span: { start: 0, end: 1 }, line: 1 }
      const command = { step, span: step.span, line: 1, deed: { touches } }
      const find = finderIn([{ steps: [{ ...step, commands: [command] }] } as unknown as LayerFacts])
      looks = 0
      for (let i = 0; i < count; i++)
        expect(find({ ...directory('/'), type: 'package', label: `apt:p${i}` }, 0, ['stored'])?.command).to.equal(
          command,
        )
      return looks
    }
    const few = found(200)
    expect(found(400)).to.be.at.most(2.2 * few)
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
