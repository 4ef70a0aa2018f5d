/**
 * What Buildah prints for the sources of COPY and ADD: the sha256 of the tar that it copies them by.
 *
 * Source: containers/buildah digester.go, add.go and copier; history specification, section 7.5.
 */
import { createHash } from 'node:crypto'
import { type GoMember, goHeader, padding, trailer } from '../image/go-tar.ts'

/** A member of the tar, and its bytes; undefined: they are not known. */
export interface BuildahMember extends GoMember {
  readonly feed?: ((sink: (piece: Uint8Array) => void) => void) | undefined
}

/** What one source becomes: members of a tar, or the digest of an archive whose members go as they are. */
export type BuildahSource =
  | { readonly kind: 'file' | 'dir'; readonly members: readonly BuildahMember[] }
  | { readonly kind: 'archive'; readonly digest: string }

/** The hash text; undefined where a source is, or the bytes of a file are not known. */
export function buildahHash(sources: readonly (BuildahSource | undefined)[]): string | undefined {
  const texts: string[] = []
  for (const source of sources) {
    const digest = source && (source.kind === 'archive' ? source.digest : tarDigest(source.members))
    if (source === undefined || digest === undefined) return undefined
    texts.push(`${source.kind === 'dir' ? 'dir' : 'file'}:${digest}`)
  }
  if (texts.length < 2) return texts[0]
  return `multi:${createHash('sha256').update(texts.join(',')).digest('hex')}`
}

/** sha256 in hex of a tar with these members; undefined where one cannot be written. */
function tarDigest(members: readonly BuildahMember[]): string | undefined {
  const hash = createHash('sha256')
  for (const member of members) {
    const header = goHeader(member)
    if (header === undefined || (member.bytes > 0 && member.feed === undefined)) return undefined
    hash.update(header)
    if (member.bytes === 0) continue
    member.feed?.((piece) => hash.update(piece))
    hash.update(padding(member.bytes))
  }
  return hash.update(trailer).digest('hex')
}
