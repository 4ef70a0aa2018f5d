/**
 * Compressed streams, told apart by their first bytes and undone piece by piece.
 *
 * gzip is Node's own; zstd too where it has it, else fzstd; xz is xz-decompress (the reference decoder in WebAssembly,
 * kept by HTTP Toolkit, without native code); bzip2 is ours. Output is bounded against bombs.
 */
import { pipeline, Readable, type Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import { UserError } from '../error.ts'
import { bunzip2 } from './bzip2.ts'
import { followFrames } from './zstd-frames.ts'

export type Compression = 'gzip' | 'zstd' | 'bzip2' | 'xz'

/** What the first bytes say; undefined: not compressed. Source: moby pkg/archive, DetectCompression. */
export function sniff(head: Buffer): Compression | undefined {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08) return 'gzip'
  if (head.toString('latin1', 0, 3) === 'BZh') return 'bzip2'
  if (head.toString('latin1', 0, 6) === '\xfd7zXZ\0') return 'xz'
  if (head.length < 4) return undefined
  const magic = head.readUInt32LE(0)
  // RFC 8878: a frame, or a skippable frame before it.
  return magic === 0xfd2fb528 || (magic >>> 4 === 0x184d2a5 && head.length >= 8) ? 'zstd' : undefined
}

/**
 * Beyond `free` bytes, output may be `ratio` times the input. gzip reaches 1032 and zstd more on zeros; layers made of
 * files stay far below.
 */
export interface Bound {
  readonly free: number
  readonly ratio: number
}

const usual: Bound = { free: 4 * 2 ** 30, ratio: 250 }

/** Output buffers of zlib; its default of 16 KiB halves the speed. */
const chunkSize = 1 << 20

type Pieces = Iterable<Buffer> | AsyncIterable<Buffer>

/** Plain bytes of a compressed stream. Throws UserError on broken data, an early end, or a bomb. `name` is for messages. */
export async function* decompress(
  input: Pieces,
  compression: Compression,
  name: string,
  bound: Bound = usual,
): AsyncGenerator<Buffer> {
  let taken = 0
  let given = 0
  let upstream: unknown
  const counted = async function* (): AsyncGenerator<Buffer> {
    // Where a stream breaks it throws into what feeds it: that is no error of the input.
    let waited = false
    try {
      for await (const piece of input) {
        taken += piece.length
        waited = true
        yield piece
        waited = false
      }
    } catch (error) {
      if (!waited) upstream = error
      throw error
    }
  }
  const check = (more: number): void => {
    given += more
    if (given > bound.free && given > taken * bound.ratio) {
      throw new UserError(`${name}: grows without end when unpacked: ${taken} bytes became ${given}`)
    }
  }
  try {
    for await (const piece of undo(counted(), compression, check)) {
      if (compression !== 'zstd' || native() !== undefined) check(piece.length)
      yield piece
    }
  } catch (cause) {
    if (upstream !== undefined) throw upstream
    if (cause instanceof UserError) throw cause
    throw new UserError(`${name}: not readable as ${compression}: ${(cause as Error).message}`, { cause })
  }
}

type MakeZstd = (options: { chunkSize: number }) => Transform

/** Node has zstd since 22.15. */
const native = (): MakeZstd | undefined => (zlib as { readonly createZstdDecompress?: MakeZstd }).createZstdDecompress

function undo(
  input: AsyncGenerator<Buffer>,
  compression: Compression,
  check: (bytes: number) => void,
): AsyncIterable<Buffer> {
  if (compression === 'bzip2') return bunzip2(input)
  if (compression === 'xz') return unxz(input)
  if (compression === 'gzip') return through(input, zlib.createGunzip({ chunkSize }))
  const frames = framesOf(input)
  const decompressor = native()?.({ chunkSize })
  return decompressor === undefined ? unzstd(frames, check) : through(frames, decompressor)
}

async function* through(input: AsyncGenerator<Buffer>, transform: Transform): AsyncGenerator<Buffer> {
  // The error of either side surfaces in the loop below; the callback only keeps it from being thrown twice.
  pipeline(Readable.from(input), transform, () => undefined)
  for await (const piece of transform) yield piece as Buffer
}

type Xz = Pick<typeof import('xz-decompress'), 'XzReadableStream'>

async function* unxz(input: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  // Loaded when needed: compiling WebAssembly costs every other start.
  const loaded: Xz & { readonly default?: Xz } = await import('xz-decompress')
  // A CommonJS package: Node hands it over as the default, a bundler as it is.
  const { XzReadableStream } = loaded.default ?? loaded
  const web = Readable.toWeb(Readable.from(input)) as ReadableStream<Uint8Array>
  const reader = new XzReadableStream(web).getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

/** What the reference decoder takes unless told otherwise (ZSTD_WINDOWLOG_LIMIT_DEFAULT). */
const largestWindow = 128 << 20

/** The same bytes, in pieces that end where a frame ends: Node's decompressor drops what stands behind a frame in one piece. */
async function* framesOf(input: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const frames = followFrames((bytes) => {
    if (bytes > largestWindow) throw new Error(`a window of ${bytes} bytes is too large`)
  })
  for await (const piece of input)
    for (let at = 0; at < piece.length; ) {
      const end = at + frames.take(piece.subarray(at))
      yield piece.subarray(at, end)
      at = end
    }
  // Node 22 takes the end of its input for the end of a frame.
  if (!frames.isWhole()) throw new Error('unexpected end of file')
}

/** One push unpacks at once: four bytes may become 128 KiB, so pieces are kept small. */
const zstdPiece = 256

async function* unzstd(input: AsyncGenerator<Buffer>, check: (bytes: number) => void): AsyncGenerator<Buffer> {
  let out: Buffer[] = []
  const stream = new Decompress((piece) => {
    check(piece.length)
    out.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
  })
  for await (const piece of input) {
    for (let at = 0; at < piece.length; at += zstdPiece) {
      stream.push(piece.subarray(at, at + zstdPiece))
      const ready = out
      out = []
      yield* ready
    }
  }
  stream.push(new Uint8Array(0), true)
  yield* out
}
