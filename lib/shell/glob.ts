/** Path patterns against a file system that may not be fully known. */

import type { Dialect } from './command.ts'
import { unknownText } from './known.ts'
import { absolute, inside } from './paths.ts'
import { hasWildcard, matches, unescapePattern } from './pattern.ts'
import type { View } from './state.ts'

/** Most paths one pattern gives. */
const most = 10_000

/**
 * Paths that fit, in the pattern's own form (relative stays relative). Where a folder is not fully known, one more
 * word stands for all that may fit besides, its wildcards as stand-ins: `/lists/*` with `*` not known. `hidden`: names
 * that begin with a dot fit as well, bash's `dotglob`; `deep`: `**` is any number of folders, bash's `globstar`.
 */
export function expandPath(
  view: View,
  pattern: string,
  cwd: string,
  dialect: Dialect,
  { hidden = false, deep = false }: { readonly hidden?: boolean; readonly deep?: boolean } = {},
): { readonly paths: readonly string[]; readonly rest: string | undefined } {
  const parts = pattern.split('/')
  const from = pattern.startsWith('/') ? '/' : cwd
  let found: { readonly text: string; readonly path: string }[] = [
    { text: pattern.startsWith('/') ? '/' : '', path: from },
  ]
  let complete = true
  for (const [i, part] of parts.entries()) {
    if (part === '') continue
    const last = i === parts.length - 1
    const next: typeof found = []
    for (const { text, path } of found) {
      const lead = text === '' || text === '/' ? text : `${text}/`
      if (!hasWildcard(part)) {
        const name = unescapePattern(part)
        const at = absolute(name, path)
        if (!last || view.presence(at) !== 'no') next.push({ text: lead + name, path: at })
        continue
      }
      if (deep && part === '**') {
        // The folder itself, with a slash behind it where nothing else follows.
        if (!last || lead !== '') next.push({ text: last ? lead : text, path })
        complete = descend(view, { lead, path }, last, hidden, next) && complete
        continue
      }
      const seen = view.list(path)
      complete &&= seen.complete
      // Only bash leaves out the folder itself and the one above, since 5.2.
      const dots = part.startsWith('.') && dialect !== 'bash' ? ['.', '..'] : []
      for (const name of [...dots, ...seen.names]) {
        if (next.length >= most) break
        if (matches(part, name) && (!name.startsWith('.') || part.startsWith('.') || hidden))
          next.push({ text: lead + name, path: dots.includes(name) ? absolute(name, path) : inside(path, name) })
      }
    }
    found = next
  }
  // With a slash at the end only folders fit.
  const open = pattern.endsWith('/')
  const paths = found
    .filter(({ path }) => view.presence(path) !== 'no' && (!open || (view.kind(path) ?? 'dir') === 'dir'))
    .map(({ text }) => (open && text !== '/' ? `${text}/` : text))
  return { paths, rest: complete ? undefined : standIn(pattern) }
}

/** Adds all that is below a folder, or the folders alone, to those that fit; links are not followed. False: not all of it is known. */
function descend(
  view: View,
  { lead, path }: { readonly lead: string; readonly path: string },
  files: boolean,
  hidden: boolean,
  found: { readonly text: string; readonly path: string }[],
): boolean {
  const { names, complete } = view.list(path)
  let whole = complete
  for (const name of [...names].sort()) {
    if (found.length >= most) return false
    const at = inside(path, name)
    const isFolder = view.ownKind(at) === 'dir'
    if ((name.startsWith('.') && !hidden) || (!files && !isFolder)) continue
    found.push({ text: lead + name, path: at })
    if (isFolder) whole = descend(view, { lead: `${lead}${name}/`, path: at }, files, hidden, found) && whole
  }
  return whole
}

const standIn = (pattern: string): string =>
  pattern.replace(
    /\\([\s\S])|\*+|\?|\[(?:\[:\w*:\]|[^\]])*\]/g,
    (whole, literal: string | undefined) => literal ?? unknownText(/^\[.*[[\s\\/]|.{50}/.test(whole) ? '?' : whole),
  )
