/** Sums of a million sizes. */
import type { Size } from '../model.ts'
import { add, exact, zero } from '../size.ts'

/** A running sum that makes no object for a size that is exact. */
export interface Tally {
  readonly add: (size: Size) => void
  /** The same of bytes that are sure. */
  readonly addExact: (bytes: number, source: string) => void
  readonly sum: () => Size
}

/** Begins at exactly 0. */
export function tally(): Tally {
  let sure = 0
  let rest = zero
  let source: string | undefined
  const addExact = (bytes: number, from: string): void => {
    sure += bytes
    source ??= from
  }
  return {
    add: (size) => {
      if (size.basis === 'exact' && size.bytes !== null) addExact(size.bytes, size.source)
      else rest = add(rest, size)
    },
    addExact,
    sum: () => add(rest, exact(sure, source ?? 'no files')),
  }
}
