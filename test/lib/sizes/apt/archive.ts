/** Small archives for tests. */
import { readTable, type Table } from '../../../../lib/sizes/apt/table.ts'
import { encodeTable } from '../../../tools/data-apt-pack.ts'

/** A package of a small archive; relations as the tables write them. */
export interface Offer {
  readonly version?: string
  readonly source?: string
  readonly depends?: string
  readonly recommends?: string
  readonly conflicts?: string
  readonly provides?: string
}

/** A table of some packages, each of 1000 bytes. */
export function archive(offers: Readonly<Record<string, Offer>>): Table {
  const names = Object.keys(offers).sort()
  const lines = names.map((name) => {
    const {
      version = '1',
      source = '',
      depends = '',
      recommends = '',
      conflicts = '',
      provides = '',
    } = offers[name] ?? {}
    const texts = [version, source, depends, recommends, conflicts, provides]
    return { name, texts, measured: true, numbers: { slim: 1000, density: 3000 } }
  })
  return readTable('small', '2026-11-20', encodeTable(lines))
}
