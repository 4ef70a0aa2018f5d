/** Images in a registry: manifests and configs at once, layers when they are asked for. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../error.ts'
import type { Platform } from '../model.ts'
import { parseReference, type Reference } from '../reference.ts'
import { quietly, type Surroundings } from './credentials.ts'
import { asCount, asText, asTexts, type JsonObject } from './json.ts'
import { type Blobs, openManifest } from './oci.ts'
import type { Source } from './readable.ts'
import { type RegistryClient, registryClient } from './registry-client.ts'
import { spool } from './source.ts'
import { type Blob, digestOf, isDigest, type StoredImage, verify } from './stored.ts'

/** Where documents that never change are kept between runs; undefined: nowhere. */
export interface RegistryOptions extends Surroundings {
  readonly cache: string | undefined
}

const documentLimit = 32 << 20

const accepted = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws;q=0.5',
].join(', ')

/**
 * Opens an image by name, `alpine:3.20` or with registry and digest. Layers are fetched when they are opened. Throws
 * UserError where the registry cannot be reached or does not have it; close what you get.
 */
export async function openRegistry(name: string, platform: Platform, options: RegistryOptions): Promise<StoredImage> {
  const reference = parseReference(name)
  const tries = [
    ...(reference.host === 'docker.io' ? mirrors() : []).map((mirror) => registryClient(reference, options, mirror)),
  ]
  for (const client of tries) {
    // A mirror that is down or has not got it is no reason to fail.
    const found = await openAt(client, reference, platform, options).catch(() => undefined)
    if (found !== undefined) return found
  }
  return openAt(registryClient(reference, options), reference, platform, options)
}

/** Mirrors of Docker Hub that the engine here is set up with. Source: dockerd reference, "registry-mirrors". */
const mirrors = (): readonly string[] =>
  (asTexts(quietly('/etc/docker/daemon.json')?.['registry-mirrors']) ?? []).filter((one) => URL.canParse(one))

async function openAt(
  client: RegistryClient,
  reference: Reference,
  platform: Platform,
  options: RegistryOptions,
): Promise<StoredImage> {
  const documents = new Map<string, Buffer>()
  const wanted = reference.digest ?? reference.tag ?? 'latest'
  const name = `${client.name}${reference.digest === undefined ? ':' : '@'}${wanted}`
  const kept = isDigest(reference.digest) ? fromCache(options.cache, reference.digest) : undefined
  let mediaType = ''
  let data = kept
  if (data === undefined) {
    const answer = await client.get(`manifests/${wanted}`, { accept: accepted })
    if (answer.status === 404) {
      answer.drop()
      throw new UserError(`${name}: no such image in the registry`)
    }
    mediaType = (answer.headers['content-type'] ?? '').replace(/;.*$/, '').trim()
    data = await answer.bytes(documentLimit)
    const said = answer.headers['docker-content-digest']
    const signed = mediaType.endsWith('prettyjws')
    if (isDigest(reference.digest) && !signed) verify(name, data, reference.digest)
    else if (typeof said === 'string' && isDigest(said) && !signed) verify(name, data, said)
  }
  const digest = isDigest(reference.digest) ? reference.digest : digestOf(data)
  documents.set(digest, data)
  const parsed = readMediaType(data)
  const fetched = new Map<string, Promise<Source>>()
  const blobs: Blobs = {
    name,
    async document(descriptor) {
      const own = asText(descriptor.digest)!
      const known = documents.get(own) ?? fromCache(options.cache, own)
      if (known !== undefined) return known
      const found = await fetchDocument(client, descriptor, name)
      if (found !== undefined) toCache(options.cache, own, found)
      return found
    },
    layer: (descriptor) => layerOf(client, descriptor, fetched),
  }
  if (kept === undefined && isDigest(reference.digest)) toCache(options.cache, digest, data)
  const close = (): void => {
    for (const source of fetched.values()) source.then((one) => one.close()).catch(() => undefined)
    fetched.clear()
  }
  const top: JsonObject = { mediaType: parsed ?? mediaType, digest, size: data.length }
  const tags = reference.tag === undefined ? [] : [`${reference.host}/${reference.repository}:${reference.tag}`]
  return openManifest(blobs, [top], platform, { name, transport: 'docker', tags, close })
}

const readMediaType = (data: Buffer): string | undefined => {
  try {
    const found = JSON.parse(data.toString('utf8')) as JsonObject
    return (
      asText(found?.mediaType) ??
      (Array.isArray(found?.manifests) ? 'application/vnd.oci.image.index.v1+json' : undefined)
    )
  } catch {
    return undefined
  }
}

async function fetchDocument(
  client: RegistryClient,
  descriptor: JsonObject,
  name: string,
): Promise<Buffer | undefined> {
  const digest = asText(descriptor.digest)!
  const isManifest = /manifest|index/.test(asText(descriptor.mediaType) ?? '')
  const answer = await client.get(
    `${isManifest ? 'manifests' : 'blobs'}/${digest}`,
    isManifest ? { accept: accepted } : {},
  )
  if (answer.status === 404) {
    answer.drop()
    return undefined
  }
  const data = await answer.bytes(documentLimit)
  verify(`${name}: ${digest}`, data, digest)
  return data
}

function layerOf(client: RegistryClient, descriptor: JsonObject, fetched: Map<string, Promise<Source>>): Blob {
  const digest = asText(descriptor.digest)!
  const name = `${client.name}@${digest}`
  const bytes = asCount(descriptor.size)
  const packed = /gzip$/.test(asText(descriptor.mediaType) ?? '')
  return {
    name,
    digest,
    bytes,
    async open() {
      const source = fetched.get(digest) ?? spool(name, download(client, digest, name, bytes))
      fetched.set(digest, source)
      // The image closes it: it may be read more than once.
      return { ...(await source), close: () => undefined }
    },
    ...(packed && bytes !== undefined && bytes > 18 ? { trailer: () => trailer(client, digest, bytes) } : {}),
  }
}

const tries = 5

/** The bytes of a blob, checked at the end; a broken connection is taken up where it broke. */
async function* download(
  client: RegistryClient,
  digest: string,
  name: string,
  bytes: number | undefined,
): AsyncGenerator<Buffer> {
  const hash = createHash(digest.slice(0, digest.indexOf(':')))
  let at = 0
  for (let attempt = 1; ; attempt++) {
    const answer = await client.get(`blobs/${digest}`, at === 0 ? {} : { range: `bytes=${at}-` })
    if (answer.status === 404) throw new UserError(`${name}: the layer is not in the registry`)
    // Not every registry knows ranges: then what is here already comes again.
    let skip = answer.status === 206 ? 0 : at
    if (answer.status === 206 && !(answer.headers['content-range'] ?? '').startsWith(`bytes ${at}-`)) {
      throw new UserError(`${name}: the registry gives another part than was asked for`)
    }
    try {
      for await (const whole of answer.body()) {
        const piece = whole.subarray(Math.min(skip, whole.length))
        skip -= whole.length - piece.length
        if (piece.length === 0) continue
        at += piece.length
        if (bytes !== undefined && at > bytes)
          throw new UserError(`${name}: more than the ${bytes} bytes of the manifest`)
        hash.update(piece)
        yield piece
      }
      if (bytes === undefined || at === bytes) break
    } catch (error) {
      if (attempt === tries || (bytes !== undefined && at > bytes)) throw error
      continue
    }
    if (attempt === tries) throw new UserError(`${name}: ends after ${at} of ${bytes} bytes`)
  }
  const found = `${digest.slice(0, digest.indexOf(':'))}:${hash.digest('hex')}`
  if (found !== digest) throw new UserError(`${name}: its content does not match its digest: it is ${found}`)
}

/** What the last four bytes of a gzip file say: the length of what is in it, modulo 4 GiB, of its last part only. */
async function trailer(client: RegistryClient, digest: string, bytes: number): Promise<number | undefined> {
  const answer = await client.get(`blobs/${digest}`, { range: `bytes=${bytes - 4}-${bytes - 1}` })
  if (answer.status !== 206 || Number(answer.headers['content-length']) !== 4) {
    answer.drop()
    return undefined
  }
  return (await answer.bytes(4)).readUInt32LE(0)
}

// ---- what never changes -------------------------------------------------------------------------------

const placeOf = (cache: string, digest: string): string => join(cache, ...digest.split(':'))

function fromCache(cache: string | undefined, digest: string): Buffer | undefined {
  if (cache === undefined) return undefined
  try {
    const data = readFileSync(placeOf(cache, digest))
    return digestOf(data, digest.slice(0, digest.indexOf(':'))) === digest ? data : undefined
  } catch {
    return undefined
  }
}

/** A cache that cannot be written is none. */
function toCache(cache: string | undefined, digest: string, data: Buffer): void {
  if (cache === undefined) return
  try {
    const place = placeOf(cache, digest)
    mkdirSync(join(cache, digest.slice(0, digest.indexOf(':'))), { recursive: true })
    writeFileSync(`${place}.${process.pid}`, data)
    renameSync(`${place}.${process.pid}`, place)
  } catch {
    return
  }
}
