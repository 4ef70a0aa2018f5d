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
  /** Byte code that its scripts make where Python is; absent: not known. */
  readonly byteCode?: number
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
  readTable(suite, date, brotliDecompressSync(Buffer.from(packed, 'base64')))

/** Columns of text: name, version, source, depends, recommends, conflicts, provides. */
export const textColumns = 7

/** Columns of numbers, in the order of `weightOf`; the last one says which of several providers apt takes rather. */
export const numberColumns = 16

/** Units of lengths in a table, bytes: of files, of files that slim bases leave out, of records, of targets of links. */
export const units = {
  measured: { unit: 1, excess: 32, record: 8, target: 1 },
  reckoned: { unit: 1024, excess: 1024, record: 32, target: 8 },
} as const

/** Letters that stand for a name by its row: two, of which each is one of so many from the first one on. */
export const rowLetters = { first: 128, many: 128 } as const

/**
 * A table from its bytes: columns of lines with a form feed between them, a line for each package, Latin-1; a zero byte;
 * then columns of numbers, seven bits a byte, the low ones first, the high bit set where more follow. Of a name: the length of
 * what it shares with the name above in one letter, then the rest. Relations tell names of the table by their row, in two
 * letters beyond ASCII. Columns are taken apart when they are needed.
 */
export function readTable(suite: string, date: string, bytes: Buffer): Table {
  const end = bytes.indexOf(0)
  const columns = bytes.toString('latin1', 0, end).split('\f')
  const names = namesOf((columns[0] ?? '').split('\n'))
  const lines: (readonly string[])[] = []
  const line = (column: number): readonly string[] => {
    const known = lines[column] ?? (columns[column] ?? '').split('\n')
    lines[column] = known
    return known
  }
  let numbers: Int32Array | undefined
  const number = (column: number, row: number): number => {
    numbers ??= numbersOf(bytes, end + 1, names.length * numberColumns)
    return numbers[column * names.length + row] ?? 0
  }
  const read = new Map<string, Candidate>()
  const get = (name: string): Candidate | undefined => {
    const known = read.get(name)
    if (known !== undefined) return known
    const row = rowOf(names, name)
    if (row === undefined) return undefined
    const candidate = readCandidate(
      name,
      (column) => spelledOut(line(column)[row] ?? '', names),
      weightOf((column) => number(column, row)),
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
      offers ??= offersOf(names, line(6))
      const worth = (one: string): number => number(numberColumns - 1, rowOf(names, one) ?? 0)
      const sorted = (offers.get(name) ?? []).toReversed().sort((a, b) => worth(b) - worth(a))
      return sorted.flatMap((one) => (one === name ? [] : (get(one) ?? [])))
    },
  }
}

function numbersOf(bytes: Buffer, start: number, count: number): Int32Array {
  const found = new Int32Array(count)
  for (let i = 0, at = start; i < count && at < bytes.length; i++) {
    let value = 0
    let byte = 128
    for (let shift = 0; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0
      value |= (byte & 127) << shift
    }
    found[i] = value
  }
  return found
}

// The names are sorted; a map of them all would take longer to make than the few that are asked for to be found.
function rowOf(names: readonly string[], name: string): number | undefined {
  let [low, high] = [0, names.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = names[middle] ?? ''
    if (found === name) return middle
    if (found < name) low = middle + 1
    else high = middle - 1
  }
  return undefined
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

const spelledOut = (text: string, names: readonly string[]): string =>
  text.replace(/[\x80-\xff]{2}/g, (pair) => {
    const { first, many } = rowLetters
    return names[(pair.charCodeAt(0) - first) * many + pair.charCodeAt(1) - first] ?? ''
  })

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

function readCandidate(name: string, text: (column: number) => string, weight: Weight): Candidate {
  const version = text(1)
  const [sourceName = '', sourceVersion = version] = text(2).split(' ')
  return {
    name,
    version,
    source: `${sourceName === '' ? name : sourceName} ${sourceVersion}`,
    depends: parseRelations(text(3), version),
    recommends: parseRelations(text(4), version),
    provides: parseRelations(text(6), version).flat(),
    conflicts: parseRelations(text(5), version).flat(),
    weight,
  }
}

// The .deb in seven bits and a power of two; what slim bases leave out apart; byte code one more, 0 for not known. Lengths are
// written in units, finer where they were measured.
function weightOf(at: (column: number) => number): Weight {
  const measured = at(14) === 0
  const { unit, excess, record, target } = measured ? units.measured : units.reckoned
  const [slim, links] = [at(2) * unit, at(4) * target]
  const code = at(13)
  return {
    deb: at(0) * 2 ** at(1),
    full: slim + at(3) * excess,
    slim,
    fullLinks: links + at(5) * target,
    slimLinks: links,
    files: at(6),
    info: at(7) * record,
    control: at(8) * record,
    conffiles: at(9),
    conffilesBytes: at(10),
    templates: at(11),
    python: at(12) * unit,
    ...(code === 0 ? {} : { byteCode: code - 1 }),
    measured,
  }
}
