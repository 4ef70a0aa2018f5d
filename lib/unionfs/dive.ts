/**
 * The two figures of dive, with all their oddities, for those whose thresholds were set by them.
 *
 * Source: dive 0.13.1, dive/filetree/efficiency.go and dive/image/analysis.go; what is odd about them: spec/waste.md.
 */
import type { Entry, Layer } from '../model.ts'

/** A path that dive calls inefficient: it is in more than one layer. */
export interface DivePath {
  readonly path: string
  readonly count: number
  /** All copies together, the one that is seen included. */
  readonly bytes: number
}

export interface DiveFigures {
  /** 1: nothing twice. */
  readonly efficiency: number
  readonly wastedBytes: number
  /** Of all layers but the lowest; not finite where there is only one. */
  readonly wastedUserShare: number
  /** Most bytes first. */
  readonly paths: readonly DivePath[]
  /** Of each layer, lengths of its files. */
  readonly layerBytes: readonly number[]
}

interface Node {
  children: Map<string, Node> | undefined
  bytes: number
  /** Named as a folder in the layer; one that is only implied is not. */
  folder: boolean
  whiteout: boolean
}

const node = (): Node => ({ children: undefined, bytes: 0, folder: false, whiteout: false })

const parts = (path: string): string[] => path.split('/').filter((part) => part !== '')

/** Scores an image as dive does. O(entries), though dive itself is not. */
export function diveFigures(layers: readonly Pick<Layer, 'entries'>[]): DiveFigures {
  const lower = node()
  const scores = new Map<string, { total: number; least: number; count: number }>()
  const layerBytes: number[] = []
  for (const { entries } of layers) {
    const tree = treeOf(entries)
    layerBytes.push(entries.reduce((sum, entry) => sum + lengthOf(entry), 0))
    score(tree, lower, scores)
    merge(lower, tree)
  }
  let [total, least, wasted] = [0, 0, 0]
  const paths: DivePath[] = []
  for (const [path, one] of scores) {
    total += one.total
    least += one.least
    if (one.count < 2) continue
    wasted += one.total
    paths.push({ path, count: one.count, bytes: one.total })
  }
  paths.sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
  const user = layerBytes.slice(1).reduce((sum, bytes) => sum + bytes, 0)
  return {
    efficiency: total === 0 ? 1 : least / total,
    wastedBytes: wasted,
    wastedUserShare: wasted / user,
    paths,
    layerBytes,
  }
}

/** dive knows headers: links and folders have no length. */
const lengthOf = ({ type, size }: Entry): number =>
  type === 'file' || type === 'package' ? (size.bytes ?? size.low) : 0

/** One layer's own tree; opaque marks are not seen, and of two entries of one path the last one is. */
function treeOf(entries: readonly Entry[]): Node {
  const root = node()
  for (const entry of entries) {
    if (entry.type === 'opaque' || entry.path === '/') continue
    let at = root
    for (const part of parts(entry.path)) {
      at.children ??= new Map()
      let next = at.children.get(part)
      if (next === undefined) {
        next = node()
        at.children.set(part, next)
      }
      at = next
    }
    at.bytes = lengthOf(entry)
    at.folder = entry.type === 'dir'
    at.whiteout = entry.type === 'whiteout'
  }
  return root
}

/** Leaves, children before parents, names in order. A whiteout of nothing ends the scoring of its layer. */
function score(tree: Node, lower: Node, scores: Map<string, { total: number; least: number; count: number }>): void {
  const todo: { readonly at: Node; readonly below: Node | undefined; readonly path: string }[] = [
    { at: tree, below: lower, path: '' },
  ]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { at, below, path } = next
    if (at.children !== undefined) {
      for (const name of [...at.children.keys()].sort().reverse()) {
        todo.push({ at: at.children.get(name)!, below: below?.children?.get(name), path: `${path}/${name}` })
      }
      continue
    }
    if (path === '') continue
    if (at.whiteout && below === undefined) return
    const bytes = !at.whiteout ? at.bytes : below?.folder === true ? subtree(below) : 0
    const one = scores.get(path) ?? { total: 0, least: bytes, count: 0 }
    scores.set(path, { total: one.total + bytes, least: Math.min(one.least, bytes), count: one.count + 1 })
  }
}

function subtree(top: Node): number {
  let sum = 0
  const todo = [top]
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    sum += at.bytes
    for (const child of at.children?.values() ?? []) todo.push(child)
  }
  return sum
}

/** Stacks a layer's tree on those below. */
function merge(lower: Node, upper: Node): void {
  const todo: (readonly [Node, Node])[] = [[lower, upper]]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [below, above] = next
    for (const [name, child] of above.children ?? []) {
      below.children ??= new Map()
      if (child.whiteout) {
        below.children.delete(name)
        continue
      }
      let old = below.children.get(name)
      if (old === undefined) {
        old = node()
        below.children.set(name, old)
      }
      old.bytes = child.bytes
      old.folder = child.folder
      todo.push([old, child])
    }
  }
}
