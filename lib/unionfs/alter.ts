/** Changes of mode, owner and time: same bytes, stored again. */
import type { Entry, EntryType } from '../model.ts'
import type { How } from './change.ts'
import { place, put, unknownParcel } from './change.ts'
import type { Node, Rest, Tree } from './node.ts'
import { count, gone, longest, make, own, resolve, worse } from './node.ts'

/** A change that leaves the bytes alone. A field left out stays; null: becomes something not known. Nothing at all: `touch`. */
export interface Change {
  readonly mode?: number | null | ((old: number | null, type: EntryType) => number | null)
  readonly uid?: number | null
  readonly gid?: number | null
  /** The modification time stays, as with chmod and chown; left out: it changes exactly when nothing else does. */
  readonly keepTime?: boolean
}

/**
 * Changes mode, owner or time of what lies at a path: on overlay the whole file is stored again. A final link is not
 * followed. `recursive` takes all below along: symbolic links only where the owner changes. Where nobody knows what
 * is there, or it is more than `limit` places, bytes of unknown number are stored. Gives how many places were stored.
 */
export function alter(
  tree: Tree,
  path: string,
  change: Change,
  how: How & { readonly recursive?: boolean; readonly limit?: number } = {},
): number {
  const spot = resolve(tree, path, false)
  if (spot.there === 'no' || spot.path.length > longest) return 0
  const sure = how.maybe !== true
  const why = `change of ${spot.path}, whose size is not known`
  const limit = how.limit ?? Number.POSITIVE_INFINITY
  const places = spot.node === undefined || how.recursive !== true ? 1 : count(spot.node, limit)
  if (spot.node === undefined || places > limit) {
    if (sure || spot.node !== undefined) {
      const entry = unknownParcel(spot.path, why, how.recursive === true ? 'package' : 'file')
      put(tree, { ...entry, sameContent: true }, { maybe: true })
    }
    return 1
  }
  const parent = spot.parts.length === 0 ? undefined : place(tree, spot.path, sure)
  const done = new Set<Node>()
  let worst = 'nothing' as Rest
  const altered = (node: Node, path: string): Node => {
    const top = path === spot.path
    const skipped = node.entry.type === 'symlink' && change.uid === undefined && change.gid === undefined && !top
    if (skipped || path.length > longest) return node
    if (done.has(node)) return node
    const copied = own(tree, node, sure && spot.there === 'yes' && node.there === 'yes' ? 'yes' : 'maybe')
    done.add(copied)
    copied.entry = sure ? changed(copied.entry, change) : blur(copied.entry, changed(copied.entry, change))
    if (!(change.keepTime ?? Object.keys(change).length > 0)) copied.time = tree.serial++
    if (how.recursive !== true || copied.children === undefined) return copied
    worst = worse(worst, copied.rest)
    for (const [name, child] of copied.children)
      if (!gone(child)) copied.children.set(name, altered(child, `${path}/${name}`))
    copied.parcels = copied.parcels.map((p) => altered(p, `${path}/`))
    return copied
  }
  const node = altered(spot.node, spot.path)
  if (parent === undefined) tree.root = node
  else parent.children.set(parent.name, node)
  if (worst !== 'nothing') {
    const hidden: Entry = { ...unknownParcel(spot.path, why, 'package', worst), sameContent: true }
    node.parcels = [...node.parcels.filter((p) => p.entry.label !== why), make(tree, hidden, false)]
  }
  return places
}

function changed(entry: Entry, change: Change): Entry {
  const { mode, uid, gid } = change
  return {
    ...entry,
    ...(mode === undefined ? {} : { mode: typeof mode === 'function' ? mode(entry.mode, entry.type) : mode }),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  }
}

/** Mode and owner that may have changed are not known. */
const blur = (a: Entry, b: Entry): Entry => ({
  ...a,
  mode: a.mode === b.mode ? a.mode : null,
  uid: a.uid === b.uid ? a.uid : null,
  gid: a.gid === b.gid ? a.gid : null,
})
