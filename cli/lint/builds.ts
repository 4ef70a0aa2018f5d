/** Build sections of compose files and of `docker buildx bake` files: which Dockerfile, which context, target and arguments. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UserError } from '../../lib/error.ts'
import { type HclBody, type HclValue, parseHcl, type Scope } from '../../lib/hcl.ts'
import { parseYaml } from '../../lib/yaml.ts'
import type { Placed } from '../config.ts'
import { reason } from '../output.ts'
import type { World } from '../world.ts'

/** One build that a file describes. */
export interface Build {
  /** For messages: the service or the target. */
  readonly name: string
  /** Absolute; undefined: what is built lies elsewhere. */
  readonly context: string | undefined
  /** Absolute path of the Dockerfile. */
  readonly file: string
  /** Its text, where it stands in the build section itself. */
  readonly inline: string | undefined
  readonly target: string | undefined
  readonly args: Readonly<Record<string, string>>
  readonly contexts: Readonly<Record<string, Placed>>
  readonly platform: string | undefined
}

/** Builds, and those that cannot be looked at, each with the reason. */
export interface Builds {
  readonly builds: readonly Build[]
  readonly skipped: readonly string[]
}

/** Reads the build sections of a file. Throws UserError where it cannot be read or makes no sense. */
export function readBuilds(file: string, shown: string, world: World): Builds {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new UserError(`${shown}: ${reason(error)}`, { cause: error })
  }
  if (/\.ya?ml$/i.test(file)) return composeBuilds(text, file, shown, world)
  return bakeBuilds(/\.json$/i.test(file) ? jsonBody(text, shown) : hclBody(text, shown), file, world)
}

type Plain = { readonly [key: string]: unknown }
const isMap = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined
const isElsewhere = (context: string): boolean => /^[a-z+]+:\/\/|^git@|^github\.com\//i.test(context)

// ---- compose: Compose specification, build.md and interpolation ------------------------------------------------

function composeBuilds(text: string, file: string, shown: string, world: World): Builds {
  const yaml = parseYaml(text, 'text')
  const [problem] = yaml.problems
  if (problem) throw new UserError(`${shown}:${problem.line}:${problem.column}: not YAML: ${problem.message}`)
  const folder = dirname(file)
  const variables = { ...dotenv(join(folder, '.env')), ...world.env }
  const fill = (value: unknown): string | undefined => {
    const plain = textOf(value)
    return plain === undefined ? undefined : interpolated(plain, variables)
  }
  const services = isMap(yaml.value) && isMap(yaml.value.services) ? yaml.value.services : {}
  const builds: Build[] = []
  const skipped: string[] = []
  for (const [name, service] of Object.entries(services)) {
    if (!isMap(service) || service.build === undefined || service.build === null) continue
    const section: Plain = isMap(service.build) ? service.build : { context: service.build }
    const where = fill(section.context) ?? '.'
    if (isElsewhere(where)) {
      skipped.push(`service ${name}: ${where} is not here`)
      continue
    }
    const context = resolve(folder, where)
    const platforms = Array.isArray(section.platforms) ? section.platforms : []
    builds.push({
      name: `service ${name}`,
      context,
      file: resolve(context, fill(section.dockerfile) ?? 'Dockerfile'),
      inline: fill(section.dockerfile_inline),
      target: fill(section.target),
      args: pairsOf(section.args, fill, world),
      contexts: placedBy(pairsOf(section.additional_contexts, fill, world), folder),
      platform: fill(platforms[0]) ?? fill(service.platform),
    })
  }
  return { builds, skipped }
}

/** A map, or a list of `K=V`; a name without a value takes it from the environment. */
function pairsOf(
  value: unknown,
  fill: (value: unknown) => string | undefined,
  world: World,
): Readonly<Record<string, string>> {
  const pairs: [string, string][] = []
  const add = (key: string, text: string | undefined): void => {
    const said = text ?? world.env[key]
    if (said !== undefined) pairs.push([key, said])
  }
  if (isMap(value)) for (const [key, one] of Object.entries(value)) add(key, one === '' ? undefined : fill(one))
  if (Array.isArray(value))
    for (const one of value) {
      const text = fill(one) ?? ''
      const equals = text.indexOf('=')
      add(equals < 0 ? text : text.slice(0, equals), equals < 0 ? undefined : text.slice(equals + 1))
    }
  return Object.fromEntries(pairs)
}

const placedBy = (contexts: Readonly<Record<string, string>>, folder: string): Readonly<Record<string, Placed>> =>
  Object.fromEntries(Object.entries(contexts).map(([name, text]) => [name, { text, folder }]))

function dotenv(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {}
  const lines = readFileSync(file, 'utf8').split(/\r?\n/)
  return Object.fromEntries(
    lines.flatMap((line): [string, string][] => {
      const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
      return name === undefined ? [] : [[name, value.replace(/^(['"])(.*)\1$/s, '$2')]]
    }),
  )
}

/** `$V`, `${V}`, `${V:-default}`, `${V-default}`, `${V:+other}`, `$$`. What is not set is empty. */
function interpolated(text: string, variables: Readonly<Record<string, string | undefined>>): string {
  return text.replace(
    /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-+?])((?:[^{}]|\{[^{}]*\})*))?\}|\$([A-Za-z_]\w*)/g,
    (whole, braced?: string, op?: string, word = '', bare?: string) => {
      if (whole === '$$') return '$'
      const value = variables[braced ?? bare ?? '']
      const there = op?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined
      if (op?.endsWith('+')) return there ? interpolated(word, variables) : ''
      if (op?.endsWith('-') && !there) return interpolated(word, variables)
      return value ?? ''
    },
  )
}

// ---- bake: Docker docs, Bake file reference --------------------------------------------------------------------

function hclBody(text: string, shown: string): HclBody {
  const body = parseHcl(text)
  if ('problem' in body) throw new UserError(`${shown}:${body.line}: not HCL: ${body.problem}`)
  return body
}

/** The same structure written as JSON; `${…}` in its texts counts too. */
function jsonBody(text: string, shown: string): HclBody {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UserError(`${shown}: not JSON: ${reason(error)}`, { cause: error })
  }
  const blocks = Object.entries(isMap(value) ? value : {}).flatMap(([type, named]) =>
    Object.entries(isMap(named) ? named : {}).map(([label, body]) => ({
      type,
      labels: [label],
      body: {
        attributes: new Map(Object.entries(isMap(body) ? body : {}).map(([key, one]) => [key, lazily(one)])),
        blocks: [],
      },
    })),
  )
  return { attributes: new Map(), blocks }
}

function lazily(value: unknown): (scope: Scope) => HclValue {
  if (typeof value === 'string' && value.includes('${')) {
    const body = parseHcl(`x = ${JSON.stringify(value)}\n`)
    const found = 'problem' in body ? undefined : body.attributes.get('x')
    return found ?? (() => undefined)
  }
  if (Array.isArray(value)) {
    const items = value.map(lazily)
    return (scope) => items.map((item) => item(scope))
  }
  if (isMap(value)) {
    const pairs = Object.entries(value).map(([key, one]) => [key, lazily(one)] as const)
    return (scope) => Object.fromEntries(pairs.map(([key, one]) => [key, one(scope)]))
  }
  return () => value as HclValue
}

/** Inheritance deeper than this is a circle. */
const deepest = 20
/** Builds that one matrix makes, at most. */
const mostOfMatrix = 200

function bakeBuilds({ blocks, attributes }: HclBody, file: string, world: World): Builds {
  const named = (type: string) => blocks.filter((block) => block.type === type && block.labels.length > 0)
  const targets = new Map(named('target').map(({ labels, body }) => [labels[0]!, body]))
  const variables = new Map(named('variable').map(({ labels, body }) => [labels[0]!, body.attributes.get('default')]))
  const busy = new Set<string>()
  const globals: Scope = (name) => {
    const outer = variables.has(name) ? world.env[name] : undefined
    if (outer !== undefined) return outer
    const value = variables.get(name) ?? attributes.get(name)
    if (value === undefined || busy.has(name)) return undefined
    busy.add(name)
    const result = value(globals)
    busy.delete(name)
    return result
  }
  const texts = (value: HclValue): readonly string[] =>
    Array.isArray(value) ? value.flatMap((one: HclValue) => textOf(one) ?? []) : []
  const grouped = new Set(named('group').flatMap(({ body }) => texts(body.attributes.get('targets')?.(globals))))
  const inherited = new Set([...targets.values()].flatMap((body) => texts(body.attributes.get('inherits')?.(globals))))
  const builds: Build[] = []
  const skipped: string[] = []
  for (const [name, body] of targets) {
    if (inherited.has(name) && !grouped.has(name)) continue
    for (const scope of matrixOf(body, globals)) {
      const build = bakeBuild(name, attributesOf(name, targets, scope), scope, file)
      if (typeof build === 'string') skipped.push(build)
      else builds.push(build)
    }
  }
  return { builds, skipped }
}

/** One scope for each combination of a matrix; the one given where there is none. */
function matrixOf(body: HclBody, globals: Scope): readonly Scope[] {
  const matrix = body.attributes.get('matrix')?.(globals)
  if (!isMap(matrix)) return [globals]
  let scopes: readonly Scope[] = [globals]
  for (const [key, values] of Object.entries(matrix)) {
    if (!Array.isArray(values)) continue
    scopes = scopes.flatMap((scope) =>
      values.map(
        (value: HclValue): Scope =>
          (name) =>
            name === key ? value : scope(name),
      ),
    )
  }
  return scopes.slice(0, mostOfMatrix)
}

/** Attributes of a target, those it inherits first: a later one wins, maps are laid over each other. */
function attributesOf(
  name: string,
  targets: ReadonlyMap<string, HclBody>,
  scope: Scope,
  depth = 0,
): Readonly<Record<string, HclValue>> {
  const body = targets.get(name)
  if (body === undefined || depth > deepest) return {}
  const own = Object.fromEntries([...body.attributes].map(([key, value]) => [key, value(scope)]))
  const parents = Array.isArray(own.inherits) ? own.inherits : []
  const all = [...parents.map((one: HclValue) => attributesOf(String(one), targets, scope, depth + 1)), own]
  const result: Record<string, HclValue> = {}
  for (const one of all)
    for (const [key, value] of Object.entries(one)) {
      const before = result[key]
      result[key] = isMap(before) && isMap(value) ? ({ ...before, ...value } as HclValue) : value
    }
  return result
}

function bakeBuild(name: string, said: Readonly<Record<string, HclValue>>, scope: Scope, file: string): Build | string {
  const folder = dirname(file)
  const where = textOf(said.context) ?? '.'
  if (isElsewhere(where) && !where.startsWith('cwd://')) return `target ${name}: ${where} is not here`
  const context = resolve(folder, where.replace(/^cwd:\/\//, ''))
  const strings = (value: HclValue): Readonly<Record<string, string>> =>
    isMap(value)
      ? Object.fromEntries(
          Object.entries(value).flatMap(([key, one]): [string, string][] => {
            const text = textOf(one)
            return text === undefined ? [] : [[key, text]]
          }),
        )
      : {}
  const platforms = Array.isArray(said.platforms) ? said.platforms : []
  return {
    name: `target ${textOf(said.name ?? scope('name')) ?? name}`,
    context,
    file: resolve(context, textOf(said.dockerfile) ?? 'Dockerfile'),
    inline: textOf(said['dockerfile-inline']),
    target: textOf(said.target),
    args: strings(said.args),
    contexts: placedBy(strings(said.contexts), folder),
    platform: textOf(platforms[0]),
  }
}
