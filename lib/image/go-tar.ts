/**
 * Tar headers as Go's archive/tar writes them, byte for byte. Buildah's hashes of COPY and ADD are taken over such a tar.
 *
 * Source: Go archive/tar, Writer and Header.allowedFormats.
 */

/** One member to write. Times are always zero here. */
export interface GoMember {
  readonly name: string
  /** Type flag: `0` file, `1` hard link, `2` symbolic link, `3` `4` devices, `5` folder, `6` named pipe. */
  readonly flag: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly bytes: number
  readonly link: string
  readonly user: string
  readonly group: string
  readonly major?: number
  readonly minor?: number
  /** What it was read as; left out: the simplest that holds it, of ustar, PAX and GNU in this order. */
  readonly format?: 'ustar' | 'pax' | 'gnu'
  /** PAX records it was read with. */
  readonly records?: ReadonlyMap<string, string>
}

const block = 512

/** The header blocks of a member; undefined where Go would refuse to write it. */
export function goHeader(member: GoMember): Buffer | undefined {
  const fit = fitting(member)
  if (fit === undefined) return undefined
  if (fit.format === 'ustar') {
    const split = splitName(member.name)
    return plain({ ...member, name: split?.name ?? member.name }, split?.prefix ?? '', 'ustar', (text) => text)
  }
  if (fit.format === 'gnu') return gnu(member)
  const parts: Buffer[] = []
  if (fit.records.size > 0) {
    const slash = member.name.lastIndexOf('/')
    const name = joined(member.name.slice(0, slash + 1), 'PaxHeaders.0', member.name.slice(slash + 1))
    const keys = [...fit.records.keys()].sort()
    parts.push(raw(name, Buffer.concat(keys.map((key) => record(key, fit.records.get(key)!))), 'x', 'ustar'))
  }
  parts.push(plain(member, '', 'ustar', asciiOnly))
  return Buffer.concat(parts)
}

/** What follows a member's bytes: zeros up to a whole block. */
export const padding = (bytes: number): Buffer => Buffer.alloc((block - (bytes % block)) % block)

/** The end of an archive. */
export const trailer: Buffer = Buffer.alloc(2 * block)

interface Fit {
  readonly format: 'ustar' | 'pax' | 'gnu'
  readonly records: ReadonlyMap<string, string>
}

function fitting(member: GoMember): Fit | undefined {
  const may = { ustar: true, pax: true, gnu: true }
  const records = new Map<string, string>()
  const text = (value: string, size: number, key: string, splits = false, long = false): void => {
    const tooLong = Buffer.byteLength(value) > size
    if (tooLong && !long) may.gnu = false
    if (tooLong || !isAscii(value)) {
      if (!splits || splitName(value) === undefined) may.ustar = false
      records.set(key, value)
    }
    if (member.records?.get(key) === value) records.set(key, value)
  }
  const number = (value: number, size: number, key: string): void => {
    if (!fitsOctal(size, value)) {
      may.ustar = false
      if (key === '') may.pax = false
      else records.set(key, String(value))
    }
    if (key !== '' && member.records?.get(key) === String(value)) records.set(key, String(value))
  }
  text(member.name, 100, 'path', true, true)
  text(member.link, 100, 'linkpath', false, true)
  text(member.user, 32, 'uname')
  text(member.group, 32, 'gname')
  number(member.mode, 8, '')
  number(member.uid, 8, 'uid')
  number(member.gid, 8, 'gid')
  number(member.bytes, 12, 'size')
  number(member.major ?? 0, 8, '')
  number(member.minor ?? 0, 8, '')
  let foreign = false
  for (const [key, value] of member.records ?? []) {
    // Go keeps keys it does not know itself; the known ones follow the fields, and times are zero here.
    if (records.has(key) || basic.has(key) || key.startsWith('GNU.sparse.')) continue
    records.set(key, value)
    foreign = true
  }
  if (foreign) {
    may.ustar = false
    may.gnu = false
  }
  const formats = (['ustar', 'pax', 'gnu'] as const).filter(
    (one) => member.format === undefined || member.format === one,
  )
  const format = formats.find((one) => may[one])
  return format && { format, records }
}

const basic = new Set(['path', 'linkpath', 'size', 'uid', 'gid', 'uname', 'gname', 'mtime', 'atime', 'ctime'])

const asciiOnly = (text: string): string => text.replace(/[\0\u0080-\u{10ffff}]/gu, '')
const isAscii = (text: string): boolean => asciiOnly(text).length === text.length
const fitsOctal = (size: number, value: number): boolean => value >= 0 && value < 8 ** (size - 1)

/** ustar's two fields for a long name. */
function splitName(name: string): { readonly prefix: string; readonly name: string } | undefined {
  if (name.length <= 100 || !isAscii(name)) return undefined
  const reach = name.length > 156 ? 156 : name.endsWith('/') ? name.length - 1 : name.length
  const slash = name.slice(0, reach).lastIndexOf('/')
  const rest = name.length - slash - 1
  if (slash <= 0 || rest > 100 || rest === 0 || slash > 155) return undefined
  return { prefix: name.slice(0, slash), name: name.slice(slash + 1) }
}

function gnu(member: GoMember): Buffer {
  const parts: Buffer[] = []
  if (Buffer.byteLength(member.name) > 100)
    parts.push(raw('././@LongLink', Buffer.from(`${member.name}\0`), 'L', 'gnu'))
  if (Buffer.byteLength(member.link) > 100)
    parts.push(raw('././@LongLink', Buffer.from(`${member.link}\0`), 'K', 'gnu'))
  return Buffer.concat([...parts, plain(member, '', 'gnu', (text) => text)])
}

type Magic = 'ustar' | 'gnu'

function plain(member: GoMember, prefix: string, magic: Magic, clean: (text: string) => string): Buffer {
  const into = Buffer.alloc(block)
  const number = (value: number, at: number, size: number): void => {
    if (fitsOctal(size, value)) octal(into, value, at, size)
    else if (magic === 'gnu') base256(into, value, at, size)
    else octal(into, 0, at, size)
  }
  put(into, clean(member.name), 0, 100)
  number(member.mode, 100, 8)
  number(member.uid, 108, 8)
  number(member.gid, 116, 8)
  number(member.bytes, 124, 12)
  number(0, 136, 12)
  into.write(member.flag, 156, 'latin1')
  put(into, clean(member.link), 157, 100)
  put(into, clean(member.user), 265, 32)
  put(into, clean(member.group), 297, 32)
  number(member.major ?? 0, 329, 8)
  number(member.minor ?? 0, 337, 8)
  put(into, prefix, 345, 155)
  return seal(into, magic)
}

/** An extension header and what it holds. */
function raw(name: string, data: Buffer, flag: string, magic: Magic): Buffer {
  const into = Buffer.alloc(block)
  const short = Buffer.from(asciiOnly(name)).subarray(0, 100).toString('latin1')
  put(into, short.replace(/\/+$/, ''), 0, 100)
  for (const [at, size] of [
    [100, 8],
    [108, 8],
    [116, 8],
    [136, 12],
  ] as const)
    octal(into, 0, at, size)
  octal(into, data.length, 124, 12)
  into.write(flag, 156, 'latin1')
  return Buffer.concat([seal(into, magic), data, padding(data.length)])
}

function seal(into: Buffer, magic: Magic): Buffer {
  into.write(magic === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257, 'latin1')
  into.write('        ', 148, 'latin1')
  let sum = 0
  for (const byte of into) sum += byte
  octal(into, sum, 148, 7)
  return into
}

function put(into: Buffer, text: string, at: number, size: number): void {
  const bytes = Buffer.from(text)
  bytes.copy(into, at, 0, size)
  // A name cut at a slash would read as a folder. (Go archive/tar, formatter.formatString)
  if (bytes.length <= size || into[at + size - 1] !== 0x2f) return
  let end = size - 1
  while (end > 0 && into[at + end - 1] === 0x2f) end--
  into[at + end] = 0
}

const octal = (into: Buffer, value: number, at: number, size: number): void => {
  into.write(value.toString(8).padStart(size - 1, '0'), at, size - 1, 'latin1')
  into[at + size - 1] = 0
}

function base256(into: Buffer, value: number, at: number, size: number): void {
  let rest = value
  for (let i = size - 1; i >= 0; i--) {
    into[at + i] = rest & 0xff
    rest = Math.floor(rest / 256)
  }
  into[at]! |= 0x80
}

/** `LENGTH KEY=VALUE`, the length counting itself. */
function record(key: string, value: string): Buffer {
  const bare = Buffer.byteLength(key) + Buffer.byteLength(value) + 3
  let bytes = bare + String(bare).length
  bytes = bare + String(bytes).length
  return Buffer.from(`${bytes} ${key}=${value}\n`)
}

/** As Go's path.Join. */
const joined = (...parts: readonly string[]): string => {
  const text = parts.filter((part) => part !== '').join('/')
  const kept = text.split('/').filter((part) => part !== '' && part !== '.')
  return `${text.startsWith('/') ? '/' : ''}${kept.join('/')}`
}
