/** The places of a working file system: what lies where, shared between trees until somebody writes. */
import { kept } from '../kept.ts'
import type { Entry } from '../model.ts'
import { Names } from './names.ts'

/** Is something at a path? `maybe`: it may have been made or removed; `unknown`: nobody can say. */
export type Presence = 'yes' | 'maybe' | 'no' | 'unknown'

/** How the storage below a builder turns changes into a layer. */
export type Storage = 'overlay2' | 'containerd' | 'vfs' | 'old vfs'

/** Does a storage keep each layer as a folder of its own? The old one does not see that a folder's time has changed. */
export const isVfs = (storage: Storage): boolean => storage === 'vfs' || storage === 'old vfs'

/** What a directory may hold besides what is listed. `unlikely`: made by us, where a base seldom has one, on a base that is not known. */
export type Rest = 'nothing' | 'unlikely' | 'unknown'

/** Of two directories together. */
export const worse = (a: Rest, b: Rest): Rest => (a === 'unknown' || b === 'nothing' ? a : b)

/** One name in a directory, or a package. Written only by the tree whose `owner` it bears; else copied first. */
export interface Node {
  readonly owner: object
  /** Stays through copies; another thing at the same name has another one. */
  readonly id: number
  /** Stays as long as the bytes do. */
  data: number
  /** Equal times are equal modification times. */
  time: number | string
  /** Path as of when it was made: moves do not change it. A `whiteout` marks a path that is surely not there. */
  entry: Entry
  /** The bytes, where they are known text. */
  text: string | undefined
  there: 'yes' | 'maybe'
  /** Of a directory: the storage marks it as hiding what lies below, though nothing does. */
  readonly opaque: boolean
  /** Whether this slot stores it; `anyway`: a storage that compares does too, though nothing has changed. */
  stored: 'no' | 'maybe' | 'yes' | 'anyway'
  /** Of a directory; undefined for anything else. */
  readonly children: Names<Node> | undefined
  rest: Rest
  /** Packages whose deepest folder this is. */
  parcels: readonly Node[]
}

/** The file system one stage works on. Made by `openTree` and `fork`, read and changed through lib/unionfs/tree.ts. */
export interface Tree {
  readonly storage: Storage
  /** Is a path surely none of the base's, though not every file of it is known? */
  readonly foreign: (path: string) => boolean
  /** Renewed with each slot: nodes of an older owner are shared. */
  owner: object
  root: Node
  /** The root as it was when the slot began. */
  below: Node
  serial: number
  /** Numbers from this one on were given in the slot. */
  slot: number
  /** Folders that hold or held packages. */
  readonly homes: Set<string>
  /** Places that copies have made. */
  copied: number
  /** Files that have had more than one name, by their number. */
  readonly linked: Set<number>
  /** Those of them that this slot changed, on a storage where all their names change with one. */
  readonly renewed: Map<number, Node>
}

/** A place looked up. `node` is undefined when nothing known is there. */
export interface Spot {
  readonly path: string
  readonly parts: readonly string[]
  readonly node: Node | undefined
  readonly there: Presence
}

/** Longest path that is followed, in characters. Source: PATH_MAX of Linux. */
export const longest = 4096

/** Most symbolic links followed for one path. Source: path_resolution(7). */
const hops = 40

/** The parts of a path; empty ones and `.` dropped, `..` kept. */
export function split(path: string): string[] {
  const parts: string[] = []
  for (let start = 0, end = 0; end >= 0; start = end + 1) {
    end = path.indexOf('/', start)
    const part = end < 0 ? path.slice(start) : path.slice(start, end)
    if (part !== '' && part !== '.') parts.push(part)
  }
  return parts
}

/** A path as it is followed. */
interface Way {
  readonly parts: readonly string[]
  /** With nothing in it but its parts. */
  readonly path: string
  /** Is `..` among them? */
  readonly climbs: boolean
}

/** Commands name the same paths again and again. */
const wayOf = kept(4096, (path): Way => {
  const parts = split(path)
  return { parts, path: join(parts), climbs: parts.includes('..') }
})

/** The path of some parts. */
export const join = (parts: readonly string[]): string => `/${parts.join('/')}`

/** True where a node marks that nothing is there. */
export const gone = (node: Node): boolean => node.entry.type === 'whiteout'

/** Where packages of a distribution put files. Source: FHS 3.0; the others belong to whoever builds the image. */
const system = new Set(['bin', 'boot', 'etc', 'lib', 'lib32', 'lib64', 'libx32', 'opt', 'sbin', 'usr', 'var'])
const nobodys = /^\/(usr\/local|usr\/src|var\/tmp|var\/www|var\/cache\/\w+\/archives)(\/|$)/

/** Folders that any image, or any with Python, has something of its own in: one that is made may have been there. Source: FHS 3.0. */
const inhabited = new RegExp(
  `^/(?:${[
    '(?:bin|boot|dev|etc|lib\\w*|proc|root|run|sbin|sys|usr|var)?',
    'usr/(?:local/)?(?:bin|etc|games|include|lib\\w*|local|man|sbin|share|src)',
    'usr/(?:local/)?lib/python[\\d.]+(?:/(?:site|dist)-packages)?',
    'var/(?:backups|cache|lib|local|lock|log|mail|opt|run|spool|tmp)',
  ].join('|')})$`,
)

/** What a folder may hold that is made, without being seen, in one whose names are not all known. */
export const restOfMade = (path: string): Rest => (inhabited.test(path) ? 'unknown' : 'unlikely')

/** Could a package hold something at or below a path? A guess from where packages usually store. */
export const mayHold = (entry: Entry, path: string): boolean => holds({ parcels: [{ entry }] }, path)

/** Is this the folder of packages that lie all over the system? */
export const isEverywhere = (home: string): boolean => home === '/' || home === '/usr' || home === '/var'

/** Could a package of this folder? */
function holds({ parcels }: { readonly parcels: readonly Pick<Node, 'entry'>[] }, path: string): boolean {
  let usual: boolean | undefined
  return parcels.some(({ entry: { path: home, apart } }) => {
    if (apart?.some((folder) => path === folder || path.startsWith(`${folder}/`))) return false
    if (home !== '/' && path !== home && !path.startsWith(`${home}/`)) return false
    if (!isEverywhere(home)) return true
    usual ??= system.has(split(path)[0] ?? '') && !nobodys.test(path)
    return usual
  })
}

/** Follows a path from the root, symbolic links resolved on the way, the last one only with `follow`. Loops give `no`. */
export function resolve(tree: Tree, path: string, follow: boolean): Spot {
  if (path.length > longest) return { path, parts: [], node: undefined, there: 'no' }
  const spot = straight(tree, path, follow) ?? around(tree, path, follow)
  const newer = spot.node && tree.renewed.get(spot.node.id)
  return newer === undefined ? spot : { ...spot, node: newer }
}

/** `resolve` where neither a link nor `..` is on the way; undefined: one is. */
function straight(tree: Tree, path: string, follow: boolean): Spot | undefined {
  const { parts, path: whole, climbs } = wayOf(path)
  if (climbs) return undefined
  let node = tree.root
  let unsure = node.there === 'maybe'
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    const next = node.children?.get(part)
    if (next === undefined || gone(next)) {
      const open = next === undefined && node.children !== undefined
      const hidden =
        open && ((node.rest !== 'nothing' && !tree.foreign(whole)) || isHeld(tree, parts.slice(0, i), whole))
      return { path: whole, parts, node: undefined, there: hidden ? 'unknown' : 'no' }
    }
    if (next.entry.type === 'symlink' && (follow || i < parts.length - 1)) return undefined
    unsure ||= next.there === 'maybe'
    node = next
  }
  return { path: whole, parts, node, there: unsure ? 'maybe' : 'yes' }
}

/** Could a package in one of the folders on a way hold something at a path? */
export function isHeld(tree: Tree, parts: readonly string[], path: string): boolean {
  let folder: Node | undefined = tree.root
  for (let i = 0; folder !== undefined; i++) {
    if (holds(folder, path)) return true
    folder = i < parts.length ? folder.children?.get(parts[i]!) : undefined
  }
  return false
}

function around(tree: Tree, path: string, follow: boolean): Spot {
  const parts: string[] = []
  const chain: Node[] = [tree.root]
  const todo = split(path).reverse()
  const absent = (there: Presence): Spot => {
    for (const part of todo.reverse()) part === '..' ? parts.pop() : parts.push(part)
    return { path: join(parts), parts, node: undefined, there }
  }
  let followed = 0
  let unsure = false
  while (todo.length > 0) {
    const part = todo.pop()!
    if (part === '..') {
      if (parts.pop() !== undefined) chain.pop()
      continue
    }
    const folder = chain.at(-1)!
    const node = folder.children?.get(part)
    if (node === undefined || gone(node)) {
      todo.push(part)
      if (node !== undefined || folder.children === undefined) return absent('no')
      const full = join([...parts, ...todo.toReversed()])
      const hidden = (folder.rest !== 'nothing' && !tree.foreign(full)) || chain.some((one) => holds(one, full))
      return absent(hidden ? 'unknown' : 'no')
    }
    if (node.entry.type === 'symlink' && (follow || todo.length > 0)) {
      followed++
      if (followed > hops) {
        todo.push(part)
        return absent('no')
      }
      unsure ||= node.there === 'maybe'
      const target = (node.entry.link ?? '').slice(0, longest)
      if (target.startsWith('/')) {
        parts.length = 0
        chain.length = 1
      }
      todo.push(...split(target).reverse())
      continue
    }
    parts.push(part)
    chain.push(node)
  }
  unsure ||= chain.some(({ there }) => there === 'maybe')
  return { path: join(parts), parts, node: chain.at(-1), there: unsure ? 'maybe' : 'yes' }
}

const ranks = { no: 0, maybe: 1, yes: 2, anyway: 3 } as const

/** The stronger of two claims that a slot stores something. */
const stronger = (a: Node['stored'], b: Node['stored']): Node['stored'] => (ranks[a] >= ranks[b] ? a : b)

/** A node of its own for this tree and slot, noted as stored (`no`: only for the books). */
export function own(tree: Tree, node: Node, stored: Node['stored']): Node {
  if (node.owner === tree.owner) {
    node.stored = stronger(node.stored, stored)
    return node
  }
  const renewed = tree.renewed.get(node.id)
  if (renewed !== undefined) return own(tree, renewed, stored)
  const { id, data, time, entry, text, there, opaque, rest, parcels } = node
  const children = node.children?.copy()
  const mine: Node = { owner: tree.owner, id, data, time, entry, text, there, opaque, stored, children, rest, parcels }
  if (isVfs(tree.storage) && stored !== 'no' && tree.linked.has(node.id)) tree.renewed.set(node.id, mine)
  return mine
}

/** Gives all other names of files that were changed by one of them the same new file. */
export function renew(tree: Tree): void {
  if (tree.renewed.size === 0) return
  const visit = (folder: Node, path: string): Node => {
    let mine = folder
    for (const [name, child] of folder.children ?? []) {
      const at = `${path}/${name}`
      const now = child.children === undefined ? (tree.renewed.get(child.id) ?? child) : visit(child, at)
      if (now === child || gone(child) || at.length > longest) continue
      mine = own(tree, mine, 'yes')
      mine.children?.set(name, now)
    }
    return mine
  }
  tree.root = visit(tree.root, '')
  tree.renewed.clear()
}

/** A name came into a folder of this tree's own, or went: its modification time is another. */
export function stir(tree: Tree, folder: Node): void {
  folder.time = tree.serial++
}

/** What is known of a new thing besides its entry. */
type More = { readonly [Key in 'data' | 'time' | 'text' | 'rest']?: Node[Key] | undefined }

/** A new thing. */
export function make(tree: Tree, entry: Entry, sure: boolean, more: More = {}): Node {
  const id = tree.serial++
  return {
    owner: tree.owner,
    id,
    data: more.data ?? id,
    time: more.time ?? id,
    entry,
    text: more.text,
    there: sure ? 'yes' : 'maybe',
    opaque: false,
    stored: sure ? 'yes' : 'maybe',
    children: entry.type === 'dir' ? new Names() : undefined,
    rest: more.rest ?? 'nothing',
    parcels: [],
  }
}

/**
 * The directory at resolved parts, ready to be written: it and all above it are copied up, what is missing is made.
 * Undefined: something that is no directory is in the way.
 */
export function reach(
  tree: Tree,
  parts: readonly string[],
  sure: boolean,
  missing: (path: string, above: Node) => Entry,
): Node | undefined {
  const stored = sure ? 'yes' : 'maybe'
  tree.root = own(tree, tree.root, stored)
  let folder = tree.root
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    const old = folder.children?.get(part)
    let next: Node
    if (old === undefined || gone(old)) {
      const path = join(parts.slice(0, i + 1))
      const open = old === undefined && folder.rest !== 'nothing' && !tree.foreign(path)
      const made = missing(path, folder)
      next = make(tree, open ? found(made) : made, sure, {
        rest: open ? restOfMade(path) : 'nothing',
      })
      stir(tree, folder)
    } else if (old.children === undefined) return undefined
    else {
      next = own(tree, old, stored)
      if (sure && next.there === 'maybe') settle(tree, next)
    }
    if (next !== old) folder.children?.set(part, next)
    folder = next
  }
  return folder
}

// Folders of every system that all may write to. Source: FHS 3.0, 3.18 and 5.15.
const everybodys = /^\/(?:var\/)?tmp$/

/** Such a folder, where nobody listed it, was hardly missing: who owns it and who may write to it is not what a new one has. */
const found = (folder: Entry): Entry =>
  everybodys.test(folder.path) ? { ...folder, mode: null, uid: null, gid: null } : folder

/** A directory that may have been there now surely is; what was in it still only may be. */
export function settle(tree: Tree, folder: Node): void {
  folder.there = 'yes'
  for (const [name, child] of folder.children ?? []) {
    if (gone(child) || child.there === 'maybe') continue
    const doubted = own(tree, child, 'no')
    doubted.there = 'maybe'
    folder.children?.set(name, doubted)
  }
}

/** Places at and below a node, counted no further than `limit`. */
export function count(top: Node, limit: number): number {
  let places = 0
  const todo = [top]
  for (let node = todo.pop(); node !== undefined && places <= limit; node = todo.pop()) {
    places++
    if (node.children !== undefined) for (const child of node.children.values()) todo.push(child)
  }
  return places
}

/** All below a directory node, folders before what they hold; paths of moved things are set right. Bounded by `longest`. */
export function* descend(node: Node, path: string): Generator<{ readonly path: string; readonly node: Node }> {
  const top = { path, node }
  const todo = [top]
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (at !== top) yield at
    if (at.path.length > longest) continue
    for (const parcel of at.node.parcels) yield { path: at.path, node: parcel }
    for (const name of [...(at.node.children?.keys() ?? [])].sort().reverse()) {
      const child = at.node.children?.get(name)
      if (child === undefined || gone(child)) continue
      todo.push({ path: at.path === '/' ? `/${name}` : `${at.path}/${name}`, node: child })
    }
  }
}
