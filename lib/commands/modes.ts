/** Modes and owners: chmod, chown, chgrp, setfacl. Source: POSIX XCU chmod, chown; GNU coreutils 9. */
import type { EntryType } from '../model.ts'
import { isKnown } from '../shell/known.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure, worst } from './command.ts'
import type { Change } from './files.ts'
import { isUnseen } from './places.ts'

/** What a mode word makes of old permission bits; undefined: not understood. Null: not known. */
export function modeOf(
  word: string,
  umask: number,
  ash = false,
): ((old: number | null, type: EntryType) => number | null) | undefined {
  // Up to four digits leave a folder its bits for set-user-ID and set-group-ID; BusyBox's do not.
  if (/^0*[0-7]{1,4}$/.test(word))
    return (old, type) =>
      Number.parseInt(word, 8) | (type === 'dir' && !ash && word.length < 5 ? (old ?? 0) & 0o6000 : 0)
  const bits = ash ? null : /^([-+=])(0*[0-7]{1,4})$/.exec(word)
  if (bits !== null) {
    const some = Number.parseInt(bits[2]!, 8)
    return (old) => (bits[1] === '=' ? some : old === null ? null : bits[1] === '+' ? old | some : old & ~some)
  }
  const clauses = word.split(',').map((clause) => /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause))
  if (clauses.some((c) => c === null)) return undefined
  return (old, type) => {
    if (old === null) return null
    let mode = old
    for (const clause of clauses) {
      const who = clause![1]!
      for (const action of clause![2]!.match(/[-+=][rwxXstugo]*/g) ?? [])
        mode = applied(mode, who, action, umask, type === 'dir', ash)
    }
    return mode
  }
}

function applied(mode: number, who: string, action: string, umask: number, folder: boolean, ash: boolean): number {
  const all = who === '' || who.includes('a')
  const mask = all
    ? 0o777
    : (who.includes('u') ? 0o700 : 0) | (who.includes('g') ? 0o070 : 0) | (who.includes('o') ? 0o007 : 0)
  // BusyBox has already taken away what `=` takes away when it looks for a bit to execute.
  const runs = folder || ((ash && action[0] === '=' ? mode & ~mask : mode) & 0o111) !== 0
  let bits = 0
  for (const letter of action.slice(1)) {
    if (letter === 'r') bits |= 0o444
    else if (letter === 'w') bits |= 0o222
    else if (letter === 'x' || (letter === 'X' && runs)) bits |= 0o111
    else if (letter === 'u') bits |= ((mode >> 6) & 7) * 0o111
    else if (letter === 'g') bits |= ((mode >> 3) & 7) * 0o111
    else if (letter === 'o') bits |= (mode & 7) * 0o111
  }
  bits &= mask
  // Without a letter for whom, the mask of new files holds.
  if (who === '') bits &= ~umask
  if (action.includes('s')) bits |= (all || who.includes('u') ? 0o4000 : 0) | (all || who.includes('g') ? 0o2000 : 0)
  if (action.includes('t') && (all || (who.includes('o') && !ash))) bits |= 0o1000
  if (action[0] === '+') return mode | bits
  if (action[0] === '-') return mode & ~bits
  return (mode & ~mask & ~special(who, folder, ash)) | bits
}

/** Which special bits `=` takes away. GNU leaves a folder the first two. Source: gnulib modechange.c; BusyBox 1.35 libbb/parse_mode.c. */
function special(who: string, folder: boolean, ash: boolean): number {
  if (folder && !ash) return who === '' || /[ao]/.test(who) ? 0o1000 : 0
  if (who === '' || who.includes('a')) return 0o7000
  return (who.includes('u') ? 0o4000 : 0) | (who.includes('g') ? 0o2000 : 0) | (who.includes('o') && !ash ? 0o1000 : 0)
}

/** What a new owner leaves of the bits of a file: it runs as nobody else any more. Source: Linux, fs/open.c, chown_common. */
const disowned = (old: number | null, type: EntryType): number | null =>
  old === null || type === 'dir' ? old : old & ~0o4000 & ((old & 0o010) === 0 ? ~0 : ~0o2000)

function change(call: Call, targets: readonly string[], how: Change, follow: boolean): Result {
  let outcome: Result
  for (const arg of targets) {
    // A slash behind a link leads to what it stands for.
    const path = follow || arg.endsWith('/') ? call.files.real(call.path(arg)) : call.path(arg)
    const there = call.files.presence(path)
    if (there === 'no') outcome = failed
    else {
      if (there !== 'yes') outcome ??= unsure
      const own = call.files.get(call.path(arg))
      // BusyBox hands on what the link itself belongs to.
      const kept =
        isApplet(call) && call.name !== 'chmod' && own?.type === 'symlink' ? { uid: own.uid, gid: own.gid } : {}
      const change = { ...kept, ...how }
      call.files.restore(path, isMadeToRun(call) && isUnseen(call.files, path) ? { ...change, deep: true } : change)
    }
  }
  return outcome
}

// Folders can be entered as they come: who says `+x` means a program.
const isMadeToRun = ({ name, args }: Call): boolean => name === 'chmod' && /^[ugoa]*\+[rw]*x[rw]*$/.test(args[0] ?? '')

const deep = (call: Call): { deep?: true } => (call.flags.has('-R', '--recursive') ? { deep: true } : {})

// BusyBox has no --reference.
const isReferable = (call: Call, reference: string): boolean =>
  !isApplet(call) && call.files.presence(call.files.real(call.path(reference))) !== 'no'

// `chmod -x file` looks like an option: words that begin with `-` and hold only mode letters are modes.
function chmod(call: Call): Result {
  const words = call.command.argv.slice(1)
  const reference = call.flags.value('--reference')
  const dashed = words.find((word) => /^-[rwxXstugo]+$/.test(word))
  const word = dashed ?? (reference === undefined ? call.args[0] : '')
  const targets = dashed !== undefined || reference !== undefined ? call.args : call.args.slice(1)
  if (word === undefined || targets.length === 0) return failed
  if (reference !== undefined && !isReferable(call, reference)) return failed
  if (reference === undefined && isKnown(word) && modeOf(word, 0, isApplet(call)) === undefined) return failed
  const mode =
    reference === undefined
      ? (modeOf(word, call.command.umask, isApplet(call)) ?? null)
      : (call.files.get(call.files.real(call.path(reference)))?.mode ?? null)
  // With -R BusyBox goes where a link leads, and not into it.
  const links = targets.filter((arg) => call.files.get(call.path(arg))?.type === 'symlink')
  if (!call.flags.has('-R') || !isApplet(call) || links.length === 0)
    return change(call, targets, { mode, ...deep(call) }, true)
  const others = targets.filter((arg) => !links.includes(arg))
  return worst([change(call, links, { mode }, true), change(call, others, { mode, deep: true }, true)])
}

function chown(call: Call): Result {
  const reference = call.flags.value('--reference')
  const spec = reference === undefined ? call.args[0] : ''
  const targets = reference === undefined ? call.args.slice(1) : call.args
  if (spec === undefined || targets.length === 0) return failed
  if (reference !== undefined && !isReferable(call, reference)) return failed
  const names = call.name === 'chgrp' ? ['', spec] : namesIn(spec)
  if (names[1]?.includes(':') || (!isApplet(call) && /^\d+:$/.test(spec))) return failed
  if (isNobody(call, '/etc/passwd', names[0]) || isNobody(call, '/etc/group', names[1])) return failed
  const from = call.flags.value('--from')
  if (from !== undefined && isApplet(call)) return failed
  const how = { ...ownerOf(call, spec, reference), mode: disowned, ...deep(call) }
  const follows = !call.flags.has('-h', '--no-dereference') && (how.deep !== true || call.flags.has('-H', '-L'))
  return from === undefined ? change(call, targets, how, follows) : changeSome(call, targets, how, follows, from)
}

/** `--from`: only of what belongs to them. Source: chown(1) of coreutils 9. */
function changeSome(call: Call, targets: readonly string[], how: Change, follows: boolean, from: string): Result {
  const { files } = call
  const wanted = ownerOf(call, from, undefined)
  const { deep: isDeep, ...plain } = how
  const fits = (want: number | null | undefined, has: number | null): boolean | undefined =>
    want === undefined ? true : want === null || has === null ? undefined : want === has
  const missing = targets.some((arg) => files.presence(call.path(arg)) === 'no')
  for (const arg of targets) {
    const path = follows ? files.real(call.path(arg)) : call.path(arg)
    const top = files.get(path)
    const { entries, complete } = isDeep && top?.type === 'dir' ? files.below(path) : { entries: [], complete: true }
    if (top === undefined || !complete) {
      files.perhaps(() => change(call, [arg], how, follows))
      continue
    }
    for (const entry of [top, ...entries]) {
      const all = [fits(wanted.uid, entry.uid), fits(wanted.gid, entry.gid)]
      if (all.includes(false)) continue
      if (all.includes(undefined)) files.perhaps(() => files.restore(entry.path, plain))
      else files.restore(entry.path, plain)
    }
  }
  return missing ? failed : undefined
}

// `user:group`, or as it was long ago `user.group`.
function namesIn(spec: string): readonly string[] {
  const at = spec.includes(':') ? spec.indexOf(':') : spec.indexOf('.')
  return at < 0 ? [spec] : [spec.slice(0, at), spec.slice(at + 1)]
}

// A name that surely is in no file.
const isNobody = ({ files }: Call, path: string, name: string | undefined): boolean =>
  name !== undefined && name !== '' && !/^\d+$/.test(name) && isKnown(name) && files.presence(path) === 'no'

function ownerOf(call: Call, spec: string, reference: string | undefined): Pick<Change, 'uid' | 'gid'> {
  if (reference !== undefined) {
    const entry = call.files.get(call.path(reference))
    return { uid: entry?.uid ?? null, gid: entry?.gid ?? null }
  }
  if (call.name === 'chgrp') return { gid: call.gid(spec) }
  const [user = '', group] = namesIn(spec)
  return {
    ...(user === '' ? {} : { uid: call.uid(user) }),
    ...(group === undefined || group === '' ? {} : { gid: call.gid(group) }),
    // `user:` stands for the group that the user logs in with.
    ...(group === '' && /\D/.test(user) ? { gid: call.login(user) } : {}),
    // BusyBox takes the number of a user nobody knows for its group's too.
    ...(group === '' && /^\d+$/.test(user) && isApplet(call) && call.files.presence('/etc/passwd') === 'no'
      ? { gid: Number(user) }
      : {}),
  }
}

// Source: setfacl(1): -d, -k, and entries that begin with `d:`.
const isForNew = ({ name, flags }: Call): boolean =>
  name === 'setfacl' &&
  (flags.has('-d', '--default', '-k', '--remove-default') ||
    (flags.value('-m', '--modify') ?? 'u::').split(',').every((entry) => /^d(?:efault)?:/.test(entry)))

export default [
  model({ names: ['chmod'], values: ['--reference'], reliable: true, run: chmod }),
  model({ names: ['chown', 'chgrp'], values: ['--reference', '--from'], reliable: true, run: chown }),
  model({
    names: ['setfacl', 'chattr', 'setfattr', 'chcon', 'setcap'],
    values: ['-m', '-x', '-M', '-X', '-n', '-v', '--modify', '--remove', '--set'],
    // An access list is an extended attribute: the file is stored again. Only folders have one for what will be made in them.
    run: (call) =>
      isForNew(call)
        ? unsure
        : change(call, /^(chattr|chcon|setcap)$/.test(call.name) ? call.args.slice(1) : call.args, deep(call), true),
  }),
]
