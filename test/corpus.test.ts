import { expect } from 'chai'
import score from './score/corpus.ts'
import { belowFloor, type Card } from './tools/score.ts'

describe('real Dockerfiles', () => {
  let cards: readonly Card[] = []
  before(async function () {
    this.timeout(60_000)
    cards = [await score()].flat()
  })

  it('are predicted no worse than before', () => {
    expect(belowFloor(cards)).to.deep.equal([])
  })

  it('are read without a crash', () => {
    const reads = cards.flatMap((card) => card.rows.filter(({ name }) => name.startsWith('read without a crash')))
    expect(reads.flatMap(({ wrong }) => wrong ?? [])).to.deep.equal([])
  })

  after(() => {
    for (const { rows, note } of cards) if (rows.length === 0) console.log(`    ${note}`)
  })
})
