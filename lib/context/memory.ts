/** A context that was never on a disk. */
import type { Context, ContextFile, Entry } from '../model.ts'
import { type Ignoring, type Store, view } from './view.ts'

/** A file by its content, by its length alone (zeros), or one said in full; folders are made as needed and only listed when empty or special. */
export type MemoryFile =
  | string
  | Uint8Array
  | { readonly content?: string | Uint8Array; readonly mode?: number; readonly inode?: string }
  | { readonly link: string }
  | { readonly folder: true; readonly mode?: number }
  | { readonly archive: readonly Entry[]; readonly bytes: number }
  | { readonly bytes: number; readonly mode?: number }

/** What a context in memory may say besides its files. No family: BuildKit's ignore rules. */
export interface MemoryOptions extends Partial<Ignoring> {
  readonly name?: string
  /** Text of the ignore file; left out: that of `.dockerignore`. */
  readonly ignore?: string
}

/** A context from paths (`a/b.txt`) and contents. Modes are 0644, folders 0755. */
export function memoryContext(files: Readonly<Record<string, MemoryFile>>, options: MemoryOptions = {}): Context {
  const things = new Map<string, MemoryFile>([['', { folder: true }]])
  const names = new Map<string, Set<string>>()
  for (const [path, file] of Object.entries(files)) {
    things.set(path, file)
    for (let at = path; at !== ''; ) {
      const slash = at.lastIndexOf('/')
      const folder = at.slice(0, Math.max(0, slash))
      if (!things.has(folder)) things.set(folder, { folder: true })
      names.set(folder, (names.get(folder) ?? new Set()).add(at.slice(slash + 1)))
      at = folder
    }
  }
  const own = things.get('.dockerignore')
  const name = options.name ?? 'context'
  const store: Store = {
    name,
    list: (path) =>
      [...(names.get(path) ?? [])].map((child) => {
        const thing = things.get(path === '' ? child : `${path}/${child}`)
        return { name: child, folder: isFolder(thing) }
      }),
    stat(path) {
      const thing = things.get(path)
      return thing === undefined ? undefined : describe(path, thing)
    },
    feed: (path, sink) => sink(contentOf(things.get(path))),
    archive(path) {
      const thing = things.get(path)
      return typeof thing === 'object' && 'archive' in thing ? thing.archive : undefined
    },
    ignore: options.ignore ?? (own === undefined ? '' : Buffer.from(contentOf(own)).toString()),
    ignorePath: '.dockerignore',
    ignoreName: '.dockerignore',
  }
  return view(store, { family: 'buildkit', ...options })
}

const isFolder = (thing: MemoryFile | undefined): boolean =>
  typeof thing === 'object' && 'folder' in thing && thing.folder === true

function contentOf(thing: MemoryFile | undefined): Uint8Array {
  if (typeof thing === 'string') return Buffer.from(thing)
  if (thing instanceof Uint8Array) return thing
  if (thing !== undefined && 'bytes' in thing) return new Uint8Array(thing.bytes)
  const content = thing !== undefined && 'content' in thing ? thing.content : undefined
  return typeof content === 'string' ? Buffer.from(content) : (content ?? new Uint8Array(0))
}

function describe(path: string, thing: MemoryFile): ContextFile {
  const plain = { path, bytes: 0, link: null }
  if (typeof thing === 'string' || thing instanceof Uint8Array) {
    return { ...plain, type: 'file', bytes: contentOf(thing).length, mode: 0o644 }
  }
  if ('link' in thing) return { ...plain, type: 'symlink', mode: 0o777, link: thing.link }
  if ('folder' in thing) return { ...plain, type: 'dir', mode: thing.mode ?? 0o755 }
  if ('archive' in thing) return { ...plain, type: 'file', bytes: thing.bytes, mode: 0o644 }
  if ('bytes' in thing) return { ...plain, type: 'file', bytes: thing.bytes, mode: thing.mode ?? 0o644 }
  const bytes = contentOf(thing).length
  const inode = thing.inode === undefined ? {} : { inode: thing.inode }
  return { ...plain, type: 'file', bytes, mode: thing.mode ?? 0o644, ...inode }
}
