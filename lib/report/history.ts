/**
 * The history table, byte for byte as `docker history` prints it, and as `podman history` does where podman was asked for.
 * Source: spec/history.md section 10, confirmed with client 28.2 by test/engines/history-table.engine.ts.
 */
import type { Row } from '../model.ts'
import { columns, dockerLayout } from './columns.ts'
import { type Fields, headersOf, jsonText } from './go-format.ts'
import { type HistoryCells, type HistoryView, historyCells, localTime, totals } from './history-cells.ts'
import { podmanHistory } from './history-podman.ts'
import { palette, unpainted } from './paint.ts'
import { basicFunctions, headerFunctions, readTemplate, runTemplate } from './template-run.ts'
import { escapeControls } from './terminal.ts'
import { ellipsis } from './width.ts'

/**
 * The rows, given oldest first, printed newest first. Characters that podman or a template cut in the middle are in it as
 * lone surrogates: `toBytes` of bytes.ts makes the bytes to write. Throws UserError for a template that is wrong.
 */
export function historyTable(rows: readonly Row[], view: HistoryView): string {
  const cells = historyCells(rows, view)
  const text = view.podman === null ? docker(cells, view) : podmanHistory(cells, view)
  return view.explain && !view.quiet && isDefault(view.format) ? `${text}\n${totals(rows, view)}\n` : text
}

/** Whether the table nobody has to ask for is meant. */
const isDefault = (format: string): boolean => format === '' || format === 'table'

function docker(rows: readonly HistoryCells[], view: HistoryView): string {
  const format = isDefault(view.format) ? defaultFormat(view) : view.format
  const table = format.startsWith('table')
  const template = (format === 'json' ? '{{json .}}' : table ? format.slice('table'.length) : format)
    .replace(/^ +/, '')
    .replace(/(?<! ) +$/, '')
    .replace(/\\([tn])/g, (_, letter) => (letter === 't' ? '\t' : '\n'))
  const parts = readTemplate(template)
  const show = view.terminal ? escapeControls : (text: string) => text
  const colored = view.color === true && isDefault(view.format) && !view.quiet
  const look = colored ? painted : (text: string) => text
  const body = rows.map((row) => `${look(runTemplate(parts, fields(row, view), basicFunctions, show))}\n`).join('')
  if (!table) return body
  const header: string[] = []
  try {
    runTemplate(parts, headers, headerFunctions, show, header)
  } catch {
    // A template that works for rows need not work for headers; the client prints what it had by then.
  }
  const layout = dockerLayout(view.eastAsian)
  return columns(`${header.join('')}\n${body}`, {
    ...layout,
    ...(colored && { width: (cell) => layout.width(unpainted(cell)) }),
  })
}

/** A row of the default table, before it is laid out: image, created, created by, size and more. */
function painted(row: string): string {
  const { quiet, unsure } = palette(true)
  const [id = '', created = '', by = '', size = '', ...more] = row.split('\t')
  return [id.startsWith('<') ? quiet(id) : id, created, by, /^[~?]|–/.test(size) ? unsure(size) : size, ...more].join(
    '\t',
  )
}

function defaultFormat({ quiet, human, explain }: HistoryView): string {
  if (quiet) return '{{.ID}}'
  const more = explain ? '\t{{.Line}}\t{{.Kind}}\t{{.Basis}}' : ''
  return `table {{.ID}}\t{{.${human ? 'CreatedSince' : 'CreatedAt'}}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}${more}`
}

/** Fields of a row. The first six are docker's and in `{{json .}}`; the others are ours. */
function fields(row: HistoryCells, view: HistoryView): Fields {
  const { seconds } = row
  const createdAt = seconds === null ? '' : localTime(seconds, view)
  const createdBy = row.createdBy.replaceAll('\t', ' ')
  const values: Readonly<Record<string, string>> = {
    Comment: row.comment,
    CreatedAt: createdAt,
    CreatedBy: view.trunc ? ellipsis(createdBy, 45) : createdBy,
    CreatedSince: !view.human ? createdAt : seconds === null ? '' : seconds <= epoch ? 'N/A' : `${row.age} ago`,
    ID: view.trunc ? row.id.replace(/^[^:]*:/, '').slice(0, 12) : row.id,
    Size: row.size,
  }
  const own: Readonly<Record<string, string>> = { Line: row.line, Kind: row.kind, Basis: row.basis }
  return {
    get: (name) => (Object.hasOwn(values, name) ? values[name] : Object.hasOwn(own, name) ? own[name] : undefined),
    names: ['ID', 'CreatedSince', 'CreatedAt', 'CreatedBy', 'Size', 'Comment', ...Object.keys(own)],
    json: () =>
      `{${Object.entries(values)
        .map(([name, text]) => `"${name}":${jsonText(text, true)}`)
        .join(',')}}`,
  }
}

/** 2000-01-01: what is that old or older has no date, as far as the client is concerned. */
const epoch = 946_684_800

const headers = headersOf({
  ID: 'IMAGE',
  CreatedSince: 'CREATED',
  CreatedAt: 'CREATED AT',
  CreatedBy: 'CREATED BY',
  Size: 'SIZE',
  Comment: 'COMMENT',
  Line: 'LINE',
  Kind: 'KIND',
  Basis: 'BASIS',
})
