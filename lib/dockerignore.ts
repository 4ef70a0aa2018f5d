/** Ignore files, and the patterns in them: which paths of a build context a builder does not see. */
import { matchGlob } from './glob.ts'
import { cleanPath } from './path.ts'
import { type Atom, anything, atomTest, escaped, plain, readSet } from './path-regexp.ts'

/**
 * Whose rules: `moby` is Docker's own matcher (BuildKit, and the client of the classic builder); `buildah` reads the
 * file more simply and has no suffix rule for a leading `**`.
 */
export type IgnoreDialect = 'moby' | 'buildah'

/** Which of its patterns matched a path, for its children. Opaque. */
export type Matched = readonly boolean[]

/** A compiled list of patterns, later ones stronger, `!` taking back. Paths are relative, without `.` parts. */
export interface Patterns {
  /** Is the path, or a folder above it, in the list? */
  matches(path: string): boolean
  /** The same for a child of a folder already asked; `above` is the folder's own result, absent at the top. */
  under(path: string, above?: Matched): { readonly in: boolean; readonly matched: Matched }
  /** The patterns behind `!`, cleaned. */
  readonly exceptions: readonly string[]
}

/**
 * The patterns of an ignore file, cleaned: no comments (`#` in column 1 only), no blank lines, no byte-order mark, no
 * white space around, no leading slash; `!` kept in front.
 *
 * Source: moby/patternmatcher/ignorefile, ReadAll; openshift/imagebuilder, ParseIgnore.
 */
export function readIgnore(text: string, dialect: IgnoreDialect = 'moby'): readonly string[] {
  const patterns: string[] = []
  const lines = (dialect === 'moby' ? text.replace(/^\ufeff/, '') : text).split('\n')
  for (const line of lines) {
    if (line === '' || line.startsWith('#')) continue
    const pattern = dialect === 'moby' ? tidy(line) : line.replace(/^\/+|\/+$/g, '')
    if (pattern !== '') patterns.push(pattern)
  }
  return patterns
}

function tidy(line: string): string {
  const trimmed = trimSpace(line)
  if (!trimmed.startsWith('!')) return trimmed && relative(cleanPath(trimmed))
  const rest = trimSpace(trimmed.slice(1))
  return `!${rest && relative(cleanPath(rest))}`
}

const relative = (path: string): string => (path.length > 1 && path.startsWith('/') ? path.slice(1) : path)

/** Go's idea of white space: with U+0085, without the byte-order mark. */
const trimSpace = (text: string): string => {
  const space = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+'
  return text.replace(new RegExp(`^${space}`), '').replace(new RegExp(`${space}$`), '')
}

/**
 * Compiles patterns. `malformed` is the first that the builder rejects; nothing after it counts.
 *
 * Source: moby/patternmatcher, New and MatchesUsingParentResults; containers/storage pkg/fileutils, PatternMatcher.
 */
export function compilePatterns(
  patterns: readonly string[],
  dialect: IgnoreDialect = 'moby',
): Patterns & { readonly malformed?: string } {
  const compiled: Pattern[] = []
  for (const written of patterns) {
    const pattern = compile(written, dialect)
    if (pattern === 'malformed') return { ...matcher(compiled), malformed: written }
    if (pattern !== undefined) compiled.push(pattern)
  }
  return matcher(compiled)
}

interface Pattern {
  readonly exception: boolean
  readonly text: string
  readonly test: (path: string) => boolean
}

function matcher(patterns: readonly Pattern[]): Patterns {
  const under = (path: string, above?: Matched): { readonly in: boolean; readonly matched: Matched } => {
    let result = false
    const matched = patterns.map((pattern, i) => {
      // A pattern that took the folder takes all below; one that cannot change the result is not asked.
      if (above?.[i] !== true && (pattern.exception !== result || !pattern.test(path))) return false
      result = !pattern.exception
      return true
    })
    return { in: result, matched }
  }
  const matches = (path: string): boolean => {
    const folders = prefixes(path)
    let result = false
    for (const pattern of patterns) {
      if (pattern.exception === result && folders.some(pattern.test)) result = !pattern.exception
    }
    return result
  }
  return { matches, under, exceptions: patterns.filter((p) => p.exception).map((p) => p.text) }
}

/** The path itself first, then every folder above it from the top. */
function prefixes(path: string): string[] {
  const all = [path]
  for (let i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) if (i > 0) all.push(path.slice(0, i))
  return all
}

function compile(written: string, dialect: IgnoreDialect): Pattern | 'malformed' | undefined {
  const trimmed = trimSpace(written)
  if (trimmed === '') return undefined
  const whole = cleanPath(trimmed)
  const exception = whole.startsWith('!')
  if (whole === '!') return 'malformed'
  let text = exception ? whole.slice(1) : whole
  if (exception && dialect === 'buildah') text = relative(cleanPath(text))
  if (matchGlob(text, '.') === undefined) return 'malformed'
  const test = tester(text, dialect)
  return test === undefined ? 'malformed' : { exception, text, test }
}

/**
 * The cheapest test that does what the builder's expression does. moby compares text where it can: a pattern
 * without wildcards, one that only ends in `**` (what is before it begins the path, even in the middle of a name), one
 * that only begins with `**` (what is behind it ends the path).
 */
function tester(text: string, dialect: IgnoreDialect): ((path: string) => boolean) | undefined {
  if (!/[*?[\]\\^]/.test(text)) return (path) => path === text
  const expression = write(text)
  // The case of an expression with nothing but one `**`, and nothing that the expression would read otherwise.
  const ends = text.length > 2 && !/[*?[\]\\]/.test(text.slice(2)) && text.startsWith('**')
  if (ends && dialect === 'moby') {
    const suffix = text.slice(2)
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
  }
  if (!/[*?[\]\\]/.test(text) && dialect === 'moby') return (path) => path === text
  const begins = text.endsWith('**') && !/[*?[\]\\]/.test(text.slice(0, -2))
  if (begins && dialect === 'moby') {
    const prefix = text.slice(0, -2)
    return (path) => path.startsWith(prefix)
  }
  const atoms = read(expression)
  if (atoms === undefined) return undefined
  const test = atomTest(atoms)
  const part = fixedPart(text)
  return part === '' ? test : (path) => path.includes(part) && test(path)
}

/** The longest text that every match holds: a look for it spares most paths the expression. */
function fixedPart(text: string): string {
  if (/[[\]\\^]/.test(text)) return ''
  return text.split(/\*\*\/?|[*?]/).reduce((longest, part) => (part.length > longest.length ? part : longest), '')
}

/** The pattern as the regular expression moby writes, without the anchors. Code points. */
function write(text: string): readonly number[] {
  const chars = Array.from(text)
  let out = ''
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i]!
    if (c === '*' && chars[i + 1] === '*') {
      i++
      if (chars[i + 1] === '/') i++
      out += i + 1 === chars.length ? '.*' : folders
    } else if (c === '*') out += '[^/]*'
    else if (c === '?') out += '[^/]'
    else if ('.+()|{}$'.includes(c)) out += `\\${c}`
    else out += c
    if (c === '\\' && i + 1 < chars.length) out += chars[++i]!
  }
  return Array.from(out, (c) => c.codePointAt(0)!)
}

const folders = '(.*/)?'

/** The expression as atoms; undefined: Go would not compile it. */
function read(expression: readonly number[]): readonly Atom[] | undefined {
  const text = expression.map((c) => String.fromCodePoint(c))
  const atoms: Atom[] = []
  for (let i = 0; i < text.length; ) {
    const c = text[i]!
    if (c === '\\') {
      if (i + 1 === text.length) return undefined
      const meaning = escaped(expression[i + 1]!, text.slice(i + 2, i + 4).join(''))
      if (meaning === undefined) return undefined
      atoms.push(meaning.atom)
      i += 2 + meaning.taken
    } else if (c === '[') {
      const set = readSet(expression, i + 1)
      if (set === undefined) return undefined
      const many = text[set.end] === '*'
      atoms.push({ kind: many ? 'many' : 'one', test: set.test })
      i = many ? set.end + 1 : set.end
    } else if (c === '(') {
      atoms.push({ kind: 'folders' })
      i += folders.length
    } else if (c === '.') {
      atoms.push({ kind: 'many', test: anything })
      i += 2
    } else {
      atoms.push(plain(expression[i]!))
      i++
    }
  }
  return atoms
}
