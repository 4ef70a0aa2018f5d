/** Every card in test/score/ against its floor; UPDATE=1 raises the floor to what is reached. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { belowFloor, type Card, type Score } from './tools/score.ts'

/** Lines of which every single point must be right, today and always. */
const laws = /^(claimed exact|read without a crash|size not contradicted)/

describe('scorecard', function () {
  this.timeout(600_000)
  const folder = join(import.meta.dirname, 'score')
  const absent: string[] = []

  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    it(`${file.slice(0, -'.js'.length)} is predicted no worse than before`, async () => {
      const { default: score } = (await import(join(folder, file))) as { default: Score }
      const cards: readonly Card[] = [await score()].flat()
      for (const { rows, note } of cards) if (rows.length === 0 && note !== undefined) absent.push(note)
      expect(belowFloor(cards)).to.deep.equal([])
      const broken = cards.flatMap(({ rows }) => rows.filter(({ name }) => laws.test(name)))
      expect(broken.flatMap(({ wrong }) => wrong ?? [])).to.deep.equal([])
    })
  }

  after(() => {
    for (const note of absent) console.log(`    ${note}`)
  })
})
