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
  /** Packages that provide a name, real ones of that name not among them. */
  providers(name: string): readonly Candidate[]
  /** All names, sorted. */
  readonly names: readonly string[]
}

/** A table as lib/data/ has it: names and relations as lines of tab-separated text, brotli, base64. */
export interface PackedTable {
  readonly suite: string
  readonly date: string
  readonly packed: string
}

/** Unpacks a table; single packages are read when they are asked for. */
export function openTable({ suite, date, packed }: PackedTable): Table {
  const text = brotliDecompressSync(Buffer.from(packed, 'base64')).toString('utf8')
  const cut = text.indexOf('\n\n')
  const [facts, numbers] = [text.slice(0, cut).split('\n'), text.slice(cut + 2).split('\n')]
  const rows = new Map<string, number>()
  const offers = new Map<string, string[]>()
  for (const [i, line] of facts.entries()) {
    const tab = line.indexOf('\t')
    const name = line.slice(0, tab)
    rows.set(name, i)
    const provides = line.slice(line.lastIndexOf('\t') + 1)
    if (provides === '') continue
    for (const { name: offered } of parseRelations(provides, '').flat()) {
      const list = offers.get(offered)
      if (list === undefined) offers.set(offered, [name])
      else list.push(name)
    }
  }
  const read = new Map<string, Candidate>()
  const get = (name: string): Candidate | undefined => {
    const known = read.get(name)
    const row = rows.get(name)
    if (known !== undefined || row === undefined) return known
    const candidate = readCandidate(facts[row] ?? '', numbers[row] ?? '')
    read.set(name, candidate)
    return candidate
  }
  return {
    suite,
    date,
    get,
    providers: (name) => (offers.get(name) ?? []).flatMap((one) => (one === name ? [] : (get(one) ?? []))),
    names: [...rows.keys()],
  }
}

// Fields: name, version, source, depends, recommends, conflicts, provides. Numbers: see Weight, in that order.
function readCandidate(line: string, numbers: string): Candidate {
  const [name = '', version = '', source = '', depends = '', recommends = '', conflicts = '', provides = ''] =
    line.split('\t')
  const column = numbers.split(' ').map(Number)
  const at = (i: number): number => column[i] ?? 0
  const [sourceName = '', sourceVersion = version] = (source === '' ? name : source).split(' ')
  return {
    name,
    version,
    source: `${sourceName === '' ? name : sourceName} ${sourceVersion}`,
    depends: parseRelations(depends, version),
    recommends: parseRelations(recommends, version),
    provides: parseRelations(provides, version).flat(),
    conflicts: parseRelations(conflicts, version).flat(),
    weight: {
      deb: at(0),
      full: at(1),
      slim: at(1) - at(2),
      fullLinks: at(3),
      slimLinks: at(3) - at(4),
      files: at(5),
      info: at(6),
      control: at(7),
      conffiles: at(8),
      conffilesBytes: at(9),
      templates: at(10),
      python: at(11),
      measured: at(12) === 0,
    },
  }
}
