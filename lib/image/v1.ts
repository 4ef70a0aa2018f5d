/**
 * Images from before Docker 1.10, where every layer has a JSON of its own: in archives, and in manifests of schema 1.
 *
 * Source: Docker image spec v1; moby image/v1/imagev1.go, HistoryFromConfig.
 */
import type { Problem } from '../model.ts'
import { asObject, asText, asTexts, type Json, type JsonObject } from './json.ts'
import { type Blob, type StoredImage, storedImage } from './stored.ts'

export interface LegacyLayer {
  readonly json: JsonObject
  /** Undefined when the layer is said to be empty. */
  readonly blob: Blob | undefined
  readonly empty: boolean
}

/** Puts one together from its layers, oldest first. */
export function legacyImage(
  about: Pick<StoredImage, 'name' | 'transport' | 'id' | 'tags' | 'close'>,
  layers: readonly LegacyLayer[],
  problems: readonly Problem[],
): StoredImage {
  const top = layers.at(-1)?.json ?? {}
  const history: Json[] = layers.map(({ json, empty }) => {
    const command = asTexts(asObject(json.container_config)?.Cmd) ?? []
    return {
      created: asText(json.created) ?? null,
      created_by: command.join(' '),
      author: asText(json.author) ?? '',
      comment: asText(json.comment) ?? '',
      ...(empty ? { empty_layer: true } : {}),
    }
  })
  const document: JsonObject = {
    architecture: asText(top.architecture) ?? 'amd64',
    os: asText(top.os) ?? 'linux',
    author: asText(top.author) ?? '',
    created: asText(top.created) ?? null,
    config: asObject(top.config) ?? {},
    history,
    rootfs: { type: 'layers', diff_ids: [] },
  }
  const blobs = layers.flatMap(({ blob, empty }) => (blob === undefined || empty ? [] : [blob]))
  const image = storedImage({ ...about, digest: undefined, annotations: {} }, document, blobs)
  // These images never had diff IDs; saying that some are missing would tell nobody anything.
  return { ...image, problems }
}
