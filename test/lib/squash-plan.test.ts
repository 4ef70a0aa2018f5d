import { expect } from 'chai'
import { memory } from '../../lib/image/source.ts'
import { Plan } from '../../lib/squash/plan.ts'

describe('the plan of a new layer', () => {
  const sources = [undefined, memory('one', Buffer.from('0123456789')), memory('two', Buffer.from('abcdefghij'))]
  const plan = new Plan()
  plan.add(1, 2, 5)
  plan.add(1, 5, 7)
  plan.addMade(Buffer.from('HEADER'))
  plan.add(2, 3, 3)
  plan.add(2, 0, 4)
  // The padding of a last member may be missing.
  plan.add(1, 8, 12)
  const whole = `23456HEADERabcd89\0\0${'\0'.repeat(1024)}`

  for (const length of [1, 3, 7, 2000])
    it(`comes in pieces of ${length}`, () => {
      const read = plan.reader(sources)
      const pieces: string[] = []
      const into = Buffer.alloc(length, '?')
      for (let got = read(into); got > 0; got = read(into)) pieces.push(into.toString('latin1', 0, got))
      expect(pieces.slice(0, -1).every((piece) => piece.length === length)).to.equal(true)
      expect(pieces.join('')).to.equal(whole)
    })

  it('knows its length, and holds any number of pieces', () => {
    expect(plan.bytes).to.equal(whole.length)
    const many = new Plan()
    for (let i = 0; i < 1000; i++) many.add(1 + (i % 2), i % 10, (i % 10) + 1)
    const into = Buffer.alloc(3000)
    expect(many.reader(sources)(into)).to.equal(many.bytes)
    expect(into.toString('latin1', 990, 1000)).to.equal('0b2d4f6h8j')
  })
})
