/**
 * What is said of the checks that BuildKit makes of its own: `# check=skip=…;error=true`, or the build argument in its place.
 *
 * Source: BuildKit frontend/dockerfile/linter, ParseLintOptions.
 */

import type { Traits } from '../traits.ts'
import type { Directive } from './scan.ts'

/** The text that says it, and its line; undefined: nothing is said, or to a builder that has no checks. */
export function saidOfChecks(
  directives: readonly Directive[],
  buildArgs: Readonly<Record<string, string>>,
  traits: Pick<Traits, 'family' | 'directives'>,
): { readonly value: string; readonly line: number } | undefined {
  if (traits.family !== 'buildkit' || !traits.directives.includes('check')) return undefined
  const directive = directives.find(({ name }) => name === 'check')
  const own = Object.hasOwn(buildArgs, 'BUILDKIT_DOCKERFILE_CHECK') ? buildArgs.BUILDKIT_DOCKERFILE_CHECK : undefined
  const value = own ?? directive?.value
  return value === undefined ? undefined : { value, line: directive?.line ?? 1 }
}

/** What `check=` says; an option that is not known comes back as the refusal. */
export interface CheckOptions {
  /** Names of checks, as written; `all`. */
  readonly skip: readonly string[]
  /** Of those that are only made when asked for. */
  readonly experimental: readonly string[]
  readonly error: boolean
}

/** Reads the value of the directive or of the build argument; a text says why BuildKit does not take it. */
export function checkOptions(value: string): CheckOptions | string {
  let [skip, experimental, error]: [readonly string[], readonly string[], boolean] = [[], [], false]
  for (const option of value.trim() === '' ? [] : value.trim().split(';')) {
    const equals = option.indexOf('=')
    const key = option.slice(0, Math.max(0, equals)).trim()
    const text = option.slice(equals + 1).trim()
    const words = text.split(',').map((word) => word.trim())
    if (equals < 0) return `failed to parse check options: invalid check option ${JSON.stringify(option)}`
    if (key === 'skip') skip = words
    else if (key === 'experimental') experimental = words
    else if (key !== 'error') return `failed to parse check options: invalid check option ${JSON.stringify(key)}`
    else if (yes.test(text)) error = true
    else if (no.test(text)) error = false
    else return `failed to parse check options: failed to parse check option ${JSON.stringify(option)}: invalid syntax`
  }
  return { skip, experimental, error }
}

const yes = /^(?:1|t|T|true|TRUE|True)$/
const no = /^(?:0|f|F|false|FALSE|False)$/
