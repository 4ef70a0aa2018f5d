/** Moving and copying within a working file system. */
import { unknown } from '../size.ts'
import type { How } from './change.ts'
import { directory, place, put } from './change.ts'
import type { Node, Spot, Tree } from './node.ts'
import { gone, longest, resolve } from './node.ts'
import { removeOne } from './remove.ts'

/** Most nodes one copy makes; beyond that it is a package of unknown size. Bounds doubling by hostile input. */
const most = 1_000_000

/** Moves a path and all below it to `to`, which is the new path itself; what was there goes. */
export function move(tree: Tree, from: string, to: string, how: How = {}): void {
  transfer(tree, from, to, how)
  const source = resolve(tree, from, false)
  const target = resolve(tree, to, false)
  if (source.path !== target.path) removeOne(tree, source.path, how)
}

/** Copies a path and all below it to `to`, which is the new path itself; owners and modes are kept. */
export const copy = (tree: Tree, from: string, to: string, how: How = {}): void => transfer(tree, from, to, how)

function transfer(tree: Tree, from: string, to: string, how: How): void {
  const source: Spot = resolve(tree, from, false)
  const target = resolve(tree, to, false)
  if (source.path === target.path || `${target.path}/`.startsWith(`${source.path}/`) || source.there === 'no') return
  const maybe = how.maybe === true || source.there !== 'yes'
  if (source.node === undefined) {
    const size = unknown(`copy of ${from}`)
    put(
      tree,
      { ...directory(to), type: 'package', label: `copy of ${from}`, mode: null, uid: null, gid: null, size },
      { maybe },
    )
    return
  }
  const at = place(tree, to, !maybe)
  if (at === undefined) return
  let count = 0
  const duplicate = (node: Node, path: string): Node => {
    count++
    const children = node.children === undefined ? undefined : new Map<string, Node>()
    for (const [name, child] of node.children ?? []) {
      const inner = `${path}/${name}`
      if (!gone(child) && inner.length <= longest && count < most) children?.set(name, duplicate(child, inner))
    }
    const parcels = node.parcels.map((p) => ({
      ...p,
      owner: tree.owner,
      id: tree.serial++,
      entry: { ...p.entry, path },
      stored: 'yes' as const,
    }))
    if (parcels.length > 0) tree.homes.add(path)
    return {
      ...node,
      owner: tree.owner,
      id: tree.serial++,
      entry: { ...node.entry, path },
      stored: 'yes',
      children,
      parcels,
    }
  }
  const node = duplicate(source.node, at.path)
  if (maybe) {
    if (at.old !== undefined) return
    node.there = 'maybe'
    node.stored = 'maybe'
  } else node.there = 'yes'
  at.children.set(at.name, node)
}
