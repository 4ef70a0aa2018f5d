/**
 * The entries of a layer as columns of numbers. A million objects take a gigabyte and minutes of collecting garbage, so
 * objects are made only of what somebody looks at.
 */
import { UserError } from '../error.ts'
import type { Entry, EntryType, Layer, Size } from '../model.ts'
import { ofNothing } from './entry.ts'
import { grown, Names } from './names.ts'
import { nameBytes } from './tar-text.ts'

/** What the tables of one image have in common. */
export interface Common {
  readonly names: Names
  readonly looks: Look[]
  readonly lookNumbers: Map<number | string, number>
  /** Contents, numbered; the first are none and that of an empty file. */
  readonly contents: string[]
  readonly contentNumbers: Map<string, number>
}

/** What many entries have alike. */
export type Look = Pick<Entry, 'type' | 'mode' | 'uid' | 'gid' | 'xattrs'>

/** Nothing so far. */
export const common = (): Common => ({
  names: new Names(),
  looks: [],
  lookNumbers: new Map(),
  contents: ['', ofNothing],
  contentNumbers: new Map([[ofNothing, 1]]),
})

/** Content numbers: not known, that of an empty file. */
export const unknownContent = 0
const emptyContent = 1

/** Names of one image, all together; no image in the wild has a tenth of it. */
const nameLimit = 1 << 30

/** The entries of one layer, in the order of the tar, duplicates included. Numbers count from 0. */
export class Table implements NonNullable<Layer['table']> {
  readonly name: string
  readonly common: Common
  count = 0
  /** Numbers of entries whose stored bytes are not their content one after the other. */
  readonly sparse = new Set<number>()
  /** Length of the uncompressed tar. */
  tarBytes = 0
  /** Payload of all files; and lengths of the targets of all symbolic links, in UTF-8. */
  payload = 0
  linkBytes = 0
  /** Numbers of whiteouts and opaque marks. */
  readonly marks: number[] = []
  private places = new Int32Array(256)
  private looks = new Int32Array(256)
  private lengths = new Float64Array(256)
  private starts = new Float64Array(256)
  private contents = new Int32Array(256)
  /** What a file begins with, folded. */
  private foldColumn = new Int32Array(256)
  /** Whether that is known of any. */
  hasFolds = false
  private readonly links = new Map<number, string>()
  private objects: readonly Entry[] | undefined
  private lastFile = -1
  private lastFolder = -1

  /** `name` is for messages. */
  constructor(name: string, common: Common) {
    this.name = name
    this.common = common
  }

  /** Adds an entry, its body at `body`, and gives its number. */
  add(entry: Entry, body: number): number {
    const { type, mode, uid, gid, xattrs, link } = entry
    const look = this.lookOf(type, mode, uid, gid, xattrs)
    const place = this.common.names.ofPath(entry.path)
    const number = this.put(place, look, entry.size.low, body)
    if (link !== null) this.links.set(number, link)
    if (link !== null && type === 'symlink') this.linkBytes += nameBytes(link)
    // Known from now on, so that asking for it later adds nothing.
    if (type === 'hardlink' && link !== null) this.common.names.ofPath(link)
    return number
  }

  /** The same of a file or folder whose clean path, without a slash at either end, is in `bytes`. */
  addPlain(
    type: 'file' | 'dir',
    bytes: Uint8Array,
    from: number,
    to: number,
    mode: number,
    uid: number,
    gid: number,
    length: number,
    body: number,
  ): number {
    // Most are as the last one of their type.
    const last = type === 'dir' ? this.lastFolder : this.lastFile
    const known = this.common.looks[last]
    const same = known !== undefined && known.mode === mode && known.uid === uid && known.gid === gid
    const look = same ? last : this.lookOf(type, mode, uid, gid, undefined)
    if (type === 'dir') this.lastFolder = look
    else this.lastFile = look
    return this.put(this.common.names.at(bytes, from, to), look, length, body)
  }

  /** The number of its path among the names. */
  place(number: number): number {
    return this.places[number]!
  }

  look(number: number): Look {
    return this.common.looks[this.looks[number]!]!
  }

  type(number: number): EntryType {
    return this.look(number).type
  }

  /** Payload. */
  bytes(number: number): number {
    return this.lengths[number]!
  }

  /** Where its body begins in the uncompressed tar. */
  body(number: number): number {
    return this.starts[number]!
  }

  /** As of an entry: target of a symbolic link as written, path of what a hard link names. */
  link(number: number): string | undefined {
    return this.links.get(number)
  }

  /** The number, among the names, of what a hard link names; undefined: it is none. */
  target(number: number): number | undefined {
    const link = this.links.get(number)
    return link === undefined || this.type(number) !== 'hardlink' ? undefined : this.common.names.ofPath(link)
  }

  /** Equal numbers: equal contents. `unknownContent`: not known. */
  content(number: number): number {
    return this.contents[number]!
  }

  /** Notes the content of an entry, by its digest. */
  learn(number: number, content: string): void {
    const { contents, contentNumbers } = this.common
    let found = contentNumbers.get(content)
    if (found === undefined) {
      found = contents.push(content) - 1
      contentNumbers.set(content, found)
    }
    this.contents[number] = found
    const object: { content?: string } | undefined = this.objects?.[number]
    if (object !== undefined) object.content = content
  }

  /** Notes that an entry has the content of another one, whose table has the same in common. */
  learnFrom(number: number, other: Table, otherNumber: number): void {
    const content = other.content(otherNumber)
    if (this.objects === undefined) this.contents[number] = content
    else this.learn(number, this.common.contents[content]!)
  }

  /** A number for each that is equal where two files have one length and begin alike, and seldom else; 0: not known. */
  get folds(): Int32Array {
    return this.foldColumn.subarray(0, this.count)
  }

  setFold(number: number, fold: number): void {
    this.hasFolds = true
    // 0 says that nothing is known.
    this.foldColumn[number] = fold || 1
  }

  size(number: number): Size {
    const bytes = this.lengths[number]!
    return { bytes, low: bytes, high: bytes, basis: 'exact', source: 'layer of the image' }
  }

  /** One entry, its parts looked up when they are asked for. Nothing is left of them in a copy made by spreading. */
  glimpse(number: number): Entry {
    // Absent and undefined is one here.
    return new Glimpse(this, number) as Entry
  }

  /** One entry, whole, made anew each time. */
  entry(number: number): Entry {
    const { type, mode, uid, gid, xattrs } = this.look(number)
    const entry = {
      path: this.common.names.path(this.places[number]!),
      type,
      size: this.size(number),
      mode,
      uid,
      gid,
      link: this.links.get(number) ?? null,
    }
    const content = this.contents[number]!
    if (xattrs === undefined && content === unknownContent) return entry
    return {
      ...entry,
      ...(xattrs === undefined ? {} : { xattrs }),
      ...(content === unknownContent ? {} : { content: this.common.contents[content]! }),
    }
  }

  /** All of them as objects, made when first asked for and kept. */
  get entries(): readonly Entry[] {
    this.objects ??= Array.from({ length: this.count }, (_, number) => this.entry(number))
    return this.objects
  }

  /** All of them, or those of some numbers, for what looks once and at little of each. */
  *glimpses(which?: ReadonlySet<number>): Generator<Entry> {
    for (let number = 0; number < this.count; number++)
      if (which === undefined || which.has(number)) yield this.glimpse(number)
  }

  /** The same of all of them. May be gone through again. */
  get all(): Iterable<Entry> {
    return { [Symbol.iterator]: () => this.glimpses() }
  }

  /**
   * Those at a clean absolute path and above it, in their order. Of those below it, which make a folder of it, one is
   * given where several follow each other.
   */
  near(path: string): ReadonlyMap<number, Entry> {
    const { names } = this.common
    const top = names.ofPath(path)
    const wanted = new Set<number>([0])
    for (let at = top; at !== 0; at = names.parent(at)) wanted.add(at)
    const found = new Map<number, Entry>()
    let below = false
    for (let number = 0; number < this.count; number++) {
      const place = this.places[number]!
      const isNear = wanted.has(place)
      if (!isNear && (below || !names.isBelow(place, top) || isMark(this.type(number)))) continue
      found.set(number, this.entry(number))
      below = !isNear
    }
    return found
  }

  /**
   * Whether an entry, no link, is as one of a table that has the same in common: path, type, mode, owner, attributes and
   * length. Content is not looked at.
   */
  isSame(number: number, other: Table, otherNumber: number): boolean {
    return (
      this.common === other.common &&
      this.places[number] === other.places[otherNumber] &&
      this.looks[number] === other.looks[otherNumber] &&
      this.lengths[number] === other.lengths[otherNumber] &&
      !this.links.has(number)
    )
  }

  private put(place: number, look: number, bytes: number, body: number): number {
    const number = this.count
    if (number === this.places.length) this.grow()
    this.places[number] = place
    this.looks[number] = look
    this.lengths[number] = bytes
    this.starts[number] = body
    const { type } = this.common.looks[look]!
    if (type === 'file') this.payload += bytes
    else if (isMark(type)) this.marks.push(number)
    if (bytes === 0 && isPlainFile(this.common.looks[look]!)) this.contents[number] = emptyContent
    this.count++
    return number
  }

  private grow(): void {
    this.places = grown(this.places)
    this.looks = grown(this.looks)
    this.lengths = grown(this.lengths)
    this.starts = grown(this.starts)
    this.contents = grown(this.contents)
    this.foldColumn = grown(this.foldColumn)
    if (this.common.names.nameBytes > nameLimit)
      throw new UserError(`${this.name}: its names alone take more than ${nameLimit} bytes`)
  }

  private lookOf(
    type: EntryType,
    mode: number | null,
    uid: number | null,
    gid: number | null,
    xattrs: string | undefined,
  ): number {
    const { looks, lookNumbers } = this.common
    // Most looks are told apart by one number.
    const short = xattrs === undefined && mode !== null && uid !== null && gid !== null && isShort(uid) && isShort(gid)
    const key = short
      ? ((uid * 65536 + gid) * 4096 + mode) * 16 + typeNumbers[type]
      : JSON.stringify([type, mode, uid, gid, xattrs])
    let look = lookNumbers.get(key)
    if (look === undefined) {
      look = looks.push({ type, mode, uid, gid, ...(xattrs === undefined ? {} : { xattrs }) }) - 1
      lookNumbers.set(key, look)
    }
    return look
  }
}

/** An entry by its place in a table. */
class Glimpse {
  readonly table: Table
  readonly number: number

  constructor(table: Table, number: number) {
    this.table = table
    this.number = number
  }

  get path(): string {
    return this.table.common.names.path(this.table.place(this.number))
  }

  get type(): EntryType {
    return this.table.type(this.number)
  }

  get size(): Size {
    return this.table.size(this.number)
  }

  get link(): string | null {
    return this.table.link(this.number) ?? null
  }

  get mode(): number | null {
    return this.table.look(this.number).mode
  }

  get uid(): number | null {
    return this.table.look(this.number).uid
  }

  get gid(): number | null {
    return this.table.look(this.number).gid
  }

  get xattrs(): string | undefined {
    return this.table.look(this.number).xattrs
  }

  get content(): string | undefined {
    const content = this.table.content(this.number)
    return content === unknownContent ? undefined : this.table.common.contents[content]
  }
}

/** Where a glimpse is from; undefined: it is none. */
export const placeOf = (entry: Entry): { readonly table: Table; readonly number: number } | undefined =>
  entry instanceof Glimpse ? entry : undefined

/** Whether it only hides others. */
export const isMark = (type: EntryType): boolean => type === 'whiteout' || type === 'opaque'
const isPlainFile = ({ type, xattrs }: Look): boolean => type === 'file' && xattrs === undefined
const isShort = (id: number): boolean => Number.isInteger(id) && id >= 0 && id < 65536

const typeNumbers: Readonly<Record<EntryType, number>> = {
  file: 0,
  dir: 1,
  symlink: 2,
  hardlink: 3,
  device: 4,
  package: 5,
  whiteout: 6,
  opaque: 7,
}
