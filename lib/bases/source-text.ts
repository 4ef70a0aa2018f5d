/** Words and variables of a Dockerfile line, for history rows that hold the line as written (Buildah). */

/**
 * The words of a line: cut at blanks, quotes and backslashes removed, variables replaced outside single quotes. With no
 * `env`, variables stay.
 */
export function dockerfileWords(text: string, env: ReadonlyMap<string, string> | undefined): readonly string[] {
  const words: string[] = []
  const part = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|(\s+)|([^\s'"\\]+|.)/gs
  let word: string | undefined
  for (const [, single, double, escaped, blanks, plain] of text.matchAll(part)) {
    if (blanks !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    const inner = double === undefined ? plain : double.replace(/\\(["\\$])/g, '$1')
    word = (word ?? '') + (single ?? escaped ?? replaceKnown(inner ?? '', env))
  }
  if (word !== undefined) words.push(word)
  return words
}

/** The text of an operand: quotes removed, variables replaced, blanks kept. */
export function replaceVariables(text: string, env: ReadonlyMap<string, string>): string {
  const part = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+|.)/gs
  return text.replace(part, (_, single, double, escaped, plain) => {
    const inner = double === undefined ? plain : double.replace(/\\(["\\$])/g, '$1')
    return single ?? escaped ?? replaceKnown(inner ?? '', env)
  })
}

/** Variables that are not known vanish, as in the builder; `${A:-x}` and `${A:+x}` are read, other forms give the value. */
const replaceKnown = (text: string, env: ReadonlyMap<string, string> | undefined): string =>
  env === undefined
    ? text
    : text.replace(/\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?[^}]*\})/g, (_, bare, braced, form, word) => {
        const value = env.get(bare ?? braced) ?? ''
        if (form === '-') return value === '' ? (word ?? '') : value
        if (form === '+') return value === '' ? '' : (word ?? '')
        return value
      })
