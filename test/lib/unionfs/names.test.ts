/** Names of a directory: as a map, whatever is copied, and what differs from a copy without what does not. */
import { expect } from 'chai'
import { Names } from '../../../lib/unionfs/names.ts'

const many = (count: number): Names<number> => {
  const names = new Names<number>()
  for (let i = 0; i < count; i++) names.set(`f${i}`, i)
  return names
}

describe('names of a directory', () => {
  for (const count of [0, 1, 47, 48, 49, 5000])
    it(`${count} of them are as a map would have them`, () => {
      const names = many(count)
      expect([...names.keys()].sort()).to.deep.equal(Array.from({ length: count }, (_, i) => `f${i}`).sort())
      expect(new Map(names)).to.deep.equal(new Map(Array.from({ length: count }, (_, i) => [`f${i}`, i])))
      for (const i of [0, count - 1]) expect(names.get(`f${i}`)).to.equal(i >= 0 && i < count ? i : undefined)
      names.delete('f0')
      expect(names.has('f0')).to.equal(false)
      expect([...names.values()]).to.have.lengthOf(Math.max(0, count - 1))
    })

  it('a copy and what it was made from go ways of their own', () => {
    const first = many(1000)
    const second = first.copy()
    second.set('f1', -1)
    second.delete('f2')
    first.set('f3', -3)
    expect([first.get('f1'), first.get('f2'), first.get('f3')]).to.deep.equal([1, 2, -3])
    expect([second.get('f1'), second.get('f2'), second.get('f3')]).to.deep.equal([-1, undefined, 3])
  })

  it('what is unlike is told with few others', () => {
    const first = many(50_000)
    const second = first.copy()
    second.set('f1', -1)
    second.delete('f2')
    second.set('new', 0)
    const unlike = second.unlike(first)
    expect(unlike).to.include.members(['f1', 'f2', 'new'])
    expect(unlike.length).to.be.below(1000)
    expect(unlike).to.deep.equal(unlike.toSorted())
    expect(first.unlike(second)).to.deep.equal(unlike)
    expect(first.unlike(undefined)).to.have.lengthOf(50_000)
  })
})
