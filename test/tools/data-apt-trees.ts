/**
 * Learns a number from others by many small trees, each of which mends what those before it are still off. Leaves are medians,
 * so that a few odd ones among what was measured do not bend the rest. The same rows give the same trees.
 *
 * Source: J. H. Friedman, Greedy function approximation: a gradient boosting machine (2001), section 4.3, least absolute deviation.
 */

/** Tells a number from a row of numbers. */
export type Told = (row: readonly number[]) => number

/** How many trees, how deep, how far each one goes, and how few rows a leaf may have. */
export interface Growth {
  readonly trees: number
  readonly depth: number
  readonly step: number
  readonly leaf: number
}

const usual: Growth = { trees: 300, depth: 5, step: 0.06, leaf: 10 }

/** A column's number at or below `at` goes left; a leaf has a value only. */
interface Node {
  readonly column: number
  readonly at: number
  readonly left: Node | undefined
  readonly right: Node | undefined
  readonly value: number
}

/** Of how many thresholds of a column the best is taken. */
const most = 40

/** Trees for `targets`, one for each of `rows`; of none they tell 0. */
export function grow(rows: readonly (readonly number[])[], targets: readonly number[], growth: Growth = usual): Told {
  const start = median([...targets])
  const limits = (rows[0] ?? []).map((_, column) => limitsOf(rows.map((row) => row[column]!)))
  const bins = limits.map((some, column) => Uint8Array.from(rows, (row) => binOf(row[column]!, some)))
  const off = Float64Array.from(targets, (target) => target - start)
  const trees: Node[] = []
  for (let i = 0; i < growth.trees && rows.length >= 2 * growth.leaf; i++)
    trees.push(
      branch(
        rows.map((_, row) => row),
        0,
      ),
    )
  return (row) => trees.reduce((sum, tree) => sum + follow(tree, row), start)

  function branch(some: readonly number[], depth: number): Node {
    const split = depth < growth.depth && some.length >= 2 * growth.leaf ? bestSplit(some) : undefined
    if (split === undefined) {
      const value = median(some.map((row) => off[row]!)) * growth.step
      for (const row of some) off[row]! -= value
      return { column: 0, at: 0, left: undefined, right: undefined, value }
    }
    const [column, bin] = split
    const left = some.filter((row) => bins[column]![row]! <= bin)
    const right = some.filter((row) => bins[column]![row]! > bin)
    return {
      column,
      at: limits[column]![bin]!,
      left: branch(left, depth + 1),
      right: branch(right, depth + 1),
      value: 0,
    }
  }

  /** Where most of those too short part from most of those too long. */
  function bestSplit(some: readonly number[]): readonly [column: number, bin: number] | undefined {
    const signs = some.map((row) => Math.sign(off[row]!))
    const all = signs.reduce((sum, sign) => sum + sign, 0)
    let best = (all * all) / some.length + 1e-9
    let found: readonly [number, number] | undefined
    const sums = new Float64Array(most + 1)
    const counts = new Uint32Array(most + 1)
    for (const [column, its] of bins.entries()) {
      if (limits[column]!.length === 0) continue
      sums.fill(0)
      counts.fill(0)
      for (let i = 0; i < some.length; i++) {
        const bin = its[some[i]!]!
        sums[bin]! += signs[i]!
        counts[bin]! += 1
      }
      let [sum, count] = [0, 0]
      for (let bin = 0; bin < limits[column]!.length; bin++) {
        sum += sums[bin]!
        count += counts[bin]!
        const others = some.length - count
        if (count < growth.leaf) continue
        if (others < growth.leaf) break
        const gain = (sum * sum) / count + (all - sum) ** 2 / others
        if (gain <= best) continue
        best = gain
        found = [column, bin]
      }
    }
    return found
  }
}

function follow(tree: Node, row: readonly number[]): number {
  let at = tree
  while (at.left !== undefined) at = row[at.column]! <= at.at ? at.left : at.right!
  return at.value
}

/** Thresholds that part numbers into about equally many; those above the last have a bin of their own. */
function limitsOf(numbers: readonly number[]): readonly number[] {
  const list = [...numbers].sort((a, b) => a - b)
  const found = new Set<number>()
  for (let i = 1; i <= most; i++) found.add(list[Math.floor(((list.length - 1) * i) / (most + 1))]!)
  return [...found]
}

function binOf(number: number, limits: readonly number[]): number {
  const bin = limits.findIndex((limit) => number <= limit)
  return bin < 0 ? limits.length : bin
}

const median = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1] ?? 0
