/** `<<NAME` words. Source: history specification, section 2.6; frontend/dockerfile/parser of BuildKit. */
import type { Heredoc } from '../model.ts'
import type { Traits } from '../traits.ts'
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

/**
 * How variables in a body are found. Buildah has BuildKit's reader with everything kept: quotes still quote, and escapes
 * stay. (recorded: heredoc-escapes)
 */
export const bodyReading = (reading: Reading, family: Traits['family']): Reading =>
  family === 'buildah'
    ? { escape: '\\', modifiers: 'patterns', rawQuotes: true, rawEscapes: true }
    : { ...reading, escape: '\\', plainQuotes: true }

/** A body with the leading tabs of each line removed, as `<<-` asks. */
export const chomp = (body: string): string => body.replace(/^\t+/gm, '')

/** The body of `RUN <<EOF` alone: a script for the shell, or a file with an interpreter of its own. */
export function scriptOf({ body, chomp: strips }: Heredoc, { shebangAfterChomp }: Traits) {
  const text = strips ? chomp(body) : body
  return { text, isProgram: (shebangAfterChomp ? text : body).startsWith('#!') }
}
