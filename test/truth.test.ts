import { expect } from 'chai'
import score from './score/truth.ts'
import { belowFloor, type Card } from './tools/score.ts'

describe('recorded builds', () => {
  let cards: readonly Card[] = []
  before(async () => {
    cards = [await score()].flat()
  })

  it('are predicted no worse than before', () => {
    expect(belowFloor(cards)).to.deep.equal([])
  })

  it('have every size that is claimed to be exact', () => {
    const claims = cards.flatMap((card) => card.rows.filter(({ name }) => name === 'claimed exact'))
    expect(claims.flatMap(({ wrong }) => wrong ?? [])).to.deep.equal([])
  })
})
