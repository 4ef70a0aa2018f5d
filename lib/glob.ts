/** Wildcards in the sources of COPY and ADD: Go's file name patterns. */

/**
 * Does `pattern` match all of `name`? Undefined: the pattern is malformed, as far as Go notices (it stops
 * reading at the first part that does not fit).
 *
 * `*` any run without `/`, `?` one character but `/`, `[a-z]` and `[^a-z]` one of a class, `\` takes the next
 * character as it is. Time grows with the product of the two lengths at most.
 *
 * Source: Go's path/filepath, Match.
 */
export function matchGlob(pattern: string, name: string): boolean | undefined {
  let rest = asBytes(pattern)
  let text = asBytes(name)
  while (rest !== '') {
    const stars = leadingStars(rest)
    const end = partEnd(rest, stars)
    const part = rest.slice(stars, end)
    rest = rest.slice(end)
    if (stars > 0 && part === '') return !text.includes('/')
    // A part in the middle takes the first place that fits; the last one has to reach the end.
    let found: number | undefined
    for (let at = 0; ; at++) {
      const stop = matchPart(part, text, at)
      if (stop === 'malformed') return undefined
      if (stop >= 0 && (rest !== '' || stop === text.length)) {
        found = stop
        break
      }
      if (stars === 0 || at >= text.length || text[at] === '/') break
    }
    if (found === undefined) return false
    text = text.slice(found)
  }
  return text === ''
}

/** Go matches bytes and decodes where it needs a character, so a name becomes one unit for each UTF-8 byte. */
export function asBytes(text: string): string {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 127)
      return Array.from(new TextEncoder().encode(text), (b) => String.fromCharCode(b)).join('')
  }
  return text
}

function leadingStars(pattern: string): number {
  let stars = 0
  while (pattern[stars] === '*') stars++
  return stars
}

/** Where the next `*` outside a class begins. */
function partEnd(pattern: string, from: number): number {
  let inClass = false
  for (let i = from; i < pattern.length; i++) {
    const c = pattern[i]
    if (c === '\\') i++
    else if (c === '[') inClass = true
    else if (c === ']') inClass = false
    else if (c === '*' && !inClass) return i
  }
  return pattern.length
}

/** Where in `text` a starless part ends that begins at `from`; -1: it does not fit. */
function matchPart(part: string, text: string, from: number): number | 'malformed' {
  let at = from
  let fits = true
  for (let i = 0; i < part.length; ) {
    fits &&= at < text.length
    const c = part[i]!
    if (c === '[') {
      const [code, width]: Decoded = fits ? decode(text, at) : [0, 0]
      at += width
      const set = readClass(part, i + 1)
      if (set === undefined) return 'malformed'
      fits &&= set.ranges.some(([low, high]): boolean => low <= code && code <= high) !== set.negated
      i = set.end
    } else if (c === '?') {
      fits &&= text[at] !== '/'
      if (fits) at += decode(text, at)[1]
      i++
    } else {
      if (c === '\\' && ++i >= part.length) return 'malformed'
      fits &&= part[i] === text[at]
      at++
      i++
    }
  }
  return fits ? at : -1
}

/** What is in a class: code points, or bytes where a name is read as such. */
interface Class {
  readonly ranges: readonly (readonly [low: number, high: number])[]
  readonly negated: boolean
  readonly end: number
}

/** Members of a `[class]` whose bracket stands before `from`; undefined: it is malformed. `end` is behind the last bracket. */
export function readClass(part: string, from: number): Class | undefined {
  const negated = part[from] === '^'
  const ranges: [number, number][] = []
  let i = negated ? from + 1 : from
  while (part[i] !== ']' || ranges.length === 0) {
    const low = classCharacter(part, i)
    if (low === undefined) return undefined
    const high = part[low.end] === '-' ? classCharacter(part, low.end + 1) : low
    if (high === undefined) return undefined
    ranges.push([low.code, high.code])
    i = high.end
  }
  return { ranges, negated, end: i + 1 }
}

/** One member of a class; never the last thing in a pattern, since the bracket has to follow. */
function classCharacter(part: string, from: number): { readonly code: number; readonly end: number } | undefined {
  const first = part[from]
  if (first === undefined || first === '-' || first === ']') return undefined
  const at = first === '\\' ? from + 1 : from
  if (at >= part.length) return undefined
  const [code, width] = decode(part, at)
  const end = at + width
  return end >= part.length || (code === 0xfffd && width === 1) ? undefined : { code, end }
}

type Decoded = readonly [code: number, width: number]

/** The character that begins at a byte, and its length in bytes; a stray byte is U+FFFD of length 1. */
export function decode(bytes: string, at: number): Decoded {
  const lead = bytes.charCodeAt(at)
  const width = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
  if (width === 1) return [lead, 1]
  let code = lead & (0x7f >> width)
  for (let i = 1; i < width; i++) {
    const byte = bytes.charCodeAt(at + i)
    if ((byte & 0xc0) !== 0x80) return [0xfffd, 1]
    code = (code << 6) | (byte & 0x3f)
  }
  return width === 0 ? [0xfffd, 1] : [code, width]
}
