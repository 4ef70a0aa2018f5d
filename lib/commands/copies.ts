/** The heart of all that copies: a copy of one thing, and of a tree. Source: POSIX XCU cp; GNU coreutils 9; BusyBox 1.36. */
import type { Entry } from '../model.ts'
import { within } from '../shell/paths.ts'
import { isApplet } from './busybox.ts'
import type { Call } from './command.ts'
import type { NewFile } from './files.ts'
import { bearer, followed } from './places.ts'

/** Are owner, mode and time kept, or the mode alone? */
export type Kept = boolean | 'mode'

/** How a tree is copied. */
export interface Manner {
  readonly keep: Kept
  /** Several names of one file stay names of one file. */
  readonly links?: boolean
  /** What symbolic links lead to is copied. */
  readonly follow?: boolean
  /** Does what is there stay as it is? */
  readonly kept?: (entry: Entry, to: string) => boolean
  /** Stores one thing that is no folder; left out: a copy of it. */
  readonly store?: (entry: Entry, to: string) => void
}

/** Copies one thing and all below it, as `cp -R` does. */
export function copyTree(
  call: Call,
  from: string,
  to: string,
  { keep, links = keep === true, follow = false, kept, store }: Manner,
): void {
  const { entries, rest } = call.files.below(from)
  const top = call.files.get(from)
  const start = from === '/' ? 0 : from.length
  for (const entry of top === undefined ? entries : [top, ...entries]) {
    if (within(to, from) && within(entry.path, to)) continue
    const at = to + entry.path.slice(start)
    if (entry.type === 'dir' && call.files.get(at)?.type === 'dir') {
      const { mode, uid, gid } = entry
      if (keep) call.files.restore(at, keep === 'mode' ? { mode } : { mode, uid, gid, touched: true })
      continue
    }
    if (kept?.(entry, at) === true) continue
    if (store !== undefined && entry.type !== 'dir') {
      store(entry, at)
      continue
    }
    if (follow && bearer(call.files, entry).type === 'symlink') {
      const target = followed(call.files, entry.path)
      if (target === undefined || target.type === 'dir')
        call.files.perhaps(() => call.files.mystery(`copy of ${entry.path}`, at))
      else call.files.put(at, copyOf(call, target, keep, at))
      continue
    }
    const first =
      entry.type === 'hardlink' && links && entry.link !== null && within(entry.link, from) ? entry.link : null
    const twice = first !== null && !(isApplet(call) && bearer(call.files, entry).type === 'symlink')
    if (twice && call.files.get(to + first.slice(start)) !== undefined) call.files.link(to + first.slice(start), at)
    else call.files.put(at, copyOf(call, bearer(call.files, entry), keep, at))
  }
  if (rest !== 'nothing') call.files.mystery(`copy of ${from}`, to, rest)
}

/** What a copy of an entry is: same bytes, owner and mode only if kept. */
export function copyOf(call: Call, entry: Entry, keep: Kept, to: string): NewFile {
  const old = call.files.get(to)
  const text = entry.type === 'file' ? call.files.text(entry.path) : undefined
  // BusyBox leaves links the time at which they are made.
  const isTimed = keep === true && !(entry.type === 'symlink' && isApplet(call))
  const stamp = isTimed || entry.type === 'file' ? call.files.stamp(entry.path) : undefined
  // BusyBox hands the bits on as they are.
  const mode =
    entry.mode === null
      ? null
      : entry.mode & (isApplet(call) ? 0o7777 : entry.type === 'dir' ? 0o1777 : 0o777) & ~call.command.umask
  const over = old !== undefined && old.type === 'file' && entry.type === 'file'
  return {
    type: entry.type,
    size: entry.size,
    link: entry.type === 'symlink' ? entry.link : null,
    mode: keep ? entry.mode : over ? old.mode : entry.type === 'symlink' ? 0o777 : mode,
    ...(keep === true ? { uid: entry.uid, gid: entry.gid } : over ? { uid: old.uid, gid: old.gid } : {}),
    ...(entry.content === undefined ? {} : { content: entry.content }),
    ...(text === undefined ? {} : { text }),
    ...(stamp === undefined ? {} : { stamp: isTimed ? stamp : { data: stamp.data } }),
    ...(entry.label === undefined ? {} : { label: entry.label }),
    ...(entry.kind === undefined ? {} : { kind: entry.kind }),
    ...(entry.cleanup === undefined ? {} : { cleanup: entry.cleanup }),
    ...(entry.linkBytes === undefined ? {} : { linkBytes: entry.linkBytes }),
  }
}
