/** Paths of `lint` → the Dockerfiles they mean. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { UserError } from '../../lib/error.ts'
import type { Config } from '../config.ts'
import { reason } from '../output.ts'
import { shownPath, statusOf } from '../subject.ts'
import type { World } from '../world.ts'
import type { Build } from './builds.ts'
import { type Patterns, patterns } from './patterns.ts'

/** One Dockerfile to lint. */
export interface Item {
  /** Absolute; undefined: standard input. */
  readonly file: string | undefined
  /** The build section that names it. */
  readonly build?: Build
}

export interface FoundItems {
  readonly items: readonly Item[]
  /** What could not be looked at, and stops nothing. */
  readonly problems: readonly { readonly message: string; readonly fatal: boolean }[]
}

/** Folders in which nobody keeps a Dockerfile of their own. */
const skipped = new Set(['.git', '.hg', '.svn', 'node_modules'])

/** Is this the name of a file with build sections? */
const hasBuilds = (file: string): boolean =>
  /^(docker-)?compose([.-].*)?\.ya?ml$|^docker-bake([.-].*)?\.(hcl|json)$|\.hcl$/i.test(basename(file))

/** Files a name says are Dockerfiles; templates and ignore files are none. */
const isDockerfile = (name: string): boolean =>
  (/^(docker|container)file([._-].+)?$/i.test(name) || /\.(docker|container)file$/i.test(name)) &&
  !/(\.(dockerignore|containerignore|md|txt|ya?ml|json|j2|jinja2?|tmpl|tpl|template|erb|in|swp|bak|orig)|~)$/i.test(
    name,
  )

/** Folders deeper than this are not walked. */
const deepest = 100

/** Finds the Dockerfiles, each once, in the order of the paths and by name below them. */
export async function findItems(
  paths: readonly string[],
  world: World,
  configFor: (folder: string) => Promise<Config>,
): Promise<FoundItems> {
  const items = new Map<string, Item>()
  const problems: { readonly message: string; readonly fatal: boolean }[] = []
  const add = (item: Item): void => {
    const { build } = item
    const key =
      build === undefined
        ? (item.file ?? '-')
        : JSON.stringify([build.file, build.context, build.target, build.args, build.inline])
    if (!items.has(key)) items.set(key, item)
  }
  const walk = async (folder: string): Promise<void> => {
    for await (const file of dockerfilesIn(folder, configFor, problems, world)) add({ file })
  }
  for (const path of paths) {
    try {
      await addPath(path)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push({ message: error.message, fatal: true })
    }
  }
  async function addPath(path: string): Promise<void> {
    const file = resolve(world.cwd, path)
    const there = path === '-' ? undefined : statusOf(file, path)
    if (path === '-') add({ file: undefined })
    else if (there?.isDirectory()) await walk(file)
    else if (there !== undefined) await addFile(file)
    else if (!/[*?[{]/.test(path)) throw new UserError(`${path}: no such file or folder`)
    else {
      const found = [...matching(path, world.cwd)]
      if (found.length === 0) throw new UserError(`${path}: nothing matches`)
      for (const one of found) await addFile(one)
    }
  }
  async function addFile(file: string): Promise<void> {
    if (!hasBuilds(file)) {
      add({ file })
      return
    }
    const shown = shownPath(file, world.cwd)
    const { readBuilds } = await import('./builds.ts')
    const { builds, skipped: left } = readBuilds(file, shown, world)
    for (const build of builds) add({ file: build.file, build })
    for (const why of left) problems.push({ message: `${shown}: ${why}`, fatal: false })
  }
  // A file that a build section names is built as that says, not by itself.
  const built = new Set(
    [...items.values()].flatMap(({ build, file }) => (build === undefined || build.inline !== undefined ? [] : [file])),
  )
  const kept = [...items.values()].filter(({ build, file }) => build !== undefined || !built.has(file))
  return { items: kept, problems }
}

/** Patterns of one ignore file, and the folder they are relative to. */
interface Rules {
  readonly folder: string
  readonly patterns: Patterns
}

async function* dockerfilesIn(
  top: string,
  configFor: (folder: string) => Promise<Config>,
  problems: { readonly message: string; readonly fatal: boolean }[],
  world: World,
): AsyncGenerator<string> {
  const configured = new Map<string, string[]>()
  const { ignore } = await configFor(top)
  for (const { text, folder } of ignore) configured.set(folder, [...(configured.get(folder) ?? []), text])
  const ours: readonly Rules[] = [...configured].map(([folder, texts]) => ({ folder, patterns: patterns(texts) }))
  function* walk(folder: string, rules: readonly Rules[], depth: number): Generator<string> {
    const here = [...rules, ...gitignore(folder)]
    let listed: ReturnType<typeof list>
    try {
      listed = list(folder)
    } catch (error) {
      problems.push({ message: `${shownPath(folder, world.cwd)}: ${reason(error)}`, fatal: true })
      return
    }
    for (const { name, isFolder } of listed) {
      const path = join(folder, name)
      if (isFolder ? skipped.has(name) || depth >= deepest : !isDockerfile(name)) continue
      if (here.some((one) => isIgnored(one, path, isFolder))) continue
      if (isFolder) yield* walk(path, here, depth + 1)
      else yield path
    }
  }
  yield* walk(top, [...ours, ...above(top)], 0)
}

const list = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile() || one.isDirectory() || (one.isSymbolicLink() && isDockerfile(one.name)))
    .map((one) => ({ name: one.name, isFolder: one.isDirectory() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

function isIgnored({ folder, patterns }: Rules, path: string, isFolder: boolean): boolean {
  const inside = relative(folder, path).split(sep).join('/')
  return patterns.fits(isFolder ? `${inside}/` : inside)
}

/** The ignore files between the top of a working copy and a folder in it, that one left out. */
function above(folder: string): readonly Rules[] {
  const between: string[] = []
  let at = folder
  while (!existsSync(join(at, '.git'))) {
    const up = dirname(at)
    if (up === at) return []
    between.unshift(up)
    at = up
  }
  const exclude = join(at, '.git', 'info', 'exclude')
  const own = existsSync(exclude) ? [{ folder: at, patterns: patternsIn(exclude) }] : []
  return [...own, ...between.flatMap(gitignore)]
}

function gitignore(folder: string): readonly Rules[] {
  const file = join(folder, '.gitignore')
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? [{ folder, patterns: patternsIn(file) }] : []
}

function patternsIn(file: string): Patterns {
  try {
    return patterns(readFileSync(file, 'utf8'))
  } catch {
    // An ignore file that cannot be read ignores nothing; git does the same.
    return patterns('')
  }
}

/** Files that fit a pattern of a shell, `**` for folders in between: for shells that hand it over as it is. */
function* matching(pattern: string, cwd: string): Generator<string> {
  const parts = pattern.split('/')
  const fixed = parts.findIndex((part) => /[*?[{]/.test(part))
  const top = resolve(cwd, parts.slice(0, fixed).join('/') || (pattern.startsWith('/') ? '/' : '.'))
  const wanted = patterns(alternatives(parts.slice(fixed).join('/')).map((one) => `/${one}`))
  const deep = pattern.includes('**')
  function* walk(folder: string, depth: number): Generator<string> {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
    for (const one of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, one.name)
      if (one.isDirectory()) {
        const further = depth < (deep ? deepest : parts.length - fixed - 1)
        if (further && !skipped.has(one.name)) yield* walk(path, depth + 1)
      } else if (wanted.fits(relative(top, path).split(sep).join('/')) && basename(path) !== '') yield path
    }
  }
  yield* walk(top, 0)
}

/** `{a,b}` written out; at most a thousand texts. */
function alternatives(pattern: string): readonly string[] {
  const [whole, inside] = /\{([^{}]*)\}/.exec(pattern) ?? []
  if (whole === undefined || inside === undefined) return [pattern]
  return inside
    .split(',')
    .flatMap((one) => alternatives(pattern.replace(whole, () => one)))
    .slice(0, 1000)
}
