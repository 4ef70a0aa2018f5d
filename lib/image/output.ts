/** Files that appear whole or not at all: written beside their place under another name, and moved there at the end. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  write,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '../error.ts'

/** A file under way. Every method throws UserError where the disk does. */
export interface Output {
  readonly bytes: number
  write(data: Uint8Array): void
  /** The same, beside what else there is to do; `data` stays as it is until then. */
  writeAside(data: Uint8Array): Promise<void>
  /** Writes over what was written before. */
  patch(at: number, data: Uint8Array): void
  /** Forgets what was written from there on. */
  truncate(at: number): void
  /** Closes it, once it is whole. */
  close(): void
}

/** A place in the file system that is filled. */
export interface Place {
  /** Where it is until the end. */
  readonly path: string
  /** Moves it to where it belongs. */
  commit(): void
  /** Takes away what there is of it; nothing after `commit`. */
  abort(): void
}

const attempt = <T>(name: string, work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    throw refusal(name, cause)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such folder',
  ENOTDIR: 'no such folder',
  EACCES: 'not allowed to write it',
  ENOSPC: 'no space left on the disk',
  EROFS: 'the disk is read-only',
  EISDIR: 'is a directory',
}

function refusal(name: string, cause: unknown): UserError {
  const { code, message } = cause as NodeJS.ErrnoException
  return new UserError(`${name}: ${reasons[code ?? ''] ?? message}`, { cause })
}

/** Starts a new file or folder. Throws UserError where a folder is in the way. */
export function reserve(path: string, kind: 'file' | 'folder'): Place {
  const there = attempt(path, () => statSync(path, { throwIfNoEntry: false }))
  if (there !== undefined && (kind === 'folder' || there.isDirectory()))
    throw new UserError(`${path}: is there already`)
  const work = join(dirname(path), `.stratigraph-${randomBytes(6).toString('hex')}.part`)
  if (kind === 'folder') attempt(path, () => mkdirSync(work))
  let open = true
  return {
    path: work,
    commit() {
      attempt(path, () => renameSync(work, path))
      open = false
    },
    abort() {
      if (open && existsSync(work)) rmSync(work, { recursive: true, force: true })
      open = false
    },
  }
}

/** Creates a file. `name` is for messages. */
export function createOutput(path: string, name: string): Output {
  const fd = attempt(name, () => openSync(path, 'wx', 0o666))
  let bytes = 0
  const put = (data: Uint8Array, at: number): void => {
    attempt(name, () => {
      for (let done = 0; done < data.length; ) done += writeSync(fd, data, done, data.length - done, at + done)
    })
  }
  return {
    get bytes() {
      return bytes
    },
    write(data) {
      put(data, bytes)
      bytes += data.length
    },
    async writeAside(data) {
      const at = bytes
      bytes += data.length
      for (let done = 0; done < data.length; ) done += await aside(fd, data, done, at + done, name)
    },
    patch: (at, data) => put(data, at),
    truncate(at) {
      attempt(name, () => ftruncateSync(fd, at))
      bytes = at
    },
    close() {
      attempt(name, () => closeSync(fd))
    },
  }
}

const aside = (fd: number, data: Uint8Array, from: number, at: number, name: string): Promise<number> =>
  new Promise((resolve, reject) => {
    write(fd, data, from, data.length - from, at, (error, written) => {
      if (error === null) resolve(written)
      else reject(refusal(name, error))
    })
  })

/** Makes a folder and those above it. */
export function makeFolder(path: string, name: string): void {
  attempt(name, () => mkdirSync(path, { recursive: true }))
}

/** Moves a finished file to its place; undefined: takes it away. */
export function moveInto(from: string, to: string | undefined, name: string): void {
  attempt(name, () => {
    if (to === undefined) rmSync(from)
    else renameSync(from, to)
  })
}
