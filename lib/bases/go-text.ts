/** Reads back what Go's `%q`, `%v` and `time.Duration` print: the values inside history rows. */

/**
 * The strings of a quoted list, `["a" "b c"]`. Undefined: the text is no such list.
 *
 * Source: Go's strconv.Quote, which knows \a \b \f \n \r \t \v \\ \" \xNN \uNNNN \UNNNNNNNN.
 */
export function quotedList(text: string): readonly string[] | undefined {
  const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1]
  if (inner === undefined) return undefined
  const words: string[] = []
  let rest = inner.trim()
  while (rest !== '') {
    const quoted = /^"((?:[^"\\]|\\.)*)"\s*/s.exec(rest)
    if (quoted === null) return undefined
    words.push(unquote(quoted[1] ?? ''))
    rest = rest.slice(quoted[0].length)
  }
  return words
}

/** The words of a bare list, `[/a /b]`: a member that holds a blank cannot be told from two. */
export function bareList(text: string): readonly string[] | undefined {
  const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1]
  return inner?.split(' ').filter((word) => word !== '')
}

/** The keys of a printed map of nothing, `map[80/tcp:{} 53/udp:{}]`. */
export function mapKeys(text: string): readonly string[] | undefined {
  const inner = /^map\[(.*)\]$/s.exec(text.trim())?.[1]
  return inner?.split(' ').flatMap((pair) => (pair.endsWith(':{}') ? [pair.slice(0, -3)] : []))
}

const units: Readonly<Record<string, number>> = { h: 3600e9, m: 60e9, s: 1e9, ms: 1e6, us: 1e3, µs: 1e3, ns: 1 }

/** Nanoseconds of a duration, `1m30s` or `500ms`; undefined for anything else. */
export function nanoseconds(text: string): number | undefined {
  if (text === '0') return 0
  let total = 0
  let length = 0
  for (const [part, number = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)) {
    total += Number(number) * (units[unit] ?? 0)
    length += part.length
  }
  return length === text.length && length > 0 ? Math.round(total) : undefined
}

/** The number behind a quoted character, `'\x05'` or `'A'`. */
export function runeNumber(text: string): number | undefined {
  const inner = /^'(.+)'$/s.exec(text)?.[1]
  return inner === undefined ? undefined : unquote(inner).codePointAt(0)
}

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

const unquote = (text: string): string =>
  text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gis, (_, x, u, long, letter) => {
    if (letter !== undefined) return letters[letter] ?? letter
    const code = Number.parseInt(x ?? u ?? long, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
  })
