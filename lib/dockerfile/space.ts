/** White space as Go's unicode.IsSpace knows it; JavaScript's own class differs (U+0085, U+FEFF). */
export const isSpace = (code: number): boolean =>
  code === 32 ||
  (code >= 9 && code <= 13) ||
  (code >= 0x85 &&
    (code === 0x85 ||
      code === 0xa0 ||
      code === 0x1680 ||
      (code >= 0x2000 && code <= 0x200a) ||
      code === 0x2028 ||
      code === 0x2029 ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0x3000))

/** Index of the first character that is no white space, from `at` on. */
export function skipSpace(text: string, at = 0): number {
  let i = at
  while (i < text.length && isSpace(text.charCodeAt(i))) i++
  return i
}

/** Both ends trimmed. */
export function trimSpace(text: string): string {
  const start = skipSpace(text)
  let end = text.length
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

/** Cuts at runs of blanks, tabs, `\v`, `\f`, `\r`: the class that separates a keyword and plain words. */
export const splitBlanks = (text: string): readonly string[] => (text === '' ? [] : text.split(/[\t\v\f\r ]+/))
