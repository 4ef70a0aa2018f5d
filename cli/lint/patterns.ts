/** Patterns as in `.gitignore`: the one door to ignore. */
import ignoring from 'ignore'

/** Some patterns; a later one wins, `!` takes back. */
export interface Patterns {
  /** For a path relative to where the patterns stand, `/` between parts, a folder with `/` at its end; never one that leaves it. */
  readonly fits: (path: string) => boolean
}

/** Reads patterns, one a line. */
export function patterns(text: string | readonly string[]): Patterns {
  const rules = ignoring().add(text)
  return { fits: (path) => ignoring.isPathValid(path) && rules.ignores(path) }
}
