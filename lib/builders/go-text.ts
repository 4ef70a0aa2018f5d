/** How Go prints lists and strings: the shapes LIST, QLIST, QSTR and QRUNE of the history specification, section 4. */

/** `[/bin/sh -e -c]` */
export const list = (words: readonly string[]): string => `[${words.join(' ')}]`

/** `["/bin/sh" "-c" "echo hi"]` */
export const quotedList = (words: readonly string[]): string => list(words.map(quoted))

const letters: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

/** A double-quoted string: printable characters as they are, the rest escaped. */
export const quoted = (text: string): string => `"${[...text].map((char) => escaped(char, '"')).join('')}"`

/** An integer as a quoted character: 5 is `'\x05'`, 65 is `'A'`, what is no character `'�'`. */
export function quotedRune(code: number): string {
  const valid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return `'${escaped(String.fromCodePoint(valid ? code : 0xfffd), "'")}'`
}

function escaped(char: string, quote: string): string {
  if (char === quote) return `\\${char}`
  const letter = letters[char]
  if (letter !== undefined) return letter
  // ASCII first: classes of all Unicode take longer to compile than most texts to quote.
  if ((char >= ' ' && char <= '~') || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(char)) return char
  const code = char.codePointAt(0)!
  if (code < 0x80) return `\\x${hex(code, 2)}`
  // A lone surrogate cannot come from a text file; Go would have read U+FFFD there.
  if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD'
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')
