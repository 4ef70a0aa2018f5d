/** Goes through a tar that lies still: reads headers, and seeks over the bodies that nobody wants. */
import type { Source } from './readable.ts'
import { type OnRecord, tarParser } from './tar.ts'
import type { OnPlain } from './tar-plain.ts'

/**
 * How much is read at one time. A read that began where the one before ended is followed by one of twice the length, up to
 * what holds the headers of many small files; after a body was passed over it is a short one again.
 */
const windows: readonly number[] = [4, 8, 16, 32, 64].map((kibibytes) => kibibytes << 10)

/** Walks a tar that lies still, reading headers and wanted bodies only. Returns the number of members. */
export function walkTar(source: Source, onRecord: OnRecord, onPlain?: OnPlain): number {
  const parser = tarParser(source.name, onRecord, onPlain)
  const space = Buffer.allocUnsafeSlow(windows.at(-1)!)
  const spaces = windows.map((bytes) => space.subarray(0, bytes))
  const words = new Int32Array(space.buffer, space.byteOffset, space.length >> 2)
  let window = 0
  let at = 0
  while (!parser.ended && at < source.bytes) {
    // What is cut off at the end, the parser will miss.
    const skip = Math.min(parser.skippable, source.bytes - at)
    if (skip > 0) {
      parser.skip(skip)
      at += skip
      window = 0
      continue
    }
    const into = spaces[window]!
    const got = source.read(at, into)
    if (got === 0) break
    parser.feed(got === into.length ? into : into.subarray(0, got), words)
    at += got
    window = Math.min(window + 1, windows.length - 1)
  }
  parser.finish()
  return parser.count
}
