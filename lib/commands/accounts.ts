/**
 * Users and groups, the tools of shadow: useradd, usermod, userdel, groupadd, groupmod, groupdel, passwd, chpasswd.
 * BusyBox's and Debian's own are in adduser.ts. Source: useradd(8) and its kin, shadow 4.8 and 4.13.
 */

import { isKnown } from '../shell/known.ts'
import { inside } from '../shell/paths.ts'
import { about, exact, zero } from '../size.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure } from './command.ts'
import { copyTree } from './copies.ts'
import type { Accounts } from './databases.ts'
import {
  accountsOf,
  append,
  bounded,
  bytesOf,
  idOf,
  isListed,
  keepGroup,
  keepMembers,
  keeps,
  keepUser,
  lock,
  nextId,
  open,
  rewrite,
  slackOf,
  strike,
} from './databases.ts'
import { makeGroup } from './groups.ts'

const day = 20777 // five digits from 1997 to 2243, which is all that counts

/** Does this distribution's shadow make homes and mail boxes unasked? Source: login.defs and useradd's defaults there. */
const isRed = (call: Call): boolean =>
  /^(fedora|centos|rhel|rocky|almalinux|ol|amzn|mageia|azurelinux|photon)$/.test(call.facts.os?.id ?? '')
// Those before 4.13 write zeros into the logs of last logins up to the new number. Source: NEWS of shadow 4.13; the
// versions that distributions ship.
function extendsLogs({ facts: { os } }: Call): boolean {
  if (/^(xenial|bionic|focal|impish|jammy|kinetic|stretch|buster|bullseye)$/.test(os?.codename ?? '')) return true
  const newer =
    os === undefined
      ? undefined
      : { debian: 12, ubuntu: 23, centos: 10, rhel: 10, rocky: 10, almalinux: 10, ol: 10, amzn: 2023 }[os.id]
  const version = Number.parseInt(os?.versionId ?? '', 10)
  return newer !== undefined && version < newer
}

function useradd(call: Call): Result {
  const { flags, files } = call
  const [name] = call.args
  if (flags.has('-D', '--defaults') || name === undefined)
    return name === undefined && !flags.has('-D') ? failed : undefined
  const accounts = accountsOf(call)
  if (accounts.users.has(name)) return failed
  if (isRefused(call, accounts, name)) return failed
  const system = flags.has('-r', '--system')
  const slack = slackOf(call)
  lock(call)
  const uid =
    idOf(flags.value('-u', '--uid')) ??
    nextId(
      [...accounts.users.values()].map((u) => u.uid),
      system,
    )
  const group = flags.value('-g', '--gid')
  const own = group === undefined && !flags.has('-N', '--no-user-group')
  const gid =
    idOf(group) ??
    (group === undefined
      ? own
        ? ownGid(accounts, uid, system)
        : 100
      : (accounts.groups.get(group) ?? call.gid(group) ?? 1000))
  const home = flags.value('-d', '--home-dir', '--home') ?? `${flags.value('-b', '--base-dir') ?? '/home'}/${name}`
  const shell = flags.value('-s', '--shell') ?? (isRed(call) ? '/bin/bash' : '/bin/sh')
  const comment = flags.value('-c', '--comment') ?? ''
  const password = flags.value('-p', '--password') ?? (isRed(call) ? '!!' : '!')
  const aging = system ? '::::::' : ':0:99999:7:::'
  const passwd = `${name}:x:${uid}:${gid}:${comment}:${home}:${shell}`
  const shadow = `${name}:${password}:${day}${aging}`
  append(call, '/etc/passwd', passwd, slack)
  if (keeps(call, '/etc/shadow')) append(call, '/etc/shadow', shadow, slack)
  if (own) makeGroup(call, name, gid, slack)
  const more = (flags.value('-G', '--groups') ?? '').split(',').filter((g) => g !== '')
  if (more.length > 0) addMember(call, name, more)
  // All four are opened to be changed, whatever is.
  for (const path of ['/etc/group', '/etc/gshadow']) if (!own && more.length === 0) open(call, path)
  // Source: shadow, useradd.c: is_sub_uid.
  const sub = !system && (uid === 0 || (uid >= 1000 && uid <= 60000))
  if (sub) addRanges(call, name, slack)
  const lines = { passwd: bytesOf(passwd) + 1, shadow: bytesOf(shadow) + 1, sub: sub ? 1 : 0 }
  keepUser(call, name, { uid, gid, home, lines, texts: { passwd, shadow } })
  if (!flags.has('-l', '--no-log-init')) extendLogs(call, uid)
  const wantsHome = flags.has('-m', '--create-home') || (isRed(call) && !system && !flags.has('-M', '--no-create-home'))
  if (wantsHome && !flags.has('-M', '--no-create-home'))
    makeHome(call, call.path(home), uid, gid, flags.value('-k', '--skel') ?? '/etc/skel', homeMode(call))
  if (isRed(call) && !system)
    files.put(`/var/spool/mail/${name}`, { type: 'file', size: zero, text: '', mode: 0o660, uid, gid: 12 })
  return undefined
}

// A number that is taken, a group that is not there, or one of the same name that is.
function isRefused(call: Call, { users, groups }: Accounts, name: string): boolean {
  const { flags } = call
  const uid = idOf(flags.value('-u', '--uid'))
  const isTaken = uid !== undefined && [...users.values()].some((user) => user.uid === uid)
  if (isTaken && !flags.has('-o', '--non-unique')) return true
  const group = flags.value('-g', '--gid')
  if (group === undefined && !flags.has('-N', '--no-user-group') && groups.has(name)) return true
  if (!isListed(call, '/etc/group')) return false
  const numbers = new Set(groups.values())
  const named = [...(group === undefined ? [] : [group]), ...(flags.value('-G', '--groups') ?? '').split(',')]
  return named.some((one) => {
    const gid = idOf(one)
    return one !== '' && isKnown(one) && (gid === undefined ? !groups.has(one) : !numbers.has(gid))
  })
}

// Source: HOME_MODE and UMASK of login.defs: Debian up to 12 has the one as a comment, Ubuntu has 0750 since 21.04.
function homeMode({ flags, facts: { os } }: Call): number {
  const keys = new Map(flags.all('-K', '--key').map((word) => word.split('=', 2) as [string, string]))
  const octal = (word: string | undefined) => (/^0?[0-7]{3}$/.test(word ?? '') ? Number.parseInt(word!, 8) : undefined)
  const mask = octal(keys.get('UMASK'))
  const given = octal(keys.get('HOME_MODE')) ?? (mask === undefined ? undefined : 0o777 & ~mask)
  const version = Number.parseFloat(os?.versionId ?? '')
  const early = (os?.id === 'debian' && version < 13) || (os?.id === 'ubuntu' && version < 21.04)
  return given ?? (early ? 0o755 : os?.id === 'ubuntu' ? 0o750 : 0o700)
}

// The same number as the user's, when it is free and in the range for groups.
function ownGid({ groups }: Accounts, uid: number, system: boolean): number {
  const taken = new Set(groups.values())
  return uid <= 60000 && !taken.has(uid) ? uid : nextId(taken, system)
}

function addRanges(call: Call, name: string, slack: number): void {
  const count = Number(call.state.get('subids') ?? 0)
  call.state.set('subids', count + 1)
  for (const path of ['/etc/subuid', '/etc/subgid'])
    if (keeps(call, path)) append(call, path, `${name}:${100000 + 65536 * count}:65536`, slack)
}

/** Zeros up to a new number, where shadow writes them. Source: lastlog(5) 292 bytes a number, faillog(5) 32. */
export function extendLogs(call: Call, uid: number): void {
  if (!extendsLogs(call)) return
  for (const [path, width] of [
    ['/var/log/lastlog', 292],
    ['/var/log/faillog', 32],
  ] as const) {
    if (call.files.presence(path) === 'no') continue
    const old = call.files.get(path)?.size.bytes ?? 0
    const bytes = Math.max(old, width * (uid + 1))
    call.files.write(path, {
      size:
        call.files.get(path) === undefined
          ? about(bytes, 0, bytes, 'heuristic', `${path}, where it is there`)
          : exact(bytes, 'account files'),
    })
  }
}

/** A home folder with what lies in /etc/skel. */
export function makeHome(
  call: Call,
  home: string,
  uid: number | null,
  gid: number | null,
  skeleton: string,
  mode: number,
): void {
  const { files } = call
  if (files.presence(home) === 'yes') return
  files.mkdir(home)
  files.restore(home, { mode, uid, gid })
  const { entries, complete } = files.list(skeleton)
  for (const entry of entries) {
    copyTree(call, entry.path, inside(home, entry.path.slice(entry.path.lastIndexOf('/') + 1)), { keep: true })
    files.restore(inside(home, entry.path.slice(entry.path.lastIndexOf('/') + 1)), { uid, gid, deep: true })
  }
  // Source: .bashrc, .profile and .bash_logout of Debian are 4,553 bytes. A base that lists these lists all.
  if (!complete && entries.length === 0)
    files.put(home, {
      type: 'package',
      label: 'skeleton of a home',
      size: about(4553, 0, 8000, 'heuristic', 'files of /etc/skel, not known'),
    })
}

/** Puts a user into groups, and out of others. */
export function addMember(call: Call, name: string, groups: readonly string[], left: readonly string[] = []): void {
  const members = new Map(accountsOf(call).members)
  let delta = 0
  for (const group of left) {
    const there = members.get(group)
    if (there?.has(name) !== true) continue
    delta -= bytesOf(name) + (there.size > 1 ? 1 : 0)
    members.set(group, new Set([...there].filter((one) => one !== name)))
  }
  let guessed = false
  for (const group of groups) {
    const there = members.get(group) ?? new Set<string>()
    guessed ||= !isKnown(group) || /^\d+$/.test(group)
    if (there.has(name)) continue
    delta += bytesOf(name) + (there.size > 0 ? 1 : 0)
    members.set(group, new Set([...there, name]))
  }
  keepMembers(call, members)
  const edit = (text: string): string =>
    text
      .split('\n')
      .map((line) => {
        const fields = line.split(':')
        const wanted = groups.includes(fields[0] ?? '') || groups.includes(fields[2] ?? '-')
        const listed = (fields[3] ?? '').split(',').filter((m) => m !== '')
        const leaves = left.includes(fields[0] ?? '') && listed.includes(name)
        if (fields[3] === undefined || !(leaves || (wanted && !listed.includes(name)))) return line
        fields[3] = (leaves ? listed.filter((one) => one !== name) : [...listed, name]).join(',')
        return fields.join(':')
      })
      .join('\n')
  rewrite(call, '/etc/group', edit, delta, guessed ? 8 : 0)
  if (keeps(call, '/etc/gshadow')) rewrite(call, '/etc/gshadow', edit, delta, guessed ? 8 : 0)
}

export function userdel(call: Call): Result {
  const name = call.args.at(-1)
  if (name === undefined) return failed
  const accounts = accountsOf(call)
  const user = accounts.users.get(name)
  if (user === undefined && (call.facts.accounts !== undefined || isListed(call, '/etc/passwd'))) return failed
  lock(call)
  strike(call, '/etc/passwd', name, user?.lines.passwd)
  if (keeps(call, '/etc/shadow')) strike(call, '/etc/shadow', name, user?.lines.shadow)
  const shared = [...accounts.users].some(([other, { gid }]) => other !== name && gid === user?.gid)
  const group = accounts.groups.get(name)
  const memberships = [...accounts.members].filter(([, set]) => set.has(name))
  const freed = memberships.reduce((bytes, [, set]) => bytes + bytesOf(name) + (set.size > 1 ? 1 : 0), 0)
  const left = memberships.map(([group, set]) => [group, new Set([...set].filter((one) => one !== name))] as const)
  keepMembers(call, new Map([...accounts.members, ...left]))
  // A group of its name goes along that is its own and nobody else's.
  const others = [...(accounts.members.get(name) ?? [])].some((one) => one !== name)
  const isOwn = user === undefined || user.gid === group
  const gone = group !== undefined && isOwn && !others && (!shared || call.flags.has('-f', '--force'))
  const drop = (text: string): string =>
    text
      .split('\n')
      .filter((line) => !gone || line.split(':')[0] !== name)
      .map((line) =>
        line
          .split(':')
          .map((part, i) =>
            i >= 3
              ? part
                  .split(',')
                  .filter((m) => m !== name)
                  .join(',')
              : part,
          )
          .join(':'),
      )
      .join('\n')
  // What has nothing to lose is only opened.
  const slack = user === undefined ? 20 : 0
  for (const [path, line] of [
    ['/etc/group', `${name}:x:${group}:`],
    ['/etc/gshadow', `${name}:!::`],
  ] as const) {
    if (path !== '/etc/group' && !keeps(call, path)) continue
    if (freed === 0 && !gone && slack === 0) open(call, path)
    else rewrite(call, path, drop, -(freed + (gone ? bytesOf(line) + 1 : 0)), slack)
  }
  for (const path of ['/etc/subuid', '/etc/subgid']) {
    if (!keeps(call, path)) continue
    if ((user?.lines.sub ?? 0) > 0) strike(call, path, name, bytesOf(`${name}:100000:65536`) + 1)
    else open(call, path)
  }
  keepUser(call, name, undefined)
  if (gone) keepGroup(call, name, undefined)
  if (call.flags.has('-r', '--remove', '--remove-home')) {
    call.files.remove(user?.home ?? `/home/${name}`)
    if (call.files.presence(`/var/mail/${name}`) === 'yes') call.files.remove(`/var/mail/${name}`)
  }
  return undefined
}

function gpasswd(call: Call): Result {
  const [group] = call.args
  const [joins, leaves] = [call.flags.value('-a', '--add'), call.flags.value('-d', '--delete')]
  lock(call)
  if (group !== undefined && joins !== undefined) addMember(call, joins, [group])
  else if (group !== undefined && leaves !== undefined) addMember(call, leaves, [], [group])
  else for (const path of ['/etc/group', '/etc/gshadow']) open(call, path)
  return unsure
}

/** Options of useradd and usermod that take a value. */
export const useraddValues =
  '-b --base-dir -c --comment -d --home-dir --home -e --expiredate -f --inactive -g --gid -G --groups -k --skel -K --key -p --password -R --root -s --shell -u --uid -Z -l --login'.split(
    ' ',
  )

export default [
  model({
    names: ['useradd'],
    values: useraddValues.filter((v) => v !== '-l' && v !== '--login'),
    reliable: true,
    run: bounded(useradd),
  }),
  model({ names: ['userdel'], values: ['-R', '--root'], reliable: true, run: userdel }),
  model({ names: ['gpasswd'], values: ['-a', '-d', '-A', '-M', '-Q', '--add', '--delete'], run: gpasswd }),
]
