/** Several layers as one: which members stay, in which order, and what has to be written anew. */
import { UserError } from '../error.ts'
import type { RawMember } from '../image/raw.ts'
import type { TarRecord } from '../image/tar.ts'
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
  /** What carries the bytes, of files and hard links. */
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

/**
 * Merges layers, oldest first. `below` tells whether the layers that stay under them have something at a path; only
 * there are marks kept. Order: parents first, names bytewise, links after what they name. Throws UserError for a hard
 * link to nothing, and for a sparse file that would need another name.
 */
export function flatten(layers: readonly (readonly RawMember[])[], below: (path: string) => boolean): readonly Piece[] {
  const root = folder()
  for (const [layer, members] of layers.entries()) {
    for (const { entry } of members) {
      if (entry.type === 'whiteout') hide(root, entry.path)
      else if (entry.type === 'opaque') empty(root, entry.path)
    }
    for (const member of members) {
      if (member.entry.type !== 'whiteout' && member.entry.type !== 'opaque') place(root, layer, member)
    }
  }
  const pieces: Piece[] = []
  emit(root, '/', below, pieces)
  return pieces
}

const parts = (path: string): string[] => path.split('/').filter((part) => part !== '')

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

function hide(root: Node, path: string): void {
  const names = parts(path)
  if (names.length === 0 || blocked(root, names)) return
  folderOf(root, names, false).set(names.at(-1)!, { ...folder(), children: undefined, whiteout: true })
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

function place(root: Node, layer: number, member: RawMember): void {
  const { entry } = member
  const names = parts(entry.path)
  if (names.length === 0) {
    root.layer = layer
    root.member = member
    return
  }
  const children = folderOf(root, names, true)
  const name = names.at(-1)!
  const old = children.get(name)
  if (entry.type === 'dir') {
    const node = old?.children === undefined ? folder() : old
    if (old !== undefined && old !== node) node.opaque = true
    node.layer = layer
    node.member = member
    children.set(name, node)
    return
  }
  let body: Body | undefined
  if (entry.type === 'file') body = { layer, member, at: undefined }
  else if (entry.type === 'hardlink' && entry.link !== null) {
    body = find(root, entry.link)?.body
    if (body !== undefined && old?.body === body) return
  }
  children.set(name, { children: undefined, layer, member, body, whiteout: false, real: true, opaque: false })
}

const byName = ([a]: readonly [string, Node], [b]: readonly [string, Node]): number => (a < b ? -1 : a > b ? 1 : 0)

function emit(top: Node, topPath: string, below: (path: string) => boolean, pieces: Piece[]): void {
  const todo: { readonly node: Node; readonly path: string }[] = [{ node: top, path: topPath }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { node, path } = next
    const stem = path === '/' ? '' : path
    if (node.whiteout) {
      if (below(path)) pieces.push({ bytes: mark(path.replace(/[^/]*$/, '.wh.$&')) })
      continue
    }
    if (node.member !== undefined)
      write(node, node.member, path, pieces, (link) => below(link) && find(top, link) === undefined)
    else if (node.real && path !== '/' && !below(path) && !alive(node)) pieces.push({ bytes: implied(path) })
    if (node.children === undefined) continue
    if (node.opaque && below(path)) pieces.push({ bytes: mark(`${stem}/.wh..wh..opq`) })
    const sorted = [...node.children].sort(byName)
    for (const [name, child] of sorted.reverse()) todo.push({ node: child, path: `${stem}/${name}` })
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

function write(
  node: Node,
  member: RawMember,
  path: string,
  pieces: Piece[],
  untouched: (link: string) => boolean,
): void {
  const { body } = node
  const whole = { layer: node.layer, from: member.record.head, to: member.end }
  if (body === undefined) {
    const { type, link } = member.entry
    if (type === 'hardlink' && link !== null && !untouched(link)) {
      throw new UserError(`${path}: a hard link to ${link}, which is not there, or not the same any more`)
    }
    add(pieces, whole)
    return
  }
  if (body.at !== undefined) {
    const same = member.entry.type === 'hardlink' && member.entry.link === body.at
    if (same) add(pieces, whole)
    else pieces.push({ bytes: made(member.record, path, 'hardlink', 0, body.at.slice(1)) })
    return
  }
  body.at = path
  if (member.entry.type === 'file') {
    add(pieces, whole)
    return
  }
  // The name that carried the bytes is gone: this one carries them now.
  const { record, end } = body.member
  if (record.sparse) throw new UserError(`${path}: a sparse file with several names cannot be written under another`)
  pieces.push({ bytes: made(member.record, path, 'file', record.bytes, '') })
  add(pieces, { layer: body.layer, from: record.body, to: end })
}

const made = (record: TarRecord, path: string, type: 'file' | 'hardlink', bytes: number, link: string): Buffer =>
  tarHeader({ ...record, name: path.slice(1), type, bytes, link })

/** Ranges that meet are one. */
function add(pieces: Piece[], range: { readonly layer: number; readonly from: number; readonly to: number }): void {
  const last = pieces.at(-1)
  if (range.to <= range.from) return
  if (last !== undefined && 'layer' in last && last.layer === range.layer && last.to === range.from) {
    pieces[pieces.length - 1] = { layer: range.layer, from: last.from, to: range.to }
  } else pieces.push(range)
}
