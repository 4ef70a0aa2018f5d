/** Paths inside an image, with `/`. */
import type { Traits } from '../traits.ts'

/** As Go's path.Clean: no `.`, `..`, double or trailing slashes; '' becomes '.'. */
export function cleanPath(path: string): string {
  const absolute = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!absolute) parts.push(part)
  }
  const clean = (absolute ? '/' : '') + parts.join('/')
  return clean === '' ? '.' : clean
}

/** `path` seen from `folder`, cleaned and absolute. */
export const resolvePath = (folder: string, path: string): string =>
  cleanPath(path.startsWith('/') ? path : `${folder === '' ? '/' : folder}/${path}`)

/** What WORKDIR makes of its text. Newer Buildah takes slashes alone for one. (recorded: workdir-double) */
export function workdirPath(
  before: string,
  text: string,
  build: { readonly traits: Traits; readonly windows: boolean },
) {
  const { traits, windows } = build
  if (traits.slashesAreRoot && /^\/+$/.test(text)) return '/'
  if (windows || text.startsWith('/')) return windows || !traits.workdirCleaned ? text : cleanPath(text)
  return text === '' && before.startsWith('/') && traits.workdirStays ? before : resolvePath(before, text)
}
