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

/** The bytes of a table; lines by name. Throws where a number has no place. */
export function encodeTable(lines: readonly Line[]): Buffer {
  const { shared, rest } = shortened(lines.map(({ name }) => name))
  const texts = Array.from({ length: textColumns - 1 }, (_, i) =>
    lines.map((line, row) => {
      const text = line.texts[i] ?? ''
      return i === 0 && text !== '' && text === lines[row - 1]?.texts[0] ? sameVersion : text
    }),
  )
  const kinds = [lines.filter(({ measured }) => measured), lines.filter(({ measured }) => !measured)]
  return Buffer.concat([
    Buffer.from([rest, ...texts].map((column) => column.join('\n')).join('\f'), 'latin1'),
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

/** Relations with names of the table told by their row; the others stay as they are. */
export function byRow(relations: string, rows: ReadonlyMap<string, number>): string {
  const { first, many } = rowLetters
  return relations.replace(/(^|[,|])([^,|(]+)/g, (whole, before: string, name: string) => {
    const row = rows.get(name)
    if (row === undefined || row >= many * many) return whole
    return before + String.fromCharCode(first + Math.floor(row / many), first + (row % many))
  })
}
