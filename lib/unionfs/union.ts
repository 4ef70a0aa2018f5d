/**
 * Layers that were read, on top of each other: what `stack.ts` does for any layers, for tables. A real image has many more
 * entries than a predicted one, and less that is in doubt: no packages, nothing that only may be there. So the state of a
 * path is a few numbers.
 */
import type { Names } from '../image/names.ts'
import type { Look, Table } from '../image/table.ts'
import { unknownContent } from '../image/table.ts'
import type { Entry, Size, WasteClass } from '../model.ts'
import { exact, zero } from '../size.ts'
import { lastThat } from '../sorted.ts'
import { append, type Chains, chains, sortedIn, unchain } from './chains.ts'
import { impliedFolder } from './change.ts'
import { fate } from './fate.ts'
import { LostFile } from './lost-file.ts'
import type { Lost, Seen, Some, Visible } from './seen.ts'

/** What is at a path. A file carries bytes; what is neither file nor folder nor link to a file is just there. */
const absent = 0
const folder = 1
const file = 2
const other = 3

/** What is seen of tables. */
export interface Union extends Seen {
  /** What is seen at a clean absolute path; undefined: nothing, or only the root that no tar names. */
  readonly at: (path: string) => Visible | undefined
}

interface State extends Chains {
  readonly layers: readonly (Table | undefined)[]
  /** The number of the first entry of each layer, all entries counted through. */
  readonly firsts: readonly number[]
  /** By path: what is there, and the entry it is from, -1 for a folder that no tar names; and its layer. */
  readonly there: Uint8Array
  readonly owner: Int32Array
  readonly layerAt: Uint16Array
  /** Of hard links: the entry whose bytes they name; and how many names such an entry has left. */
  readonly carrier: Map<number, number>
  readonly namesLeft: Map<number, number>
  /** Entries lost in the layer at work. */
  lost: number[]
  readonly waste: Lost[]
  /** Bytes of that. */
  unreachable: number
  layer: number
}

/**
 * Stacks tables, oldest first; a layer that is not there is undefined. Gives what `stack` gives for their entries, and
 * keeps numbers only: what is seen is made into objects each time it is walked through.
 */
export function union(layers: readonly (Table | undefined)[]): Union {
  const names = layers.find((table) => table !== undefined)?.common.names
  const state = begin(layers, names)
  for (const [index, table] of layers.entries()) {
    if (table === undefined) continue
    state.layer = index
    for (const number of table.marks) hide(state, table.place(number), table.type(number))
    for (let number = 0; number < table.count; number++) store(state, table, number, state.firsts[index]! + number)
    bury(state)
  }
  const total = layers.reduce((sum, table) => sum + (table?.payload ?? 0), 0)
  return {
    files: { [Symbol.iterator]: () => reachable(state) },
    some: (isAsked, limit) => someOf(state, isAsked, limit),
    at: (path) => (names === undefined ? undefined : visibleAt(state, names.ofPath(path))),
    waste: state.waste,
    total: payload(total),
    visible: payload(total - state.unreachable),
    unreachable: payload(state.unreachable),
  }
}

function begin(layers: readonly (Table | undefined)[], names: Names | undefined): State {
  const count = names?.count ?? 1
  const firsts: number[] = []
  let entries = 0
  for (const table of layers) {
    firsts.push(entries)
    entries += table?.count ?? 0
  }
  const there = new Uint8Array(count)
  there[0] = folder
  return {
    layers,
    firsts,
    ...chains(names!, count),
    there,
    owner: new Int32Array(count).fill(-1),
    layerAt: new Uint16Array(count),
    carrier: new Map(),
    namesLeft: new Map(),
    lost: [],
    waste: [],
    unreachable: 0,
    layer: 0,
  }
}

/** Index of the layer that an entry is in, all entries counted through. */
const layerOf = ({ firsts }: State, entry: number): number =>
  lastThat(firsts.length, (layer) => firsts[layer]! <= entry)

/** Where an entry is: its layer, the table of that, and the number there. */
function find(state: State, entry: number): Place & { readonly layer: number } {
  const layer = layerOf(state, entry)
  return { layer, table: state.layers[layer]!, number: entry - state.firsts[layer]! }
}

const payload = (bytes: number): Size => (bytes === 0 ? zero : exact(bytes, 'layer of the image'))

// ---- hiding -----------------------------------------------------------------------------------------

function hide(state: State, path: number, type: Entry['type']): void {
  if (state.there[path] === absent) return
  if (type === 'opaque') {
    for (let child = state.first[path]!; child !== 0; child = state.next[child]!) lose(state, child)
    state.first[path] = 0
    state.last[path] = 0
  } else if (path !== 0) {
    lose(state, path)
    unchain(state, path)
  }
}

/** A path and all below it go; each name is judged at the end of the layer. It stays in the chain of its folder. */
function lose(state: State, top: number): void {
  const { there, owner, first, last, next } = state
  const todo = [top]
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    const entry = owner[path]!
    if (entry >= 0 && (there[path] === file || state.carrier.has(entry))) state.lost.push(entry)
    for (let child = first[path]!; child !== 0; child = next[child]!) todo.push(child)
    there[path] = absent
    owner[path] = -1
    first[path] = 0
    last[path] = 0
  }
}

/** Judges what was lost in the layer at work: what has no name left is waste. */
function bury(state: State): void {
  /** Of files that had several names. */
  const fates = new Map<number, WasteClass>()
  for (const name of state.lost) {
    const body = state.carrier.get(name) ?? name
    const { layer, table, number } = find(state, body)
    const how = layer === state.layer ? 'dead-in-layer' : fate(fates.get(body), classOf(state, body, name))
    if (hasOtherNames(state, body)) {
      fates.set(body, how)
      continue
    }
    state.unreachable += table.bytes(number)
    state.waste.push(new LostFile(table, number, layer, state.layer, how))
  }
  state.lost = []
}

/** Takes a name from what has several. */
function hasOtherNames({ namesLeft }: State, body: number): boolean {
  const names = namesLeft.get(body)
  if (names === undefined) return false
  namesLeft.set(body, names - 1)
  return names > 1
}

function classOf(state: State, body: number, name: number): WasteClass {
  const [old, named] = [find(state, body), find(state, name)]
  const path = named.table.place(named.number)
  if (state.there[path] === absent) return isBlocked(state, path) ? 'replaced' : 'deleted'
  const top = state.owner[path]!
  if (top < 0) return 'replaced'
  const next = find(state, state.carrier.get(top) ?? top)
  if (next.table.type(next.number) !== 'file') return 'replaced'
  if (!hasSameBytes(old, next)) return 'overwritten'
  const after = find(state, top)
  const kept =
    isAlike(named.table.look(named.number), after.table.look(after.number)) &&
    old.table.look(old.number).xattrs === after.table.look(after.number).xattrs
  return kept ? 'identical' : 'metadata-only'
}

interface Place {
  readonly table: Table
  readonly number: number
}

/** A layer that an image has twice is one table: nothing of it has to be read to know that. */
function hasSameBytes(a: Place, b: Place): boolean {
  const content = a.table.content(a.number)
  if (content === unknownContent) return a.table === b.table && a.number === b.number
  return content === b.table.content(b.number)
}

const isAlike = (a: Look, b: Look): boolean => a.mode === b.mode && a.uid === b.uid && a.gid === b.gid

/** Whether something that is no folder is in the way to a path. */
function isBlocked({ names, there }: State, path: number): boolean {
  for (let at = path; at !== 0; ) {
    at = names.parent(at)
    if (there[at] !== absent && there[at] !== folder) return true
  }
  return false
}

// ---- storing ----------------------------------------------------------------------------------------

function store(state: State, table: Table, number: number, entry: number): void {
  const { there, owner, layerAt } = state
  const type = table.type(number)
  const path = table.place(number)
  if (type === 'whiteout' || type === 'opaque') return
  if (path === 0) {
    if (type === 'dir') owner[0] = entry
    return
  }
  const above = state.names.parent(path)
  if (there[above] !== folder) makeFolder(state, above)
  if (type === 'dir' && there[path] === folder) {
    owner[path] = entry
    layerAt[path] = state.layer
    return
  }
  const carrier = type === 'hardlink' ? carrierOf(state, table.target(number)) : undefined
  const old = owner[path]!
  if (carrier !== undefined && there[path] !== absent && carrier === (state.carrier.get(old) ?? old)) return
  if (there[path] === absent) append(state, path)
  else lose(state, path)
  if (carrier !== undefined) {
    state.carrier.set(entry, carrier)
    state.namesLeft.set(carrier, (state.namesLeft.get(carrier) ?? 1) + 1)
  }
  there[path] = type === 'dir' ? folder : type === 'file' ? file : other
  owner[path] = entry
  layerAt[path] = state.layer
}

/** Makes the folder at a path, and those above it, in the place of whatever else was there. */
function makeFolder(state: State, path: number): void {
  const missing: number[] = []
  for (let at = path; state.there[at] !== folder; at = state.names.parent(at)) missing.push(at)
  for (const at of missing.reverse()) {
    if (state.there[at] === absent) append(state, at)
    else lose(state, at)
    state.there[at] = folder
    state.owner[at] = -1
    state.layerAt[at] = state.layer
  }
}

/** The entry whose bytes a hard link names; undefined: there is none. */
function carrierOf(state: State, path: number | undefined): number | undefined {
  if (path === undefined || state.there[path] === absent) return undefined
  const entry = state.owner[path]!
  return state.carrier.get(entry) ?? (state.there[path] === file ? entry : undefined)
}

// ---- what is left -----------------------------------------------------------------------------------

/** The entry whose bytes something at a path has; -1: it has none. */
const bodyAt = ({ there, owner, carrier }: State, path: number): number =>
  there[path] === file ? owner[path]! : there[path] === other ? (carrier.get(owner[path]!) ?? -1) : -1

/** Length of the bytes at a path: mostly they are those of the entry there. */
function bytesOf(state: State, path: number, body: number): number {
  if (body !== state.owner[path]) {
    const { table, number } = find(state, body)
    return table.bytes(number)
  }
  const layer = state.layerAt[path]!
  return state.layers[layer]!.bytes(body - state.firsts[layer]!)
}

/** Walks what is left, folders before what they hold. */
function* reachable(state: State): Generator<Visible> {
  const top = visibleAt(state, 0)
  if (top !== undefined) yield top
  const todo = sortedIn(state, 0)
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    yield visibleAt(state, path)!
    if (state.there[path] === folder) for (const child of sortedIn(state, path)) todo.push(child)
  }
}

/** What `Seen.some` speaks of. */
function someOf(state: State, isAsked: (folder: string) => boolean, limit: number): Some {
  const { there, names } = state
  const inAsked = new Uint8Array(there.length)
  inAsked[0] = isAsked('/') ? 1 : 0
  const asked: Visible[] = []
  const groups = new Map<number, number[]>()
  const told = new Set<number>()
  const todo = sortedIn(state, 0)
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    const above = inAsked[names.parent(path)]!
    if (there[path] === folder) {
      inAsked[path] = above === 1 || isAsked(`${names.path(path)}/`) ? 1 : 0
      for (const child of sortedIn(state, path)) todo.push(child)
      continue
    }
    const body = fileAt(state, path, told)
    if (body < 0) continue
    if (above === 1) asked.push(fileOf(state, path))
    const content = contentOf(state, path, body)
    if (content === unknownContent) continue
    const group = groups.get(content)
    if (group === undefined) groups.set(content, [path])
    else group.push(path)
  }
  const equal = dearest(state, groups.values(), limit)
  return { asked, equal: equal.map((group) => group.map((path) => fileOf(state, path))) }
}

/**
 * The entry of the file at a path; -1: there is none. A hard link is one where what it names has lost its own name, and no
 * other link was `told` to be it.
 */
function fileAt(state: State, path: number, told: Set<number>): number {
  const body = bodyAt(state, path)
  if (body < 0 || state.there[path] === file) return body
  const { table, number } = find(state, body)
  if (state.owner[table.place(number)] === body || told.has(body)) return -1
  told.add(body)
  return body
}

/** The same as what is seen: a link as the file it names. */
function fileOf(state: State, path: number): Visible {
  if (state.there[path] === file) return visibleAt(state, path)!
  const { table, number, layer } = find(state, bodyAt(state, path))
  const { names } = state
  const entry = { ...table.entry(number), path: names.path(path) }
  return { entry, layer, bytes: entry.size, folder: names.parent(path) }
}

function contentOf(state: State, path: number, body: number): number {
  const { there, layerAt, layers, firsts } = state
  if (there[path] === file) {
    const layer = layerAt[path]!
    return layers[layer]!.content(body - firsts[layer]!)
  }
  const { table, number } = find(state, body)
  return table.content(number)
}

/** Of groups of equal files those of which all but one hold most bytes, and any; as many as `limit`. */
function dearest(state: State, groups: Iterable<readonly number[]>, limit: number): readonly (readonly number[])[] {
  const found: (readonly [cost: number, group: readonly number[]])[] = []
  for (const group of groups) {
    const path = group[0]!
    const cost = group.length > 1 ? (group.length - 1) * bytesOf(state, path, bodyAt(state, path)) : 0
    if (cost > 0) found.push([cost, group])
  }
  return found
    .sort(([a], [b]) => b - a)
    .slice(0, limit)
    .map(([, group]) => group)
}

/** What is at a path, by its number; undefined: nothing. */
function visibleAt(state: State, path: number | undefined): Visible | undefined {
  const { there, owner, layerAt, layers, firsts, names } = state
  // A path that was asked for only now has no state.
  if (path === undefined || path >= there.length || there[path] === absent) return undefined
  if (path === 0) {
    if (owner[0]! < 0) return undefined
    const { table, number } = find(state, owner[0]!)
    return { entry: table.glimpse(number), layer: 0, bytes: zero }
  }
  const layer = layerAt[path]!
  if (owner[path] === -1) return { entry: impliedFolder(names.path(path)), layer, bytes: zero }
  const body = bodyAt(state, path)
  const bytes = body < 0 ? zero : exact(bytesOf(state, path, body), 'layer of the image')
  return { entry: layers[layer]!.glimpse(owner[path]! - firsts[layer]!), layer, bytes, folder: names.parent(path) }
}
