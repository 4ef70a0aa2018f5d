/** Who somebody is: names and numbers from /etc/passwd and /etc/group where their text is known, else from the base's facts. */
import { type Accounts, accountsOf, keepGroup, keepUser } from '../commands/databases.ts'
import type { Files } from '../commands/files.ts'
import { keptFor } from '../kept.ts'
import type { BaseFacts } from '../model.ts'
import { lookup, type Tree } from '../unionfs/tree.ts'
import { type Actor, conditionsOf } from './actor.ts'
import { withStanding } from './standing.ts'

/** A user as far as known. */
export interface Account {
  readonly uid: number | null
  readonly gid: number | null
  readonly home: string
}

/** Facts with the accounts that commands of this stage have made so far. */
export function withAccounts(facts: BaseFacts, memory: ReadonlyMap<string, unknown>): BaseFacts {
  const made = memory.get('accounts') as Accounts | undefined
  return made === undefined ? withStanding(facts) : peopled(facts)(made)
}

/** Made when somebody asks: hundreds of accounts, one to a RUN, would be written out for every one of them. */
const peopled = keptFor((facts: BaseFacts) =>
  keptFor((made: Accounts): BaseFacts => {
    // What was known of the base is among what was made.
    const accounts = facts.accounts === undefined ? withStanding(facts).accounts : undefined
    let users: NonNullable<BaseFacts['accounts']>['users'] | undefined
    let groups: NonNullable<BaseFacts['accounts']>['groups'] | undefined
    return {
      ...facts,
      accounts: {
        get users() {
          users ??= {
            ...accounts?.users,
            ...Object.fromEntries([...made.users].map(([name, { uid, gid }]) => [name, [uid, gid] as const])),
          }
          return users
        },
        get groups() {
          groups ??= { ...accounts?.groups, ...Object.fromEntries(made.groups) }
          return groups
        },
      },
    }
  }),
)

/** What is known of the image, and what commands keep. */
interface Place {
  readonly facts: BaseFacts
  readonly memory: Map<string, unknown>
}

/**
 * The same files, for who acts: lines that are appended to those of accounts are kept in `memory` where nobody knows what
 * stands before them. Of two lines for one name the first one holds.
 */
export function withNewcomers(files: Files, actor: Actor, { facts, memory }: Place): Files {
  const registry = { files, state: memory, facts }
  const note = (path: string, text: string): void => {
    for (const [name = '', , id = '', gid = '', , home = '/'] of text.split('\n').map((line) => line.split(':'))) {
      const { users, groups } = accountsOf(registry)
      if (!/^[\w.-]+$/.test(name) || !/^\d+$/.test(id)) continue
      if (path === '/etc/group' && !groups.has(name)) keepGroup(registry, name, Number(id))
      if (path === '/etc/passwd' && !users.has(name) && /^\d+$/.test(gid))
        keepUser(registry, name, { uid: Number(id), gid: Number(gid), home, lines: {} })
    }
  }
  return {
    ...files,
    write(path, bytes) {
      const at = files.real(path)
      const isNews = bytes.append === true && (at === '/etc/passwd' || at === '/etc/group')
      if (isNews && bytes.text !== undefined && conditionsOf(actor).length === 0 && files.text(at) === undefined)
        note(at, bytes.text)
      files.write(path, bytes)
    },
  }
}

/** The account of `user`, `uid`, or `user:group`; '' is root. */
export function accountOf(spec: string, files: Pick<Files, 'text' | 'presence'>, facts: BaseFacts): Account {
  const [user = '', group] = spec.split(':')
  const number = user === '' ? 0 : /^\d+$/.test(user) ? Number(user) : undefined
  const lines = files
    .text('/etc/passwd')
    ?.split('\n')
    .map((line) => line.split(':'))
  const line = lines?.find((fields) => (number === undefined ? fields[0] === user : Number(fields[2]) === number))
  const root = user === '' || user === 'root' || number === 0
  const users = (root || line !== undefined ? undefined : facts.accounts?.users) ?? {}
  const name = number === undefined ? user : Object.keys(users).find((name) => users[name]![0] === number)
  const known = name !== undefined && Object.hasOwn(users, name) ? users[name] : undefined
  const uid = root ? 0 : (number ?? (line === undefined ? known?.[0] : Number(line[2])) ?? null)
  const own = line === undefined ? (known?.[1] ?? (root || number !== undefined ? 0 : null)) : Number(line[3])
  const gid = group === undefined ? own : groupOf(group, files, facts)
  // Whoever is not in the file lives at the root.
  const nowhere = lines !== undefined || files.presence('/etc/passwd') === 'no'
  return {
    uid,
    gid,
    home:
      line?.[5] ??
      (root && !nowhere
        ? '/root'
        : nowhere || (number !== undefined && name === undefined)
          ? '/'
          : `/home/${name ?? user}`),
  }
}

/** The account of a user among the files of a tree. */
export const accountIn = (tree: Tree, spec: string, facts: BaseFacts): Account =>
  accountOf(
    spec,
    { text: (path) => lookup(tree, path, true).text, presence: (path) => lookup(tree, path).there },
    facts,
  )

/** The number of a group; null: not known. */
export function groupOf(group: string, files: Pick<Files, 'text' | 'presence'>, facts: BaseFacts): number | null {
  if (/^\d+$/.test(group)) return Number(group)
  const line = files
    .text('/etc/group')
    ?.split('\n')
    .map((l) => l.split(':'))
    .find((fields) => fields[0] === group)
  if (line !== undefined) return Number(line[2])
  const groups = facts.accounts?.groups ?? {}
  return Object.hasOwn(groups, group) ? groups[group]! : group === 'root' ? 0 : null
}
