/** Bytes whose files nobody lists: of a base of the catalogue, of a base that is not known, of an image known by its rows. */
import type { Image, Layer, Size } from '../model.ts'
import { sum, weaker, zero } from '../size.ts'

/**
 * What an image holds beside its entries: the size of a layer less what is listed there, and rows of a base whose layers
 * are not known. Nothing of it is sure, because a row counts more than payload (symlinks, headers, blocks) and a file that
 * nobody lists may be hidden by a later layer.
 */
export const unlisted = ({ layers, rows }: Pick<Image, 'layers' | 'rows'>): Size =>
  sum([
    ...layers.map((layer) => (layer.complete ? zero : restOf(layer))),
    ...rows.map(({ layer, origin, size }) => (layer === null && origin.from === 'base' ? { ...size, low: 0 } : zero)),
  ])

function restOf({ size, entries }: Layer): Size {
  if (size.high === 0) return zero
  const listed = sum(entries.filter(({ type }) => type === 'file' || type === 'package').map((entry) => entry.size))
  return {
    bytes: size.bytes === null || listed.bytes === null ? null : Math.max(0, size.bytes - listed.bytes),
    low: 0,
    high: size.high === null ? null : Math.max(0, size.high - listed.low),
    basis: weaker(size.basis, 'heuristic'),
    source: 'size of layers whose files are not listed',
  }
}
