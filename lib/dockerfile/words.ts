/** Flags, words and JSON arrays of an instruction, as builders cut them. Source: history specification, 2.3 to 2.5. */
import type { Flag } from '../model.ts'
import { isSpace, skipSpace } from './space.ts'

/** Flags at the beginning of `text`, and where what follows them begins. */
export function splitFlags(text: string, at: number): { readonly flags: readonly Flag[]; readonly end: number } {
  const flags: Flag[] = []
  let i = at
  for (;;) {
    i = skipSpace(text, i)
    if (!text.startsWith('--', i)) return { flags, end: i }
    let word = ''
    let quote = ''
    let quoted = false
    for (; i < text.length; i++) {
      const char = text[i]!
      if (quote === '' && isSpace(char.charCodeAt(0))) break
      if (char === quote) quote = ''
      else if (quote === '' && (char === '"' || char === "'")) {
        quote = char
        quoted = true
      } else if (char === '\\') word += text[++i] ?? ''
      else word += char
    }
    if (word === '--') return { flags, end: skipSpace(text, i) }
    if (word !== '' || quoted) flags.push(flagOf(word))
    if (i >= text.length) return { flags, end: text.length }
  }
}

function flagOf(text: string): Flag {
  const equals = text.indexOf('=')
  return equals < 0
    ? { name: text.slice(2), value: null, text }
    : { name: text.slice(2, equals), value: text.slice(equals + 1), text }
}

/** Words of ENV, LABEL and ARG: cut at white space outside quotes; quotes and escapes stay. */
export function splitWords(text: string, escapeChar: string): readonly string[] {
  const words: string[] = []
  let i = skipSpace(text)
  while (i < text.length) {
    let word = ''
    let quote = ''
    let quoted = false
    for (; i < text.length; i++) {
      const char = text[i]!
      if (quote === '') {
        if (isSpace(char.charCodeAt(0))) break
        if (char === '"' || char === "'") {
          quote = char
          quoted = true
        }
      } else if (char === quote) quote = ''
      if (char === escapeChar && quote !== "'") {
        // An escape character at the very end is dropped.
        if (i + 1 < text.length) word += char + text[++i]!
      } else word += char
    }
    if (word !== '' || quoted) words.push(word)
    i = skipSpace(text, i)
  }
  return words
}

/** Members of a JSON array of strings; undefined: not JSON form; 'mixed': an array with other members, an error. */
export function readJson(text: string, trailingMeansShell: boolean): readonly string[] | undefined | 'mixed' {
  const start = skipSpace(text)
  if (text[start] !== '[') return undefined
  const source = trailingMeansShell ? text.slice(start) : firstArray(text.slice(start))
  let members: unknown
  try {
    members = JSON.parse(source)
  } catch {
    return undefined
  }
  if (!Array.isArray(members)) return undefined
  return members.every((member): member is string => typeof member === 'string') ? members : 'mixed'
}

/** The text up to the bracket that closes the first one. */
function firstArray(text: string): string {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (quoted) {
      if (char === '\\') i++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '[') depth++
    else if (char === ']' && --depth === 0) return text.slice(0, i + 1)
  }
  return text
}
