/**
 * adduser, addgroup, deluser, delgroup: Debian's scripts and BusyBox's applets, which share the names and little else.
 * Source: adduser(8) of Debian 12; BusyBox 1.36, loginutils/adduser.c and addgroup.c.
 */
import { inside } from '../shell/paths.ts'
import { zero } from '../size.ts'
import type { AptState } from '../sizes/apt/state.ts'
import { addMember, extendLogs, makeHome, userdel } from './accounts.ts'
import type { Call, Result } from './command.ts'
import { failed, model } from './command.ts'
import {
  accountsOf,
  again,
  append,
  bounded,
  bytesOf,
  field,
  idOf,
  isListed,
  keepGroup,
  keepMembers,
  keeps,
  keepUser,
  lock,
  nextId,
  open,
  slackOf,
  strike,
} from './databases.ts'
import { makeGroup } from './groups.ts'

/** Which of the two it is; undefined: nobody knows. */
function isBusybox(call: Call): boolean {
  const id = call.facts.os?.id
  if (id !== undefined) return id === 'alpine' || id === 'busybox' || id === 'wolfi' || id === 'openwrt'
  return call.command.dialect === 'ash' || call.flags.has('-D', '-S', '-H')
}

// Letters mean different things: -S is a system account in BusyBox, -D no password, -H no home.
function adduser(call: Call): Result {
  const [name, group] = call.args
  if (name === undefined) return failed
  if (group !== undefined) return join(call, name, group)
  return isBusybox(call) ? busybox(call, name) : debian(call, name)
}

function busybox(call: Call, name: string): Result {
  const { flags } = call
  const accounts = accountsOf(call)
  if (accounts.users.has(name)) return failed
  const system = flags.has('-S', '--system')
  const used = [...accounts.users.values()].map(({ uid }) => uid)
  const uid = idOf(flags.value('-u', '--uid')) ?? (system ? firstFree(used, 100, 999) : firstFree(used, 1000, 60000))
  const group = flags.value('-G', '--ingroup')
  // A system account without a group goes to `nogroup`; others get one of their own.
  const gid = group !== undefined ? (accounts.groups.get(group) ?? call.gid(group) ?? 1000) : system ? 65533 : uid
  const home = flags.value('-h', '--home') ?? `/home/${name}`
  const shell = flags.value('-s', '--shell') ?? (system ? '/bin/false' : '/bin/ash')
  const passwd = `${name}:x:${uid}:${gid}:${flags.value('-g', '--gecos') ?? 'Linux User,,,'}:${home}:${shell}`
  // The shell is root's, the comment depends on the version.
  const slack = flags.has('-s', '--shell') && flags.has('-g', '--gecos') ? 0 : 14
  append(call, '/etc/passwd', passwd, slack)
  if (keeps(call, '/etc/shadow')) append(call, '/etc/shadow', `${name}:!:20777:0:99999:7:::`)
  if (group === undefined && !system) makeGroup(call, name, gid, 0)
  keepUser(call, name, { uid, gid, home, lines: { passwd: bytesOf(passwd) + 1, shadow: bytesOf(name) + 22 } })
  if (!flags.has('-H', '--no-create-home'))
    makeHome(call, call.path(home), uid, gid, flags.value('-k', '--skel') ?? '/etc/skel', 0o2755)
  return undefined
}

function debian(call: Call, name: string): Result {
  const { flags } = call
  const accounts = accountsOf(call)
  if (accounts.users.has(name)) return flags.has('--system') ? undefined : failed
  if (flags.has('--group') && !flags.has('--system')) return addgroup(call)
  const system = flags.has('--system')
  const used = [...accounts.users.values()].map(({ uid }) => uid)
  const uid = idOf(flags.value('--uid', '-u')) ?? (system ? firstFree(used, 100, 999) : nextId(used, false))
  const group = flags.value('--ingroup', '--gid')
  const own = group === undefined && (!system || flags.has('--group'))
  const gid = own
    ? system
      ? firstFree(accounts.groups.values(), 100, 999)
      : uid
    : group === undefined
      ? 65534
      : (idOf(group) ?? accounts.groups.get(group) ?? call.gid(group) ?? 1000)
  const home = flags.value('--home') ?? (system ? '/nonexistent' : `/home/${name}`)
  const shell = flags.value('--shell') ?? (system ? '/usr/sbin/nologin' : '/bin/bash')
  const passwd = `${name}:x:${uid}:${gid}::${home}:${shell}`
  const shadow = `${name}:!:20777:${system ? '::' : '0:99999:7'}:::`
  leaveLocks(call)
  if (own) makeGroup(call, name, gid, slackOf(call))
  else for (const path of ['/etc/group', '/etc/gshadow']) open(call, path)
  append(call, '/etc/passwd', passwd, slackOf(call))
  if (keeps(call, '/etc/shadow')) append(call, '/etc/shadow', shadow, slackOf(call))
  if (!system)
    for (const path of ['/etc/subuid', '/etc/subgid']) if (keeps(call, path)) append(call, path, `${name}:100000:65536`)
  keepUser(call, name, {
    uid,
    gid,
    home,
    lines: { passwd: bytesOf(passwd) + 1, shadow: bytesOf(shadow) + 1, sub: system ? 0 : 1 },
    texts: { passwd, shadow },
  })
  const comment = flags.value('--gecos', '--comment') ?? (system ? undefined : '')
  if (comment !== undefined) describe(call, name, comment)
  if (!system && isRecent(call)) join({ ...call }, name, 'users')
  // It has useradd make the account.
  extendLogs(call, uid)
  if (!flags.has('--no-create-home') && !(system && home === '/nonexistent'))
    makeHome(call, call.path(home), uid, gid, system ? '/nonexistent/skel' : '/etc/skel', 0o700)
  return undefined
}

// Since Debian 12 and Ubuntu 23.04 it keeps a lock of its own, and people are members of `users`.
const older = /^(jessie|stretch|buster|bullseye|trusty|xenial|bionic|focal|jammy)$/
const isRecent = ({ facts: { os } }: Call): boolean =>
  /^(debian|ubuntu)$/.test(os?.id ?? '') && !older.test(os?.codename ?? '')

function leaveLocks(call: Call): void {
  lock(call)
  if (isRecent(call)) call.files.put('/run/adduser', { type: 'file', size: zero, text: '', mode: 0o644 })
}

/** chfn fills up to name, room and two telephones; with all of them given it is called more than once. */
function describe(call: Call, name: string, comment: string): void {
  const fields = comment.split(',')
  const whole = [...fields, '', '', ''].slice(0, Math.max(4, fields.length)).join(',')
  field({ ...call }, '/etc/passwd', name, 4, () => whole, bytesOf(whole), slackOf(call))
  if (fields.length > 3) again({ ...call }, '/etc/passwd')
}

function addgroup(call: Call): Result {
  const { flags } = call
  const [name, group] = call.args
  if (name === undefined) return failed
  // `addgroup USER GROUP` puts a user into a group.
  if (group !== undefined) return join(call, name, group)
  const { groups } = accountsOf(call)
  if (groups.has(name)) return flags.has('--system') ? undefined : failed
  const system = flags.has('-S', '--system')
  const gid =
    idOf(flags.value('-g', '--gid')) ??
    (system ? firstFree(groups.values(), 100, 999) : firstFree(groups.values(), 1000, 60000))
  if (!isBusybox(call)) leaveLocks(call)
  makeGroup(call, name, gid, 0)
  return undefined
}

function join(call: Call, name: string, group: string): Result {
  const { users, groups } = accountsOf(call)
  if (isListed(call, '/etc/passwd') && !users.has(name)) return failed
  if (isListed(call, '/etc/group') && !groups.has(group)) return failed
  // BusyBox's groups have members from the beginning.
  const slack = isBusybox(call) ? 1 : 0
  if (!isBusybox(call)) {
    leaveLocks(call)
    for (const path of ['/etc/passwd', '/etc/shadow']) open(call, path)
  }
  const { members } = accountsOf(call)
  const there = members.get(group) ?? new Set<string>()
  const delta = bytesOf(name) + (there.size > 0 ? 1 : 0)
  const add = (old: string): string => (old === '' ? name : `${old},${name}`)
  keepMembers(call, new Map(members).set(group, new Set([...there, name])))
  field(call, '/etc/group', group, 3, add, delta, slack)
  if (keeps(call, '/etc/gshadow')) field(call, '/etc/gshadow', group, 3, add, delta, slack)
  return undefined
}

function deluser(call: Call): Result {
  const [name, group] = call.args
  if (name === undefined) return failed
  const accounts = accountsOf(call)
  if (group !== undefined) {
    if (isListed(call, '/etc/group') && accounts.members.get(group)?.has(name) !== true) return failed
    if (!isBusybox(call)) {
      leaveLocks(call)
      addMember(call, name, [], [group])
      return undefined
    }
    field(
      call,
      '/etc/group',
      group,
      3,
      (old) =>
        old
          .split(',')
          .filter((m) => m !== name)
          .join(','),
      -bytesOf(name),
      1,
    )
    return undefined
  }
  if (!isBusybox(call)) {
    // What looks for files is Perl's, of which not all is there. Source: deluser of adduser 3.134, `require File::Find`.
    const looks = call.flags.has('--remove-home', '--remove-all-files', '--backup')
    if (looks && call.files.presence('/usr/share/perl') === 'no' && lacksPerl(call)) return failed
    if (!accounts.users.has(name) && isListed(call, '/etc/passwd')) return failed
    leaveLocks(call)
    const outcome = userdel({ ...call, args: [name] })
    if (call.flags.has('--remove-all-files')) call.files.remove(accounts.users.get(name)?.home ?? inside('/home', name))
    return outcome
  }
  const user = accounts.users.get(name)
  strike(call, '/etc/passwd', name, user?.lines.passwd)
  if (keeps(call, '/etc/shadow')) strike(call, '/etc/shadow', name, user?.lines.shadow)
  const gid = accounts.groups.get(name)
  if (gid !== undefined) delgroup({ ...call, args: [name] })
  keepUser(call, name, undefined)
  if (call.flags.has('--remove-home', '--remove-all-files')) call.files.remove(user?.home ?? inside('/home', name))
  return undefined
}

const lacksPerl = ({ facts, state }: Call): boolean =>
  facts.packages !== undefined &&
  !Object.hasOwn(facts.packages, 'perl') &&
  (state.get('apt') as AptState | undefined)?.system.has('perl') !== true

function delgroup(call: Call): Result {
  const name = call.args.at(-1)
  if (name === undefined) return failed
  if (!isBusybox(call)) leaveLocks(call)
  const gid = accountsOf(call).groups.get(name)
  strike(call, '/etc/group', name, gid === undefined ? undefined : bytesOf(`${name}:x:${gid}:`) + 1)
  if (keeps(call, '/etc/gshadow')) strike(call, '/etc/gshadow', name, bytesOf(`${name}:!::`) + 1)
  keepGroup(call, name, undefined)
  return undefined
}

function firstFree(used: Iterable<number>, first: number, last: number): number {
  const taken = new Set(used)
  for (let id = first; id <= last; id++) if (!taken.has(id)) return id
  return last
}

const values =
  '-u --uid -g --gecos --gid --comment -G --ingroup -h --home -s --shell -k --skel --conf --firstuid --lastuid'.split(
    ' ',
  )

export default [
  model({ names: ['adduser'], values, reliable: true, run: bounded(adduser) }),
  model({ names: ['addgroup'], values: ['-g', '--gid'], reliable: true, run: bounded(addgroup) }),
  model({ names: ['deluser'], reliable: true, run: deluser }),
  model({ names: ['delgroup'], reliable: true, run: delgroup }),
]
