/**
 * The file system that one stage works on: every COPY, ADD, WORKDIR and RUN changes it, every slot ends with `commit`,
 * which gives the entries of the layer.
 *
 * Paths are absolute. Symbolic links are followed on the way to a name; the name itself is followed only where a
 * function says so. Nothing throws: what cannot be done (a file where a folder is needed, a loop of links, a path
 * longer than 4096 characters) is left undone. A change with `maybe` widens: sizes become intervals, entries bear
 * `maybe`, and a later look-up says so.
 */
import type { Entry, Layer } from '../model.ts'
import { zero } from '../size.ts'
import { directory, link, put, type Stamp } from './change.ts'
import { Names } from './names.ts'
import { net, type TextOf } from './net.ts'
import type { Node, Presence, Rest, Storage, Tree } from './node.ts'
import { descend, gone, isHeld, isVfs, make, reach, renew, resolve, worse } from './node.ts'
import { removeOne } from './remove.ts'

export { alter } from './alter.ts'
export type { How, Owner, Stamp } from './change.ts'
export { besides, directory, link, mkdir, now, put, unknownParcel, write } from './change.ts'
export type { Presence, Rest, Storage, Tree } from './node.ts'
export { glob, remove, removeLabel } from './remove.ts'
export { copy, move } from './transfer.ts'

/** What a look-up finds. */
export interface Found {
  /** The path with links on the way resolved; a part that is not there stays as it is. */
  readonly path: string
  readonly there: Presence
  /** What is there, `path` set right; undefined when nothing known is. `maybe` is told by `there`. */
  readonly entry: Entry | undefined
  /** The bytes, where they are known text. */
  readonly text: string | undefined
}

/** A list that may not be all there is. */
export interface Listed {
  readonly entries: readonly Entry[]
  /** False: there may be more, from a base that is not fully known or from a package. */
  readonly complete: boolean
}

/** All below a folder, its packages included. */
export interface Below extends Listed {
  /** What there may be more. */
  readonly rest: Rest
}

/**
 * The union of some layers, oldest first, to work on; none: `scratch`. Where a layer is not `complete`, a path that
 * is not listed is unknown, not absent, unless it is `foreign`. Entries apply as a tar's do: marks first and only to
 * lower layers.
 */
export function openTree(
  layers: readonly Layer[],
  storage: Storage = 'overlay2',
  foreign: (path: string) => boolean = () => false,
): Tree {
  const owner = {}
  const serial = 1
  const root: Node = {
    owner,
    id: 0,
    data: 0,
    time: 0,
    entry: directory('/'),
    text: undefined,
    there: 'yes',
    opaque: false,
    stored: 'yes',
    children: new Names(),
    rest: 'nothing',
    parcels: [],
  }
  const tree: Tree = {
    storage,
    foreign,
    owner,
    root,
    below: root,
    serial,
    slot: serial,
    homes: new Set(),
    copied: 0,
    linked: new Set(),
    renewed: new Map(),
  }
  for (const layer of layers) apply(tree, layer)
  seal(tree)
  return tree
}

/** Another file system that begins as this one is, for a stage that stands on a finished one. Cheap: nothing is copied. */
export function fork(tree: Tree): Tree {
  seal(tree)
  return { ...tree, owner: {}, homes: new Set(tree.homes), linked: new Set(tree.linked), renewed: new Map() }
}

/**
 * Ends the slot and gives its layer: the net of all changes since the last commit, in the order of a tar. Things made
 * and removed in the slot are not in it; folders they were in may be, as the storage has it. Empty: nothing changed.
 * `textOf` gives the text of a file that is known by its content alone.
 */
export function commit(tree: Tree, textOf?: TextOf): readonly Entry[] {
  renew(tree)
  const entries = net(tree, textOf)
  separate(tree, entries)
  seal(tree)
  return entries
}

/**
 * On vfs the layer is unpacked again: a name that is new in it is a file of its own, unless it came together with the other names,
 * and names of one symbolic link are links of their own in any case. (recorded: size-more, links-to-symlinks)
 */
function separate(tree: Tree, entries: readonly Entry[]): void {
  if (!isVfs(tree.storage) || tree.linked.size === 0) return
  const copies = new Map<Node, Node>()
  for (const { type, path } of entries) {
    const node =
      type === 'file' || type === 'symlink' || type === 'hardlink' ? resolve(tree, path, false).node : undefined
    if (node === undefined || !tree.linked.has(node.id)) continue
    const isLink = node.entry.type === 'symlink'
    if (node.owner === tree.owner && !isLink) continue
    const copy = (isLink ? undefined : copies.get(node)) ?? { ...node, id: tree.serial++ }
    copies.set(node, copy)
    if (!isLink) tree.linked.add(copy.id)
    const cut = path.lastIndexOf('/')
    resolve(tree, path.slice(0, cut) || '/', false).node?.children?.set(path.slice(cut + 1), copy)
  }
}

/** What a commit would give now; the slot goes on. */
export const pending = (tree: Tree): readonly Entry[] => net(tree)

function seal(tree: Tree): void {
  tree.owner = {}
  tree.below = tree.root
  tree.slot = tree.serial
}

/** What is at a path; a final link is followed with `follow`. */
export function lookup(tree: Tree, path: string, follow = false): Found {
  const { node, path: real, there } = resolve(tree, path, follow)
  return { path: real, there, entry: node === undefined ? undefined : seen(node, real), text: node?.text }
}

/** A thing with what an entry does not tell. */
export interface Member {
  readonly entry: Entry
  /** The bytes, where they are known text. */
  readonly text: string | undefined
  /** Names with the same are one file. */
  readonly inode: object
}

/** Bytes and time of what is at a path, a final link not followed; undefined: nothing known is. */
export function stampOf(tree: Tree, path: string): Stamp | undefined {
  const { node } = resolve(tree, path, false)
  return node && { data: node.data, time: node.time }
}

/**
 * The file at a path, a final link not followed, and whether a new name needs no copy of it; undefined: nothing known is.
 * Names of one file give the same; where a change of one has parted it from the others they do not.
 */
export function identityOf(tree: Tree, path: string): { readonly file: object; readonly renames: boolean } | undefined {
  const { node } = resolve(tree, path, false)
  const isNew = node !== undefined && (isVfs(tree.storage) || node.id >= tree.slot)
  const renames = isNew || (node?.children === undefined && node?.owner === tree.owner)
  return node && { file: tree.renewed.get(node.id) ?? node, renames }
}

/** What is known at a path, a final link not followed; undefined: nothing. */
export function member(tree: Tree, path: string): Member | undefined {
  const { node, path: real } = resolve(tree, path, false)
  return node && { entry: seen(node, real), text: node.text, inode: node }
}

/** What is known in a directory (links followed), by name; packages are not in it. */
export function members(tree: Tree, path: string): readonly Member[] {
  const { node, path: real } = resolve(tree, path, true)
  const found: Member[] = []
  for (const name of [...(node?.children?.keys() ?? [])].sort()) {
    const child = node?.children?.get(name)
    if (child === undefined || gone(child)) continue
    const entry = seen(child, real === '/' ? `/${name}` : `${real}/${name}`)
    found.push({ entry, text: child.text, inode: child })
  }
  return found
}

/** The path with all links followed, also where nothing is there. */
export const real = (tree: Tree, path: string): string => resolve(tree, path, true).path

/** What lies in a directory (links followed), by name; packages are not in it. Nothing for anything else. */
export function list(tree: Tree, path: string): Listed {
  const { node, path: real, there } = resolve(tree, path, true)
  if (node?.children === undefined) return { entries: [], complete: there !== 'unknown' }
  const entries = [...node.children.keys()].sort().flatMap((name) => {
    const child = node.children?.get(name)
    return child === undefined || gone(child) ? [] : [seen(child, real === '/' ? `/${name}` : `${real}/${name}`)]
  })
  return { entries, complete: wholly(tree, node, real) }
}

/**
 * All below a path (links followed to it), folders first, itself not, packages included. A further name of a file or a
 * symbolic link in the list is a hard link to the first, as in a layer.
 */
export function below(tree: Tree, path: string): Below {
  const { node, path: real, parts, there } = resolve(tree, path, true)
  if (node?.children === undefined) return listed([], there === 'unknown' ? 'unknown' : 'nothing')
  // A package of a folder above may have stored something here; those of the folder itself are in the list.
  let rest: Rest = parts.length > 0 && isHeld(tree, parts.slice(0, -1), `${real}/\0`) ? 'unknown' : node.rest
  const entries: Entry[] = []
  const first = new Map<Node, string>()
  for (const { node: found, path: at } of descend(node, real)) {
    rest = worse(rest, found.rest)
    const entry = seen(found, at)
    const earlier = first.get(found)
    entries.push(earlier === undefined ? entry : { ...entry, type: 'hardlink', size: zero, link: earlier })
    if (entry.type === 'file' || entry.type === 'symlink') first.set(found, at)
  }
  return listed(entries, rest)
}

const listed = (entries: readonly Entry[], rest: Rest): Below => ({ entries, complete: rest === 'nothing', rest })

/** Packages that are there, or may be, at or below a folder. */
export const packages = (tree: Tree, path = '/'): readonly Entry[] =>
  below(tree, path).entries.filter((entry) => entry.type === 'package')

/** Packages whose own folder this is (links followed). */
export const packagesIn = (tree: Tree, folder: string): readonly Entry[] => {
  const { node, path } = resolve(tree, folder, true)
  return (node?.parcels ?? []).map((parcel) => seen(parcel, path))
}

const seen = (node: Node, path: string): Entry => {
  if (node.there === 'yes' && node.entry.path === path && node.entry.sameContent === undefined) return node.entry
  const { sameContent: _, ...entry } = node.entry
  return { ...entry, path, ...(node.there === 'maybe' ? { maybe: true } : {}) }
}

/** Is a name that is not listed in a directory surely not there? */
const wholly = (tree: Tree, node: Node, path: string): boolean =>
  node.rest === 'nothing' && resolve(tree, `${path}/\0`, false).there === 'no'

function apply(tree: Tree, layer: Layer): void {
  if (!layer.complete) for (const folder of folders(tree.root)) folder.rest = 'unknown'
  const marks = layer.entries.filter(({ type }) => type === 'whiteout' || type === 'opaque')
  for (const entry of marks) {
    if (entry.type === 'opaque') clear(tree, entry)
    else if (entry.label === undefined) removeOne(tree, entry.path, { maybe: entry.maybe === true })
    else dropPackage(tree, entry)
  }
  for (const entry of layer.entries) {
    if (entry.type === 'whiteout' || entry.type === 'opaque') continue
    const how = { maybe: entry.maybe === true }
    if (entry.type !== 'hardlink' || entry.link === null) put(tree, entry, how)
    else if (resolve(tree, entry.link, false).node !== undefined) link(tree, entry.link, entry.path, how)
    else put(tree, { ...entry, type: 'file', link: null }, how)
  }
  if (!layer.complete) for (const folder of folders(tree.root)) if (folder.rest === 'unlikely') folder.rest = 'unknown'
}

function clear(tree: Tree, mark: Entry): void {
  const spot = resolve(tree, mark.path, false)
  if (spot.node?.children === undefined && spot.there !== 'unknown') return
  if (mark.maybe === true) {
    for (const name of spot.node?.children?.keys() ?? []) removeOne(tree, `${mark.path}/${name}`, { maybe: true })
    return
  }
  removeOne(tree, mark.path)
  const folder = reach(tree, spot.parts, true, (path) =>
    path === spot.path ? (spot.node?.entry ?? directory(path)) : directory(path),
  )
  if (folder !== undefined) folder.rest = 'nothing'
}

function dropPackage(tree: Tree, mark: Entry): void {
  const spot = resolve(tree, mark.path, false)
  if (spot.node?.children === undefined) return
  const folder = reach(tree, spot.parts, true, (at) => directory(at))
  if (folder === undefined) return
  const of = (p: Node) => (p.entry.label ?? '') === mark.label
  folder.parcels = mark.maybe
    ? folder.parcels.map((p) => (of(p) ? make(tree, p.entry, false) : p))
    : folder.parcels.filter((p) => !of(p))
}

function* folders(node: Node): Generator<Node> {
  yield node
  for (const child of node.children?.values() ?? []) if (child.children !== undefined) yield* folders(child)
}
