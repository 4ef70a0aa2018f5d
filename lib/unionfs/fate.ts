/** What became of a file whose names went in one layer, each in its own way. */
import type { WasteClass } from '../model.ts'

/** What lives on comes first: another name that was removed beside it says less. */
const order: readonly WasteClass[] = [
  'identical',
  'metadata-only',
  'overwritten',
  'replaced',
  'deleted',
  'dead-in-layer',
]

/** The class that a file has of two of its names; undefined: of the second alone. Their order does not matter. */
export const fate = (one: WasteClass | undefined, other: WasteClass): WasteClass =>
  one !== undefined && order.indexOf(one) < order.indexOf(other) ? one : other
