/** What a change may renew besides, on a base of which nobody knows how old its packages are. */
import { about } from '../../size.ts'
import type { Stored } from '../stored.ts'
import { type Sureness, sourceOf } from './margin.ts'
import type { Change } from './resolve.ts'
import type { System } from './system.ts'
import type { Candidate } from './table.ts'

/** The state of a base in a change. */
export interface Aged extends Sureness {
  readonly slim: boolean
  /** Packages before the change. */
  readonly system: System
  /** Bytes that dpkg's and debconf's records take with every change. */
  readonly records: number
}

/**
 * Packages of the base that were asked for, and those that are built from the sources of what arrives: each of them is
 * stored again where the archive has a newer one. Most likely none. Empty where the base is known.
 */
export function renewals(change: Change, asked: ReadonlySet<string>, aged: Aged): readonly Stored[] {
  if (!aged.guessed) return []
  const arriving = [...change.added, ...change.upgraded]
  const coming = new Set(arriving.map(({ name }) => name))
  const sources = new Set(arriving.map(sourceName))
  const old: Candidate[] = []
  for (const [name, { base }] of aged.system) {
    if (!base || coming.has(name)) continue
    const one = aged.table.get(name)
    if (one !== undefined && (asked.has(name) || sources.has(sourceName(one)))) old.push(one)
  }
  const first = old[0]
  if (first === undefined) return []
  const files = old.reduce((sum, { weight }) => sum + (aged.slim ? weight.slim : weight.full) + weight.info, 0)
  const high = files * 1.2 + (arriving.length === 0 ? aged.records : 0)
  return [
    {
      path: '/usr',
      type: 'package',
      label: `perhaps renewed: ${first.name}${old.length === 1 ? '' : ` and ${old.length - 1} more`}`,
      size: about(0, 0, high, 'heuristic', `${sourceOf(aged)}; packages of the base may be older`),
      files: 0,
      kind: 'content',
    },
  ]
}

const sourceName = ({ source }: Candidate): string => source.split(' ')[0] ?? ''
