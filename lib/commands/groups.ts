/** Groups and passwords, the tools of shadow: groupadd, groupmod, groupdel, passwd, chpasswd. Source: groupadd(8) and its kin. */
import { about } from '../size.ts'
import { isApplet } from './busybox.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure } from './command.ts'
import {
  accountsOf,
  append,
  bounded,
  bytesOf,
  edit,
  field,
  idOf,
  isDebian,
  isListed,
  keepGroup,
  keepMembers,
  keeps,
  keepsNone,
  lock,
  lockPassword,
  nextId,
  open,
  slackOf,
  strike,
  unlockPassword,
} from './databases.ts'

/** Adds a group's lines. */
export function makeGroup(call: Call, name: string, gid: number, slack: number): void {
  append(call, '/etc/group', `${name}:x:${gid}:`, slack)
  if (keeps(call, '/etc/gshadow')) append(call, '/etc/gshadow', `${name}:!::`, slack)
  keepGroup(call, name, gid)
}

function groupadd(call: Call): Result {
  const [name] = call.args
  if (name === undefined) return failed
  const accounts = accountsOf(call)
  if (accounts.groups.has(name)) return call.flags.has('-f', '--force') ? undefined : failed
  const wanted = idOf(call.flags.value('-g', '--gid'))
  const isTaken = wanted !== undefined && [...accounts.groups.values()].includes(wanted)
  if (isTaken && !call.flags.has('-o', '--non-unique', '-f', '--force')) return failed
  lock(call)
  const gid =
    (isTaken && call.flags.has('-f', '--force') ? undefined : wanted) ??
    nextId(accounts.groups.values(), call.flags.has('-r', '--system'))
  makeGroup(call, name, gid, slackOf(call))
  return undefined
}

function groupdel(call: Call): Result {
  const name = call.args.at(-1)
  if (name === undefined) return failed
  const gid = accountsOf(call).groups.get(name)
  if (gid === undefined && isListed(call, '/etc/group')) return failed
  // Somebody's first group stays.
  if ([...accountsOf(call).users.values()].some((user) => user.gid === gid)) return failed
  lock(call)
  const members = [...(accountsOf(call).members.get(name) ?? [])].join(',')
  strike(call, '/etc/group', name, gid === undefined ? undefined : bytesOf(`${name}:x:${gid}:${members}`) + 1)
  if (keeps(call, '/etc/gshadow')) strike(call, '/etc/gshadow', name, bytesOf(`${name}:!::${members}`) + 1)
  keepGroup(call, name, undefined)
  keepMembers(call, new Map([...accountsOf(call).members].filter(([group]) => group !== name)))
  return undefined
}

function groupmod(call: Call): Result {
  const { flags } = call
  const name = call.args.at(-1)
  if (name === undefined) return failed
  const gid = flags.value('-g', '--gid')
  const renamed = flags.value('-n', '--new-name')
  const old = accountsOf(call).groups.get(name)
  if (old === undefined && isListed(call, '/etc/group')) return failed
  if (renamed !== undefined && accountsOf(call).groups.has(renamed)) return failed
  lock(call)
  if (gid !== undefined)
    field(
      call,
      '/etc/group',
      name,
      2,
      () => gid,
      old === undefined ? 0 : bytesOf(gid) - String(old).length,
      old === undefined ? 4 : 0,
    )
  if (renamed !== undefined) {
    if (gid === undefined) field(call, '/etc/group', name, 0, () => renamed, bytesOf(renamed) - bytesOf(name), 0)
    if (keeps(call, '/etc/gshadow'))
      field(call, '/etc/gshadow', name, 0, () => renamed, bytesOf(renamed) - bytesOf(name), 0)
  }
  // Users whose group it is are written again with its new number.
  const own = [...accountsOf(call).users].filter(([, user]) => user.gid === old && old !== undefined)
  if (gid !== undefined && own.length === 0) open(call, '/etc/passwd')
  if (gid !== undefined && own.length > 0)
    field(
      call,
      '/etc/passwd',
      own[0]![0],
      3,
      () => gid,
      bytesOf(gid) - String(old).length,
      own.length > 1 ? 4 * own.length : 0,
    )
  keepGroup(call, name, undefined)
  keepGroup(call, renamed ?? name, idOf(gid) ?? old ?? 1000)
  return undefined
}

// A hash by yescrypt is 73 characters, by SHA-512 106, by DES 13; BusyBox writes what it was built for, and leaves no lock.
// Source: crypt(5); BusyBox 1.36, libbb/update_passwd.c.
function setPasswords(call: Call): Result {
  if (call.files.presence('/etc/passwd') === 'no') return failed
  if (call.name === 'passwd') {
    const { flags } = call
    if (flags.has('-S', '--status')) return undefined
    const name = call.args.at(-1) ?? 'root'
    if (!accountsOf(call).users.has(name) && isListed(call, '/etc/passwd')) return failed
    if (!isApplet(call)) lock(call)
    if (flags.has('-d', '--delete')) field(call, '/etc/shadow', name, 1, () => '', -1, 1)
    else if (flags.has('-l', '--lock')) lockPassword(call, name)
    else if (flags.has('-u', '--unlock')) unlockPassword(call, name)
    else call.files.write('/etc/shadow', { size: about(900, 300, 4000, 'heuristic', 'account files') })
    return unsure
  }
  const entries = (call.command.stdin.output?.text?.split('\n').filter((line) => line.includes(':')) ?? ['root:']).map(
    (line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const,
  )
  if (!isApplet(call)) lock(call)
  const encrypted = call.flags.has('-e', '--encrypted')
  // Debian's leaves it to PAM unless it is told how to hash.
  const byPam = isDebian(call) && !encrypted && !call.flags.has('-c', '--crypt-method', '-m', '--md5')
  if (byPam) keepsNone(call, '/etc/shadow')
  else if (!isApplet(call)) open(call, '/etc/passwd')
  const changed = (call.state.get('passwords') as ReadonlySet<string> | undefined) ?? new Set()
  call.state.set('passwords', new Set([...changed, ...entries.map(([name]) => name)]))
  for (const [name, given] of entries.slice(0, 100)) {
    const password = encrypted ? given : 'x'.repeat(isApplet(call) ? 60 : 73)
    const slack = encrypted ? 1 : isApplet(call) ? 60 : byPam && !changed.has(name) ? slackOf(call) : 40
    field(call, '/etc/shadow', name, 1, () => password, bytesOf(password) - 1, slack)
  }
  return undefined
}

// Changes that are known to the field: chage and chsh and chfn.
function changeField(call: Call): Result {
  const { flags, name: program } = call
  if (program === 'chage' && flags.has('-l', '--list')) return undefined
  const name = call.args.at(-1)
  if (name === undefined) return unsure
  if (program === 'chage') {
    const letters = ['-d', '-m', '-M', '-W', '-I', '-E']
    lock(call)
    open(call, '/etc/passwd')
    const changes = letters.flatMap((letter, i) => {
      const value = flags.value(letter)
      return value === undefined ? [] : [[i + 2, () => (value === '-1' ? '' : value)] as const]
    })
    edit(call, '/etc/shadow', name, changes, 0, 6 * changes.length)
    return unsure
  }
  lock(call)
  const shell = flags.value('-s', '--shell')
  if (program === 'chsh') {
    if (shell !== undefined) field(call, '/etc/passwd', name, 6, () => shell, 0, 15)
    return unsure
  }
  const parts = ['-f', '-r', '-w', '-h'].map((letter) => flags.value(letter))
  const comment = (old: string): string => {
    const before = old.split(',')
    return [...parts.map((part, i) => part ?? before[i] ?? ''), ...before.slice(4)].join(',')
  }
  field(call, '/etc/passwd', name, 4, comment, 3, 40)
  return unsure
}

export default [
  model({
    names: ['groupadd'],
    values: ['-g', '--gid', '-K', '--key', '-p', '--password', '-R'],
    reliable: true,
    run: bounded(groupadd),
  }),
  model({ names: ['groupmod'], values: ['-g', '--gid', '-n', '--new-name', '-p'], reliable: true, run: groupmod }),
  model({ names: ['groupdel'], reliable: true, run: groupdel }),
  model({ names: ['passwd', 'chpasswd'], values: ['-c', '-s', '-n', '-x', '-w', '-i'], run: setPasswords }),
  model({
    names: ['chage', 'chsh', 'chfn'],
    values: ['-d', '-m', '-M', '-W', '-I', '-E', '-s', '--shell', '-f', '-r', '-w', '-h'],
    run: changeField,
  }),
  model({
    names: ['newusers', 'vipw', 'pwconv', 'grpconv', 'pwck'],
    run(call) {
      for (const path of ['/etc/passwd', '/etc/shadow', '/etc/group']) open(call, path)
      return unsure
    },
  }),
]
