/** What tar packs: the members of an archive, and how long it gets. Source: manual of GNU tar 1.34; BusyBox 1.35. */
import type { Size } from '../model.ts'
import { isKnown, utf8Bytes } from '../shell/known.ts'
import { exact, zero } from '../size.ts'
import { isApplet } from './busybox.ts'
import type { Call } from './command.ts'
import type { Member } from './packed.ts'
import { bearer } from './places.ts'
import type { Operand } from './tar-words.ts'

/** Where an operand lies: behind -C it is as seen from there. */
export const locate = (call: Call, { path, folder = call.command.cwd }: Operand): string =>
  call.path(path.startsWith('/') ? path : `${folder}/${path}`)

/** What an archive of these operands holds, but for what is left out by name; undefined: not all of it is known. */
export function membersOf(
  call: Call,
  sources: readonly Operand[],
  archive: string | undefined,
  isLeftOut: (path: string) => boolean,
): readonly Member[] | undefined {
  const members: Member[] = []
  // Names of one file that were given one by one.
  const first = new Map<object, string>()
  for (const source of sources) {
    if (!isKnown(source.path)) return undefined
    const at = locate(call, source)
    if (call.files.presence(at) === 'no') continue
    const top = call.files.get(at)
    if (top === undefined || top.maybe === true) return undefined
    const name = source.path.replace(/^\/+/, '').replace(/\/+$/, '') || '.'
    const { entries, complete } = top.type === 'dir' ? call.files.below(at) : { entries: [], complete: true }
    if (!complete || entries.length > mostMembers) return undefined
    for (const entry of [top, ...entries]) {
      if (entry.path === archive) continue
      const named = (path: string) => (path === at ? name : `${name}/${path.slice(at === '/' ? 1 : at.length + 1)}`)
      if (isLeftOut(named(entry.path))) continue
      if (entry.type === 'package' || entry.maybe === true) return undefined
      const { path, link, ...rest } =
        entry.type === 'hardlink' && entry.link === null ? bearer(call.files, entry) : entry
      const text = entry.type === 'file' ? call.files.text(path) : undefined
      // BusyBox leaves links the time at which they are made.
      const stamp = entry.type === 'file' || !isApplet(call) ? call.files.stamp(path) : undefined
      const inode = entry.type === 'file' || entry.type === 'symlink' ? call.files.identity(path)?.file : undefined
      const earlier = inode === undefined ? undefined : first.get(inode)
      if (inode !== undefined && earlier === undefined) first.set(inode, named(path))
      if (earlier !== undefined && earlier !== named(path)) {
        members.push({ ...rest, type: 'hardlink', size: zero, path: named(path), link: earlier })
        continue
      }
      members.push({
        ...rest,
        path: named(path),
        link: entry.type === 'hardlink' && link !== null ? named(link) : link,
        ...(text === undefined ? {} : { text }),
        ...(stamp === undefined ? {} : { stamp }),
      })
    }
  }
  return members
}

const mostMembers = 20_000

/** Length of an archive: a header and full blocks for each, two empty blocks, and GNU tar fills up what it writes. */
export function lengthOf(call: Call, members: readonly Member[]): Size | undefined {
  let bytes = 1024
  const ash = isApplet(call)
  const longest = ash ? 99 : 100
  const blocks = (length: number) => Math.ceil(length / 512) * 512
  for (const { path, type, link, size } of members) {
    if (type === 'file' && (size?.bytes == null || size.basis !== 'exact')) return undefined
    bytes += 512 + (type === 'file' ? blocks(size?.bytes ?? 0) : 0)
    const name = utf8Bytes(path) + (type === 'dir' ? 1 : 0)
    if (name > longest) bytes += 512 + blocks(name + 1)
    if (link != null && utf8Bytes(link) > longest) bytes += 512 + blocks(utf8Bytes(link) + 1)
  }
  return exact(ash ? bytes : Math.ceil(bytes / 10240) * 10240, 'tar')
}
