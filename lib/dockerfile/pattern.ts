/**
 * The wildcards of ${NAME#p}, ${NAME%p} and ${NAME/p/r}: `*`, `?` and `\` before `* ? \ } /`; no brackets but Buildah's.
 * Matching is a walk over states, so a hostile pattern costs its length times the value's, never more.
 * Source: history specification, section 3.2; openshift/imagebuilder, shell_parser.go.
 */
import { asBytes, decode, readClass } from '../glob.ts'

/** One character to match, `?` for any one, `*` for any many. */
type Token = { readonly char: string } | { readonly has: (char: string) => boolean } | '?' | '*'
export type Pattern = readonly Token[]

interface Limits {
  /** As for file names: wildcards stop at `/`, and take a line break. */
  readonly stopsAtSlash?: boolean
  /** Lengths that are tried; all where left out. */
  readonly least?: number
  readonly most?: number
}

/** The pattern, or why it is none. */
export function parsePattern(text: string): Pattern | string {
  const tokens: Token[] = []
  const chars = [...text]
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!
    if (char === '*' || char === '?') tokens.push(char)
    else if (char === '\\') {
      const escaped = chars[++i]
      if (escaped === undefined || !'*?\\}/'.includes(escaped)) return `invalid escape '\\${escaped ?? ''}'`
      tokens.push({ char: escaped })
    } else tokens.push({ char })
  }
  return tokens
}

/** The same as a file name pattern of Go, with `[classes]`; undefined: it is malformed, and matches nothing. */
export function parseFilePattern(text: string): Pattern | undefined {
  const tokens: Token[] = []
  const bytes = asBytes(text)
  const literal = (at: number): number => {
    const [code, width] = decode(bytes, at)
    tokens.push({ char: String.fromCodePoint(code) })
    return at + width
  }
  for (let i = 0; i < bytes.length; ) {
    const char = bytes[i]!
    if (char === '*' || char === '?') {
      tokens.push(char)
      i++
    } else if (char === '[') {
      const set = readClass(bytes, i + 1)
      if (set === undefined) return undefined
      const isIn = (code: number): boolean => set.ranges.some(([low, high]) => low <= code && code <= high)
      tokens.push({ has: (one) => isIn(one.codePointAt(0)!) !== set.negated })
      i = set.end
    } else if (char !== '\\') i = literal(i)
    else if (i + 1 < bytes.length) i = literal(i + 1)
    else return undefined
  }
  return tokens
}

/** `value` without the shortest or longest beginning that matches. */
export function removePrefix(value: string, pattern: Pattern, longest: boolean, limits: Limits = {}): string {
  const chars = [...value]
  const end = match(chars, 0, pattern, longest, limits)
  return end < 0 ? value : chars.slice(end).join('')
}

/** `value` without the shortest or longest ending that matches. */
export function removeSuffix(value: string, pattern: Pattern, longest: boolean, limits: Limits = {}): string {
  const chars = [...value].reverse()
  const end = match(chars, 0, [...pattern].reverse(), longest, limits)
  return end < 0 ? value : chars.slice(end).reverse().join('')
}

/** `value` with the first match, or all of them, replaced. With `all`, `by` is a Go regular-expression template. */
export function replacePattern(value: string, pattern: Pattern, by: string, all: boolean, limits: Limits = {}): string {
  const chars = [...value]
  let result = ''
  let from = 0
  let lastEnd = -1
  for (let i = 0; i <= chars.length; ) {
    const end = match(chars, i, pattern, true, limits)
    // Like Go: an empty match right behind the last one does not count.
    if (end < 0 || (end === i && i === lastEnd)) {
      i++
      continue
    }
    const matched = chars.slice(i, end).join('')
    result += chars.slice(from, i).join('') + (all && !limits.stopsAtSlash ? template(by, matched) : by)
    from = end
    lastEnd = end
    if (!all) break
    i = end > i ? end : i + 1
  }
  return result + chars.slice(from).join('')
}

/** `$0` is the match, other groups are empty, `$$` is a dollar. */
const template = (text: string, matched: string): string =>
  text.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (all, braced?: string, bare?: string) =>
    all === '$$' ? '$' : (braced ?? bare) === '0' ? matched : '',
  )

/** End of the shortest or longest match that begins at `start`, or -1. */
function match(chars: readonly string[], start: number, pattern: Pattern, longest: boolean, limits: Limits): number {
  let found = -1
  let states = new Set<number>()
  reach(states, 0, pattern)
  for (let i = start; ; i++) {
    const tried = i - start >= (limits.least ?? 0) && i - start <= (limits.most ?? chars.length)
    if (states.has(pattern.length) && tried) {
      found = i
      if (!longest) return found
    }
    if (i >= chars.length || states.size === 0) return found
    const char = chars[i]!
    const open = limits.stopsAtSlash ? char !== '/' : char !== '\n'
    const following = new Set<number>()
    for (const state of states) {
      const token = pattern[state]
      if (token === '*') {
        if (open) reach(following, state, pattern)
      } else if (token !== undefined && takes(token, char, open)) reach(following, state + 1, pattern)
    }
    states = following
  }
}

function takes(token: Exclude<Token, '*'>, char: string, open: boolean): boolean {
  if (token === '?') return open
  return 'has' in token ? token.has(char) : token.char === char
}

/** Adds a state and those that follow without reading: a `*` may match nothing. */
function reach(states: Set<number>, from: number, pattern: Pattern): void {
  for (let state = from; !states.has(state); state++) {
    states.add(state)
    if (pattern[state] !== '*') return
  }
}
