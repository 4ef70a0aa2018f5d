/** An image with fewer layers and the same files: what was hidden is left behind. */

import { UserError } from './error.ts'
import { sniff } from './image/compress.ts'
import { digestThread } from './image/digest-aside.ts'
import type { JsonObject } from './image/json.ts'
import { asList, asObject } from './image/json.ts'
import { readLayers } from './image/layers.ts'
import { openImage } from './image/open.ts'
import { openRaw, type RawLayer } from './image/raw.ts'
import { head } from './image/source.ts'
import { isDigest, type StoredImage, type StoredLayer } from './image/stored.ts'
import { common } from './image/table.ts'
import {
  type Compress,
  type NewLayer,
  type OutputForm,
  type Reader,
  reserveImage,
  type WrittenLayer,
  writeImage,
} from './image/write.ts'
import type { Row, Size } from './model.ts'
import { exact } from './size.ts'
import { flatten, type Merged, type Merging } from './squash/flatten.ts'
import type { Plan } from './squash/plan.ts'
import { verification } from './squash/verify.ts'
import { union } from './unionfs/union.ts'

export interface SquashOptions {
  /** Where it goes. A file there is replaced, a folder is not. */
  readonly output: string
  readonly form: OutputForm
  /** Its names there; undefined: those it had. */
  readonly tags?: readonly string[] | undefined
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
  const first = firstLayer(stored, options)
  const lower = stored.layers.slice(0, first)
  const shared = common()
  const kept = await readLayers({ ...stored, layers: lower }, { contents: 'none', verify: false }, shared)
  const place = reserveImage(options.output, options.form)
  const done = options.onInterrupt(() => place.abort())
  const digests = digestThread()
  const open = (layer: StoredLayer): Promise<RawLayer> => openRaw(layer, digests, shared)
  const raws: (RawLayer | undefined)[] = lower.map(() => undefined)
  try {
    for (const layer of stored.layers.slice(first)) raws.push(await open(layer))
    const tables = raws.map((raw, i) => kept[i] ?? raw?.table)
    const under = union(kept)
    // The root is there even if no tar names it.
    const below: Merging['below'] = (path) => {
      if (first === 0) return undefined
      const type = path === '/' ? 'dir' : under.at(path)?.entry.type
      return type === undefined ? undefined : type === 'dir' ? 'folder' : 'other'
    }
    const plan = await planOf(stored, first, raws, below, open)
    // Not earlier: what is parsed and planned, and optimized for that, is waited for, and wants all of the machine.
    const checks = Promise.all(raws.map((raw) => raw?.check()))
    // Whoever waits for it still learns of it.
    checks.catch(() => undefined)
    const whole = first === 0 && options.compress === undefined
    const { watch, finish } = verification(options.output, tables, shared, whole)
    const sources = raws.map((raw) => raw?.source)
    const merged: NewLayer = { read: () => plan.reader(sources), compress: options.compress, watch }
    const copies = await Promise.all(lower.map(copied))
    const written = await writeImage(place, options.output, options.form, {
      layers: [...copies.map(({ layer }) => layer), merged],
      document: (layers) => documentOf(stored, layers, options),
      tags: options.tags ?? stored.tags,
      annotations: stored.annotations,
    })
    for (const { source } of copies) source.close()
    for (const [i, layer] of lower.entries()) checkCopy(layer, written.layers[i]!)
    await checks
    const { before, payload } = await readBack(place.path, stored, options, (image) => finish(image, written.layers))
    place.commit()
    const after = payload.reduce((sum, bytes) => sum + bytes, 0)
    return {
      schema: 'stratigraph/squash@1',
      before: { layers: stored.layers.length, size: before.total },
      after: { layers: written.layers.length, size: exact(after, 'layers of the image') },
      saved: exact((before.total.bytes ?? 0) - after, 'layers of both'),
      sharedLost: exact(payload.at(-1) ?? 0, 'the new layer'),
      output: options.output,
      digest: written.digest,
    }
  } finally {
    await digests.stop()
    for (const raw of raws) raw?.source.close()
    place.abort()
    done()
  }
}

/** Index of the lowest layer that is merged. Throws UserError where that cannot be done. */
function firstLayer(stored: StoredImage, { fromRow, config }: SquashOptions): number {
  const missing = stored.layers.find(({ blob }) => blob.open === undefined)
  if (missing !== undefined) throw new UserError(`${missing.blob.name}: the layer is not there`)
  const first = stored.layers.findIndex(({ row }) => row >= fromRow)
  if (first === -1) throw new UserError(`${stored.name}: no layer in the rows from ${fromRow} on`)
  if (first > 0 && config === 'none') {
    throw new UserError(`${stored.name}: without its configuration an image is flattened whole, not from a row on`)
  }
  return first
}

/**
 * What the new layer is made of. Layers that stay are opened where a hard link names something in them that is hidden in
 * the end, and put into `raws`.
 */
async function planOf(
  stored: StoredImage,
  first: number,
  raws: (RawLayer | undefined)[],
  below: Merging['below'],
  open: (layer: StoredLayer) => Promise<RawLayer>,
): Promise<Plan> {
  const layers = raws.slice(first).filter((raw) => raw !== undefined)
  const merge = (): Merged => flatten({ kept: raws.slice(0, first), layers, below })
  let { plan, lost } = merge()
  if (lost !== undefined && first > 0) {
    for (let i = 0; i < first; i++) raws[i] = await open(stored.layers[i]!)
    ;({ plan, lost } = merge())
  }
  if (lost !== undefined) {
    const what = `${lost.path} is a hard link to ${lost.link}, which is not there before it`
    throw new UserError(`${stored.name}: ${what}; engines refuse it too`)
  }
  return plan
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

/** A layer that stays, byte for byte. */
async function copied(layer: StoredLayer): Promise<{ readonly layer: NewLayer; readonly source: RawLayer['source'] }> {
  const source = await layer.blob.open!()
  const compression = sniff(head(source, 10))
  const read = (): Reader => {
    let at = 0
    return (into) => {
      const got = source.read(at, into)
      at += got
      return got
    }
  }
  const plain: NewLayer = { read, compress: undefined }
  if (compression === undefined) return { layer: plain, source }
  if (compression !== 'gzip' && compression !== 'zstd')
    throw new UserError(`${layer.blob.name}: layers in ${compression} cannot be kept`)
  if (!isDigest(layer.diffId)) throw new UserError(`${layer.blob.name}: the config names no diff ID for it`)
  return { layer: { ...plain, packed: { compression, diffId: layer.diffId } }, source }
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

/** Opens what was written, for `look`. */
async function readBack<T>(
  path: string,
  { platform }: StoredImage,
  { form, output }: SquashOptions,
  look: (image: StoredImage) => Promise<T>,
): Promise<T> {
  const image = await openImage({ transport: form, place: path, pick: undefined, path: output }, platform)
  try {
    return await look(image)
  } finally {
    image.close()
  }
}
