/**
 * Does the upper end hold that is told of packages no table has? Lists of packages in recorded Dockerfiles, each package of
 * theirs in turn taken for one that is in no table, together with whatever no other of the list needs.
 */
import { absentPackage } from '../../lib/sizes/apt/absent.ts'
import { resolve } from '../../lib/sizes/apt/resolve.ts'
import { suiteOf, tableOf } from '../../lib/sizes/apt/suites.ts'
import { systemOf } from '../../lib/sizes/apt/system.ts'
import type { Candidate } from '../../lib/sizes/apt/table.ts'
import { corpusDockerfiles, notAtHand, officialPairs } from '../tools/corpus.ts'
import { type Card, tally } from '../tools/score.ts'
import { truthRunBase } from '../tools/truth-bases.ts'

interface List {
  readonly words: readonly string[]
  readonly recommends: boolean
}

const codenames = ['bookworm', 'trixie']

/** One card: is what came within what was told, and is a number near where one is told? */
export default async function score(): Promise<Card> {
  const title = 'apt packages that no table has'
  const missing = notAtHand('dockerfiles') ?? notAtHand('official')
  if (missing !== undefined || truthRunBase('debian:bookworm-slim-local') === undefined)
    return { title, rows: [], note: `real Dockerfiles not at hand: ${missing ?? 'no base'}` }
  const points = tally()
  for (const codename of codenames) {
    const table = tableOf(suiteOf(codename)!)
    const system = systemOf(truthRunBase(`debian:${codename}-slim-local`)?.facts.packages ?? {}, table)
    const bytesOf = ({ weight }: Candidate): number => weight.slim + weight.info
    for (const { words, recommends } of lists()) {
      const known = words.filter((word) => table.get(word) !== undefined && !system.has(word))
      const bring = (install: readonly string[]): number =>
        resolve({ install, recommends, bySource: true }, system, table).added.reduce(
          (sum, one) => sum + bytesOf(one),
          0,
        )
      const all = known.length > mostWords ? 0 : bring(known)
      for (const name of known.length > mostWords ? [] : known) {
        const rest = bring(known.filter((one) => one !== name))
        const told = absentPackage(name, { known: rest, count: 1, recommends, ownArchive: true }).size
        const note = `${name} beside ${known.length - 1} others: ${all - rest}, at most ${told.high}`
        points.add('inside low..high', told.high !== null && all - rest <= told.high, note)
        if (told.bytes !== null)
          points.add('where a number is told: rows within 10 %', Math.abs(rest + told.bytes - all) <= all / 10, note)
      }
    }
  }
  return { title, rows: points.rows() }
}

const mostWords = 150

/** What each `apt-get install` of real Dockerfiles names, every list once. */
function lists(): readonly List[] {
  const texts = [...corpusDockerfiles().map(({ text }) => text), ...officialPairs().map(({ dockerfile }) => dockerfile)]
  const found = new Map<string, List>()
  for (const text of new Set(texts)) {
    const joined = text.replace(/\\\r?\n(\s*#.*\r?\n)*/g, ' ')
    for (const [line, given = ''] of joined.matchAll(/apt(?:-get)?\s+(?:-\S+\s+)*install\s+([^&;|\n]*)/g)) {
      const names = given.split(/\s+/).filter((word) => /^[a-z0-9][a-z0-9.+-]+(=.*)?$/.test(word))
      const words = [...new Set(names.map((word) => word.replace(/=.*/, '')))].sort()
      const recommends = !line.includes('--no-install-recommends')
      if (words.length > 0) found.set(`${words.join(' ')} ${recommends}`, { words, recommends })
    }
  }
  return [...found.values()]
}
