import { expect } from 'chai'
import { grow } from './data-apt-trees.ts'
import { random } from './random.ts'

describe('test/tools/data-apt-trees', () => {
  const rows = Array.from({ length: 400 }, (_, i) => [i % 20, i % 7, (i * 37) % 101])

  it('tells what depends on several numbers, of what it has not seen too', () => {
    const number = ([a = 0, b = 0, c = 0]: readonly number[]): number =>
      a * 10 + (b > 3 ? 100 : 0) + (c > 50 ? a * 5 : 0)
    const told = grow(rows.slice(0, 300), rows.slice(0, 300).map(number))
    const off = rows.slice(300).map((row) => Math.abs(told(row) - number(row)))
    expect(off.reduce((sum, one) => sum + one, 0) / off.length).to.be.below(12)
  })

  it('a few that are far off bend nothing', () => {
    const pick = random(3)
    const told = grow(
      rows,
      rows.map(([a = 0]) => (pick(20) === 0 ? 1e9 : a)),
    )
    for (const row of rows.slice(0, 20)) expect(told(row)).to.be.closeTo(row[0]!, 3)
  })

  it('of one it tells that, of none nothing', () => {
    expect(grow([[1]], [7])([3])).to.equal(7)
    expect(grow([], [])([3])).to.equal(0)
  })
})
