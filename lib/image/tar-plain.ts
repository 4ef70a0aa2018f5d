/** Plain members: most files and folders are such, and are read without making a record, or a text. */
import type { BodySink } from './tar.ts'

/**
 * Called, where it is given, for a file or folder that its one header says all of, and whose name is ASCII and clean: most
 * are so, and need no record. `block` holds the header from `at` on, and the name from `at` to `nameEnd`, without a slash
 * at its end; what follows in it may be the body. As OnRecord gives a sink.
 */
export type OnPlain = (block: Buffer, at: number, nameEnd: number, plain: Plain) => BodySink | undefined

/** The rest of what such a header says; one object is used for all. */
export interface Plain {
  readonly type: 'file' | 'dir'
  readonly bytes: number
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Where its body begins, counted from the start of the tar. */
  readonly body: number
  /** The block as numbers, where it lies well; undefined: it does not. */
  readonly words: Int32Array | undefined
}

/**
 * Where the name in a header ends, a slash at its end left out; `at` where it is not of the usual kind: with a prefix,
 * with other than ASCII, or with something that a path in an image does not have (`./a`, `/a`, `a//b`, `a/..`), and for
 * simplicity with any part that begins with a dot.
 */
export function plainName(block: Buffer, at: number): number {
  if (block[at + 345] !== 0) return at
  let before = slash
  let end = at
  for (const most = at + 100; end < most; end++) {
    const byte = block[end]!
    if (byte === 0) break
    if (byte >= 0x80 || (before === slash && (byte === slash || byte === dot))) return at
    before = byte
  }
  return end > at && before === slash ? end - 1 : end
}

const slash = 0x2f
const dot = 0x2e
