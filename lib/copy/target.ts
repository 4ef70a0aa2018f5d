/**
 * The stage's files while one COPY or ADD is worked out: what is there, plus what the instruction has written so far.
 * The stage itself is not changed; the list of items says how to.
 */
import type { Entry } from '../model.ts'
import { cleanPath, parentPath } from '../path.ts'
import { directory, list, lookup, type Owner, type Tree } from '../unionfs/tree.ts'
import { Stop, TooMany } from './stop.ts'

/** One change, in order. `mkdir` makes a folder and those above it where they are missing. */
export type Item =
  | { readonly kind: 'mkdir'; readonly path: string; readonly owner: Owner }
  | {
      readonly kind: 'put'
      readonly entry: Entry
      readonly parents: Owner
      readonly time?: string
      readonly text?: string
    }

/** What a destination is. */
export interface Seen {
  /** Links resolved. */
  readonly path: string
  readonly type: 'dir' | 'other' | 'nothing'
}

export interface Target {
  readonly items: readonly Item[]
  /** What is at a path, a final link followed unless `final` is false. */
  see(path: string, final?: boolean): Seen
  /** Makes a folder, links on the way followed, unless it is there. */
  mkdir(path: string, owner: Owner): Seen
  /** Much is going to be put into this folder, whose path has no links: where it is empty, that is looked up once. */
  enter(path: string): void
  /** A folder that was there before is stored again as it is. */
  touch(path: string, time?: string): void
  put(entry: Entry, more: { readonly parents?: Owner; readonly time?: string; readonly text?: string }): void
}

/** `blind`: the files below are not seen (`COPY --link`). `limit`: most items; beyond, TooMany is thrown. */
export function openTarget(tree: Tree, blind: boolean, limit: number): Target {
  const items: Item[] = []
  const made = new Map<string, 'dir' | 'other'>([['/', 'dir']])
  const note = (path: string): void => {
    for (let at = path; !made.has(at); at = parentPath(at)) made.set(at, 'dir')
  }
  const missing = (path: string): string[] => (made.has(path) ? [] : [...missing(parentPath(path)), path])
  /** Folders that held nothing before: what is in them is known without a look below. */
  const fresh = new Set<string>()
  const see = (path: string, final = true): Seen => {
    const clean = cleanPath(path)
    if (fresh.has(parentPath(clean))) return { path: clean, type: made.get(clean) ?? 'nothing' }
    const found = blind ? undefined : lookup(tree, clean, final)
    const real = found?.path ?? clean
    // Where links lead in a circle, what is found last is one of them.
    if (final && found?.there === 'no' && lookup(tree, real).entry?.type === 'symlink')
      throw new Stop(`too many links in ${clean}`)
    const own = made.get(real)
    if (own !== undefined) return { path: real, type: own }
    if (found?.entry !== undefined) return { path: real, type: found.entry.type === 'dir' ? 'dir' : 'other' }
    return { path: real, type: found?.there === 'unknown' && usual.has(real) ? 'dir' : 'nothing' }
  }
  // Where an image is not known a file may as well have gone into a folder of that name.
  const isSure = (file: string): boolean => blind || lookup(tree, `${parentPath(file)}/\0`).there !== 'unknown'
  return {
    items,
    see,
    mkdir(path, owner) {
      const seen = see(path)
      let above = seen
      while (above.type === 'nothing') above = see(parentPath(above.path))
      if (above.type === 'other' && isSure(above.path)) return { path: seen.path, type: 'other' }
      if (seen.type === 'nothing') {
        // A linked layer stands on its own and holds its folders.
        for (const at of blind ? missing(seen.path) : []) {
          items.push({ kind: 'put', entry: directory(at, owner), parents: owner })
        }
        if (!blind) items.push({ kind: 'mkdir', path: seen.path, owner })
        note(seen.path)
        fresh.add(seen.path)
      }
      return seen.type === 'nothing' ? { path: seen.path, type: 'dir' } : seen
    },
    enter(path) {
      const mayHoldUsual = path === '/' || usual.has(path)
      if (!blind && !mayHoldUsual && list(tree, path).entries.length === 0) fresh.add(path)
    },
    touch(path, time) {
      const { entry, there } = lookup(tree, path)
      if (there === 'yes' && entry?.type === 'dir' && !blind)
        items.push({ kind: 'put', entry, parents: {}, ...(time !== undefined && { time }) })
    },
    put(entry, { parents = {}, time, text }) {
      if (items.length >= limit) throw new TooMany()
      items.push({
        kind: 'put',
        entry,
        parents,
        ...(time !== undefined && { time }),
        ...(text !== undefined && { text }),
      })
      if (entry.type === 'package') return
      made.delete(entry.path)
      if (entry.type === 'dir') {
        if (fresh.has(parentPath(entry.path))) fresh.add(entry.path)
        note(entry.path)
      } else {
        note(parentPath(entry.path))
        made.set(entry.path, 'other')
      }
    },
  }
}

/** Folders that every distribution has, for images that nobody knows. Source: FHS 3.0. */
const usual = new Set(
  [
    '/bin /boot /dev /etc /home /lib /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /var',
    '/usr/bin /usr/include /usr/lib /usr/local /usr/local/bin /usr/local/etc /usr/local/lib /usr/local/sbin',
    '/usr/local/share /usr/sbin /usr/share /usr/src /var/cache /var/lib /var/log /var/run /var/spool /var/tmp',
  ].flatMap((line) => line.split(' ')),
)
