/** Writes images: as an archive that `docker load` takes, as an OCI archive, as an OCI layout. */
import { createHash, type Hash } from 'node:crypto'
import { join } from 'node:path'
import type { Transform } from 'node:stream'
import { pipeline, Readable } from 'node:stream'
import * as zlib from 'node:zlib'
import { UserError } from '../error.ts'
import { readReference } from '../reference.ts'
import type { JsonObject } from './json.ts'
import { createOutput, makeFolder, moveInto, type Output, type Place, reserve } from './output.ts'
import { digestOf } from './stored.ts'
import type { BodySink } from './tar.ts'
import { paddingOf, tarEnd, tarHeader } from './tar-write.ts'

export type OutputForm = 'docker-archive' | 'oci-archive' | 'oci'
export type Compress = 'gzip' | 'zstd'

/** Fills a buffer with the bytes that come next, and says with how many; fewer only at the end. */
export type Reader = (into: Buffer) => number

/** A layer to write. */
export interface NewLayer {
  /** Begins anew. */
  readonly read: () => Reader
  /** Sees the bytes that go into an uncompressed layer, while they are written. */
  readonly watch?: BodySink | undefined
  /** What to do to the bytes on the way; undefined: they are stored as they come. */
  readonly compress: Compress | undefined
  /** Of bytes that come compressed already: how, and what they are uncompressed. */
  readonly packed?: { readonly compression: Compress; readonly diffId: string }
}

/** A layer that was written. */
export interface WrittenLayer {
  readonly diffId: string
  readonly digest: string
  readonly bytes: number
}

export interface NewImage {
  readonly layers: readonly NewLayer[]
  /** The config document, once the layers are known. */
  readonly document: (layers: readonly WrittenLayer[]) => JsonObject
  readonly tags: readonly string[]
  readonly annotations: Readonly<Record<string, string>>
}

export interface WrittenImage {
  readonly layers: readonly WrittenLayer[]
  /** Image ID of a docker archive, digest of the manifest otherwise. */
  readonly digest: string
}

/**
 * Writes an image to `place`, which is not committed yet. Times and owners of the container's own members are fixed: the
 * same image gives the same bytes. Throws UserError where the disk does, or a compression is not at hand.
 */
export async function writeImage(place: Place, name: string, form: OutputForm, image: NewImage): Promise<WrittenImage> {
  const container = form === 'oci' ? folderContainer(place.path, name) : archiveContainer(place.path, name)
  const oci = form !== 'docker-archive'
  const pathOf = (hex: string): string => (oci ? `blobs/sha256/${hex}` : `${hex}.tar`)
  const layers: WrittenLayer[] = []
  const seen = new Set<string>()
  for (const layer of image.layers) {
    const written = await writeLayer(container, layer, pathOf, seen)
    seen.add(written.digest)
    layers.push(written)
  }
  const config = Buffer.from(JSON.stringify(image.document(layers)))
  const digest = oci ? finishOci(container, image, layers, config) : finishDocker(container, image, layers, config)
  container.close()
  return { layers, digest }
}

/** Opens the place an image goes to. */
export const reserveImage = (path: string, form: OutputForm): Place => reserve(path, form === 'oci' ? 'folder' : 'file')

const hexOf = (digest: string): string => digest.slice(digest.indexOf(':') + 1)

async function writeLayer(
  container: Container,
  layer: NewLayer,
  pathOf: (hex: string) => string,
  seen: ReadonlySet<string>,
): Promise<WrittenLayer> {
  const file = container.begin()
  const stored = createHash('sha256')
  let diffId = layer.packed?.diffId
  let bytes = 0
  if (layer.compress === undefined) bytes = await writePlain(layer, file, stored)
  else {
    const plain = createHash('sha256')
    const transform = compressor(layer.compress)
    pipeline(Readable.from(hashed(layer.read(), plain)), transform, () => undefined)
    for await (const piece of transform as AsyncIterable<Buffer>) {
      await file.write(piece)
      stored.update(piece)
      bytes += piece.length
    }
    diffId = `sha256:${plain.digest('hex')}`
  }
  const digest = `sha256:${stored.digest('hex')}`
  file.end(seen.has(digest) ? undefined : pathOf(hexOf(digest)))
  return { diffId: diffId ?? digest, digest, bytes }
}

const pieceBytes = 1 << 20

/**
 * Writes the bytes as they come and says how many there were. Two buffers: while one is on its way to the disk, which takes
 * a thread of its own, its bytes are hashed and watched, and the other one is filled.
 */
async function writePlain({ read, watch }: NewLayer, file: Growing, hash: Hash): Promise<number> {
  const next = read()
  const buffers = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)]
  let bytes = 0
  let writing: Promise<void> | undefined
  for (let turn = 0; ; turn ^= 1) {
    const buffer = buffers[turn]!
    const length = next(buffer)
    await writing
    if (length === 0) break
    const piece = buffer.subarray(0, length)
    writing = file.write(piece)
    // It is waited for in the next turn.
    writing.catch(() => undefined)
    hash.update(piece)
    watch?.write(piece)
    bytes += length
  }
  watch?.end()
  return bytes
}

function* hashed(next: Reader, hash: Hash): Generator<Buffer> {
  for (;;) {
    const buffer = Buffer.allocUnsafe(pieceBytes)
    const piece = buffer.subarray(0, next(buffer))
    if (piece.length === 0) return
    hash.update(piece)
    yield piece
  }
}

type MakeZstd = () => Transform

function compressor(kind: Compress): Transform {
  if (kind === 'gzip') return zlib.createGzip({ chunkSize: 1 << 20 })
  const make = (zlib as { readonly createZstdCompress?: MakeZstd }).createZstdCompress
  if (make === undefined)
    throw new UserError('zstd is written by Node 22.15 and later only', { hint: '--compress gzip' })
  return make()
}

function finishDocker(container: Container, image: NewImage, layers: readonly WrittenLayer[], config: Buffer): string {
  const id = digestOf(config)
  // Docker takes full names only; in a layout a name may be a mere tag.
  const tags = image.tags.filter((tag) => /:[^/]+$/.test(tag))
  const item = {
    Config: `${hexOf(id)}.json`,
    RepoTags: tags.length === 0 ? null : tags,
    Layers: layers.map(({ digest }) => `${hexOf(digest)}.tar`),
  }
  container.add(item.Config, config)
  container.add('manifest.json', Buffer.from(JSON.stringify([item])))
  return id
}

function finishOci(container: Container, image: NewImage, layers: readonly WrittenLayer[], config: Buffer): string {
  const layerType = 'application/vnd.oci.image.layer.v1.tar'
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length },
      layers: layers.map(({ digest, bytes }, i) => {
        const how = image.layers[i]!.compress ?? image.layers[i]!.packed?.compression
        return { mediaType: how === undefined ? layerType : `${layerType}+${how}`, digest, size: bytes }
      }),
      ...(Object.keys(image.annotations).length === 0 ? {} : { annotations: image.annotations }),
    }),
  )
  const digest = digestOf(manifest)
  const names = image.tags.length === 0 ? [undefined] : image.tags
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: names.map((tag) => ({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest,
      size: manifest.length,
      ...(tag === undefined ? {} : { annotations: nameAnnotations(tag) }),
    })),
  }
  container.add(`blobs/sha256/${hexOf(digestOf(config))}`, config)
  container.add(`blobs/sha256/${hexOf(digest)}`, manifest)
  container.add('index.json', Buffer.from(JSON.stringify(index)))
  container.add('oci-layout', Buffer.from('{"imageLayoutVersion":"1.0.0"}'))
  return digest
}

/** The name as it was for skopeo and podman, and in full, without which Docker takes an image that has no name. */
function nameAnnotations(tag: string): JsonObject {
  const name = { 'org.opencontainers.image.ref.name': tag }
  const read = /:[^/]+$/.test(tag) ? readReference(tag) : undefined
  if (read?.tag === undefined) return name
  return { 'io.containerd.image.name': `${read.host}/${read.repository}:${read.tag}`, ...name }
}

// ---- containers ---------------------------------------------------------------------------------------

/** A file whose name is known only when all of it is written. */
interface Growing {
  write(piece: Buffer): Promise<void>
  /** Gives it its name; undefined: it is there already, and this copy goes. */
  end(path: string | undefined): void
}

interface Container {
  begin(): Growing
  add(path: string, data: Buffer): void
  close(): void
}

function archiveContainer(path: string, name: string): Container {
  const output = createOutput(path, name)
  const header = (at: string, bytes: number): Buffer =>
    tarHeader({ name: at, type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0, link: '', xattrs: undefined, bytes })
  const pad = (bytes: number): void => output.write(Buffer.alloc(paddingOf(bytes)))
  return {
    begin() {
      const from = output.bytes
      let bytes = 0
      output.write(header('', 0))
      return {
        write(piece) {
          bytes += piece.length
          return output.writeAside(piece)
        },
        end(at) {
          if (at === undefined) output.truncate(from)
          else {
            pad(bytes)
            output.patch(from, header(at, bytes))
          }
        },
      }
    },
    add(at, data) {
      output.write(header(at, data.length))
      output.write(data)
      pad(data.length)
    },
    close() {
      output.write(tarEnd)
      output.close()
    },
  }
}

function folderContainer(path: string, name: string): Container {
  makeFolder(join(path, 'blobs', 'sha256'), name)
  return {
    begin() {
      const part = join(path, 'blobs', 'part')
      const output: Output = createOutput(part, name)
      return {
        write: (piece) => output.writeAside(piece),
        end(at) {
          output.close()
          moveInto(part, at === undefined ? undefined : join(path, at), name)
        },
      }
    },
    add(at, data) {
      const output = createOutput(join(path, at), name)
      output.write(data)
      output.close()
    },
    close: () => undefined,
  }
}
