/** Build arguments that reach RUN without being declared. Source: history specification, section 3. */
import type { Traits } from '../traits.ts'
import type { Build } from './evaluate.ts'
import type { Arg } from './step.ts'

const proxies: ReadonlySet<string> = new Set(['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY'])

/** Is this a proxy variable, all in upper or all in lower case, to this builder? */
export const isProxy = (name: string, traits: Traits): boolean => {
  const upper = name.toUpperCase()
  const sameCase = name === upper || name === name.toLowerCase()
  return sameCase && (proxies.has(upper) || (upper === 'ALL_PROXY' && traits.allProxy))
}

/** Proxies that the build was given, as Buildah's ARG rows name them although nothing declares them. */
export const shownProxies = ({ traits, buildArgs }: Pick<Build, 'traits' | 'buildArgs'>): readonly Arg[] =>
  traits.argRow === 'names' ? Object.entries(buildArgs).filter(([name]) => isProxy(name, traits)) : []
