/** A built image, as the rest of the program knows images: its layers read, its rows measured. */
import { type ReadOptions, readLayers } from './image/layers.ts'
import { repeats } from './image/repeats.ts'
import type { StoredImage } from './image/stored.ts'
import { placeOf, type Table } from './image/table.ts'
import type { BaseFacts, Image, Layer, Problem, Size, SizeModel } from './model.ts'
import { about, exact, unknown } from './size.ts'
import { measure } from './unionfs/measure.ts'
import { union } from './unionfs/union.ts'

/** An image that exists, read. */
export interface Inspected {
  readonly image: Image
  /** Layers as they were read, one for each of `image.layers`; undefined where the container does not have them. */
  readonly contents: readonly (Table | undefined)[]
  readonly problems: readonly Problem[]
}

export interface InspectOptions extends ReadOptions {
  readonly sizeModel: SizeModel
  /** Rows carry their size in every model, for what is built on top. */
  readonly allModels?: boolean
}

/**
 * Reads the layers and gives the image in the size model asked for. Rows of
 * layers that cannot be had are of unknown size. Throws UserError on a broken archive.
 */
export async function inspect(stored: StoredImage, options: InspectOptions): Promise<Inspected> {
  const contents = await readLayers(stored, options)
  const layers: Layer[] = stored.layers.map(({ row, diffId }, i) => {
    const content = contents[i]
    const size = content === undefined ? notThere : sizeOf(content, options.sizeModel)
    const about = { row, complete: content !== undefined, size, ...(diffId === undefined ? {} : { diffId }) }
    return {
      ...about,
      ...(content && { table: content }),
      // Made into objects only for those who look at them.
      get entries() {
        return content?.entries ?? []
      },
    }
  })
  const rows = stored.rows.map((row) => {
    if (row.layer === null) return { ...row, size: nothing }
    const content = contents[row.layer]
    if (content === undefined) return { ...row, size: notThere }
    if (options.allModels !== true) return { ...row, size: sizeOf(content, options.sizeModel) }
    const plain = Object.fromEntries(models.map((model) => [model, sizeOf(content, model).bytes ?? 0]))
    return { ...row, size: sizeOf(content, options.sizeModel), sizes: plain }
  })
  const { config, author, platform } = stored
  const facts: BaseFacts = { complete: false }
  return { image: { rows, layers, config, author, platform, facts }, contents, problems: stored.problems }
}

/**
 * Gives the image without reading a layer, for one whose layers are far away. Sizes are what the ends of gzip files say of
 * their length; where they do not, nothing is known.
 */
export async function glance(stored: StoredImage, model: SizeModel): Promise<Omit<Inspected, 'contents'>> {
  const sizes = await Promise.all(stored.layers.map(async ({ blob }) => ofTrailer(await blob.trailer?.(), model)))
  const layers = stored.layers.map(({ row, diffId }, i) => {
    const layer = { row, entries: [], complete: false, size: sizes[i]! }
    return diffId === undefined ? layer : { ...layer, diffId }
  })
  const rows = stored.rows.map((row) => ({ ...row, size: row.layer === null ? nothing : sizes[row.layer]! }))
  const { config, author, platform, problems } = stored
  return { image: { rows, layers, config, author, platform, facts: { complete: false } }, problems }
}

/** Two blank blocks at the end, and at least one header. */
const least = 3 * 512

/** The length of a tar says what podman counts; the files in it are somewhat shorter, by a header and padding each. */
function ofTrailer(tarBytes: number | undefined, model: SizeModel): Size {
  if (tarBytes === undefined) return unknown('the layer is in the registry, and nothing tells its length')
  const source = 'length of the tar, as the end of the layer in the registry tells it'
  if (model === 'podman') return { bytes: tarBytes, low: tarBytes, high: tarBytes, basis: 'resolved', source }
  const most = Math.max(0, tarBytes - least)
  return model === 'containerd'
    ? about(tarBytes, 0, tarBytes * 8, 'heuristic', source)
    : about(most * 0.97, 0, most, 'heuristic', source)
}

const models: readonly SizeModel[] = ['classic', 'buildkit', 'containerd', 'podman', 'tar']
const nothing = exact(0, 'no layer')
const notThere = unknown('the layer is not in the container')

const measured = new WeakMap<Table, Partial<Record<SizeModel, Size>>>()

/** Size of a layer; one that an image has twice is measured once. */
function sizeOf(content: Table, model: SizeModel): Size {
  const known = measured.get(content) ?? {}
  const size = known[model] ?? count(content, model)
  measured.set(content, { ...known, [model]: size })
  return size
}

function count(table: Table, model: SizeModel): Size {
  const source = 'layer of the image'
  if (model === 'podman') return exact(table.tarBytes, source)
  if (model === 'buildkit' || model === 'tar') return exact(table.payload, source)
  const kept = keptOf(table)
  // What `measure` comes to, added up already while the layer was read.
  if (model === 'classic' && kept === undefined) return exact(table.payload + table.linkBytes, source)
  return { ...measure(table.glimpses(kept), model), source }
}

/** On disk there is nothing of what the same layer stored something else over. Undefined: it has no path twice. */
function keptOf(table: Table): ReadonlySet<number> | undefined {
  if (!repeats(table)) return undefined
  const { files, waste } = union([table])
  const kept = new Set<number>()
  for (const { entry } of files) kept.add(placeOf(entry)?.number ?? -1)
  // A name of a file may be gone and its bytes be there still, under another name.
  for (let number = 0; number < table.count; number++) if (table.type(number) === 'file') kept.add(number)
  for (const { entry } of waste) kept.delete(placeOf(entry)?.number ?? -1)
  return kept
}
