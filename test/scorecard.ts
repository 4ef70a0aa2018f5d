/** `npm run scorecard [-- --verbose] [-- NAME…]`: how much of what was recorded is predicted right. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cardText, type Score } from './tools/score.ts'

const args = process.argv.slice(2)
const verbose = args.includes('--verbose')
const wanted = args.filter((arg) => !arg.startsWith('-'))
const folder = join(import.meta.dirname, 'score')

for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.js') || (wanted.length > 0 && !wanted.some((name) => file.includes(name)))) continue
  const { default: score } = (await import(join(folder, file))) as { default: Score }
  for (const card of [await score()].flat()) console.log(cardText(card, verbose))
}
