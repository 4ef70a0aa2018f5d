/**
 * What somebody who is not root may not do. Only where owner and mode are surely known is something denied: it leaves
 * no trace then, and the command that tried has failed. Everything else is taken to be allowed, since builds mostly work.
 *
 * What is mounted read-only nobody writes to; a program whose model may say too much is taken to leave it alone.
 *
 * Source: POSIX.1-2017, XBD 4.5, and unlink, chmod and chown in XSH. Further groups of a user are not looked at.
 */
import type { Change, Files } from '../commands/files.ts'
import type { Entry } from '../model.ts'
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import type { Actor } from './actor.ts'

// Folders that belong to root on every system, with others let in to read. Source: FHS 3.0.
const systems =
  /^\/(?:(?:usr\/(?:local\/)?)?(?:s?bin|lib(?:32|64|exec)?|etc|share|src|include)|usr|usr\/local|boot|home|opt|root|srv|var|var\/(?:lib|cache|log|spool))?$/

const ofSystem = (folder: string): boolean => systems.test(folder)

/** Does only root get anywhere with it? Package managers lock their records first. Source: apt-get(8), apk(8), dnf(8), zypper(8). */
export const needsRoot = ([program = '', ...words]: readonly string[]): boolean => {
  const verb = words.find((word) => !word.startsWith('-')) ?? ''
  switch (nameOf(program)) {
    case 'apt':
    case 'apt-get':
    case 'aptitude':
      return /^(?:update|install|reinstall|remove|purge|autoremove|autopurge|clean|(?:dist-|full-|safe-)?upgrade)$/.test(
        verb,
      )
    case 'apk':
      return /^(?:add|del|update|upgrade|fix)$/.test(verb)
    case 'yum':
    case 'dnf':
    case 'microdnf':
    case 'tdnf':
    case 'zypper':
      return /^(?:install|in|reinstall|remove|rm|erase|update|up|upgrade|refresh|ref|group\w*|swap)$/.test(verb)
    default:
      return false
  }
}

/** Which paths lie on something mounted, and on something that is mounted read-only. */
export interface Mounted {
  readonly outside: (path: string) => boolean
  readonly sealed: (path: string) => boolean
}

/** The same files, for who acts. A denial is noted in `actor`. */
export function withRights(files: Files, actor: Actor, { outside, sealed }: Mounted): Files {
  const entryOf = (path: string): Entry | undefined => (files.presence(path) === 'yes' ? files.get(path) : undefined)

  /** Surely without these bits: 4 to read, 2 to write, 1 to enter. */
  const lacks = (entry: Entry | undefined, bits: number): boolean => {
    if (entry === undefined || entry.mode === null || entry.uid === null || entry.gid === null) return false
    // Somebody of a number not known is not root, and may be anybody else.
    if (actor.uid === null && (entry.uid !== 0 || !actor.forgiven)) return false
    if (entry.uid === actor.uid) return ((entry.mode >> 6) & bits) !== bits
    if (entry.gid === actor.gid) return ((entry.mode >> 3) & bits) !== bits
    // A bit for the group may be one for this user, by another group of theirs.
    return ((entry.mode | (entry.mode >> 3)) & bits) !== bits
  }

  /** A folder of the system that nobody has given away; only asked where the script goes on whatever happens. */
  const isRoots = (folder: string): boolean => {
    const entry = entryOf(folder)
    return actor.forgiven && ofSystem(folder) && (entry === undefined || entry.uid === null || entry.mode === null)
  }

  /** Is a folder on the way to a path closed to them? */
  const barred = (path: string): boolean => {
    for (let folder = parentOf(path); folder !== '/'; folder = parentOf(folder))
      if (lacks(entryOf(folder), 1)) return true
    return false
  }

  /** May names in the folder of a path not be changed? A folder that is missing is made in the one above. */
  const closed = (path: string): boolean => {
    let folder = files.real(parentOf(path))
    while (folder !== '/' && files.presence(folder) === 'no') folder = parentOf(folder)
    return !outside(folder) && (lacks(entryOf(folder), 3) || isRoots(folder) || barred(folder))
  }

  const owns = (entry: Entry): boolean => entry.uid === null || actor.uid === null || entry.uid === actor.uid

  const keeps = (path: string): boolean => {
    const folder = entryOf(files.real(parentOf(path)))
    const entry = entryOf(path)
    const sticky = folder !== undefined && ((folder.mode ?? 0) & 0o1000) !== 0 && !owns(folder)
    return closed(path) || (sticky && entry !== undefined && !owns(entry))
  }

  const locked = (path: string): boolean => {
    const real = files.real(path)
    const entry = entryOf(real)
    return entry === undefined ? closed(real) : !outside(real) && (lacks(entry, 2) || barred(real))
  }

  const fixed = (path: string, { mode, uid, gid }: Change): boolean => {
    const entry = entryOf(path)
    if (entry === undefined || actor.uid === null || outside(path)) return false
    if (mode === undefined && uid === undefined && gid === undefined) return !owns(entry) && lacks(entry, 2)
    return !owns(entry) || barred(path) || (typeof uid === 'number' && entry.uid !== null && uid !== entry.uid)
  }

  /** Does it, unless it is denied. */
  const unless = (denied: () => boolean, act: () => void, ...changed: readonly string[]): void => {
    if ((actor.exact && changed.some(sealed)) || (actor.uid !== 0 && denied())) actor.denied = true
    else act()
  }
  /** Where a name itself is made, changed or removed. */
  const name = (path: string): string => inside(files.real(parentOf(path)), nameOf(path))

  const readable = (path: string): 'yes' | 'maybe' | 'no' => {
    const real = files.real(path)
    if (outside(real)) return 'yes'
    if (barred(real)) return 'no'
    const entry = entryOf(real)
    if (lacks(entry, 4)) return 'no'
    // The bit for the group alone: they may be in it, by the file of groups.
    const isOurs = entry === undefined || entry.uid === actor.uid || entry.gid === actor.gid
    return isOurs || entry.mode === null || (entry.mode & 0o004) !== 0 ? 'yes' : 'maybe'
  }

  return {
    ...files,
    readable: (path) => (actor.uid === 0 ? 'yes' : readable(path)),
    put: (path, file) =>
      unless(
        () => file.type !== 'package' && closed(path),
        () => files.put(path, file),
        name(path),
      ),
    mkdir: (path, owner) =>
      unless(
        () => files.presence(path) === 'no' && closed(path),
        () => files.mkdir(path, owner),
        ...(files.presence(path) === 'no' ? [name(path)] : []),
      ),
    write: (path, bytes) =>
      unless(
        () => locked(path),
        () => files.write(path, bytes),
        files.real(path),
      ),
    remove: (path) =>
      unless(
        () => files.presence(path) === 'yes' && keeps(path),
        () => files.remove(path),
        ...(files.presence(path) === 'yes' ? [name(path)] : []),
      ),
    restore: (path, change) =>
      unless(
        () => fixed(path, change),
        () => files.restore(path, change),
        name(path),
      ),
    link: (from, to) =>
      unless(
        () => closed(to),
        () => files.link(from, to),
        name(to),
      ),
    move: (from, to) =>
      unless(
        () => keeps(from) || closed(to),
        () => files.move(from, to),
        ...[name(from), name(to)],
      ),
  }
}
