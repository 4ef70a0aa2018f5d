/**
 * What `docker save` writes: `manifest.json` and, in archives older than Docker 1.10, only `repositories`.
 *
 * Source: moby image/tarexport/save.go; spec of the archive in image/spec/v1.2.md.
 */
import { UserError } from '../error.ts'
import type { Problem } from '../model.ts'
import { choosePlatform, pick, platformOf, type Wanted } from './choose.ts'
import { containerdId } from './containerd-id.ts'
import { cleanPath } from './entry.ts'
import { asList, asObject, asText, asTexts, type JsonObject } from './json.ts'
import { readDocument, type Store } from './store.ts'
import { type Blob, digestOf, isDigest, type StoredImage, storedImage } from './stored.ts'
import { type LegacyLayer, legacyImage } from './v1.ts'

interface Item {
  readonly config: string
  readonly tags: readonly string[]
  readonly layers: readonly string[]
  /** The graph drivers say where layers are from, since Docker 25. */
  readonly sources: boolean
}

/** Names of the images in `manifest.json`, for those who want to know before they choose. */
function items(store: Store): readonly Item[] | undefined {
  const document = readDocument(store, 'manifest.json')
  if (document === undefined) return undefined
  const list = asList(document.json)
  if (list === undefined) throw new UserError(`${store.name}: manifest.json is not a list of images`)
  return list.map((one) => {
    const item = asObject(one)
    const config = asText(item?.Config)
    const layers = item?.Layers === null ? [] : asTexts(item?.Layers)
    if (config === undefined || layers === undefined) {
      throw new UserError(`${store.name}: manifest.json names no config or no layers`)
    }
    return { config, tags: asTexts(item?.RepoTags) ?? [], layers, sources: item?.LayerSources !== undefined }
  })
}

/** Opens an image of an archive with `manifest.json`; undefined where it has none. The store is closed with the image. */
export function openDockerArchive(store: Store, wanted: Wanted): StoredImage | undefined {
  const all = items(store)
  if (all === undefined) return undefined
  const item = onPlatform(store, all, wanted) ?? pick(store.name, all, (one) => one.tags, wanted)
  const name = wanted.reference === undefined ? store.name : `${store.name}:${wanted.reference}`
  const document = readDocument(store, inside(item.config))
  if (document === undefined) throw new UserError(`${store.name}: the config ${item.config} is not in the archive`)
  const id = digestOf(document.text)
  const claimed = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(item.config)?.[1]
  if (claimed !== undefined && id !== `sha256:${claimed}`) {
    throw new UserError(`${store.name}: ${item.config}: its content does not match its digest: it is ${id}`)
  }
  const problems: Problem[] = []
  const blobs = item.layers.map((path) => blobAt(store, path, problems))
  const { tags } = item
  const shown = (item.sources ? undefined : containerdId(store, id, tags)) ?? id
  return storedImage(
    { name, transport: 'docker-archive', id: shown, digest: undefined, tags, annotations: {}, close: store.close },
    document.json,
    blobs,
    problems,
  )
}

/** Several items of one name that differ in platform: a multi-platform save. */
function onPlatform(store: Store, all: readonly Item[], wanted: Wanted): Item | undefined {
  const first = all[0]?.tags[0]
  if (wanted.reference !== undefined || all.length < 2 || first === undefined) return undefined
  if (!all.every((item) => item.tags[0] === first)) return undefined
  const platform = (item: Item) => platformOf(asObject(readDocument(store, inside(item.config))?.json))
  return choosePlatform(all, platform, wanted.platform)
}

const inside = (path: string): string => cleanPath(path)?.slice(1) ?? ''

function blobAt(store: Store, path: string, problems: Problem[]): Blob {
  const source = store.open(inside(path))
  const hex = /(?:^|\/)blobs\/sha256\/([0-9a-f]{64})$/.exec(path)?.[1]
  const name = `${store.name}: ${path}`
  const digest = hex === undefined ? undefined : `sha256:${hex}`
  if (source === undefined) {
    problems.push({ severity: 'warning', message: `layer ${path} is not in the archive` })
    return { name, digest, bytes: undefined, open: undefined }
  }
  const { bytes } = source
  source.close()
  return { name, digest, bytes, open: async () => store.open(inside(path))! }
}

/** Opens an image of an archive that has only `repositories`; undefined where it has none. */
export function openV1Archive(store: Store, wanted: Wanted): StoredImage | undefined {
  const document = readDocument(store, 'repositories')
  if (document === undefined) return undefined
  const named: { tag: string; id: string }[] = []
  for (const [name, tags] of Object.entries(asObject(document.json) ?? {})) {
    for (const [tag, id] of Object.entries(asObject(tags) ?? {})) {
      if (typeof id === 'string' && /^[0-9a-f]{64}$/.test(id)) named.push({ tag: `${name}:${tag}`, id })
    }
  }
  const ids = [...new Set(named.map(({ id }) => id))]
  const tagsOf = (id: string): readonly string[] => named.filter((one) => one.id === id).map((one) => one.tag)
  const top = pick(store.name, ids, tagsOf, wanted)
  const problems: Problem[] = []
  const layers: LegacyLayer[] = []
  const seen = new Set<string>()
  for (let id: string | undefined = top; id !== undefined; ) {
    if (seen.has(id)) throw new UserError(`${store.name}: layer ${id} is its own ancestor`)
    seen.add(id)
    const json: JsonObject | undefined = asObject(readDocument(store, `${id}/json`)?.json)
    if (json === undefined) throw new UserError(`${store.name}: ${id}/json is not in the archive`)
    layers.unshift({ json, blob: blobAt(store, `${id}/layer.tar`, problems), empty: false })
    const parent: string | undefined = asText(json.parent)
    id = parent === '' || !isDigest(`sha256:${parent}`) ? undefined : parent
  }
  const name = wanted.reference === undefined ? store.name : `${store.name}:${wanted.reference}`
  return legacyImage(
    { name, transport: 'docker-archive', id: `sha256:${top}`, tags: tagsOf(top), close: store.close },
    layers,
    problems,
  )
}
