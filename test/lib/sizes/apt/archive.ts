/** Small archives for tests. */
import { readTable, type Table } from '../../../../lib/sizes/apt/table.ts'

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
  const column = (of: (offer: Offer) => string | undefined): string =>
    names.map((name) => of(offers[name] ?? {}) ?? '').join('\n')
  const columns = [
    names.map((name) => `0${name}`).join('\n'),
    column(({ version }) => version ?? '1'),
    column(({ source }) => source),
    column(({ depends }) => depends),
    column(({ recommends }) => recommends),
    column(({ conflicts }) => conflicts),
    column(({ provides }) => provides),
    column(() => '1'),
    column(() => '1000'),
  ]
  return readTable('small', '2026-11-20', columns.join('\f'))
}
