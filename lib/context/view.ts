/**
 * A folder as a builder sees it: its ignore file applied, everything else looked up when asked for.
 *
 * What an exception (`!`) inside an ignored folder brings back differs. BuildKit looks wherever a pattern could match;
 * its first releases, the classic client and Buildah only follow an exception whose text begins with the folder's path.
 * BuildKit then shows the folder itself, the others only what is in it, and the builder makes the folder anew.
 *
 * Source: tonistiigi/fsutil filter.go, walker.go before; moby pkg/archive, TarWithOptions; containers/buildah copier, copierHandlerGet.
 */
import { compilePatterns, type IgnoreDialect, type Matched, type Patterns, readIgnore } from '../dockerignore.ts'
import { UserError } from '../error.ts'
import { lazy } from '../kept.ts'
import type { Context, ContextFile, Entry, Family } from '../model.ts'
import { baseName } from '../path.ts'

/** Where the things of a context come from: a disk, or memory. Paths relative, the root ''. */
export interface Store {
  readonly name: string
  /** Names in a folder, each with whether it is a folder. Order does not matter. */
  list(path: string): readonly { readonly name: string; readonly folder: boolean }[]
  /** What is at a path; undefined: nothing that a context can hold. Links are not followed. */
  stat(path: string): ContextFile | undefined
  feed(path: string, sink: (piece: Uint8Array) => void): void
  archive(path: string): readonly Entry[] | undefined
  archiveHash?(path: string): string | undefined
  /** Text of the ignore file that applies. */
  readonly ignore: string
  /** Where that file is, or would be. */
  readonly ignorePath?: string | undefined
  /** The same as a path of the context; absent: it lies elsewhere. */
  readonly ignoreName?: string | undefined
}

/** What is in a folder. A file is looked at when it is asked for: most lookups in a large folder want one name. */
interface Folder {
  at(name: string): ContextFile | undefined
  readonly children: () => readonly ContextFile[]
}

/** The rules that ignore files of a builder follow. */
export const dialectOf = (family: Family): IgnoreDialect => (family === 'buildah' ? 'buildah' : 'moby')

/** Whose ignore rules. */
export interface Ignoring {
  readonly family: Family
  /** BuildKit: an ignored folder is opened, and shown, for an exception whose text begins with its path, and for no other. */
  readonly exceptionsByText?: boolean
}

/** The view of one builder. Throws UserError for an ignore file with a pattern that builders reject. */
export function view(store: Store, ignoring: Ignoring): Context {
  const { family, exceptionsByText = false } = ignoring
  const rules = lazy(() => rulesOf(store, ignoring))
  const folders = new Map<string, Folder>()
  const results = new Map<string, Matched>()

  const folderAt = (path: string): Folder => {
    let folder = folders.get(path)
    if (folder === undefined) {
      folder = open(path)
      folders.set(path, folder)
    }
    return folder
  }

  const open = (path: string): Folder => {
    const matched = results.get(path)
    const { patterns, enters } = rules()
    const look = (name: string, folder: boolean): ContextFile | undefined => {
      const child = path === '' ? name : `${path}/${name}`
      const result = patterns.under(child, matched)
      if (folder) results.set(child, result.matched)
      const opened = folder && result.in && enters(child)
      const shown = family === 'buildkit' && exceptionsByText
      const ignored = result.in && !(opened && (shown || folderAt(child).children().length > 0))
      const file = ignored ? undefined : store.stat(child)
      const implied = result.in && family !== 'buildkit'
      return file !== undefined && implied ? { ...file, mode: 0o755, implied: true } : file
    }
    const files = new Map(store.list(path).map(({ name, folder }) => [name, lazy(() => look(name, folder))]))
    return {
      at: (name) => files.get(name)?.(),
      children: lazy(() => sorted([...files.values()].flatMap((file) => file() ?? []))),
    }
  }

  const root = lazy((): ContextFile => store.stat('') ?? { path: '', type: 'dir', bytes: 0, mode: 0o755, link: null })

  const lookup = (path: string): ContextFile | undefined => {
    let file: ContextFile | undefined = root()
    let at = ''
    if (path === '') return file
    for (const name of path.split('/')) {
      if (file?.type !== 'dir') return undefined
      file = folderAt(at).at(name)
      at = at === '' ? name : `${at}/${name}`
    }
    return file
  }

  const regular = (path: string): void => {
    if (lookup(path)?.type !== 'file') throw new UserError(`${store.name}: ${path}: no such file in the build context`)
  }

  return {
    name: store.name,
    lookup,
    children: (path) => (lookup(path)?.type === 'dir' ? folderAt(path).children() : []),
    read(path) {
      const pieces: Uint8Array[] = []
      this.feed(path, (piece) => pieces.push(piece))
      return Buffer.concat(pieces)
    },
    feed(path, sink) {
      regular(path)
      store.feed(path, sink)
    },
    archive(path) {
      return lookup(path)?.type === 'file' ? store.archive(path) : undefined
    },
    archiveHash(path) {
      return lookup(path)?.type === 'file' ? store.archiveHash?.(path) : undefined
    },
    get ignore() {
      return store.ignore
    },
    get ignorePath() {
      return store.ignorePath
    },
    withIgnore: (text) => view(withIgnoreFile(store, text), ignoring),
  }
}

/** The same things with another text in the ignore file, which is a file of the context itself. */
function withIgnoreFile(store: Store, text: string): Store {
  const { ignoreName } = store
  if (ignoreName === undefined) return Object.create(store, { ignore: { value: text } })
  const above = folderOf(ignoreName)
  const bytes = Buffer.from(text)
  return Object.create(store, {
    ignore: { value: text },
    list: {
      value(path: string) {
        const names = store.list(path)
        const name = baseName(ignoreName)
        return path !== above || names.some((one) => one.name === name) ? names : [...names, { name, folder: false }]
      },
    },
    stat: {
      value(path: string): ContextFile | undefined {
        if (path !== ignoreName) return store.stat(path)
        const old = store.list(above).some(({ name }) => name === baseName(path)) ? store.stat(path) : undefined
        if (old === undefined) return { path, type: 'file', bytes: bytes.length, mode: 0o644, link: null }
        const grown = bytes.length - Buffer.byteLength(store.ignore)
        return old.type === 'file' ? { ...old, bytes: old.bytes + grown } : old
      },
    },
    feed: {
      value(path: string, sink: (piece: Uint8Array) => void) {
        if (path === ignoreName) sink(bytes)
        else store.feed(path, sink)
      },
    },
  })
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

interface Rules {
  readonly patterns: Patterns
  /** Does the builder look into an ignored folder? */
  readonly enters: (folder: string) => boolean
}

function rulesOf(store: Store, ignoring: Ignoring): Rules {
  const dialect = dialectOf(ignoring.family)
  // One that no builder takes refuses the build.
  const patterns = compilePatterns(readIgnore(store.ignore, dialect), dialect)
  return { patterns, enters: entersOf(patterns.exceptions, ignoring) }
}

function entersOf(
  exceptions: readonly string[],
  { family, exceptionsByText = family === 'classic' }: Ignoring,
): (folder: string) => boolean {
  if (exceptions.length === 0) return () => false
  if (family === 'buildah') {
    // No slash after the folder here: an exception for `abc` opens `ab` as well, which shows nothing more.
    const all = exceptions.map((text) => `${text.replace(/^\/+|\/+$/g, '')}/`)
    return (folder) => all.some((text) => text.startsWith(folder))
  }
  const stems = exceptionsByText
    ? exceptions
    : exceptions.map((text) => text.replace(/\/\*\*$/, '').replace(/\/\*$/, ''))
  if (!exceptionsByText && stems.some((text) => /[*[\]?^\\]/.test(text))) return () => true
  return (folder) => stems.some((text) => `${text}/`.startsWith(`${folder}/`))
}

/** By name bytewise, as every builder walks. Text order is byte order but for what lies beyond the basic plane. */
function sorted(files: ContextFile[]): ContextFile[] {
  const far = files.some(({ path }) => /[\ud800-\udfff]/.test(path))
  if (far) return files.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}
