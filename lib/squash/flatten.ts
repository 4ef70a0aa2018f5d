/** Several layers as one: which members stay, in which order, and what has to be written anew. */
import type { RawMember } from '../image/raw.ts'
import { renamed } from '../image/tar-rename.ts'
import { tarHeader } from '../image/tar-write.ts'

/** One piece of the new layer's tar. */
export type Piece =
  /** Bytes of a layer, as they are. */
  | { readonly layer: number; readonly from: number; readonly to: number }
  /** Bytes made here: headers. */
  | { readonly bytes: Buffer }

interface Body {
  readonly layer: number
  readonly member: RawMember
  /** Name under which it was written; later names are links to it. */
  at: string | undefined
}

interface Node {
  children: Map<string, Node> | undefined
  /** Undefined for folders that no tar names, and for marks. */
  layer: number
  member: RawMember | undefined
  /** What everything but a folder is, by whatever names. */
  body: Body | undefined
  /** Nothing is here, and what lower layers have is hidden. */
  whiteout: boolean
  /** Something was stored here or below, even if nothing is left: the folder exists. */
  real: boolean
  /** A folder in which what lower layers have is hidden. */
  opaque: boolean
}

const folder = (): Node => ({
  children: new Map(),
  layer: 0,
  member: undefined,
  body: undefined,
  whiteout: false,
  real: false,
  opaque: false,
})

/** What is merged. Layers are numbered from the lowest of all. */
export interface Merging {
  /** Layers that stay under the new one; empty members where nothing in them is linked to. */
  readonly kept: readonly (readonly RawMember[])[]
  /** Those that become one, oldest first. */
  readonly layers: readonly (readonly RawMember[])[]
  /** Whether the layers that stay have something at a path; only there are marks kept. */
  readonly below: (path: string) => boolean
  /** All headers of a member, as they stand in its layer. */
  readonly headers: (layer: number, member: RawMember) => Buffer
}

export interface Merged {
  readonly pieces: readonly Piece[]
  /** A hard link to nothing, which is left out. */
  readonly lost: { readonly path: string; readonly link: string } | undefined
}

/**
 * Merges layers. Order: parents first, names bytewise, links after what they name. What loses the name it was stored
 * under is stored under the next one.
 */
export function flatten({ kept, layers, below, headers }: Merging): Merged {
  const root = merged(layers, kept.length, merged(kept, 0, undefined))
  const writing: Writing = {
    pieces: [],
    headers,
    untouched: (path) => below(path) && !hidden(root, path),
    lost: undefined,
  }
  emit(root, below, writing)
  return writing
}

/** The tree of some layers. `lower`: what lies under them, for links that name something there. */
function merged(layers: readonly (readonly RawMember[])[], first: number, lower: Node | undefined): Node {
  const root = folder()
  for (const [i, members] of layers.entries()) {
    for (const { entry } of members) {
      if (entry.type === 'whiteout') hide(root, entry.path)
      else if (entry.type === 'opaque') empty(root, entry.path)
    }
    const at: Cursor = { root, above: '', children: root.children! }
    for (const member of members) {
      const { type } = member.entry
      if (type !== 'whiteout' && type !== 'opaque') place(at, first + i, member, lower)
    }
  }
  return root
}

/** Where the last member was put, since tars come folder by folder. */
interface Cursor {
  readonly root: Node
  /** Path of that folder, '' for the root. */
  above: string
  children: Map<string, Node>
}

const parts = (path: string): readonly string[] => (path === '/' ? [] : path.slice(1).split('/'))

function find(root: Node, path: string): Node | undefined {
  let at: Node | undefined = root
  for (const part of parts(path)) at = at?.children?.get(part)
  return at
}

/** The folder that holds a path, made where it is missing. */
function folderOf(root: Node, names: readonly string[], real: boolean): Map<string, Node> {
  let at = root
  for (const name of names.slice(0, -1)) {
    let next = at.children!.get(name)
    if (next?.children === undefined) {
      const made = folder()
      made.opaque = next !== undefined
      at.children!.set(name, made)
      next = made
    }
    at = next
    at.real ||= real
  }
  return at.children!
}

/** Whether something that is no folder stands on the way to a path: a mark there marks nothing. */
function blocked(root: Node, names: readonly string[]): boolean {
  let at: Node | undefined = root
  for (const name of names.slice(0, -1)) {
    at = at.children?.get(name)
    if (at === undefined) return false
    if (at.children === undefined) return true
  }
  return false
}

/** Whether what lies under the layers at a path is out of sight. */
function hidden(root: Node, path: string): boolean {
  let at: Node | undefined = root
  for (const name of parts(path)) {
    if (at.opaque || at.children === undefined) return true
    at = at.children.get(name)
    if (at === undefined) return false
  }
  return at.children === undefined || at.member !== undefined || at.real
}

function hide(root: Node, path: string): void {
  const names = parts(path)
  if (names.length === 0 || blocked(root, names)) return
  const gone: Node = { ...folder(), children: undefined, whiteout: true }
  folderOf(root, names, false).set(names.at(-1)!, gone)
}

function empty(root: Node, path: string): void {
  const names = parts(path)
  if (blocked(root, names)) return
  const children = names.length === 0 ? undefined : folderOf(root, names, false)
  const old = children === undefined ? root : children.get(names.at(-1)!)
  // Over a file, or where nothing is any more, a new folder is empty anyway.
  if (old !== undefined && old.children === undefined) return
  const node = old ?? folder()
  node.children = new Map()
  node.opaque = true
  children?.set(names.at(-1)!, node)
}

function place(at: Cursor, layer: number, member: RawMember, lower: Node | undefined): void {
  const { root } = at
  const { path, type, link } = member.entry
  if (path === '/') {
    root.layer = layer
    root.member = member
    return
  }
  const slash = path.lastIndexOf('/')
  const above = path.slice(0, slash)
  if (above !== at.above) {
    at.children = folderOf(root, parts(path), true)
    at.above = above
  }
  const name = path.slice(slash + 1)
  const old = at.children.get(name)
  if (type === 'dir') {
    const node = old?.children === undefined ? folder() : old
    if (old !== undefined && old !== node) node.opaque = true
    node.layer = layer
    node.member = member
    at.children.set(name, node)
    return
  }
  let body: Body | undefined
  if (type === 'hardlink' && link !== null) {
    body = find(root, link)?.body
    if (body === undefined && !hidden(root, link)) body = lower && find(lower, link)?.body
    if (body !== undefined && old?.body === body) return
  } else body = { layer, member, at: undefined }
  at.children.set(name, { children: undefined, layer, member, body, whiteout: false, real: true, opaque: false })
}

function emit(top: Node, below: Merging['below'], writing: Writing): void {
  const { pieces } = writing
  // What is to come, the next one last, and the paths of what has no member.
  const todo: Node[] = [top]
  const paths: string[] = ['/']
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    const path = paths.pop()!
    if (node.whiteout) {
      if (below(path)) pieces.push({ bytes: mark(path.replace(/[^/]*$/, '.wh.$&')) })
      continue
    }
    if (node.member !== undefined) write(node, node.member, writing)
    else if (node.real && path !== '/' && !below(path) && !alive(node)) pieces.push({ bytes: implied(path) })
    if (node.children === undefined) continue
    const stem = path === '/' ? '' : path
    if (node.opaque && below(path)) pieces.push({ bytes: mark(`${stem}/.wh..wh..opq`) })
    for (const name of [...node.children.keys()].sort().reverse()) {
      const child = node.children.get(name)!
      todo.push(child)
      paths.push(child.member?.entry.path ?? `${stem}/${name}`)
    }
  }
}

/** Whether anything in a folder has a member that will be written. Paths are short enough to recurse. */
const alive = ({ children }: Node): boolean => {
  for (const child of children?.values() ?? [])
    if (child.member !== undefined || child.real || alive(child)) return true
  return false
}

/** A folder that no tar named and nothing is left in: engines made it all the same. */
const implied = (path: string): Buffer => tarHeader({ ...plain, name: `${path.slice(1)}/`, type: 'dir', mode: 0o755 })

const mark = (path: string): Buffer => tarHeader({ ...plain, name: path.slice(1), type: 'file', mode: 0 })

const plain = { uid: 0, gid: 0, mtime: 0, link: '', xattrs: undefined, bytes: 0 } as const

interface Writing {
  readonly pieces: Piece[]
  readonly headers: Merging['headers']
  /** Whether a path is what the layers under the new one have there. */
  readonly untouched: (path: string) => boolean
  lost: Merged['lost']
}

function write({ layer, body }: Node, member: RawMember, writing: Writing): void {
  const { pieces, headers, untouched } = writing
  const { entry, record, end } = member
  const { path } = entry
  const whole = { layer, from: record.head, to: end }
  const linked = entry.type === 'hardlink' ? entry.link : null
  // A further name of what the lower layers have: it is shared with them still.
  if (linked !== null && untouched(linked)) add(pieces, whole)
  else if (body === undefined && linked !== null) writing.lost ??= { path, link: linked }
  else if (body === undefined || (body.at === undefined && body.member === member)) add(pieces, whole)
  else if (body.at !== undefined) {
    if (linked === body.at) add(pieces, whole)
    else pieces.push({ bytes: link(member, path, body.at) })
  } else {
    // The name that it was stored under is gone: this one stands for it now.
    pieces.push({ bytes: renamed(headers(body.layer, body.member), path.slice(1), record) })
    add(pieces, { layer: body.layer, from: body.member.record.body, to: body.member.end })
  }
  if (body !== undefined) body.at ??= path
}

const link = ({ record }: RawMember, path: string, to: string): Buffer =>
  tarHeader({ ...record, name: path.slice(1), type: 'hardlink', bytes: 0, link: to.slice(1) })

/** Ranges that meet are one. */
function add(pieces: Piece[], range: { readonly layer: number; readonly from: number; readonly to: number }): void {
  const last = pieces.at(-1)
  if (range.to <= range.from) return
  if (last !== undefined && 'layer' in last && last.layer === range.layer && last.to === range.from) {
    pieces[pieces.length - 1] = { layer: range.layer, from: last.from, to: range.to }
  } else pieces.push(range)
}
