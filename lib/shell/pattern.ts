/** Shell patterns: `*`, `?`, `[a-z]`, with `\` in front of what is meant literally. Source: POSIX XCU 2.13. */

type Token =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'any' | 'star' }
  | { readonly kind: 'set'; readonly not: boolean; readonly has: RegExp }

/** Puts `\` in front of all that a pattern gives a meaning. */
export const escapePattern = (text: string): string => text.replace(/[\\*?[\]]/g, '\\$&')

/** Takes the `\` off again: the text a pattern without wildcards stands for. */
export const unescapePattern = (pattern: string): string => pattern.replace(/\\([\s\S])/g, '$1')

/** True when something in it is a wildcard. */
export const hasWildcard = (pattern: string): boolean => /(^|[^\\])(\\\\)*[*?[]/.test(pattern)

/** True when the whole text fits the pattern. Extended patterns `@(…)` are taken literally. */
export function matches(pattern: string, text: string): boolean {
  return fits(tokens(pattern), text)
}

function tokens(pattern: string): readonly Token[] {
  const list: Token[] = []
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '\\' && i + 1 < pattern.length) list.push({ kind: 'char', char: pattern[++i]! })
    else if (c === '*') {
      if (list.at(-1)?.kind !== 'star') list.push({ kind: 'star' })
    } else if (c === '?') list.push({ kind: 'any' })
    else if (c === '[') {
      const set = /^\[([!^]?)(\]?(?:\[:\w+:\]|\\.|[^\]\\])*)\]/.exec(pattern.slice(i, i + 300))
      const has = set === null ? undefined : setOf(set[2]!)
      if (set === null || has === undefined) list.push({ kind: 'char', char: c })
      else {
        list.push({ kind: 'set', not: set[1] !== '', has })
        i += set[0].length - 1
      }
    } else list.push({ kind: 'char', char: c })
  }
  return list
}

const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  cntrl: '\\x00-\\x1f\\x7f',
  graph: '!-~',
  print: ' -~',
}

/** The class `[:name:]` as it stands in a set of ours; undefined: there is none of that name. */
export const classNamed = (name: string): string | undefined =>
  Object.hasOwn(classes, name) ? classes[name] : undefined

function setOf(body: string): RegExp | undefined {
  const inner = body
    .replace(/\\(.)/g, '$1')
    .replace(/[\\\]^]/g, '\\$&')
    .replace(/\[:(\w+):\\\]/g, (whole, name: string) => classNamed(name) ?? whole)
    .replace(/\[/g, (c, at: number, all: string) => (all[at - 1] === '\\' ? c : '\\['))
  try {
    return new RegExp(`^[${inner}]$`)
  } catch {
    return undefined
  }
}

// One pass with one way back, to the last star: no pattern can make it slow.
function fits(list: readonly Token[], text: string): boolean {
  let t = 0
  let p = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    const token = list[p]
    if (token?.kind === 'star') {
      star = p++
      mark = t
    } else if (token !== undefined && accepts(token, text[t]!)) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else return false
  }
  while (list[p]?.kind === 'star') p++
  return p === list.length
}

const accepts = (token: Token, char: string): boolean =>
  token.kind === 'any' ||
  (token.kind === 'char' ? token.char === char : token.kind === 'set' && token.has.test(char) !== token.not)

/** `${X#p}` and its kin: the text without the shortest (`#`, `%`) or longest (`##`, `%%`) part that fits. */
export function removed(text: string, op: '#' | '##' | '%' | '%%', pattern: string): string {
  const list = tokens(pattern)
  const front = op[0] === '#'
  const lengths = Array.from({ length: text.length + 1 }, (_, i) => i)
  if (op.length === 2) lengths.reverse()
  for (const n of lengths) {
    if (fits(list, front ? text.slice(0, n) : text.slice(text.length - n)))
      return front ? text.slice(n) : text.slice(0, text.length - n)
  }
  return text
}

/** `${X/p/by}` and its kin. */
export function replaced(text: string, op: '/' | '//' | '/#' | '/%', pattern: string, by: string): string {
  const list = tokens(pattern)
  if (list.length === 0) return text
  let out = ''
  let i = 0
  while (i < text.length) {
    const end = op === '/#' && i > 0 ? undefined : longestFit(list, text, i)
    const fit = end !== undefined && end > i && (op !== '/%' || end === text.length) ? end : undefined
    if (fit === undefined) out += text[i++]
    else {
      out += by
      i = fit
      if (op !== '//') break
    }
  }
  return out + text.slice(i)
}

function longestFit(list: readonly Token[], text: string, start: number): number | undefined {
  if (list.every((t) => t.kind !== 'star')) {
    const end = start + list.length
    return end <= text.length && fits(list, text.slice(start, end)) ? end : undefined
  }
  for (let end = text.length; end > start; end--) if (fits(list, text.slice(start, end))) return end
  return undefined
}
