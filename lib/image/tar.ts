/**
 * Reads tar, fed piece by piece; `tar-walk.ts` seeks over the bodies where the bytes lie still.
 *
 * One parser serves both. It knows PAX, GNU long names, ustar prefixes, base-256 numbers and the sparse formats, and gives
 * records in the order of the archive, duplicates included. What the records mean in a layer is `entry.ts`.
 */
import type { Hash } from 'node:crypto'
import { UserError } from '../error.ts'
import { attributes, decimal, paxNumber, paxText } from './pax.ts'
import { mapText, oldMap, sparseBytes } from './sparse.ts'
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
  /** Of such a one: equal where the same bytes are stored of two files; undefined: not known. */
  readonly map: string | undefined
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
export const tarParser = (name: string, onRecord: OnRecord, onPlain?: OnPlain): TarParser =>
  new Parser(name, onRecord, onPlain)

/** A class, so that the parsers of all layers run the same code: functions made anew for each are optimized anew for each. */
class Parser implements TarParser {
  private readonly name: string
  private readonly onRecord: OnRecord
  private readonly onPlain: OnPlain | undefined
  private state: State = 'header'
  private at = 0
  private head = -1
  count = 0
  /** A block that came in two pieces. */
  private readonly joined = Buffer.alloc(blockBytes)
  private joinedBytes = 0
  private current: Header | undefined
  /** Extension under way. */
  private flag = ''
  private extension = Buffer.alloc(0)
  private extensionBytes = 0
  private extensionPad = 0
  private records: Records | undefined
  private longName: string | undefined
  private longLink: string | undefined
  private realBytes = -1
  private map: Hash | undefined
  /** Body under way. */
  private left = 0
  private pad = 0
  private sink: BodySink | undefined
  /** Bytes of it that the sink still waits for. */
  private wanted = 0
  /** Hard links should have no body, and some have one: what follows decides. */
  private doubtful = 0
  private readonly plain: { -readonly [key in keyof Plain]: Plain[key] } = {
    type: 'file',
    bytes: 0,
    mode: 0,
    uid: 0,
    gid: 0,
    body: 0,
    words: undefined,
  }

  constructor(name: string, onRecord: OnRecord, onPlain: OnPlain | undefined) {
    this.name = name
    this.onRecord = onRecord
    this.onPlain = onPlain
  }

  feed(piece: Buffer, given?: Int32Array): void {
    let from = 0
    const words = given ?? ((piece.byteOffset & 3) === 0 ? wordsOf(piece) : undefined)
    while (from < piece.length && this.state !== 'end') {
      const here = piece.length - from
      if (this.state === 'body') {
        const part = Math.min(this.left, here)
        this.left -= part
        if (this.wanted > 0) {
          const given = Math.min(this.wanted, part)
          this.sink!.write(piece.subarray(from, from + given))
          this.wanted -= given
          if (this.wanted === 0) this.endSink()
        }
        const gap = this.left === 0 ? Math.min(this.pad, here - part) : 0
        this.pad -= gap
        from += part + gap
        this.at += part + gap
        if (this.left + this.pad === 0) this.endBody()
      } else if (this.state === 'extension') {
        const part = Math.min(this.extension.length - this.extensionBytes, here)
        piece.copy(this.extension, this.extensionBytes, from, from + part)
        this.extensionBytes += part
        const gap = this.extensionBytes === this.extension.length ? Math.min(this.extensionPad, here - part) : 0
        this.extensionPad -= gap
        from += part + gap
        this.at += part + gap
        if (this.extensionBytes === this.extension.length && this.extensionPad === 0) this.endExtension()
      } else if (this.joinedBytes > 0 || here < blockBytes) {
        const part = Math.min(blockBytes - this.joinedBytes, here)
        piece.copy(this.joined, this.joinedBytes, from, from + part)
        this.joinedBytes += part
        from += part
        if (this.joinedBytes < blockBytes) continue
        this.joinedBytes = 0
        this.takeBlock(this.joined, 0)
      } else {
        this.takeBlock(piece, from, words)
        from += blockBytes
      }
    }
  }

  get skippable(): number {
    return this.state === 'body' && this.sink === undefined ? this.left + this.pad : 0
  }

  skip(bytes: number): void {
    this.at += bytes
    const part = Math.min(this.left, bytes)
    this.left -= part
    this.pad -= bytes - part
    if (this.left + this.pad === 0) this.endBody()
  }

  finish(): void {
    if (this.state === 'end') return
    // The padding of the last member may be missing, like the end mark.
    if (this.state === 'body' && this.left === 0) this.endBody()
    else if (this.state !== 'header' || this.head !== -1 || this.joinedBytes > 0)
      this.fail('it ends in the middle of a member')
  }

  get ended(): boolean {
    return this.state === 'end'
  }

  private fail(what: string, where = this.at): never {
    throw new UserError(`${this.name}: not a readable tar: ${what} at byte ${where}`)
  }

  private emit(from: Header): void {
    const pax = this.records
    const type = types[from.flag]
    const stored = pax?.has('size') ? decimal(pax.get('size')!) : from.bytes
    if (stored < 0) this.fail('the size of a member makes no sense')
    const payload = type === 'file' || type === undefined || from.flag === 'D' ? stored : 0
    if (!Number.isSafeInteger(this.at + payload + padding(payload))) this.fail('the size of a member makes no sense')
    if (type !== undefined) {
      if (++this.count > countLimit) this.fail(`more than ${countLimit} members`)
      const sparse = this.realBytes >= 0 || sparseBytes(pax) >= 0
      const record: TarRecord = {
        name: paxText(pax, 'GNU.sparse.name') ?? paxText(pax, 'path') ?? this.longName ?? from.name,
        type,
        bytes: type !== 'file' ? 0 : sparse ? Math.max(this.realBytes, sparseBytes(pax)) : stored,
        stored: payload,
        mode: Math.max(0, from.mode) & 0o7777,
        uid: paxNumber(pax, 'uid') ?? Math.max(0, from.uid),
        gid: paxNumber(pax, 'gid') ?? Math.max(0, from.gid),
        mtime: paxNumber(pax, 'mtime') ?? from.mtime,
        link: paxText(pax, 'linkpath') ?? this.longLink ?? from.link,
        xattrs: pax === undefined ? undefined : attributes(pax),
        sparse,
        map: sparse ? mapText(this.map, pax) : undefined,
        head: this.head,
        body: this.at,
      }
      if (record.name.includes('\0') || record.link.includes('\0')) this.fail('a name with a NUL in it', this.head)
      this.sink = this.onRecord(record)
    }
    this.doubtful = type === 'hardlink' ? stored : 0
    this.head = -1
    this.records = undefined
    this.longName = undefined
    this.longLink = undefined
    this.realBytes = -1
    this.map = undefined
    this.current = undefined
    this.beginBody(payload)
  }

  /** Whether the header at hand was one of a plain member, and is done. */
  private emitPlain(block: Buffer, from: number, words: Int32Array | undefined): boolean {
    const kind = block[from + 156]
    if ((kind !== 0x30 && kind !== 0x35) || this.extended()) return false
    const nameEnd = plainName(block, from)
    const bytes = number(block, from + 124, 12)
    if (nameEnd === from || bytes < 0 || !Number.isSafeInteger(this.at + bytes + padding(bytes))) return false
    if (++this.count > countLimit) this.fail(`more than ${countLimit} members`)
    this.plain.type = kind === 0x30 ? 'file' : 'dir'
    this.plain.bytes = kind === 0x30 ? bytes : 0
    this.plain.mode = Math.max(0, number(block, from + 100, 8)) & 0o7777
    this.plain.uid = Math.max(0, number(block, from + 108, 8))
    this.plain.gid = Math.max(0, number(block, from + 116, 8))
    this.plain.body = this.at
    this.plain.words = words
    this.sink = this.onPlain!(block, from, nameEnd, this.plain)
    this.head = -1
    this.beginBody(this.plain.bytes)
    return true
  }

  private extended(): boolean {
    return (
      this.records !== undefined || this.longName !== undefined || this.longLink !== undefined || this.realBytes >= 0
    )
  }

  private beginBody(bytes: number): void {
    this.left = bytes
    this.pad = padding(bytes)
    this.wanted = this.sink === undefined ? 0 : Math.min(bytes, this.sink.most ?? bytes)
    this.state = 'body'
    if (this.left + this.pad === 0) this.endBody()
  }

  private endSink(): void {
    this.sink?.end()
    this.sink = undefined
  }

  private endBody(): void {
    this.endSink()
    this.state = 'header'
  }

  private takeHeader(block: Buffer, from: number, words?: Int32Array): void {
    const start = this.at
    const good = sound(block, from, words)
    if (this.doubtful > 0) {
      const bytes = this.doubtful
      this.doubtful = 0
      if (!good && !blank(block, from)) {
        this.at += blockBytes
        this.left = bytes + padding(bytes) - blockBytes
        this.pad = 0
        this.state = this.left > 0 ? 'body' : 'header'
        return
      }
    }
    this.at += blockBytes
    if (!good) {
      if (!blank(block, from)) this.fail('no header', start)
      // POSIX wants two blank blocks; many writers leave one or none. What follows the first is not read.
      if (this.head !== -1) this.fail('an extension header without its member', start)
      this.state = 'end'
      return
    }
    if (this.head === -1) this.head = start
    if (this.onPlain !== undefined && this.emitPlain(block, from, words)) return
    const read = header(block, from)
    this.flag = read.flag
    if (this.flag === 'x' || this.flag === 'X' || this.flag === 'g' || this.flag === 'L' || this.flag === 'K') {
      if (read.bytes < 0 || read.bytes > extensionLimit) this.fail('an extension header of unreasonable size', start)
      this.extension = Buffer.alloc(read.bytes)
      this.extensionBytes = 0
      this.extensionPad = padding(read.bytes)
      this.state = 'extension'
      if (read.bytes === 0) this.endExtension()
      return
    }
    if (this.flag === 'S') {
      this.realBytes = number(block, from + 483, 12)
      this.map = oldMap(block, from)
      if (this.realBytes < 0) this.fail('the size of a sparse member makes no sense', start)
      if (block[from + 482] !== 0) {
        this.current = read
        this.state = 'sparse map'
        return
      }
    }
    this.emit(read)
  }

  private endExtension(): void {
    this.state = 'header'
    if (this.flag === 'L') this.longName = text(this.extension, 0, this.extension.length)
    else if (this.flag === 'K') this.longLink = text(this.extension, 0, this.extension.length)
    else if (this.flag === 'g') {
      // Engines read layers with Go's archive/tar and pass over global records (git archive writes one with a commit id).
      this.head = -1
    } else this.records = paxRecords(this.extension) ?? this.fail('extended records that make no sense', this.at)
    this.extension = Buffer.alloc(0)
  }

  private takeBlock(block: Buffer, from: number, words?: Int32Array): void {
    if (this.state === 'header') {
      this.takeHeader(block, from, words)
      return
    }
    this.at += blockBytes
    this.map = oldMap(block, from, this.map)
    if (block[from + 504] === 0) this.emit(this.current!)
  }
}
