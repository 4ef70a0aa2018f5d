/** Whether what was written holds the files there were. A difference is a defect of ours, or a disk that lies. */
import { entryMaker } from '../image/entry.ts'
import { readLayers } from '../image/layers.ts'
import type { StoredImage } from '../image/stored.ts'
import { type Common, placeOf, Table } from '../image/table.ts'
import { type BodySink, tarParser } from '../image/tar.ts'
import type { WrittenLayer } from '../image/write.ts'
import type { Entry } from '../model.ts'
import type { Seen, Visible } from '../unionfs/seen.ts'
import { union } from '../unionfs/union.ts'

type Tables = readonly (Table | undefined)[]

/** What both images hold, once they are found equal. Bytes are payload of regular files. */
export interface Verified {
  readonly before: Seen
  /** Of the layers that were written, bottom up. */
  readonly payload: readonly number[]
}

/** Every method throws where something differs. */
export interface Verification {
  /** Reads the new layer while it is written, where that is all there is to read. */
  readonly watch: BodySink | undefined
  /** Looks at what was written, opened again; layers that were not watched are read. */
  finish(image: StoredImage, written: readonly WrittenLayer[]): Promise<Verified>
}

/**
 * `name` is for messages. `before`: tables of all layers there were, which have `shared` in common. `whole`: the new layer
 * is all of the image.
 */
export function verification(name: string, before: Tables, shared: Common, whole: boolean): Verification {
  let files: Seen | undefined
  const filesBefore = (): Seen => {
    files ??= union(before)
    return files
  }
  /** Payload of the new layer. */
  let watched: number | undefined
  return {
    // The last bytes are on the way to the disk while the files are compared.
    watch: whole
      ? tarReader(new Table(name, shared), (table) => {
          compareLayer(name, filesBefore().files, table.all)
          watched = table.payload
        })
      : undefined,
    async finish(image, written) {
      for (const [i, { diffId, bytes }] of written.entries()) {
        const found = image.layers[i]
        if (found?.diffId !== diffId || found.blob.bytes !== bytes || image.layers.length !== written.length)
          throw new Error(`${name}: layer ${i} is not there as it was written`)
      }
      if (watched !== undefined) return { before: filesBefore(), payload: [watched] }
      const after = await readLayers(image, { contents: 'none', verify: false }, shared)
      compareFiles(name, filesBefore().files, union(after).files)
      return { before: filesBefore(), payload: after.map((table) => table?.payload ?? 0) }
    },
  }
}

/** Fills a table from a tar that comes in order; `done` has it at the end. */
function tarReader(table: Table, done: (table: Table) => void): BodySink {
  const toEntry = entryMaker(table.name, 'layer of the image')
  const parser = tarParser(
    table.name,
    (record) => {
      const entry = toEntry(record)
      if (entry !== undefined) table.add(entry, record.body)
      return undefined
    },
    (block, at, nameEnd, { type, mode, uid, gid, bytes, body }) => {
      table.addPlain(type, block, at, nameEnd, mode, uid, gid, bytes, body)
      return undefined
    },
  )
  return {
    write: (piece) => parser.feed(piece),
    end() {
      parser.finish()
      done(table)
    },
  }
}

function compareFiles(name: string, before: Iterable<Visible>, after: Iterable<Visible>): void {
  const rest = after[Symbol.iterator]()
  for (const one of before) {
    const { value: two, done } = rest.next()
    if (done === true || !same(one, two)) throw difference(name, one.entry.path)
  }
  const { value: more, done } = rest.next()
  if (done !== true) throw difference(name, more.entry.path)
}

/**
 * The same for a layer that is all of an image: it names each file once, in the order of what is seen, and has no marks.
 * Folders that no tar named may be left out where something else stands for them. `entries` are gone through twice.
 */
export function compareLayer(name: string, files: Iterable<Visible>, entries: Iterable<Entry>): void {
  /** What hard links name; lengths once they were found equal. */
  const named = new Map<string, Visible['bytes'] | undefined>()
  for (const { type, link } of entries) if (type === 'hardlink' && link !== null) named.set(link, undefined)
  const rest = files[Symbol.iterator]()
  const next = (): Visible | undefined => {
    const { value, done } = rest.next()
    return done === true ? undefined : value
  }
  let wanted = next()
  for (const entry of entries) {
    while (wanted !== undefined && !isAt(wanted.entry, entry) && leftOut(wanted.entry, entry)) wanted = next()
    // What a link names has to stand before it.
    const bytes = entry.type === 'hardlink' && entry.link !== null ? named.get(entry.link) : entry.size
    if (wanted === undefined || bytes === undefined || !same(wanted, { entry, bytes, layer: 0 }))
      throw difference(name, entry.path)
    if (named.size > 0 && named.has(entry.path)) named.set(entry.path, wanted.bytes)
    wanted = next()
  }
  if (wanted !== undefined) throw difference(name, wanted.entry.path)
}

/** Whether two entries have one path. */
function isAt(a: Entry, b: Entry): boolean {
  const [one, two] = [placeOf(a), placeOf(b)]
  if (one === undefined || two === undefined || one.table.common !== two.table.common) return a.path === b.path
  return one.table.place(one.number) === two.table.place(two.number)
}

const difference = (name: string, path: string | undefined): Error =>
  new Error(`${name}: the files differ from those of the image at ${path}`)

/** Names of one file may have changed places: which of them carries the bytes, and the attributes, does not matter. */
function same({ entry: a, bytes: one }: Visible, { entry: b, bytes: two }: Visible): boolean {
  if (isSame(a, b)) return true
  if (a.path !== b.path || (a.type === 'dir') !== (b.type === 'dir')) return false
  // A folder that no tar named before may be named now.
  if (a.type === 'dir' && a.mode === null) return true
  const named = a.type === 'hardlink' || b.type === 'hardlink'
  if (!named && (a.type !== b.type || a.link !== b.link)) return false
  if (a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid || one.bytes !== two.bytes) return false
  return a.xattrs === b.xattrs || (named && (a.xattrs === undefined || b.xattrs === undefined))
}

const leftOut = (folder: Entry, next: Entry): boolean =>
  folder.type === 'dir' && folder.mode === null && next.path.startsWith(folder.path === '/' ? '/' : `${folder.path}/`)

/** Whether two entries are equal, by the numbers of their tables; false where that does not say. */
function isSame(a: Entry, b: Entry): boolean {
  const [one, two] = [placeOf(a), placeOf(b)]
  return one !== undefined && two !== undefined && one.table.isSame(one.number, two.table, two.number)
}
