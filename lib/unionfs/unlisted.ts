/** Bytes whose files nobody lists: of a base of the catalogue, of a base that is not known, of an image known by its rows. */
import type { Entry, Image, Row, Size } from '../model.ts'
import { sum, weaker, zero } from '../size.ts'

/**
 * What an image holds beside its entries: the size of such layers less what is listed there, and rows of a base whose layers
 * are not known. Nothing of it is sure, because a row counts more than payload (symlinks, headers, blocks) and a file that
 * nobody lists may be hidden by a later layer. An entry whose size is not known counts as not listed.
 */
export function unlisted({ layers, rows }: Content): Size {
  const partly = layers.filter(({ complete }) => !complete)
  const held = sum(partly.map(({ size }) => size))
  const listed = sum(partly.flatMap(({ entries }) => entries.filter(hasPayload).map(({ size }) => size)))
  return sum([restOf(held, listed), ...rows.map(({ size, ...row }) => (isBare(row) ? { ...size, low: 0 } : zero))])
}

/**
 * A sum of entries and of what is not listed, where some have no size of their own: it is then what the rows say, less what
 * was lost. The sum as it is where a row has no size either.
 */
export function withinRows(total: Size, { layers, rows }: Content, lost = zero): Size {
  const { bytes, high } = sum([...layers, ...rows.filter(isBare)].map(({ size }) => size))
  if (total.bytes !== null || bytes === null || lost.bytes === null) return total
  return { bytes: Math.max(total.low, bytes - lost.bytes), low: total.low, high, basis: 'heuristic', source }
}

type Content = Pick<Image, 'layers' | 'rows'>

const source = 'size of layers whose files are not listed'
const hasPayload = ({ type }: Entry): boolean => type === 'file' || type === 'package'
/** A row of a base that may have a layer, and nobody knows it. */
const isBare = ({ layer, origin }: Pick<Row, 'layer' | 'origin'>): boolean => layer === null && origin.from === 'base'

function restOf(held: Size, listed: Size): Size {
  if (held.high === 0) return zero
  return {
    bytes: held.bytes === null ? null : Math.max(0, held.bytes - (listed.bytes ?? listed.low)),
    low: 0,
    high: held.high === null ? null : Math.max(0, held.high - listed.low),
    basis: weaker(held.basis, 'heuristic'),
    source,
  }
}
