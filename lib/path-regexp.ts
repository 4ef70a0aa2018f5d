/**
 * The regular expressions that ignore patterns turn into, matched in linear time.
 *
 * moby's pattern matcher writes a Go regular expression and leaves much of the pattern in it as it stands, so
 * `[[:digit:]]` and `\d` mean there what they mean to Go. JavaScript's own engine neither knows all of it nor bounds
 * its time, hence this one. It knows what those expressions can hold: characters, classes, `[^/]*`, `.*`,
 * `(.*\/)?`, escapes and assertions; groups and counts never reach it.
 *
 * Source: Go's regexp/syntax (RE2), flags as regexp.Compile sets them.
 */

/** One step of an expression: a test for one character, the same any number of times, `(.*\/)?`, or a place. */
export type Atom =
  | { readonly kind: 'one' | 'many'; readonly test: Test }
  | { readonly kind: 'folders' }
  | { readonly kind: 'place'; readonly holds: (before: number, after: number) => boolean }

/** Is this code point in the set? Beyond either end of the text stands -1, never asked of a set. */
export type Test = (code: number) => boolean

const slash = 0x2f
const newline = 0x0a

export const literal =
  (code: number): Test =>
  (c) =>
    c === code
export const anything: Test = (c) => c !== newline
const atStart: Atom = { kind: 'place', holds: (before) => before < 0 }
const atEnd: Atom = { kind: 'place', holds: (_, after) => after < 0 }
const boundary = (before: number, after: number): boolean => isWord(before) !== isWord(after)

/** The test whether the whole of a text fits the expression. Its memory is its own and used again for each text. */
export function atomTest(atoms: readonly Atom[]): (text: string) => boolean {
  const end = atoms.length
  let here = new Uint8Array(end + 1)
  let next = new Uint8Array(end + 1)
  return (text) => {
    here.fill(0)
    here[0] = 1
    // Atoms only lead forward: nothing before `first` can be reached again.
    let first = 0
    let before = -1
    for (let at = 0; ; ) {
      const code = at < text.length ? text.codePointAt(at)! : -1
      skipEmpty(atoms, here, first, before, code)
      if (code < 0) return (here[end]! & 1) === 1
      next.fill(0, first)
      let reached = -1
      for (let i = first; i < end; i++) {
        const state = here[i]!
        if (state === 0) continue
        const atom = atoms[i]!
        let to = -1
        if (atom.kind === 'folders') {
          // State 2: inside a folder's name, so the atom can only end at a slash.
          if (code === slash) next[i + 1]! |= 1
          if (code !== newline) next[i]! |= 2
          to = code !== newline ? i : i + 1
        } else if (atom.kind !== 'place' && (state & 1) === 1 && atom.test(code)) {
          to = atom.kind === 'one' ? i + 1 : i
          next[to]! |= 1
        }
        if (to >= 0 && reached < 0) reached = to
      }
      if (reached < 0) return false
      ;[here, next] = [next, here]
      first = reached
      before = code
      at += code > 0xffff ? 2 : 1
    }
  }
}

/** Marks what can be reached without taking a character; atoms only lead forward, so one pass does. */
function skipEmpty(atoms: readonly Atom[], here: Uint8Array, first: number, before: number, after: number): void {
  for (let i = first; i < atoms.length; i++) {
    if ((here[i]! & 1) === 0) continue
    const atom = atoms[i]!
    if (atom.kind === 'one' || (atom.kind === 'place' && !atom.holds(before, after))) continue
    here[i + 1]! |= 1
  }
}

/** What stands outside classes and escapes; `^` is an assertion there, also in the middle. */
export const plain = (code: number): Atom => (code === 0x5e ? atStart : { kind: 'one', test: literal(code) })

/** What `\` and the character `code` mean; undefined: Go rejects it. `digits` are the next two characters. */
export function escaped(code: number, digits: string): { readonly atom: Atom; readonly taken: number } | undefined {
  const letter = String.fromCodePoint(code)
  const places: Readonly<Record<string, Atom>> = {
    A: atStart,
    z: atEnd,
    b: { kind: 'place', holds: boundary },
    B: { kind: 'place', holds: (before, after) => !boundary(before, after) },
  }
  const place = Object.hasOwn(places, letter) ? places[letter] : undefined
  if (place !== undefined) return { atom: place, taken: 0 }
  if (letter === 'p' || letter === 'P') {
    const test = unicodeClass(digits[0] ?? '', letter === 'P')
    return test && { atom: { kind: 'one', test }, taken: 1 }
  }
  const set = perlClass(letter)
  if (set !== undefined) return { atom: { kind: 'one', test: set }, taken: 0 }
  const one = escapedCharacter(code, digits)
  return one && { atom: { kind: 'one', test: literal(one.code) }, taken: one.taken }
}

/**
 * Reads a class whose `[` stands before `from`. `text` is the expression, not the pattern. Undefined: malformed.
 */
export function readSet(
  text: readonly number[],
  from: number,
): { readonly test: Test; readonly end: number } | undefined {
  const at = (i: number): string => (i < text.length ? String.fromCodePoint(text[i]!) : '')
  const negated = at(from) === '^'
  const tests: Test[] = []
  let i = negated ? from + 1 : from
  for (let first = true; first || at(i) !== ']'; first = false) {
    if (i >= text.length) return undefined
    if (at(i) === '[' && at(i + 1) === ':') {
      const close = closingName(text, i + 2)
      if (close >= 0) {
        const test = posixClass(String.fromCodePoint(...text.slice(i + 2, close)))
        if (test === undefined) return undefined
        tests.push(test)
        i = close + 2
        continue
      }
    }
    if (at(i) === '\\') {
      const letter = at(i + 1)
      if (letter === 'p' || letter === 'P') {
        const test = unicodeClass(at(i + 2), letter === 'P')
        if (test === undefined) return undefined
        tests.push(test)
        i += 3
        continue
      }
      const set = perlClass(letter)
      if (set !== undefined) {
        tests.push(set)
        i += 2
        continue
      }
    }
    const low = setCharacter(text, i)
    if (low === undefined) return undefined
    i = low.end
    let high = low.code
    if (at(i) === '-' && i + 1 < text.length && at(i + 1) !== ']') {
      const upper = setCharacter(text, i + 1)
      if (upper === undefined || upper.code < low.code) return undefined
      high = upper.code
      i = upper.end
    }
    tests.push((c) => low.code <= c && c <= high)
  }
  const test = (c: number): boolean => tests.some((t) => t(c)) !== negated
  return { test, end: i + 1 }
}

function closingName(text: readonly number[], from: number): number {
  for (let i = from; i + 1 < text.length; i++) if (text[i] === 0x3a && text[i + 1] === 0x5d) return i
  return -1
}

function setCharacter(
  text: readonly number[],
  at: number,
): { readonly code: number; readonly end: number } | undefined {
  const code = text[at]
  if (code === undefined) return undefined
  if (code !== 0x5c) return { code, end: at + 1 }
  const letter = text[at + 1]
  if (letter === undefined) return undefined
  const one = escapedCharacter(letter, String.fromCodePoint(...text.slice(at + 2, at + 4)))
  return one && { code: one.code, end: at + 2 + one.taken }
}

/** Escapes for one character. Braces never follow `\x`: outside classes the pattern matcher escapes them first. */
function escapedCharacter(code: number, digits: string): { readonly code: number; readonly taken: number } | undefined {
  const letter = String.fromCodePoint(code)
  if (/[0-7]/.test(letter)) {
    const octal = /^[0-7]{0,2}/.exec(digits)![0]
    // A single digit but 0 would refer back to a group, and Go has no such thing.
    return letter !== '0' && octal === ''
      ? undefined
      : { code: Number.parseInt(letter + octal, 8), taken: octal.length }
  }
  if (letter === 'x')
    return /^[0-9a-fA-F]{2}$/.test(digits) ? { code: Number.parseInt(digits, 16), taken: 2 } : undefined
  const control = 'afnrtv'.indexOf(letter)
  if (control >= 0) return { code: [7, 12, 10, 13, 9, 11][control]!, taken: 0 }
  return code < 128 && !/[0-9A-Za-z]/.test(letter) ? { code, taken: 0 } : undefined
}

const ascii =
  (pattern: RegExp): Test =>
  (c) =>
    c >= 0 && c < 128 && pattern.test(String.fromCharCode(c))
const isWord = ascii(/\w/)

function perlClass(letter: string): Test | undefined {
  const lower = { d: ascii(/\d/), s: ascii(/[\t\n\f\r ]/), w: isWord }[letter.toLowerCase()]
  if (lower === undefined) return undefined
  return letter === letter.toLowerCase() ? lower : (c) => !lower(c)
}

const posix: Readonly<Record<string, Test>> = {
  alnum: ascii(/[0-9A-Za-z]/),
  alpha: ascii(/[A-Za-z]/),
  ascii: (c) => c < 128,
  blank: ascii(/[\t ]/),
  cntrl: (c) => c < 32 || c === 127,
  digit: ascii(/\d/),
  graph: (c) => c > 32 && c < 127,
  lower: ascii(/[a-z]/),
  print: (c) => c >= 32 && c < 127,
  punct: ascii(/[!-/:-@[-`{-~]/),
  space: ascii(/[\t-\r ]/),
  upper: ascii(/[A-Z]/),
  word: isWord,
  xdigit: ascii(/[0-9A-Fa-f]/),
}

function posixClass(name: string): Test | undefined {
  const negated = name.startsWith('^')
  const key = negated ? name.slice(1) : name
  if (!Object.hasOwn(posix, key)) return undefined
  const test = posix[key]!
  return negated ? (c) => !test(c) : test
}

/** `\pL` and its kin, by one letter: the long form needs braces. */
function unicodeClass(letter: string, negated: boolean): Test | undefined {
  if (!/^[CLMNPSZ]$/.test(letter)) return undefined
  const pattern = new RegExp(`^\\p{${letter}}$`, 'u')
  return (c) => pattern.test(String.fromCodePoint(c)) !== negated
}
