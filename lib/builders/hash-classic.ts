/**
 * What the classic builder prints for the sources of COPY and ADD: `file:…`, `dir:…` or `multi:…`.
 *
 * Source: moby builder/dockerfile/copy.go, builder/remotecontext and pkg/tarsum; history specification, section 6.3.
 */
import { createHash } from 'node:crypto'

/** A file, folder or link as its header is hashed. */
export interface ClassicFile {
  /** From the root of the context, without leading slash; folders without trailing slash. */
  readonly path: string
  readonly type: 'file' | 'dir' | 'symlink'
  readonly bytes: number
  /** Permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly link: string
  readonly user: string
  readonly group: string
  /** Gives the bytes; undefined: they are not known. */
  readonly feed: ((sink: (piece: Uint8Array) => void) => void) | undefined
}

/** A source of COPY; of a folder, it and all below it, links followed. A text stands where there is nothing to hash. */
export type ClassicSource =
  | { readonly kind: 'file'; readonly member: ClassicFile | string }
  | { readonly kind: 'dir'; readonly members: readonly (ClassicFile | string)[] }

/**
 * The hash text. `typedModes`: modes bear the file type, as clients before 24 sent them. Undefined where the bytes of a
 * file are not known, or a source is itself undefined.
 */
export function classicHash(sources: readonly (ClassicSource | undefined)[], typedModes: boolean): string | undefined {
  const known = new Map<ClassicFile, string>()
  const hash = (member: ClassicFile | string): string | undefined => {
    if (typeof member === 'string') return member
    const text = known.get(member) ?? hashFile(member, typedModes)
    if (text !== undefined) known.set(member, text)
    return text
  }
  const texts: string[] = []
  for (const source of sources) {
    if (source === undefined) return undefined
    if (source.kind === 'file') {
      const text = hash(source.member)
      if (text === undefined) return undefined
      texts.push(`file:${text}`)
      continue
    }
    const members: string[] = []
    for (const member of source.members) {
      const text = hash(member)
      if (text === undefined) return undefined
      members.push(text)
    }
    texts.push(`dir:${sha256(bytewise(members).join(','))}`)
  }
  return texts.length === 1 ? texts[0] : `multi:${sha256(texts.join(','))}`
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const bytewise = (texts: readonly string[]): readonly string[] =>
  [...texts].sort((a, b) => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b))))

const kinds = {
  file: { flag: '0', bits: 0o100000 },
  dir: { flag: '5', bits: 0o040000 },
  symlink: { flag: '2', bits: 0o120000 },
} as const

function hashFile(file: ClassicFile, typedModes: boolean): string | undefined {
  const { flag, bits } = kinds[file.type]
  const bytes = file.type === 'file' ? file.bytes : 0
  if (bytes > 0 && file.feed === undefined) return undefined
  const hash = createHash('sha256')
  const name = file.type === 'dir' ? `${file.path}/` : file.path
  const mode = typedModes ? file.mode | bits : file.mode
  hash.update(`name${name}mode${mode}uid${file.uid}gid${file.gid}size${bytes}typeflag${flag}linkname${file.link}`)
  hash.update(`uname${file.user}gname${file.group}devmajor0devminor0`)
  if (bytes > 0) file.feed?.((piece) => hash.update(piece))
  return hash.digest('hex')
}
