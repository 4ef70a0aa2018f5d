/** Releases of Debian and Ubuntu: their tables, and constants that differ from one to the next. */
import { bookworm } from '../../data/apt-bookworm.ts'
import { jammy } from '../../data/apt-jammy.ts'
import { trixie } from '../../data/apt-trixie.ts'
import { openTable, type PackedTable, type Table } from './table.ts'

/** What is known of a release. Lengths in bytes, of a base without anything added. */
export interface Suite {
  readonly codename: string
  /** Distribution and version as in os-release. */
  readonly id: string
  readonly version: string
  /** Its apt renews packages of one source together. */
  readonly bySource: boolean
  /** Its debconf saves once more at the end of a change. */
  readonly debconfTwice: boolean
  /** Byte code per byte of Python source: the standard library's, and that of other packages. */
  readonly byteCode: readonly [library: number, other: number]
  /** The package caches apt keeps where nothing stops it, both together. */
  readonly caches: number
  /** The signed lists of lists (InRelease) of its archives, all together; 0: not known. */
  readonly releases: number
  /** What aptitude notes of every package there is, as it does twice. */
  readonly notes: number
  /** Lengths of files that every change rewrites. */
  readonly lengths: Readonly<Record<string, number>>
}

const status = '/var/lib/dpkg/status'
const config = '/var/cache/debconf/config.dat'
const templates = '/var/cache/debconf/templates.dat'
const libraries = '/etc/ld.so.cache'

// Lengths: minimal installations of each release, 2026-11-20. Byte code: recorded builds of that day. Caches of apt
// 2.6 with the indexes of that day; of jammy in proportion to the length of its indexes. Notes of
// aptitude 0.8.13, 2026-11-22; of jammy in proportion to how many packages there are.
const suites: readonly Suite[] = [
  {
    codename: 'bookworm',
    id: 'debian',
    version: '12',
    bySource: true,
    debconfTwice: false,
    byteCode: [1.1218, 1.22],
    caches: 73_804_607,
    releases: 241_248,
    notes: 6_500_958,
    lengths: { [status]: 77_102, [config]: 4401, [templates]: 753_157, [libraries]: 4523 },
  },
  {
    codename: 'trixie',
    id: 'debian',
    version: '13',
    bySource: true,
    debconfTwice: true,
    byteCode: [1.09, 1.1],
    caches: 87_669_476,
    releases: 231_170,
    notes: 7_075_169,
    lengths: { [status]: 69_810, [config]: 4337, [templates]: 781_774, [libraries]: 4095 },
  },
  {
    codename: 'jammy',
    id: 'ubuntu',
    version: '22.04',
    bySource: false,
    debconfTwice: false,
    byteCode: [0.76, 0.755],
    caches: 180_000_000,
    releases: 0,
    notes: 8_460_000,
    lengths: { [status]: 95_790, [config]: 3849, [templates]: 492_395, [libraries]: 5561 },
  },
]

/** The release of a codename; undefined: nothing is known of it. */
export const suiteOf = (codename: string): Suite | undefined => suites.find((suite) => suite.codename === codename)

/** Asked for one by one: a table is long. */
const packed: Readonly<Record<string, () => PackedTable>> = {
  bookworm: () => bookworm,
  trixie: () => trixie,
  jammy: () => jammy,
}
const opened = new Map<string, Table>()

/** The packages of a release, unpacked when first asked for. */
export function tableOf({ codename }: Suite): Table {
  const known = opened.get(codename)
  if (known !== undefined) return known
  const found = packed[codename]
  if (found === undefined) throw new Error(`no table of ${codename}`)
  const table = openTable(found())
  opened.set(codename, table)
  return table
}
