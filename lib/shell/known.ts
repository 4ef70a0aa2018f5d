/**
 * Texts that are not known in full. A value nobody can know (`$(curl …)`, a variable of an unseen base) stands in the
 * text as a mark with a name, so `x-$V.tgz` written and `x-$V.tgz` removed are the same path although V is not known.
 * The marks are two code points that no text may contain (Unicode 23.7, noncharacters).
 */
const open = '\ufdd0'
const close = '\ufdd1'

/** A stand-in for a value that is not known; equal names mean equal values. */
export const unknownText = (name: string): string =>
  `${open}${name.replace(/[\s\ufdd0\ufdd1/]+/g, '_').slice(0, 60)}${close}`

/** True when no part of the text is a stand-in. */
export const isKnown = (text: string): boolean => !text.includes(open)

/** A path up to the first name that a wildcard stands for: what comes behind is no one path. */
export const fixedPart = (path: string): string => {
  const at = path.includes(open) ? path.search(/\ufdd0[*?[]/) : -1
  return at < 0 ? path : path.slice(0, at)
}

/** The text with wildcards where names of files that nobody has listed stand for them. */
export const withWildcards = (text: string): string =>
  text.includes(open) ? text.replace(/\ufdd0([*?]+|\[[^\ufdd1]+\])\ufdd1/g, '$1') : text

/** The text for people: a stand-in is written `${NAME}`. */
export const display = (text: string): string =>
  text.includes(open) || text.includes(close) ? text.replaceAll(open, '${').replaceAll(close, '}') : text

/** True where a text for people, as `display` gives it, has a stand-in in it. */
export const showsStandIn = (text: string): boolean => text.includes('${') && /\$\{[^}]+\}/.test(text)

/** Takes the marks out of foreign text; its length stays. */
export const clean = (text: string): string => text.replace(/[\ufdd0\ufdd1]/g, '\ufffd')

/** Bytes of the known parts in UTF-8. */
export const knownBytes = (text: string): number => utf8Bytes(text.replace(/\ufdd0[^\ufdd1]*\ufdd1/g, ''))

/** Length in UTF-8, counted without making the bytes. */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 4
      i++
    } else bytes += 3
  }
  return bytes
}
