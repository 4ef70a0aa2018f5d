/** The front door of reading: finds out what a path holds and opens the image in it. */
import { UserError } from '../error.ts'
import type { Platform } from '../model.ts'
import { platformText } from '../platform.ts'
import type { Wanted } from './choose.ts'
import { openDockerArchive, openV1Archive } from './docker-archive.ts'
import { openOci } from './oci.ts'
import { openStore, type Store } from './store.ts'
import type { StoredImage } from './stored.ts'

/** Where an image is to be found. */
export interface ImagePlace {
  /** `archive`: Docker's or OCI's, told apart by what is in it. */
  readonly transport: 'archive' | 'docker-archive' | 'oci-archive' | 'oci'
  /** Path of the archive or the layout. */
  readonly place: string
  /** Which of several: a name, or `@N` with N counting from 0. */
  readonly pick: string | undefined
  /** What the user wrote, for messages. */
  readonly path: string
}

/**
 * Opens an image of an archive or a layout: rows and configuration are read, layers are not. Throws UserError with what
 * is wrong; close what you get.
 */
export async function openImage(at: ImagePlace, platform: Platform): Promise<StoredImage> {
  const path = at.pick === undefined ? at.path : at.path.replace(`:${at.pick}`, '')
  const store = await openStore(at.place, path.replace(/^(?:docker-archive|oci-archive|oci):/, ''))
  try {
    return await find(store, { reference: at.pick, platform }, at.transport)
  } catch (error) {
    store.close()
    throw error
  }
}

async function find(store: Store, wanted: Wanted, transport: ImagePlace['transport']): Promise<StoredImage> {
  const layout = store.directory ? 'oci' : 'oci-archive'
  if (transport === 'oci' || transport === 'oci-archive') {
    const image = await openOci(store, wanted, layout)
    if (image === undefined) throw new UserError(`${store.name}: no index.json in it`)
    return image
  }
  // Docker writes both views of the same blobs, and its index.json had faults that its manifest.json never had.
  const saved = openDockerArchive(store, wanted)
  if (saved !== undefined && fits(saved, wanted.platform)) return saved
  const found = await openOci(store, wanted, layout).catch((error: unknown) => {
    if (saved === undefined) throw error
    return undefined
  })
  const image =
    (found !== undefined && (saved === undefined || fits(found, wanted.platform)) ? found : undefined) ??
    (saved && remarked(saved, wanted.platform))
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

/** Said of an image that is of another platform than was asked for, as it is of the only one of an index. */
function remarked(image: StoredImage, wanted: Platform): StoredImage {
  const message = `the image is for ${platformText(image.platform)}, not for ${platformText(wanted)}`
  return { ...image, problems: [...image.problems, { severity: 'warning', message }] }
}

function* take<T>(items: Iterable<T>, count: number): Generator<T> {
  let taken = 0
  for (const item of items) {
    if (taken++ === count) return
    yield item
  }
}
