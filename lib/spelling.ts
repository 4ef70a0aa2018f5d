/** How far words are from each other. */

/** How many characters are to be put in, taken out or changed to make one of the other. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let k = 1; k <= b.length; k++)
      next.push(Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + (a[i - 1] === b[k - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

/**
 * What BuildKit adds to an error about a word that is no good: ` (did you mean COPY?)`, or nothing where no word it knows
 * is near. Of several that are equally near the first is named; BuildKit takes any.
 *
 * Source: BuildKit util/suggest, Search.
 */
export function meant(word: string, known: readonly string[]): string {
  let best: string | undefined
  let least = 3
  for (const one of known) {
    if (one === word) return ''
    if (Math.abs(one.length - word.length) >= least) continue
    const steps = editDistance(word, one)
    if (steps < least) [best, least] = [one, steps]
  }
  return best === undefined ? '' : ` (did you mean ${best}?)`
}
