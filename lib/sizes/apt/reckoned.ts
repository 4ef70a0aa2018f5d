/**
 * How far off packages may be that nobody measured: what the archive tells of them says how long all their files are, but
 * hardly which of them slim bases leave out.
 *
 * Source: 6905 measured packages of Debian 12 and 13, each reckoned from what was learnt of the other half; of 1 to 100 drawn
 * at random, or ten of one kind, at least 19 of 20 sums lie within (test/score/margins.ts).
 */
import type { Candidate } from './table.ts'

/** Parts of a package's bytes by which it may be shorter or longer. */
export interface Slack {
  readonly low: number
  readonly high: number
}

/** What margins depend on. */
export interface Reckoned {
  readonly name: string
  readonly weight: Pick<Candidate['weight'], 'slim' | 'full' | 'files' | 'info' | 'measured'>
}

/**
 * What slim bases leave out for one byte they keep may be so many times more, or fewer. As odds, so that it is never more than
 * the whole package; packages of all kinds and lengths are off alike in that.
 */
const odds = 10

/** Installed-Size rounds what a file is: bytes for a package, with its scripts and lists, and for each of its files. */
const rounding = [6000, 240] as const

/** What all are off together, however many. */
const common = 0.015
const wider = 1.2

/**
 * The slack of each package that was reckoned, by name. Errors cancel: all of them together have the root of the sum of
 * squares, shared by how much each one adds to it.
 */
export function slackOf(arriving: readonly Reckoned[], slim: boolean): ReadonlyMap<string, Slack> {
  const each = arriving.flatMap(({ name, weight }) => {
    if (weight.measured) return []
    const kept = Math.max(1, (slim ? weight.slim : weight.full) + weight.info)
    const out = slim ? Math.max(1, weight.full - weight.slim) : 0
    const rounded = rounding[0] + rounding[1] * weight.files
    const left = (times: number): number => ((kept + out) * out * times) / (kept + out * times)
    return [
      {
        name,
        bytes: kept,
        low: Math.hypot(left(odds) - out, rounded),
        high: Math.hypot(out - left(1 / odds), rounded),
      },
    ]
  })
  const root = (of: (one: Slack) => number): number => Math.sqrt(each.reduce((sum, one) => sum + of(one) ** 2, 0))
  const [low, high] = [root((one) => one.low), root((one) => one.high)]
  return new Map(
    each.map(({ name, bytes, ...one }) => [
      name,
      {
        low: Math.min(1, common + (wider * one.low ** 2) / low / bytes),
        high: common + (wider * one.high ** 2) / high / bytes,
      },
    ]),
  )
}
