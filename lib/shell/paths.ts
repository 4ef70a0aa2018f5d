/** Paths inside an image: absolute, `/` between parts, no trailing slash. Text work only; links are not looked at. */

/** Absolute and normal: `a/./b//../c` below /x is /x/a/c. */
export function absolute(path: string, cwd: string): string {
  if (path.startsWith('/') && !/\/\.{0,2}(?:\/|$)/.test(path)) return path
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

/**
 * Like `absolute`, but `..` behind a link leads to the folder above the link's target, as the kernel has it; behind what is not there
 * the path leads nowhere either.
 */
export function physical(
  files: { readonly presence: (path: string) => string; readonly real: (path: string) => string },
  path: string,
  cwd: string,
): string {
  if (!/(^|\/)\.\.(\/|$)/.test(path)) return absolute(path, cwd)
  let at = path.startsWith('/') ? '/' : cwd
  for (const part of path.split('/')) {
    if (part === '..') {
      const real = files.real(at)
      if (files.presence(real) === 'no') return absolute(path.replaceAll('/..', ''), cwd)
      at = parentOf(real)
    } else if (part !== '' && part !== '.') at = inside(at, part)
  }
  return at
}
