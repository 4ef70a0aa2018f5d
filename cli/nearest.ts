/** The name somebody probably meant. */

/** The nearest of the names when it is near enough to be a slip of the hand; undefined otherwise. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  if (text.length > 40) return undefined
  let best: string | undefined
  let least = Math.max(1, Math.floor(text.replace(/^-+/, '').length / 3)) + 1
  for (const name of names) {
    const steps = distance(text.toLowerCase(), name.toLowerCase())
    if (steps < least) [best, least] = [name, steps]
  }
  return best
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let steps = Math.min(row[j - 1]! + 1, above[j]! + 1, above[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, before[j - 2]! + 1)
      row.push(steps)
    }
    ;[before, above] = [above, row]
  }
  return above[b.length]!
}
