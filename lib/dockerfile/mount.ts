/** The value of RUN --mount, option by option. Source: Dockerfile reference, RUN --mount. */

import type { Traits } from '../traits.ts'
import { resolvePath } from './paths.ts'

/** `type=bind,from=build,target=/src` by name in lower case; '' for an option without a value, the last one where there are several. */
export const mountOptions = (value: string): ReadonlyMap<string, string> =>
  new Map(
    value.split(',').map((pair): [string, string] => {
      const equals = pair.indexOf('=')
      return equals < 0
        ? [pair.trim().toLowerCase(), '']
        : [pair.slice(0, equals).trim().toLowerCase(), pair.slice(equals + 1)]
    }),
  )

/** Where it says that it is mounted; undefined: it does not. */
export const mountTarget = (options: ReadonlyMap<string, string>): string | undefined =>
  options.get('target') ?? options.get('dst') ?? options.get('destination')

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh']
const owned = ['cache', 'secret', 'ssh']
const truths = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/
const byteCount = /^\d+(?:\.\d+)? ?(?:[kmgtp]i?)?b?$/i

/**
 * Why BuildKit refuses the value of --mount, in its words; undefined: it does not. What is quoted or holds a variable is
 * not judged. Source: docker 20.10 and 28.5, asked with one value of each kind.
 */
export function mountRefusal(value: string, { mountSize, envSecrets }: Traits): string | undefined {
  if (/["$]/.test(value)) return undefined
  let type = 'bind'
  const given = new Map<string, string>()
  for (const field of value.split(',')) {
    const equals = field.indexOf('=')
    const key = (equals < 0 ? field : field.slice(0, equals)).toLowerCase()
    const said = equals < 0 ? 'true' : field.slice(equals + 1)
    const isSwitch = /^(?:readonly|ro|readwrite|rw|required)$/.test(key)
    if (equals < 0 && !isSwitch) return `invalid field '${field}' must be a key=value pair`
    const misplaced =
      (key === 'required' && type !== 'secret' && type !== 'ssh') || (key === 'size' && mountSize && type !== 'tmpfs')
    if (misplaced) return `unexpected key '${key}' for mount type '${type}'`
    if ((isSwitch && !truths.test(said)) || (key === 'size' && mountSize && !byteCount.test(said)))
      return `invalid value for ${key}: ${said}`
    if (key === 'type') {
      if (!types.includes(said)) return `unsupported mount type "${said}"`
      type = said
    } else if (key === 'sharing') {
      if (!/^(?:shared|private|locked)$/.test(said)) return `unsupported sharing value "${said}"`
    } else if (key === 'mode' || key === 'uid' || key === 'gid') {
      if (!(key === 'mode' ? /^[0-7]+$/ : /^\d+$/).test(said)) return `invalid value ${said} for ${key}`
    } else if (
      !isSwitch &&
      !['from', 'source', 'src', 'target', 'dst', 'destination', 'id'].includes(key) &&
      !(key === 'size' && mountSize) &&
      !(key === 'env' && envSecrets)
    )
      return `unexpected key '${key}' in '${field}'`
    given.set(key, said)
  }
  for (const key of owned.includes(type) ? [] : ['mode', 'uid', 'gid'])
    if (given.has(key)) return `${key} not allowed for "${type}" type mounts`
  if (given.has('sharing') && type !== 'cache') return `invalid cache sharing set for ${type} mount`
  if (type !== 'secret') return undefined
  const source = given.get('source') ?? given.get('src')
  if (!source && !mountTarget(given) && !given.get('id')) return 'invalid secret mount. one of source, target required'
  return source && given.get('id') ? "both source and id can't be set" : undefined
}

/** The same of where it would be mounted. `workdir`: of the stage at that point. */
function targetRefusal(value: string, workdir: string): string | undefined {
  const options = mountOptions(value)
  if (/["$]/.test(value) || /^(?:secret|ssh)$/.test(options.get('type') ?? '')) return undefined
  return resolvePath(workdir, mountTarget(options) ?? '') === '/' ? 'invalid mount target "/"' : undefined
}

/** Why BuildKit refuses one of the values when it comes to their RUN; undefined: it refuses none. */
export function refusedMount(values: readonly string[], workdir: string, traits: Traits): string | undefined {
  if (traits.family !== 'buildkit') return undefined
  for (const value of values) {
    const refusal = mountRefusal(value, traits) ?? targetRefusal(value, workdir)
    if (refusal !== undefined) return refusal
  }
  return undefined
}
