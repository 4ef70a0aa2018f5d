/** Files that lie in a layer as a context had them: their bytes as text, and what is in them where they are archives. */
import type { Entry, Given } from '../model.ts'
import { withContents } from './members.ts'

/** A file that came from a context as it is. */
export function contextFile({ content = '' }: Entry, { context, contexts }: Given) {
  for (const from of [...(context === undefined ? [] : [context]), ...Object.values(contexts)]) {
    const mark = `context:${from.name}#`
    const path = content.slice(mark.length)
    if (!content.startsWith(mark) || from.lookup(path)?.type !== 'file') continue
    return { read: () => from.read(path), archive: () => withContents(from.archive(path), content) }
  }
  return undefined
}

/** Longest file of the context that is read as text. */
const longestText = 4 * 1024 * 1024

/** Characters of such texts that are kept for who asks again. */
const mostKept = 16 * 1024 * 1024
const texts = new WeakMap<Given, { readonly kept: Map<string, string | undefined>; length: number }>()

/** The text of such a file; undefined: it is none, is not UTF-8, or is too long. */
export function contextText(entry: Entry, given: Given): string | undefined {
  if (entry.size.bytes === null || entry.size.bytes > longestText || entry.content === undefined) return undefined
  const known = texts.get(given) ?? { kept: new Map<string, string | undefined>(), length: 0 }
  texts.set(given, known)
  if (known.kept.has(entry.content)) return known.kept.get(entry.content)
  const text = contextFile(entry, given)?.read()
  const read = text === undefined ? undefined : textFrom(text)
  known.length += entry.size.bytes + entry.content.length
  if (known.length <= mostKept) known.kept.set(entry.content, read)
  return read
}

/** Bytes as text; undefined: they are none. */
function textFrom(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
