/** Score cards: what one is, how they print, and the floor that they may not fall below. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './truth.ts'

/** One line: `right` of `of` points. `wrong` describes those that are not right, for --verbose. */
export interface ScoreRow {
  readonly name: string
  readonly right: number
  readonly of: number
  readonly note?: string
  readonly wrong?: readonly string[]
}

/** Lines that belong together. A card whose material is not at hand has no rows and a note that says so. */
export interface Card {
  readonly title: string
  readonly rows: readonly ScoreRow[]
  readonly note?: string
}

/** What each file in test/score/ exports as its default. */
export type Score = () => Promise<Card | readonly Card[]>

/** A card as text. With `verbose` every wrong point follows its line. */
export function cardText(card: Card, verbose: boolean): string {
  const width = Math.max(0, ...card.rows.map((row) => row.name.length))
  const lines = card.rows.flatMap(({ name, right, of, note, wrong = [] }) => {
    // Rounded down: 100 % means all of them.
    const percent = of === 0 ? '     -' : `${(Math.floor((right / of) * 1000) / 10).toFixed(1).padStart(5)}%`
    const line = `  ${name.padEnd(width)}  ${percent}  ${right}/${of}${note === undefined ? '' : `  ${note}`}`
    return [line, ...(verbose ? wrong.map((one) => `    - ${one}`) : [])]
  })
  return [`${card.title}${card.note === undefined ? '' : ` (${card.note})`}`, ...lines, ''].join('\n')
}

const floorFile = join(root, 'test/score/floor.json')

const readFloor = (): Record<string, number> =>
  existsSync(floorFile) ? JSON.parse(readFileSync(floorFile, 'utf8')) : {}

/**
 * Lines below their floor, in words; empty when all is well. With UPDATE=1 in the environment the floor first rises to
 * what is reached, and never sinks.
 */
export function belowFloor(cards: readonly Card[]): readonly string[] {
  const floor = readFloor()
  const points = cards.flatMap((card) => card.rows.map((row) => ({ key: `${card.title}: ${row.name}`, ...row })))
  if (process.env.UPDATE === '1') {
    for (const { key, right } of points) floor[key] = Math.max(right, floor[key] ?? 0)
    const sorted = Object.entries(floor).sort(([a], [b]) => (a < b ? -1 : 1))
    writeFileSync(floorFile, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
  }
  return points
    .filter(({ key, right }) => right < (floor[key] ?? 0))
    .map(({ key, right, of, wrong = [] }) =>
      [`${key}: ${right} of ${of}, floor ${floor[key]}`, ...wrong.slice(0, 5)].join('\n    '),
    )
}

/** Adds up points under names, in the order in which the names first appear. */
export function tally() {
  const rows = new Map<string, { right: number; of: number; wrong: string[] }>()
  const row = (name: string) => {
    const known = rows.get(name) ?? { right: 0, of: 0, wrong: [] }
    rows.set(name, known)
    return known
  }
  return {
    /** Gives a name its place, even if no point is ever added. */
    open: (name: string): void => void row(name),
    add(name: string, right: boolean, note: string): void {
      const to = row(name)
      to.of++
      if (right) to.right++
      else to.wrong.push(note)
    },
    rows: (): readonly ScoreRow[] => [...rows].map(([name, one]) => ({ name, ...one })),
  }
}
