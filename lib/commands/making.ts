/** Making things: mkdir, touch, mktemp, mknod, ln, install. Source: POSIX XCU; GNU coreutils 9. */

import { textOutput } from '../shell/command.ts'
import { isKnown, unknownText } from '../shell/known.ts'
import { nameOf, parentOf } from '../shell/paths.ts'
import { unknown, zero } from '../size.ts'
import { backup } from './backup.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model, prints, unsure, worst } from './command.ts'
import { copyOf } from './copies.ts'
import { modeOf } from './modes.ts'
import { landing, type Operands, operandsOf, operandValues } from './operands.ts'
import { followed, holds, isFolder } from './places.ts'

/** The mode a `-m` word gives a new thing of these bits. */
function modeFlag(
  call: Call,
  word: string | undefined,
  start: number,
  type: 'file' | 'dir',
): number | null | undefined {
  return word === undefined ? undefined : (modeOf(word, call.command.umask)?.(start, type) ?? null)
}

function mkdir(call: Call): Result {
  const { files, flags } = call
  const mode = modeFlag(call, flags.value('-m', '--mode'), 0o777, 'dir')
  let outcome: Result
  for (const arg of call.args) {
    const path = call.path(arg)
    const there = files.presence(path)
    if (flags.has('-p', '--parents')) {
      const above = existing(call, path)
      if (above !== undefined && above !== 'dir') outcome = failed
      else {
        // Whoever makes a folder in it must be able to. Source: POSIX XCU mkdir, -p.
        if ((call.command.umask & 0o300) !== 0)
          files.mkdir(parentOf(path), { mode: (0o777 & ~call.command.umask) | 0o300 })
        files.mkdir(path)
        // Made here it has that mode, found here its own.
        if (there !== 'yes' && mode !== undefined) files.restore(path, { mode: there === 'no' ? mode : null })
      }
    } else if (there === 'yes' || !holds(files, parentOf(path))) outcome = failed
    else {
      if (there !== 'no') outcome ??= unsure
      files.put(path, { type: 'dir', ...(mode === undefined ? {} : { mode }) })
      // GNU's leaves a folder the bit that hands the group on.
      if (mode !== undefined && isApplet(call)) files.restore(path, { mode })
    }
  }
  return outcome
}

// What stands at a path, or at the deepest folder above it that is there.
function existing(call: Call, path: string): string | undefined {
  for (let at = path; ; at = parentOf(at)) {
    const entry = followed(call.files, at)
    if (entry === undefined && call.files.get(at)?.type === 'symlink') return 'symlink'
    if (entry !== undefined || at === '/') return entry?.type
    if (call.files.presence(at) !== 'no') return undefined
  }
}

function touch(call: Call): Result {
  const { files, flags } = call
  const date = flags.value('-d', '--date')
  // BusyBox knows numbers and no words.
  if (date !== undefined && isApplet(call) && /[A-Za-z]/.test(date)) return failed
  const itself = flags.has('-h', '--no-dereference')
  let outcome: Result
  for (const arg of call.args) {
    const path = itself ? call.path(arg) : files.real(call.path(arg))
    const there = files.presence(path)
    if (arg.endsWith('/') && files.get(path)?.type === 'file') {
      outcome = failed
      continue
    }
    if (there === 'yes' || (there !== 'no' && files.get(path) !== undefined)) files.restore(path, { touched: true })
    else if (flags.has('-c', '--no-create')) continue
    else if (itself && !isApplet(call)) outcome = failed
    else if (!holds(files, parentOf(path))) outcome = failed
    else if (there === 'no') files.write(path, { size: zero, text: '' })
    // Nobody knows, but what is touched is mostly new.
    else files.put(path, { type: 'file', size: { ...unknown(`touched ${path}`), bytes: 0, basis: 'heuristic' } })
  }
  return outcome
}

// What it makes has a name nobody knows; the stand-in in it lets a later `rm -rf "$dir"` find it.
function mktemp(call: Call): Result {
  const template = call.args[0] ?? 'tmp.XXXXXXXXXX'
  if (isKnown(template) && !(isApplet(call) ? /X{6}$/ : /X{3}[^/]*$/).test(template)) return failed
  const folder =
    call.flags.value('-p', '--tmpdir') ??
    (call.flags.has('-t', '-p', '--tmpdir') || call.args.length === 0 ? (call.env('TMPDIR') ?? '/tmp') : undefined)
  const count = Number(call.state.get('mktemp') ?? 0) + 1
  call.state.set('mktemp', count)
  const name = template.replace(/X{3,}/, unknownText(`mktemp.${count}`))
  const path = call.path(folder === undefined ? name : `${folder}/${name}`)
  if (!call.flags.has('-u', '--dry-run')) {
    if (call.flags.has('-d', '--directory')) call.files.put(path, { type: 'dir', mode: 0o700 })
    else call.files.put(path, { type: 'file', size: zero, text: '', mode: 0o600 })
  }
  return prints(textOutput(`${folder === undefined && !template.startsWith('/') ? name : path}\n`))
}

function ln(call: Call): Result {
  const single = call.args.length === 1 && !call.flags.has('-t', '--target-directory')
  const given = single ? { sources: call.args, target: '.', into: true } : operandsOf(call)
  // BusyBox makes one link after the other of what is no folder.
  const folder = given === undefined || call.flags.has('-t') || isFolder(call.files, call.path(given.target))
  const operands = given !== undefined && isApplet(call) && folder === false ? { ...given, into: false } : given
  return operands === undefined ? failed : worst(operands.sources.map((source) => linkOne(call, source, operands)))
}

function linkOne(call: Call, source: string, operands: Operands): Result {
  const { files, flags } = call
  const path = call.path(operands.target)
  const isReplaced = flags.has('-n', '--no-dereference') && files.get(path)?.type === 'symlink'
  const to = isReplaced ? path : landing(call, operands, source)
  if (files.presence(to) === 'yes') backup(call, to)
  const isThere = files.presence(to) === 'yes'
  if (!holds(files, parentOf(to))) return failed
  if (isThere && (!flags.has('-f', '--force') || files.get(to)?.type === 'dir')) return failed
  if (flags.has('-s', '--symbolic')) {
    const link = flags.has('-r', '--relative') ? relative(call.path(source), parentOf(to)) : source
    files.put(to, { type: 'symlink', link })
    return undefined
  }
  const from = flags.has('-L', '--logical') ? files.real(call.path(source)) : call.path(source)
  if (files.presence(from) === 'no' || files.get(from)?.type === 'dir') return failed
  if (isThere) files.remove(to)
  files.link(from, to)
  return undefined
}

/** A path as seen from a folder. */
export function relative(path: string, folder: string): string {
  const [to, from] = [path, folder].map((p) => p.split('/').filter((part) => part !== ''))
  let same = 0
  while (same < to!.length && same < from!.length && to![same] === from![same]) same++
  return [...from!.slice(same).map(() => '..'), ...to!.slice(same)].join('/') || '.'
}

// Folders it makes on the way, whatever the mask of new files is. Source: coreutils, install.c, DIR_MODE_DEFAULT.
const passable = { mode: 0o755 }

/** Mode and owner of what install makes. */
interface Given {
  readonly mode: number | null
  readonly uid?: number | null
  readonly gid?: number | null
}

function install(call: Call): Result {
  const { flags } = call
  const [user, group] = [flags.value('-o', '--owner'), flags.value('-g', '--group')]
  const given: Given = {
    mode: modeFlag(call, flags.value('-m', '--mode'), 0, 'file') ?? 0o755,
    ...(user === undefined ? {} : { uid: call.uid(user) }),
    ...(group === undefined ? {} : { gid: call.gid(group) }),
  }
  if (flags.has('-d', '--directory')) return installFolders(call, given)
  const operands = operandsOf(call)
  return operands === undefined
    ? failed
    : worst(operands.sources.map((source) => installOne(call, source, operands, given)))
}

function installFolders(call: Call, given: Given): Result {
  const { files, flags, args, path } = call
  for (const folder of args.map(path)) {
    const isThere = files.presence(folder) === 'yes'
    files.mkdir(folder, passable)
    if (!isThere || flags.has('-m', '--mode', '-o', '--owner', '-g', '--group'))
      files.restore(
        folder,
        isApplet(call) || !flags.has('-m', '--mode') ? given : { ...given, mode: handingOn(given.mode) },
      )
  }
  return undefined
}

// GNU's leaves a folder the bit that hands the group on.
const handingOn =
  (mode: number | null | undefined) =>
  (old: number | null): number | null =>
    old === null || mode === null || mode === undefined ? (mode ?? old) : mode | (old & 0o2000)

function installOne(call: Call, source: string, operands: Operands, given: Given): Result {
  const { files, flags } = call
  const to = landing(call, operands, source)
  if (flags.has('-D'))
    files.mkdir(flags.has('-t', '--target-directory') ? call.path(operands.target) : parentOf(to), passable)
  const from = call.path(source)
  const entry = from === '/dev/null' ? undefined : followed(files, from)
  if (!holds(files, parentOf(to)) || entry?.type === 'dir') return failed
  // A file onto itself.
  if (from === to && files.get(to)?.type === 'file') return failed
  if (files.presence(to) === 'yes') backup(call, to)
  if (from === '/dev/null') files.put(to, { type: 'file', size: zero, text: '', ...given })
  else if (files.presence(from) === 'no' || files.readable(from) === 'no') return failed
  else if (entry === undefined) files.put(to, { type: 'file', size: unknown(`copy of ${nameOf(from)}`), ...given })
  else {
    const { uid: _, gid: __, ...copy } = copyOf(call, entry, false, to)
    files.put(to, {
      ...copy,
      ...(flags.has('-s', '--strip') && { size: unknown('stripped') }),
      ...given,
    })
  }
  return undefined
}

// Pipes have no numbers, the others two.
const fits = (type: string | undefined, numbers: readonly string[]): boolean =>
  type === 'p' ? numbers.length === 0 : /^[bcu]$/.test(type ?? '') && numbers.length === 2

export default [
  model({ names: ['mkdir'], values: ['-m', '--mode'], attached: ['-Z', '--context'], reliable: true, run: mkdir }),
  model({
    names: ['touch'],
    values: ['-d', '-r', '-t', '--date', '--reference', '--time'],
    reliable: true,
    run: touch,
  }),
  model({ names: ['mktemp'], values: ['-p', '--suffix'], attached: ['--tmpdir'], reliable: true, run: mktemp }),
  model({
    names: ['ln', 'link'],
    values: operandValues,
    attached: ['--backup'],
    reliable: true,
    run: ln,
  }),
  model({
    names: ['install', 'ginstall'],
    values: [...operandValues, '-m', '-o', '-g', '--mode', '--owner', '--group'],
    attached: ['--backup'],
    reliable: true,
    run: install,
  }),
  model({
    names: ['mkfifo', 'mknod'],
    values: ['-m', '--mode'],
    run: (call) => {
      const [, type, ...numbers] = call.args
      if (call.name === 'mknod' && !fits(type, numbers)) return failed
      const mode = modeFlag(call, call.flags.value('-m', '--mode'), 0o666, 'file')
      let outcome: Result
      for (const arg of call.name === 'mknod' ? call.args.slice(0, 1) : call.args) {
        const path = call.path(arg)
        if (call.files.presence(path) === 'yes' || !holds(call.files, parentOf(path))) outcome = failed
        else call.files.put(path, { type: 'device', ...(mode === undefined ? {} : { mode }) })
      }
      return outcome
    },
  }),
]
