/** The packages of a suite: what apt can choose from, and what each one stores. */
import { brotliDecompressSync } from 'node:zlib'
import { type Group, parseRelations, type Wanted } from './relations.ts'

/** A package as an archive offers it. Byte counts are those of regular files. */
export interface Candidate {
  readonly name: string
  /** Empty: nobody told. The table keeps versions of what was measured, of what bases have, and where a limit asks for one. */
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

/**
 * Columns of text: what names do not share with the one above, version, source, depends, recommends, conflicts, provides; and
 * one line with the names that relations tell most often, by row.
 */
export const textColumns = 8

/**
 * Letters that stand for a name, from the `first` on: so many for one that is `near`, above and then below; so many for one of
 * those told `often`; and then two letters, of which the second is one of the last `many`, for any row. Between such letters
 * there is no comma.
 */
export const rowLetters = { first: 128, near: 4, often: 40, many: 144 } as const

/** A version like that of the package above. */
export const sameVersion = '='

/**
 * How a column tells lengths: in units; or in steps that are so many to a doubling, the first one at `from`, because nobody
 * knows them better or nothing comes of it. 0 stays 0.
 */
export type Scale = { readonly unit: number } | { readonly steps: number; readonly from: number }

/** The number that stands for a length. Neither negative; taken back and told again it stays the same. */
export function scaled(value: number, scale: Scale): number {
  if ('unit' in scale) return Math.max(0, Math.round(value / scale.unit))
  return value <= 0 ? 0 : 1 + Math.max(0, Math.round(Math.log2(value / scale.from) * scale.steps))
}

/** The length that a number stands for. */
export function lengthOf(number: number, scale: Scale): number {
  if ('unit' in scale) return number * scale.unit
  return number === 0 ? 0 : Math.round(scale.from * 2 ** ((number - 1) / scale.steps))
}

const exactly: Scale = { unit: 1 }
const nothing: Scale = { unit: 2 ** 31 }

/**
 * Columns of numbers, each with its scale for what was measured and for what was reckoned. `density`: how many times a .deb's
 * length its files are, in thousandths. `excess`: what slim bases leave out, and so with the targets of links. `info`: of what
 * was reckoned, that of each file. `byteCode`: one more, 0 for not known. `preference`: which of several providers apt takes rather.
 */
export const numberColumns = [
  ['density', { steps: 8, from: 4 }, { steps: 8, from: 4 }],
  ['slim', { unit: 64 }, { steps: 24, from: 64 }],
  ['excess', { unit: 128 }, { steps: 4, from: 64 }],
  ['slimLinks', { unit: 16 }, nothing],
  ['linksExcess', { unit: 32 }, nothing],
  ['files', exactly, { steps: 6, from: 1 }],
  ['info', { unit: 64 }, { steps: 4, from: 16 }],
  ['control', { unit: 32 }, { steps: 4, from: 128 }],
  ['conffiles', exactly, exactly],
  ['conffilesBytes', { unit: 8 }, { steps: 2, from: 4 }],
  ['templates', { unit: 8 }, { steps: 4, from: 64 }],
  ['python', exactly, { steps: 4, from: 64 }],
  ['byteCode', exactly, nothing],
  ['preference', exactly, exactly],
] as const satisfies readonly (readonly [name: string, measured: Scale, reckoned: Scale])[]

/** A column of numbers. */
export type NumberColumn = (typeof numberColumns)[number][0]

/** Targets of links for each file that slim bases keep, where nobody measured them: the mean of what was. Bytes. */
const linksPerFile = 0.92

/** Scripts and fields count as so many files more, when what dpkg keeps of a package is told by the file. */
export const infoExtra = 8

/** Added to the files before they are held against the .deb: it has a control archive too. Bytes. */
export const debExtra = 2000

/**
 * A table from its bytes, the packages by name. First columns of lines with a form feed between them, Latin-1, and a zero
 * byte; relations tell names of the table by their row, in letters beyond ASCII (`rowLetters`). Then a byte for each package: how many
 * letters its name shares with the one above; and another: 1 where it was reckoned. Then the columns of numbers, of what was
 * measured and of what was reckoned in turn: how many bytes a number has, all lowest bytes, and so on. Columns are taken apart
 * when they are needed.
 */
export function readTable(suite: string, date: string, bytes: Buffer): Table {
  const end = bytes.indexOf(0)
  const columns = bytes.toString('latin1', 0, end).split('\f')
  const rest = (columns[0] ?? '').split('\n')
  const names = namesOf(rest, bytes.subarray(end + 1, end + 1 + rest.length))
  const often = rowsOf(columns[7] ?? '')
  const lines: (readonly string[])[] = []
  const line = (column: number): readonly string[] => {
    const known = lines[column] ?? (columns[column] ?? '').split('\n')
    lines[column] = known
    return known
  }
  const text = (column: number, row: number): string => {
    const list = line(column)
    let at = row
    if (column === 1) while (at > 0 && list[at] === sameVersion) at--
    return spelledOut(list[at] ?? '', row, names, often)
  }
  let numbers: Numbers | undefined
  const number = (column: NumberColumn, row: number): number => {
    numbers ??= numbersOf(bytes, end + 1 + names.length, names.length)
    return numbers(column, row)
  }
  const read = new Map<string, Candidate>()
  const get = (name: string): Candidate | undefined => {
    const known = read.get(name)
    if (known !== undefined) return known
    const row = rowOf(names, name)
    if (row === undefined) return undefined
    const measured = bytes[end + 1 + names.length + row] === 0
    const candidate = readCandidate(
      name,
      (column) => text(column, row),
      weightOf((column) => number(column, row), measured),
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
      const worth = (one: string): number => number('preference', rowOf(names, one) ?? 0)
      const sorted = (offers.get(name) ?? []).toReversed().sort((a, b) => worth(b) - worth(a))
      return sorted.flatMap((one) => (one === name ? [] : (get(one) ?? [])))
    },
  }
}

/** A length by column and row. */
type Numbers = (column: NumberColumn, row: number) => number

function numbersOf(bytes: Buffer, flags: number, rows: number): Numbers {
  // Of each row, the how manieth of its kind it is.
  const rank = new Uint16Array(rows)
  const many: [measured: number, reckoned: number] = [0, 0]
  for (let row = 0; row < rows; row++) rank[row] = many[bytes[flags + row] === 0 ? 0 : 1]++
  const places = new Map<NumberColumn, readonly Place[]>()
  let at = flags + rows
  for (const [name, ...scales] of numberColumns)
    places.set(
      name,
      scales.map((scale, kind): Place => {
        const place = { scale, start: at + 1, width: bytes[at] ?? 0, many: many[kind] ?? 0 }
        at = place.start + place.width * place.many
        return place
      }),
    )
  return (column, row) => {
    const place = places.get(column)?.[bytes[flags + row] ?? 0]
    if (place === undefined) return 0
    let value = 0
    for (let i = place.width - 1; i >= 0; i--)
      value = value * 256 + (bytes[place.start + i * place.many + (rank[row] ?? 0)] ?? 0)
    return lengthOf(value, place.scale)
  }
}

/** Where the numbers of a column stand: so many bytes each, and so many numbers. */
interface Place {
  readonly scale: Scale
  readonly start: number
  readonly width: number
  readonly many: number
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

function namesOf(rest: readonly string[], shared: Uint8Array): readonly string[] {
  const names = new Array<string>(rest.length)
  let last = ''
  for (let i = 0; i < rest.length; i++) {
    last = last.substring(0, shared[i]) + rest[i]
    names[i] = last
  }
  return names
}

const { first, near, often: told, many } = rowLetters
/** The first letter of a pair. */
const pairs = first + 2 * near + told
const letters = new RegExp(
  `[\\x${first.toString(16)}-\\x${(pairs - 1).toString(16)}]|[\\x${pairs.toString(16)}-\\xff].`,
  'g',
)

/** Relations of a row with the names that letters stand for. */
const spelledOut = (text: string, row: number, names: readonly string[], often: readonly number[]): string =>
  text.replace(letters, (letter, at: number) => {
    const place = rowOfLetters(letter, row, often)
    return (names[place] ?? '') + (text.charCodeAt(at + letter.length) >= first ? ',' : '')
  })

function rowOfLetters(letter: string, row: number, often: readonly number[]): number {
  const number = letter.charCodeAt(0) - first
  if (number < near) return row - near + number
  if (number < 2 * near) return row - near + number + 1
  if (number < 2 * near + told) return often[number - 2 * near] ?? -1
  return (letter.charCodeAt(0) - pairs) * many + letter.charCodeAt(1) - (256 - many)
}

/** The rows that a line of pairs tells. */
const rowsOf = (text: string): readonly number[] => (text.match(/../gs) ?? []).map((pair) => rowOfLetters(pair, 0, []))

function offersOf(names: readonly string[], column: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const offers = new Map<string, string[]>()
  for (let i = 0; i < column.length; i++) {
    const provides = column[i] ?? ''
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

function weightOf(at: (column: NumberColumn) => number, measured: boolean): Weight {
  const [slim, files, code] = [at('slim'), at('files'), at('byteCode')]
  const full = slim + at('excess')
  const links = measured ? at('slimLinks') : Math.round(files * linksPerFile)
  return {
    deb: Math.round(((full + debExtra) * 1000) / Math.max(1, at('density'))),
    full,
    slim,
    fullLinks: links + at('linksExcess'),
    slimLinks: links,
    files,
    info: measured ? at('info') : at('info') * (files + infoExtra),
    control: at('control'),
    conffiles: at('conffiles'),
    conffilesBytes: at('conffilesBytes'),
    templates: at('templates'),
    python: at('python'),
    ...(code === 0 ? {} : { byteCode: code - 1 }),
    measured,
  }
}
