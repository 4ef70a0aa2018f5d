/** An image as it is stored somewhere: rows and configuration at hand, layers read when asked. */
import { createHash } from 'node:crypto'
import { UserError } from '../error.ts'
import type { ImageConfig, Platform, Problem, Row } from '../model.ts'
import { type ReadConfig, readConfig } from './config.ts'
import type { Json } from './json.ts'
import type { Source } from './readable.ts'

/** Where an image was found. */
export type Transport = 'docker-archive' | 'oci-archive' | 'oci' | 'docker-daemon' | 'docker'

/** The bytes of one layer, compressed or not. */
export interface Blob {
  /** For messages. */
  readonly name: string
  /** `sha256:…` of the bytes as stored; undefined: nobody says. */
  readonly digest: string | undefined
  /** Length as stored; undefined: not known before it is opened. */
  readonly bytes: number | undefined
  /** Gives the bytes, fetched first if need be; close them. Undefined: the container does not have them. */
  readonly open: (() => Promise<Source>) | undefined
  /** What a gzip file says of its uncompressed length, where that can be had without the rest: right below 4 GiB. */
  readonly trailer?: () => Promise<number | undefined>
}

export interface StoredLayer {
  /** Index of its row. */
  readonly row: number
  /** `sha256:…` of the uncompressed tar; undefined: nobody says. */
  readonly diffId: string | undefined
  readonly blob: Blob
}

export interface StoredImage {
  /** For messages: what was asked for. */
  readonly name: string
  readonly transport: Transport
  /** Image ID, as the engine that saved it prints: `sha256:…` of the config, or of the manifest; '' where there is none. */
  readonly id: string
  /** Digest of the manifest; undefined in archives that have none. */
  readonly digest: string | undefined
  /** Names it goes by, as written there. */
  readonly tags: readonly string[]
  /** Oldest first; sizes unknown. */
  readonly rows: readonly Row[]
  /** Bottom up. */
  readonly layers: readonly StoredLayer[]
  readonly config: ImageConfig
  /** The whole config document, for what writes a new image; undefined for formats that have none. */
  readonly document: Json | undefined
  readonly author: string
  readonly platform: Platform
  readonly annotations: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
  close(): void
}

/** More layers than any engine takes (overlay2 stops at 128). */
const layerLimit = 2000

/** Puts a config and the layers of a manifest together. Throws UserError where there are too many layers. */
export function storedImage(
  about: Pick<StoredImage, 'name' | 'transport' | 'id' | 'digest' | 'tags' | 'annotations' | 'close'>,
  document: Json,
  blobs: readonly Blob[],
  problems: readonly Problem[] = [],
): StoredImage {
  if (blobs.length > layerLimit)
    throw new UserError(`${about.name}: ${blobs.length} layers are more than any engine takes`)
  const read: ReadConfig = readConfig(document, blobs.length)
  const { rows, config, author, platform } = read
  const layers = read.layers.map(({ row, diffId }, index) => ({ row, diffId, blob: blobs[index]! }))
  return { ...about, rows, layers, config, document, author, platform, problems: [...problems, ...read.problems] }
}

const digestShape = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/

/** Whether a text is a digest of an algorithm we can check; nothing else may become part of a path. */
export const isDigest = (text: string | undefined): text is string => text !== undefined && digestShape.test(text)

/** `sha256:…` of some bytes, or in another algorithm. */
export const digestOf = (data: Uint8Array, algorithm = 'sha256'): string =>
  `${algorithm}:${createHash(algorithm).update(data).digest('hex')}`

/** Throws UserError where the bytes are not those that the digest names. */
export function verify(name: string, data: Uint8Array, digest: string): void {
  const found = digestOf(data, digest.slice(0, digest.indexOf(':')))
  if (found !== digest) throw new UserError(`${name}: its content does not match its digest: it is ${found}`)
}
