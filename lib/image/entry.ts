/**
 * From tar members to the entries of a layer.
 *
 * Source: OCI image-spec, layer.md, "Whiteouts"; moby pkg/archive, UnpackLayer.
 */
import { UserError } from '../error.ts'
import type { Entry, Size } from '../model.ts'
import type { TarRecord } from './tar.ts'

/** Turns records into entries. Equal sizes are one object, so that a large table stays small. */
export type ToEntry = (record: TarRecord) => Entry | undefined

/**
 * A path inside an image: absolute, without `.`, `..`, doubled or trailing slashes. Undefined where it climbs out of the
 * root, which no honest archive does.
 */
export function cleanPath(name: string): string | undefined {
  const { path, climbs } = walked(name)
  return climbs ? undefined : path
}

/** The same, where what climbs out of the root stays in it. */
function walked(name: string): { readonly path: string; readonly climbs: boolean } {
  if (!name.includes('//') && !name.includes('/.') && !name.startsWith('.') && !name.startsWith('/')) {
    return { path: name.endsWith('/') ? `/${name.slice(0, -1)}` : `/${name}`, climbs: false }
  }
  const parts: string[] = []
  let climbs = false
  for (const part of name.split('/')) {
    if (part === '..' && parts.pop() === undefined) climbs = true
    if (part !== '..' && part !== '' && part !== '.') parts.push(part)
  }
  return { path: `/${parts.join('/')}`, climbs }
}

/** Content of an empty file. */
export const ofNothing = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** PATH_MAX of Linux: nothing longer can be unpacked. */
const longest = 4096

const marker = '.wh.'

/**
 * A converter for one archive. `name` is for messages, `source` for the sizes. A name that climbs out of the root is refused,
 * or `kept` in it and noted.
 */
export function entryMaker(name: string, source: string, climbing: 'refused' | 'kept' = 'refused'): ToEntry {
  const sizes = new Map<number, Size>()
  const sizeOf = (bytes: number): Size => {
    let size = sizes.get(bytes)
    if (size === undefined) {
      size = { bytes, low: bytes, high: bytes, basis: 'exact', source }
      sizes.set(bytes, size)
    }
    return size
  }
  const clean = (text: string, record: TarRecord): string => {
    const { path, climbs } = walked(text)
    if (climbs && climbing === 'refused')
      throw new UserError(`${name}: a name that climbs out of the root: ${JSON.stringify(text)} at byte ${record.head}`)
    if (path.length > longest)
      throw new UserError(`${name}: a name longer than any system takes at byte ${record.head}`)
    return path
  }
  return (record) => {
    const path = clean(record.name, record)
    const slash = path.lastIndexOf('/')
    const hidden = path.includes(`/${marker}`) ? hides(path, slash) : undefined
    if (hidden === null) return undefined
    if (hidden !== undefined) {
      return { path: hidden.path, type: hidden.type, size: sizeOf(0), mode: null, uid: null, gid: null, link: null }
    }
    const { type, mode, uid, gid, xattrs } = record
    if (path === '/' && type !== 'dir') return undefined
    const entry = {
      path,
      type: type === 'char' || type === 'block' || type === 'fifo' ? ('device' as const) : type,
      size: sizeOf(record.bytes),
      mode,
      uid,
      gid,
      link: type === 'symlink' ? record.link : type === 'hardlink' ? clean(record.link, record) : null,
      ...(climbing === 'kept' && noted(record)),
    }
    if (xattrs !== undefined) return { ...entry, xattrs }
    return type === 'file' && record.bytes === 0 ? { ...entry, content: ofNothing } : entry
  }
}

function noted({ type, name, link }: TarRecord): Pick<Entry, 'climbs'> {
  if (walked(name).climbs) return { climbs: `entry name ${JSON.stringify(name)}` }
  return type === 'hardlink' && walked(link).climbs ? { climbs: `hardlink target ${JSON.stringify(link)}` } : {}
}

/** What a whiteout hides; null: a leftover of aufs, or a marker without a name, which mean nothing. */
function hides(path: string, slash: number): { path: string; type: 'whiteout' | 'opaque' } | null | undefined {
  const last = path.slice(slash + 1)
  if (last === '.wh..wh..opq') return { path: slash === 0 ? '/' : path.slice(0, slash), type: 'opaque' }
  if (path.includes('/.wh..wh.')) return null
  if (!last.startsWith(marker)) return undefined
  return last === marker ? null : { path: `${path.slice(0, slash)}/${last.slice(marker.length)}`, type: 'whiteout' }
}
