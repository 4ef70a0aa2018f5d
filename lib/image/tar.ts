/**
 * Reads tar: headers by seeking over the bodies where the bytes lie still, or fed piece by piece from a stream.
 *
 * One parser serves both. It knows PAX, GNU long names, ustar prefixes, base-256 numbers and the sparse formats, and gives
 * records in the order of the archive, duplicates included. What the records mean in a layer is `entry.ts`.
 */
import { UserError } from '../error.ts'
import { attributes, decimal, paxNumber, paxText, sparseBytes } from './pax.ts'
import type { Source } from './readable.ts'
import { blank, blockBytes, type Header, header, number, paxRecords, type Records, sound, text } from './tar-header.ts'
import type { OnPlain, Plain } from './tar-plain.ts'
import { plainName } from './tar-plain.ts'

export type TarType = 'file' | 'dir' | 'symlink' | 'hardlink' | 'char' | 'block' | 'fifo'

/** One member of an archive, as its headers say. */
export interface TarRecord {
  /** As written: not cleaned, may be absolute or climb. */
  readonly name: string
  readonly type: TarType
  /** Length of the file as read back: of a sparse file with its holes. 0 for all but regular files. */
  readonly bytes: number
  /** Bytes of the body in the archive, padding not counted. */
  readonly stored: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Seconds; fractions where the archive has them. */
  readonly mtime: number
  /** Target of a symbolic or hard link, as written. */
  readonly link: string
  /** Extended attributes, `key=hex` joined by blanks in the order of keys. */
  readonly xattrs: string | undefined
  /** Its content is not the stored bytes one after the other. */
  readonly sparse: boolean
  /** Where its first header begins, extensions included, and where its body does, counted from the start of the tar. */
  readonly head: number
  readonly body: number
}

/** Receives the stored bytes of one member. */
export interface BodySink {
  /** No more than so many bytes are wanted; absent: all. */
  readonly most?: number
  write(piece: Buffer): void
  end(): void
}

/** Called for each member; gives a sink when the body is wanted. */
export type OnRecord = (record: TarRecord) => BodySink | undefined

/** Takes a tar in order. Every method throws UserError on what is no tar. */
export interface TarParser {
  /** `words`: the piece as numbers, where they are at hand. */
  feed(piece: Buffer, words?: Int32Array): void
  /** Bytes to come that belong to a body nobody wants: one that can seek may leave them out by `skip`. */
  readonly skippable: number
  skip(bytes: number): void
  /** The archive ends here. Throws when it ends in the middle of a member. */
  finish(): void
  /** The end mark was seen: the rest does not matter. */
  readonly ended: boolean
  /** Members so far. */
  readonly count: number
}

/** A long name or a set of records larger than this is an attack. Source: Go archive/tar, maxSpecialFileSize. */
const extensionLimit = 1 << 20
/** Members of one archive. */
const countLimit = 5_000_000

const types: Readonly<Record<string, TarType>> = {
  '0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '4': 'block',
  '5': 'dir',
  D: 'dir',
  '6': 'fifo',
}

const padding = (bytes: number): number => (blockBytes - (bytes % blockBytes)) % blockBytes

const wordsOf = (piece: Buffer): Int32Array => new Int32Array(piece.buffer, piece.byteOffset, piece.length >> 2)

type State = 'header' | 'extension' | 'sparse map' | 'body' | 'end'

/** A parser that reports to `onRecord`, or of plain members to `onPlain`. `name` is for messages. */
export function tarParser(name: string, onRecord: OnRecord, onPlain?: OnPlain): TarParser {
  let state: State = 'header'
  let at = 0
  let head = -1
  let count = 0
  /** A block that came in two pieces. */
  const joined = Buffer.alloc(blockBytes)
  let joinedBytes = 0
  let current: Header | undefined
  /** Extension under way. */
  let flag = ''
  let extension = Buffer.alloc(0)
  let extensionBytes = 0
  let extensionPad = 0
  let records: Records | undefined
  let longName: string | undefined
  let longLink: string | undefined
  let realBytes = -1
  /** Body under way. */
  let left = 0
  let pad = 0
  let sink: BodySink | undefined
  /** Bytes of it that the sink still waits for. */
  let wanted = 0
  /** Hard links should have no body, and some have one: what follows decides. */
  let doubtful = 0

  const fail = (what: string, where = at): never => {
    throw new UserError(`${name}: not a readable tar: ${what} at byte ${where}`)
  }

  const emit = (from: Header): void => {
    const pax = records
    const type = types[from.flag]
    const stored = pax?.has('size') ? decimal(pax.get('size')!) : from.bytes
    if (stored < 0) fail('the size of a member makes no sense')
    const payload = type === 'file' || type === undefined || from.flag === 'D' ? stored : 0
    if (!Number.isSafeInteger(at + payload + padding(payload))) fail('the size of a member makes no sense')
    if (type !== undefined) {
      if (++count > countLimit) fail(`more than ${countLimit} members`)
      const sparse = realBytes >= 0 || sparseBytes(pax) >= 0
      const record: TarRecord = {
        name: paxText(pax, 'GNU.sparse.name') ?? paxText(pax, 'path') ?? longName ?? from.name,
        type,
        bytes: type !== 'file' ? 0 : sparse ? Math.max(realBytes, sparseBytes(pax)) : stored,
        stored: payload,
        mode: Math.max(0, from.mode) & 0o7777,
        uid: paxNumber(pax, 'uid') ?? Math.max(0, from.uid),
        gid: paxNumber(pax, 'gid') ?? Math.max(0, from.gid),
        mtime: paxNumber(pax, 'mtime') ?? from.mtime,
        link: paxText(pax, 'linkpath') ?? longLink ?? from.link,
        xattrs: pax === undefined ? undefined : attributes(pax),
        sparse,
        head,
        body: at,
      }
      if (record.name.includes('\0') || record.link.includes('\0')) fail('a name with a NUL in it', head)
      sink = onRecord(record)
    }
    doubtful = type === 'hardlink' ? stored : 0
    head = -1
    records = undefined
    longName = undefined
    longLink = undefined
    realBytes = -1
    current = undefined
    beginBody(payload)
  }

  const plain: { -readonly [key in keyof Plain]: Plain[key] } = {
    type: 'file',
    bytes: 0,
    mode: 0,
    uid: 0,
    gid: 0,
    body: 0,
    words: undefined,
  }

  /** Whether the header at hand was one of a plain member, and is done. */
  const emitPlain = (block: Buffer, from: number, words: Int32Array | undefined): boolean => {
    const flag = block[from + 156]
    if ((flag !== 0x30 && flag !== 0x35) || extended()) return false
    const nameEnd = plainName(block, from)
    const bytes = number(block, from + 124, 12)
    if (nameEnd === from || bytes < 0 || !Number.isSafeInteger(at + bytes + padding(bytes))) return false
    if (++count > countLimit) fail(`more than ${countLimit} members`)
    plain.type = flag === 0x30 ? 'file' : 'dir'
    plain.bytes = flag === 0x30 ? bytes : 0
    plain.mode = Math.max(0, number(block, from + 100, 8)) & 0o7777
    plain.uid = Math.max(0, number(block, from + 108, 8))
    plain.gid = Math.max(0, number(block, from + 116, 8))
    plain.body = at
    plain.words = words
    sink = onPlain!(block, from, nameEnd, plain)
    head = -1
    beginBody(plain.bytes)
    return true
  }

  const extended = (): boolean =>
    records !== undefined || longName !== undefined || longLink !== undefined || realBytes >= 0

  const beginBody = (bytes: number): void => {
    left = bytes
    pad = padding(bytes)
    wanted = sink === undefined ? 0 : Math.min(bytes, sink.most ?? bytes)
    state = 'body'
    if (left + pad === 0) endBody()
  }

  const endSink = (): void => {
    sink?.end()
    sink = undefined
  }

  const endBody = (): void => {
    endSink()
    state = 'header'
  }

  const takeHeader = (block: Buffer, from: number, words?: Int32Array): void => {
    const start = at
    const good = sound(block, from, words)
    if (doubtful > 0) {
      const bytes = doubtful
      doubtful = 0
      if (!good && !blank(block, from)) {
        at += blockBytes
        left = bytes + padding(bytes) - blockBytes
        pad = 0
        state = left > 0 ? 'body' : 'header'
        return
      }
    }
    at += blockBytes
    if (!good) {
      if (!blank(block, from)) fail('no header', start)
      // POSIX wants two blank blocks; many writers leave one or none. What follows the first is not read.
      if (head !== -1) fail('an extension header without its member', start)
      state = 'end'
      return
    }
    if (head === -1) head = start
    if (onPlain !== undefined && emitPlain(block, from, words)) return
    const read = header(block, from)
    flag = read.flag
    if (flag === 'x' || flag === 'X' || flag === 'g' || flag === 'L' || flag === 'K') {
      if (read.bytes < 0 || read.bytes > extensionLimit) fail('an extension header of unreasonable size', start)
      extension = Buffer.alloc(read.bytes)
      extensionBytes = 0
      extensionPad = padding(read.bytes)
      state = 'extension'
      if (read.bytes === 0) endExtension()
      return
    }
    if (flag === 'S') {
      realBytes = number(block, from + 483, 12)
      if (realBytes < 0) fail('the size of a sparse member makes no sense', start)
      if (block[from + 482] !== 0) {
        current = read
        state = 'sparse map'
        return
      }
    }
    emit(read)
  }

  const endExtension = (): void => {
    state = 'header'
    if (flag === 'L') longName = text(extension, 0, extension.length)
    else if (flag === 'K') longLink = text(extension, 0, extension.length)
    else if (flag === 'g') {
      // Engines read layers with Go's archive/tar and pass over global records (git archive writes one with a commit id).
      head = -1
    } else records = paxRecords(extension) ?? fail('extended records that make no sense', at)
    extension = Buffer.alloc(0)
  }

  const takeBlock = (block: Buffer, from: number, words?: Int32Array): void => {
    if (state === 'header') {
      takeHeader(block, from, words)
      return
    }
    at += blockBytes
    if (block[from + 504] === 0) emit(current!)
  }

  return {
    feed(piece, given) {
      let from = 0
      const words = given ?? ((piece.byteOffset & 3) === 0 ? wordsOf(piece) : undefined)
      while (from < piece.length && state !== 'end') {
        const here = piece.length - from
        if (state === 'body') {
          const part = Math.min(left, here)
          left -= part
          if (wanted > 0) {
            const given = Math.min(wanted, part)
            sink!.write(piece.subarray(from, from + given))
            wanted -= given
            if (wanted === 0) endSink()
          }
          const gap = left === 0 ? Math.min(pad, here - part) : 0
          pad -= gap
          from += part + gap
          at += part + gap
          if (left + pad === 0) endBody()
        } else if (state === 'extension') {
          const part = Math.min(extension.length - extensionBytes, here)
          piece.copy(extension, extensionBytes, from, from + part)
          extensionBytes += part
          const gap = extensionBytes === extension.length ? Math.min(extensionPad, here - part) : 0
          extensionPad -= gap
          from += part + gap
          at += part + gap
          if (extensionBytes === extension.length && extensionPad === 0) endExtension()
        } else if (joinedBytes > 0 || here < blockBytes) {
          const part = Math.min(blockBytes - joinedBytes, here)
          piece.copy(joined, joinedBytes, from, from + part)
          joinedBytes += part
          from += part
          if (joinedBytes < blockBytes) continue
          joinedBytes = 0
          takeBlock(joined, 0)
        } else {
          takeBlock(piece, from, words)
          from += blockBytes
        }
      }
    },
    get skippable() {
      return state === 'body' && sink === undefined ? left + pad : 0
    },
    skip(bytes) {
      at += bytes
      const part = Math.min(left, bytes)
      left -= part
      pad -= bytes - part
      if (left + pad === 0) endBody()
    },
    finish() {
      if (state === 'end') return
      // The padding of the last member may be missing, like the end mark.
      if (state === 'body' && left === 0) return endBody()
      if (state !== 'header' || head !== -1 || joinedBytes > 0) fail('it ends in the middle of a member')
    },
    get ended() {
      return state === 'end'
    },
    get count() {
      return count
    },
  }
}

/**
 * How much is read at one time. A read that began where the one before ended is followed by one of twice the length, up to
 * what holds the headers of many small files; after a body was passed over it is a short one again.
 */
const windows: readonly number[] = [4, 8, 16, 32, 64].map((kibibytes) => kibibytes << 10)

/** Walks a tar that lies still, reading headers and wanted bodies only. Returns the number of members. */
export function walkTar(source: Source, onRecord: OnRecord, onPlain?: OnPlain): number {
  const parser = tarParser(source.name, onRecord, onPlain)
  const space = Buffer.allocUnsafeSlow(windows.at(-1)!)
  const spaces = windows.map((bytes) => space.subarray(0, bytes))
  const words = wordsOf(space)
  let window = 0
  let at = 0
  while (!parser.ended && at < source.bytes) {
    const skip = parser.skippable
    if (skip > 0) {
      if (at + skip > source.bytes + blockBytes) {
        throw new UserError(
          `${source.name}: not a readable tar: it ends in the middle of a member at byte ${source.bytes}`,
        )
      }
      parser.skip(skip)
      at += skip
      window = 0
      continue
    }
    const into = spaces[window]!
    const got = source.read(at, into)
    if (got === 0) break
    parser.feed(got === into.length ? into : into.subarray(0, got), words)
    at += got
    window = Math.min(window + 1, windows.length - 1)
  }
  parser.finish()
  return parser.count
}
