/** The size of a layer as each SIZE column counts it. */

import { nameBytes } from '../image/tar-text.ts'
import type { Entry, Size, SizeModel } from '../model.ts'
import { add, exact, perhaps, weaker, zero } from '../size.ts'
import { tally } from './tally.ts'

/**
 * Bytes of a layer by one of the five models.
 *
 * `classic` A: lengths of files and of symbolic links' targets, each inode once. `buildkit` B and `tar` E: lengths of
 * files. `containerd` C: blocks of 4 KiB on ext4, folders and the layer's own root included; an estimate. `podman` D:
 * length of the tar, headers, padding and end included. An entry that may not be there counts from nothing to all.
 *
 * Source: spec/history.md section 9, formulas A to E.
 */
export function measure(entries: Iterable<Entry>, model: SizeModel): Size {
  const parts = tally()
  for (const entry of entries) {
    const part = cost(entry, model)
    if (part.high !== 0) parts.add(entry.maybe ? perhaps(part) : part)
  }
  if (model === 'podman') return add(parts.sum(), exact(2 * block, 'end of the tar'))
  if (model !== 'containerd') return parts.sum()
  const total = add(parts.sum(), exact(page, 'root of the layer'))
  return { ...total, basis: weaker(total.basis, 'heuristic') }
}

const block = 512
const page = 4096

/** Longest target of a symbolic link that ext4 keeps in the inode, in bytes. */
const inline = 59

function cost(entry: Entry, model: SizeModel): Size {
  if (model === 'podman') return tarLength(entry)
  if (model === 'containerd') return blocks(entry)
  if (entry.type === 'file') return entry.size
  if (entry.type === 'package') return model === 'classic' ? withLinks(entry) : entry.size
  return entry.type === 'symlink' && model === 'classic' ? exact(targetBytes(entry), 'target of a link') : zero
}

/** Where the links of a package were not counted: below a hundredth of its bytes in every package measured. */
function withLinks({ size, linkBytes }: Entry): Size {
  if (linkBytes !== undefined) return add(size, exact(linkBytes, size.source))
  if (size.high === 0) return size
  const high = size.high === null ? null : size.high + Math.ceil(size.high / 100)
  return { ...size, high, basis: weaker(size.basis, 'resolved') }
}

/** Header, content padded to whole blocks, and an extended header where the plain one has no room. */
function tarLength(entry: Entry): Size {
  const { size } = entry
  const head = exact(block + extended(entry), 'tar header')
  if (entry.type === 'file')
    return add(
      head,
      map(size, (bytes) => up(bytes, block)),
    )
  if (entry.type !== 'package') return entry.type === 'whiteout' && entry.label !== undefined ? hidden(entry) : head
  if (entry.files === undefined) {
    // Ten thousand packages of a distribution need seven hundredths more in a tar; nothing bounds the number of files.
    const bytes = size.bytes === null ? null : Math.round(size.bytes * 1.07)
    return { ...size, bytes, high: null, basis: weaker(size.basis, 'heuristic') }
  }
  const { files } = entry
  return {
    ...size,
    bytes: size.bytes === null ? null : size.bytes + files * (block + block / 2),
    low: size.low + files * block,
    high: size.high === null ? null : size.high + files * (2 * block - 1),
    basis: weaker(size.basis, 'heuristic'),
  }
}

/** Marks for the files of a package, one a file. */
function hidden({ files, size }: Entry): Size {
  const known = files === undefined ? null : files * block
  return { ...size, bytes: known, low: known ?? block, high: known, basis: known === null ? 'unknown' : 'heuristic' }
}

function blocks(entry: Entry): Size {
  const { size, type } = entry
  if (type === 'dir') return entry.path === '/' ? zero : exact(page, 'folder')
  if (type === 'symlink') return exact(targetBytes(entry) > inline ? page : 0, 'link')
  if (type === 'file') return map(size, (bytes) => up(bytes, page))
  if (type !== 'package') return zero
  const files = entry.files ?? (size.bytes === null ? 0 : Math.ceil(size.bytes / 20_000))
  return {
    ...size,
    bytes: size.bytes === null ? null : up(size.bytes + (files * page) / 2, page),
    low: up(size.low, page),
    high: size.high === null || entry.files === undefined ? null : up(size.high, page) + files * page,
    basis: weaker(size.basis, 'heuristic'),
  }
}

const up = (bytes: number, unit: number): number => Math.ceil(bytes / unit) * unit

const map = (size: Size, change: (bytes: number) => number): Size => ({
  ...size,
  bytes: size.bytes === null ? null : change(size.bytes),
  low: change(size.low),
  high: size.high === null ? null : change(size.high),
})

const targetBytes = (entry: Entry): number => nameBytes(entry.link ?? '')

/** Largest number in seven octal digits: owners beyond it need an extended header. */
const largestId = 0o7777777

/** Bytes of the extended header of an entry: header and records, padded. Source: POSIX.1-2017, pax, "ustar" and "pax" formats. */
function extended(entry: Entry): number {
  const { type, uid, gid, link } = entry
  const name = entry.path.slice(1) + (type === 'dir' ? '/' : '')
  const stored =
    type === 'whiteout' ? name.replace(/[^/]*$/, '.wh.$&') : type === 'opaque' ? `${name}/.wh..wh..opq` : name
  const target = type === 'hardlink' ? (link ?? '').slice(1) : type === 'symlink' ? (link ?? '') : ''
  let records = 0
  if (!fits(stored) && !divides(stored)) records += record('path', nameBytes(stored))
  if (!fits(target)) records += record('linkpath', nameBytes(target))
  for (const [key, id] of [
    ['uid', uid],
    ['gid', gid],
  ] as const)
    if (id !== null && id > largestId) records += record(key, String(id).length)
  if (entry.xattrs !== undefined) records += record('SCHILY.xattr', nameBytes(entry.xattrs))
  return records === 0 ? 0 : block + up(records, block)
}

/** ASCII and at most 100 bytes. */
const fits = (name: string): boolean => name.length <= 100 && /^[\0-\x7f]*$/.test(name)

/** A longer path fits where a slash cuts it into at most 155 bytes and at most 100. Source: Go's archive/tar, splitUSTARPath. */
function divides(name: string): boolean {
  if (!/^[\0-\x7f]*$/.test(name)) return false
  const end = Math.min(name.length, 156)
  const cut = name.slice(0, name[end - 1] === '/' ? end - 1 : end).lastIndexOf('/')
  const rest = name.length - cut - 1
  return cut > 0 && cut <= 155 && rest > 0 && rest <= 100
}

/** `27 path=…` and a newline; the number counts itself. */
function record(key: string, bytes: number): number {
  const rest = key.length + bytes + 3
  const digits = String(rest + String(rest).length).length
  return rest + digits
}
