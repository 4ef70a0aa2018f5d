/**
 * How far off what apt stores may be: by how a package was measured, and by how much of the base is a guess. A base known by
 * its name alone may hold what a package needs already, so its margin is wide below.
 */
import type { Doubt } from '../../bases/guess.ts'
import type { Size } from '../../model.ts'
import { about } from '../../size.ts'
import { around, type Stored } from '../stored.ts'
import type { Slack } from './reckoned.ts'
import type { Candidate, Table } from './table.ts'

/** What a margin depends on. */
export interface Sureness {
  readonly table: Table
  /** The base's packages are a guess. */
  readonly guessed: boolean
  /** The image is for another architecture than the tables. */
  readonly foreign: boolean
  /** Packages come from another release than the tables', or another version: backports. */
  readonly other?: boolean
  /** Only the name of the base tells what it is. */
  readonly named?: Named
  /** How many packages that no table has came before, with whatever they brought. */
  readonly strangers?: number
}

/** A base that is known by its name: how much of that is a guess, and why, for people. */
export interface Named {
  readonly doubt: Doubt
  readonly why: string
}

/** Where numbers are from. */
export const sourceOf = ({ table, named }: Sureness): string =>
  `${table.suite} packages of ${table.date}${named === undefined || named.why === '' ? '' : `, ${named.why}`}`

/** What is sure of a package asked for by name, of one that comes along, and how much more there may be of either. */
const shares: Readonly<Record<Doubt, readonly [asked: number, along: number, more: number]>> = {
  none: [1, 1, 0],
  family: [0.9, 0.7, 0.1],
  usual: [0.5, 0.4, 1],
  name: [0, 0, 0.15],
}

/** The size of a part of a package; `asked`: it was named. Measured packages differ by what the archive changed since. */
export function packageSize(
  bytes: number,
  one: Candidate,
  sure: Sureness,
  slack: Slack | undefined,
  asked: boolean,
): Size {
  const size = measured(bytes, one, sure, slack)
  const [named, along, more] = shares[sure.named?.doubt ?? 'none']
  if (more === 0) return size
  return about(bytes, size.low * (asked ? named : along), (size.high ?? bytes) * (1 + more), 'heuristic', size.source)
}

function measured(bytes: number, { weight }: Candidate, sure: Sureness, slack: Slack | undefined): Size {
  const source = sourceOf(sure)
  if (sure.other === true) return around(bytes, 0.5, 20_000, 'heuristic', `${source}, as another release has it`)
  if (sure.foreign) return around(bytes, 0.15, 12_000, 'heuristic', `${source}, of another architecture`)
  if (slack !== undefined) {
    const [low, high] = [bytes * (1 - slack.low), bytes * (1 + slack.high)]
    return about(bytes, low, high, 'heuristic', `${source}, reckoned from the index`)
  }
  if (weight.measured && !sure.guessed) return around(bytes, 0.002, 100, 'resolved', source)
  return around(bytes, 0.02, 2000, 'heuristic', source)
}

/** What a file of records may be longer than those of the distribution's own image. Bytes. */
const records: Readonly<Record<Doubt, number>> = { none: 0, family: 60_000, usual: 150_000, name: 1_000_000 }

/**
 * What a package that no table has may have added to each file of records: 57 that came with one took 53,000 bytes in the
 * longest of them, the status file.
 */
const recordsOfStranger = 200_000

/** Records and what scripts write, where they stand on a base that only its name tells of, or beside packages nobody knows. */
export function widened(stored: Stored, sure: Sureness): Stored {
  const { size, ...one } = besideStrangers(stored, sure.strangers ?? 0)
  const { doubt, why } = sure.named ?? { doubt: 'none', why: '' }
  if (doubt === 'none' || size.bytes === null || size.high === null) return { ...one, size }
  const [, along] = shares[doubt]
  const more = one.type === 'file' && one.path.startsWith('/var/') ? records[doubt] : size.bytes * 0.2
  const source = `${size.source}, ${why}`
  return { ...one, size: about(size.bytes, size.low * along, size.high + more, 'heuristic', source) }
}

function besideStrangers({ size, ...one }: Stored, strangers: number): Stored {
  if (strangers === 0 || size.bytes === null || size.high === null || !/^\/(var|etc\/ld)/.test(one.path))
    return { ...one, size }
  const high = size.high + strangers * recordsOfStranger
  return { ...one, size: about(size.bytes, size.low, high, 'heuristic', size.source) }
}

/** How much longer lists may be: a base with other archives, or of another release. */
const lists: Readonly<Record<Doubt, readonly [low: number, high: number]>> = {
  none: [0.97, 1.03],
  family: [0.97, 1.15],
  usual: [0.7, 1.6],
  name: [0.97, 1.3],
}

/** The size of the package lists of a release, measured on the day of its table. */
export function listsSize(bytes: number, { table, named }: Sureness): Size {
  const [low, high] = lists[named?.doubt ?? 'none']
  const source = `package lists of ${table.suite}, ${table.date}`
  return named === undefined || named.doubt === 'none'
    ? about(bytes, bytes * low, bytes * high, 'resolved', source)
    : about(bytes, bytes * low, bytes * high, 'heuristic', `${source}, ${named.why}`)
}
