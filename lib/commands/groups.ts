/** Groups and passwords, the tools of shadow: groupadd, groupmod, groupdel, passwd, chpasswd. Source: groupadd(8) and its kin. */
import { about } from '../size.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure } from './command.ts'
import {
  accountsOf,
  append,
  bytesOf,
  field,
  idOf,
  keepGroup,
  keeps,
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
  lock(call)
  const gid =
    idOf(call.flags.value('-g', '--gid')) ?? nextId(accounts.groups.values(), call.flags.has('-r', '--system'))
  makeGroup(call, name, gid, slackOf(call))
  return undefined
}

function groupdel(call: Call): Result {
  const name = call.args.at(-1)
  if (name === undefined) return failed
  const gid = accountsOf(call).groups.get(name)
  lock(call)
  strike(call, '/etc/group', name, gid === undefined ? undefined : bytesOf(`${name}:x:${gid}:`) + 1)
  if (keeps(call, '/etc/gshadow')) strike(call, '/etc/gshadow', name, bytesOf(`${name}:!::`) + 1)
  keepGroup(call, name, undefined)
  return undefined
}

function groupmod(call: Call): Result {
  const { flags } = call
  const name = call.args.at(-1)
  if (name === undefined) return failed
  const gid = flags.value('-g', '--gid')
  const renamed = flags.value('-n', '--new-name')
  lock(call)
  const old = accountsOf(call).groups.get(name)
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
  } else open(call, '/etc/gshadow')
  // Users whose group it is are written again with its new number.
  if (gid !== undefined) field(call, '/etc/passwd', '', 3, () => gid, 0, 4)
  keepGroup(call, name, undefined)
  keepGroup(call, renamed ?? name, idOf(gid) ?? old ?? 1000)
  return undefined
}

// A hash by yescrypt is 73 characters, by SHA-512 106. Source: crypt(5).
function setPasswords(call: Call): Result {
  if (call.name === 'passwd') {
    const { flags } = call
    if (flags.has('-S', '--status')) return undefined
    const name = call.args.at(-1) ?? 'root'
    lock(call)
    if (flags.has('-d', '--delete')) field(call, '/etc/shadow', name, 1, () => '', -1, 1)
    else if (flags.has('-l', '--lock')) lockPassword(call, name)
    else if (flags.has('-u', '--unlock')) unlockPassword(call, name)
    else call.files.write('/etc/shadow', { size: about(900, 300, 4000, 'heuristic', 'account files') })
    return unsure
  }
  const lines = call.command.stdin.output?.text?.split('\n').filter((line) => line.includes(':')) ?? ['root:']
  lock(call)
  const encrypted = call.flags.has('-e', '--encrypted')
  const delta = lines.reduce(
    (bytes, line) => bytes + (encrypted ? bytesOf(line.slice(line.indexOf(':') + 1)) : 73) - 1,
    0,
  )
  const old = call.files.get('/etc/shadow')?.size
  const size = about(
    (old?.bytes ?? 500) + delta,
    (old?.low ?? 0) + Math.min(0, delta),
    (old?.high ?? 4000) + delta + 40 * lines.length,
    'heuristic',
    'account files',
  )
  call.files.write('/etc/shadow', { size })
  return undefined
}

export default [
  model({
    names: ['groupadd'],
    values: ['-g', '--gid', '-K', '--key', '-p', '--password', '-R'],
    reliable: true,
    run: groupadd,
  }),
  model({ names: ['groupmod'], values: ['-g', '--gid', '-n', '--new-name', '-p'], reliable: true, run: groupmod }),
  model({ names: ['groupdel'], reliable: true, run: groupdel }),
  model({ names: ['passwd', 'chpasswd'], values: ['-c', '-s', '-n', '-x', '-w', '-i'], run: setPasswords }),
  model({
    names: ['chsh', 'chfn', 'gpasswd', 'newusers', 'chage', 'vipw', 'pwconv', 'grpconv', 'pwck'],
    run(call) {
      for (const path of ['/etc/passwd', '/etc/shadow', '/etc/group']) open(call, path)
      return unsure
    },
  }),
]
