/** Bytes that can be read at any place: a file, or a stretch of another source. The one place that opens files by path. */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../error.ts'
import type { Source } from './readable.ts'

/** Pieces as large as a decompressor likes them; 1 MiB. */
const pieceBytes = 1 << 20

const why = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'no such file'
  if (code === 'EACCES' || code === 'EPERM') return 'not allowed to read it'
  if (code === 'EISDIR') return 'is a directory'
  if (code === 'ENOSPC') return 'no space left on the disk'
  return message
}

/** Opens a file. Throws UserError when it is not there or not to be read. `name` is for messages. */
export function openSource(path: string, name = path): Source {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch (cause) {
    throw new UserError(`${name}: ${why(cause)}`, { cause })
  }
  const { size, mode } = fstatSync(fd)
  if ((mode & 0o170000) === 0o040000) {
    closeSync(fd)
    throw new UserError(`${name}: is a directory`)
  }
  return descriptor(name, fd, size)
}

function descriptor(name: string, fd: number, bytes: number): Source {
  let open = true
  return {
    name,
    bytes,
    file: { descriptor: fd, offset: 0 },
    read(at, into) {
      let filled = 0
      try {
        while (filled < into.length) {
          const got = readSync(fd, into, filled, into.length - filled, at + filled)
          if (got === 0) break
          filled += got
        }
      } catch (cause) {
        throw new UserError(`${name}: ${why(cause)}`, { cause })
      }
      return filled
    },
    close() {
      if (open) closeSync(fd)
      open = false
    },
  }
}

/** A stretch of `source`; it ends where the source does, whatever `bytes` claims. Closing it closes nothing. */
export const slice = (source: Source, name: string, offset: number, bytes: number): Source =>
  new Slice(source, name, offset, Math.max(0, Math.min(bytes, source.bytes - offset)))

/** A class, so that all slices are read by one function: walking an archive reads from each layer thousands of times. */
class Slice implements Source {
  readonly name: string
  readonly bytes: number
  readonly file?: { readonly descriptor: number; readonly offset: number }
  private readonly source: Source
  private readonly offset: number

  constructor(source: Source, name: string, offset: number, bytes: number) {
    this.source = source
    this.name = name
    this.offset = offset
    this.bytes = bytes
    const { file } = source
    if (file !== undefined) this.file = { ...file, offset: file.offset + offset }
  }

  read(at: number, into: Uint8Array): number {
    const left = this.bytes - at
    if (left <= 0) return 0
    return this.source.read(this.offset + at, into.length <= left ? into : into.subarray(0, left))
  }

  close(): void {}
}

/** Bytes at hand. */
export const memory = (name: string, data: Uint8Array): Source => ({
  name,
  bytes: data.length,
  read(at, into) {
    const part = data.subarray(at, at + into.length)
    into.set(part)
    return part.length
  },
  close: () => undefined,
})

/** All of a small source. Throws UserError above `limit` bytes. */
export function readAll(source: Source, limit: number): Buffer {
  if (source.bytes > limit) throw new UserError(`${source.name}: ${source.bytes} bytes are too many for such a file`)
  const into = Buffer.alloc(source.bytes)
  return into.subarray(0, source.read(0, into))
}

/** The first bytes, up to `count`. */
export function head(source: Source, count: number): Buffer {
  const into = Buffer.alloc(Math.min(count, source.bytes))
  return into.subarray(0, source.read(0, into))
}

/** From `from` to `to`, piece by piece. Each piece is its own memory. */
export function* pieces(source: Source, from = 0, to = source.bytes): Generator<Buffer> {
  for (let at = from; at < to; ) {
    const into = Buffer.allocUnsafe(Math.min(pieceBytes, to - at))
    const got = source.read(at, into)
    if (got === 0) throw new UserError(`${source.name}: ends after ${at} of ${to} bytes`)
    yield into.subarray(0, got)
    at += got
  }
}

/**
 * Writes a stream to a nameless temporary file, so that it can be read at any place. The file is unlinked at once:
 * nothing stays behind, however the program ends.
 */
export async function spool(name: string, stream: AsyncIterable<Uint8Array>): Promise<Source> {
  const { directory, fd } = temporary()
  const gone = removed(directory)
  let bytes = 0
  try {
    for await (const piece of stream) {
      for (let done = 0; done < piece.length; ) done += writeSync(fd, piece, done, piece.length - done)
      bytes += piece.length
    }
  } catch (cause) {
    closeSync(fd)
    if (!gone) removed(directory)
    if (cause instanceof UserError) throw cause
    throw new UserError(`${name}: ${why(cause)}`, { cause })
  }
  const source = descriptor(name, fd, bytes)
  if (gone) return source
  return {
    ...source,
    close() {
      source.close()
      removed(directory)
    },
  }
}

/** A new file in a folder of its own. Throws UserError where the system gives none. */
function temporary(): { readonly directory: string; readonly fd: number } {
  const folder = tmpdir()
  let directory: string | undefined
  try {
    directory = mkdtempSync(join(folder, 'stratigraph-'))
    return { directory, fd: openSync(join(directory, 'archive'), 'wx+', 0o600) }
  } catch (cause) {
    if (directory !== undefined) removed(directory)
    const hint = 'TMPDIR names another one'
    throw new UserError(`${folder}: no temporary file can be made in it: ${why(cause)}`, { cause, hint })
  }
}

/** Windows keeps what is open; there it goes when it is closed. */
function removed(directory: string): boolean {
  try {
    rmSync(directory, { recursive: true, force: true })
    return true
  } catch {
    return false
  }
}
