/**
 * Which packages the lock files of Yarn, pnpm and Bun install here. Source: documentation of yarn.lock (versions 1 and
 * later), pnpm-lock.yaml (versions 5 to 9), bun.lock.
 */
import type { Described } from './npm/guess.ts'
import type { NodePlatform } from './npm/lock.ts'

/** What of a lock file is installed. */
export interface Which {
  /** Development dependencies stay out, where the lock file tells them apart. */
  readonly omitDev: boolean
  /** Direct dependencies of the project, name and range, where package.json is at hand: for yarn.lock, which has none. */
  readonly direct?: ReadonlyMap<string, string>
  readonly platform: NodePlatform
}

interface Entry {
  readonly name: string
  readonly version: string
  /** Names under which others ask for it: `ms@^2.1.0`. */
  readonly keys: readonly string[]
  readonly asksFor: readonly string[]
  /** What it is for: `os=linux & cpu=x64`. */
  readonly conditions: string
  /** Yarn changes it before it is installed, and keeps both. */
  readonly patched: boolean
}

/** Most lines of a lock file that are read. */
const most = 400_000

/** Packages of a yarn.lock; undefined: the text is none. */
export function yarnPackages(text: string, which: Which): readonly YarnPackage[] | undefined {
  if (!/^# yarn lockfile v1|^__metadata:/m.test(text)) return undefined
  const entries: Entry[] = []
  let keys: string[] = []
  let [version, section, conditions] = ['', '', '']
  let [link, patched] = [false, false]
  let asksFor: string[] = []
  const close = (): void => {
    const name = /^(@?[^@]+)@/.exec(keys[0] ?? '')?.[1]
    if (name !== undefined && version !== '' && !link)
      entries.push({ name, version, keys, asksFor, conditions, patched })
  }
  for (const line of text.split('\n', most)) {
    if (line === '' || line.startsWith('#')) continue
    if (!line.startsWith(' ')) {
      close()
      keys = line
        .replace(/:\s*$/, '')
        .split(/,\s*/)
        .map(unquote)
        .flatMap((key) => key.split(/, /))
      ;[version, section, conditions, link, patched, asksFor] = ['', '', '', false, false, []]
      continue
    }
    const [, blanks = '', key = '', value = ''] = /^( +)("[^"]+"|[^\s:]+):? ?(.*)$/.exec(line) ?? []
    if (blanks.length === 2) {
      section = value === '' ? key : ''
      if (key === 'version') version = unquote(value)
      if (key === 'conditions') conditions = value
      link ||= key === 'resolution' && /@(workspace|link|portal):/.test(value)
      patched ||= key === 'resolution' && /@patch:/.test(value)
    } else if (section === 'dependencies' || section === 'optionalDependencies')
      asksFor.push(`${unquote(key)}@${unquote(value)}`)
  }
  close()
  const isFirst = /^# yarn lockfile v1/m.test(text)
  const here = reachable(entries, which).filter(
    ({ name, conditions }) =>
      meets(conditions, which.platform) && (conditions !== '' || fitsName(name, which.platform, isFirst)),
  )
  const changed = new Set(here.flatMap(({ name, version, patched }) => (patched ? [`${name}@${version}`] : [])))
  const places = placesOf(here, which)
  return here
    .filter(({ patched }) => !patched)
    .map(({ name, version, conditions, asksFor: { length: needs } }) => ({
      ...{ name, version, needs, patched: changed.has(`${name}@${version}`) },
      places: places.get(`${name}@${version}`) ?? 1,
      ...(conditions !== '' && { native: true }),
    }))
}

/** A package of a yarn.lock. */
export interface YarnPackage extends Described {
  /** Its cache holds it a second time, as it is installed. */
  readonly patched: boolean
  /** In so many folders it lies, where packages are in node_modules. */
  readonly places: number
}

/** Are the archives in the cache of a later Yarn packed? Not since version 4, as its key tells: `10c0`. */
export const isPacked = (text: string): boolean => !/^ {2}cacheKey: "?\d+c0"?$/m.test(text)

// Of several versions the project's own, else the one most ask for, lies on top; another lies below each who asks for it.
function placesOf(entries: readonly Entry[], { direct }: Which): ReadonlyMap<string, number> {
  const askers = new Map<string, number>()
  for (const key of entries.flatMap(({ asksFor }) => asksFor.map(plainKey))) askers.set(key, (askers.get(key) ?? 0) + 1)
  const own = new Set([...(direct ?? [])].map(([name, range]) => plainKey(`${name}@${range}`)))
  const byName = new Map<string, { readonly id: string; readonly asked: number }[]>()
  for (const { name, version, keys, patched } of entries) {
    if (patched) continue
    const plain = [...new Set(keys.map(plainKey))]
    const asked = plain.reduce((sum, key) => sum + (askers.get(key) ?? 0) + (own.has(key) ? entries.length : 0), 0)
    byName.set(name, [...(byName.get(name) ?? []), { id: `${name}@${version}`, asked }])
  }
  return new Map(
    [...byName.values()].flatMap((versions) =>
      [...versions]
        .sort((a, b) => b.asked - a.asked)
        .map(({ id, asked }, i): [string, number] => [id, i === 0 ? 1 : Math.max(1, Math.min(asked, mostPlaces))]),
    ),
  )
}

/** Most places of one package that are counted. */
const mostPlaces = 100

const plainKey = (key: string): string => key.replace(/@(npm|patch):/, '@')

// `os=linux & cpu=x64`, `(os=linux | os=darwin) & libc=glibc`. Source: Yarn's documentation, lock file, conditions.
const meets = (conditions: string, platform: Which['platform']): boolean =>
  conditions.split(' & ').every((one) => {
    const pairs = [...one.matchAll(/(!?)(os|cpu|libc)=([\w-]+)/g)]
    const held = ([, not, key, value]: RegExpExecArray): boolean =>
      (platform[key as keyof Which['platform']] === value) === (not === '')
    return pairs.length === 0 || (pairs.every(([, not]) => not === '!') ? pairs.every(held) : pairs.some(held))
  })

// yarn.lock does not say who asks first: the project does.
function reachable(entries: readonly Entry[], { direct }: Which): readonly Entry[] {
  if (direct === undefined) return entries
  const byKey = new Map(entries.flatMap((entry) => entry.keys.map((key) => [plainKey(key), entry] as const)))
  const found = new Set<Entry>()
  const todo = [...direct].map(([name, range]) => plainKey(`${name}@${range}`))
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    const entry = byKey.get(key)
    if (entry === undefined || found.has(entry)) continue
    found.add(entry)
    todo.push(...entry.asksFor.map(plainKey))
  }
  return found.size === 0 ? entries : [...found]
}

const unquote = (text: string): string => text.trim().replace(/^["']|["']$/g, '')

// ---- pnpm ---------------------------------------------------------------------------------------------

/** Packages of a pnpm-lock.yaml; undefined: the text is none. Read line by line: it is written by a program, always alike. */
export function pnpmPackages(text: string, which: Which): readonly Described[] | undefined {
  if (!/^lockfileVersion:/m.test(text)) return undefined
  const found: (Described & { dev: boolean; fits: boolean; programs: boolean; native: boolean })[] = []
  const [roots, asked] = [new Set<string>(), new Set<string>()]
  const needs = new Map<string, string[]>()
  let [section, list, dependency, key] = ['', '', '', '']
  for (const line of text.split('\n', most)) {
    const [, blanks = '', word = '', value = ''] =
      /^( *)('[^']+'|"[^"]+"|[^\s:'"][^:]*(?::[^\s:][^:]*)*):(?: (.*))?$/.exec(line) ?? []
    const name = unquote(word)
    if (word === '') continue
    if (blanks === '') [section, list, dependency] = [name, '', '']
    // A lock file of one project alone has no importers before version 9.
    else if (lists.has(section)) {
      if (blanks.length === 2) dependency = name
      const version = blanks.length === 2 ? value : blanks.length === 4 && name === 'version' ? value : ''
      if (version !== '') asked.add(`${dependency}@${unquote(version)}`.replace(/[(_].*$/, ''))
    } else if (section === 'packages' && blanks.length === 2) {
      const locked = idOf(name)
      if (locked !== undefined) found.push({ ...locked, dev: false, fits: true, programs: false, native: false })
    } else if (section === 'packages' && blanks.length === 4) {
      const last = found.at(-1)
      if (last === undefined) continue
      if (name === 'dev') last.dev = value.trim() === 'true'
      if (name === 'hasBin') last.programs = value.trim() === 'true'
      if (name === 'cpu') last.native = true
      const want =
        name === 'os'
          ? which.platform.os
          : name === 'cpu'
            ? which.platform.cpu
            : name === 'libc'
              ? which.platform.libc
              : ''
      if (want !== '' && !allows(value, want)) last.fits = false
    } else if (section === 'snapshots') {
      if (blanks.length === 2) {
        key = name
        needs.set(key, [])
      } else if (blanks.length === 4) list = name
      else if (list === 'dependencies' || list === 'optionalDependencies')
        needs.get(key)?.push(`${name}@${unquote(value)}`)
    } else if (section === 'importers') {
      if (blanks.length === 4) list = name
      else if (blanks.length === 6) dependency = name
      else if (blanks.length === 8 && name === 'version' && (list !== 'devDependencies' || !which.omitDev))
        roots.add(`${dependency}@${unquote(value)}`)
    }
  }
  const wanted = closure(roots, needs)
  const direct = new Set([...[...roots].map((id) => id.replace(/\(.*$/, '')), ...asked])
  return found
    .filter(
      (one) =>
        one.fits && !(which.omitDev && one.dev) && (wanted === undefined || wanted.has(`${one.name}@${one.version}`)),
    )
    .map((one) => ({ ...one, direct: direct.has(`${one.name}@${one.version}`) }))
}

const lists = new Set(['dependencies', 'devDependencies', 'optionalDependencies'])

// `/@a/b@1.0.0(c@2)`, `/b/1.0.0_c@2`, `b@1.0.0`.
function idOf(text: string): Described | undefined {
  const plain = text.replace(/^\//, '').replace(/[(_].*$/, '')
  const [, name, version] = /^(@?[^@]+)@([^@]+)$/.exec(plain) ?? /^(.+)\/([^/]+)$/.exec(plain) ?? []
  return name === undefined || version === undefined ? undefined : { name, version }
}

// Since version 9 the lock file does not say what is for development alone: it follows from who asks.
function closure(
  roots: ReadonlySet<string>,
  needs: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> | undefined {
  if (needs.size === 0) return undefined
  const seen = new Set<string>()
  const todo = [...roots]
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    todo.push(...(needs.get(id) ?? []))
  }
  return new Set([...seen].map((id) => id.replace(/\(.*$/, '')))
}

const allows = (value: string, want: string): boolean => {
  const list = value
    .replace(/[[\]\s]/g, '')
    .split(',')
    .map(unquote)
  if (list.includes(`!${want}`)) return false
  return list.includes(want) || list.includes('any') || list.every((one) => one.startsWith('!'))
}

// ---- names --------------------------------------------------------------------------------------------

const systems =
  /(?:^|[-/.])(darwin|macos|win32|windows|freebsd|android|openbsd|netbsd|sunos|aix|openharmony|linuxmusl|linux)(?:[-/.]|$)/
const processors =
  /(?:^|[-/.])(x64|x86_64|arm64|aarch64|armv?\d?\w*|ia32|x86|ppc64(?:le)?|s390x|riscv64|loong64|mips64el|wasm32)(?:[-/.]|$)/

/**
 * Native parts of packages say in their name what they are for. Yarn's first version installs those for either C library.
 * Source: its src/package-compatibility.js, which reads os and cpu; an install with sharp on 2026-11-22.
 */
function fitsName(name: string, { os, cpu, libc }: Which['platform'], eitherLibrary: boolean): boolean {
  if (/[-/.]wasm32(-wasi)?$/.test(name)) return false
  const system = systems.exec(name)?.[1]
  if (system === undefined) return true
  if (system !== os && !(os === 'linux' && system === 'linuxmusl' && (eitherLibrary || libc === 'musl'))) return false
  const processor = processors.exec(name)?.[1]
  const alike = processor === 'x86_64' ? 'x64' : processor === 'aarch64' ? 'arm64' : processor
  if (alike !== undefined && alike !== cpu && !(cpu === 'arm' && alike.startsWith('arm') && alike !== 'arm64'))
    return false
  if (eitherLibrary) return true
  return !(/[-.]musl(eabihf)?$/.test(name) && libc !== 'musl') && !(/[-.]gnu(eabihf)?$/.test(name) && libc !== 'glibc')
}
