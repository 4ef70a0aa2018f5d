/**
 * The account files line by line, by their text where it is known, else by their lengths alone. Every tool writes a
 * backup first and then the new file. Source: shadow(3), passwd(5), group(5), gshadow(5), subuid(5); run-size
 * specification, section 6; recorded rows of `users`, `jammy-useradd`, `trixie-useradd`.
 */
import type { Entry, Size } from '../model.ts'
import { isKnown, knownBytes, utf8Bytes } from '../shell/known.ts'
import { about, exact, unknown, zero } from '../size.ts'
import type { Call, Result } from './command.ts'
import { unsure } from './command.ts'
import { followed } from './places.ts'

export interface User {
  readonly uid: number
  readonly gid: number
  readonly home: string
  /** Bytes of its lines, as far as they were written here. */
  readonly lines: Readonly<Record<string, number>>
  /** Its lines in passwd and shadow, where they were written here. */
  readonly texts?: Readonly<Record<string, string>>
}

/** Accounts as this stage has them so far. */
export interface Accounts {
  readonly users: ReadonlyMap<string, User>
  readonly groups: ReadonlyMap<string, number>
  /** Members added here, by group. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>
}

/** Where accounts are looked up and kept. */
export type Registry = Pick<Call, 'state' | 'facts' | 'files'>

/** What is known of accounts: from the base, the files' text, and commands before. */
export function accountsOf(call: Registry): Accounts {
  const kept = call.state.get('accounts') as Accounts | undefined
  if (kept !== undefined) return kept
  const users = new Map<string, User>()
  const groups = new Map<string, number>()
  for (const [name, [uid, gid]] of Object.entries(call.facts.accounts?.users ?? {}))
    users.set(name, { uid, gid, home: `/home/${name}`, lines: {} })
  for (const [name, gid] of Object.entries(call.facts.accounts?.groups ?? {})) groups.set(name, gid)
  for (const line of call.files.text('/etc/passwd')?.split('\n') ?? []) {
    const [name = '', , uid, gid, , home = '/'] = line.split(':')
    if (name !== '' && uid !== undefined)
      users.set(name, { uid: Number(uid), gid: Number(gid), home, lines: { passwd: utf8Bytes(line) + 1 } })
  }
  const members = new Map<string, ReadonlySet<string>>()
  for (const line of call.files.text('/etc/group')?.split('\n') ?? []) {
    const [name = '', , gid, names = ''] = line.split(':')
    if (name === '' || gid === undefined) continue
    groups.set(name, Number(gid))
    if (names !== '') members.set(name, new Set(names.split(',')))
  }
  return keep(call, { users, groups, members })
}

/** More accounts than any image has are not followed: each new one is held against all others. */
const most = 4000

/** What makes an account, for as many as are followed. */
export const bounded =
  (make: (call: Call) => Result) =>
  (call: Call): Result => {
    const { users, groups } = accountsOf(call)
    if (users.size + groups.size < most) return make(call)
    call.files.mystery(`unknown: ${call.name}`)
    return unsure
  }

/** Is everybody known who is in this file? */
export const isListed = (call: Call, path: string): boolean => call.files.text(path) !== undefined

/** Keeps a user under a name; undefined: there is none any more. */
export const keepUser = (call: Registry, name: string, user: User | undefined): unknown =>
  keep(call, { ...accountsOf(call), users: changed(accountsOf(call).users, name, user) })

/** Keeps a group's number; undefined: there is no such group any more. */
export const keepGroup = (call: Registry, name: string, gid: number | undefined): unknown =>
  keep(call, { ...accountsOf(call), groups: changed(accountsOf(call).groups, name, gid) })

/** Keeps who was added to which group. */
export const keepMembers = (call: Call, members: Accounts['members']): unknown =>
  keep(call, { ...accountsOf(call), members })

function keep(call: Registry, accounts: Accounts): Accounts {
  call.state.set('accounts', accounts)
  return accounts
}

function changed<V>(map: ReadonlyMap<string, V>, name: string, value: V | undefined): ReadonlyMap<string, V> {
  const next = new Map(map)
  if (value === undefined) next.delete(name)
  else next.set(name, value)
  return next
}

/** Length of a file nobody knows: those of bases range from a few lines to some kB. */
const guessed = (path: string): Size => about(800, 0, 4000, 'heuristic', `length of ${path}, not known`)

function sizeNow(call: Call, path: string): { readonly size: Size; readonly entry: Entry | undefined } {
  const entry = followed(call.files, path)
  if (entry !== undefined) return { size: entry.size, entry }
  return { size: call.files.presence(path) === 'no' ? zero : guessed(path), entry: undefined }
}

/** A file opened to be changed and left as it was: stored again. */
export function open(call: Call, path: string): void {
  if (call.files.presence(path) !== 'no') call.files.restore(path, {})
}

/** Whether the system keeps this file at all: gshadow and subuid are not everywhere. */
export const keeps = (call: Call, path: string): boolean => call.files.presence(path) !== 'no'

/**
 * Rewrites a file, with a backup of the old one beside it. `edit` works on the text; `delta` is how much longer it
 * gets, for when only the length is known. `slack`: by how much that may be wrong.
 */
export function rewrite(call: Call, path: string, edit: (text: string) => string, delta: number, slack = 0): void {
  const { size, entry } = sizeNow(call, path)
  // A tool writes each file once, whatever it changes in it.
  const done = saved.get(call) ?? new Set<string>()
  saved.set(call, done)
  const isFirst = !done.has(path)
  done.add(path)
  const owner =
    entry === undefined
      ? { mode: /shadow/.test(path) ? 0o640 : 0o644 }
      : { mode: entry.mode, uid: entry.uid, gid: entry.gid }
  const text = call.files.text(path)
  const empty = entry === undefined && call.files.presence(path) === 'no'
  if (isFirst) call.files.put(`${path}-`, { type: 'file', size, ...owner, ...(text === undefined ? {} : { text }) })
  const after = text === undefined && !empty ? undefined : edit(text ?? '')
  call.files.put(path, {
    type: 'file',
    size:
      after === undefined ? longer(size, delta, slack) : slack > 0 ? longer(sizeOf(after), 0, slack) : sizeOf(after),
    ...owner,
    ...(after === undefined || slack > 0 ? {} : { text: after }),
  })
}

const saved = new WeakMap<Call, Set<string>>()

/** PAM puts a new file in the place of the old one, and keeps none beside it. */
export const keepsNone = (call: Call, path: string): void =>
  void saved.set(call, new Set([...(saved.get(call) ?? []), path]))

function longer(size: Size, delta: number, slack: number): Size {
  if (size.bytes === null) return size
  if (slack === 0)
    return {
      ...size,
      bytes: size.bytes + delta,
      low: Math.max(0, size.low + delta),
      high: size.high === null ? null : size.high + delta,
      ...(size.basis === 'exact' ? { source: 'account files' } : {}),
    }
  return about(
    size.bytes + delta,
    size.low + delta - slack,
    (size.high ?? size.bytes) + delta + slack,
    'heuristic',
    'account files',
  )
}

const sizeOf = (text: string): Size =>
  isKnown(text) ? exact(utf8Bytes(text), 'account files') : unknown('account files', knownBytes(text))

/** Adds a line. */
export const append = (call: Call, path: string, line: string, slack = 0): void =>
  rewrite(
    call,
    path,
    (text) => `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`,
    bytesOf(line) + 1,
    slack,
  )

/** Takes away the line of a name; `length` where its text is not known, 0: not even that. */
export const strike = (call: Call, path: string, name: string, length: number | undefined): void =>
  rewrite(
    call,
    path,
    (text) =>
      text
        .split('\n')
        .filter((line) => line.split(':')[0] !== name)
        .join('\n'),
    -(length ?? 40),
    length === undefined ? 40 : 0,
  )

/** A field that is changed. */
export type FieldChange = readonly [index: number, change: (old: string) => string]

/** Changes fields of a name's line, by the line where it was written here, else by as many bytes as `delta` says. */
export function edit(
  call: Call,
  path: string,
  name: string,
  changes: readonly FieldChange[],
  delta: number,
  slack: number,
): void {
  const edited = (line: string): string => {
    const fields = line.split(':')
    if (fields[0] !== name) return line
    for (const [index, change] of changes) if (fields[index] !== undefined) fields[index] = change(fields[index])
    return fields.join(':')
  }
  const user = accountsOf(call).users.get(name)
  const key = path.slice('/etc/'.length)
  const line = user?.texts?.[key]
  const whole = (text: string): string => text.split('\n').map(edited).join('\n')
  if (user === undefined || line === undefined) {
    rewrite(call, path, whole, delta, slack)
    return
  }
  const after = edited(line)
  rewrite(call, path, whole, bytesOf(after) - bytesOf(line))
  const lines = { ...user.lines, [key]: bytesOf(after) + 1 }
  keepUser(call, name, { ...user, lines, texts: { ...user.texts, [key]: after } })
}

/** Changes one field of a name's line. */
export const field = (
  call: Call,
  path: string,
  name: string,
  index: number,
  change: (old: string) => string,
  delta: number,
  slack: number,
): void => edit(call, path, name, [[index, change]], delta, slack)

/** Writes a file as it was, with a backup beside it. */
export const again = (call: Call, path: string): void => rewrite(call, path, (text) => text, 0)

/** Puts a `!` before a password that has none; a new account has one. Source: usermod and passwd of shadow 4.13. */
export function lockPassword(call: Call, name: string): void {
  const isNew = accountsOf(call).users.get(name)?.lines.shadow !== undefined
  field(call, '/etc/shadow', name, 1, (old) => (old.startsWith('!') ? old : `!${old}`), isNew ? 0 : 1, 1)
}

/** Takes the `!` away, but not from an account that would have no password then. */
export const unlockPassword = (call: Call, name: string): void =>
  field(call, '/etc/shadow', name, 1, (old) => (/^!./.test(old) ? old.slice(1) : old), 0, 1)

/** A date as days since 1970; none and -1 are never. Undefined: not understood. */
export function daysOf(word: string): string | undefined {
  if (word === '' || word === '-1') return ''
  const time = /^\d{4}-\d{2}-\d{2}$/.test(word) ? Date.parse(`${word}T00:00:00Z`) : Number.NaN
  return Number.isNaN(time) ? undefined : String(time / 86_400_000)
}

/** Bytes of a line; what is not known of it counts as a few. */
export const bytesOf = (line: string): number => (isKnown(line) ? utf8Bytes(line) : knownBytes(line) + 4)

/** The next free number from 1000 on, or for the system from 999 down. */
export function nextId(used: Iterable<number>, system: boolean, first = 1000, last = 60000): number {
  const ids = [...used]
  if (!system) return Math.max(first - 1, ...ids.filter((id) => id >= first && id <= last)) + 1
  const inRange = new Set(ids.filter((id) => id > 100 && id < first))
  for (let id = 999; id > 100; id--) if (!inRange.has(id)) return id
  return 100
}

// Debian and what is made of it: their defaults are known to the letter.
export const isDebian = (call: Call): boolean => /^(debian|ubuntu|raspbian|kali)$/.test(call.facts.os?.id ?? '')

/** A number given as a word. */
export const idOf = (word: string | undefined): number | undefined =>
  word !== undefined && /^\d+$/.test(word) ? Number(word) : undefined

/** The lock every tool of shadow leaves behind, empty. */
export function lock(call: Call): void {
  call.files.put('/etc/.pwd.lock', { type: 'file', size: zero, text: '', mode: 0o600 })
}

/** How wrong a line may be where the distribution's defaults are not known. */
export const slackOf = (call: Call): number => (isDebian(call) ? 0 : 12)
