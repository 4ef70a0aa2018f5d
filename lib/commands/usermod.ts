/** usermod: fields of a user's lines, its groups, its home. Source: usermod(8), shadow 4.13. */
import { addMember, useraddValues } from './accounts.ts'
import type { Call, Result } from './command.ts'
import { failed, model } from './command.ts'
import {
  accountsOf,
  again,
  bytesOf,
  daysOf,
  edit,
  field,
  idOf,
  isListed,
  keepMembers,
  keeps,
  keepUser,
  lock,
  lockPassword,
  open,
  rewrite,
  unlockPassword,
} from './databases.ts'

function usermod(call: Call): Result {
  const { flags } = call
  const name = call.args.at(-1)
  if (name === undefined) return failed
  const user = accountsOf(call).users.get(name)
  if (user === undefined && isListed(call, '/etc/passwd')) return failed
  lock(call)
  const login = flags.value('-l', '--login')
  const home = flags.value('-d', '--home')
  const uid = idOf(flags.value('-u', '--uid'))
  const group = flags.value('-g', '--gid')
  const gid = group === undefined ? undefined : (idOf(group) ?? accountsOf(call).groups.get(group) ?? call.gid(group))
  const changes: readonly (readonly [index: number, value: string | undefined, old: string | undefined])[] = [
    [2, flags.value('-u', '--uid'), user && String(user.uid)],
    [3, group === undefined ? undefined : String(gid ?? group), user && String(user.gid)],
    [4, flags.value('-c', '--comment'), undefined],
    [5, home, user?.home],
    [6, flags.value('-s', '--shell'), undefined],
    [0, login, name],
  ]
  const given = changes.filter(([, value]) => value !== undefined)
  const secret = flags.has('-p', '--password', '-L', '--lock', '-U', '--unlock')
  const delta = given.reduce((sum, [, value, old]) => sum + (old === undefined ? 0 : bytesOf(value!) - bytesOf(old)), 0)
  const slack = 15 * given.filter(([, , old]) => old === undefined).length
  if (given.length > 0) {
    const edits = given.map(([index, value]) => [index, () => value!] as const)
    edit(call, '/etc/passwd', name, edits, delta, slack)
  } else if (secret) again(call, '/etc/passwd')
  else open(call, '/etc/passwd')
  usermodShadow(call, name, login)
  memberships(call, name, login)
  const now = accountsOf(call).users.get(name) ?? user
  if (now !== undefined) {
    if (login !== undefined) keepUser(call, name, undefined)
    keepUser(call, login ?? name, { ...now, uid: uid ?? now.uid, gid: gid ?? now.gid, home: home ?? now.home })
  }
  moveHome(call, user?.home, { ...(uid === undefined ? {} : { uid }), ...(gid == null ? {} : { gid }) })
  const logs = ['/var/log/faillog', '/var/log/lastlog'].filter((path) => call.files.presence(path) === 'yes')
  if (uid !== undefined) for (const path of logs) open(call, path)
  return undefined
}

function usermodShadow(call: Call, name: string, login: string | undefined): void {
  const { flags } = call
  const path = '/etc/shadow'
  const password = flags.value('-p', '--password')
  const until = flags.value('-e', '--expiredate')
  const expires = until === undefined ? undefined : daysOf(until)
  if (password !== undefined) field(call, path, name, 1, () => password, bytesOf(password) - 1, 2)
  else if (flags.has('-L', '--lock')) lockPassword(call, name)
  else if (flags.has('-U', '--unlock')) unlockPassword(call, name)
  else if (until !== undefined)
    field(call, path, name, 7, () => expires ?? until, bytesOf(expires ?? until), expires === undefined ? 8 : 5)
  else if (login !== undefined) field(call, path, name, 0, () => login, bytesOf(login) - bytesOf(name), 0)
  else open(call, path)
}

// Groups named stand for all others too, unless they are only added. A new name is written wherever the old one was.
function memberships(call: Call, name: string, login: string | undefined): void {
  const { flags } = call
  const groups = (flags.value('-G', '--groups') ?? '').split(',').filter((g) => g !== '')
  const { members } = accountsOf(call)
  const has = [...members].flatMap(([group, names]) => (names.has(name) ? [group] : []))
  const left = flags.has('-a', '--append') ? [] : has.filter((group) => !groups.includes(group))
  const isWhole = flags.has('-a', '--append') || isListed(call, '/etc/group')
  // Where it is a member already, nothing is written and nothing backed up.
  const isSame = isWhole && groups.length > 0 && left.length === 0 && groups.every((group) => has.includes(group))
  if (isSame) for (const path of ['/etc/group', '/etc/gshadow']) open(call, path)
  else if (flags.has('-G', '--groups')) addMember(call, name, groups, left)
  if (login === undefined) return
  const renamed = [...accountsOf(call).members].map(
    ([group, names]) => [group, new Set([...names].map((one) => (one === name ? login : one)))] as const,
  )
  const delta = has.length * (bytesOf(login) - bytesOf(name))
  const edited = (text: string): string =>
    text
      .split('\n')
      .map((line) =>
        line
          .split(':')
          .map((part, i) =>
            i < 3
              ? part
              : part
                  .split(',')
                  .map((one) => (one === name ? login : one))
                  .join(','),
          )
          .join(':'),
      )
      .join('\n')
  for (const path of ['/etc/group', '/etc/gshadow'])
    if (has.length === 0) open(call, path)
    else if (keeps(call, path)) rewrite(call, path, edited, delta)
  keepMembers(call, new Map(renamed))
}

// What lies in a home goes with its owner's number, and with -m to another place.
function moveHome(call: Call, home: string | undefined, owner: { readonly uid?: number; readonly gid?: number }): void {
  if (home === undefined || call.files.presence(home) !== 'yes') return
  const to = call.flags.value('-d', '--home')
  if (Object.keys(owner).length > 0) call.files.restore(home, { ...owner, deep: true })
  if (call.flags.has('-m', '--move-home') && to !== undefined) call.files.move(home, call.path(to))
}

export default [
  model({
    names: ['usermod'],
    values: useraddValues.filter((v) => v !== '-b' && v !== '-k'),
    reliable: true,
    run: usermod,
  }),
]
