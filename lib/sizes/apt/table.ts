/** The packages of a suite: what apt can choose from, and what each one stores. */
import { brotliDecompressSync } from 'node:zlib'
import { type Group, parseRelations, type Wanted } from './relations.ts'

/** A package as an archive offers it. Byte counts are those of regular files. */
export interface Candidate {
  readonly name: string
  readonly version: string
  /** Source package and its version. */
  readonly source: string
  /** What must be there: Pre-Depends and Depends. */
  readonly depends: readonly Group[]
  readonly recommends: readonly Group[]
  readonly provides: readonly Wanted[]
  /** What must not be there: Conflicts and Breaks. */
  readonly conflicts: readonly Wanted[]
  readonly weight: Weight
}

/** What a package costs. */
export interface Weight {
  /** The .deb itself. */
  readonly deb: number
  /** All its files; `slim`: without what slim bases leave out (documentation, manuals, locales). */
  readonly full: number
  readonly slim: number
  /** Targets of its symbolic links, likewise. */
  readonly fullLinks: number
  readonly slimLinks: number
  /** Entries that are no folders. */
  readonly files: number
  /** Added under /var/lib/dpkg/info. */
  readonly info: number
  /** Its paragraph in the status file, without state and conffiles. */
  readonly control: number
  readonly conffiles: number
  /** Of the list of conffiles. */
  readonly conffilesBytes: number
  /** Debconf templates. */
  readonly templates: number
  /** Python source under library folders. */
  readonly python: number
  /** True: found in the package; else reckoned from the index. */
  readonly measured: boolean
}

/** All that is known of a suite's packages. */
export interface Table {
  /** Codename. */
  readonly suite: string
  /** Day of the archive. */
  readonly date: string
  /** The candidate of a name; undefined: no package of the table has it. */
  get(name: string): Candidate | undefined
  /** Packages that provide a name, the one apt prefers first; real ones of that name not among them. */
  providers(name: string): readonly Candidate[]
  /** All names, sorted. */
  readonly names: readonly string[]
}

/** A table as lib/data/ has it: text, brotli, base64. */
export interface PackedTable {
  readonly suite: string
  readonly date: string
  readonly packed: string
}

/** Unpacks a table; single packages are read when they are asked for. */
export const openTable = ({ suite, date, packed }: PackedTable): Table =>
  readTable(suite, date, brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8'))

/**
 * A table from its text: a column of lines for each thing that is told, a form feed between them, a line for each
 * package. Columns: name (the length of what it shares with the name above in one letter, then the rest), version,
 * source, depends, recommends, conflicts, provides; then the numbers of Weight in their order, the slim ones as
 * differences, nothing for 0; last 1 for what was not measured.
 */
export function readTable(suite: string, date: string, text: string): Table {
  const columns = text.split('\f').map((column) => column.split('\n'))
  const names = namesOf(columns[0] ?? [])
  const rows = new Map(names.map((name, i) => [name, i]))
  const read = new Map<string, Candidate>()
  const get = (name: string): Candidate | undefined => {
    const known = read.get(name)
    const row = rows.get(name)
    if (known !== undefined || row === undefined) return known
    const candidate = readCandidate(
      name,
      columns.map((column) => column[row] ?? ''),
    )
    read.set(name, candidate)
    return candidate
  }
  let offers: ReadonlyMap<string, readonly string[]> | undefined
  return {
    suite,
    date,
    names,
    get,
    providers(name) {
      offers ??= offersOf(names, columns[6] ?? [])
      // All else equal, apt prefers the package it read last. (apt-pkg/depcache.cc, CompareProviders)
      return (offers.get(name) ?? []).toReversed().flatMap((one) => (one === name ? [] : (get(one) ?? [])))
    },
  }
}

/** The letter that stands for no shared characters. */
const noneShared = 48

function namesOf(column: readonly string[]): readonly string[] {
  let last = ''
  return column.map((line) => {
    last = last.slice(0, line.charCodeAt(0) - noneShared) + line.slice(1)
    return last
  })
}

function offersOf(names: readonly string[], column: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const offers = new Map<string, string[]>()
  for (const [i, provides] of column.entries()) {
    if (provides === '') continue
    for (const part of provides.split(',')) {
      const limit = part.indexOf('(')
      const offered = limit < 0 ? part : part.slice(0, limit)
      const list = offers.get(offered)
      if (list === undefined) offers.set(offered, [names[i] ?? ''])
      else list.push(names[i] ?? '')
    }
  }
  return offers
}

function readCandidate(name: string, columns: readonly string[]): Candidate {
  const [, version = '', source = '', depends = '', recommends = '', conflicts = '', provides = ''] = columns
  const at = (i: number): number => Number(columns[i + 7])
  // What was reckoned is written in coarser units.
  const measured = at(12) === 0
  const [unit, small, smallest] = measured ? [1, 1, 1] : [1024, 32, 8]
  const [sourceName = '', sourceVersion = version] = source.split(' ')
  return {
    name,
    version,
    source: `${sourceName === '' ? name : sourceName} ${sourceVersion}`,
    depends: parseRelations(depends, version),
    recommends: parseRelations(recommends, version),
    provides: parseRelations(provides, version).flat(),
    conflicts: parseRelations(conflicts, version).flat(),
    weight: {
      deb: Math.round(at(0) * 1000),
      full: at(1) * unit,
      slim: (at(1) - at(2)) * unit,
      fullLinks: at(3) * smallest,
      slimLinks: (at(3) - at(4)) * smallest,
      files: at(5),
      info: at(6) * small,
      control: at(7) * small,
      conffiles: at(8),
      conffilesBytes: at(9),
      templates: at(10),
      python: at(11) * unit,
      measured,
    },
  }
}
