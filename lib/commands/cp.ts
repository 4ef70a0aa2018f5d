/** Copying and moving: cp, mv. Source: POSIX XCU cp, mv; GNU coreutils 9; BusyBox 1.36. */
import type { Entry } from '../model.ts'
import { isKnown } from '../shell/known.ts'
import { absolute, inside, parentOf, within } from '../shell/paths.ts'
import { unknown, zero } from '../size.ts'
import { backup } from './backup.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure } from './command.ts'
import type { NewFile, Presence } from './files.ts'
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

/** How a tree is copied. */
interface Manner {
  /** Owner and mode are kept. */
  readonly keep: boolean
  /** Several names of one file stay names of one file. */
  readonly links?: boolean
  /** What symbolic links lead to is copied. */
  readonly follow?: boolean
  /** Stores one thing that is no folder; left out: a copy of it. */
  readonly store?: (entry: Entry, to: string) => void
}

/** Copies one thing and all below it, as `cp -R` does. Also the heart of `COPY`-like programs. */
export function copyTree(
  call: Call,
  from: string,
  to: string,
  { keep, links = keep, follow = false, store }: Manner,
): void {
  const { entries, complete } = call.files.below(from)
  const top = call.files.get(from)
  const start = from === '/' ? 0 : from.length
  for (const entry of top === undefined ? entries : [top, ...entries]) {
    if (within(to, from) && within(entry.path, to)) continue
    const at = to + entry.path.slice(start)
    if (entry.type === 'dir' && call.files.get(at)?.type === 'dir') continue
    if (store !== undefined && entry.type !== 'dir') {
      store(entry, at)
      continue
    }
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
  const linking = flags.has('-l', '--link', '-s', '--symbolic-link')
  let outcome: Result
  for (const source of sources) {
    const written = absolute(source, call.command.cwd)
    const link = (path: string, to: string): void => {
      if (files.presence(to) === 'yes') files.remove(to)
      if (flags.has('-l', '--link')) files.link(path, to)
      else files.put(to, { type: 'symlink', link: source + (within(path, from) ? path.slice(from.length) : '') })
    }
    const from = nofollow ? call.path(source) : files.real(written)
    // One folder under a name that is not there yet, with or without a slash behind it.
    const anew =
      deep && folder === undefined && sources.length === 1 && files.get(from)?.type === 'dir' && isAbsent(call, target)
    const whole = deep && /(^|\/)\.\.?\/?$/.test(source)
    const to =
      anew || flags.has('-T', '--no-target-directory')
        ? call.path(target)
        : flags.has('--parents')
          ? inside(files.real(call.path(target)), absolute(source, '/').slice(1))
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
    const entry = files.get(from)
    const over = entry?.type === 'dir' ? 'yes' : replaces(call, from, to)
    if (over === 'no') continue
    if (over !== 'yes') {
      files.perhaps(() =>
        files.put(to, entry === undefined ? { type: 'file' } : copyOf(call, bearer(files, entry), keep, to)),
      )
      continue
    }
    if (files.presence(to) === 'yes') backup(call, to)
    // A link is as seen from where it lies, so one to what is not named from the root works in this folder only.
    const astray = flags.has('-s', '--symbolic-link') && !source.startsWith('/') && parentOf(to) !== call.command.cwd
    if (astray && !isApplet(call) && entry?.type !== 'dir') outcome = failed
    else if (linking && entry !== undefined && entry.type !== 'dir') {
      if (files.presence(to) === 'yes' && !flags.has('-f', '--force')) outcome = failed
      else link(from, to)
    } else if (entry === undefined && !deep)
      files.put(files.real(to), { type: 'file', size: unknown(`copy of ${from}`) })
    else if (entry === undefined || entry.type === 'dir' || entry.type === 'package') {
      if (!deep) outcome = failed
      else {
        // Into itself: it copies what was there and complains.
        // BusyBox keeps several names of one file even where it keeps nothing else.
        const follow = flags.has('-L', '--dereference')
        const store =
          astray && !isApplet(call)
            ? () => {}
            : linking
              ? ({ path }: Entry, at: string) => link(path, at)
              : careful(call, keep)
        if (astray && !isApplet(call)) outcome = failed
        copyTree(call, from, to, { keep, links: !follow && (keep || isApplet(call)), follow, ...(store && { store }) })
        if (within(to, from)) outcome = failed
      }
    } else {
      const at = files.get(to)?.type === 'symlink' && !nofollow ? files.real(to) : to
      if (flags.has('--remove-destination')) files.remove(at)
      const whole = copyOf(call, bearer(files, entry), keep, at)
      const bare = flags.has('--attributes-only') ? { ...without(whole), size: zero, text: '' } : whole
      const plain = (flags.value('--no-preserve') ?? '').split(',').some((one) => one === 'mode' || one === 'all')
      const copied: NewFile =
        plain && !keep && bare.type === 'file' ? { ...bare, mode: 0o666 & ~call.command.umask } : bare
      const { size, text, content } = copied
      // What is there is written over, so that its other names show it too.
      if (keep || copied.type !== 'file' || files.get(at)?.type !== 'file' || size === undefined) files.put(at, copied)
      else files.write(at, { size, ...(text !== undefined && { text }), ...(content !== undefined && { content }) })
    }
  }
  return outcome
}

// All but what it is made of.
const without = ({ content: _, stamp: __, ...file }: NewFile): NewFile => file

/** Does a copy take the place of what is at its target? */
function replaces(call: Call, from: string, to: string): Presence {
  const { flags, files } = call
  const there = files.presence(to)
  if (there === 'no' || files.get(to)?.type === 'dir') return 'yes'
  if (flags.has('-n', '--no-clobber')) return there === 'yes' ? 'no' : 'maybe'
  if (flags.has('-i', '--interactive') && !flags.has('-f', '--force')) {
    const said = agreed(call)
    return there !== 'yes' || said === undefined ? 'maybe' : said ? 'yes' : 'no'
  }
  const update = flags.value('--update')
  if (!flags.has('-u', '--update') || update === 'all') return 'yes'
  if (update !== undefined && update !== 'older') return there === 'yes' ? 'no' : 'maybe'
  // How much newer it must be depends on the program, and what it is depends on the clock.
  const [source, target] = [files.stamp(from)?.time, files.stamp(to)?.time]
  return typeof source === 'number' && typeof target === 'number' && source <= target ? 'no' : 'maybe'
}

/** What keeps some of the files of a tree from being copied; undefined: nothing. */
function careful(call: Call, keep: boolean): Manner['store'] {
  const { flags, files } = call
  if (!flags.has('-n', '--no-clobber', '-i', '--interactive', '-u', '--update')) return undefined
  return (entry, at) => {
    const over = replaces(call, entry.path, at)
    const copied = () => files.put(at, copyOf(call, bearer(files, entry), keep, at))
    if (over === 'yes') copied()
    else if (over !== 'no') files.perhaps(copied)
  }
}

/** What standard input says to a question; nothing at all is no. Undefined: nobody knows. */
export function agreed({ command }: Call): boolean | undefined {
  const text = command.stdin.output?.text
  return text === undefined || !isKnown(text) ? undefined : /^\s*[yY]/.test(text)
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
    const over = /^\.{1,2}\/*$/.test(source) ? 'no' : replaces(call, from, to)
    if (/^\.{1,2}\/*$/.test(source)) outcome = failed
    if (over === 'yes' && files.presence(to) === 'yes') backup(call, to)
    if (over === 'yes') files.move(from, to)
    else if (over !== 'no') files.perhaps(() => files.move(from, to))
  }
  return outcome
}

export default [
  model({ names: ['cp'], values, attached, reliable: true, run: cp }),
  model({ names: ['mv'], values, attached, reliable: true, run: mv }),
]
