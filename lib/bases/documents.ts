/**
 * JSON documents that tell of an image: an image config (OCI or Docker), the output of `docker image inspect`,
 * stratigraph/history@1 and stratigraph/base@1.
 */
import { UserError } from '../error.ts'
import { imageConfig, readConfig } from '../image/config.ts'
import { asCount, asList, asObject, asText, asTexts, type Json, type JsonObject } from '../image/json.ts'
import type { Base, BaseFacts, BaseFile, Entry, Image, Layer, Platform, Problem, Row, SizeModel } from '../model.ts'
import { type GenericSchema, type InferOutput, type Misfit, shaped } from '../schema.ts'
import { about, exact, unknown, zero } from '../size.ts'
import { baseShape, historyShape } from './document-shapes.ts'

/** What a document says. */
export interface ReadDocument {
  readonly image: Image
  /** The name it gives itself, ''. */
  readonly name: string
  /** When it was made, ''. */
  readonly date: string
  /** What it does not tell, in words for the user. */
  readonly problems: readonly Problem[]
}

/**
 * Reads a parsed JSON document. `file` is its name for messages. Throws UserError where it is none of the four kinds,
 * does not fit its shape, or tells of no image (a refused build).
 *
 * The output of `docker image inspect` has no history: each layer then has a row of its own, and a problem says so.
 */
export function readDocument(value: unknown, file: string): ReadDocument {
  if (Array.isArray(value)) {
    if (value.length === 1) return readDocument(value[0], file)
    throw new UserError(
      `${file}: ${value.length === 0 ? 'no image in it' : `${value.length} images in it, one is wanted`}`,
    )
  }
  const root = asObject(value as Json)
  if (root === undefined) throw new UserError(`${file}: not an object`, kinds)
  const schema = asText(root.schema)
  if (schema === 'stratigraph/base@1') return ofBase(fitting(baseShape, root, file), file)
  if (schema === 'stratigraph/history@1') return ofHistory(fitting(historyShape, root, file), file)
  if (schema?.startsWith('stratigraph/'))
    throw new UserError(`${file}: ${schema} does not tell of an image`, {
      hint: 'stratigraph base IMAGE -o base.json writes one that does',
    })
  if (asObject(root.RootFS) !== undefined) return ofInspect(root, file)
  if (asObject(root.rootfs) !== undefined || (asList(root.history) !== undefined && asText(root.os) !== undefined))
    return ofConfig(root, file)
  if (
    asText(root.mediaType)?.includes('manifest') ||
    asList(root.manifests) !== undefined ||
    asList(root.layers) !== undefined
  )
    throw new UserError(`${file}: a manifest; it names the image config but does not hold it`, kinds)
  throw new UserError(`${file}: nothing in it that tells of an image`, kinds)
}

/** The document as something to build on. */
export const baseOf = (ref: string, { image, date }: Pick<ReadDocument, 'image' | 'date'>): Base => ({
  ref,
  rows: image.rows.map((row) => ({ ...row, origin: { from: 'base', image: ref } })),
  layers: image.layers,
  config: image.config,
  author: image.author,
  facts: image.facts,
  ...(date === '' ? {} : { date }),
})

const kinds = {
  hint: 'an image config, the output of docker image inspect, or a stratigraph/history@1 or base@1 document',
}

function fitting<S extends GenericSchema>(shape: S, value: JsonObject, file: string): InferOutput<S> {
  const read = shaped(shape, value)
  if ('value' in read) return read.value
  const [first, ...more] = read.misfits
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  throw new UserError(`${file}: ${first === undefined ? 'does not fit its schema' : misfitText(first)}${others}`)
}

function misfitText({ path, message }: Misfit): string {
  const place = path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('')
  return `${place === '' ? 'document' : place}: ${message}`
}

// ---- an image config, and what inspect shows of one ------------------------------------------------

function ofConfig(root: JsonObject, file: string): ReadDocument {
  const read = readConfig(root)
  const date = asText(root.created) ?? read.rows.at(-1)?.created ?? ''
  const layers = read.layers.map(({ row, diffId }) => bareLayer(row, diffId))
  const image = { ...read, platform: platformOr(read.platform), layers, facts: { complete: false } }
  return { image, name: '', date, problems: read.problems.map((problem) => ({ ...problem, file })) }
}

function ofInspect(root: JsonObject, file: string): ReadDocument {
  // podman adds the history; its keys are those of an image config.
  const history = asList(root.History)
  const diffIds = asTexts(asObject(root.RootFS)?.Layers) ?? []
  const config = {
    ...(history === undefined ? {} : { history }),
    rootfs: { diff_ids: diffIds },
    config: root.Config ?? root.ContainerConfig ?? {},
    author: root.Author ?? '',
    os: root.Os ?? '',
    architecture: root.Architecture ?? '',
    variant: root.Variant ?? '',
    created: root.Created ?? '',
  }
  const read = ofConfig(config, file)
  const total = asCount(root.Size)
  const layerRows = read.image.rows.filter((row) => row.layer !== null)
  const name = asTexts(root.RepoTags)?.[0] ?? ''
  if (total === undefined || layerRows.length !== 1) return { ...read, name }
  // One layer: all there is to the size is its own.
  const known: SizeModel = history === undefined ? 'classic' : 'podman'
  const rows = read.image.rows.map((row) =>
    row.layer === null ? row : { ...row, size: exact(total, file), sizes: { [known]: total } },
  )
  const layers = read.image.layers.map((layer) => ({ ...layer, size: exact(total, file) }))
  return { ...read, name, image: { ...read.image, rows, layers } }
}

const bareLayer = (row: number, diffId: string | undefined): Layer => ({
  row,
  entries: [],
  complete: false,
  size: unknown('layer not read'),
  ...(diffId === undefined ? {} : { diffId }),
})

// ---- documents of our own ---------------------------------------------------------------------------

type RowDocument = InferOutput<typeof baseShape>['rows'][number]

/** Rows and their layers. Numbers of layers in the document are not trusted: a row that stores has the next layer. */
function rowsOf(rows: readonly RowDocument[], file: string, counted: SizeModel | undefined) {
  let layers = 0
  return rows.map((row): Row => {
    // A row that says nothing of a layer but has one by number or size stores something.
    const emptyLayer =
      row.emptyLayer === undefined ? row.layer == null && !row.sizes && !row.size?.bytes : row.emptyLayer
    const stated = row.size
    const size =
      emptyLayer === true
        ? zero
        : stated === undefined
          ? unknown(file)
          : stated.bytes === null
            ? { bytes: null, low: stated.low, high: stated.high, basis: stated.basis, source: stated.source ?? file }
            : about(stated.bytes, stated.low, stated.high ?? stated.bytes, stated.basis, stated.source ?? file)
    const own = counted !== undefined && size.basis === 'exact' && size.bytes !== null ? { [counted]: size.bytes } : {}
    const sizes = { ...own, ...row.sizes }
    return {
      createdBy: row.createdBy,
      comment: row.comment ?? '',
      author: row.author ?? '',
      emptyLayer,
      created: row.created ?? null,
      layer: emptyLayer === false ? layers++ : null,
      size: stated === undefined && sizes.classic !== undefined ? exact(sizes.classic, file) : size,
      ...(emptyLayer === false && Object.keys(sizes).length > 0 ? { sizes } : {}),
      unpredictable: row.unpredictable ?? [],
      origin: { from: 'image' },
    }
  })
}

function ofHistory(document: InferOutput<typeof historyShape>, file: string): ReadDocument {
  if (document.refused) throw new UserError(`${file}: tells of a build that is refused: ${document.refused.message}`)
  const rows = rowsOf(document.rows, file, document.builder?.sizeModel)
  const image: Image = {
    rows,
    layers: layersOf(rows, new Map(), false),
    config: imageConfig((document.config ?? {}) as JsonObject),
    author: document.author ?? '',
    platform: platformOf(document.subject?.platform),
    facts: { complete: false },
  }
  return { image, name: '', date: lastDate(rows), problems: [] }
}

function ofBase(document: InferOutput<typeof baseShape>, file: string): ReadDocument {
  const rows = rowsOf(document.rows, file, undefined)
  const files = (document.files ?? {}) as Readonly<Record<string, BaseFile>>
  const layers = rows.filter((row) => row.layer !== null).length
  const byLayer = new Map<number, Entry[]>()
  // Of a million files even the pairs that Object.entries gives are a burden.
  for (const path of Object.keys(files)) {
    const file = files[path]!
    // A file of nobody's layer, or of one that is not there, is as good as one of the lowest.
    const layer = file.layer !== undefined && file.layer < layers ? file.layer : 0
    const list = byLayer.get(layer)
    if (list === undefined) byLayer.set(layer, [entryOf(path, file)])
    else list.push(entryOf(path, file))
  }
  const { os, packages, aptLists, accounts, trees } = document
  const facts = {
    ...(os === undefined ? {} : { os }),
    ...(packages === undefined ? {} : { packages }),
    ...(aptLists === undefined ? {} : { aptLists }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(document.files === undefined ? {} : { files }),
    ...(trees === undefined ? {} : { trees }),
    complete: document.complete ?? false,
  } as BaseFacts
  const image: Image = {
    rows,
    layers: layersOf(rows, byLayer, facts.complete),
    config: imageConfig((document.config ?? {}) as JsonObject),
    author: document.author ?? '',
    platform: platformOf(document.platform),
    facts,
  }
  return { image, name: document.name ?? '', date: document.date ?? lastDate(rows), problems: [] }
}

/** A layer for each row that stores; what is visible of it, where files say which layer they are in. */
const layersOf = (
  rows: readonly Row[],
  listed: ReadonlyMap<number, readonly Entry[]>,
  whole: boolean,
): readonly Layer[] =>
  rows.flatMap((row, index): Layer[] => {
    if (row.layer === null) return []
    const entries = listed.get(row.layer) ?? []
    // Where all files are listed, only hidden ones can be missing. Else a layer is whole when its files weigh what it weighs.
    const classic = row.sizes?.classic
    const complete = whole || (classic !== undefined && entries.length > 0 && weight(entries) === classic)
    return [{ row: index, entries, complete, size: row.size }]
  })

/** As the classic size model counts: lengths of files and of the targets of links. */
const weight = (entries: readonly Entry[]): number =>
  entries.reduce(
    (sum, { type, size, link }) => sum + (size.bytes ?? 0) + (type === 'symlink' ? Buffer.byteLength(link ?? '') : 0),
    0,
  )

function entryOf(path: string, file: BaseFile): Entry {
  const { bytes, mode, uid, gid, sha256, link, hardlink, dir } = file
  const type = dir ? 'dir' : hardlink !== undefined ? 'hardlink' : link !== undefined ? 'symlink' : 'file'
  const entry: Entry = {
    path,
    type,
    size:
      type !== 'file'
        ? zero
        : bytes === undefined
          ? unknown('length not in the document')
          : exact(bytes, 'base document'),
    mode: mode === undefined ? null : Number.parseInt(mode, 8),
    uid: uid ?? null,
    gid: gid ?? null,
    link: hardlink ?? link ?? null,
  }
  return sha256 === undefined ? entry : { ...entry, content: `sha256:${sha256}` }
}

const lastDate = (rows: readonly Row[]): string => rows.at(-1)?.created ?? ''

const platformOr = (platform: Platform): Platform => (platform.os === '' ? platformOf(undefined) : platform)

/** `linux/arm/v7`; linux/amd64 where a document does not say. */
function platformOf(text: string | undefined): Platform {
  const [os = '', arch = '', variant = ''] = (text ?? '').split('/')
  return os === '' || arch === '' ? { os: 'linux', arch: 'amd64', variant: '' } : { os, arch, variant }
}
