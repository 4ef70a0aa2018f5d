/**
 * Where COPY and ADD read from, behind one shape: a context, or the file system of another stage or image.
 *
 * Paths have no leading slash, the root is ''. Links are not followed by `lookup`, and by `follow` all the way but never
 * out of the root.
 */
import { withContents } from '../context/members.ts'
import { matchGlob } from '../glob.ts'
import type { Context, ContextFile, Entry, Size } from '../model.ts'
import { baseName } from '../path.ts'
import { exact, unknown, zero } from '../size.ts'
import { below, besides, lookup, type Member, member, members, packages, type Tree } from '../unionfs/tree.ts'

export type Feed = (sink: (piece: Uint8Array) => void) => void

/** One thing that can be copied. */
export interface Thing {
  readonly path: string
  readonly type: 'file' | 'dir' | 'symlink' | 'device'
  readonly size: Size
  readonly mode: number | null
  readonly uid: number | null
  readonly gid: number | null
  readonly link: string | null
  readonly content?: string
  readonly xattrs?: string
  readonly maybe?: true
  /** Names with the same are one file. */
  readonly inode?: string | object
  /** The builder never sees the folder itself and makes it anew. */
  readonly implied?: true
  readonly text?: string
  /** The bytes; undefined: they are not known. */
  readonly feed: Feed | undefined
}

export interface Origin {
  readonly kind: 'context' | 'tree'
  /** For sizes and labels. */
  readonly name: string
  /** `unknown`: nobody can say whether something is there. */
  lookup(path: string): Thing | 'unknown' | undefined
  /** What lies in a folder, by name bytewise. */
  list(path: string): readonly Thing[]
  /** Packages at or below a folder, and one that stands for what nobody lists there. */
  packages(path: string): readonly Entry[]
  archive(path: string): readonly Entry[] | undefined
  archiveHash(path: string): string | undefined
}

export function contextOrigin(context: Context): Origin {
  const thing = ({ path, type, bytes, mode, link, inode, implied, altered }: ContextFile): Thing => {
    const known = type === 'file' && altered === undefined
    return {
      path,
      type,
      size: type === 'file' ? exact(bytes, 'build context') : zero,
      mode,
      uid: 0,
      gid: 0,
      link,
      ...(known && { content: contentOf(context, path) }),
      ...(inode !== undefined && { inode }),
      ...(implied && { implied }),
      feed: known ? (sink) => context.feed(path, sink) : undefined,
    }
  }
  return {
    kind: 'context',
    name: 'build context',
    lookup: (path) => {
      const file = context.lookup(path)
      return file && thing(file)
    },
    list: (path) => context.children(path).map(thing),
    packages: () => [],
    archive: (path) => withContents(context.archive(path), contentOf(context, path)),
    archiveHash: (path) => context.archiveHash?.(path),
  }
}

/** A context that nobody gave: anything may be in it. */
export const nowhere: Origin = {
  kind: 'context',
  name: 'build context',
  lookup: () => 'unknown',
  list: () => [],
  packages: (path) => [unknownEntry(path, `build context:/${path}`)],
  archive: () => undefined,
  archiveHash: () => undefined,
}

const contentOf = (context: Context, path: string): string => `context:${context.name}#${path}`

/** `contexts`: where files that an earlier COPY brought in can be read. */
export function treeOrigin(tree: Tree, name: string, contexts: readonly Context[]): Origin {
  const thing = ({ entry, text, inode }: Member, path: string): Thing | undefined => {
    const { type, size, mode, uid, gid, link, content, xattrs, maybe } = entry
    if (type === 'package' || type === 'whiteout' || type === 'opaque') return undefined
    return {
      path,
      type: type === 'hardlink' ? 'file' : type,
      size,
      mode,
      uid,
      gid,
      link: type === 'symlink' ? link : null,
      ...(content !== undefined && { content }),
      ...(xattrs !== undefined && { xattrs }),
      ...(maybe && { maybe }),
      inode,
      ...(text !== undefined && { text }),
      feed: text === undefined ? feedOf(content, contexts) : (sink) => sink(Buffer.from(text)),
    }
  }
  let whole: boolean | undefined
  const known = (): boolean => {
    // Where a package lies about, nobody can swear that something is not there, and a build is not refused on a guess.
    whole ??= below(tree, '/').complete && packages(tree).length === 0
    return whole
  }
  return {
    kind: 'tree',
    name,
    lookup: (path) => {
      const found = member(tree, `/${path}`)
      const { there } = lookup(tree, `/${path}`)
      if (found === undefined) return there === 'no' && known() ? undefined : 'unknown'
      const one = thing(found, path)
      return one === undefined ? 'unknown' : there === 'maybe' ? { ...one, maybe: true } : one
    },
    list: (path) =>
      members(tree, `/${path}`).flatMap((one) => thing(one, within(path, baseName(one.entry.path))) ?? []),
    packages: (path) => {
      const { entries, rest } = below(tree, `/${path}`)
      const why = `${name}:/${path}`
      const found = entries.filter(({ type }) => type === 'package')
      return rest === 'nothing' ? found : [...found, unknownEntry(`/${path}`, why, besides(rest, why))]
    },
    archive: () => undefined,
    archiveHash: () => undefined,
  }
}

function feedOf(content: string | undefined, contexts: readonly Context[]): Feed | undefined {
  if (content === undefined || !content.startsWith('context:')) return undefined
  for (const context of contexts) {
    const prefix = contentOf(context, '')
    if (content.startsWith(prefix)) return (sink) => context.feed(content.slice(prefix.length), sink)
  }
  return undefined
}

/** Most links followed for one path. Source: path_resolution(7). */
const hops = 40

/** A path with all links resolved inside the root, and what is there; where nothing is, the rest of the path stays. */
export function follow(
  origin: Origin,
  path: string,
): { readonly path: string; readonly thing: Thing | 'unknown' | undefined } {
  const todo = split(path).reverse()
  const parts: string[] = []
  let thing = origin.lookup('')
  let followed = 0
  while (todo.length > 0) {
    const part = todo.pop()!
    if (part === '..') {
      parts.pop()
      thing = origin.lookup(parts.join('/'))
      continue
    }
    // `COPY a /b` onto an image that nobody knows: /b may be a folder there.
    if (typeof thing === 'object' && thing.type !== 'dir')
      thing = origin.lookup([...parts.slice(0, -1), '\0'].join('/')) === 'unknown' ? 'unknown' : undefined
    else thing = origin.lookup([...parts, part].join('/'))
    if (typeof thing !== 'object' || thing.type !== 'symlink') {
      parts.push(part)
      if (typeof thing !== 'object') return { path: [...parts, ...todo.reverse()].join('/'), thing }
      continue
    }
    if (++followed > hops) return { path: [...parts, part].join('/'), thing: undefined }
    const target = thing.link ?? ''
    if (target.startsWith('/')) parts.length = 0
    todo.push(...split(target).reverse())
    thing = origin.lookup(parts.join('/'))
  }
  return { path: parts.join('/'), thing }
}

const split = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.')

/** A child's path. */
export const within = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)

/**
 * Paths below `base` that match a pattern, in the order of a walk. With `stop`, nothing below a match is looked at.
 */
export function matching(origin: Origin, base: string, pattern: string, stop: boolean): readonly Thing[] {
  const found: Thing[] = []
  // Without classes and escapes a slash only matches itself, so whole branches need no look.
  const steps = /[[\\]/.test(pattern) ? undefined : pattern.split('/')
  const visit = (folder: string, relative: string, depth: number): void => {
    for (const thing of origin.list(folder)) {
      const name = thing.path.slice(folder === '' ? 0 : folder.length + 1)
      const path = within(relative, name)
      if (steps !== undefined && matchGlob(steps[depth] ?? '', name) !== true) continue
      const hit = steps === undefined ? matchGlob(pattern, path) === true : depth === steps.length - 1
      if (hit) found.push(thing)
      const deeper = steps === undefined || depth < steps.length - 1
      if (thing.type === 'dir' && deeper && !(hit && stop)) visit(thing.path, path, depth + 1)
    }
  }
  visit(base, '', 0)
  return found
}

/** A source operand with a wildcard, as all builders tell it: a backslash takes the next character out. */
export function hasWildcard(text: string): boolean {
  return /[*?[]/.test(text.replace(/\\[\s\S]/g, ''))
}

/** What stands for something nobody knows, in the folder that holds it. */
export const unknownEntry = (folder: string, label: string, size?: Size): Entry => ({
  path: folder,
  type: 'package',
  size: size ?? unknown(label),
  mode: null,
  uid: null,
  gid: null,
  link: null,
  label,
  kind: 'content',
})
