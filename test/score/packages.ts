/**
 * How much of what real Dockerfiles install with apt the tables have: every Dockerfile of the corpus that builds on Debian 12
 * or 13 and says so; each package it brings counted once for each layer it is in.
 */

import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import type { Base } from '../../lib/model.ts'
import { corpusDockerfiles, notAtHand, officialPairs } from '../tools/corpus.ts'
import { plainGiven } from '../tools/predict.ts'
import type { Card } from '../tools/score.ts'
import { truthRunBase } from '../tools/truth-bases.ts'

/** One card: of the packages, how many are in a table, and how many of those were measured. */
export default async function score(): Promise<Card> {
  const title = 'apt packages of the corpus'
  const missing = notAtHand('dockerfiles') ?? notAtHand('official')
  if (missing !== undefined || base('debian:bookworm-slim') === undefined)
    return { title, rows: [], note: `real Dockerfiles not at hand: ${missing ?? 'no base'}` }
  const pairs = officialPairs().filter(({ platform }) => !platform.startsWith('windows'))
  const texts = new Set([...corpusDockerfiles().map(({ text }) => text), ...pairs.map(({ dockerfile }) => dockerfile)])
  const counts = { all: 0, known: 0, measured: 0 }
  const strangers = new Map<string, number>()
  for (const text of texts) {
    const unknown: string[] = []
    const given = plainGiven(chooseBuilder('buildkit'), {
      base: (ref) => {
        const found = base(ref)
        if (found === undefined) unknown.push(ref)
        return found
      },
    })
    const { layers } = predict(text, given).image
    if (unknown.length > 0) continue
    for (const { entries } of layers)
      for (const { label = '', size } of entries) {
        const name = /^apt:([a-z0-9].*)$/.exec(label)?.[1]
        if (name === undefined || name.includes(' ')) continue
        counts.all++
        if (size.bytes !== null) counts.known++
        if (size.bytes !== null && !size.source.includes('reckoned')) counts.measured++
        if (size.bytes === null) strangers.set(name, (strangers.get(name) ?? 0) + 1)
      }
  }
  const commonest = [...strangers].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 10)
  return {
    title,
    rows: [
      { name: 'packages installed that are in a table', right: counts.known, of: counts.all },
      { name: 'packages installed that were measured', right: counts.measured, of: counts.known },
    ],
    note: `commonest without: ${commonest.map(([name, count]) => `${name} ×${count}`).join(', ')}`,
  }
}

/** Where a FROM names the release, the recorded base of it. */
function base(ref: string): Base | undefined {
  const release = /bookworm|debian:12/.test(ref) ? 'bookworm' : /trixie|debian:13/.test(ref) ? 'trixie' : undefined
  return release === undefined ? undefined : truthRunBase(`debian:${release}-slim-local`)
}
