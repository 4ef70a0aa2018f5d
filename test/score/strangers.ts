/**
 * How well packages are guessed that nobody measured: a tenth of the tables at a time is taken for unknown, and what is
 * then predicted is compared with what was measured. By name alone for all of them, and as lock files describe them.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Weight, weightOf } from '../../lib/sizes/npm/guess.ts'
import { installedOf, isFetched, readLock } from '../../lib/sizes/npm/lock.ts'
import { knownNames, knownPackage, type Table, tableWithout } from '../../lib/sizes/npm/table.ts'
import { describedIn } from '../../lib/sizes/npm.ts'
import { guessBlind, guessByWheel } from '../../lib/sizes/pip/guess.ts'
import { readWheel, wheelLines } from '../../lib/sizes/pip/table.ts'
import { total } from '../../lib/sizes/total.ts'
import type { Card } from '../tools/score.ts'
import { tally } from '../tools/score.ts'
import { shared } from '../tools/truth.ts'

/** Two cards: npm and pip. */
export default async function score(): Promise<readonly Card[]> {
  return [npm(), pip()]
}

const folds = 10

/** In which tenth a name is. */
const foldOf = (name: string): number =>
  [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % folds

/** What is guessed and what it is, between which it should be. */
interface Guessed {
  readonly what: string
  readonly bytes: number
  readonly low: number
  readonly high: number
  readonly real: number
}

type Points = ReturnType<typeof tally>

/** Adds points for a list of guesses; gives how far off the one in the middle is. */
function add(points: Points, name: string, near: number, list: readonly Guessed[]): string {
  const errors = list.map(({ bytes, real }) => Math.abs(Math.log(bytes / real))).sort((a, b) => a - b)
  for (const { what, bytes, low, high, real } of list) {
    const note = `${what}: ${real}, guessed ${Math.round(bytes)} (${Math.round(low)}..${Math.round(high)})`
    points.add(`${name}: inside low..high`, low <= real && real <= high, note)
    points.add(
      `${name}: within ${near === 1 ? 'a factor of 2' : `${near * 100} %`}`,
      Math.abs(Math.log(bytes / real)) <= Math.log1p(near),
      note,
    )
  }
  const middle = Math.expm1(errors[Math.floor(errors.length / 2)] ?? 0)
  return `${name}: median error ${(middle * 100).toFixed(1)} % of ${list.length}`
}

// ---- npm ------------------------------------------------------------------------------------------------

// As many standard deviations as the sum takes.
const [down, up] = [2, 2.3]

const alone = (what: string, { unpacked, spread }: Weight, real: number): Guessed => ({
  ...{ what, real, bytes: unpacked },
  low: unpacked * Math.exp(-down * spread),
  high: unpacked * Math.exp(up * spread),
})

function npm(): Card {
  const points = tally()
  const tables = Array.from({ length: folds }, (_, fold) => tableWithout((name) => foldOf(name) === fold))
  const names = knownNames().filter((name) => name !== '')
  const byName = names.map((name) => {
    const { version, unpacked } = knownPackage(name)!.versions.at(-1)!
    return alone(name, weightOf({ name, version }, tables[foldOf(name)]), Math.max(1, unpacked))
  })
  const notes = [add(points, 'by name', 1, byName)]
  const folder = join(shared, 'truth-run', 'context')
  const locks = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('package-lock.json')) : []
  const projects = locks.flatMap((file) => hidden(file, readFileSync(join(folder, file), 'utf8'), tables))
  if (locks.length === 0) notes.push('lock files not at hand: ../shared/truth-run')
  else notes.push(add(points, 'projects, a tenth of their packages unknown', 0.05, projects))
  return { title: 'npm packages that no table has', rows: points.rows(), note: notes.join('; ') }
}

/** All packages of a lock file together, a tenth of them unknown: one guess for each tenth that has any of them. */
function hidden(file: string, text: string, tables: readonly Table[]): readonly Guessed[] {
  const lock = readLock(text)
  if (lock === undefined) return []
  const platform = { os: 'linux', cpu: 'x64', libc: 'glibc' } as const
  const describe = describedIn(lock, false)
  const here = installedOf(lock, { omitDev: false, platform }).filter(isFetched).map(describe)
  const real = here.reduce((sum, one) => sum + weightOf(one).unpacked, 0)
  return tables.flatMap((table, fold) => {
    if (!here.some(({ name }) => foldOf(name) === fold)) return []
    const parts = here.map((one) => {
      const { unpacked, spread } = weightOf(one, table)
      return { bytes: unpacked, spread, times: 1 }
    })
    const { bytes, low, high } = total(parts, '')
    return bytes === null || high === null ? [] : [{ what: `${file}, ${fold}`, bytes, low, high, real }]
  })
}

// ---- pip ------------------------------------------------------------------------------------------------

function pip(): Card {
  const points = tally()
  const newest = new Map(wheelLines().map((line) => [line.split(' ', 1)[0] ?? '', line]))
  const wheels = [...newest.values()].map(readWheel).filter(({ version }) => version !== '-')
  const guessed = (ofWheel: boolean): readonly Guessed[] =>
    wheels.map(({ name, bytes, native, unpacked, byteCode }) => {
      const { own, byteCode: code } = ofWheel ? guessByWheel({ bytes, native }) : guessBlind(1, true)
      return {
        ...{ what: name, real: unpacked + byteCode, bytes: own.bytes + code.bytes },
        ...{ low: own.low + code.low, high: own.high + code.high },
      }
    })
  const notes = [
    add(points, 'by name', 1, guessed(false)),
    add(points, 'by the length of the wheel', 0.25, guessed(true)),
  ]
  return { title: 'pip distributions that no table has', rows: points.rows(), note: notes.join('; ') }
}
