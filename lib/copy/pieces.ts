/** What all builders make alike of a source. */
import { createHash } from 'node:crypto'
import { ofMember } from '../context/members.ts'
import type { Entry } from '../model.ts'
import { baseName, joinPath, parentPath } from '../path.ts'
import { exact, unknown } from '../size.ts'
import { type Origin, type Thing, unknownEntry } from './origin.ts'
import type { CopyRequest, Work } from './request.ts'
import { Stop } from './stop.ts'
import type { Target } from './target.ts'

/** A here-document as a file. */
export const inline = (name: string, text: string): Thing => ({
  path: name,
  type: 'file',
  size: exact(Buffer.byteLength(text), 'here-document'),
  mode: 0o644,
  uid: 0,
  gid: 0,
  link: null,
  text,
  content: `sha256:${createHash('sha256').update(text).digest('hex')}`,
  feed: (sink) => sink(Buffer.from(text)),
})

/** What ADD takes out of a file; undefined: it stays one. `path` with links resolved. */
export function archiveIn({ origin, traits }: Work, thing: Thing, path: string): readonly Entry[] | undefined {
  if (thing.type !== 'file') return undefined
  const entries = origin.archive(path)
  if (entries === undefined || (!traits.zstdArchives && isZstd(thing))) return undefined
  const climbing = traits.climbingRefused ? entries.find(({ climbs }) => climbs !== undefined) : undefined
  if (climbing !== undefined) throw new Stop(`invalid ${climbing.climbs}`)
  return entries
}

/** Begins with the magic number of a zstd frame. Source: RFC 8878, 3.1.1. */
function isZstd({ feed }: Thing): boolean {
  let magic: string | undefined
  feed?.((piece) => {
    magic ??= Buffer.from(piece.subarray(0, 4)).toString('hex')
  })
  return magic === '28b52ffd'
}

/**
 * What an archive leaves in a folder; hard links point to where their file lands. Mode and owner in the header of a link are
 * given to the file, whatever its own header says. (recorded: add-odd-tar)
 */
function* extracted(archive: readonly Entry[], to: string): Generator<Entry> {
  const headers = new Map<string, Pick<Entry, 'mode' | 'uid' | 'gid'>>()
  for (const { type, link, mode, uid, gid } of archive)
    if (type === 'hardlink' && link !== null) headers.set(link, { mode, uid, gid })
  for (const member of archive) {
    const { climbs, ...plain } = member
    const entry = { ...plain, ...headers.get((member.type === 'hardlink' ? member.link : null) ?? member.path) }
    // `.` is left alone; `..`, which ends in the same place, is not. (recorded: add-climbing)
    const top = entry.path === '/' && climbs === undefined
    if (top || entry.type === 'whiteout' || entry.type === 'opaque') continue
    const path = entry.path === '/' ? to : joinPath(to, entry.path.slice(1))
    if (entry.type === 'hardlink' && entry.link !== null) {
      yield { ...entry, path, link: joinPath(to, entry.link.slice(1)) }
    } else yield entry.type === 'symlink' ? { ...entry, path, mode: 0o777 } : { ...entry, path }
  }
}

/** The time of what an archive left: that of the file in the archive, wherever and by whatever it is unpacked; `archive` names it. */
export const timeInside = (archive: string, { content, path }: Entry): string =>
  content?.startsWith(ofMember) ? content : `${archive}:${path}`

/** The same where it can be unpacked: nothing is made behind a link that leads nowhere. (recorded: add-behind-dangling) */
export function* unpacked(archive: readonly Entry[], to: string, target: Target): Generator<Entry> {
  const sound = new Set([to])
  for (const entry of extracted(archive, to)) {
    for (let above = parentPath(entry.path); above.startsWith(to) && !sound.has(above); above = parentPath(above)) {
      if (target.see(above, false).type === 'other' && target.see(above).type === 'nothing')
        throw new Stop(`open ${entry.path.slice(to === '/' ? 0 : to.length)}: no such file or directory`)
      sound.add(above)
    }
    if (entry.type === 'symlink') sound.delete(entry.path)
    yield entry
  }
}

/** A package of a copied folder, where that folder goes. */
export const moved = (entry: Entry, folder: string, to: string): Entry => ({
  ...entry,
  path: joinPath(to, entry.path.slice(folder.length + 1).replace(/^\//, '')),
})

/** The bytes of a folder of an image, where its facts have them though not its files. */
function sumOf({ from }: CopyRequest, path: string) {
  const trees = from.kind === 'tree' ? (from.trees ?? {}) : {}
  return Object.hasOwn(trees, `/${path}`) ? trees[`/${path}`] : undefined
}

/** Is a source that nobody knows a folder for sure? */
export const isFolder = (request: CopyRequest, path: string): boolean =>
  path === '' || sumOf(request, path) !== undefined

/** What stands in a folder for a source that nobody knows. */
export function unseen(request: CopyRequest, origin: Origin, path: string, folder: string): Entry {
  const sum = sumOf(request, path)
  const entry = unknownEntry(folder, `${origin.name}:/${path}`, sum && exact(sum.bytes, 'base image'))
  return sum?.linkBytes === undefined ? entry : { ...entry, linkBytes: sum.linkBytes }
}

// Files that people give no extension; folders that look as if they had one.
const files =
  /^(?:Makefile|Dockerfile|Gemfile|Rakefile|Procfile|Pipfile|LICEN[CS]E|README|VERSION|gradlew|mvnw|(?:[\w.-]*[_-])?entrypoint|crontab|id_(?:rsa|dsa|ecdsa|ed25519)|authorized_keys|known_hosts|\.\w+(?:rc|ignore)|\.env|\.pgpass|\.git-credentials|\.htpasswd|\.gitconfig)$/i
const folders =
  /^(?:\.[\w-]+|s?bin|scripts|tools|utils|helpers|commands|hooks|rootfs|src|lib)$|\.(?:d|git|egg-info|app)$/
const programs = /(?:^|\/)s?bin$/

/** Is a source that nobody knows most likely one file? Told by its name and by where it goes. */
export function isFile(path: string, destination: string): boolean {
  const name = baseName(path)
  if (/[*?[]/.test(name)) return false
  if (files.test(name)) return true
  if (folders.test(name)) return false
  // A version at the end of a name is no extension.
  return (
    /\.[a-z]\w{0,7}$/i.test(name) ||
    programs.test(parentPath(path)) ||
    programs.test(destination.endsWith('/') ? destination.slice(0, -1) : parentPath(destination))
  )
}

/** A file that nobody knows. */
export const unseenFile = ({ name, kind }: Origin, path: string): Thing => ({
  path,
  type: 'file',
  size: unknown(`${name}:/${path}`),
  mode: null,
  uid: kind === 'context' ? 0 : null,
  gid: kind === 'context' ? 0 : null,
  link: null,
  content: `${name}:/${path}`,
  feed: undefined,
})
