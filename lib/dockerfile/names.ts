/** Names and values that a builder stops at when it comes to them. */
import type { Traits } from '../traits.ts'
import type { Pair } from './operands.ts'

/** Why ENV is refused after replacement; undefined: it is not. Source: moby opts.ValidateEnv (recorded: env-no-name). */
export function refusedPairs(pairs: readonly Pair[], { family }: Traits): string | undefined {
  const nameless = family === 'classic' ? pairs.find(([key]) => key === '') : undefined
  return nameless && `invalid environment variable: =${nameless[1]}`
}

/** Why the default of an ARG is: Buildah up to 1.37 takes this one apart wherever it stands. Recorded with 1.28. */
export function refusedDefault(name: string, value: string | null, traits: Traits): string | undefined {
  if (!traits.platformArgsDeclared || name !== 'TARGETPLATFORM' || value === null) return undefined
  return /^[^/]+\/[^/]+(?:\/[^/]+)?$/.test(value) ? undefined : 'error parsing TARGETPLATFORM argument'
}

/** Why a variable in `COPY --from` is. Recorded with BuildKit 0.25. */
export const refusedFrom = (from: string | null, { fromVariableRefused }: Traits): string | undefined =>
  fromVariableRefused && from?.includes('$')
    ? 'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround'
    : undefined

/** Why the `--checksum` of a download is. Source: opencontainers/go-digest, Validate (recorded: checksum-wrong). */
export function refusedChecksum(text: string | null, sources: readonly string[], traits: Traits): string | undefined {
  if (!text || traits.family === 'classic' || !sources.some((source) => /^https?:\/\//.test(source) && !isGit(source)))
    return undefined
  const [, algorithm = '', digits = ''] = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([0-9a-zA-Z=_-]+)$/.exec(text) ?? []
  const length = { sha256: 64, sha384: 96, sha512: 128 }[algorithm]
  if (algorithm === '') return 'invalid checksum digest format'
  if (length === undefined) return 'unsupported digest algorithm'
  if (digits.length !== length) return 'invalid checksum digest length'
  return /^[a-f0-9]+$/.test(digits) ? undefined : 'invalid checksum digest format'
}

const isGit = (source: string): boolean => /\.git(?:[#?]|$)/.test(source)
