/** Shell patterns against one name: `*`, `?`, `[a-z]`, `[!x]`, `\` quotes. Linear in practice, never exponential. */

/** True where a part of a path holds a character that makes it a pattern. */
export const isPattern = (part: string): boolean => /[*?[]/.test(part)

/** Does a name match? A leading dot must be written out. Source: POSIX.1-2017, XCU 2.13. */
export function matches(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  let p = 0
  let n = 0
  let star = -1
  let from = 0
  while (n < name.length) {
    const one = p < pattern.length ? step(pattern, p, name[n]!) : undefined
    if (pattern[p] === '*') {
      star = p++
      from = n
    } else if (one !== undefined) {
      p = one
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++from
    } else return false
  }
  while (pattern[p] === '*') p++
  return p >= pattern.length
}

/** Where the pattern goes on after it took one character; undefined: it does not take it. */
function step(pattern: string, at: number, char: string): number | undefined {
  const one = pattern[at]!
  if (one === '?') return at + 1
  if (one === '\\' && at + 1 < pattern.length) return pattern[at + 1] === char ? at + 2 : undefined
  const end = one === '[' ? pattern.indexOf(']', at + (/[!^]/.test(pattern[at + 1] ?? '') ? 3 : 2)) : -1
  if (end < 0) return one === char ? at + 1 : undefined
  const not = /[!^]/.test(pattern[at + 1] ?? '')
  const set = pattern.slice(at + (not ? 2 : 1), end)
  return inSet(set, char) !== not ? end + 1 : undefined
}

function inSet(set: string, char: string): boolean {
  for (let i = 0; i < set.length; i++) {
    if (set[i + 1] === '-' && i + 2 < set.length) {
      if (set[i]! <= char && char <= set[i + 2]!) return true
      i += 2
    } else if (set[i] === char) return true
  }
  return false
}
