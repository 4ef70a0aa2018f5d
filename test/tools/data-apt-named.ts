/**
 * Which packages Dockerfiles at hand install, with all that comes along, and what a table that is there knows of packages
 * for sure: both keep what has to be fetched small.
 */
import { parseRelations } from '../../lib/sizes/apt/relations.ts'
import { resolve } from '../../lib/sizes/apt/resolve.ts'
import { type System, systemOf } from '../../lib/sizes/apt/system.ts'
import type { Candidate, Table, Weight } from '../../lib/sizes/apt/table.ts'
import type { Paragraph } from './data-apt-index.ts'
import type { Measured } from './data-apt-measure.ts'

/** Words that are asked for, and how much of what comes along. */
export interface Naming {
  readonly words: ReadonlySet<string>
  /** Recommended packages too. */
  readonly recommends: boolean
  /** A longer .deb is not worth its bytes. Bytes. */
  readonly longest: number
}

/**
 * What apt would install for each of the words on a base that has `base` installed (package to version). Shortest .deb
 * first, then by name; words that are no packages do no harm.
 */
export function namedPackages(
  index: ReadonlyMap<string, Paragraph>,
  { words, recommends, longest }: Naming,
  base: ReadonlyMap<string, readonly string[]>,
): readonly Paragraph[] {
  const table = tableOf(index)
  const installed = Object.fromEntries([...base].map(([name, [version = '']]) => [name, { version }]))
  const system: System = systemOf(installed, table)
  const found = new Set<string>()
  for (const word of [...words].sort()) {
    if (!index.has(word) && table.providers(word).length !== 1) continue
    const { added, upgraded } = resolve({ install: [word], recommends, bySource: true }, system, table)
    for (const { name } of [...added, ...upgraded]) found.add(name)
  }
  return [...found]
    .flatMap((name) => index.get(name) ?? [])
    .filter(({ deb }) => deb <= longest)
    .sort((a, b) => a.deb - b.deb || (a.name < b.name ? -1 : 1))
}

const weightless: Weight = {
  deb: 0,
  full: 0,
  slim: 0,
  fullLinks: 0,
  slimLinks: 0,
  files: 0,
  info: 0,
  control: 0,
  conffiles: 0,
  conffilesBytes: 0,
  templates: 0,
  python: 0,
  measured: false,
}

/** An archive's index as a table, of relations only. */
function tableOf(index: ReadonlyMap<string, Paragraph>): Table {
  const read = new Map<string, Candidate>()
  const offers = new Map<string, string[]>()
  for (const [name, { provides }] of index)
    for (const { name: virtual } of parseRelations(provides, '').flat())
      offers.set(virtual, [...(offers.get(virtual) ?? []), name])
  const get = (name: string): Candidate | undefined => {
    const paragraph = index.get(name)
    const known = read.get(name)
    if (known !== undefined || paragraph === undefined) return known
    const { version, source, depends, recommends, provides, conflicts } = paragraph
    const [of = '', at = version] = source.split(' ')
    const candidate: Candidate = {
      name,
      version,
      source: `${of === '' ? name : of} ${at}`,
      depends: parseRelations(depends, version),
      recommends: parseRelations(recommends, version),
      provides: parseRelations(provides, version).flat(),
      conflicts: parseRelations(conflicts, version).flat(),
      weight: weightless,
    }
    read.set(name, candidate)
    return candidate
  }
  return {
    suite: '',
    date: '',
    names: [...index.keys()],
    get,
    providers: (name) => (offers.get(name) ?? []).toReversed().flatMap((one) => get(one) ?? []),
  }
}

/** What a table has measured. Of packages whose byte code it knows it does not tell the Python source. */
export function measuredIn(table: Table): ReadonlyMap<string, Measured> {
  const found = new Map<string, Measured>()
  for (const name of table.names) {
    const one = table.get(name)
    if (one === undefined || !one.weight.measured) continue
    const { deb: _, measured: __, ...weight } = one.weight
    found.set(name, { version: one.version, ...weight })
  }
  return found
}
