/** What is in each folder, by the numbers of paths: chains in columns, since a million lists of children take too much. */
import type { Names } from '../image/names.ts'

/** A chain runs in the order in which things came. 0, the root, ends it: it is in no folder. */
export interface Chains {
  readonly names: Names
  /** By folder. */
  readonly first: Int32Array
  readonly last: Int32Array
  /** By what is in one. */
  readonly next: Int32Array
  readonly before: Int32Array
}

/** Empty folders, for paths below `count`. */
export function chains(names: Names, count: number): Chains {
  const column = (): Int32Array => new Int32Array(count)
  return { names, first: column(), last: column(), next: column(), before: column() }
}

/** Puts a path into its folder, where it is not yet. */
export function append(tree: Chains, path: number): void {
  const above = tree.names.parent(path)
  const end = tree.last[above]!
  if (end === 0) tree.first[above] = path
  else tree.next[end] = path
  tree.before[path] = end
  tree.next[path] = 0
  tree.last[above] = path
}

/** Takes a path out of its folder. */
export function unchain(tree: Chains, path: number): void {
  const above = tree.names.parent(path)
  const [before, next] = [tree.before[path]!, tree.next[path]!]
  if (before === 0) tree.first[above] = next
  else tree.next[before] = next
  if (next === 0) tree.last[above] = before
  else tree.before[next] = before
}

/** What is in a folder, sorted by name, the last one first. */
export function sortedIn({ names, first, next }: Chains, path: number): number[] {
  const found: number[] = []
  let sorted = true
  for (let child = first[path]!; child !== 0; child = next[child]!) {
    sorted &&= found.length === 0 || names.compare(found[found.length - 1]!, child) < 0
    found.push(child)
  }
  if (!sorted) found.sort((a, b) => names.compare(a, b))
  return found.reverse()
}
