/**
 * The wildcards of ${NAME#p}, ${NAME%p} and ${NAME/p/r}: `*`, `?` and `\` before `* ? \ } /`; no brackets. Matching is a
 * walk over states, so a hostile pattern costs its length times the value's, never more.
 * Source: history specification, section 3.2.
 */

/** One character to match, `?` for any one, `*` for any many. */
type Token = { readonly char: string } | '?' | '*'
export type Pattern = readonly Token[]

interface Limits {
  /** Wildcards stop at `/`. */
  readonly stopsAtSlash?: boolean
  /** A match that would cover the whole value does not count. */
  readonly neverWhole?: boolean
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
    result += chars.slice(from, i).join('') + (all ? template(by, matched) : by)
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
    const whole = limits.neverWhole && start === 0 && i === chars.length
    if (states.has(pattern.length) && !whole) {
      found = i
      if (!longest) return found
    }
    if (i >= chars.length || states.size === 0) return found
    const char = chars[i]!
    const open = char !== '\n' && !(limits.stopsAtSlash && char === '/')
    const following = new Set<number>()
    for (const state of states) {
      const token = pattern[state]
      if (token === '*') {
        if (open) reach(following, state, pattern)
      } else if (token === '?' ? open : token?.char === char) reach(following, state + 1, pattern)
    }
    states = following
  }
}

/** Adds a state and those that follow without reading: a `*` may match nothing. */
function reach(states: Set<number>, from: number, pattern: Pattern): void {
  for (let state = from; !states.has(state); state++) {
    states.add(state)
    if (pattern[state] !== '*') return
  }
}
