/** Layers on top of each other: what is seen in the end, and which bytes are shipped all the same. */
import type { Entry, Layer, Size, Waste, WasteClass } from '../model.ts'
import { perhaps, weaker, zero } from '../size.ts'
import { impliedFolder } from './change.ts'
import { fate } from './fate.ts'
import { mayHold } from './node.ts'
import type { Seen, Visible } from './seen.ts'
import { type Tally, tally } from './tally.ts'

/** A stack whose files are at hand. */
export type Stack = Seen & { readonly files: readonly Visible[] }

/**
 * Stacks layers, oldest first. Whiteouts and opaque marks come first and act on lower layers only; then entries, the
 * last of one name wins. A file with several names dies with the last one. What only may hide something makes a
 * waste of 0 bytes that may be as large as the thing. O(entries); odd entries (a mark for nothing, a link to
 * nothing) are taken for what they are worth.
 *
 * Source: OCI image specification, layer.md; classes: spec/waste.md section 4.
 */
export function stack(layers: readonly Layer[]): Stack {
  const state = begin()
  for (const [index, layer] of layers.entries()) {
    state.layer = index
    for (const entry of layer.entries) if (isMark(entry)) hide(state, entry)
    for (const entry of layer.entries) if (!isMark(entry)) store(state, entry)
    bury(state)
  }
  const files = reachable(state)
  const unreachable = tally()
  for (const { entry } of state.waste) unreachable.add(entry.size)
  return {
    files,
    waste: state.waste,
    total: state.total.sum(),
    visible: state.seen.sum(),
    unreachable: unreachable.sum(),
  }
}

/** A name in the union. What carries bytes is a place too: a further name points to the first one. */
interface Place {
  entry: Entry | undefined
  layer: number
  /** Of what carries bytes: names that are left. */
  names: number
  /** Another name's place, whose bytes these are. */
  readonly carrier: Place | undefined
  children: Map<string, Place> | undefined
  /** By label, in the order of their last storing; what has no label is like no other. */
  packages: Map<string | Entry, Place> | undefined
  /** A version that this one, which may not be there, hides only perhaps. */
  readonly behind: Place | undefined
  /** What may have hidden it. */
  doubt: { readonly killer: number; readonly likely: boolean; readonly class: WasteClass } | undefined
}

interface State {
  readonly root: Place
  layer: number
  /** Names that went in the layer at work; what they carried is judged at its end. */
  lost: Place[]
  readonly waste: Waste[]
  readonly total: Tally
  readonly seen: Tally
  /** True once a package is stored: before, nothing can be hidden in part. */
  parcels: boolean
  /** The last folder written to, since tars come folder by folder. */
  above: string | undefined
  folder: Place
}

const begin = (): State => {
  const root = folderAt(undefined, 0)
  return {
    root,
    layer: 0,
    lost: [],
    waste: [],
    total: tally(),
    seen: tally(),
    parcels: false,
    above: undefined,
    folder: root,
  }
}

const isMark = ({ type }: Entry): boolean => type === 'whiteout' || type === 'opaque'

// Written out, since a million of them are made.
const place = (
  entry: Entry | undefined,
  layer: number,
  children?: Map<string, Place>,
  carrier?: Place,
  behind?: Place,
): Place => ({
  entry,
  layer,
  names: 1,
  carrier,
  children,
  packages: undefined,
  behind,
  doubt: undefined,
})

const folderAt = (entry: Entry | undefined, layer: number): Place => place(entry, layer, new Map())

const parts = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.')

/** The place at a path, names taken literally; `blocked`: something that is no folder is in the way. */
function find(state: State, path: string): { readonly at: Place | undefined; readonly blocked: boolean } {
  const above = aboveOf(path)
  const name = nameOf(path)
  if (above === state.above && name !== '') return { at: state.folder.children?.get(name), blocked: false }
  let at: Place | undefined = state.root
  for (const part of parts(path)) {
    if (at.children === undefined) {
      state.above = undefined
      return { at: undefined, blocked: true }
    }
    state.above = above
    state.folder = at
    at = at.children.get(part)
    if (at === undefined) {
      state.above = undefined
      return { at: undefined, blocked: false }
    }
  }
  return { at, blocked: false }
}

/** The folder at a path, made where it is missing, in the place of whatever else was there. */
function folderFor(state: State, path: string): Place {
  if (path === state.above) return state.folder
  let at = state.root
  for (const part of parts(path)) {
    let next: Place | undefined = at.children?.get(part)
    if (next?.children === undefined) {
      if (next !== undefined) lose(state, next)
      next = folderAt(undefined, state.layer)
      at.children?.set(part, next)
    }
    at = next
  }
  state.above = path
  state.folder = at
  return at
}

const aboveOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

// ---- hiding -----------------------------------------------------------------------------------------

function hide(state: State, mark: Entry): void {
  const { at } = find(state, mark.path)
  if (mark.label !== undefined) {
    for (const [key, parcel] of at?.packages ?? [])
      if ((parcel.entry?.label ?? '') !== mark.label) continue
      else if (mark.maybe) doubt(state, parcel, 'deleted', false)
      else {
        lose(state, parcel)
        at?.packages?.delete(key)
      }
    return
  }
  if (state.parcels && (at === undefined || at.children !== undefined)) lessen(state, mark.path, at !== undefined)
  if (at === undefined) return
  if (mark.type === 'opaque' || at === state.root) {
    if (mark.type !== 'opaque') return
    state.above = undefined
    for (const child of [...(at.children?.values() ?? []), ...(at.packages?.values() ?? [])]) {
      if (mark.maybe) doubt(state, child, 'deleted', false)
      else lose(state, child)
    }
    if (!mark.maybe) at.children?.clear()
    if (!mark.maybe) at.packages = undefined
  } else if (mark.maybe) doubt(state, at, 'deleted', false)
  else {
    lose(state, at)
    // Where it was found is the folder it is in.
    state.folder.children?.delete(nameOf(mark.path))
  }
}

/**
 * Packages of folders above a hidden path may have had something there: of a path that nobody saw those of the deepest
 * folder alone, and of several none, since it is the file of one at most.
 */
function lessen(state: State, path: string, seen: boolean): void {
  let at: Place | undefined = state.root
  let holders: Place[] = []
  for (const part of parts(path)) {
    const here = [...(at?.packages?.values() ?? [])].filter(({ entry }) => entry !== undefined && mayHold(entry, path))
    if (seen) holders.push(...here)
    else if (here.length > 0) holders = here
    at = at?.children?.get(part)
    if (at === undefined) break
  }
  if (seen || holders.length === 1 || ofMany.test(path))
    for (const parcel of holders) doubt(state, parcel, 'deleted', false)
}

/** Folders that many packages have files in. Source: FHS 3.0. */
const ofMany =
  /^\/(?:usr\/share\/[^/]+|(?:usr\/)?(?:bin|sbin|include|share|lib\w*)|usr|etc|var\/(?:cache|lib|log)|opt)$/

/** A place and all below it go; each name is judged at the end of the layer. */
function lose(state: State, top: Place): void {
  const todo = [top]
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (carries(at) || at.carrier !== undefined) state.lost.push(at)
    if (at.behind !== undefined) todo.push(at.behind)
    if (at.packages !== undefined) todo.push(...at.packages.values())
    if (at.children !== undefined) for (const child of at.children.values()) todo.push(child)
  }
}

/** A place and all below it may have gone, in favour of something `likely` or not. */
function doubt(state: State, top: Place, how: WasteClass, likely: boolean): Place {
  const todo = [top]
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (carries(at)) at.doubt ??= { killer: state.layer, likely, class: how }
    if (at.packages !== undefined) todo.push(...at.packages.values())
    if (at.children !== undefined) for (const child of at.children.values()) todo.push(child)
  }
  return top
}

const carries = ({ entry }: Place): boolean => entry?.type === 'file' || entry?.type === 'package'

/** Judges what was lost in the layer at work: what has no name left is waste. */
function bury(state: State): void {
  /** Of files that had several names. */
  const fates = new Map<Place, WasteClass>()
  for (const name of state.lost) {
    const body = name.carrier ?? name
    body.names--
    if (body.entry === undefined || name.entry === undefined) continue
    const how = fate(fates.get(body), classOf(state, body, name.entry))
    if (body.names > 0) fates.set(body, how)
    else state.waste.push({ entry: body.entry, layer: body.layer, killer: state.layer, class: how })
  }
  state.lost = []
}

function classOf(state: State, body: Place, name: Entry): WasteClass {
  const old = body.entry
  if (body.layer === state.layer || old === undefined) return 'dead-in-layer'
  const { at, blocked } = find(state, name.path)
  if (name.type === 'package') {
    const next = name.label === undefined ? undefined : at?.packages?.get(name.label)
    return next?.entry === undefined ? (blocked ? 'replaced' : 'deleted') : rewritten(old, next.entry, next.entry)
  }
  if (at === undefined) return blocked ? 'replaced' : 'deleted'
  const next = (at.carrier ?? at).entry
  if (at.entry === undefined || next?.type !== 'file') return 'replaced'
  return rewritten({ ...old, mode: name.mode, uid: name.uid, gid: name.gid }, next, at.entry)
}

/** How new bytes at the same path relate to the old ones. What is not known of mode and owner counts as equal. */
function rewritten(old: Entry, next: Entry, name: Entry): WasteClass {
  const kept = name.sameContent === true
  if (!kept && (old.content === undefined || old.content !== next.content)) return 'overwritten'
  const equal = (a: number | null, b: number | null): boolean => a === b || (!kept && (a === null || b === null))
  const whole = equal(old.mode, name.mode) && equal(old.uid, name.uid) && equal(old.gid, name.gid)
  return whole && old.xattrs === name.xattrs ? 'identical' : 'metadata-only'
}

// ---- storing ----------------------------------------------------------------------------------------

function store(state: State, entry: Entry): void {
  const { type, path } = entry
  if (type === 'file' || type === 'package') state.total.add(entry.size)
  if (type === 'package') {
    storePackage(state, entry)
    return
  }
  if (path === '/') {
    if (type === 'dir') state.root.entry = entry
    return
  }
  const folder = folderFor(state, aboveOf(path))
  const name = nameOf(path)
  const old = folder.children?.get(name)
  if (type === 'dir' && old?.children !== undefined) {
    old.entry = entry
    old.layer = state.layer
    return
  }
  const carrier = type === 'hardlink' && entry.link !== null ? carrierOf(state, entry.link) : undefined
  if (carrier !== undefined && carrier === (old?.carrier ?? old)) return
  let behind: Place | undefined
  if (old !== undefined && entry.maybe && old.layer !== state.layer) behind = doubt(state, old, 'overwritten', true)
  else if (old !== undefined) lose(state, old)
  if (old?.children !== undefined) state.above = undefined
  if (carrier !== undefined) carrier.names++
  const children = type === 'dir' ? new Map<string, Place>() : undefined
  folder.children?.set(name, place(entry, state.layer, children, carrier, behind))
}

/** What carries the bytes a hard link names; undefined: nothing does. */
function carrierOf(state: State, link: string): Place | undefined {
  const { at } = find(state, link)
  const body = at?.carrier ?? at
  return body?.entry?.type === 'file' ? body : undefined
}

function storePackage(state: State, entry: Entry): void {
  state.parcels = true
  const folder = folderFor(state, entry.path)
  const packages = folder.packages ?? new Map<string | Entry, Place>()
  const key = entry.label === undefined || isOpen(entry) ? entry : entry.label
  const old = packages.get(key)
  const unsure = old !== undefined && entry.maybe === true && old.layer !== state.layer
  if (old !== undefined && !unsure) lose(state, old)
  const behind = unsure ? doubt(state, old, 'overwritten', true) : undefined
  packages.delete(key)
  packages.set(key, place(entry, state.layer, undefined, undefined, behind))
  folder.packages = packages
}

/** What a program may have written that nobody knows hides nothing of its kind. */
const isOpen = ({ maybe, size }: Entry): boolean => maybe === true && size.basis === 'unknown' && size.low === 0

// ---- what is left -----------------------------------------------------------------------------------

/** Walks what is left, notes its bytes, and the waste of what only may be hidden. */
function reachable(state: State): readonly Visible[] {
  const files: Visible[] = []
  const counted = new Set<Place>()
  const count = (at: Place): Size => {
    const body = at.carrier ?? at
    if (!carries(body) || body.entry === undefined) return zero
    const { entry, doubt: hidden } = body
    const size = hidden === undefined ? entry.size : hidden.likely ? rather0(entry.size) : perhaps(entry.size)
    const shared = body.names > 1
    if (shared && counted.has(body)) return size
    if (shared) counted.add(body)
    state.seen.add(size)
    if (hidden !== undefined) {
      const lost = hidden.likely ? perhaps(entry.size) : rather0(entry.size)
      state.waste.push({
        entry: { ...entry, size: lost },
        layer: body.layer,
        killer: hidden.killer,
        class: hidden.class,
      })
    }
    return size
  }
  /** Versions that something which may not be there hides, and all below them: counted, not listed. */
  const eclipsed = (top: Place): void => {
    const hidden = top.behind === undefined ? [] : [top.behind]
    for (let at = hidden.pop(); at !== undefined; at = hidden.pop()) {
      count(at)
      if (at.behind !== undefined) hidden.push(at.behind)
      hidden.push(...(at.packages?.values() ?? []))
      for (const child of at.children?.values() ?? []) hidden.push(child)
    }
  }
  // Places to come, the next one last, and their paths where those are needed.
  const todo: Place[] = [state.root]
  const paths: string[] = ['/']
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const path = paths.pop()!
    if (at !== state.root || at.entry !== undefined)
      files.push({ entry: at.entry ?? impliedFolder(path), layer: at.layer, bytes: count(at) })
    if (at.behind !== undefined) eclipsed(at)
    for (const parcel of at.packages?.values() ?? []) {
      if (parcel.entry !== undefined) files.push({ entry: parcel.entry, layer: parcel.layer, bytes: count(parcel) })
      eclipsed(parcel)
    }
    if (at.children === undefined || at.children.size === 0) continue
    const stem = path === '/' ? '' : path
    for (const name of [...at.children.keys()].sort().reverse()) {
      const child = at.children.get(name)!
      todo.push(child)
      paths.push(child.children === undefined ? '' : `${stem}/${name}`)
    }
  }
  return files
}

/** Nothing, most likely, but it may be all of it. */
const rather0 = (size: Size): Size => ({ ...size, bytes: 0, low: 0, basis: weaker(size.basis, 'heuristic') })
