/** Small questions that several families ask of the file system. */
import type { Entry } from '../model.ts'
import type { Files } from './files.ts'

// Folders that every Linux image has, for bases whose files are not known. Source: FHS 3.0.
const standard = new Set(
  (
    '/ /bin /boot /dev /etc /home /lib /lib64 /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/include ' +
    '/usr/lib /usr/lib64 /usr/libexec /usr/local /usr/local/bin /usr/local/etc /usr/local/include /usr/local/lib /usr/local/sbin ' +
    '/usr/local/share /usr/local/src /usr/sbin /usr/share /usr/src /var /var/cache /var/lib /var/log /var/run /var/spool /var/tmp'
  ).split(' '),
)

/** Is it a directory (links followed)? undefined: nobody can say. */
export function isFolder(files: Files, path: string): boolean | undefined {
  const real = files.real(path)
  const entry = files.get(real)
  if (entry !== undefined && entry.type !== 'package') return entry.type === 'dir'
  if (files.presence(real) === 'no') return false
  return standard.has(path) || files.list(real).entries.length > 0 ? true : undefined
}

/** Can something be put into this folder? False: it is not there, or no folder; what nobody knows can. */
export function holds(files: Files, folder: string): boolean {
  const real = files.real(folder)
  if (files.presence(real) === 'no') return false
  const type = files.get(real)?.type
  return type === undefined || type === 'dir' || type === 'package'
}

/**
 * Did COPY bring something to this very path of which nobody knows whether it is one file or a folder? It stands there as a
 * folder; a command that takes files only tells that it is a file, or the build would have ended.
 */
export function isUnseen(files: Files, path: string): boolean {
  const [only, ...more] = files.packagesIn(path)
  const isOne = only !== undefined && more.length === 0 && files.list(path).entries.length === 0
  return isOne && only.kind === 'content' && only.size.bytes === null && /^[^:]+:\/(?!\/)/.test(only.label ?? '')
}

/** The file that carries the bytes of an entry: itself, or the first name of a hard link. */
export function bearer(files: Files, entry: Entry): Entry {
  return entry.type === 'hardlink' && entry.link !== null ? (files.get(entry.link) ?? entry) : entry
}

/** An entry as a look at its path alone tells it: another name of a file is that file. */
export const alone = (files: Files, entry: Entry): Entry =>
  entry.type === 'hardlink' ? { ...bearer(files, entry), path: entry.path } : entry

/** The entry at a path with all links followed; undefined: not there, or not known. */
export function followed(files: Files, path: string): Entry | undefined {
  const entry = files.get(files.real(path))
  return entry === undefined ? undefined : bearer(files, entry)
}
