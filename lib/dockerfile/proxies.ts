/** Build arguments that reach RUN without being declared. Source: history specification, section 3. */
import type { Traits } from '../traits.ts'
import type { Build } from './evaluate.ts'
import type { Scope } from './scope.ts'
import type { Arg } from './step.ts'

const proxies: ReadonlySet<string> = new Set(['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY'])

/** Is this a proxy variable, all in upper or all in lower case, to this builder? */
export const isProxy = (name: string, traits: Traits): boolean => {
  const upper = name.toUpperCase()
  const sameCase = name === upper || name === name.toLowerCase()
  return sameCase && (proxies.has(upper) || (upper === 'ALL_PROXY' && traits.allProxy))
}

/** Proxies that the build was given. */
export const givenProxies = ({ traits, buildArgs }: Pick<Build, 'traits' | 'buildArgs'>): readonly Arg[] =>
  Object.entries(buildArgs).filter(([name]) => isProxy(name, traits))

/** Names of those that no line of the stage declares. */
export const undeclaredProxies = (
  build: Pick<Build, 'traits' | 'buildArgs'>,
  args: readonly Arg[],
): readonly string[] =>
  givenProxies(build).flatMap(([name]) => (args.some(([declared]) => declared === name) ? [] : [name]))

/** Proxies that the build was given, as Buildah's ARG rows name them although nothing declares them. */
export const shownProxies = (build: Pick<Build, 'traits' | 'buildArgs'>): readonly Arg[] =>
  build.traits.argRow === 'names' ? givenProxies(build) : []

/** The same as variables of a stage, where ENV does not set them. BuildKit's lines know none. (recorded: proxies-undeclared) */
export const stageProxies = (
  build: Pick<Build, 'traits' | 'buildArgs'>,
  env: Scope,
): readonly (readonly [string, string])[] =>
  build.traits.family === 'buildkit'
    ? []
    : givenProxies(build).flatMap(([name, value]) =>
        env.get(name) === undefined ? [[name, value ?? ''] as const] : [],
      )

/** Variables of a RUN that no line sets: BuildKit hands proxies to it in both cases of letters. */
export const runProxies = (build: Pick<Build, 'traits' | 'buildArgs'>): readonly (readonly [string, string])[] =>
  build.traits.family === 'buildkit'
    ? givenProxies(build).flatMap(([name, value]) =>
        [name.toUpperCase(), name.toLowerCase()].map((key) => [key, value ?? ''] as const),
      )
    : []
