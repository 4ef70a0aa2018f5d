/** Storing things in a working file system. Reached through lib/unionfs/tree.ts, which documents how trees behave. */
import type { Entry, Size } from '../model.ts'
import { add, either, exact, unknown, zero } from '../size.ts'
import type { Node, Rest, Tree } from './node.ts'
import { gone, isVfs, longest, make, own, reach, resolve, restOfMade, settle, split, stir } from './node.ts'

/** How sure a change is. */
export interface How {
  /** It may not happen at all: a command behind `||`, a branch nobody can decide. */
  readonly maybe?: boolean
}

/** As a time: of this change, equal to no other. For a folder that is there and stays. */
export const now = 'now'

/** What tells a storage that compares that a file has not changed: its bytes and its modification time; without one: now. */
export interface Stamp {
  readonly data: number
  readonly time?: number | string
}

/** What a stored thing is, besides its entry. */
export interface Put extends How {
  /** The bytes, where they are known text. */
  readonly text?: string
  /** Stands for the modification time: equal text, equal time. Left out: now, equal to no other. */
  readonly time?: string
  /** Bytes, and time, are those of another file of this tree. */
  readonly stamp?: Stamp
  /** For the directories above it that are missing; left out: 0755, root. */
  readonly parents?: Owner
  /** Stored though the same was there: the layer stands on its own. */
  readonly anyway?: boolean
  /** Its group is that of the folder, where that hands it on. */
  readonly inherits?: boolean
}

/** Mode and owner of a new directory; left out: 0755, root. */
export interface Owner {
  readonly mode?: number | null
  readonly uid?: number | null
  readonly gid?: number | null
  /** A folder that hands its group on has the last word. */
  readonly inherits?: true
}

/** A directory entry. */
export const directory = (path: string, owner: Owner = {}): Entry => ({
  path,
  type: 'dir',
  size: zero,
  mode: owner.mode === undefined ? 0o755 : owner.mode,
  uid: owner.uid === undefined ? 0 : owner.uid,
  gid: owner.gid === undefined ? 0 : owner.gid,
  link: null,
})

/** A new thing in a folder whose set-group-ID bit hands its group on, the bit too if it is a folder. Source: inode(7). */
export function inherited(entry: Entry, { entry: { mode, gid } }: Pick<Node, 'entry'>): Entry {
  if (mode === null || (mode & 0o2000) === 0) return entry
  return { ...entry, gid, mode: entry.type === 'dir' && entry.mode !== null ? entry.mode | 0o2000 : entry.mode }
}

/** A folder that is made on the way, in the one above it. */
const onTheWay =
  (owner: Owner) =>
  (path: string, above: Node): Entry =>
    owner.inherits === true ? inherited(directory(path, owner), above) : directory(path, owner)

/** A folder that no layer names and something is in: nobody knows its mode and owner. */
export const impliedFolder = (path: string): Entry => directory(path, { mode: null, uid: null, gid: null })

/** Bytes that a directory may hold besides what is listed: most likely none where we made it, though nobody has looked. */
export function besides(rest: Rest, why: string): Size {
  if (rest === 'nothing') return zero
  return rest === 'unlikely' ? { ...exact(0, why), high: null, basis: 'heuristic' } : unknown(why)
}

/** What may stand at a path, whose size nobody knows for this reason: one file, or a package of them. */
export const unknownParcel = (
  path: string,
  why: string,
  type: 'file' | 'package' = 'package',
  rest: Rest = 'unknown',
): Entry => ({
  ...impliedFolder(path),
  type,
  label: why,
  size: besides(rest, why.replace(/^unknown: (.*)$/s, 'what $1 stores')),
})

/**
 * `mkdir -p`: makes what is missing of a path, links followed. What is there stays untouched; where nobody knows, the
 * entry is one that may be stored. Gives the path with links resolved. A file in the way: nothing happens.
 */
export function mkdir(tree: Tree, path: string, owner: Owner = {}, how: How = {}): string {
  const spot = resolve(tree, path, true)
  if (spot.path.length > longest || spot.there === 'yes') return spot.path
  if (spot.there === 'maybe' && spot.node !== undefined) {
    // Made here only where it was not: in the layer it may be, afterwards it surely is.
    if (how.maybe !== true && reach(tree, spot.parts, false, (at) => directory(at)) !== undefined)
      confirm(tree, spot.parts)
    return spot.path
  }
  const sure = how.maybe !== true && spot.there === 'no'
  const made = reach(tree, spot.parts, sure, onTheWay(owner))
  if (made === undefined || how.maybe === true) return spot.path
  confirm(tree, spot.parts)
  return spot.path
}

/** Made or found there: either way a folder and those above it are there now. */
function confirm(tree: Tree, parts: readonly string[]): void {
  let folder: Node | undefined = tree.root
  for (const part of parts) {
    folder = folder?.children?.get(part)
    if (folder?.there === 'maybe') settle(tree, folder)
    if (folder !== undefined) folder.there = 'yes'
  }
}

/** The folder a name is to be written into, copied up, and the old node; undefined when something is in the way. */
export function place(tree: Tree, path: string, sure: boolean, parents: Owner = {}) {
  if (path.length > longest) return undefined
  const end = path.slice(path.lastIndexOf('/') + 1)
  const name = end === '' || end === '.' ? split(path).at(-1) : end
  if (name === undefined || name === '..') return undefined
  const above = resolve(tree, path.slice(0, path.lastIndexOf(name)), true)
  if (above.path.length + name.length > longest) return undefined
  const folder = reach(tree, above.parts, sure, onTheWay(parents))
  const children = folder?.children
  if (folder === undefined || children === undefined) return undefined
  const old = children.get(name)
  return {
    folder,
    children,
    name,
    path: above.path === '/' ? `/${name}` : `${above.path}/${name}`,
    old: old !== undefined && !gone(old) ? old : undefined,
  }
}

/**
 * Stores a thing at `entry.path` in the place of what was there; missing parents are made, links followed on the way
 * but not at the end. A directory over a directory takes its new mode and owner and keeps what it holds. A hard link
 * shares the bytes of `entry.link`. A package replaces the one of the same label and folder.
 */
export function put(tree: Tree, entry: Entry, how: Put = {}): void {
  const sure = how.maybe !== true && entry.maybe !== true
  if (entry.type === 'package') {
    putPackage(tree, entry, sure, how)
    return
  }
  if (entry.type === 'hardlink' && entry.link !== null) {
    link(tree, entry.link, entry.path, how)
    return
  }
  const at = place(tree, entry.path, sure, how.parents)
  if (at === undefined) return
  const plain = surely(entry, at.path)
  const { text, stamp } = how
  const more = { text, data: stamp?.data, time: how.time ?? stamp?.time }
  if (entry.type === 'dir' && at.old?.children !== undefined) {
    const node = own(tree, at.old, !sure ? 'maybe' : how.anyway === true ? 'anyway' : 'yes')
    node.entry = plain
    if (sure) node.there = 'yes'
    if (how.time !== undefined) node.time = how.time === now ? tree.serial++ : how.time
    at.children.set(at.name, node)
    return
  }
  const node = make(tree, how.inherits === true ? inherited(plain, at.folder) : plain, sure, more)
  if (sure && how.anyway === true) node.stored = 'anyway'
  if (at.old === undefined) stir(tree, at.folder)
  const open = at.folder.rest !== 'nothing' && !tree.foreign(at.path)
  if (entry.type === 'dir' && open && !at.children.has(at.name)) node.rest = restOfMade(at.path)
  if (!sure && at.old !== undefined) {
    if (at.old.children !== undefined) return
    node.entry = { ...plain, size: either(at.old.entry.size, plain.size) }
    node.there = at.old.there
    node.text = undefined
    node.data = tree.serial++
    if (at.old.owner === tree.owner) node.stored = at.old.stored
  }
  at.children.set(at.name, node)
}

/** An entry at a path, without a doubt of its own: that is the node's. */
function surely(entry: Entry, path: string): Entry {
  if (entry.maybe === undefined && entry.path === path) return entry
  const { maybe: _, ...rest } = entry
  return { ...rest, path }
}

/** Most packages in one folder, and most folders that hold some; what comes on top is one package, of the root. */
const mostPackages = 3000
const mostHomes = 3000

function putPackage(tree: Tree, entry: Entry, sure: boolean, how: Put): void {
  const spot = resolve(tree, entry.path, true)
  if (spot.path.length > longest) return
  const isHome = tree.homes.has(spot.path)
  const isFull = isHome ? (spot.node?.parcels.length ?? 0) >= mostPackages : tree.homes.size >= mostHomes
  if (isFull && entry.label !== many.label && labelled(spot.node?.parcels ?? [], entry.label) === undefined) {
    putPackage(tree, many, false, how)
    return
  }
  const folder = reach(tree, spot.parts, sure, (at) => directory(at, how.parents))
  if (folder?.children === undefined) return
  const node = make(tree, surely(entry, spot.path), sure)
  const { parcels } = folder
  const same = labelled(parcels, entry.label)
  if (same !== undefined && !sure) {
    node.there = same.there
    node.entry = { ...node.entry, size: either(same.entry.size, entry.size) }
    if (same.owner === tree.owner) node.stored = same.stored
  }
  folder.parcels = same === undefined ? [...parcels, node] : [...parcels.filter((p) => p !== same), node]
  passOn(parcels, node, folder.parcels)
  tree.homes.add(spot.path)
}

/** Packages of long lists by label. Each list is made of the one before, and so is what is known of it. */
const labels = new WeakMap<readonly Node[], Map<string, Node>>()

/** Shorter lists are looked through. */
const long = 20

/** The package of that label, which is the only one in its folder; a package without a label is like no other. */
export function labelled(parcels: readonly Node[], label: string | undefined): Node | undefined {
  if (label === undefined) return undefined
  if (parcels.length < long) return parcels.find(({ entry }) => entry.label === label)
  let known = labels.get(parcels)
  if (known === undefined) {
    known = new Map()
    for (const one of parcels) if (one.entry.label !== undefined) known.set(one.entry.label, one)
    labels.set(parcels, known)
  }
  return known.get(label)
}

/** The list that a package was added to is asked no more: what is known of it goes to the new one. */
function passOn(from: readonly Node[], { entry: { label } }: Node, to: readonly Node[]): void {
  const known = labels.get(from)
  if (known === undefined) return
  labels.delete(from)
  if (label !== undefined) known.set(label, to.at(-1)!)
  labels.set(to, known)
}

const why = 'more packages than are told apart'
const many = unknownParcel('/', why)

/** Whether bytes go behind those that are there; `before` is their text, where the file itself does not say. */
interface Append {
  readonly append?: boolean
  readonly before?: string | undefined
}

/**
 * Writes into a file as a redirection does: an existing one keeps mode, owner and names, a missing one is made as
 * `entry` says. Links are followed. With `append` the bytes are added. A directory there: nothing happens.
 */
export function write(tree: Tree, entry: Entry, how: Put & Append = {}): void {
  const spot = resolve(tree, entry.path, true)
  if (spot.node === undefined || spot.node.entry.type !== 'file') {
    if (spot.node === undefined) {
      const guess =
        how.append === true && spot.there === 'unknown'
          ? { size: add(entry.size, unknown(`what was in ${spot.path}`)) }
          : {}
      put(tree, { ...entry, ...guess, path: spot.path }, how)
    }
    return
  }
  const sure = how.maybe !== true
  const at = place(tree, spot.path, sure, how.parents)
  if (at?.old === undefined) return
  const node = own(tree, at.old, sure ? 'yes' : 'maybe')
  at.children.set(at.name, node)
  // Opened and left as it was, time and all.
  if (how.append === true && entry.size.high === 0) return
  const old = node.entry
  const size = how.append === true ? add(old.size, entry.size) : entry.size
  const { content: _, sameContent: __, ...kept } = old
  const before = how.append === true ? (node.text ?? how.before) : ''
  const text = before === undefined || how.text === undefined ? undefined : before + how.text
  node.entry = {
    ...kept,
    size: sure ? size : either(old.size, size),
    ...(entry.content !== undefined && (how.append !== true || node.text === '') && sure
      ? { content: entry.content }
      : {}),
  }
  node.text = sure ? text : undefined
  node.data = (sure ? how.stamp?.data : undefined) ?? tree.serial++
  node.time = how.time ?? tree.serial++
}

/** Gives a file another name, a final link not followed. On overlay a file of an earlier layer is stored again, once. */
export function link(tree: Tree, from: string, to: string, how: How = {}): void {
  const sure = how.maybe !== true
  const source = resolve(tree, from, false)
  if (source.node === undefined) {
    const entry: Entry = {
      ...directory(to),
      type: 'file',
      mode: null,
      uid: null,
      gid: null,
      size: unknown(`link to ${from}`),
    }
    if (source.there !== 'no') put(tree, entry, { maybe: true })
    return
  }
  if (source.node.children !== undefined) return
  const at = place(tree, to, sure)
  if (at === undefined) return
  const certain = sure && source.there === 'yes'
  let node = source.node
  stir(tree, at.folder)
  if (!isVfs(tree.storage)) {
    const home = place(tree, source.path, sure)
    if (home === undefined) return
    node = own(tree, node, certain ? 'yes' : 'maybe')
    home.children.set(home.name, node)
  }
  tree.linked.add(node.id)
  if (certain) at.children.set(at.name, node)
  else if (at.old === undefined)
    at.children.set(at.name, { ...node, owner: tree.owner, id: tree.serial++, there: 'maybe', stored: 'maybe' })
}
