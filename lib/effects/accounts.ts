/** Who somebody is: names and numbers from /etc/passwd and /etc/group where their text is known, else from the base's facts. */
import type { Accounts } from '../commands/databases.ts'
import type { Files } from '../commands/files.ts'
import { keptFor } from '../kept.ts'
import type { BaseFacts } from '../model.ts'
import { lookup, type Tree } from '../unionfs/tree.ts'
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
