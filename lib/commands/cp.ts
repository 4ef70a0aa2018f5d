/** cp. Source: POSIX XCU cp; GNU coreutils 9; BusyBox 1.36. */
import type { Entry } from '../model.ts'
import { absolute, inside, parentOf, within } from '../shell/paths.ts'
import { unknown, zero } from '../size.ts'
import { backup } from './backup.ts'
import { isApplet } from './busybox.ts'
import { type Call, failed, model, type Result, unsure, worst } from './command.ts'
import { copyOf, copyTree, type Kept, type Manner } from './copies.ts'
import type { NewFile } from './files.ts'
import { clashes, isNoFolder, landing, type Operands, operandsOf, operandValues, replaces } from './operands.ts'
import { bearer, holds, isFolder } from './places.ts'

/** What the options ask for. */
interface Asked {
  /** Folders too, with all that is in them. */
  readonly deep: boolean
  readonly keep: Kept
  /** A symbolic link is copied, not what it leads to. */
  readonly asLink: boolean
  /** Other names are made instead of copies. */
  readonly names: 'hard' | 'symbolic' | undefined
}

/** One source: as it is written, where that is, and where it goes. */
interface One {
  readonly source: string
  readonly from: string
  readonly to: string
}

function cp(call: Call): Result {
  const operands = operandsOf(call)
  if (operands === undefined || isNoFolder(call, operands)) return failed
  const asked = askedOf(call)
  // Names of one file among the sources stay names of one file, with GNU's and these options.
  const first = !isApplet(call) && call.flags.has('-a', '-d', '--archive') ? new Map<object, string>() : undefined
  return worst(operands.sources.map((source) => copyOne(call, source, operands, asked, first)))
}

function askedOf({ flags }: Call): Asked {
  const deep = flags.has('-r', '-R', '-a', '--recursive', '--archive')
  return {
    deep,
    keep: flags.has('-a', '-p', '--archive') || (flags.has('--preserve') && keptOf(flags.value('--preserve') ?? '')),
    asLink:
      flags.has('-a', '-d', '-P', '--no-dereference', '--archive') || (deep && !flags.has('-L', '-H', '--dereference')),
    names: flags.has('-l', '--link') ? 'hard' : flags.has('-s', '--symbolic-link') ? 'symbolic' : undefined,
  }
}

/** What `--preserve=…` keeps; nothing behind it: owner, mode and time. */
function keptOf(list: string): Kept {
  const words = list.split(',')
  return list === '' || /\b(?:all|ownership)\b/.test(list) || (words.includes('mode') && 'mode')
}

function copyOne(
  call: Call,
  source: string,
  operands: Operands,
  asked: Asked,
  first: Map<object, string> | undefined,
): Result {
  const { files, flags } = call
  // A slash behind a link leads to what it stands for.
  const from =
    asked.asLink && !/\/\.?\/*$/.test(source) ? call.path(source) : files.real(absolute(source, call.command.cwd))
  const to = targetOf(call, source, from, operands, asked)
  const there = files.presence(from)
  if (from === '/dev/null' && !asked.deep && asked.names === undefined && holds(files, parentOf(to))) {
    files.write(files.real(to), { size: zero, text: '' })
    return undefined
  }
  if (asked.names === undefined && files.get(from)?.type === 'file' && files.readable(from) === 'no') return failed
  if (there === 'no' || (!holds(files, parentOf(to)) && !flags.has('--parents'))) return failed
  if (from === to || clashes(call, from, to) || (there === 'yes' && files.real(from) === files.real(to))) return failed
  const entry = files.get(from)
  const over = entry?.type === 'dir' ? 'yes' : replaces(call, from, to)
  if (over === 'maybe')
    files.perhaps(() =>
      entry === undefined ? files.put(to, { type: 'file' }) : storeFile(call, { source, from, to }, entry, asked),
    )
  if (over === 'yes' && files.presence(to) === 'yes') backup(call, to)
  const file = over === 'yes' && entry?.type !== 'dir' ? files.identity(from)?.file : undefined
  const earlier = file === undefined ? undefined : first?.get(file)
  if (file !== undefined) first?.set(file, to)
  if (earlier !== undefined && asked.names === undefined && there === 'yes') {
    files.remove(to)
    files.link(earlier, to)
    return undefined
  }
  const result = over === 'yes' ? store(call, { source, from, to }, entry, asked) : undefined
  return result ?? (there === 'yes' ? undefined : unsure)
}

function targetOf(call: Call, source: string, from: string, operands: Operands, { deep }: Asked): string {
  const { files, flags } = call
  const path = call.path(operands.target)
  // One folder under a name that is not there yet, with or without a slash behind it.
  const isNew = deep && !operands.into && files.get(from)?.type === 'dir' && files.presence(files.real(path)) === 'no'
  if (isNew || flags.has('-T', '--no-target-directory')) return path
  if (flags.has('--parents')) return inside(files.real(path), absolute(source, '/').slice(1))
  // `dir/.` is what is in it.
  if (deep && /(^|\/)\.\.?\/?$/.test(source) && isFolder(files, path) !== false) return files.real(path)
  return landing(call, operands, source)
}

function store(call: Call, one: One, entry: Entry | undefined, asked: Asked): Result {
  const { files, flags } = call
  const astray = isAstray(call, one, asked)
  if (astray && entry?.type !== 'dir') return failed
  if (asked.names !== undefined && entry !== undefined && entry.type !== 'dir') {
    if (files.presence(one.to) === 'yes' && !flags.has('-f', '--force')) return failed
    giveName(call, one, asked, one.from, one.to)
  } else if (entry === undefined && !asked.deep)
    files.put(files.real(one.to), { type: 'file', size: unknown(`copy of ${one.from}`) })
  else if (entry === undefined || entry.type === 'dir' || entry.type === 'package')
    return asked.deep ? storeTree(call, one, asked, astray) : failed
  else if (leadsNowhere(call, one.to) && !asked.asLink) return failed
  else if (entry.type === 'symlink' && asked.asLink && files.presence(one.to) === 'yes' && keepsNames(call))
    return failed
  else storeFile(call, one, entry, asked)
  return undefined
}

/** BusyBox puts a link in the place of what is there only where it is told to. Source: its libbb/copy_file.c. */
const keepsNames = (call: Call): boolean => isApplet(call) && !call.flags.has('-f', '--force', '-i', '--interactive')

/** BusyBox reads --remove-destination and writes into what is there all the same. (recorded: cp-remove-destination) */
const removesFirst = (call: Call): boolean => !isApplet(call) && call.flags.has('--remove-destination')

/** GNU's does not write through a link to what is not there. */
const leadsNowhere = (call: Call, to: string): boolean =>
  !isApplet(call) &&
  !removesFirst(call) &&
  call.files.get(to)?.type === 'symlink' &&
  call.files.presence(call.files.real(to)) === 'no'

/** A link is as seen from where it lies, so one to what is not named from the root works in this folder only. */
const isAstray = (call: Call, { source, to }: One, { names }: Asked): boolean =>
  names === 'symbolic' && !source.startsWith('/') && parentOf(to) !== call.command.cwd && !isApplet(call)

/** Makes another name of what is at a path, the source or below it. */
function giveName({ files }: Call, { source, from }: One, { names }: Asked, path: string, to: string): void {
  if (files.presence(to) === 'yes') files.remove(to)
  if (names === 'hard') files.link(path, to)
  else files.put(to, { type: 'symlink', link: source + (within(path, from) ? path.slice(from.length) : '') })
}

function storeTree(call: Call, one: One, asked: Asked, astray: boolean): Result {
  const { from, to } = one
  const follow = call.flags.has('-L', '--dereference')
  const own: Manner['store'] = astray
    ? () => {}
    : asked.names !== undefined
      ? ({ path }, at) => giveName(call, one, asked, path, at)
      : careful(call, asked.keep)
  let held = false
  const kept: Manner['kept'] = (entry, at) => {
    const stays = entry.type === 'symlink' && !follow && call.files.presence(at) === 'yes' && keepsNames(call)
    const leads =
      !follow ||
      bearer(call.files, entry).type !== 'symlink' ||
      call.files.presence(call.files.real(entry.path)) !== 'no'
    held ||= stays || !leads
    return stays || !leads
  }
  copyTree(call, from, to, {
    keep: asked.keep,
    // BusyBox keeps several names of one file even where it keeps nothing else.
    links: !follow && (asked.keep === true || isApplet(call)),
    follow,
    kept,
    ...(own && { store: own }),
  })
  // Into itself: it copies what was there and complains.
  return astray || held || within(to, from) ? failed : undefined
}

/** What keeps some of the files of a tree from being copied; undefined: nothing. */
function careful(call: Call, keep: Kept): Manner['store'] {
  const { flags, files } = call
  if (!flags.has('-n', '--no-clobber', '-i', '--interactive', '-u', '--update')) return undefined
  return (entry, at) => {
    const over = replaces(call, entry.path, at)
    const copied = () => files.put(at, copyOf(call, bearer(files, entry), keep, at))
    if (over === 'yes') copied()
    else if (over !== 'no') files.perhaps(copied)
  }
}

function storeFile(call: Call, { to }: One, entry: Entry, { keep, asLink }: Asked): void {
  const { files } = call
  const through = files.get(to)?.type === 'symlink' && !asLink && !removesFirst(call)
  const at = through ? files.real(to) : to
  if (removesFirst(call)) files.remove(at)
  const copied = withoutMode(call, withoutBytes(call, copyOf(call, bearer(files, entry), keep, at)), keep)
  const { size, text, content, stamp } = copied
  // What is there is written over, so that its other names show it too.
  if (keep || copied.type !== 'file' || files.get(at)?.type !== 'file' || size === undefined) files.put(at, copied)
  else
    files.write(at, {
      size,
      ...(text !== undefined && { text }),
      ...(content !== undefined && { content }),
      ...(stamp !== undefined && { stamp }),
    })
}

function withoutBytes({ flags }: Call, copied: NewFile): NewFile {
  if (!flags.has('--attributes-only')) return copied
  const { content: _, stamp: __, ...file } = copied
  return { ...file, size: zero, text: '' }
}

function withoutMode({ flags, command }: Call, copied: NewFile, keep: Kept): NewFile {
  const not = (flags.value('--no-preserve') ?? '').split(',')
  const isPlain = !keep && copied.type === 'file' && (not.includes('mode') || not.includes('all'))
  return isPlain ? { ...copied, mode: 0o666 & ~command.umask } : copied
}

export default [
  model({
    names: ['cp'],
    values: operandValues,
    attached: ['--backup', '--preserve', '--no-preserve', '--reflink', '--sparse', '--update', '--context'],
    reliable: true,
    run: cp,
  }),
]
