/** Several layers as one: which members stay, in which order, and what has to be written anew. */
import { headersOf, type RawLayer, recordOf } from '../image/raw.ts'
import type { Table } from '../image/table.ts'
import { renamed } from '../image/tar-rename.ts'
import { tarHeader } from '../image/tar-write.ts'
import { lastThat } from '../sorted.ts'
import { append, type Chains, chains, sortedIn } from '../unionfs/chains.ts'
import { Plan } from './plan.ts'

/** What is merged. Layers are numbered from the lowest of all; their tables have their names in common. */
export interface Merging {
  /** Layers that stay under the new one; undefined where nothing in them is linked to. */
  readonly kept: readonly (RawLayer | undefined)[]
  /** Those that become one, oldest first; at least one. */
  readonly layers: readonly RawLayer[]
  /** What the layers that stay have at a path; marks are kept only where there is something. */
  readonly below: (path: string) => 'folder' | 'other' | undefined
}

export interface Merged {
  readonly plan: Plan
  /** A hard link to nothing, which is left out. */
  readonly lost: { readonly path: string; readonly link: string } | undefined
}

/**
 * Merges layers. Order: parents first, names bytewise, links after what they name. What loses the name it was stored
 * under is stored under the next one.
 */
export function flatten({ kept, layers, below }: Merging): Merged {
  const bodies = new Map<number, number>()
  const all = [...kept, ...layers]
  const firsts: number[] = []
  let entries = 0
  for (const layer of all) {
    firsts.push(entries)
    entries += layer?.table.count ?? 0
  }
  const common: Common = { all, firsts, bodies }
  const lower = kept.some((layer) => layer !== undefined) ? merged(common, 0, kept, undefined) : undefined
  const tree = merged(common, kept.length, layers, lower)
  const writing: Writing = {
    tree,
    below,
    plan: new Plan(),
    named: new Set([...bodies.values()]),
    writtenAt: new Map(),
    lost: undefined,
  }
  emit(writing)
  return writing
}

/** What is at a path: nothing, a folder, anything else, or nothing and what lower layers have is hidden. */
const absent = 0
const folder = 1
const thing = 2
const whiteout = 3

interface Common {
  readonly all: readonly (RawLayer | undefined)[]
  /** The number of the first entry of each layer, all entries counted through. */
  readonly firsts: readonly number[]
  /** Of hard links: the entry whose body theirs is; -1: there is none. */
  readonly bodies: Map<number, number>
}

/** All by the numbers of paths. */
interface Tree extends Chains {
  readonly common: Common
  readonly there: Uint8Array
  /** The entry it is from; -1: a mark, or a folder that no tar names. */
  readonly owner: Int32Array
  /** Something was stored here or below, even if nothing is left: the folder exists. */
  readonly real: Uint8Array
  /** A folder in which what lower layers have is hidden. */
  readonly opaque: Uint8Array
}

/** The tree of some layers. `lower`: what lies under them, for links that name something there. */
function merged(
  common: Common,
  first: number,
  layers: readonly (RawLayer | undefined)[],
  lower: Tree | undefined,
): Tree {
  const { names } = layers.find((layer) => layer !== undefined)!.table.common
  const { count } = names
  const tree: Tree = {
    common,
    ...chains(names, count),
    there: new Uint8Array(count),
    owner: new Int32Array(count).fill(-1),
    real: new Uint8Array(count),
    opaque: new Uint8Array(count),
  }
  tree.there[0] = folder
  for (const [i, layer] of layers.entries()) {
    if (layer === undefined) continue
    const { table } = layer
    for (const number of table.marks) {
      if (table.type(number) === 'whiteout') hide(tree, table.place(number))
      else empty(tree, table.place(number))
    }
    const start = common.firsts[first + i]!
    let above = -1
    for (let number = 0; number < table.count; number++)
      above = place(tree, table, number, start + number, lower, above)
  }
  return tree
}

/** The paths on the way to one, from the top, the root and itself left out. */
function wayTo({ names }: Chains, path: number): readonly number[] {
  const way: number[] = []
  for (let at = names.parent(path); at !== 0; at = names.parent(at)) way.push(at)
  return way.reverse()
}

/** Makes folders of a path and those above it, where they are none. `real`: something is stored there. */
function makeFolder(tree: Tree, path: number, real: boolean): void {
  const { names, there, opaque } = tree
  const way: number[] = []
  for (let at = path; at !== 0; at = names.parent(at)) {
    // What is above a folder is one; above a real one all are real.
    if (there[at] === folder && (!real || tree.real[at] === 1)) break
    way.push(at)
  }
  for (const at of way.reverse()) {
    if (there[at] !== folder) {
      const was = there[at]
      clear(tree, at)
      there[at] = folder
      opaque[at] = was === absent ? 0 : 1
    }
    if (real) tree.real[at] = 1
  }
}

/** Whether something that is no folder stands on the way to a path: a mark there marks nothing. */
function blocked(tree: Tree, path: number): boolean {
  for (const at of wayTo(tree, path)) {
    if (tree.there[at] === absent) return false
    if (tree.there[at] !== folder) return true
  }
  return false
}

/** Whether what lies under the layers at a path is out of sight. */
function hidden(tree: Tree, path: number): boolean {
  const { there, owner, real } = tree
  if (path === 0) return owner[0]! >= 0
  if (isCovered(tree, path)) return true
  return there[path] !== absent && (there[path] !== folder || owner[path]! >= 0 || real[path] === 1)
}

/** The same for what is in one of the folders above the path. */
function isCovered(tree: Tree, path: number): boolean {
  if (tree.opaque[0] === 1) return true
  for (const at of wayTo(tree, path)) {
    if (tree.there[at] === absent) return false
    if (tree.there[at] !== folder || tree.opaque[at] === 1) return true
  }
  return false
}

/** Nothing is known of a path any more; it is in the chain of its folder. */
function clear(tree: Tree, path: number): void {
  if (tree.there[path] === absent) append(tree, path)
  else if (tree.there[path] === folder) forget(tree, path)
  tree.owner[path] = -1
  tree.real[path] = 0
  tree.opaque[path] = 0
}

/** Nothing is below a folder any more. */
function forget({ there, owner, real, opaque, first, last, next }: Tree, top: number): void {
  const todo = [top]
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    for (let child = first[path]!; child !== 0; child = next[child]!) {
      if (there[child] === folder) todo.push(child)
      there[child] = absent
      owner[child] = -1
      real[child] = 0
      opaque[child] = 0
    }
    first[path] = 0
    last[path] = 0
  }
}

function hide(tree: Tree, path: number): void {
  if (path === 0 || blocked(tree, path)) return
  makeFolder(tree, tree.names.parent(path), false)
  clear(tree, path)
  tree.there[path] = whiteout
}

function empty(tree: Tree, path: number): void {
  const { there, opaque } = tree
  // Over a file, or where nothing is any more, a new folder is empty anyway.
  if (blocked(tree, path) || there[path] === thing || there[path] === whiteout) return
  if (there[path] === folder) forget(tree, path)
  else makeFolder(tree, path, false)
  opaque[path] = 1
}

/** `above`: the folder that the last entry was put into; gives the one of this one. */
function place(
  tree: Tree,
  table: Table,
  number: number,
  entry: number,
  lower: Tree | undefined,
  above: number,
): number {
  const { there, owner, real, opaque, common } = tree
  const type = table.type(number)
  const path = table.place(number)
  if (type === 'whiteout' || type === 'opaque') return above
  if (path === 0) {
    owner[0] = entry
    return above
  }
  const parent = tree.names.parent(path)
  // Tars come folder by folder.
  if (parent !== above) makeFolder(tree, parent, true)
  if (type === 'dir') {
    if (there[path] !== folder) {
      const was = there[path]
      clear(tree, path)
      there[path] = folder
      opaque[path] = was === absent ? 0 : 1
    }
    owner[path] = entry
    return parent
  }
  const target = table.target(number)
  if (target !== undefined) {
    let body = bodyAt(tree, target)
    if (body < 0 && lower !== undefined && !hidden(tree, target)) body = bodyAt(lower, target)
    if (body >= 0 && bodyAt(tree, path) === body) return parent
    common.bodies.set(entry, body)
  }
  clear(tree, path)
  there[path] = thing
  owner[path] = entry
  real[path] = 1
  return parent
}

/** The entry whose body something has: most have their own. -1: there is none. */
const bodyOf = ({ bodies }: Common, entry: number): number => bodies.get(entry) ?? entry

const bodyAt = ({ common, there, owner }: Tree, path: number): number =>
  there[path] === thing ? bodyOf(common, owner[path]!) : -1

interface Writing {
  readonly tree: Tree
  readonly below: Merging['below']
  readonly plan: Plan
  /** Bodies that hard links name, and the path under which such a one was written. */
  readonly named: ReadonlySet<number>
  readonly writtenAt: Map<number, number>
  lost: Merged['lost']
}

function emit(writing: Writing): void {
  const { tree, below, plan } = writing
  const { there, owner, opaque, names } = tree
  // What is to come, the next one last.
  const todo = [0]
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    if (there[path] === whiteout) {
      const at = names.path(path)
      if (below(at) !== undefined) plan.addMade(mark(at.replace(/[^/]*$/, '.wh.$&')))
      continue
    }
    if (owner[path]! >= 0) write(writing, path, owner[path]!)
    else if (isLeft(writing, path)) plan.addMade(implied(names.path(path)))
    if (there[path] !== folder) continue
    if (opaque[path] === 1 && below(names.path(path)) !== undefined)
      plan.addMade(mark(`${path === 0 ? '' : names.path(path)}/.wh..wh..opq`))
    for (const child of sortedIn(tree, path)) todo.push(child)
  }
}

/** Whether a path is a folder that nothing else stands for: neither what it holds nor a folder of the layers that stay. */
const isLeft = ({ tree, below }: Writing, path: number): boolean =>
  tree.real[path] === 1 && !alive(tree, path) && (below(tree.names.path(path)) !== 'folder' || isCovered(tree, path))

/** Whether anything in a folder has a member that will be written. Paths are short enough to recurse. */
function alive(tree: Tree, path: number): boolean {
  for (let child = tree.first[path]!; child !== 0; child = tree.next[child]!)
    if (tree.owner[child]! >= 0 || tree.real[child] === 1 || alive(tree, child)) return true
  return false
}

/** A folder that no tar named and nothing is left in: engines made it all the same. */
const implied = (path: string): Buffer => tarHeader({ ...plain, name: `${path.slice(1)}/`, type: 'dir', mode: 0o755 })

const mark = (path: string): Buffer => tarHeader({ ...plain, name: path.slice(1), type: 'file', mode: 0 })

const plain = { uid: 0, gid: 0, mtime: 0, link: '', xattrs: undefined, bytes: 0 } as const

/** Where an entry is. */
function find({ all, firsts }: Common, entry: number): { readonly at: number; readonly raw: RawLayer; number: number } {
  const at = lastThat(firsts.length, (layer) => firsts[layer]! <= entry)
  return { at, raw: all[at]!, number: entry - firsts[at]! }
}

function write(writing: Writing, path: number, entry: number): void {
  const { tree, plan, named, writtenAt } = writing
  const { common, names } = tree
  const { at, raw, number } = find(common, entry)
  const whole = (): void => plan.add(at, raw.head(number), raw.end(number))
  const linked = raw.table.target(number)
  if (linked === undefined && !named.has(entry)) {
    whole()
    return
  }
  const body = bodyOf(common, entry)
  const first = writtenAt.get(body)
  // A further name of what the lower layers have: it is shared with them still.
  if (linked !== undefined && isUntouched(writing, linked)) whole()
  else if (body < 0) writing.lost ??= { path: names.path(path), link: names.path(linked!) }
  else if (first !== undefined) {
    if (linked === first) whole()
    else plan.addMade(link(raw, number, names.path(path), names.path(first)))
  } else if (body === entry) whole()
  else {
    // The name that it was stored under is gone: this one stands for it now.
    const stored = find(common, body)
    const { mode, uid, gid } = raw.table.look(number)
    const owner = { mode: mode ?? 0, uid: uid ?? 0, gid: gid ?? 0 }
    plan.addMade(renamed(headersOf(stored.raw, stored.number), names.path(path).slice(1), owner))
    plan.add(stored.at, stored.raw.table.body(stored.number), stored.raw.end(stored.number))
  }
  if (body >= 0 && first === undefined) writtenAt.set(body, path)
}

/** Whether a path is what the layers under the new one have there. */
const isUntouched = ({ tree, below }: Writing, path: number): boolean =>
  below(tree.names.path(path)) !== undefined && !hidden(tree, path)

const link = (raw: RawLayer, number: number, path: string, to: string): Buffer =>
  tarHeader({ ...recordOf(raw, number), name: path.slice(1), type: 'hardlink', bytes: 0, link: to.slice(1) })
