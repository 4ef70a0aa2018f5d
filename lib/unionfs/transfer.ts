/** Moving and copying within a working file system. */
import type { How } from './change.ts'
import { place, put, unknownParcel } from './change.ts'
import { Names } from './names.ts'
import type { Node, Tree } from './node.ts'
import { count, gone, isVfs, join, longest, own, resolve, stir } from './node.ts'
import { removeOne } from './remove.ts'

/** Most places that copies of one file system make, all in all; what goes beyond is a package of unknown size. */
const most = 500_000

/** Moves a path and all below it to `to`, which is the new path itself; what was there goes. */
export function move(tree: Tree, from: string, to: string, how: How = {}): void {
  const source = resolve(tree, from, false)
  if (!transfer(tree, from, to, how)) return
  removeOne(tree, source.path, how)
}

/** Takes the marks of this slot from folders at any depth. */
function unmark(tree: Tree, children: Names<Node>): void {
  for (const [name, child] of children) {
    if (child.owner !== tree.owner || child.children === undefined) continue
    const inner = child.children.copy()
    unmark(tree, inner)
    children.set(name, { ...child, opaque: false, children: inner })
  }
}

/** Copies a path and all below it to `to`, which is the new path itself; owners and modes are kept. */
export function copy(tree: Tree, from: string, to: string, how: How = {}): void {
  const duplicate = (node: Node, path: string): Node => {
    const children = node.children === undefined ? undefined : new Names<Node>()
    for (const [name, child] of node.children ?? []) {
      const inner = `${path}/${name}`
      if (!gone(child) && inner.length <= longest) children?.set(name, duplicate(child, inner))
    }
    const parcels = node.parcels.map((p) => ({ ...p, owner: tree.owner, id: tree.serial++, stored: 'yes' as const }))
    return { ...node, owner: tree.owner, id: tree.serial++, stored: 'yes', children, parcels }
  }
  transfer(tree, from, to, how, duplicate)
}

/** Puts what is at `from`, or its duplicate, at `to`. False: nothing happened. */
function transfer(
  tree: Tree,
  from: string,
  to: string,
  how: How,
  duplicate?: (node: Node, path: string) => Node,
): boolean {
  const source = resolve(tree, from, false)
  const target = resolve(tree, to, false)
  const inside = target.path === source.path || target.path.startsWith(`${source.path}/`)
  if (source.parts.length === 0 || inside || source.there === 'no') return false
  const maybe = how.maybe === true || source.there !== 'yes'
  const places = source.node === undefined || duplicate === undefined ? 0 : count(source.node, most)
  if (source.node === undefined || tree.copied + places > most) {
    const label = `copy of ${source.path}`
    put(tree, unknownParcel(to, label), { maybe })
    return true
  }
  tree.copied += places
  const at = place(tree, to, !maybe)
  if (at === undefined) return false
  if (maybe && at.old !== undefined) return true
  stir(tree, at.folder)
  const taken = duplicate === undefined ? source.node : duplicate(source.node, at.path)
  const children = taken.children?.copy()
  const there = maybe ? 'maybe' : 'yes'
  // A file that is surely moved stays the same to its other names. On overlay it is stored again, even if it comes back.
  const overlay = !isVfs(tree.storage)
  if (!maybe && children === undefined) at.children.set(at.name, overlay ? own(tree, taken, 'yes') : taken)
  else {
    // A folder of this slot that is renamed into one of an earlier slot: overlayfs marks it. Source: Linux, fs/overlayfs/dir.c, ovl_rename.
    const above = resolve(tree, join(source.parts.slice(0, -1)), false).node
    const isNew = taken.id >= tree.slot || (above !== undefined && above.id >= tree.slot)
    // One of an earlier slot is copied, all in it made anew.
    if (overlay && !isNew && children !== undefined) unmark(tree, children)
    const renamed = duplicate === undefined && children !== undefined && at.folder.id < tree.slot
    const opaque = isNew && (taken.opaque === true || renamed)
    at.children.set(at.name, { ...taken, id: tree.serial++, owner: tree.owner, there, stored: there, children, opaque })
  }
  for (const home of tree.homes)
    if (home === source.path || home.startsWith(`${source.path}/`))
      tree.homes.add(at.path + home.slice(source.path.length))
  return true
}
