/** An image with fewer layers and the same files: what was hidden is left behind. */

import { UserError } from './error.ts'
import { sniff } from './image/compress.ts'
import type { JsonObject } from './image/json.ts'
import { asList, asObject } from './image/json.ts'
import { readLayers } from './image/layers.ts'
import { openImage } from './image/open.ts'
import { openRaw, type RawLayer } from './image/raw.ts'
import { head, memory, pieces as piecesOf, type Source } from './image/source.ts'
import { isDigest, type StoredImage, type StoredLayer } from './image/stored.ts'
import { tarEnd } from './image/tar-write.ts'
import {
  type Compress,
  type NewLayer,
  type OutputForm,
  reserveImage,
  type WrittenLayer,
  writeImage,
} from './image/write.ts'
import type { Layer, Row, Size } from './model.ts'
import { exact } from './size.ts'
import { flatten, type Merged, type Piece } from './squash/flatten.ts'
import { type Stack, stack } from './unionfs/stack.ts'

export interface SquashOptions {
  /** Where it goes. A file there is replaced, a folder is not. */
  readonly output: string
  readonly form: OutputForm
  /** Rows from this index on become one layer; 0: all. */
  readonly fromRow: number
  /** `none`: configuration, author and history are dropped, as `docker export` and `docker import` do. */
  readonly config: 'keep' | 'none'
  /** For the new layer; layers that stay are copied as they are. */
  readonly compress: Compress | undefined
  /** RFC 3339, for the new row; null: the time of the image. */
  readonly created: string | null
  /** Has `undo` run when the user interrupts; gives what ends that. */
  readonly onInterrupt: (undo: () => void) => () => void
}

/** Bytes are payload of regular files. */
export interface SquashSide {
  readonly layers: number
  readonly size: Size
}

/** `stratigraph/squash@1`. */
export interface Squashed {
  readonly schema: 'stratigraph/squash@1'
  readonly before: SquashSide
  readonly after: SquashSide
  readonly saved: Size
  /** What a machine that has the old layers fetches all the same: the new layer. */
  readonly sharedLost: Size
  readonly output: string
  /** Image ID of a docker archive, digest of the manifest of an OCI image. */
  readonly digest: string
}

/**
 * Flattens the layers of an image, or those of its rows from one on, and writes the result. Afterwards the files of both
 * are compared; only then does the output appear. Throws UserError where something cannot be read or written, and leaves
 * nothing behind then.
 */
export async function squash(stored: StoredImage, options: SquashOptions): Promise<Squashed> {
  const missing = stored.layers.find(({ blob }) => blob.open === undefined)
  if (missing !== undefined) throw new UserError(`${missing.blob.name}: the layer is not there`)
  const first = stored.layers.findIndex(({ row }) => row >= options.fromRow)
  if (first === -1) throw new UserError(`${stored.name}: no layer in the rows from ${options.fromRow} on`)
  if (first > 0 && options.config === 'none') {
    throw new UserError(`${stored.name}: without its configuration an image is flattened whole, not from a row on`)
  }
  const kept = await readLayers(
    { ...stored, layers: stored.layers.slice(0, first) },
    { contents: 'none', verify: false },
  )
  const raws: RawLayer[] = []
  const place = reserveImage(options.output, options.form)
  const done = options.onInterrupt(() => place.abort())
  try {
    const top: RawLayer[] = []
    for (const layer of stored.layers.slice(first)) top.push(await openRaw(layer))
    raws.push(...stored.layers.slice(0, first).map(() => noLayer), ...top)
    const checks = Promise.all(top.map(({ check }) => check()))
    checks.catch(() => undefined)
    const entries = [
      ...kept.map((content) => content?.entries ?? []),
      ...top.map(({ members }) => members.map((m) => m.entry)),
    ]
    const before = stack(layersOf(entries))
    const under = new Set(
      first === 0 ? [] : stack(layersOf(entries.slice(0, first))).files.map(({ entry }) => entry.path),
    )
    const plan = await planOf(stored, first, raws, (path) => under.has(path))
    const merged: NewLayer = { pieces: () => bytesOf(plan, raws), compress: options.compress }
    const below = await Promise.all(stored.layers.slice(0, first).map(copied))
    const written = await writeImage(place, options.output, options.form, {
      layers: [...below.map(({ layer }) => layer), merged],
      document: (layers) => documentOf(stored, layers, options),
      tags: stored.tags,
      annotations: stored.annotations,
    })
    for (const { source } of below) source.close()
    for (const [i, layer] of stored.layers.slice(0, first).entries()) checkCopy(layer, written.layers[i]!)
    await checks
    const after = await readBack(place.path, stored, options)
    compareFiles(options.output, before, after.stack)
    place.commit()
    const shared = after.payload.at(-1) ?? 0
    return {
      schema: 'stratigraph/squash@1',
      before: { layers: stored.layers.length, size: before.total },
      after: { layers: written.layers.length, size: after.stack.total },
      saved: exact((before.total.bytes ?? 0) - (after.stack.total.bytes ?? 0), 'layers of both'),
      sharedLost: exact(shared, 'the new layer'),
      output: options.output,
      digest: written.digest,
    }
  } finally {
    for (const { source } of raws) source.close()
    place.abort()
    done()
  }
}

/** In the place of a layer that stays: nothing of it is needed. */
const noLayer: RawLayer = { source: memory('', new Uint8Array()), members: [], check: async () => undefined }

/**
 * What the new layer is made of. Layers that stay are opened where a hard link names something in them that is hidden in
 * the end, and put into `raws`.
 */
async function planOf(
  stored: StoredImage,
  first: number,
  raws: RawLayer[],
  below: (path: string) => boolean,
): Promise<readonly Piece[]> {
  const merge = (): Merged =>
    flatten({
      kept: raws.slice(0, first).map(({ members }) => members),
      layers: raws.slice(first).map(({ members }) => members),
      below,
      headers: (layer, { record }) => {
        const blocks = Buffer.alloc(record.body - record.head)
        raws[layer]!.source.read(record.head, blocks)
        return blocks
      },
    })
  let { pieces, lost } = merge()
  if (lost !== undefined && first > 0) {
    for (let i = 0; i < first; i++) raws[i] = await openRaw(stored.layers[i]!)
    await Promise.all(raws.slice(0, first).map(({ check }) => check()))
    ;({ pieces, lost } = merge())
  }
  if (lost !== undefined) throw new UserError(`${lost.path}: a hard link to ${lost.link}, which is not there`)
  return pieces
}

/** A layer that stays is what its digests say, or nothing is written. */
function checkCopy({ blob, diffId }: StoredLayer, written: WrittenLayer): void {
  const plain = isDigest(diffId) && diffId.startsWith('sha256:') && written.diffId !== diffId
  const packed = blob.digest?.startsWith('sha256:') === true && written.digest !== blob.digest
  if (plain || packed) {
    const found = plain ? written.diffId : written.digest
    throw new UserError(`${blob.name}: its content does not match its digest: it is ${found}`)
  }
}

const unmeasured = exact(0, 'not measured')

const layersOf = (all: readonly Layer['entries'][]): readonly Layer[] =>
  all.map((entries, row) => ({ row, entries, complete: true, size: unmeasured }))

const bufferBytes = 1 << 20

/** The new tar. Each buffer is used again for the next piece. */
function* bytesOf(plan: readonly Piece[], raws: readonly RawLayer[]): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(bufferBytes)
  let filled = 0
  for (const piece of plan) {
    const made = 'bytes' in piece ? piece.bytes : undefined
    const from = 'bytes' in piece ? 0 : piece.from
    const length = 'bytes' in piece ? piece.bytes.length : piece.to - piece.from
    for (let at = 0; at < length; ) {
      const part = buffer.subarray(filled, Math.min(bufferBytes, filled + length - at))
      if (made !== undefined) part.set(made.subarray(at, at + part.length))
      else readExactly(raws[(piece as { layer: number }).layer]!.source, from + at, part)
      filled += part.length
      at += part.length
      if (filled === bufferBytes) {
        yield buffer
        filled = 0
      }
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled)
  yield tarEnd
}

function readExactly(source: Source, at: number, into: Buffer): void {
  const got = source.read(at, into)
  // Padding of the last member may be missing at the end of a tar.
  if (got < into.length) into.fill(0, got)
}

/** A layer that stays, byte for byte. */
async function copied(layer: StoredLayer): Promise<{ readonly layer: NewLayer; readonly source: Source }> {
  const source = await layer.blob.open!()
  const compression = sniff(head(source, 10))
  const pieces = (): Iterable<Buffer> => piecesOf(source)
  if (compression === undefined) return { layer: { pieces, compress: undefined }, source }
  if (compression !== 'gzip' && compression !== 'zstd')
    throw new UserError(`${layer.blob.name}: layers in ${compression} cannot be kept`)
  if (!isDigest(layer.diffId)) throw new UserError(`${layer.blob.name}: the config names no diff ID for it`)
  return { layer: { pieces, compress: undefined, packed: { compression, diffId: layer.diffId } }, source }
}

/** The config document: all of the old one, with other layers and rows. */
function documentOf(stored: StoredImage, layers: readonly WrittenLayer[], options: SquashOptions): JsonObject {
  const old = asObject(stored.document) ?? {}
  const created = options.created ?? (typeof old.created === 'string' ? old.created : null)
  const rootfs = { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) }
  const stamp = created === null ? {} : { created }
  if (options.config === 'none') {
    const { os = 'linux', architecture = 'amd64', variant } = old
    const platform = variant === undefined ? { architecture, os } : { architecture, os, variant }
    return { ...stamp, ...platform, config: {}, rootfs, history: [{ ...stamp, comment: 'flattened by stratigraph' }] }
  }
  const history = stored.rows.map((row, i) => {
    const { empty_layer: _, ...kept } = asObject(asList(old.history)?.[i]) ?? plainRow(row)
    return row.layer === null || i >= options.fromRow ? { ...kept, empty_layer: true } : kept
  })
  const count = stored.rows.filter(({ layer }, i) => layer !== null && i >= options.fromRow).length
  const comment = `${count} ${count === 1 ? 'layer' : 'layers'} as one`
  const merged = { ...stamp, created_by: 'stratigraph squash', comment }
  return { ...old, ...stamp, rootfs, history: [...history, merged] }
}

const plainRow = ({ created, createdBy, comment, author }: Row): JsonObject => ({
  ...(created === null ? {} : { created }),
  created_by: createdBy,
  ...(comment === '' ? {} : { comment }),
  ...(author === '' ? {} : { author }),
})

async function readBack(
  path: string,
  stored: StoredImage,
  options: SquashOptions,
): Promise<{ readonly stack: Stack; readonly payload: readonly number[] }> {
  const at = { transport: options.form, place: path, pick: undefined, path: options.output }
  const image = await openImage(at, stored.platform)
  try {
    const contents = await readLayers(image, { contents: 'none', verify: false })
    const entries = contents.map((content) => content?.entries ?? [])
    const payload = entries.map((list) => list.reduce((sum, entry) => sum + entry.size.low, 0))
    return { stack: stack(layersOf(entries)), payload }
  } finally {
    image.close()
  }
}

type Shown = Stack['files'][number]

/** Names of one file may have changed places: which of them carries the bytes, and the attributes, does not matter. */
function same({ entry: a, bytes: one }: Shown, { entry: b, bytes: two }: Shown): boolean {
  if (a.path !== b.path || (a.type === 'dir') !== (b.type === 'dir')) return false
  // A folder that no tar named before may be named now.
  if (a.type === 'dir' && a.mode === null) return true
  const named = a.type === 'hardlink' || b.type === 'hardlink'
  if (!named && (a.type !== b.type || a.link !== b.link)) return false
  if (a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid || one.bytes !== two.bytes) return false
  return a.xattrs === b.xattrs || (named && (a.xattrs === undefined || b.xattrs === undefined))
}

/** A difference here is a defect of ours, or a disk that lies. */
function compareFiles(name: string, before: Stack, after: Stack): void {
  for (let i = 0; i < Math.max(before.files.length, after.files.length); i++) {
    const [one, two] = [before.files[i], after.files[i]]
    if (one !== undefined && two !== undefined && same(one, two)) continue
    throw new Error(`${name}: the files differ from those of the image at ${(one ?? two)?.entry.path}`)
  }
}
