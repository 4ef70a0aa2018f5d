/**
 * Do the margins of reckoned packages hold what was measured? Every measured package of Debian 12 and 13 was reckoned from the
 * other half of them (`npm run data`); here they are taken one by one, and so many at a time, at random or all of one kind.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { slackOf } from '../../lib/sizes/apt/reckoned.ts'
import { type Beside, readBesides } from '../tools/data-apt-margins.ts'
import { random } from '../tools/random.ts'
import { type Card, tally } from '../tools/score.ts'
import { root } from '../tools/truth.ts'

const many = [3, 10, 30, 100]
const draws = 400

const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['Perl', /^lib.*-perl$/],
  ['interpreters', /^(python3?|ruby|php[\d.]*|golang)-/],
  ['Node', /^node-/],
  ['Java', /^lib.*-java$|-(jre|jdk)(-headless)?$/],
  ['to build with', /-dev$/],
  ['libraries', /^lib/],
  ['others', /(?:)/],
]

/** A card for each sort of base. */
export default async function score(): Promise<readonly Card[]> {
  const list = ['bookworm', 'trixie'].flatMap((suite) => {
    const file = join(root, 'test', 'fixtures', 'apt', `margins-${suite}.tsv`)
    return existsSync(file) ? readBesides(readFileSync(file, 'utf8')) : []
  })
  return (['slim', 'full'] as const).map((base) => card(list, base))
}

function card(list: readonly Beside[], base: 'slim' | 'full'): Card {
  const points = tally()
  for (const one of list) points.add('one package', within([one], base), one.name)
  for (const size of many) sums(`${size} packages`, list, size)
  for (const [kind, some] of byKind(list)) sums(`10 packages, ${kind}`, some, 10)
  return { title: `margins of reckoned packages, ${base} bases`, rows: points.rows() }

  function sums(name: string, from: readonly Beside[], size: number): void {
    const pick = random(size)
    for (let i = 0; i < draws; i++) {
      const drawn = new Map<string, Beside>()
      while (drawn.size < size) {
        const one = from[pick(from.length)]!
        drawn.set(one.name, one)
      }
      points.add(name, within([...drawn.values()], base), [...drawn.keys()].slice(0, 5).join(' '))
    }
  }
}

function byKind(list: readonly Beside[]): ReadonlyMap<string, readonly Beside[]> {
  const found = new Map<string, Beside[]>()
  for (const one of list) {
    const kind = kinds.find(([, pattern]) => pattern.test(one.name))?.[0] ?? ''
    found.set(kind, [...(found.get(kind) ?? []), one])
  }
  return found
}

/** Is what was measured of some packages together within the margins of what was reckoned? */
function within(some: readonly Beside[], base: 'slim' | 'full'): boolean {
  const arriving = some.map(({ name, files, reckoned: { slim, full } }) => {
    return { name, weight: { slim, full, files, info: 0, measured: false } }
  })
  const slack = slackOf(arriving, base === 'slim')
  const sum = { low: 0, bytes: 0, high: 0 }
  for (const { name, measured, reckoned } of some) {
    const { low, high } = slack.get(name)!
    sum.low += reckoned[base] * (1 - low)
    sum.high += reckoned[base] * (1 + high)
    sum.bytes += measured[base]
  }
  return sum.low <= sum.bytes && sum.bytes <= sum.high
}
