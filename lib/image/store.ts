/** The files of an image container, an archive or a directory, by name. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../error.ts'
import { joinPath, parentPath } from '../path.ts'
import { decompress, sniff } from './compress.ts'
import { cleanPath } from './entry.ts'
import { type Json, parseJson } from './json.ts'
import type { Source } from './readable.ts'
import { head, openSource, pieces, readAll, slice, spool } from './source.ts'
import { blank, blockBytes, sound } from './tar-header.ts'
import { walkTar } from './tar-walk.ts'

/** Names have no leading slash: `manifest.json`, `blobs/sha256/…`. */
export interface Store {
  /** For messages: the path as given. */
  readonly name: string
  readonly directory: boolean
  /** Bytes of a file, links inside the container followed; undefined: not there. */
  open(path: string): Source | undefined
  /** Names of all files; of a directory only those at its root. */
  names(): Iterable<string>
  close(): void
}

/** Documents larger than this are no manifests. The largest configs in the wild are some hundred kB. */
const jsonLimit = 32 << 20

/** A JSON document of the container; undefined: not there. Throws UserError where it is no JSON. */
export function readDocument(store: Store, path: string): { readonly text: Buffer; readonly json: Json } | undefined {
  const source = store.open(path)
  if (source === undefined) return undefined
  try {
    const text = readAll(source, jsonLimit)
    return { text, json: parseJson(text.toString('utf8'), source.name) }
  } finally {
    source.close()
  }
}

/** Opens an archive, compressed or not, or a directory. Throws UserError where it is neither. `name` is for messages. */
export async function openStore(path: string, name = path): Promise<Store> {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory()) return directoryStore(path, name)
  const file = openSource(path, name)
  try {
    return archiveStore(name, await plain(name, file))
  } catch (error) {
    file.close()
    throw error
  }
}

/** The archive itself, or what it unpacks to, set aside on disk so that layers can be read in any order. */
async function plain(path: string, file: Source): Promise<Source> {
  const first = head(file, blockBytes)
  const compression = sniff(first)
  if (compression === undefined) {
    if (first.length === blockBytes && (sound(first, 0) || blank(first, 0))) return file
    throw new UserError(`${path}: neither a tar nor a compressed one`, { hint: 'docker save -o image.tar NAME' })
  }
  try {
    return await spool(path, decompress(pieces(file), compression, path))
  } finally {
    file.close()
  }
}

interface Place {
  readonly offset: number
  readonly bytes: number
  /** Another name, where the member is a link. */
  readonly link: string | undefined
}

const linkLimit = 16

/** A tar that lies still. Takes `source` over: closing the store closes it. Throws UserError where it is no tar. */
export function archiveStore(name: string, source: Source): Store {
  const places = new Map<string, Place>()
  walkTar(source, (record) => {
    const path = cleanPath(record.name)?.slice(1)
    if (path === undefined) {
      throw new UserError(`${name}: a name that climbs out of the archive: ${JSON.stringify(record.name)}`)
    }
    if (record.type === 'file') places.set(path, { offset: record.body, bytes: record.stored, link: undefined })
    else if (record.type === 'symlink') {
      places.set(path, { offset: 0, bytes: 0, link: joinPath(parentPath(`/${path}`), record.link).slice(1) })
    } else if (record.type === 'hardlink') {
      places.set(path, { offset: 0, bytes: 0, link: joinPath('/', record.link).slice(1) })
    }
    return undefined
  })
  return {
    name,
    directory: false,
    open(path) {
      let at = path
      for (let hop = 0; hop < linkLimit; hop++) {
        const place = places.get(at)
        if (place === undefined) return undefined
        if (place.link === undefined) return slice(source, `${name}: ${path}`, place.offset, place.bytes)
        at = place.link
      }
      return undefined
    },
    names: () => places.keys(),
    close: () => source.close(),
  }
}

function directoryStore(directory: string, name: string): Store {
  return {
    name,
    directory: true,
    open(path) {
      const clean = cleanPath(path)
      if (clean === undefined || clean.includes('\0')) return undefined
      const file = join(directory, clean)
      return existsSync(file) ? openSource(file, `${name}: ${path}`) : undefined
    },
    names: () => readdirSync(directory),
    close: () => undefined,
  }
}
