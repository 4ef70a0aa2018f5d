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

/** The characters for which `isSpace` is false. */
const noSpace = /[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g

/** Index of the first character that is no white space, from `at` on. */
export function skipSpace(text: string, at = 0): number {
  noSpace.lastIndex = at
  return noSpace.test(text) ? noSpace.lastIndex - 1 : Math.max(at, text.length)
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
