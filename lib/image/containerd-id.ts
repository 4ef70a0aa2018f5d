/**
 * What the image store of containerd calls an image, where that store saved it: the digest of its entry in `index.json`.
 * The graph drivers call it by its config, and write `LayerSources` into `manifest.json` since they write an index too.
 *
 * Source: moby daemon/containerd/image_exporter.go, image_history.go; moby daemon/internal/image/tarexport/save.go;
 * recorded archives of Docker 26.1 and 28.5 in both stores.
 */
import { UserError } from '../error.ts'
import { sameReference } from '../reference.ts'
import { asObject, asObjects, asRecord, asText, type JsonObject } from './json.ts'
import { readDocument, type Store } from './store.ts'
import { digestOf, isDigest } from './stored.ts'

/**
 * The digest that `docker history` and `docker images` print there. `config`: digest of the image's config; `tags`: its
 * names in `manifest.json`. Undefined: the index names no such image, or cannot be read.
 */
export function containerdId(store: Store, config: string, tags: readonly string[]): string | undefined {
  try {
    const entries = asObjects(asObject(readDocument(store, 'index.json')?.json)?.manifests)
    const named = entries.filter((entry) => {
      const name = asRecord(entry.annotations)['io.containerd.image.name']
      return name !== undefined && tags.some((tag) => sameReference(tag, name))
    })
    const seen = new Set<string>()
    const found = (named.length > 0 ? named : entries).find((entry) => holds(store, entry, config, seen))
    return asText(found?.digest)
  } catch (error) {
    // The index is not needed for anything else here.
    if (error instanceof UserError) return undefined
    throw error
  }
}

/** Whether an entry is the manifest of a config, or an index with that in it. What was `seen` is not looked at again. */
function holds(store: Store, { digest, mediaType }: JsonObject, config: string, seen: Set<string>): boolean {
  const text = asText(digest)
  if (!isDigest(text) || seen.has(text) || seen.size >= manifestLimit) return false
  seen.add(text)
  const document = readDocument(store, `blobs/${text.replace(':', '/')}`)
  if (document === undefined || digestOf(document.text, text.slice(0, text.indexOf(':'))) !== text) return false
  const inner = asObject(document.json)
  if (/index|manifest\.list/.test(asText(mediaType) ?? ''))
    return asObjects(inner?.manifests).some((entry) => holds(store, entry, config, seen))
  return asText(asObject(inner?.config)?.digest) === config
}

const manifestLimit = 1000
