/**
 * What a Python project needs: by pyproject.toml, and by the lock files of uv, Poetry and Pipenv.
 *
 * Source: PEP 621; documentation of uv (uv.lock), Poetry (poetry.lock, versions 1 and 2), Pipenv (Pipfile.lock).
 */
import type { Packed } from './guess.ts'
import { holds, normalName, readRequirement } from './requirement.ts'
import type { Target } from './weight.ts'

/** Requirements in `[project]` of a pyproject.toml, those of extras too; undefined: it does not say. */
export function projectNeeds(text: string, extras: readonly string[] = []): readonly string[] | undefined {
  const all = tables(text)
  const project = all.find(({ header }) => header === 'project')?.values
  if (project === undefined || strings(project.get('dynamic')).includes('dependencies')) return undefined
  const optional = all.find(({ header }) => header === 'project.optional-dependencies')?.values
  return [...strings(project.get('dependencies')), ...extras.flatMap((extra) => strings(optional?.get(extra)))]
}

/** What of a lock file is installed. */
export interface Groups {
  /** Development dependencies too. */
  readonly dev: boolean
  /** For whom; conditions in the lock file are asked of it. */
  readonly target: Target
  /** The project's pyproject.toml, where it is at hand. */
  readonly pyproject?: string
}

/** What a lock file says of one distribution. */
export interface Need {
  readonly requirement: string
  /** Its wheel for this Python, where the lock file says how long that is. */
  readonly wheel?: Packed
}

/** What a uv.lock says, each pinned; undefined: the text is none. */
export function uvNeeds(text: string, { dev, target }: Groups): readonly Need[] | undefined {
  const packages = packagesOf(text)
  const roots = packages.filter(({ own }) => /\b(?:editable|virtual|directory)\b/.test(own.get('source') ?? ''))
  if (roots.length === 0) return undefined
  const byName = groupedByName(packages)
  const todo = roots.flatMap(({ own, below }) => [
    ...edges(own.get('dependencies')),
    ...(dev ? [...(below.get('dev-dependencies')?.values() ?? [])].flatMap(edges) : []),
  ])
  const seen = new Set<string>()
  const here = new Set<Locked>()
  for (let edge = todo.pop(); edge !== undefined; edge = todo.pop()) {
    const { name, version, extras, marker } = edge
    if (!holds(marker, target)) continue
    for (const one of byName.get(name) ?? []) {
      if (version !== '' && one.version !== version) continue
      for (const extra of ['', ...extras]) {
        const asked = `${name} ${one.version} ${extra}`
        if (seen.has(asked)) continue
        seen.add(asked)
        here.add(one)
        todo.push(
          ...edges(extra === '' ? one.own.get('dependencies') : one.below.get('optional-dependencies')?.get(extra)),
        )
      }
    }
  }
  return packages
    .filter((one) => here.has(one) && /\bregistry\b/.test(one.own.get('source') ?? ''))
    .map((one) => {
      const wheel = wheelFor(one.own.get('wheels') ?? '', target)
      return { requirement: pinned(one), ...(wheel && { wheel }) }
    })
}

/** What a poetry.lock says, each pinned; undefined: the text is none, or nobody can tell what is for development. */
export function poetryNeeds(text: string, { dev, target, pyproject }: Groups): readonly Need[] | undefined {
  const packages = packagesOf(text)
  if (packages.length === 0 || !/^\[metadata\]/m.test(text)) return undefined
  const needed = packages.filter(({ own }) => own.get('optional') !== 'true')
  const marked = (one: Locked): Need => ({
    requirement: `${pinned(one)} ; ${strings(one.own.get('markers'))[0] ?? ''}`,
  })
  if (dev) return needed.map(marked)
  if (packages.every(({ own }) => own.has('groups') || own.has('category')))
    return needed.filter(({ own }) => strings(own.get('groups') ?? own.get('category')).includes('main')).map(marked)
  // Lock files of version 2.0 do not say it: it follows from who asks.
  const asked = pyproject === undefined ? undefined : poetryAsks(pyproject)
  if (asked === undefined) return undefined
  const byName = groupedByName(needed)
  const here = new Set<Locked>()
  const todo = [...asked]
  for (let name = todo.pop(); name !== undefined; name = todo.pop())
    for (const one of byName.get(normalName(name)) ?? []) {
      if (here.has(one)) continue
      here.add(one)
      for (const [below, value] of one.below.get('dependencies') ?? [])
        if (!/optional = true/.test(value) && holds(markerIn(value), target)) todo.push(below)
    }
  return needed.filter((one) => here.has(one)).map(marked)
}

/** Names that a pyproject.toml asks for when nothing else is said: as Poetry writes them, or as PEP 621 does. */
function poetryAsks(pyproject: string): readonly string[] | undefined {
  const own = tables(pyproject).find(({ header }) => header === 'tool.poetry.dependencies')?.values
  const names = [...(own ?? [])].flatMap(([name, value]) =>
    name === 'python' || /optional = true/.test(value) ? [] : [name],
  )
  const listed = projectNeeds(pyproject)?.flatMap((text) => readRequirement(text)?.name ?? [])
  return own === undefined && listed === undefined ? undefined : [...names, ...(listed ?? [])]
}

/** What a Pipfile.lock says, each pinned; undefined: the text is none. */
export function pipfileNeeds(text: string, { dev }: Groups): readonly Need[] | undefined {
  try {
    const lock = JSON.parse(text) as Readonly<Record<string, unknown>> | null
    if (typeof lock?.default !== 'object' || lock.default === null) return undefined
    return [lock.default, dev ? lock.develop : {}].flatMap((list) =>
      Object.entries((list ?? {}) as Readonly<Record<string, { version?: unknown; markers?: unknown } | null>>).map(
        ([name, one]) => ({ requirement: `${name}${String(one?.version ?? '')} ; ${String(one?.markers ?? '')}` }),
      ),
    )
  } catch {
    return undefined
  }
}

// ---- packages of a lock file ----------------------------------------------------------------------------

interface Locked {
  readonly name: string
  readonly version: string
  readonly own: ReadonlyMap<string, string>
  /** Tables below, by name. */
  readonly below: ReadonlyMap<string, ReadonlyMap<string, string>>
}

function packagesOf(text: string): readonly Locked[] {
  const found: (Locked & { readonly below: Map<string, ReadonlyMap<string, string>> })[] = []
  for (const { header, values } of tables(text)) {
    const below = /^package\.(.+)$/.exec(header)?.[1]
    if (below !== undefined) found.at(-1)?.below.set(below, values)
    if (header !== 'package') continue
    const [name = '', version = ''] = [strings(values.get('name'))[0], strings(values.get('version'))[0]]
    if (name !== '') found.push({ name, version, own: values, below: new Map() })
  }
  return found
}

const pinned = ({ name, version }: Locked): string => `${name}==${version}`

function groupedByName(packages: readonly Locked[]): ReadonlyMap<string, readonly Locked[]> {
  const groups = new Map<string, Locked[]>()
  for (const one of packages) {
    const before = groups.get(normalName(one.name))
    if (before === undefined) groups.set(normalName(one.name), [one])
    else before.push(one)
  }
  return groups
}

/** `{ name = "a", version = "1", extra = ["b"], marker = "…" }`, as uv writes who asks for whom. */
interface Edge {
  readonly name: string
  readonly version: string
  readonly extras: readonly string[]
  readonly marker: string
}

const edges = (list: string | undefined): readonly Edge[] =>
  [...(list ?? '').matchAll(/\{([^{}]*)\}/g)].flatMap(([, text = '']) => {
    const field = (key: string): string => strings(new RegExp(`\\b${key} = ("[^"]*")`).exec(text)?.[1])[0] ?? ''
    const name = field('name')
    const extras = strings(/\bextra = \[([^\]]*)\]/.exec(text)?.[1])
    return name === '' ? [] : [{ name: normalName(name), version: field('version'), extras, marker: markerIn(text) }]
  })

const markerIn = (text: string): string => strings(/\bmarkers? = ("(?:[^"\\]|\\.)*")/.exec(text)?.[1])[0] ?? ''

// The wheel that an installer takes here, by its name. Source: PEP 425, PEP 600.
function wheelFor(list: string, { python = '3.11', machine, glibc }: Target): Packed | undefined {
  const minor = Number(python.split('.')[1])
  const found = [...list.matchAll(/url = "[^"]*-([^-"]+)-([^-"]+)-([^-"]+)\.whl"[^{}]*?\bsize = (\d+)/g)].flatMap(
    ([, tags = '', abi = '', platforms = '', bytes]) => {
      const system =
        platforms === 'any' ||
        platforms
          .split('.')
          .some((one) => one.endsWith(`_${machine}`) && one.startsWith(glibc ? 'manylinux' : 'musllinux'))
      const rank = tags.split('.').map((tag) => {
        const own = /^cp3(\d+)$/.exec(tag)?.[1]
        if (own !== undefined)
          return Number(own) === minor && !abi.endsWith('t') ? 3 : abi === 'abi3' && Number(own) <= minor ? 2 : 0
        return /^py3\d*$/.test(tag) ? 1 : 0
      })
      const best = Math.max(...rank)
      return system && best > 0 ? [{ rank: best, packed: { bytes: Number(bytes), native: platforms !== 'any' } }] : []
    },
  )
  return found.sort((a, b) => b.rank - a.rank)[0]?.packed
}

// ---- TOML, as far as such files go ----------------------------------------------------------------------

interface Table {
  readonly header: string
  /** Values as they are written, a list on one line. */
  readonly values: ReadonlyMap<string, string>
}

/** Most lines of a file that are read, and most that one list may take. */
const [mostLines, mostInList] = [200_000, 5_000]

function tables(text: string): readonly Table[] {
  let values = new Map<string, string>()
  const all: Table[] = [{ header: '', values }]
  const lines = text.split(/\r?\n/, mostLines)
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const header = /^\s*\[\[?\s*([^\]]+?)\s*\]/.exec(line)?.[1]
    if (header !== undefined) {
      values = new Map()
      all.push({ header, values })
      continue
    }
    const [, key = '', begin = ''] = /^\s*"?([\w.-]+)"?\s*=\s*(.*)$/.exec(line) ?? []
    if (key === '') continue
    const parts = [begin]
    for (let open = depth(begin); open > 0 && i + 1 < lines.length && parts.length < mostInList; ) {
      parts.push(lines[++i]!)
      open += depth(parts.at(-1)!)
    }
    values.set(key, parts.map((part) => part.replace(/^\s*#.*$/, '')).join(' '))
  }
  return all
}

const quoted = /"((?:[^"\\]|\\.)*)"|'([^']*)'/g

// Brackets that a line opens, less those it closes, outside of strings and comments.
function depth(line: string): number {
  const bare = line.replace(quoted, '').replace(/#.*$/, '')
  return (bare.match(/\[/g)?.length ?? 0) - (bare.match(/\]/g)?.length ?? 0)
}

const strings = (value: string | undefined): readonly string[] =>
  [...(value ?? '').matchAll(quoted)].map(([, double, single]) => double?.replaceAll('\\"', '"') ?? single ?? '')
