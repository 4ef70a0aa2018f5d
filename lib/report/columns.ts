/**
 * Columns as the clients lay them out: cells end in tabs, a column is as wide as its widest cell in a run of consecutive
 * lines that have that column, and what follows the last tab of a line belongs to none.
 * Source: spec/history.md section 10, confirmed with client 28.2 by test/engines/history-table.engine.ts.
 */
import { displayWidth } from './width.ts'

/** How one client lays out: narrowest column with its padding, blanks after the widest cell, columns a cell takes. */
interface Layout {
  readonly minimum: number
  readonly padding: number
  readonly width: (cell: string) => number
}

/** docker's: clusters of wide characters count two. */
export const dockerLayout = (eastAsian: boolean): Layout => ({
  minimum: 10,
  padding: 3,
  width: (cell) => displayWidth(cell, eastAsian),
})

/** podman's: every character counts one. */
export const podmanLayout: Layout = { minimum: 12, padding: 2, width: (cell) => [...cell].length }

/** The text with its tabs replaced by blanks. Vertical tabs end a cell too; a form feed ends a line and every column. */
export function columns(text: string, { minimum, padding, width }: Layout): string {
  const lines: {
    readonly cells: readonly { readonly text: string; readonly width: number }[]
    readonly columns: Column[]
  }[] = []
  let open: Column[] = []
  for (const [line, end] of split(text)) {
    const cells = line.split(/[\t\v]/).map((cell) => ({ text: cell, width: width(cell) }))
    // The clients do not keep an empty cell at the end of a text that does not end in a newline.
    if (end === '' && cells.at(-1)!.text === '') cells.pop()
    open = open.slice(0, Math.max(0, cells.length - 1))
    for (const [index, cell] of cells.slice(0, -1).entries()) {
      open[index] ??= { width: minimum }
      open[index].width = Math.max(open[index].width, cell.width + padding)
    }
    lines.push({ cells, columns: open })
    if (end === '\f') open = []
  }
  return lines
    .map(({ cells, columns }) =>
      cells
        .map((cell, index) => cell.text + ' '.repeat(index < columns.length ? columns[index]!.width - cell.width : 0))
        .join(''),
    )
    .join('\n')
}

/** Makes columns as wide as the cells of one more line want them, all lines alike. */
export function widen(widths: number[], cells: readonly string[], { minimum, padding, width }: Layout): void {
  for (const [index, cell] of cells.entries())
    widths[index] = Math.max(widths[index] ?? 0, minimum, width(cell) + padding)
}

/** The cells of a line, each with the blanks behind it. */
export const aligned = (cells: readonly string[], widths: readonly number[], { width }: Layout): string =>
  cells.map((cell, index) => cell + ' '.repeat(widths[index]! - width(cell))).join('')

interface Column {
  width: number
}

/** Lines, each with what ends it: newline, form feed, or nothing for the last. */
function split(text: string): readonly (readonly [line: string, end: string])[] {
  const parts = text.split(/([\n\f])/)
  return parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ''] as const] : []))
}
