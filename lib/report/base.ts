/** stratigraph/base@1: all that a Dockerfile built on an image has to know of it. Schema: schemas/base.schema.json. */
import type { BaseFacts, BaseFile, Entry, Image, ImageConfig, Row, SizeModel } from '../model.ts'
import { measure } from '../unionfs/measure.ts'
import { type Seen, stack, type Visible } from '../unionfs/stack.ts'

/** The document, as plain data. */
export interface BaseDocument {
  readonly schema: 'stratigraph/base@1'
  readonly name: string
  readonly platform: string
  readonly date?: string
  readonly author?: string
  readonly rows: readonly BaseRow[]
  readonly config: ImageConfig
  readonly os?: BaseFacts['os']
  readonly packages?: BaseFacts['packages']
  readonly aptLists?: BaseFacts['aptLists']
  readonly accounts?: BaseFacts['accounts']
  readonly files?: Readonly<Record<string, BaseFile>>
  readonly trees?: BaseFacts['trees']
  readonly complete: boolean
}

type BaseRow = Pick<
  Row,
  'createdBy' | 'comment' | 'author' | 'emptyLayer' | 'created' | 'layer' | 'size' | 'sizes' | 'unpredictable'
>

/**
 * What to write for an image, predicted or read. Files are those visible in the end, each with the layer that holds it;
 * where single files are not known (parcels of a predicted RUN), their sums stand in `trees` and `complete` is false.
 * An image without layer contents gives what its facts say.
 */
export function baseDocument(
  image: Image,
  about: { readonly name: string; readonly date?: string; readonly stack?: Pick<Seen, 'files'> },
): BaseDocument {
  const { rows, layers, config, author, platform, facts } = image
  const { variant } = platform
  const seen = about.stack ?? (layers.some((layer) => layer.entries.length > 0) ? stack(layers) : undefined)
  const read = seen && filesOf(seen.files)
  const known = layers.every((layer) => layer.complete) && layers.length > 0
  const date = about.date ?? rows.at(-1)?.created ?? undefined
  const files = { ...facts.files, ...read?.files }
  const trees = { ...facts.trees, ...read?.trees }
  return {
    schema: 'stratigraph/base@1',
    name: about.name,
    platform: [platform.os, platform.arch, ...(variant === '' ? [] : [variant])].join('/'),
    ...(date === undefined ? {} : { date }),
    ...(author === '' ? {} : { author }),
    rows: rows.map((row) => rowOf(row, image)),
    config,
    ...(facts.os === undefined ? {} : { os: facts.os }),
    ...(facts.packages === undefined ? {} : { packages: facts.packages }),
    ...(facts.aptLists === undefined ? {} : { aptLists: facts.aptLists }),
    ...(facts.accounts === undefined ? {} : { accounts: facts.accounts }),
    ...(Object.keys(files).length === 0 ? {} : { files }),
    ...(Object.keys(trees).length === 0 ? {} : { trees }),
    complete: read === undefined ? facts.complete : known && !read.parcels,
  }
}

const models: readonly SizeModel[] = ['classic', 'buildkit', 'containerd', 'podman', 'tar']

function rowOf(row: Row, { layers }: Image): BaseRow {
  const { createdBy, comment, author, emptyLayer, created, layer, size, unpredictable } = row
  const content = layer === null ? undefined : layers[layer]
  const isMeasured = models.every((model) => row.sizes?.[model] !== undefined)
  const sizes = { ...(content?.complete === true && !isMeasured ? measured(content.entries) : {}), ...row.sizes }
  const known = Object.keys(sizes).length > 0
  return { createdBy, comment, author, emptyLayer, created, layer, size, ...(known ? { sizes } : {}), unpredictable }
}

/**
 * Sizes that are exact by the entries. Not `containerd`, which depends on a file system. `buildkit` as `classic`: for
 * what is built on top, the rows of a base count as pulled.
 */
function measured(entries: readonly Entry[]): Partial<Record<SizeModel, number>> {
  const sizes: Partial<Record<SizeModel, number>> = {}
  for (const model of models) {
    const { bytes, basis } = measure(entries, model === 'buildkit' ? 'classic' : model)
    if (basis === 'exact' && bytes !== null) sizes[model] = bytes
  }
  return sizes
}

function filesOf(visible: Iterable<Visible>): {
  readonly files: Readonly<Record<string, BaseFile>>
  readonly trees: Readonly<Record<string, { readonly bytes: number; readonly linkBytes?: number }>>
  readonly parcels: boolean
} {
  const files: [string, BaseFile][] = []
  const trees: Record<string, { bytes: number; linkBytes?: number }> = {}
  let parcels = false
  for (const { entry, layer } of visible) {
    if (entry.type === 'package' || entry.maybe) {
      parcels = true
      if (entry.type === 'package' && entry.size.basis === 'exact' && entry.size.bytes !== null) {
        const other = trees[entry.path]
        const linkBytes = (other?.linkBytes ?? 0) + (entry.linkBytes ?? 0)
        trees[entry.path] = { bytes: (other?.bytes ?? 0) + entry.size.bytes, ...(linkBytes === 0 ? {} : { linkBytes }) }
      }
      continue
    }
    files.push([entry.path, fileOf(entry, layer)])
  }
  return { files: Object.fromEntries(files), trees, parcels }
}

function fileOf(entry: Entry, layer: number): BaseFile {
  const { type, size, mode, uid, gid, link, content } = entry
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(content ?? '')?.[1]
  return {
    ...(type === 'file' && size.bytes !== null && size.basis === 'exact' ? { bytes: size.bytes } : {}),
    ...(mode === null ? {} : { mode: mode.toString(8).padStart(4, '0') }),
    ...(uid === null ? {} : { uid }),
    ...(gid === null ? {} : { gid }),
    layer,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(type === 'symlink' && link !== null ? { link } : {}),
    ...(type === 'hardlink' && link !== null ? { hardlink: link } : {}),
    ...(type === 'dir' ? { dir: true } : {}),
  }
}
