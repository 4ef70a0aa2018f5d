/** Paths inside an image: absolute, `/` between parts, no trailing slash. Text work only; links are not looked at. */

/** Absolute and normal: `a/./b//../c` below /x is /x/a/c. */
export function absolute(path: string, cwd: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** The folder a path lies in; the root lies in itself. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** Last part; '' for the root. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** A name in a folder. */
export const inside = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`)

/** True for the folder itself and all below it. */
export const within = (path: string, folder: string): boolean =>
  path === folder || folder === '/' || (path.startsWith(folder) && path[folder.length] === '/')
