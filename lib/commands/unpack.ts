/** Taking archives apart, as far as anybody knows what is in them. */
import { ofMember } from '../context/members.ts'
import type { Entry, Size } from '../model.ts'
import { display } from '../shell/known.ts'
import { inside, nameOf } from '../shell/paths.ts'
import { about, sum, unknown } from '../size.ts'
import { isApplet } from './busybox.ts'
import type { Call } from './command.ts'
import { type Member, type Packing, packingOf } from './packed.ts'
import { followed } from './places.ts'

/** An archive of which only the length is known, or nothing. */
export interface Packed {
  readonly size: Size | undefined
  readonly name: string
  readonly entries: readonly Member[] | undefined
  /** Of a compressed file: what it was. */
  readonly plain?: Packing['plain']
}

/** How much is in an archive of that length, about. Source: run-size specification, section 9. */
export function grown(packed: Size | undefined, compressed: boolean, name: string): Size {
  const why = `extracted from ${display(name)}`
  if (packed === undefined || packed.bytes === null) return unknown(why)
  // A small one may be nothing but headers and the blocks it is filled up with.
  const least = packed.bytes < 1_000_000 ? 0 : packed.bytes * 0.3
  if (!compressed) return about(packed.bytes * 0.99, least, packed.bytes, 'heuristic', why)
  return about(packed.bytes * 3.3, least === 0 ? 0 : packed.bytes, packed.bytes * 8, 'heuristic', why)
}

const memberOf = ({ maybe: _, ...entry }: Entry): Member =>
  entry.content?.startsWith(ofMember) ? { ...entry, time: entry.content } : entry

/** An archive that is a file. */
export function packedAt(call: Call, arg: string): Packed {
  const path = call.path(arg)
  const entry = followed(call.files, path)
  const packing = packingOf(call, entry?.content)
  return {
    size: entry?.size,
    name: nameOf(path),
    entries: packing?.members ?? (entry === undefined ? undefined : call.archive(entry)?.map(memberOf)),
    ...(packing?.plain && { plain: packing.plain }),
  }
}

/** How an archive is taken apart. */
export interface Unpacking {
  /** Where its files go, absolute. */
  readonly folder: string
  /** Leading parts of names that go; left out: none. */
  readonly strip?: number
  /** Owners stay. */
  readonly keep?: boolean
  /** The umask takes bits, and those of set-user-ID and its kin go. */
  readonly masks?: boolean
  /** Which members, by their paths; left out: all. */
  readonly wanted?: (path: string) => boolean
  /** It is smaller than what is in it. */
  readonly compressed?: boolean
}

/** Puts an archive's files under a folder. False: not all of them got there. */
export function unpack(call: Call, packed: Packed, how: Unpacking): boolean {
  const { folder, strip = 0, keep = false, masks = false, wanted = () => true, compressed = false } = how
  if (packed.entries === undefined) {
    call.files.put(folder, {
      type: 'package',
      label: `extracted: ${packed.name}`,
      size: grown(packed.size, compressed, packed.name),
    })
    return true
  }
  const at = (path: string): string | undefined => {
    const parts = path
      .split('/')
      .filter((part) => part !== '')
      .slice(strip)
      .filter((part) => part !== '.')
    if (parts.length > 0) return inside(folder, parts.join('/'))
    return strip === 0 && /^(\.\/*)+$/.test(path) ? folder : undefined
  }
  const isBlocked = ({ path, type }: Member): boolean => {
    const to = wanted(path.replace(/^\//, '')) ? at(path) : undefined
    return to !== undefined && type !== 'dir' && isHeld(call, to)
  }
  const open = packed.entries.filter((member) => !isBlocked(member))
  const isWhole = open.length === packed.entries.length
  // BusyBox stops where a folder is in the way, and how far it got the order of names in a folder decides.
  if (!isWhole && isApplet(call)) {
    call.files.perhaps(() => unpack(call, { ...packed, entries: open }, how))
    return false
  }
  const named = new Map(packed.entries.map((member) => [member.path, member]))
  for (const { path, type, ...member } of packed.entries) {
    const isMasked = masks && member.mode != null
    const bits = isMasked ? { mode: member.mode! & 0o777 & ~call.command.umask } : {}
    // No system keeps bits of a link, whatever the archive says.
    const rest = { ...member, ...(type === 'symlink' ? { mode: 0o777 } : bits) }
    const to = at(path)
    if (to === undefined || !wanted(path.replace(/^\//, '')) || (type !== 'dir' && isHeld(call, to))) continue
    const first = type === 'hardlink' && rest.link != null ? at(rest.link) : undefined
    const source = first === undefined || wanted(rest.link ?? '') ? undefined : named.get(rest.link ?? '')
    // The name that stands first in the archive is the file, and which one that is the file system had to say.
    if (source !== undefined) call.files.perhaps(() => call.files.put(to, source))
    else if (first !== undefined) call.files.link(first, to)
    else if (type === 'dir' && folderAt(call, to) !== undefined)
      call.files.restore(folderAt(call, to)!, {
        ...(rest.mode === undefined ? {} : { mode: rest.mode }),
        ...(keep ? ownerOf(rest) : {}),
      })
    // BusyBox gives a link to nobody else.
    else call.files.put(to, { ...(keep && !(type === 'symlink' && isApplet(call)) ? rest : withoutOwner(rest)), type })
  }
  return isWhole
}

// A folder gives way to nothing else; to GNU's tar an empty one does.
const isHeld = (call: Call, path: string): boolean => {
  const { files } = call
  const isDir = files.get(path)?.type === 'dir' && files.presence(path) === 'yes'
  return isDir && (isApplet(call) || files.list(path).entries.length > 0)
}

// The folder that is there already. GNU's puts one in the place of a link, BusyBox goes where it leads.
function folderAt(call: Call, path: string): string | undefined {
  const { files } = call
  const at = isApplet(call) ? files.real(path) : path
  const entry = files.get(at)
  return files.presence(at) === 'yes' && (entry === undefined || entry.type === 'dir') ? at : undefined
}

const withoutOwner = <T extends Omit<Member, 'path' | 'type'>>({ uid: _, gid: __, ...rest }: T) => rest

const ownerOf = ({ uid, gid }: Member | Omit<Member, 'path' | 'type'>) => ({
  ...(uid === undefined ? {} : { uid }),
  ...(gid === undefined ? {} : { gid }),
})

/** An archive that comes in from another program. */
export function stream(call: Call): Packed {
  const { stdin } = call.command
  const packing = packingOf(call, stdin.output?.content)
  const url = stdin.from.flatMap((command) => command.argv).find((word) => /^https?:\/\//.test(word))
  return {
    size: stdin.output?.size,
    name: url === undefined ? (stdin.from[0]?.argv[0] ?? 'standard input') : nameOf(url.replace(/[?#].*$/, '')),
    entries: packing?.members,
    ...(packing?.plain && { plain: packing.plain }),
  }
}

/** How long an archive of some places gets, about. */
export function packedSize(call: Call, inputs: readonly string[], compressed: boolean): Size {
  const sizes: Size[] = []
  for (const input of inputs) {
    const { entries, complete } = call.files.below(input)
    const top = followed(call.files, input)
    if (top === undefined || !complete) return unknown('packed from files that are not known')
    sizes.push(top.size, ...entries.map((entry) => entry.size))
  }
  const { bytes } = sum(sizes)
  if (bytes === null) return unknown('packed from files of unknown size')
  const headers = sizes.length * 1024 + 10240
  return compressed
    ? about(bytes * 0.35, 0, bytes + headers, 'heuristic', 'packed')
    : about(bytes + headers / 2, bytes, bytes + headers, 'heuristic', 'packed')
}
