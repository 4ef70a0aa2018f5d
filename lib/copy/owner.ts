/** Who owns what is copied: `--chown`, and names in it looked up as each builder does. */
import type { BaseFacts } from '../model.ts'
import type { Traits } from '../traits.ts'
import { lookup, type Tree } from '../unionfs/tree.ts'
import { Stop } from './stop.ts'

/** Null: not known. */
export interface Ids {
  readonly uid: number | null
  readonly gid: number | null
}

/** Accounts as the stage has them when the instruction runs. */
export interface Accounts {
  readonly tree: Tree
  /** Of the image below, for where the files' text is not known. */
  readonly facts: BaseFacts | undefined
}

/** Why a name has no number. */
type Missing = 'no file' | 'no such name' | 'not known'

/**
 * The owner that `--chown=TEXT` means; `link`: beside `--link`. Throws Stop where the builder refuses.
 *
 * Source: BuildKit solver/llbsolver/ops/user_linux.go; moby builder/dockerfile, parseChownFlag; containers/buildah,
 * userForCopy and pkg/chrootuser.
 */
export function ownerOf(text: string, traits: Traits, accounts: Accounts, link = false): Ids {
  const colon = text.indexOf(':')
  const user = colon < 0 ? text : text.slice(0, colon)
  const group = colon < 0 ? undefined : text.slice(colon + 1)
  if (traits.family === 'classic') return classicOwner(text, user, group, accounts)
  if (
    link &&
    !traits.linkByName &&
    [user, group || '0'].some((name) => name !== 'root' && numeric(name, 32) === undefined)
  )
    throw new Stop(`--chown=${text}: user and group names can't be resolved when used with --link`)
  return traits.family === 'buildkit'
    ? buildkitOwner(user, group, traits, accounts)
    : buildahOwner(text, user, group, accounts)
}

function buildkitOwner(user: string, written: string | undefined, traits: Traits, accounts: Accounts): Ids {
  const group = written === '' && traits.groupOmitted ? undefined : written
  const orRoot = <T>(found: T | Missing, file: string, root: T): T | undefined => {
    if (found === 'no file' && traits.accountsRequired) throw new Stop(`open ${file}: no such file or directory`)
    if (found === 'not known') return undefined
    return found === 'no file' || found === 'no such name' ? root : (found as T)
  }
  const number = idOf(user, 'buildkit')
  const [uid, own] = number !== undefined ? [number, number] : (orRoot(findUser(user, accounts), passwd, [0, 0]) ?? [])
  if (group === undefined) return { uid: uid ?? null, gid: own ?? null }
  // Nothing behind the colon was root's group. (recorded: chown-groups)
  const gid = idOf(group, 'buildkit')
  if (gid !== undefined) return { uid: uid ?? null, gid }
  const found = findGroup(group, accounts)
  // A group that is not found leaves the user's own.
  if (found === 'no such name' || found === 'no file')
    return { uid: uid ?? null, gid: orRoot(found, groups, own) ?? null }
  return { uid: uid ?? null, gid: orRoot(found, groups, 0) ?? null }
}

function classicOwner(text: string, user: string, group: string | undefined, accounts: Accounts): Ids {
  const fail = (why: string): never => {
    throw new Stop(`unable to convert uid/gid chown string to host mapping: ${why}`)
  }
  if (group?.includes(':')) fail(`invalid chown string format: ${text}`)
  if (user === '') fail(`can't find uid for user ${user}: no such user: ${user}`)
  const name = group ?? user
  const why = (found: Missing, file: string, kind: string, of: string): string =>
    found === 'no file' ? `open ${file}: no such file or directory` : `no such ${kind}: ${of}`
  const uid = numeric(user, 64) ?? findUser(user, accounts)
  if (uid === 'no file' || uid === 'no such name')
    fail(`can't find uid for user ${user}: ${why(uid, passwd, 'user', user)}`)
  const gid = numeric(name, 64) ?? findGroup(name, accounts)
  if (gid === 'no file' || gid === 'no such name')
    fail(`can't find gid for group ${name}: ${why(gid, groups, 'group', name)}`)
  return {
    uid: typeof uid === 'number' ? uid : typeof uid === 'string' ? null : uid[0],
    gid: typeof gid === 'number' ? gid : null,
  }
}

function buildahOwner(text: string, user: string, group: string | undefined, accounts: Accounts): Ids {
  const fail = (what: string, name: string): never => {
    const kind = what === 'uid' ? 'user' : 'group'
    throw new Stop(
      `looking up UID/GID for "${text}": determining run ${what}: user: unknown ${kind} error looking up ${kind} "${name}"`,
    )
  }
  if (user === '' && (group ?? '') === '')
    throw new Stop(`looking up UID/GID for "${text}": can't find uid for user ${text}`)
  const number = user === '' ? 0 : numeric(user, 'unsigned')
  const found = number === undefined ? findUser(user, accounts) : ([number, number] as const)
  if (found === 'no file' || found === 'no such name') return fail('uid', user)
  const [uid, own] = found === 'not known' ? [null, null] : found
  if (group === undefined || group === '') return { uid, gid: own }
  const gid = numeric(group, 'unsigned') ?? findGroup(group, accounts)
  if (gid === 'no file' || gid === 'no such name') return fail('gid', group)
  return { uid, gid: gid === 'not known' ? null : gid }
}

/**
 * Why a container of USER's text cannot start; undefined: it can, or nobody knows. BuildKit takes `root` for a number, and so a
 * pair of two such, without a look at the files.
 *
 * Source: moby libcontainer/user, GetExecUser; buildah pkg/chrootuser (recorded: user-unknown).
 */
export function wrongUser(spec: string, { family }: Traits, accounts: Accounts): string | undefined {
  const [user = '', group = ''] = spec.split(':')
  const isPlain = (name: string) => idOf(name, family) !== undefined
  const isNone = (found: unknown) => found === 'no file' || found === 'no such name'
  const unknown = (kind: 'user' | 'group', name: string): string =>
    family === 'buildah'
      ? `determining run ${kind === 'user' ? 'uid' : 'gid'}: user: unknown ${kind} error looking up ${kind} "${name}"`
      : `unable to find ${kind} ${name}: no matching entries in ${kind === 'user' ? 'passwd' : 'group'} file`
  if (!isPlain(user) && isNone(findUser(user, accounts))) return unknown('user', user)
  return isPlain(group) || !isNone(findGroup(group, accounts)) ? undefined : unknown('group', group)
}

/** The id that needs no look at the files. `root` is one to BuildKit, with and without a file of accounts. (recorded: user-root-workdir) */
const idOf = (name: string, family: Traits['family']): number | undefined =>
  name === '' || (family === 'buildkit' && name === 'root') ? 0 : numeric(name, 32)

/**
 * The text as an id, by Go's reader of the builder: one that takes a sign and `bits`, or none and 32. What is too large
 * for it is a name. Kernels take 32 bits of it, and the last of them all for no change, which leaves a new file to root.
 */
function numeric(text: string, bits: 32 | 64 | 'unsigned'): number | undefined {
  if (!(bits === 'unsigned' ? /^\d+$/ : /^[+-]?\d+$/).test(text) || text.length > 40) return undefined
  const number = BigInt(text.replace(/^\+/, ''))
  if (bits === 'unsigned' ? number >= 1n << 32n : BigInt.asIntN(bits, number) !== number) return undefined
  const id = Number(BigInt.asUintN(32, number))
  return id === 0xffff_ffff ? 0 : id
}

const passwd = '/etc/passwd'
const groups = '/etc/group'

function findUser(name: string, { tree, facts }: Accounts): readonly [uid: number, gid: number] | Missing {
  const line = findLine(tree, passwd, name)
  if (typeof line !== 'string') return [Number(line[2]) || 0, Number(line[3]) || 0]
  const users = facts?.accounts?.users ?? {}
  return line === 'not known' && Object.hasOwn(users, name) ? users[name]! : missing(line, passwd, tree, facts)
}

function findGroup(name: string, { tree, facts }: Accounts): number | Missing {
  const line = findLine(tree, groups, name)
  if (typeof line !== 'string') return Number(line[2]) || 0
  const known = facts?.accounts?.groups ?? {}
  return line === 'not known' && Object.hasOwn(known, name) ? known[name]! : missing(line, groups, tree, facts)
}

// All accounts of an image are known whose files all are, as long as nothing was installed on top and nobody has written to them.
const missing = (line: Missing, path: string, tree: Tree, facts: BaseFacts | undefined): Missing =>
  line === 'not known' &&
  facts?.complete === true &&
  facts.accounts !== undefined &&
  tree.homes.size === 0 &&
  facts.files?.[path]?.bytes === lookup(tree, path, true).entry?.size.bytes
    ? 'no such name'
    : line

/** The fields of a name's line. */
function findLine(tree: Tree, path: string, name: string): readonly string[] | Missing {
  const { there, text } = lookup(tree, path, true)
  if (there === 'no') return 'no file'
  if (text === undefined || there !== 'yes') return 'not known'
  const line = text.split('\n').find((one) => one.startsWith(`${name}:`))
  return line === undefined || name === '' ? 'no such name' : line.split(':')
}
