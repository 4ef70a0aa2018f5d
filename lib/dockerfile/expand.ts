/**
 * Words as builders expand them: quotes, escapes, $NAME and ${NAME…}. Source: history specification, section 3.2, and
 * the shell lexers of BuildKit (frontend/dockerfile/shell) and Buildah, whose readers differ.
 */
import type { Traits } from '../traits.ts'
import { type Pattern, parseFilePattern, parsePattern, removePrefix, removeSuffix, replacePattern } from './pattern.ts'
import { isSpace } from './space.ts'

/** How to read one word. */
export interface Reading {
  /** The escape character; '' when nothing escapes. */
  readonly escape: string
  readonly modifiers: Traits['modifiers']
  /** Keep the quotes that are read. */
  readonly rawQuotes?: boolean
  /** Keep escape characters. */
  readonly rawEscapes?: boolean
  /** Quotes are ordinary characters: bodies of here-documents. */
  readonly plainQuotes?: boolean
  /** Leave variables without a value as they are written. */
  readonly keepUnset?: boolean
  /** Blanks after `<<` belong to the word that follows. */
  readonly heredocBlanks?: boolean
}

export interface Expanded {
  readonly text: string
  /** `text` cut at white space that stood outside quotes. */
  readonly words: readonly string[]
  /** Names that had no value. */
  readonly unset: readonly string[]
  /** Why a builder refuses the word; then `text` is ''. */
  readonly error?: string
}

/** A variable's value; undefined: not set. */
export type Lookup = (name: string) => string | undefined

/** Nesting of ${…} beyond which a word is refused, so that hostile input cannot exhaust the stack. */
const deepest = 200

/** Characters that variables may add to one word. `ENV A=$A$A` doubles it, line by line, beyond what any builder holds. */
const mostGrowth = 1 << 20

/** Characters that variables have added to a whole file so far; `expand` counts. */
export interface Growth {
  characters: number
}

/** No file that somebody means grows by more, and a few lines of one that nobody does would fill the memory. */
const mostOfFile = 32 << 20

class Refusal extends Error {}

/** Expands one word. Never throws. */
export function expand(source: string, lookup: Lookup, reading: Reading, growth?: Growth): Expanded {
  const special = reading.plainQuotes ? /[$\\`]/ : /['"$\\`<]/
  if (!special.test(source)) return { text: source, words: splitPlain(source), unset: none }
  const reader = new Reader(source, lookup, reading)
  try {
    const { text, words } = reader.until('', reading.rawEscapes ?? false, 0)
    if (growth !== undefined) {
      growth.characters += Math.max(0, text.length - source.length)
      if (growth.characters > mostOfFile) throw new Refusal('variables make the file longer than a builder takes')
    }
    return { text, words, unset: reader.unset }
  } catch (error) {
    if (error instanceof Refusal) return { text: '', words: none, unset: reader.unset, error: error.message }
    throw error
  }
}

const none: readonly string[] = []

function splitPlain(source: string): readonly string[] {
  const words: string[] = []
  let start = -1
  for (let i = 0; i <= source.length; i++) {
    if (i < source.length && !isSpace(source.charCodeAt(i))) {
      if (start < 0) start = i
    } else if (start >= 0) {
      words.push(source.slice(start, i))
      start = -1
    }
  }
  return words
}

/** Collects text and, beside it, the words it falls into. */
class Words {
  text = ''
  readonly done: string[] = []
  private word = ''
  private readonly longest: number
  constructor(longest: number) {
    this.longest = longest
  }
  add(piece: string): void {
    this.grow(piece)
    for (const char of piece) {
      if (!isSpace(char.charCodeAt(0))) this.word += char
      else if (this.word !== '') this.finish()
    }
  }
  addRaw(piece: string): void {
    this.grow(piece)
    this.word += piece
  }
  private grow(piece: string): void {
    this.text += piece
    if (this.text.length > this.longest) throw new Refusal('variables make it longer than a builder takes')
  }
  finish(): void {
    if (this.word !== '') this.done.push(this.word)
    this.word = ''
  }
}

class Reader {
  private at = 0
  readonly unset: string[] = []
  private readonly source: string
  private readonly lookup: Lookup
  private readonly reading: Reading
  private readonly buildah: boolean
  private rawEscapes = false

  constructor(source: string, lookup: Lookup, reading: Reading) {
    this.source = source
    this.lookup = lookup
    this.reading = reading
    this.buildah = reading.modifiers.startsWith('buildah')
  }

  private peek(): string {
    return this.source[this.at] ?? ''
  }

  private next(): string {
    const code = this.source.codePointAt(this.at)
    if (code === undefined) return ''
    const char = String.fromCodePoint(code)
    this.at += char.length
    return char
  }

  /** Reads up to one of the characters of `stop`, which is taken too; '' is the end of the source. */
  until(stop: string, rawEscapes: boolean, depth: number, pattern = false): { text: string; words: readonly string[] } {
    if (depth > deepest) throw new Refusal('substitutions are nested too deeply')
    const outer = this.rawEscapes
    this.rawEscapes = rawEscapes
    const words = new Words(this.source.length + mostGrowth)
    while (this.at < this.source.length) {
      const char = this.next()
      if (stop.includes(char)) {
        this.rawEscapes = outer
        words.finish()
        return { text: words.text, words: words.done }
      }
      if (char === '$') words.add(this.dollar(depth))
      else if (char === "'" && !this.reading.plainQuotes) words.addRaw(this.singleQuoted(pattern))
      else if (char === '"' && !this.reading.plainQuotes) words.addRaw(this.doubleQuoted(depth))
      else if (char === '<' && this.reading.heredocBlanks && this.peek() === '<')
        words.addRaw(char + this.heredocMark())
      else if (char === this.reading.escape) {
        if (this.rawEscapes) words.addRaw(char)
        if (this.at >= this.source.length) break
        words.addRaw(this.next())
      } else words.add(char)
    }
    this.rawEscapes = outer
    if (stop !== '') throw new Refusal(`unexpected end of statement while looking for matching ${stop}`)
    words.finish()
    return { text: words.text, words: words.done }
  }

  /** After the first `<` of `<<`: the second, and blanks before the name. */
  private heredocMark(): string {
    let mark = this.next()
    while (this.at < this.source.length && isSpace(this.source.charCodeAt(this.at))) mark += this.next()
    return mark
  }

  /** In a pattern, an escape character that stands for itself is doubled: the pattern is read once more. */
  private singleQuoted(pattern: boolean): string {
    const end = this.source.indexOf("'", this.at)
    if (end < 0) throw new Refusal('unexpected end of statement while looking for matching single-quote')
    const { escape: mark, modifiers, rawQuotes } = this.reading
    const written = this.source.slice(this.at, end)
    const doubled = pattern && modifiers === 'quoted patterns' && mark !== ''
    const inside = doubled ? written.replaceAll(mark, mark + mark) : written
    this.at = end + 1
    return rawQuotes ? `'${inside}'` : inside
  }

  private doubleQuoted(depth: number): string {
    const quote = this.reading.rawQuotes ? '"' : ''
    let text = quote
    while (this.at < this.source.length) {
      const char = this.next()
      if (char === '"') return text + quote
      if (char === '$') text += this.dollar(depth)
      else if (char === this.reading.escape) {
        if (this.rawEscapes) text += char
        const follows = this.peek()
        if (follows === '') continue
        text += follows === '"' || follows === '$' || follows === char ? this.next() : char
      } else text += char
    }
    throw new Refusal('unexpected end of statement while looking for matching double-quote')
  }

  private value(name: string): string | undefined {
    const value = this.lookup(name)
    if (value === undefined) this.unset.push(name)
    return value
  }

  private dollar(depth: number): string {
    if (this.peek() !== '{') {
      const name = this.name()
      if (name === '') return '$'
      return this.value(name) ?? (this.reading.keepUnset ? `$${name}` : '')
    }
    this.at++
    const first = this.peek()
    if (first === '') throw new Refusal("syntax error: missing '}'")
    if (!this.buildah && (first === '{' || first === '}' || first === ':'))
      throw new Refusal('syntax error: bad substitution')
    const name = this.name()
    const operator = this.next()
    if (operator === '') throw new Refusal("syntax error: missing '}'")
    if (operator === '}') return this.value(name) ?? (this.reading.keepUnset ? `\${${name}}` : '')
    return this.buildah ? this.buildahModifier(name, operator, depth) : this.modifier(name, operator, depth)
  }

  private modifier(name: string, operator: string, depth: number): string {
    const { modifiers } = this.reading
    if (modifiers === 'colon' && operator !== ':') throw new Refusal("missing ':' in substitution")
    const patterns = modifiers === 'patterns' || modifiers === 'quoted patterns'
    if (operator === '/' && patterns) return this.replacement(name, depth)
    const colon = operator === ':'
    const kind = colon ? this.next() : operator
    const shown = colon && modifiers !== 'colon' ? `:${kind}` : kind
    const removes = patterns && (kind === '#' || kind === '%')
    if (!'+-?'.includes(kind || ' ') && !removes) throw new Refusal(`unsupported modifier (${shown}) in substitution`)
    const word = this.operand('}', removes, depth, removes)
    const value = this.value(name)
    if (value === undefined && this.reading.keepUnset) return `\${${name}${colon ? ':' : ''}${kind}${word}}`
    const missing = value === undefined || (colon && value === '')
    switch (kind) {
      case '-':
        return missing ? word : value
      case '+':
        return missing ? '' : word
      case '?':
        if (!missing) return value
        throw new Refusal(`${name}: ${word || `is not allowed to be ${value === undefined ? 'unset' : 'empty'}`}`)
      default: {
        const longest = word.startsWith(kind)
        const remove = kind === '#' ? removePrefix : removeSuffix
        return remove(value ?? '', this.pattern(longest ? word.slice(1) : word), longest)
      }
    }
  }

  /** Text up to `stop` inside ${…}; an end before it is a missing brace. */
  private operand(stop: string, rawEscapes: boolean, depth: number, pattern = false): string {
    try {
      return this.until(stop, rawEscapes, depth + 1, pattern).text
    } catch (error) {
      if (error instanceof Refusal && this.at >= this.source.length)
        throw new Refusal(stop.endsWith('}') ? "syntax error: missing '}'" : "syntax error: missing '/' in ${}")
      throw error
    }
  }

  private replacement(name: string, depth: number): string {
    const all = this.peek() === '/'
    if (all) this.at++
    const pattern = this.operand('/', true, depth, true)
    const by = this.operand('}', true, depth)
    const value = this.value(name)
    if (value === undefined && this.reading.keepUnset) return `\${${name}/${pattern}/${by}}`
    return replacePattern(value ?? '', this.pattern(pattern), by, all)
  }

  private pattern(text: string): Pattern {
    const pattern = parsePattern(text)
    if (typeof pattern === 'string') throw new Refusal(`invalid pattern (${text}) in substitution: ${pattern}`)
    return pattern
  }

  private name(): string {
    const start = this.at
    const first = this.peek()
    if (/[0-9]/.test(first)) {
      do this.at++
      while (!this.buildah && /[0-9]/.test(this.peek()))
      return this.source.slice(start, this.at)
    }
    if (!this.buildah && first !== '' && '@*#?-$!'.includes(first)) {
      this.at++
      return first
    }
    nameCharacters.lastIndex = start
    nameCharacters.test(this.source)
    this.at = Math.max(start, nameCharacters.lastIndex)
    return this.source.slice(start, this.at)
  }

  /** Buildah's own forms; the name and the first operator character are read. */
  private buildahModifier(name: string, operator: string, depth: number): string {
    const { modifiers } = this.reading
    const value = (): string => this.value(name) ?? ''
    if (operator === ':') {
      const kind = this.next()
      const word = this.operand('}', false, depth)
      if (kind === '-') return value() || word
      if (kind === '+') return value() === '' ? '' : word
      if (kind === '?' && modifiers !== 'buildah-1.28') {
        if (value() === '' && word === '') throw new Refusal(`${name} is not allowed to be unset`)
        return value() || word
      }
      throw new Refusal(`unsupported modifier (${kind}) in substitution: ${this.source}`)
    }
    if (modifiers !== 'buildah-1.37' || operator === '' || !'#%/'.includes(operator))
      throw new Refusal(`missing ':' in substitution: ${this.source}`)
    const doubled = this.peek() === operator
    if (doubled) this.at++
    if (operator === '/') return this.buildahReplacement(name, value, doubled, depth)
    const word = this.operand('}', false, depth)
    if (word === '') throw new Refusal(`${name}${operator}: no ${operator === '#' ? 'prefix' : 'suffix'} to remove`)
    const pattern = parseFilePattern(word)
    const text = value()
    if (pattern === undefined) return text
    const { length } = [...text]
    // The loops that try the lengths leave some out.
    if (operator === '#')
      return removePrefix(text, pattern, doubled, { ...fileNames, most: doubled ? length - 1 : length - 2 })
    return removeSuffix(text, pattern, doubled, { ...fileNames, least: doubled ? 2 : 1 })
  }

  private buildahReplacement(name: string, value: () => string, all: boolean, depth: number): string {
    const anchor = !all && '#%'.includes(this.peek() || ' ') ? this.next() : ''
    const word = this.operand('/}', false, depth)
    const by = this.source[this.at - 1] === '/' ? this.operand('}', false, depth) : ''
    if (word === '') throw new Refusal(`${name}/: no pattern to replace`)
    const pattern = parseFilePattern(word)
    const text = value()
    if (pattern === undefined) return text
    if (anchor === '') return replacePattern(text, pattern, by, all, { ...fileNames, least: 1 })
    const rest = (anchor === '#' ? removePrefix : removeSuffix)(text, pattern, true, { ...fileNames, least: 1 })
    return rest === text ? text : anchor === '#' ? by + rest : rest + by
  }
}

/** Buildah matches as for file names: `*` and `?` stop at a slash. */
const fileNames = { stopsAtSlash: true } as const

const nameCharacters = /[\p{L}\p{Nd}_]*/uy
