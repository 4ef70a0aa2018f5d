import { expect } from 'chai'
import { lastThat } from '../../lib/sorted.ts'

describe('the last place that holds', () => {
  for (const length of [0, 1, 2, 3, 8, 9])
    it(`is found among ${length}, wherever it ends`, () => {
      for (let held = 0; held <= length; held++) expect(lastThat(length, (place) => place < held)).to.equal(held - 1)
    })

  it('asks few of many', () => {
    let asked = 0
    expect(lastThat(1_000_000, (place) => ++asked > 0 && place <= 123_456)).to.equal(123_456)
    expect(asked).to.be.at.most(20)
  })
})
