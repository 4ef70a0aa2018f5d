/**
 * What a Python project needs: by pyproject.toml, and by the lock files of uv, Poetry and Pipenv.
 *
 * Source: PEP 621; documentation of uv (uv.lock), Poetry (poetry.lock, versions 1 and 2), Pipenv (Pipfile.lock).
 */

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
}

/** Requirements of a uv.lock, each pinned; undefined: the text is none. */
export function uvNeeds(text: string, { dev }: Groups): readonly string[] | undefined {
  const packages = packagesOf(text)
  const roots = packages.filter(({ own }) => /\b(?:editable|virtual|directory)\b/.test(own.get('source') ?? ''))
  if (roots.length === 0) return undefined
  const byName = new Map(packages.map((one) => [one.name, one]))
  const asked = roots.flatMap(({ own, below }) => [
    ...named(own.get('dependencies')),
    ...(dev ? [...(below.get('dev-dependencies')?.values() ?? [])].flatMap(named) : []),
  ])
  const seen = new Set<string>()
  const todo = [...asked]
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const one = byName.get(name)
    todo.push(...named(one?.own.get('dependencies')))
  }
  const isHere = ({ name, own }: Locked): boolean => seen.has(name) && /\bregistry\b/.test(own.get('source') ?? '')
  return packages.filter(isHere).map(pinned)
}

/** Requirements of a poetry.lock, each pinned; undefined: the text is none, or does not tell what is for development. */
export function poetryNeeds(text: string, { dev }: Groups): readonly string[] | undefined {
  const packages = packagesOf(text)
  if (packages.length === 0 || !/^\[metadata\]/m.test(text)) return undefined
  const tells = packages.every(({ own }) => own.has('groups') || own.has('category'))
  if (!dev && !tells) return undefined
  return packages
    .filter(({ own }) => own.get('optional') !== 'true')
    .filter(({ own }) => dev || strings(own.get('groups') ?? own.get('category')).includes('main'))
    .map((one) => `${pinned(one)} ; ${strings(one.own.get('markers'))[0] ?? ''}`)
}

/** Requirements of a Pipfile.lock, each pinned; undefined: the text is none. */
export function pipfileNeeds(text: string, { dev }: Groups): readonly string[] | undefined {
  try {
    const lock = JSON.parse(text) as Readonly<Record<string, unknown>> | null
    if (typeof lock?.default !== 'object' || lock.default === null) return undefined
    return [lock.default, dev ? lock.develop : {}].flatMap((list) =>
      Object.entries((list ?? {}) as Readonly<Record<string, { version?: unknown; markers?: unknown } | null>>).map(
        ([name, one]) => `${name}${String(one?.version ?? '')} ; ${String(one?.markers ?? '')}`,
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

const named = (list: string | undefined): readonly string[] =>
  [...(list ?? '').matchAll(/\bname = "([^"]+)"/g)].map((match) => match[1]!)

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
