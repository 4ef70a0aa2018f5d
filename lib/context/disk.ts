/** Folders on a disk, for contexts: listed and looked at when asked, never followed out of through a link. */
import { lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { UserError } from '../error.ts'
import { openSource, pieces, readAll } from '../image/source.ts'
import { kept } from '../kept.ts'
import type { ContextFile, Entry, Problem } from '../model.ts'
import type { Ignoring, Store } from './view.ts'

/** How a context on a disk is opened. The family also says which ignore file counts, and what the client does to files. */
export interface DiskOptions extends Ignoring {
  /** The Dockerfile's path; null: it comes from standard input. Left out: a folder that is no main context. */
  readonly dockerfile?: string | null
  /** Modes as the recorded builds had them: 0755 for folders and executables, 0644 for other files. */
  readonly normalize?: boolean
  /** Left out: folders and files are looked at anew. */
  readonly looks?: Looks
}

/** How a disk is looked at. Both throw what the system says. */
export interface Looks {
  list(folder: string): readonly { readonly name: string; readonly folder: boolean }[]
  /** Links are not followed. */
  stat(path: string): Looked
}

/** What there is to know of a file, of all that Node's Stats hold. */
export interface Looked {
  isDirectory(): boolean
  isSymbolicLink(): boolean
  isFile(): boolean
  isSocket(): boolean
  isFIFO(): boolean
  readonly size: number
  readonly mode: number
  readonly nlink: number
  readonly dev: number
  readonly ino: number
}

const looks: Looks = {
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true }).map((one) => ({ name: one.name, folder: one.isDirectory() })),
  stat: (path) => lstatSync(path),
}

/** More are forgotten, and looked at again. */
const mostKept = 200_000

/** Looks at every folder and file once, for many Dockerfiles over the same contexts: what changes meanwhile is not seen. */
export const keptLooks = (): Looks => ({ list: kept(mostKept, looks.list), stat: kept(mostKept, looks.stat) })

/** A store that notes what it had to leave out and which archives it has not been able to list yet. */
export interface DiskStore extends Store {
  readonly problems: Problem[]
  /** Lists archives that were asked for; true: there were some, so answers given before may change. */
  prepare(): Promise<boolean>
}

/** An ignore file larger than this is none. */
const ignoreLimit = 1 << 24

/** Throws UserError where the folder is not there. */
export function diskStore(root: string, options: DiskOptions): DiskStore {
  const { list, stat } = options.looks ?? looks
  const top = answer(root, (path): Looked => statSync(path))
  if (!top.isDirectory()) throw new UserError(`${root}: not a folder, so no build context`)
  const problems: Problem[] = []
  const archives = new Map<string, readonly Entry[] | undefined>()
  const digests = new Map<string, string | undefined>()
  const wanted = new Set<string>()
  const inside = join(root, sep)
  const at = (path: string): string => (path === '' ? root : inside + path)
  let ignore: { readonly path: string; readonly text: string } | undefined

  const skip = (path: string, what: string): undefined => {
    problems.push({ severity: 'warning', message: `${what} cannot be copied and is left out`, file: path })
    return undefined
  }

  return {
    name: root,
    problems,
    list: (path) => answer(at(path), list),
    stat(path) {
      const stats = path === '' ? top : answer(at(path), stat)
      const normal = options.normalize === true
      if (stats.isDirectory()) {
        return {
          path,
          type: 'dir',
          bytes: 0,
          mode: normal ? 0o755 : stats.mode & 0o7777,
          link: null,
        }
      }
      if (stats.isSymbolicLink()) {
        return { path, type: 'symlink', bytes: 0, mode: 0o777, link: answer(at(path), (link) => readlinkSync(link)) }
      }
      if (!stats.isFile()) return skip(at(path), kindOf(stats))
      const mode = normal ? ((stats.mode & 0o100) === 0 ? 0o644 : 0o755) : stats.mode & 0o7777
      const file: ContextFile = { path, type: 'file', bytes: stats.size, mode, link: null }
      if (path === '.dockerignore' && sentUnderAnotherName(root, options)) {
        return { ...file, bytes: stats.size + appended, altered: true }
      }
      return stats.nlink > 1 ? { ...file, inode: `${stats.dev}:${stats.ino}` } : file
    },
    feed(path, sink) {
      const source = openSource(at(path))
      try {
        for (const piece of pieces(source)) sink(piece)
      } finally {
        source.close()
      }
    },
    archive(path) {
      if (!archives.has(path)) wanted.add(path)
      return archives.get(path)
    },
    archiveHash: (path) => digests.get(path),
    async prepare() {
      const now = [...wanted]
      wanted.clear()
      if (now.length === 0) return false
      const [{ listArchive }, { archiveDigest }] = await Promise.all([
        import('../image/list.ts'),
        import('../image/archive-digest.ts'),
      ])
      for (const path of now) {
        const entries = await listArchive(at(path))
        archives.set(path, entries)
        if (entries !== undefined && options.family === 'buildah') digests.set(path, await archiveDigest(at(path)))
      }
      return true
    },
    get ignore() {
      ignore ??= readIgnoreFile(root, options)
      return ignore.text
    },
    get ignorePath() {
      ignore ??= readIgnoreFile(root, options)
      return ignore.path
    },
    get ignoreName() {
      const path = relative(resolve(root), resolve(this.ignorePath ?? ''))
      return path === '..' || path.startsWith(`..${sep}`) ? undefined : path.split(sep).join('/')
    },
  }
}

const kindOf = (stats: Looked): string => (stats.isSocket() ? 'a socket' : stats.isFIFO() ? 'a named pipe' : 'a device')

/**
 * The classic client sends a Dockerfile from outside the context under a random name, and appends its own name and
 * that one to `.dockerignore`, each on a line. Source: docker/cli, AddDockerfileToBuildContext.
 */
const appended = '\n.dockerfile.0123456789abcdef0123\n'.length

function sentUnderAnotherName(root: string, { family, dockerfile }: DiskOptions): boolean {
  if (family !== 'classic' || dockerfile === undefined) return false
  if (dockerfile === null) return true
  const path = relative(resolve(root), resolve(dockerfile))
  return path === '..' || path.startsWith(`..${sep}`)
}

/**
 * BuildKit takes `<Dockerfile>.dockerignore` before `.dockerignore`; Buildah also knows `.containerignore`; the classic
 * client has `.dockerignore` only. Source: BuildKit frontend/dockerui; containers/buildah, ContainerIgnoreFile.
 */
function readIgnoreFile(
  root: string,
  { family, dockerfile }: DiskOptions,
): { readonly path: string; readonly text: string } {
  const beside = typeof dockerfile === 'string' && family !== 'classic' ? dockerfile : undefined
  const candidates =
    family === 'buildah'
      ? [
          ...(beside === undefined ? [] : [`${beside}.dockerignore`, `${beside}.containerignore`]),
          join(root, '.containerignore'),
        ]
      : beside === undefined
        ? []
        : [`${beside}.dockerignore`]
  for (const path of [...candidates, join(root, '.dockerignore')]) {
    const text = textOf(path)
    if (text !== undefined) return { path, text }
  }
  return { path: join(root, '.dockerignore'), text: '' }
}

function textOf(path: string): string | undefined {
  try {
    lstatSync(path)
  } catch {
    return undefined
  }
  const source = openSource(path)
  try {
    return readAll(source, ignoreLimit).toString('utf8')
  } finally {
    source.close()
  }
}

/** What the system says of a path. Throws UserError where it says no. */
function answer<T>(path: string, ask: (path: string) => T): T {
  try {
    return ask(path)
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'no such file or folder' : code === 'EACCES' ? 'not allowed to read it' : message
    throw new UserError(`${path}: ${why}`, { cause, hint: 'the build context has to be readable' })
  }
}
