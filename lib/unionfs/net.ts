/** What a layer holds: the difference between a slot's beginning and its end, as a storage writes it down. */
import type { Entry } from '../model.ts'
import { perhaps, zero } from '../size.ts'
import type { Node, Tree } from './node.ts'
import { gone, longest } from './node.ts'

/** The text of a file that is known by its content alone, such as one from a context. */
export type TextOf = (entry: Entry) => string | undefined

/**
 * The entries of the slot, folders before what they hold, names sorted. Storage `overlay2` stores whatever was
 * touched and a mark on a directory made anew; the others compare with what was there before, times of folders on `vfs` only.
 *
 * Source: spec/history.md 9.1; recorded layers of `size-chmod-copyup`, `size-rm-recreate-dir`, `copy-twice`,
 * `size-hardlink-earlier-layer`, `size-mv-dir`.
 */
export function net(tree: Tree, textOf: TextOf = () => undefined): readonly Entry[] {
  const overlay = tree.storage === 'overlay2'
  const entries: Entry[] = []
  const written = new Map<Node, string>()

  const emit = (node: Node, path: string, sameContent: boolean, moved: boolean): void => {
    const { entry } = node
    const first = written.get(node)
    if (first !== undefined) {
      const { content: _, sameContent: __, ...name } = entry
      const again = sameContent ? ({ sameContent: true } as const) : {}
      entries.push({ ...name, path, type: 'hardlink', size: zero, link: first, ...again })
      return
    }
    if (entry.type !== 'dir' && entry.type !== 'package') written.set(node, path)
    const maybe = node.there === 'maybe' || (!moved && node.stored === 'maybe')
    if (!maybe && !sameContent && entry.path === path && entry.sameContent === undefined) {
      entries.push(entry)
      return
    }
    const { sameContent: _, ...rest } = entry
    entries.push({
      ...rest,
      path,
      ...(sameContent ? { sameContent: true } : {}),
      ...(maybe ? { size: perhaps(rest.size), maybe: true } : {}),
    })
  }

  const mark = (type: 'whiteout' | 'opaque', path: string, maybe: boolean, label?: string): void => {
    entries.push({
      path,
      type,
      size: zero,
      mode: null,
      uid: null,
      gid: null,
      link: null,
      ...(label === undefined ? {} : { label }),
      ...(maybe ? { maybe: true } : {}),
    })
  }

  const parcels = (was: readonly Node[], now: readonly Node[], path: string): void => {
    if (was === now) return
    let same = 0
    while (same < was.length && was[same] === now[same]) same++
    const news = now.slice(same)
    const olds = was.slice(same)
    const after = new Map(news.map((p) => [p.id, p]))
    const before = new Map(olds.map((p) => [p.id, p]))
    const labels = new Set(news.map((p) => p.entry.label))
    for (const old of olds) {
      const kept = after.get(old.id)
      const replaced = labels.has(old.entry.label)
      if (kept === undefined && !replaced) mark('whiteout', path, old.there === 'maybe', old.entry.label ?? '')
      else if (kept?.there === 'maybe' && old.there === 'yes') mark('whiteout', path, true, old.entry.label ?? '')
    }
    for (const parcel of news) {
      const old = before.get(parcel.id)
      if (old === parcel || (old !== undefined && parcel.stored === 'no')) continue
      emit(
        parcel,
        path,
        old?.data === parcel.data || (old === undefined && parcel.entry.sameContent === true),
        old === undefined,
      )
    }
  }

  // `hidden`: what a folder made anew hides at the path.
  const visit = (old: Node | undefined, now: Node | undefined, path: string, hidden?: Node): void => {
    if (old === now || path.length > longest) return
    const was = old === undefined || gone(old) ? undefined : old
    const is = now === undefined || gone(now) ? undefined : now
    if (is === undefined) {
      if (was !== undefined) mark('whiteout', path, was.there === 'maybe')
      else if (old === undefined && now?.there === 'maybe') mark('whiteout', path, true)
      return
    }
    if (was?.there === 'yes' && is.there === 'maybe') mark('whiteout', path, true)
    if (is.children === undefined) {
      if (is.stored === 'no' && was?.id === is.id) return
      if (!overlay && was !== undefined && is.stored !== 'anyway' && same(was, is)) return
      const before = was ?? hidden
      const again = before !== undefined && sameBytes(before, is, textOf)
      emit(is, path, again || (was === undefined && is.entry.sameContent === true), is.owner !== tree.owner)
      return
    }
    const merged = was?.children !== undefined && (was.id === is.id || !overlay) ? was : undefined
    const start = entries.length
    const quiet = is.stored === 'no' && was?.id === is.id
    if (path !== '/' && !quiet) emit(is, path, false, is.owner !== tree.owner)
    const head = entries.length
    const hides = was !== undefined || (is.opaque === true && is.id >= tree.slot)
    if (overlay && hides && merged === undefined) mark('opaque', path, is.stored === 'maybe')
    parcels(merged?.parcels ?? [], is.parcels, path)
    for (const name of is.children.unlike(merged?.children))
      visit(
        merged?.children?.get(name),
        is.children.get(name),
        path === '/' ? `/${name}` : `${path}/${name}`,
        merged === undefined ? (was ?? hidden)?.children?.get(name) : undefined,
      )
    const nothing =
      entries.length === head &&
      merged !== undefined &&
      is.stored !== 'anyway' &&
      sameOwner(merged.entry, is.entry) &&
      (tree.storage !== 'vfs' || merged.time === is.time)
    if (!overlay && nothing) entries.length = start
  }

  visit(tree.below, tree.root, '/')
  return entries
}

/** Surely the same bytes: never written, none, or the same text written again. */
function sameBytes(a: Node, b: Node, textOf: TextOf): boolean {
  if (a.data === b.data) return true
  if (a.entry.type !== 'file' || b.entry.type !== 'file' || a.entry.size.bytes !== b.entry.size.bytes) return false
  if (a.there !== 'yes' || b.there !== 'yes') return false
  if (a.entry.size.high === 0 && b.entry.size.high === 0) return true
  const text = a.text ?? textOf(a.entry)
  return text !== undefined && text === (b.text ?? textOf(b.entry))
}

const sameOwner = (a: Entry, b: Entry): boolean => a.mode === b.mode && a.uid === b.uid && a.gid === b.gid

/**
 * Would a storage that compares see no change? Of what is in a file it looks at length and time alone.
 *
 * Source: containers/storage pkg/archive, statDifferent; containerd/continuity fs, sameFile.
 */
function same(a: Node, b: Node): boolean {
  if (a.entry.type !== b.entry.type || !sameOwner(a.entry, b.entry) || a.time !== b.time) return false
  const bytes =
    a.entry.type === 'symlink' ||
    a.data === b.data ||
    (a.entry.content !== undefined && a.entry.content === b.entry.content) ||
    (a.entry.size.basis === 'exact' && b.entry.size.basis === 'exact' && a.entry.size.bytes === b.entry.size.bytes)
  return bytes && a.entry.link === b.entry.link && a.entry.xattrs === b.entry.xattrs
}
