/** Writes the text of a package table as lib/sizes/apt/table.ts reads it, and packs it. */
import { brotliCompressSync, constants } from 'node:zlib'
import { numberColumns, rowLetters, textColumns } from '../../lib/sizes/apt/table.ts'

/** One package: its seven texts and its numbers, in the order of the columns. */
export interface Line {
  readonly texts: readonly string[]
  readonly numbers: readonly number[]
}

/** Columns of text with a form feed between them, a zero byte, columns of numbers in groups of seven bits. */
export function encodeTable(lines: readonly Line[]): Buffer {
  const texts = Array.from({ length: textColumns }, (_, i) => lines.map((line) => line.texts[i] ?? '').join('\n'))
  const bytes: number[] = []
  for (let i = 0; i < numberColumns; i++)
    for (const { numbers } of lines) {
      let left = numbers[i] ?? 0
      if (!Number.isInteger(left) || left < 0 || left >= 2 ** 31) throw new Error(`${left} is no number of a table`)
      for (; left > 127; left >>= 7) bytes.push((left & 127) | 128)
      bytes.push(left)
    }
  return Buffer.concat([Buffer.from(texts.join('\f'), 'latin1'), Buffer.of(0), Buffer.from(bytes)])
}

/** As small as it gets. */
export const packed = (table: Buffer): Buffer =>
  brotliCompressSync(table, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: table.length,
    },
  })

/** Names without what each shares with the one above: how much in one letter, then the rest. */
export const shortened = (names: readonly string[]): readonly string[] =>
  names.map((name, i) => {
    const above = names[i - 1] ?? ''
    let shared = 0
    while (shared < 60 && shared < above.length && above[shared] === name[shared]) shared++
    return String.fromCharCode(48 + shared) + name.slice(shared)
  })

/** Relations with names of the table told by their row; the others stay as they are. */
export function byRow(relations: string, rows: ReadonlyMap<string, number>): string {
  const { first, many } = rowLetters
  return relations.replace(/(^|[,|])([^,|(]+)/g, (whole, before: string, name: string) => {
    const row = rows.get(name)
    if (row === undefined || row >= many * many) return whole
    return before + String.fromCharCode(first + Math.floor(row / many), first + (row % many))
  })
}

/** Seven bits that count and how many follow: the length of a .deb changes with every build. Within a hundredth. */
export function digitsOf(value: number): readonly [digits: number, power: number] {
  const power = Math.max(0, Math.floor(Math.log2(Math.max(1, value))) - 6)
  const digits = Math.round(value / 2 ** power)
  return digits > 127 ? [digits / 2, power + 1] : [digits, power]
}
