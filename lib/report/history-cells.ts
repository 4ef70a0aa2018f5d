/** What is in the cells of a history table, before a client has cut or laid them out. */
import type { Row, Size } from '../model.ts'
import { sum } from '../size.ts'
import { wellFormed } from './bytes.ts'
import { humanDuration, showSize } from './units.ts'

/** How a history is to be printed. The names are those of the flags of `docker history`, where it has them. */
export interface HistoryView {
  /** `''` or `table`: the default one. `json`: docker's lines. Else `table TEMPLATE` or a template. */
  readonly format: string
  readonly trunc: boolean
  readonly human: boolean
  readonly quiet: boolean
  /** Adds LINE, KIND and BASIS, and a line with the totals. */
  readonly explain: boolean
  /** `--sizes range`: the two ends of an estimate. */
  readonly range: boolean
  /** The version of podman to print like; null: docker. */
  readonly podman: string | null
  /** Id of an image that was read, `sha256:…`; the newest row shows it. */
  readonly image: string | null
  /** Milliseconds since 1970. */
  readonly now: number
  /** Minutes that local time is ahead of UTC at a time in milliseconds. */
  readonly zone: (milliseconds: number) => number
  /** `isEastAsian` of width.ts. */
  readonly eastAsian: boolean
  /** The text goes to a terminal: control characters are made visible. */
  readonly terminal: boolean
  /** The default table of docker has what is not sure in another colour. Left out: no colours. */
  readonly color?: boolean
}

/** One row. */
export interface HistoryCells {
  readonly id: string
  /** As it stands in the row. */
  readonly created: string | null
  /** Since 1970. */
  readonly seconds: number | null
  /** `5 weeks`; '' where the time is not known. */
  readonly age: string
  readonly createdBy: string
  readonly comment: string
  readonly bytes: number | null
  readonly size: string
  readonly line: string
  readonly kind: string
  readonly basis: string
}

/** The cells of rows given oldest first, newest first. */
export const historyCells = (rows: readonly Row[], view: HistoryView): readonly HistoryCells[] =>
  rows.toReversed().map((row, index) => {
    // An engine takes a row without a time in an image for one of year 1, which the client prints as N/A.
    const created = row.created ?? (row.origin.from === 'image' ? '0001-01-01T00:00:00Z' : null)
    const time = created === null ? Number.NaN : Date.parse(created)
    // Beyond the years 0 to 9999 there is no RFC 3339.
    const known = time >= -62_167_219_200_000 && time < 253_402_300_800_000
    return {
      id: idOf(row, index === 0 ? view.image : null),
      created: known ? created : null,
      seconds: known ? Math.floor(time / 1000) : null,
      age: known ? humanDuration(view.now - (view.podman === null ? Math.floor(time / 1000) * 1000 : time)) : '',
      createdBy: wellFormed(row.createdBy),
      comment: wellFormed(row.comment),
      bytes: row.size.bytes,
      size: showSize(row.size, view),
      line: lineOf(row),
      kind: kindOf(row),
      basis: withReason(row.size.basis, row.size),
    }
  })

/** Rows, layers and bytes in one line. */
export function totals(rows: readonly Row[], view: HistoryView): string {
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`
  const perhaps = rows.filter((row) => row.emptyLayer === null).length
  const layers = `${count(rows.filter((row) => row.emptyLayer === false).length, 'layer')}${perhaps > 0 ? ` and perhaps ${perhaps} more` : ''}`
  const size = sum(rows.map((row) => row.size))
  const unknown = rows.filter((row) => row.size.bytes === null).length
  const ends = size.basis !== 'exact' && size.low !== size.high ? showSize(size, { ...view, range: true }) : ''
  const bytes =
    size.bytes === null
      ? `at least ${showSize({ ...size, bytes: size.low, high: size.low, basis: 'exact' }, view)}, ${count(unknown, 'row')} of unknown size`
      : `${showSize(size, { ...view, range: false })} (${size.basis}${ends === '' ? '' : `, ${ends}`})`
  return `${count(rows.length, 'row')}, ${layers}, ${bytes}`
}

/** RFC 3339 with the local offset: `2026-11-20T14:15:39Z`, `2026-11-20T15:15:39+01:00`. */
export function localTime(seconds: number, { zone }: HistoryView): string {
  const minutes = zone(seconds * 1000)
  const local = new Date((seconds + minutes * 60) * 1000).toISOString().slice(0, -5)
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const two = (count: number): string => String(count).padStart(2, '0')
  return minutes === 0 ? `${local}Z` : `${local}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`
}

function idOf({ origin }: Row, image: string | null): string {
  if (origin.from === 'dockerfile') return '<predicted>'
  return (origin.from === 'image' ? (image ?? origin.id) : null) ?? '<missing>'
}

function lineOf({ origin }: Row): string {
  if (origin.from !== 'dockerfile') return ''
  return origin.line === origin.endLine ? String(origin.line) : `${origin.line}-${origin.endLine}`
}

function kindOf({ emptyLayer, size }: Row): string {
  if (emptyLayer === null) return withReason('depends', size)
  return emptyLayer ? 'metadata' : 'layer'
}

/** Reasons are one line, whatever is in them. */
const withReason = (word: string, { source }: Size): string =>
  source === '' ? word : `${word} (${wellFormed(source).replace(/\s+/g, ' ')})`
