/** The front door of reading: finds out what a path holds and opens the image in it. */
import { statSync } from 'node:fs'
import { UserError } from '../error.ts'
import type { Platform } from '../model.ts'
import type { Wanted } from './choose.ts'
import { openDockerArchive, openV1Archive } from './docker-archive.ts'
import { openOci } from './oci.ts'
import { openStore, type Store } from './store.ts'
import type { StoredImage } from './stored.ts'

/**
 * Opens an image of an archive or a layout: rows and configuration are read, layers are not. `text` is a path, with
 * `:REF` or `:@N` behind it where there are several images. Throws UserError with what is wrong; close what you get.
 */
export async function openImage(text: string, platform: Platform): Promise<StoredImage> {
  const { path, reference } = splitReference(text)
  const store = await openStore(path)
  try {
    return await find(store, { reference, platform }, isDirectory(path))
  } catch (error) {
    store.close()
    throw error
  }
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined
const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Cuts `FILE:REF` and `FILE:@N` in two: the shortest file that exists, or the whole text. */
export function splitReference(text: string): { readonly path: string; readonly reference: string | undefined } {
  if (exists(text)) return { path: text, reference: undefined }
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const path = text.slice(0, at)
    if (at > 1 && exists(path)) return { path, reference: text.slice(at + 1) || undefined }
  }
  return { path: text, reference: undefined }
}

async function find(store: Store, wanted: Wanted, directory: boolean): Promise<StoredImage> {
  // Docker writes both views of the same blobs, and its index.json had faults that its manifest.json never had.
  const saved = openDockerArchive(store, wanted)
  if (saved !== undefined && fits(saved, wanted.platform)) return saved
  const found = await openOci(store, wanted, directory ? 'oci' : 'oci-archive').catch((error: unknown) => {
    if (saved === undefined) throw error
    return undefined
  })
  const image =
    (found !== undefined && (saved === undefined || fits(found, wanted.platform)) ? found : undefined) ?? saved
  if (image !== undefined) return image
  const old = openV1Archive(store, wanted)
  if (old !== undefined) return old
  const names = [...take(store.names(), 1000)]
  if (names.some((name) => /^(?:etc|usr|bin)\//.test(name) || name === 'etc' || name === 'usr')) {
    throw new UserError(`${store.name}: a file system without a history, as docker export writes it, not an image`, {
      hint: 'docker save keeps the history',
    })
  }
  throw new UserError(`${store.name}: no manifest.json and no index.json in it`, {
    hint: 'docker save -o image.tar NAME',
  })
}

const fits = (image: StoredImage, wanted: Platform): boolean =>
  image.platform.arch === '' || (image.platform.os === wanted.os && image.platform.arch === wanted.arch)

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let taken = 0
  for (const item of items) {
    if (taken++ === count) return
    yield item
  }
}
