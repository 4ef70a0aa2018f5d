/** `<<NAME` words. Source: history specification, section 2.6; frontend/dockerfile/parser of BuildKit. */
import { expand, type Reading } from './expand.ts'

/** What a word that opens a here-document says. */
export interface HeredocWord {
  readonly name: string
  readonly word: string
  readonly fd: number
  readonly chomp: boolean
  readonly expand: boolean
}

const nothing = (): undefined => undefined
const raw: Reading = { escape: '\\', modifiers: 'patterns', rawQuotes: true, rawEscapes: true, keepUnset: true }

/** The here-documents a line opens, in order. */
export function heredocWords(line: string, blanks: boolean): readonly HeredocWord[] {
  if (!line.includes('<<')) return []
  const { words } = expand(line, nothing, { ...raw, heredocBlanks: blanks })
  return words.flatMap((word) => heredocWord(word) ?? [])
}

/** One word, when it opens a here-document. */
export function heredocWord(word: string): HeredocWord | undefined {
  const [, digits = '', dash = '', rest = ''] = /^(\d*)<<(-?)\s*([^<]*)$/.exec(word) ?? []
  if (rest === '') return undefined
  // Read once without and once with quotes: where they differ, some part of the name was quoted.
  const bare = expand(rest, nothing, { ...raw, rawQuotes: false })
  const quoted = expand(rest, nothing, raw)
  if (bare.error !== undefined || bare.words.length !== 1) return undefined
  const name = bare.words[0]!
  return {
    name,
    word,
    fd: digits === '' ? 0 : Number(digits),
    chomp: dash === '-',
    expand: quotes(name) === quotes(quoted.words[0] ?? ''),
  }
}

const quotes = (text: string): number => text.split(/['"]/).length

/** A body with the leading tabs of each line removed, as `<<-` asks. */
export const chomp = (body: string): string => body.replace(/^\t+/gm, '')
