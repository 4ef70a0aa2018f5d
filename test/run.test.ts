import { expect } from 'chai'
import score from './score/run.ts'
import { belowFloor, type Card } from './tools/score.ts'

describe('recorded RUN builds', () => {
  let cards: readonly Card[] = []
  before(async () => {
    cards = [await score()].flat()
  })

  it('are predicted no worse than before', () => {
    expect(belowFloor(cards)).to.deep.equal([])
  })

  after(() => {
    for (const { rows, note } of cards) if (rows.length === 0) console.log(`    ${note}`)
  })
})
