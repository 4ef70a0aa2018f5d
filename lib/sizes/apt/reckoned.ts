/**
 * How far off packages may be that nobody measured: what the archive tells of them says how long all their files are, but
 * hardly which of them slim bases leave out.
 *
 * Source: 6808 measured packages of Debian 12 and 13, each reckoned from what was learnt of the other half; of 1 to 100 drawn
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
  readonly weight: Pick<Candidate['weight'], 'slim' | 'full' | 'info' | 'measured'>
}

// Where a slim base leaves files out. The first that fits counts.
const kinds: readonly (readonly [RegExp, Slack])[] = [
  [/-(common|data|doc|l10n|locales)$/, { low: 0.75, high: 1.5 }],
  [/^(fonts|ttf|xfonts)-/, { low: 0.2, high: 0.03 }],
  [/^node-/, { low: 0.2, high: 0.25 }],
  [/^lib.*-perl$/, { low: 0.2, high: 0.5 }],
  [/^r-(cran|bioc|other)-/, { low: 0.25, high: 0.6 }],
  [/^(python3?|ruby|php[\d.]*|golang)-/, { low: 0.33, high: 0.16 }],
  [/^lib.*-java$|-(jre|jdk)(-headless)?$/, { low: 0.1, high: 0.08 }],
  [/-dev$/, { low: 0.48, high: 0.3 }],
  [/^lib/, { low: 0.46, high: 0.06 }],
]
const program: Slack = { low: 0.6, high: 1.8 }
const whole: Slack = { low: 0.2, high: 0.2 }

/** Scripts and lists are reckoned too. Bytes. */
const least = 6000

/** What all are off together, however many. */
const common = 0.01
const wider = 1.1

/**
 * The slack of each package that was reckoned, by name. Errors cancel: all of them together have the root of the sum of
 * squares, shared by how much each one adds to it.
 */
export function slackOf(arriving: readonly Reckoned[], slim: boolean): ReadonlyMap<string, Slack> {
  const each = arriving.flatMap(({ name, weight }) => {
    if (weight.measured) return []
    const bytes = Math.max(1, (slim ? weight.slim : weight.full) + weight.info)
    const kind = slim ? (kinds.find(([pattern]) => pattern.test(name))?.[1] ?? program) : whole
    return [{ name, bytes, low: kind.low * bytes + least, high: kind.high * bytes + least }]
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
