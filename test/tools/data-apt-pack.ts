/** Writes the text of a package table as lib/sizes/apt/table.ts reads it, and packs it. */
import { brotliCompressSync, constants } from 'node:zlib'
import {
  debExtra,
  type NumberColumn,
  numberColumns,
  rowLetters,
  sameVersion,
  scaled,
  textColumns,
} from '../../lib/sizes/apt/table.ts'

/** One package: its name and six more texts in the order of the columns, and its lengths in bytes. */
export interface Line {
  readonly name: string
  readonly texts: readonly string[]
  readonly measured: boolean
  readonly numbers: Readonly<Partial<Record<NumberColumn, number>>>
}

/** The bytes of a table; lines by name, `often` the names told most often. Throws where a number has no place. */
export function encodeTable(lines: readonly Line[], often: readonly string[] = []): Buffer {
  const { shared, rest } = shortened(lines.map(({ name }) => name))
  const row = new Map(lines.map(({ name }, i) => [name, i]))
  const texts = Array.from({ length: textColumns - 2 }, (_, i) =>
    lines.map((line, row) => {
      const text = line.texts[i] ?? ''
      return i === 0 && text !== '' && text === lines[row - 1]?.texts[0] ? sameVersion : text
    }),
  )
  const kinds = [lines.filter(({ measured }) => measured), lines.filter(({ measured }) => !measured)]
  return Buffer.concat([
    Buffer.from(
      [rest, ...texts, [often.map((name) => pairOf(row.get(name) ?? 0)).join('')]]
        .map((column) => column.join('\n'))
        .join('\f'),
      'latin1',
    ),
    Buffer.of(0),
    Buffer.from(shared),
    Buffer.from(lines.map(({ measured }) => Number(!measured))),
    ...numberColumns.flatMap(([name, ...scales]) =>
      scales.map((scale, kind) => inBytes((kinds[kind] ?? []).map(({ numbers }) => scaled(numbers[name] ?? 0, scale)))),
    ),
  ])
}

/** How many bytes the numbers have, all lowest bytes, and so on. */
function inBytes(numbers: readonly number[]): Buffer {
  const largest = numbers.reduce((most, one) => Math.max(most, one), 0)
  if (!numbers.every((one) => Number.isInteger(one) && one >= 0) || largest >= 2 ** 31)
    throw new Error(`${largest} is no number of a table`)
  const width = largest === 0 ? 0 : Math.floor(Math.log2(largest) / 8) + 1
  const planes = Array.from({ length: width }, (_, i) => numbers.map((one) => (one >>> (8 * i)) & 255))
  return Buffer.from([width, ...planes.flat()])
}

/** How many times the length of its .deb a package's files are, in thousandths. */
export const densityOf = (full: number, deb: number): number => ((full + debExtra) * 1000) / Math.max(1, deb)

/** As small as it gets. */
export const packed = (table: Buffer): Buffer =>
  brotliCompressSync(table, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: table.length,
    },
  })

/** Names without what each shares with the one above. */
function shortened(names: readonly string[]): { readonly shared: readonly number[]; readonly rest: readonly string[] } {
  const shared = names.map((name, i) => {
    const above = names[i - 1] ?? ''
    let many = 0
    while (many < 255 && many < above.length && above[many] === name[many]) many++
    return many
  })
  return { shared, rest: names.map((name, i) => name.slice(shared[i])) }
}

/** How relations are told by letters: the row of each name, and those that are told most often. */
export interface Letters {
  readonly rows: ReadonlyMap<string, number>
  readonly often: readonly string[]
}

/** For the relations of a table, whose names are sorted. Throws where the table has more rows than letters can tell. */
export function lettersFor(names: readonly string[], relations: Iterable<string>): Letters {
  const rows = new Map(names.map((name, row) => [name, row]))
  if (names.length > (256 - pairs) * rowLetters.many)
    throw new Error(`${names.length} rows are more than letters can tell`)
  const counts = new Map<string, number>()
  for (const text of relations)
    for (const [name] of text.matchAll(named)) if (rows.has(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, rowLetters.often)
  return { rows, often: sorted.map(([name]) => name).sort() }
}

const named = /(?<=^|[,|])[^,|(]+/g
const pairs = rowLetters.first + 2 * rowLetters.near + rowLetters.often

/** Relations of a package with names of the table told by letters; the others stay as they are. */
export function byLetters(relations: string, owner: string, { rows, often }: Letters): string {
  const own = rows.get(owner) ?? 0
  const letters = (name: string): string => {
    const row = rows.get(name)
    if (row === undefined) return name
    const step = row - own
    const { first, near } = rowLetters
    if (step !== 0 && Math.abs(step) <= near) return String.fromCharCode(first + near + (step < 0 ? step : step - 1))
    const place = often.indexOf(name)
    return place < 0 ? pairOf(row) : String.fromCharCode(first + 2 * near + place)
  }
  const isTold = (name = ''): boolean => rows.has(name)
  return relations.split(',').reduce((text, group, i, groups) => {
    const before = groups[i - 1]?.split('|').at(-1)
    const next = group.split(/[|(]/)[0]
    const comma = i === 0 || (isTold(before) && isTold(next)) ? '' : ','
    return text + comma + group.replace(named, letters)
  }, '')
}

/** Any row, in two letters. */
export function pairOf(row: number): string {
  const { many } = rowLetters
  return String.fromCharCode(pairs + Math.floor(row / many), 256 - many + (row % many))
}
