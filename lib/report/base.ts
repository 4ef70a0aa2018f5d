/** stratigraph/base@1: all that a Dockerfile built on an image has to know of it. Schema: schemas/base.schema.json. */
import type { BaseFacts, BaseFile, Entry, Image, ImageConfig, Row, SizeModel } from '../model.ts'
import { measure } from '../unionfs/measure.ts'
import { octal } from '../unionfs/path-life.ts'
import type { Seen, Visible } from '../unionfs/seen.ts'
import { stack } from '../unionfs/stack.ts'

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

/** Besides what the image says of itself. */
interface About {
  readonly name: string
  readonly date?: string
  readonly stack?: Pick<Seen, 'files'>
}

/**
 * What to write for an image, predicted or read. Files are those visible in the end, each with the layer that holds it;
 * where single files are not known (parcels of a predicted RUN), their sums stand in `trees` and `complete` is false.
 * An image without layer contents gives what its facts say.
 */
export function baseDocument(image: Image, about: About): BaseDocument {
  const { facts } = image
  const listing = listingOf(image, about)
  const files = { ...facts.files, ...(listing && Object.fromEntries(listing)) }
  return {
    ...headOf(image, about),
    ...(Object.keys(files).length === 0 ? {} : { files }),
    ...tailOf(image, listing),
  }
}

/** Length of a piece, about. */
const pieceLength = 1 << 16

/** The document as text, piece by piece: that of a million files is longer than what else there is to remember of them. */
export function* baseJson(image: Image, about: About): Generator<string> {
  if (image.facts.files !== undefined) {
    yield `${JSON.stringify(baseDocument(image, about), null, 1)}\n`
    return
  }
  const listing = listingOf(image, about)
  let piece = JSON.stringify(headOf(image, about), null, 1).slice(0, -'\n}'.length)
  let before = ',\n "files": {'
  for (const [path, file] of listing ?? []) {
    piece += `${before}\n  ${JSON.stringify(path)}: ${JSON.stringify(file, null, 1).replaceAll('\n', '\n  ')}`
    before = ','
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  const tail = JSON.stringify(tailOf(image, listing), null, 1).slice('{'.length)
  yield `${piece}${before === ',' ? '\n }' : ''},${tail}\n`
}

function headOf(image: Image, about: About): Omit<BaseDocument, 'files' | 'trees' | 'complete'> {
  const { rows, config, author, platform, facts } = image
  const { variant } = platform
  const date = about.date ?? rows.at(-1)?.created ?? undefined
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
  }
}

/** What is known once the files were listed. */
function tailOf({ facts, layers }: Image, listing: Listing | undefined): Pick<BaseDocument, 'trees' | 'complete'> {
  const trees = { ...facts.trees, ...listing?.trees }
  const known = layers.every((layer) => layer.complete) && layers.length > 0
  return {
    ...(Object.keys(trees).length === 0 ? {} : { trees }),
    complete: listing === undefined ? facts.complete : known && !listing.parcels,
  }
}

/** Undefined: there are no layer contents. */
function listingOf({ layers }: Image, { stack: given }: About): Listing | undefined {
  const seen = given ?? (layers.some((layer) => layer.entries.length > 0) ? stack(layers) : undefined)
  return seen && new Listing(seen.files)
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

/** Files by their paths; `trees` and `parcels` count once all were gone through. */
class Listing {
  readonly trees: Record<string, { bytes: number; linkBytes?: number }> = {}
  /** There are files that are not listed. */
  parcels = false
  private readonly visible: Iterable<Visible>

  constructor(visible: Iterable<Visible>) {
    this.visible = visible
  }

  *[Symbol.iterator](): Generator<[path: string, file: BaseFile]> {
    for (const { entry, layer } of this.visible) {
      if (entry.type === 'package' || entry.maybe) this.addParcel(entry)
      else yield [entry.path, fileOf(entry, layer)]
    }
  }

  private addParcel({ type, path, size, linkBytes: more = 0 }: Entry): void {
    this.parcels = true
    if (type !== 'package' || size.basis !== 'exact' || size.bytes === null) return
    const other = this.trees[path]
    const linkBytes = (other?.linkBytes ?? 0) + more
    this.trees[path] = { bytes: (other?.bytes ?? 0) + size.bytes, ...(linkBytes === 0 ? {} : { linkBytes }) }
  }
}

/** One property after the other: of a million objects that are spread into each other, most of the time goes into that. */
function fileOf(entry: Entry, layer: number): BaseFile {
  const { type, size, uid, gid, link, content } = entry
  const mode = octal(entry.mode)
  const file: { -readonly [key in keyof BaseFile]: BaseFile[key] } = {}
  // What is built on it finds a device where one was, and no bytes: containers have devices of their own.
  if ((type === 'file' || type === 'device') && size.bytes !== null && size.basis === 'exact') file.bytes = size.bytes
  if (mode !== null) file.mode = mode
  if (uid !== null) file.uid = uid
  if (gid !== null) file.gid = gid
  file.layer = layer
  if (content !== undefined && /^sha256:[0-9a-f]{64}$/.test(content)) file.sha256 = content.slice('sha256:'.length)
  if (type === 'symlink' && link !== null) file.link = link
  if (type === 'hardlink' && link !== null) file.hardlink = link
  if (type === 'dir') file.dir = true
  return file
}
