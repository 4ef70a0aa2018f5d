/** What is wrong with an ignore file, as the builders tell it. */
import { compilePatterns, type IgnoreDialect, readIgnore } from '../dockerignore.ts'
import { matchGlob } from '../glob.ts'
import { kept } from '../kept.ts'
import type { Context, Family, Problem } from '../model.ts'
import type { Traits } from '../traits.ts'

// Every COPY asks.
const malformedIn = (dialect: IgnoreDialect): ((ignore: string) => string | undefined) =>
  kept(16, (ignore) => compilePatterns(readIgnore(ignore, dialect), dialect).malformed)
const malformedInMoby = malformedIn('moby')
const malformedInBuildah = malformedIn('buildah')

export interface IgnoreFault {
  readonly message: string
  /** It is seen only when paths are held against the patterns. */
  readonly late: boolean
}

/**
 * The first pattern of a context's ignore file that cannot be read; undefined: all can.
 * Source: moby/patternmatcher, New; containers/buildah add.go (recorded: ignore-malformed).
 */
export function ignoreFault({ ignore }: Context, family: Family): IgnoreFault | undefined {
  const malformed = family === 'buildah' ? malformedInBuildah(ignore) : malformedInMoby(ignore)
  if (malformed === undefined) return undefined
  const text = malformed.replace(/^!/, '')
  const why = text === '' ? 'illegal exclusion pattern: "!"' : 'syntax error in pattern'
  const late = text !== '' && matchGlob(text, '.') !== undefined
  if (family === 'classic') return { message: `checking context: ${why}`, late }
  if (family === 'buildah') return { message: `processing excludes list [${malformed}]: ${why}`, late }
  return { message: late ? `failed to match excludepatterns: ${why}` : why, late }
}

/** The same where the file is read before anything is built. */
export function ignoreProblems(context: Context | undefined, traits: Traits): readonly Problem[] {
  const { family, ignoreReadFirst } = traits
  const fault = ignoreReadFirst && context !== undefined ? ignoreFault(context, family) : undefined
  if (fault === undefined || (fault.late && family !== 'classic')) return []
  return [{ severity: 'error', message: fault.message, refuses: true }]
}
