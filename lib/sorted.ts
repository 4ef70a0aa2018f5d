/** Searching what is in order. */

/** The last of `length` places that `holds`, which is so up to some place and not from there on; -1: none is. */
export function lastThat(length: number, holds: (place: number) => boolean): number {
  let low = -1
  let high = length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}
