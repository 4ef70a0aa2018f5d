/** Real Dockerfiles: rows of the images built from them, and 400 that only have to be read. */

import { predict } from '../../lib/analyze.ts'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import type { Prediction, Row } from '../../lib/model.ts'
import { makePlan } from '../../lib/plan.ts'
import { parsePlatform } from '../../lib/platform.ts'
import {
  type ActualRow,
  baseOfPair,
  buildArgsOf,
  buildersOfPair,
  corpusDockerfiles,
  notAtHand,
  officialPairs,
  type Pair,
} from '../tools/corpus.ts'
import { instructionLines } from '../tools/cut.ts'
import { plainGiven } from '../tools/predict.ts'
import { type Card, tally } from '../tools/score.ts'

/** Cards for the pairs, by builder, Windows apart, and one for the 400. */
export default async function score(): Promise<readonly Card[]> {
  return [...official(), dockerfiles()]
}

// ---- pairs -----------------------------------------------------------------------------------------

function official(): readonly Card[] {
  const missing = notAtHand('official')
  if (missing !== undefined) return [{ title: 'corpus/official', rows: [], note: `833 pairs not at hand: ${missing}` }]
  const groups = new Map<string, Pair[]>()
  for (const pair of officialPairs()) {
    const group = pair.platform.startsWith('windows') ? 'Windows' : `${pair.builder}, Linux`
    groups.set(group, [...(groups.get(group) ?? []), pair])
  }
  return [...groups].map(([group, pairs]) => scorePairs(`corpus/official, ${group}`, pairs))
}

function scorePairs(title: string, pairs: readonly Pair[]): Card {
  const points = tally()
  const windows = title.includes('Windows')
  let uncertain = 0
  let hashes = 0
  const aside = new Map<string, number>()
  for (const pair of pairs) {
    const prediction = predictPair(pair)
    const own = prediction.image.rows.filter((row) => row.origin.from !== 'base')
    points.add('accepted', prediction.refused === null, `${pair.id} ${pair.image}: ${prediction.refused?.message}`)
    points.add(
      'number of rows',
      own.length === pair.actualRows.length,
      `${pair.id} ${pair.image}: ${pair.actualRows.length}, predicted ${own.length}`,
    )
    for (const [i, actual] of pair.actualRows.entries()) {
      const row = own[i]
      const says = (what: string, left: unknown, right: unknown) =>
        `${pair.id} ${pair.image} (${pair.dockerVersion ?? pair.builder}): ${what} ${JSON.stringify(left)}\n      predicted ${JSON.stringify(right)}`
      if (actual.createdBy === null || !actual.createdByCertain) uncertain++
      else if (isHash(actual)) {
        hashes++
        const [left, right] = [withoutHash(actual.createdBy), withoutHash(row?.createdBy ?? '')]
        if (row?.unpredictable.includes('createdBy') !== true)
          points.add(`${actual.kind}, hash aside`, left === right, says('row', left, right))
      } else if (asideOf(pair, actual.createdBy, row) !== undefined) {
        const why = `${asideOf(pair, actual.createdBy, row)}`
        aside.set(why, (aside.get(why) ?? 0) + 1)
      } else {
        const [left, right] = [actual.createdBy, row?.createdBy ?? ''].map((text) =>
          windows ? withoutShell(text) : text,
        )
        points.add(actual.kind, left === right, says('row', left, right))
      }
      if (actual.comment !== undefined) {
        const known = !/^FROM [0-9a-f]{12}$/.test(actual.comment ?? '')
        if (known)
          points.add('comment', (actual.comment ?? '') === row?.comment, says('comment', actual.comment, row?.comment))
      }
      if (actual.empty !== null && row?.emptyLayer !== null)
        points.add(
          'empty flag, where decided',
          actual.empty === row?.emptyLayer,
          says(`empty of ${actual.createdBy}`, actual.empty, row?.emptyLayer),
        )
    }
  }
  const left = [
    ...aside,
    ['not certain', uncertain] as const,
    ['with a hash of files that are not recorded', hashes] as const,
  ]
  const note = left.filter(([, count]) => count > 0).map(([why, count]) => `${why} ×${count}`)
  return {
    title,
    rows: points.rows(),
    note: `${pairs.length} pairs${note.length > 0 ? `; rows aside: ${note.join('; ')}` : ''}`,
  }
}

/** Why a row cannot be predicted from what is recorded; undefined: it can. */
function asideOf(pair: Pair, actual: string, row: Row | undefined): string | undefined {
  // BuildKit 0.24 prints where a structure lies in memory.
  if (/^EXPOSE &\{.*0x[0-9a-f]{6,}/.test(actual)) return 'shows an address'
  const { origin } = row ?? {}
  const lines = pair.dockerfile.split('\n')
  const text = origin?.from === 'dockerfile' ? lines.slice(origin.line - 1, origin.endLine).join('\n') : ''
  const numbers = (one: string) => (one.match(/\d+/g) ?? []).sort().join()
  if (actual.includes('EXPOSE') && !text.includes('$') && numbers(text) !== numbers(actual))
    return 'ports are of another day'
  const declared = new Set([...pair.dockerfile.matchAll(/\b([A-Za-z_]\w*)(?==|[ \t]+\S)/g)].map((match) => match[1]))
  const used = [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1]!)
  const isRun = origin?.from === 'dockerfile' && origin.instruction === 'RUN'
  const fromBase = used.some((name) => name !== 'PATH' && !declared.has(name))
  return pair.baseRows === null && fromBase && !isRun ? 'variables of a base that is not recorded' : undefined
}

/** The prediction; of several builders that it may have been, the one that agrees in most rows. */
function predictPair(pair: Pair): Prediction {
  const agreeing = (prediction: Prediction): number => {
    const own = prediction.image.rows.filter((row) => row.origin.from !== 'base')
    return pair.actualRows.filter((actual, i) => own[i]?.createdBy === actual.createdBy).length
  }
  const all = buildersOfPair(pair).map((builder) => predictPairBy(pair, builder))
  return all.reduce((best, one) => (agreeing(one) > agreeing(best) ? one : best))
}

function predictPairBy(pair: Pair, builder: string): Prediction {
  const base = baseOfPair(pair)
  const platform = parsePlatform(pair.platform)
  const named = (ref: string) => ref.replace(/^docker\.io\/(library\/)?/, '')
  const given = plainGiven(chooseBuilder(builder), {
    platform,
    buildPlatform: platform,
    target: pair.target ?? null,
    buildArgs: buildArgsOf(pair),
    // An expanded name is not recorded: with a `$` in it every name of an unknown image is taken for it.
    base: (ref) => (named(ref) === named(pair.fromImage) || pair.fromImage.includes('$') ? base : undefined),
  })
  return predict(pair.dockerfile, given)
}

const isHash = ({ createdBy }: ActualRow): boolean =>
  /#\(nop\) (COPY|ADD) (file|dir|multi):[0-9a-f]{64}/.test(createdBy ?? '')

// On Windows repo-info does not tell which shell stood in front, and the recording put `/bin/sh -c` there.
const withoutShell = (text: string): string => text.replace(/^.*?#\(nop\)/s, '#(nop)')

const withoutHash = (text: string): string => text.replace(/(file|dir|multi):[0-9a-f]{64}/, '<hash>')

// ---- the 400 ---------------------------------------------------------------------------------------

function dockerfiles(): Card {
  const title = 'corpus/dockerfiles'
  const missing = notAtHand('dockerfiles')
  if (missing !== undefined) return { title, rows: [], note: `400 Dockerfiles not at hand: ${missing}` }
  const points = tally()
  for (const { name, text } of corpusDockerfiles()) {
    for (const builderText of ['buildkit', 'classic', 'buildah', 'docker@20.10', 'classic@1.12']) {
      const given = plainGiven(chooseBuilder(builderText))
      const outcome = attempt(() => predict(text, given))
      points.add(`read without a crash, ${builderText}`, outcome.error === undefined, `${name}: ${outcome.error}`)
    }
    const given = plainGiven(chooseBuilder('buildkit'))
    const plan = attempt(() => makePlan(text, given)).value
    if (plan === undefined || plan.scanned.problems.some(({ refuses }) => refuses)) continue
    const starts = plan.scanned.instructions.map(({ span }) => span.line)
    const expected = instructionLines(text)
    points.add(
      'cut where a plain reading cuts',
      starts.join() === expected.join(),
      `${name}: ${starts}\n      expected ${expected}`,
    )
  }
  return { title, rows: points.rows() }
}

function attempt<T>(make: () => T): { readonly value?: T; readonly error?: string } {
  try {
    return { value: make() }
  } catch (error) {
    return {
      error: String((error as Error).stack)
        .split('\n')
        .slice(0, 3)
        .join(' '),
    }
  }
}
