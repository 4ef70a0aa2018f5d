/** Sources that are no files: addresses for ADD. */
import type { Entry } from '../model.ts'
import { baseName } from '../path.ts'
import { unknown } from '../size.ts'
import type { Traits } from '../traits.ts'
import { unknownEntry } from './origin.ts'
import { downloadSize, type Work } from './request.ts'

/** What an operand names. */
export type Kind = 'local' | 'http' | 'git'

/** Source: BuildKit frontend/dockerfile/dfgitutil, ParseGitRef; moby urlutil, IsURL; containers/buildah, sourceIsGit. */
export function kindOf(source: string, traits: Traits): Kind {
  const http = /^https?:\/\//.test(source)
  if (traits.family === 'classic') return http ? 'http' : 'local'
  const git =
    /^(git|ssh):\/\/./.test(source) ||
    (traits.family === 'buildkit' && /^[\w.-]+@[\w.-]+:[^/]/.test(source)) ||
    /^git@[\w.-]+:./.test(source) ||
    (http && /\.git(?:[#?]|$)/.test(source))
  if (git && traits.gitSources) return 'git'
  return http ? 'http' : 'local'
}

/** Name of a download; '' where the address has none. */
export function downloadName(address: string): string {
  const path = /^https?:\/\/[^/?#]*([^?#]*)/.exec(address)?.[1] ?? ''
  if (path === '' || path.endsWith('/')) return ''
  const name = baseName(path)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** A download as a file: 0600 unless said otherwise. */
export function downloaded(work: Work, address: string, path: string): Entry {
  return {
    path,
    type: 'file',
    size: downloadSize(work, address),
    mode: work.mode.of(0o600, false),
    uid: work.owner?.uid ?? (work.owner === undefined ? 0 : null),
    gid: work.owner?.gid ?? (work.owner === undefined ? 0 : null),
    link: null,
    content: `download:${address}`,
  }
}

/** A checked-out repository, or an archive from afar: files nobody knows. */
export const fetched = (path: string, address: string): Entry =>
  unknownEntry(path, address, unknown(`content of ${address}`))

/** The history of a repository that is kept. */
export const keptHistory = (folder: string, address: string): Entry => ({
  ...fetched(`${folder === '/' ? '' : folder}/.git`, address),
  label: `history of ${address}`,
  kind: 'cache',
  size: unknown(`history of ${address}`),
})
