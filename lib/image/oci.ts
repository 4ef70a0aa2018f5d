/**
 * OCI layouts, as directories or archives, and the manifests that registries give.
 *
 * Source: OCI image-spec v1.1, image-layout.md, image-index.md, manifest.md, descriptor.md; Docker registry manifest
 * schemas 1 and 2.
 */
import { UserError } from '../error.ts'
import type { Platform, Problem } from '../model.ts'
import { sameReference } from '../reference.ts'
import { choosePlatform, isAttestation, pick, platformOf, type Wanted } from './choose.ts'
import {
  asCount,
  asList,
  asObject,
  asObjects,
  asRecord,
  asText,
  type Json,
  type JsonObject,
  parseJson,
} from './json.ts'
import type { Source } from './readable.ts'
import { memory, readAll } from './source.ts'
import { readDocument, type Store } from './store.ts'
import { type Blob, isDigest, type StoredImage, storedImage, verify } from './stored.ts'
import { legacyImage } from './v1.ts'

/** Where blobs come from: a layout, or a registry. */
export interface Blobs {
  /** For messages. */
  readonly name: string
  /** A small document by digest, checked; undefined: not there. */
  document(descriptor: JsonObject): Promise<Buffer | undefined>
  /** A layer, not yet opened. */
  layer(descriptor: JsonObject): Blob
}

const documentLimit = 32 << 20
const depthLimit = 4
const manifestLimit = 1000

/** One image manifest among several. */
interface Leaf {
  readonly descriptor: JsonObject
  readonly platform: Platform | undefined
}

/** Opens an image of a layout. Undefined: no `index.json` there. The store is closed with the image. */
export async function openOci(
  store: Store,
  wanted: Wanted,
  transport: 'oci' | 'oci-archive',
): Promise<StoredImage | undefined> {
  const index = readDocument(store, 'index.json')
  if (index === undefined) return undefined
  const blobs = layoutBlobs(store)
  const top = asObjects(asObject(index.json)?.manifests)
  const groups = grouped(top.filter((one) => !isAttestation(one)))
  const group = pick(store.name, groups, (one) => one.tags, wanted)
  const name = wanted.reference === undefined ? store.name : `${store.name}:${wanted.reference}`
  return openManifest(blobs, group.descriptors, wanted.platform, {
    name,
    transport,
    tags: group.tags,
    close: store.close,
  })
}

interface Group {
  readonly tags: readonly string[]
  readonly descriptors: readonly JsonObject[]
}

/** Entries of one name are one image for several platforms; so are those without a name, unless a platform repeats. */
function grouped(descriptors: readonly JsonObject[]): readonly Group[] {
  const groups = new Map<string, { tags: string[]; descriptors: JsonObject[] }>()
  const platforms = new Set<string>()
  for (const [i, descriptor] of descriptors.entries()) {
    const annotations = asRecord(descriptor.annotations)
    const full = annotations['io.containerd.image.name']
    const short = annotations['org.opencontainers.image.ref.name']
    const twice = full !== undefined && short !== undefined && sameReference(full, short)
    const tags = [twice ? undefined : full, short].flatMap((tag) => tag ?? [])
    const digest = asText(descriptor.digest) ?? ''
    const platform = JSON.stringify(platformOf(asObject(descriptor.platform)) ?? digest)
    let key = tags[0] ?? ''
    // One image under two names has two entries with one digest.
    for (const [name, group] of groups) {
      if (group.descriptors.length === 1 && group.descriptors[0]!.digest === digest) key = name
    }
    if (key === '' && platforms.has(platform)) key = `@${i}`
    if (key === '') platforms.add(platform)
    const group = groups.get(key) ?? { tags: [], descriptors: [] }
    groups.set(key, group)
    group.tags.push(...tags.filter((tag) => !group.tags.includes(tag)))
    if (!group.descriptors.some((one) => one.digest === digest)) group.descriptors.push(descriptor)
  }
  return [...groups.values()]
}

/** Reads manifests, following indexes, and puts the image for the platform together. Throws UserError. */
export async function openManifest(
  blobs: Blobs,
  descriptors: readonly JsonObject[],
  platform: Platform,
  about: Pick<StoredImage, 'name' | 'transport' | 'tags' | 'close'>,
): Promise<StoredImage> {
  const leaves = await collect(blobs, descriptors)
  const problems: Problem[] = []
  let chosen = choosePlatform(leaves, (leaf) => leaf.platform, platform)
  if (chosen === undefined) {
    const names = leaves.map((leaf) => text(leaf.platform))
    if (leaves.length !== 1) {
      throw new UserError(`${about.name}: no image for ${text(platform)}`, {
        hint: `there is ${names.join(', ') || 'none at all'}`,
      })
    }
    chosen = leaves[0]!
    problems.push({ severity: 'warning', message: `the only image is for ${names[0]}, not for ${text(platform)}` })
  }
  return imageOf(blobs, chosen.descriptor, about, problems)
}

const text = (platform: Platform | undefined): string =>
  platform === undefined
    ? 'no platform'
    : [platform.os, platform.arch, platform.variant].filter((part) => part !== '').join('/')

async function collect(blobs: Blobs, descriptors: readonly JsonObject[]): Promise<readonly Leaf[]> {
  const leaves: Leaf[] = []
  const seen = new Set<string>()
  const visit = async (descriptor: JsonObject, inherited: Platform | undefined, depth: number): Promise<void> => {
    const digest = asText(descriptor.digest) ?? ''
    if (seen.has(digest) || isAttestation(descriptor)) return
    seen.add(digest)
    if (seen.size > manifestLimit) throw new UserError(`${blobs.name}: more than ${manifestLimit} manifests`)
    const platform = platformOf(asObject(descriptor.platform)) ?? inherited
    const type = asText(descriptor.mediaType) ?? ''
    const inner = /index|manifest\.list/.test(type) ? await documentOf(blobs, descriptor) : undefined
    if (inner === undefined) {
      leaves.push({ descriptor, platform })
      return
    }
    if (depth >= depthLimit) throw new UserError(`${blobs.name}: indexes within indexes, more than ${depthLimit} deep`)
    for (const child of asObjects(asObject(inner)?.manifests)) await visit(child, platform, depth + 1)
  }
  for (const descriptor of descriptors) await visit(descriptor, undefined, 0)
  return leaves
}

async function documentOf(blobs: Blobs, descriptor: JsonObject): Promise<Json> {
  const digest = asText(descriptor.digest)
  if (!isDigest(digest)) throw new UserError(`${blobs.name}: a digest that is none: ${JSON.stringify(digest ?? null)}`)
  const data = await blobs.document(descriptor)
  if (data === undefined) throw new UserError(`${blobs.name}: blob ${digest} is not there`)
  return parseJson(data.toString('utf8'), `${blobs.name}: ${digest}`)
}

async function imageOf(
  blobs: Blobs,
  descriptor: JsonObject,
  about: Pick<StoredImage, 'name' | 'transport' | 'tags' | 'close'>,
  problems: readonly Problem[],
): Promise<StoredImage> {
  const manifest = asObject(await documentOf(blobs, descriptor)) ?? {}
  const digest = asText(descriptor.digest)!
  if (manifest.schemaVersion === 1 || manifest.fsLayers !== undefined) return schema1(blobs, manifest, about, problems)
  const config = asObject(manifest.config)
  const layers = asList(manifest.layers)?.map((one) => asObject(one))
  if (config === undefined || layers === undefined) {
    throw new UserError(`${about.name}: ${digest} is no manifest of an image`)
  }
  refuseArtifact(about.name, manifest, config)
  const document = await documentOf(blobs, config)
  const stored = layers.map((one) => {
    if (one === undefined || !isDigest(asText(one.digest))) {
      throw new UserError(`${about.name}: a layer without a digest in ${digest}`)
    }
    return blobs.layer(one)
  })
  const missing = stored.filter((blob) => blob.open === undefined)
  return storedImage(
    { ...about, id: asText(config.digest)!, digest, annotations: asRecord(manifest.annotations) },
    document,
    stored,
    [
      ...problems,
      ...missing.map((blob): Problem => ({ severity: 'warning', message: `layer ${blob.digest} is not there` })),
    ],
  )
}

/** Helm charts, WebAssembly, signatures and SBOMs travel as manifests too. */
function refuseArtifact(name: string, manifest: JsonObject, config: JsonObject): void {
  const type = asText(manifest.artifactType) ?? asText(config.mediaType) ?? ''
  const isImage = /vnd\.(?:oci\.image\.config|docker\.container\.image)\.v1\+json$/.test(asText(config.mediaType) ?? '')
  if (isImage && (asText(manifest.artifactType) ?? '') === '') return
  if (type === '' || type === 'application/json') return
  if (isImage && asList(manifest.layers)?.some((one) => /tar/.test(asText(asObject(one)?.mediaType) ?? ''))) return
  throw new UserError(`${name}: an artifact of type ${type}, not an image`)
}

function schema1(
  blobs: Blobs,
  manifest: JsonObject,
  about: Pick<StoredImage, 'name' | 'transport' | 'tags' | 'close'>,
  problems: readonly Problem[],
): StoredImage {
  const sums = (asList(manifest.fsLayers) ?? []).map((one) => asText(asObject(one)?.blobSum))
  const jsons = (asList(manifest.history) ?? []).map((one) => {
    const inner = asText(asObject(one)?.v1Compatibility)
    return asObject(inner === undefined ? undefined : parseJson(inner, `${about.name}: v1Compatibility`)) ?? {}
  })
  if (sums.length !== jsons.length || sums.length === 0) {
    throw new UserError(`${about.name}: a manifest of schema 1 whose layers and history differ in number`)
  }
  const layers = sums.map((digest, i) => {
    if (!isDigest(digest)) throw new UserError(`${about.name}: a layer without a digest`)
    const json = jsons[i]!
    const empty = json.throwaway === true
    return { json, blob: empty ? undefined : blobs.layer({ digest }), empty }
  })
  return legacyImage({ ...about, id: '' }, layers.reverse(), problems)
}

const pathOf = (digest: string): string => `blobs/${digest.replace(':', '/')}`

function layoutBlobs(store: Store): Blobs {
  const inline = (descriptor: JsonObject): Buffer | undefined => {
    const data = asText(descriptor.data)
    return data === undefined ? undefined : Buffer.from(data, 'base64')
  }
  const open = (descriptor: JsonObject): Source | undefined => {
    const digest = asText(descriptor.digest)!
    const data = inline(descriptor)
    return store.open(pathOf(digest)) ?? (data === undefined ? undefined : memory(`${store.name}: ${digest}`, data))
  }
  return {
    name: store.name,
    async document(descriptor) {
      const source = open(descriptor)
      if (source === undefined) return undefined
      try {
        const data = readAll(source, documentLimit)
        verify(source.name, data, asText(descriptor.digest)!)
        return data
      } finally {
        source.close()
      }
    },
    layer(descriptor) {
      const digest = asText(descriptor.digest)!
      const name = `${store.name}: ${digest}`
      const source = open(descriptor)
      if (source === undefined) return { name, digest, bytes: asCount(descriptor.size), open: undefined }
      const { bytes } = source
      source.close()
      const claimed = asCount(descriptor.size)
      if (claimed !== undefined && claimed !== bytes) {
        throw new UserError(`${name}: has ${bytes} bytes, and the manifest says ${claimed}`)
      }
      return { name, digest, bytes, open: async () => open(descriptor)! }
    },
  }
}
