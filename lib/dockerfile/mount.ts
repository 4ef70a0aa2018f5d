/** The value of RUN --mount, option by option. Source: Dockerfile reference, RUN --mount. */

import { meant } from '../spelling.ts'
import type { Traits } from '../traits.ts'
import { resolvePath } from './paths.ts'

/** One field of the value: `type=cache` or `ro`, its key in lower case. */
interface Field {
  readonly field: string
  readonly key: string
  readonly said: string | undefined
}

const fieldsOf = (value: string): readonly Field[] =>
  value.split(',').map((field) => {
    const equals = field.indexOf('=')
    return equals < 0
      ? { field, key: field.toLowerCase(), said: undefined }
      : { field, key: field.slice(0, equals).toLowerCase(), said: field.slice(equals + 1) }
  })

/** `type=bind,from=build,target=/src` by name in lower case; '' for an option without a value, the last one where there are several. */
export const mountOptions = (value: string): ReadonlyMap<string, string> =>
  new Map(fieldsOf(value).map(({ key, said = '' }) => [key.trim(), said]))

/** Where it says that it is mounted; undefined: it does not. */
export const mountTarget = (options: ReadonlyMap<string, string>): string | undefined =>
  options.get('target') ?? options.get('dst') ?? options.get('destination')

/** What a key may be given. */
interface Key {
  readonly fits?: RegExp
  readonly wrong?: (said: string, key: string) => string
  /** All it may be given, where that is named in the refusal. */
  readonly words?: readonly string[]
  /** Types it goes with, as said before it; any without. */
  readonly types?: readonly string[]
  /** May stand without a value. */
  readonly bare?: true
  readonly since?: 'mountSize' | 'envSecrets'
}

const invalid = (said: string, key: string): string => `invalid value for ${key}: ${said}`
const flag: Key = { fits: /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/, wrong: invalid, bare: true }
const number: Key = { fits: /^\d+$/, wrong: (said, key) => `invalid value ${said} for ${key}` }
const plain: Key = {}
const oneOf = (what: string, words: readonly string[]): Key => ({
  words,
  wrong: (said) => `unsupported ${what} "${said}"`,
})

// In BuildKit's order: of two that a misspelt one is equally near, it names the first.
const keys: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['type', oneOf('mount type', ['bind', 'cache', 'tmpfs', 'secret', 'ssh'])],
  ['from', plain],
  ['source', plain],
  ['target', plain],
  ['readonly', flag],
  ['id', plain],
  ['sharing', oneOf('sharing value', ['shared', 'private', 'locked'])],
  ['required', { ...flag, types: ['secret', 'ssh'] }],
  ['size', { fits: /^\d+(?:\.\d+)? ?(?:[kmgtp]i?)?b?$/i, wrong: invalid, types: ['tmpfs'], since: 'mountSize' }],
  ['mode', { ...number, fits: /^[0-7]+$/ }],
  ['uid', number],
  ['gid', number],
  ...['src', 'dst', 'destination'].map((key): [string, Key] => [key, plain]),
  ...['ro', 'rw', 'readwrite'].map((key): [string, Key] => [key, flag]),
  ['env', { since: 'envSecrets' }],
])

/** Keys of an owner, and the types that have one. */
const ownerKeys = ['mode', 'uid', 'gid']
const owned = ['cache', 'secret', 'ssh']

/**
 * Why BuildKit refuses the value of --mount, in its words; undefined: it does not. What is quoted or holds a variable is
 * not judged. Source: docker 20.10 and 28.5, asked with one value of each kind.
 */
export function mountRefusal(value: string, traits: Traits): string | undefined {
  if (/["$]/.test(value)) return undefined
  const given = new Map([['type', 'bind']])
  for (const field of fieldsOf(value)) {
    const refusal = fieldRefusal(field, given.get('type')!, traits)
    if (refusal !== undefined) return refusal
    given.set(field.key, field.said ?? 'true')
  }
  return settingRefusal(given) ?? (given.get('type') === 'secret' ? secretRefusal(given) : undefined)
}

/** The same of one field, after those that named this type. */
function fieldRefusal({ field, key, said }: Field, type: string, traits: Traits): string | undefined {
  const known = keys.get(key)
  const rule = known?.since && !traits[known.since] ? undefined : known
  if (said === undefined && !rule?.bare) return `invalid field '${field}' must be a key=value pair`
  const hint = (word: string, words: readonly string[]) => (traits.suggests === 'nothing' ? '' : meant(word, words))
  if (!rule) return `unexpected key '${key}' in '${field}'${hint(key, [...keys.keys()])}`
  if (rule.types && !rule.types.includes(type)) return `unexpected key '${key}' for mount type '${type}'`
  const word = said ?? 'true'
  if (rule.words && !rule.words.includes(word)) return `${rule.wrong?.(word, key)}${hint(word, rule.words)}`
  return rule.fits?.test(word) === false ? rule.wrong?.(word, key) : undefined
}

/** The same of settings that do not go with the type, wherever they stand. */
function settingRefusal(given: ReadonlyMap<string, string>): string | undefined {
  const type = given.get('type')!
  const key = owned.includes(type) ? undefined : ownerKeys.find((one) => given.has(one))
  if (key) return `${key} not allowed for "${type}" type mounts`
  return given.has('sharing') && type !== 'cache' ? `invalid cache sharing set for ${type} mount` : undefined
}

/** The same of a secret as a whole. */
function secretRefusal(given: ReadonlyMap<string, string>): string | undefined {
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

const buildahSecretKeys = ['type', 'id', 'target', 'dst', 'destination', 'required', 'mode', 'uid', 'gid']

const buildahSwitches = ['ro', 'readonly', 'rw', 'readwrite']

// Source: buildah internal/volumes, GetBindMount, GetCacheMount, GetTmpfsMount (recorded: mount-keys).
const buildahKeys: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    bind: 'rw readwrite from source src bind-propagation bind-nonrecursive no-dereference relabel consistency Z z U',
    cache: 'rw readwrite from source src bind-propagation no-dereference relabel id sharing mode uid gid Z z U',
    tmpfs: 'tmpcopyup tmpfs-size tmpfs-mode',
  }).map(([type, own]) => [
    type,
    new Set(
      `type target dst destination ro readonly nosuid nodev noexec ${own}`
        .concat(' shared rshared private rprivate slave rslave unbindable runbindable')
        .split(' ')
        .map((key) => key.toLowerCase()),
    ),
  ]),
)

/** Why Buildah refuses a value; undefined: it does not. Source: buildah run_common.go, internal/volumes (recorded: mount-types). */
function buildahRefusal(value: string, { mountsRelative, mountSwitchesBare }: Traits): string | undefined {
  const options = mountOptions(value)
  const type = options.get('type') ?? 'bind'
  if (!/^(?:bind|cache|tmpfs|secret|ssh)$/.test(type)) return `invalid mount type "${type}"`
  if (type === 'secret' && [...options.keys()].some((key) => !buildahSecretKeys.includes(key)))
    return 'secret should have syntax id=id[,target=path,required=bool,mode=uint,uid=uint,gid=uint'
  const known = buildahKeys.get(type)
  for (const { key, said } of known ? fieldsOf(value) : []) {
    if (!known?.has(key.trim())) return `${key}: invalid mount option`
    if (said !== undefined && mountSwitchesBare && buildahSwitches.includes(key))
      return `${key}: must not provide an argument for option`
  }
  // Its caches can be written to, and it is not told so twice. Between 1.28 and 1.39 no release was looked at.
  if (type === 'cache' && !mountSwitchesBare && (options.has('rw') || options.has('readwrite')))
    return `invalid options "rw, shared, rw, bind", can only specify 1 'rw' or 'ro' option`
  const target = known && mountTarget(options)
  return target === undefined || target.startsWith('/') || mountsRelative
    ? undefined
    : `invalid container path "${target}", must be an absolute path`
}

/** Why a builder refuses one of the values when it comes to their RUN; undefined: it refuses none. */
export function refusedMount(values: readonly string[], workdir: string, traits: Traits): string | undefined {
  if (traits.family === 'classic') return undefined
  for (const value of values) {
    const refusal =
      traits.family === 'buildah'
        ? buildahRefusal(value, traits)
        : (mountRefusal(value, traits) ?? targetRefusal(value, workdir))
    if (refusal !== undefined) return refusal
  }
  return undefined
}
