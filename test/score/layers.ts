/**
 * RUN rows of real images whose layer was recorded by the length of its tar, or of its compressed tar: the predicted interval
 * must not contradict it. Loose bounds both, but they hold for hundreds of rows nobody built for this.
 */

import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import type { Size } from '../../lib/model.ts'
import { parsePlatform } from '../../lib/platform.ts'
import {
  type ActualRow,
  baseOfPair,
  buildArgsOf,
  buildersOfPair,
  notAtHand,
  officialPairs,
  type Pair,
} from '../tools/corpus.ts'
import { plainGiven } from '../tools/predict.ts'
import { type Card, tally } from '../tools/score.ts'

/** How many RUN rows have a size at all, and how many of those agree with what was recorded. */
export default async function score(): Promise<Card> {
  const title = 'recorded layers of RUN'
  const missing = notAtHand('official')
  if (missing !== undefined) return { title, rows: [], note: `833 pairs not at hand: ${missing}` }
  const points = tally()
  for (const pair of officialPairs()) {
    if (pair.platform.startsWith('windows')) continue
    for (const [row, size] of rowsOf(pair)) {
      if (row.tarSize === undefined && row.compressedSize === undefined) continue
      const text = (row.createdBy ?? '').replace(/\s+/g, ' ').slice(0, 100)
      points.add('with a size', size.bytes !== null, `${pair.image}: ${text}: ${size.source}`)
      const { low, high, basis } = size
      const recorded = row.tarSize === undefined ? `${row.compressedSize} compressed` : `${row.tarSize} of tar`
      points.add(
        'size not contradicted',
        agrees(row, size),
        `${pair.image}: ${text}: ${recorded}, ${low}..${high} ${basis}`,
      )
    }
  }
  return { title, rows: points.rows() }
}

function rowsOf(pair: Pair): readonly (readonly [row: ActualRow, size: Size])[] {
  const platform = parsePlatform(pair.platform)
  const base = baseOfPair(pair)
  const given = plainGiven(chooseBuilder(buildersOfPair(pair)[0]!), {
    platform,
    buildPlatform: platform,
    target: pair.target ?? null,
    buildArgs: buildArgsOf(pair),
    sizeModel: 'buildkit',
    base: () => base,
  })
  const own = predict(pair.dockerfile, given).image.rows.filter(({ origin }) => origin.from !== 'base')
  if (own.length !== pair.actualRows.length) return []
  return pair.actualRows.flatMap((row, i) => (row.kind === 'RUN' ? [[row, own[i]!.size] as const] : []))
}

// A tar has a header for each file and more, which may be as much again for small ones; gzip makes text sixty times
// smaller at most, and a header of a few hundred bytes.
function agrees({ tarSize, compressedSize }: ActualRow, { low, high }: Size): boolean {
  const most = high ?? Number.POSITIVE_INFINITY
  if (tarSize !== undefined) return low <= tarSize && tarSize * 0.4 - 20_000 <= most
  const bytes = compressedSize ?? 0
  return low <= bytes * 60 + 50_000 && bytes * 0.9 - 1500 <= most
}
