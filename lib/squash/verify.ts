/** Whether what was written holds the files there were. A difference is a defect of ours, or a disk that lies. */
import { entryMaker } from '../image/entry.ts'
import { readLayers } from '../image/layers.ts'
import type { StoredImage } from '../image/stored.ts'
import { common, Table } from '../image/table.ts'
import { type BodySink, tarParser } from '../image/tar.ts'
import type { WrittenLayer } from '../image/write.ts'
import type { Entry, Layer } from '../model.ts'
import { exact } from '../size.ts'
import { type Stack, stack, type Visible } from '../unionfs/stack.ts'

type Entries = Layer['entries']

/** What both images hold, once they are found equal. Bytes are payload of regular files. */
export interface Verified {
  readonly before: Stack
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

/** `name` is for messages. `before`: entries of all layers there were. `whole`: the new layer is all of the image. */
export function verification(name: string, before: readonly Entries[], whole: boolean): Verification {
  let files: Stack | undefined
  const filesBefore = (): Stack => {
    files ??= stackOf(before)
    return files
  }
  /** Payload of the new layer. */
  let watched: number | undefined
  return {
    // The last bytes are on the way to the disk, and to the digest, while the files are compared.
    watch: whole
      ? tarReader(name, (table) => {
          compareLayer(name, filesBefore(), entriesOf(table))
          watched = sumOf(table.count, (number) => table.bytes(number))
        })
      : undefined,
    async finish(image, written) {
      for (const [i, { diffId, bytes }] of written.entries()) {
        const found = image.layers[i]
        if (found?.diffId !== diffId || found.blob.bytes !== bytes || image.layers.length !== written.length)
          throw new Error(`${name}: layer ${i} is not there as it was written`)
      }
      if (watched !== undefined) return { before: filesBefore(), payload: [watched] }
      const contents = await readLayers(image, { contents: 'none', verify: false })
      const after = contents.map((content) => content?.entries ?? [])
      compareStacks(name, filesBefore(), stackOf(after))
      return { before: filesBefore(), payload: after.map((one) => sumOf(one.length, (i) => one[i]!.size.low)) }
    },
  }
}

const unmeasured = exact(0, 'not measured')

/** Layers on top of each other, given by their entries. */
export const stackOf = (all: readonly Entries[]): Stack =>
  stack(all.map((entries, row) => ({ row, entries, complete: true, size: unmeasured })))

function sumOf(count: number, bytes: (number: number) => number): number {
  let sum = 0
  for (let number = 0; number < count; number++) sum += bytes(number)
  return sum
}

/** Reads a tar that comes in order; `done` has its entries at the end. */
function tarReader(name: string, done: (table: Table) => void): BodySink {
  const table = new Table(name, common())
  const toEntry = entryMaker(name, 'layer of the image')
  const parser = tarParser(
    name,
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
    write: parser.feed,
    end() {
      parser.finish()
      done(table)
    },
  }
}

/** Each is made when its turn comes. */
function* entriesOf(table: Table): Generator<Entry> {
  for (let number = 0; number < table.count; number++) yield table.entry(number)
}

function compareStacks(name: string, before: Stack, after: Stack): void {
  for (let i = 0; i < Math.max(before.files.length, after.files.length); i++) {
    const [one, two] = [before.files[i], after.files[i]]
    if (one === undefined || two === undefined || !same(one, two)) throw difference(name, (one ?? two)?.entry.path)
  }
}

/**
 * The same for a layer that is all of an image: it names each file once, in the order of the stack, and has no marks.
 * Folders that no tar named may be left out where something else stands for them.
 */
export function compareLayer(name: string, { files }: Pick<Stack, 'files'>, entries: Iterable<Entry>): void {
  /** Places in the list by path, once a link asks for them. */
  let places: Map<string, number> | undefined
  let next = 0
  for (const entry of entries) {
    let wanted = files[next]
    while (wanted !== undefined && wanted.entry.path !== entry.path && leftOut(wanted.entry, entry)) {
      wanted = files[++next]
    }
    let bytes: Visible['bytes'] | undefined = entry.size
    if (entry.type === 'hardlink' && entry.link !== null) {
      places ??= new Map(files.map((file, i) => [file.entry.path, i]))
      // What it names has to stand before it, where it was found equal.
      const at = places.get(entry.link) ?? next
      bytes = at < next ? files[at]!.bytes : undefined
    }
    if (wanted === undefined || bytes === undefined || !same(wanted, { entry, bytes, layer: 0 }))
      throw difference(name, entry.path)
    next++
  }
  if (next < files.length) throw difference(name, files[next]!.entry.path)
}

const difference = (name: string, path: string | undefined): Error =>
  new Error(`${name}: the files differ from those of the image at ${path}`)

/** Names of one file may have changed places: which of them carries the bytes, and the attributes, does not matter. */
function same({ entry: a, bytes: one }: Visible, { entry: b, bytes: two }: Visible): boolean {
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
