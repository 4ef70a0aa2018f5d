/** The history table as `podman history` prints it. Source: spec/history.md section 10. */
import { byteLength, cutBytes } from './bytes.ts'
import { columns, podmanLayout } from './columns.ts'
import { type Fields, headersOf, jsonText, type Value } from './go-format.ts'
import { type HistoryCells, type HistoryView, localTime } from './history-cells.ts'
import type { Part } from './template.ts'
import { basicFunctions, readTemplate, runTemplate } from './template-run.ts'
import { escapeControls } from './terminal.ts'

/** The rows, newest first, as podman of version `view.podman` prints them. Throws UserError for a template that is wrong. */
export function podmanHistory(rows: readonly HistoryCells[], view: HistoryView): string {
  const old = Number.parseInt(view.podman ?? '', 10) < 5
  const show = view.terminal ? escapeControls : (text: string) => text
  if ((old ? /^\s*(?:json|{{\s*json\s*\.?\s*}})\s*$/ : /^\s*(?:json|{{\s*json\.?\s*}})\s*$/).test(view.format)) {
    return show(`[${rows.map((row) => json(row, true, old)).join(',')}]\n`)
  }
  const chosen = view.quiet ? '{{.ID}}' : view.format
  const table = chosen === '' || chosen === 'table' || chosen.startsWith('table ')
  const parts = read(chosen === '' || chosen === 'table' ? defaultFormat(view) : chosen)
  const data = rows.map((row) => fields(row, view, old))
  const body = runTemplate(parts, data, basicFunctions, show)
  return table ? columns(runTemplate(parts, [headers], basicFunctions, show) + body, podmanLayout) : body
}

const defaultFormat = ({ explain }: HistoryView): string =>
  `table {{.ID}}\t{{.Created}}\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}${explain ? '\t{{.Line}}\t{{.Kind}}\t{{.Basis}}' : ''}`

/** podman puts a loop around a template that has none, and turns the blanks of a `table` template into tabs. */
function read(format: string): readonly Part[] {
  const table = format.startsWith('table ')
  const plain = table ? format.slice('table '.length) : format
  const wrap = (text: string): string =>
    table || !/{{\s*range\s*\.\s*}}.*{{\s*end\s*-?\s*}}/s.test(text) ? `{{range .}}${text}{{end -}}` : text
  const blanks: Readonly<Record<string, string>> = { 'table ': '', '\\t': '\t', ' ': '\t', '\\n': '\n' }
  const normal = plain.replace(table ? /table |\\t| |\\n/g : /\\t|\\n/g, (found) => blanks[found]!)
  try {
    return readTemplate(wrap(normal.endsWith('\n') ? normal : `${normal}\n`))
  } catch {
    // `\n` inside quotes may only be understood as it was written; what is wrong either way is said of that.
    return readTemplate(wrap(plain))
  }
}

function fields(row: HistoryCells, view: HistoryView, old: boolean): Fields {
  const since = row.seconds === null ? '' : view.human ? `${row.age} ago` : row.created!.replace(/\.\d+/, '')
  const bareId = row.id.replace(/^sha256:/, '')
  const values: Readonly<Record<string, Value>> = {
    ID: view.trunc ? bareId.slice(0, 12) : bareId,
    Created: since,
    CreatedSince: since,
    CreatedAt: createdAt(row.seconds, view, old),
    CreatedBy: view.trunc && byteLength(row.createdBy) > 45 ? `${cutBytes(row.createdBy, 0, 42)}...` : row.createdBy,
    Tags: [],
    Size: row.size,
    Comment: row.comment,
    Line: row.line,
    Kind: row.kind,
    Basis: row.basis,
  }
  return {
    get: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    names: Object.keys(values),
    json: () => json(row, false, old),
  }
}

/** One row as JSON, keys as podman has them; `whole`: as a member of the list that it prints for `json`. */
function json(row: HistoryCells, whole: boolean, old: boolean): string {
  const text = (value: string | null): string => {
    if (value === null) return 'null'
    const written = jsonText(value, whole)
    // Up to podman 4 encoding/json knew no `\\b` and no `\\f`.
    return old
      ? written.replace(/\\(.)/g, (all, one) => (one === 'b' ? '\\u0008' : one === 'f' ? '\\u000c' : all))
      : written
  }
  return `{${[
    `"id":${text(row.id.replace(/^sha256:/, ''))}`,
    `"created":${text(shortest(row.created))}`,
    ...(row.createdBy === '' ? [] : [`"CreatedBy":${text(row.createdBy)}`]),
    `"size":${row.bytes}`,
    ...(row.comment === '' ? [] : [`"comment":${text(row.comment)}`]),
    ...(whole ? [`"Created":${text(row.created?.replace(/\.\d+/, '') ?? null)}`] : []),
  ].join(',')}}`
}

/** Without the zeros at the end of a fraction of a second, as Go prints times. */
const shortest = (time: string | null): string | null =>
  time?.replace(/\.(\d+)/, (fraction) => fraction.replace(/\.?0+$/, '')) ?? null

function createdAt(seconds: number | null, view: HistoryView, old: boolean): string {
  if (seconds === null) return ''
  return old
    ? `${new Date(seconds * 1000).toISOString().slice(0, -5).replace('T', ' ')} +0000 UTC`
    : localTime(seconds, view)
}

const headers = headersOf({
  ID: 'ID',
  Created: 'CREATED',
  CreatedBy: 'CREATED BY',
  Tags: 'TAGS',
  Size: 'SIZE',
  Comment: 'COMMENT',
  Line: 'LINE',
  Kind: 'KIND',
  Basis: 'BASIS',
})
