/** Making things: mkdir, touch, mktemp, mknod, ln, install. Source: POSIX XCU; GNU coreutils 9. */

import { textOutput } from '../shell/command.ts'
import { unknownText } from '../shell/known.ts'
import { nameOf, parentOf } from '../shell/paths.ts'
import { unknown, zero } from '../size.ts'
import { backup } from './backup.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model, prints, unsure } from './command.ts'
import { copyOf } from './cp.ts'
import { modeOf } from './modes.ts'
import { followed, holds, landing } from './places.ts'

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
        if (there === 'no' && mode !== undefined) files.restore(path, { mode })
      }
    } else if (there === 'yes' || !holds(files, parentOf(path))) outcome = failed
    else {
      if (there !== 'no') outcome ??= unsure
      files.put(path, { type: 'dir', ...(mode === undefined ? {} : { mode }) })
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
  const { files, flags } = call
  const folder = flags.value('-t', '--target-directory')
  const single = folder === undefined && call.args.length === 1
  const sources = folder !== undefined || single ? call.args : call.args.slice(0, -1)
  const target = folder ?? (single ? '.' : call.args.at(-1))
  if (target === undefined || sources.length === 0) return failed
  const plain =
    flags.has('-T', '--no-target-directory') ||
    (flags.has('-n', '--no-dereference') && files.get(call.path(target))?.type === 'symlink')
  let outcome: Result
  for (const source of sources) {
    const to = plain
      ? call.path(target)
      : landing(call, target, source, single || folder !== undefined || sources.length > 1)
    const before = files.presence(to)
    if (before === 'yes') backup(call, to)
    const there = files.presence(to)
    if (
      !holds(files, parentOf(to)) ||
      (there === 'yes' && !flags.has('-f', '--force')) ||
      (there === 'yes' && files.get(to)?.type === 'dir')
    ) {
      outcome = failed
      continue
    }
    if (flags.has('-s', '--symbolic'))
      files.put(to, {
        type: 'symlink',
        link: flags.has('-r', '--relative') ? relative(call.path(source), parentOf(to)) : source,
      })
    else {
      const from = flags.has('-L', '--logical') ? files.real(call.path(source)) : call.path(source)
      if (files.presence(from) === 'no' || files.get(from)?.type === 'dir') outcome = failed
      else {
        if (there === 'yes') files.remove(to)
        files.link(from, to)
      }
    }
  }
  return outcome
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

function install(call: Call): Result {
  const { files, flags } = call
  const mode = modeFlag(call, flags.value('-m', '--mode'), 0, 'file') ?? 0o755
  const [user, group] = [flags.value('-o', '--owner'), flags.value('-g', '--group')]
  const owner = {
    ...(user === undefined ? {} : { uid: call.uid(user) }),
    ...(group === undefined ? {} : { gid: call.gid(group) }),
  }
  if (flags.has('-d', '--directory')) {
    for (const arg of call.args) {
      const path = call.path(arg)
      const there = files.presence(path) === 'yes'
      files.mkdir(path, passable)
      if (!there || flags.has('-m', '--mode', '-o', '-g')) files.restore(path, { mode, ...owner })
    }
    return undefined
  }
  const folder = flags.value('-t', '--target-directory')
  const sources = folder === undefined ? call.args.slice(0, -1) : call.args
  const target = folder ?? call.args.at(-1)
  if (target === undefined || sources.length === 0) return failed
  let outcome: Result
  for (const source of sources) {
    const to = flags.has('-T')
      ? call.path(target)
      : landing(call, target, source, sources.length > 1 || folder !== undefined)
    if (flags.has('-D')) files.mkdir(folder === undefined ? parentOf(to) : call.path(folder), passable)
    if (!holds(files, parentOf(to))) {
      outcome = failed
      continue
    }
    const from = call.path(source)
    const entry = from === '/dev/null' ? undefined : followed(files, from)
    if (entry?.type === 'dir') {
      outcome = failed
      continue
    }
    if (files.presence(to) === 'yes') backup(call, to)
    if (from === '/dev/null') files.put(to, { type: 'file', size: zero, text: '', mode, ...owner })
    else if (files.presence(from) === 'no') outcome = failed
    else if (entry === undefined)
      files.put(to, { type: 'file', size: unknown(`copy of ${nameOf(from)}`), mode, ...owner })
    else {
      const size = flags.has('-s', '--strip') ? unknown('stripped') : entry.size
      files.put(to, {
        ...copyOf(call, entry, false, to),
        size,
        mode,
        ...owner,
        uid: owner.uid === undefined ? call.uid(call.command.user) : owner.uid,
        gid: owner.gid === undefined ? call.gid('0') : owner.gid,
      })
    }
  }
  return outcome
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
    values: ['-t', '-S', '--target-directory', '--suffix'],
    attached: ['--backup'],
    reliable: true,
    run: ln,
  }),
  model({
    names: ['install', 'ginstall'],
    values: ['-m', '-o', '-g', '-t', '-S', '--mode', '--owner', '--group', '--target-directory', '--suffix'],
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
