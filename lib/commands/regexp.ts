/** Patterns as sed, grep and awk write them. Source: POSIX XBD 9; GNU sed 4.9, BusyBox 1.35. */
import { classNamed } from '../shell/pattern.ts'

/** A POSIX pattern as ours; undefined: it holds what we do not take over, or what could take for ever. Matching may throw Slow. */
export function regexpOf(pattern: string, extended: boolean, ignoreCase: boolean): RegExp | undefined {
  if (pattern === '' || pattern.length > 500) return undefined
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '\\') {
      const next = pattern[++i] ?? ''
      if (/[(){}|+?]/.test(next)) out += extended ? `\\${next}` : next
      else if (/[.*[\]^$/\\&"'#@:,!=<>%~-]/.test(next) && !/[<>]/.test(next))
        out += /[.*[\]^$/\\]/.test(next) ? `\\${next}` : next
      else if (/[sSwtr]/.test(next)) out += `\\${next}`
      else return undefined
    } else if (c === '[') {
      const set = /^\[(\^?)(\]?(?:\[:\w+:\]|[^\]])*)\]/.exec(pattern.slice(i))
      if (set === null) return undefined
      // Every second part is the name of a class.
      const parts = set[2]!
        .split(/\[:(\w+):\]/)
        .map((part, at) => (at % 2 === 1 ? classNamed(part) : part.replace(/\\(?![st])|[[\]]/g, '\\$&')))
      if (parts.includes(undefined)) return undefined
      out += `[${set[1]}${parts.join('')}]`
      i += set[0].length - 1
    } else if (/[(){}|+?]/.test(c)) out += extended ? c : `\\${c}`
    else if (c === '*' && (out === '' || out === '^')) out += '\\*'
    else if (c === '^' && i > 0 && !/[(|]$/.test(out)) out += '\\^'
    else if (c === '$' && i < pattern.length - 1 && !/^[)|]/.test(pattern.slice(i + 1))) out += '\\$'
    else out += c === '/' ? '\\/' : c
  }
  // POSIX takes the longest of several ways, we the first: where one begins another they differ.
  if (extended && out.includes('|')) {
    const ways = out.split(/(?<!\\)[()|]/).filter((way) => way !== '')
    if (ways.some((way, i) => ways.some((other, k) => k !== i && other.startsWith(way)))) return undefined
  }
  return bounded(out, ignoreCase ? 'i' : '')
}

/** A pattern of ours that counts its steps; undefined: it is none, or repeats what has several ways to fit. */
export function bounded(source: string, flags: string): RegExp | undefined {
  const effort = effortOf(source, flags)
  if (effort === undefined) return undefined
  try {
    return new Bounded(source, flags, effort)
  } catch {
    return undefined
  }
}

/** Thrown where matching takes too long. */
export class Slow extends Error {}

/** What `match` gives; undefined: it takes too long. */
export function unlessSlow<T>(match: () => T): T | undefined {
  try {
    return match()
  } catch (error) {
    if (error instanceof Slow) return undefined
    throw error
  }
}

/** What a text of n characters takes at most: n to the power of `degree`, times `ways`. */
interface Effort {
  readonly degree: number
  readonly ways: number
}

/** Steps one pattern may take for all its texts. */
const mostSteps = 2e7

class Bounded extends RegExp {
  // `split` would make one of its own.
  static override readonly [Symbol.species] = RegExp
  readonly #effort: Effort
  #steps = 0

  constructor(source: string, flags: string, effort: Effort) {
    super(source, flags)
    this.#effort = effort
  }

  override exec(text: string): RegExpExecArray | null {
    const { degree, ways } = this.#effort
    if (degree > 1 || ways > 1) this.#steps += (text.length + 1) ** degree * ways
    if (this.#steps > mostSteps) throw new Slow()
    return super.exec(text)
  }
}

/** How long a pattern may go back and forth; undefined: nobody can say. */
function effortOf(source: string, flags: string): Effort | undefined {
  const tokens = source.match(/\\.|\[\^?(?:\\.|[^\]\\])*\]|\(\?:|\{[\d,]*\}|./gs) ?? []
  /** Has what stands before in this group, and in those around it, more than one way to fit? */
  const around: boolean[] = []
  let isOpen = false
  let [ambiguous, scanned, choices] = [0, 0, 0]
  /** What the next quantifier is for. */
  let atom: { readonly isOpen: boolean; readonly set?: string } | undefined
  for (const [i, token] of tokens.entries()) {
    if (token === '(' || token === '(?:') {
      around.push(isOpen)
      ;[isOpen, atom] = [false, undefined]
    } else if (token === ')') {
      atom = { isOpen }
      isOpen = around.pop() === true || isOpen
    } else if (token === '|' || token === '?') {
      if (token === '?' && atom === undefined) return undefined
      choices++
      ;[isOpen, atom] = [true, undefined]
    } else if (token === '*' || token === '+' || /^\{.+\}$/.test(token)) {
      if (atom === undefined || atom.isOpen) return undefined
      const next = tokens.slice(i + 1).find((one) => one !== ')')
      if (/^\{\d+\}$/.test(token)) atom = { isOpen: false }
      else {
        if (atom.set !== undefined && isOther(next, atom.set, flags)) scanned = 1
        else if (next !== undefined) ambiguous++
        ;[isOpen, atom] = [true, undefined]
      }
    } else atom = { isOpen: false, set: token }
  }
  const starts = source.startsWith('^') && !source.includes('|') ? 0 : 1
  return { degree: starts + ambiguous + scanned, ways: 2 ** choices }
}

/** Is that one character, and none of the set? Then what repeats the set ends there, and nowhere else. */
const isOther = (token: string | undefined, set: string, flags: string): boolean =>
  token !== undefined &&
  /^(?:\\[^\w]|[^\\^$.*+?()[\]{}|])$/.test(token) &&
  !new RegExp(`^${set}$`, flags.replace('g', '')).test(token.at(-1)!)
