/** Paths with `/` between parts, as text: no disk is asked. */

/**
 * The shortest text for the same path: no `//`, no `/./`, `a/..` gone, `..` at the root gone, no trailing slash.
 * The empty path gives `.`.
 *
 * Source: Go's path/filepath, Clean, which all three builders use.
 */
export function cleanPath(path: string): string {
  const rooted = path.startsWith('/')
  if (rooted && !unclean.test(path)) return path
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!rooted) parts.push('..')
  }
  if (rooted) return `/${parts.join('/')}`
  return parts.length === 0 ? '.' : parts.join('/')
}

/** A part that is empty, `.` or `..`, the end of a path behind a slash included. */
const unclean = /\/\.{0,2}(?:\/|$)/

/** `path` seen from `folder`, cleaned; an absolute `path` stays itself. */
export const joinPath = (folder: string, path: string): string =>
  cleanPath(path.startsWith('/') || folder === '' ? path : `${folder}/${path}`)

/** All but the last part: `/a/b` gives `/a`, `/a` gives `/`, `a` gives ``. For cleaned paths. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/')
  if (slash === 0) return '/'
  return slash < 0 ? '' : path.slice(0, slash)
}

/** The last part of a cleaned path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
