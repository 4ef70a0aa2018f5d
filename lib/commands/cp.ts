/** Copying and moving: cp, mv. Source: POSIX XCU cp, mv; GNU coreutils 9; BusyBox 1.36. */
import type { Entry } from '../model.ts'
import { absolute, inside, parentOf, within } from '../shell/paths.ts'
import { unknown } from '../size.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure } from './command.ts'
import type { NewFile } from './files.ts'
import { bearer, followed, holds, isFolder, landing } from './places.ts'

const values = ['-t', '--target-directory', '-S', '--suffix']
const attached = ['--backup', '--preserve', '--no-preserve', '--reflink', '--sparse', '--update', '--context']

/** More than one source, or a named folder, need a folder to go to; a folder never takes the place of a file. */
const fitsNot = (call: Call, target: string, many: boolean): boolean =>
  many && isFolder(call.files, call.path(target)) === false

function clashes(call: Call, from: string, to: string): boolean {
  const [a, b] = [call.files.get(from)?.type, call.files.get(to)?.type]
  return a !== undefined && b !== undefined && (a === 'dir') !== (b === 'dir')
}

/**
 * Copies one thing and all below it, as `cp -R` does; `keep` also keeps owner and mode, `links` several names of one file,
 * `follow` copies what symbolic links lead to. Also the heart of `COPY`-like programs.
 */
export function copyTree(call: Call, from: string, to: string, keep: boolean, links = keep, follow = false): void {
  const { entries, complete } = call.files.below(from)
  const top = call.files.get(from)
  const start = from === '/' ? 0 : from.length
  for (const entry of top === undefined ? entries : [top, ...entries]) {
    if (within(to, from) && within(entry.path, to)) continue
    const at = to + entry.path.slice(start)
    if (entry.type === 'dir' && call.files.get(at)?.type === 'dir') continue
    if (follow && entry.type === 'symlink') {
      const target = followed(call.files, entry.path)
      if (target === undefined || target.type === 'dir')
        call.files.perhaps(() => call.files.mystery(`copy of ${entry.path}`, at))
      else call.files.put(at, copyOf(call, target, keep, at))
      continue
    }
    const first =
      entry.type === 'hardlink' && links && entry.link !== null && within(entry.link, from) ? entry.link : null
    if (first !== null && call.files.get(to + first.slice(start)) !== undefined)
      call.files.link(to + first.slice(start), at)
    else call.files.put(at, copyOf(call, bearer(call.files, entry), keep, at))
  }
  if (!complete) call.files.mystery(`copy of ${from}`, to)
}

/** Gives all files below a folder another name below another one, as `cp -rl` does; folders are made anew. */
function linkTree(call: Call, from: string, to: string, keep: boolean): void {
  const { entries, complete } = call.files.below(from)
  const top = call.files.get(from)
  for (const entry of top === undefined ? entries : [top, ...entries]) {
    if (within(entry.path, to)) continue
    const at = to + entry.path.slice(from === '/' ? 0 : from.length)
    if (entry.type === 'dir' && call.files.get(at)?.type === 'dir') continue
    if (entry.type === 'file' || entry.type === 'hardlink') call.files.link(entry.path, at)
    else call.files.put(at, copyOf(call, entry, keep, at))
  }
  if (!complete) call.files.mystery(`links to ${from}`, to)
}

/** What a copy of an entry is: same bytes, owner and mode only if kept. */
export function copyOf(call: Call, entry: Entry, keep: boolean, to: string): NewFile {
  const old = call.files.get(to)
  const text = entry.type === 'file' ? call.files.text(entry.path) : undefined
  const stamp = keep ? call.files.stamp(entry.path) : undefined
  // BusyBox hands the bits on as they are.
  const mode = entry.mode === null ? null : entry.mode & (isApplet(call) ? 0o7777 : 0o777) & ~call.command.umask
  const over = old !== undefined && old.type === 'file' && entry.type === 'file'
  return {
    type: entry.type,
    size: entry.size,
    link: entry.type === 'symlink' ? entry.link : null,
    mode: keep ? entry.mode : over ? old.mode : entry.type === 'symlink' ? 0o777 : mode,
    ...(keep ? { uid: entry.uid, gid: entry.gid } : over ? { uid: old.uid, gid: old.gid } : {}),
    ...(entry.content === undefined ? {} : { content: entry.content }),
    ...(text === undefined ? {} : { text }),
    ...(stamp === undefined ? {} : { stamp }),
    ...(entry.label === undefined ? {} : { label: entry.label }),
    ...(entry.kind === undefined ? {} : { kind: entry.kind }),
    ...(entry.cleanup === undefined ? {} : { cleanup: entry.cleanup }),
    ...(entry.linkBytes === undefined ? {} : { linkBytes: entry.linkBytes }),
  }
}

const isAbsent = (call: Call, target: string): boolean =>
  call.files.presence(call.files.real(call.path(target))) === 'no'

function cp(call: Call): Result {
  const { flags, files } = call
  const deep = flags.has('-r', '-R', '-a', '--recursive', '--archive')
  const keep = flags.has('-a', '-p', '--archive', '--preserve')
  const nofollow =
    flags.has('-a', '-d', '-P', '--no-dereference', '--archive') || (deep && !flags.has('-L', '-H', '--dereference'))
  const folder = flags.value('-t', '--target-directory')
  const sources = folder === undefined ? call.args.slice(0, -1) : call.args
  const target = folder ?? call.args.at(-1)
  if (target === undefined || sources.length === 0) return failed
  if (fitsNot(call, target, sources.length > 1 || folder !== undefined)) return failed
  let outcome: Result
  for (const source of sources) {
    const written = absolute(source, call.command.cwd)
    const from = nofollow ? call.path(source) : files.real(written)
    // One folder under a name that is not there yet, with or without a slash behind it.
    const anew =
      deep && folder === undefined && sources.length === 1 && files.get(from)?.type === 'dir' && isAbsent(call, target)
    const whole = deep && /(^|\/)\.\.?\/?$/.test(source)
    const to =
      anew || flags.has('-T', '--no-target-directory')
        ? call.path(target)
        : whole && isFolder(files, call.path(target)) !== false
          ? files.real(call.path(target))
          : landing(call, target, source, sources.length > 1 || folder !== undefined)
    const there = files.presence(from)
    if (there === 'no' || (!holds(files, parentOf(to)) && !flags.has('--parents'))) {
      outcome = failed
      continue
    }
    if (there !== 'yes') outcome ??= unsure
    if (from === to || clashes(call, from, to) || (there === 'yes' && files.real(from) === files.real(to))) {
      outcome = failed
      continue
    }
    if (flags.has('-n', '--no-clobber') && files.presence(to) === 'yes' && files.get(to)?.type !== 'dir') continue
    const entry = files.get(from)
    // Which of the two is the newer one?
    if (flags.has('-u', '--update') && files.presence(to) !== 'no' && entry?.type !== 'dir') {
      files.perhaps(() =>
        files.put(to, entry === undefined ? { type: 'file' } : copyOf(call, bearer(files, entry), keep, to)),
      )
      continue
    }
    if (flags.has('--parents'))
      files.put(
        inside(call.path(target), from.slice(1)),
        entry === undefined ? { type: 'file', size: unknown(`copy of ${from}`) } : copyOf(call, entry, keep, to),
      )
    else if (flags.has('-s', '--symbolic-link')) files.put(to, { type: 'symlink', link: source })
    else if (flags.has('-l', '--link') && entry?.type === 'file') files.link(from, to)
    else if (flags.has('-l', '--link') && deep && entry?.type === 'dir') linkTree(call, from, to, keep)
    else if (entry === undefined && !deep) files.put(files.real(to), { type: 'file', size: unknown(`copy of ${from}`) })
    else if (entry === undefined || entry.type === 'dir' || entry.type === 'package') {
      if (!deep) outcome = failed
      else {
        // Into itself: it copies what was there and complains.
        // BusyBox keeps several names of one file even where it keeps nothing else.
        const follow = flags.has('-L', '--dereference')
        copyTree(call, from, to, keep, !follow && (keep || isApplet(call)), follow)
        if (within(to, from)) outcome = failed
      }
    } else {
      const at = files.get(to)?.type === 'symlink' && !nofollow ? files.real(to) : to
      files.put(at, copyOf(call, bearer(files, entry), keep, at))
    }
  }
  return outcome
}

function mv(call: Call): Result {
  const { flags, files } = call
  const folder = flags.value('-t', '--target-directory')
  const sources = folder === undefined ? call.args.slice(0, -1) : call.args
  const target = folder ?? call.args.at(-1)
  if (target === undefined || sources.length === 0) return failed
  if (fitsNot(call, target, sources.length > 1 || folder !== undefined)) return failed
  let outcome: Result
  for (const source of sources) {
    const from = call.path(source)
    const to = flags.has('-T', '--no-target-directory')
      ? call.path(target)
      : landing(call, target, source, sources.length > 1 || folder !== undefined)
    const there = files.presence(from)
    if (there === 'no' || !holds(files, parentOf(to)) || within(to, from) || clashes(call, from, to)) {
      outcome = failed
      continue
    }
    if (there !== 'yes') outcome ??= unsure
    if (flags.has('-n', '--no-clobber') && files.presence(to) === 'yes') continue
    files.move(from, to)
  }
  return outcome
}

export default [
  model({ names: ['cp'], values, attached, reliable: true, run: cp }),
  model({ names: ['mv'], values, attached, reliable: true, run: mv }),
]
