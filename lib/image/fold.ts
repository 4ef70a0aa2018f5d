/** Beginnings of files as numbers: two files of one length whose numbers differ are not the same. */
import type { BodySink } from './tar.ts'

/** As much of a file is looked at; two files of one length seldom begin with the same. */
export const beginning = 1024

const space = Buffer.alloc(beginning)
const spaceWords = new Int32Array(space.buffer, space.byteOffset, beginning >> 2)

/** The number of a file, its bytes from `at` on; `bytes` is all of its length. `words`: all of `block`, as numbers. */
export function foldOf(block: Buffer, at: number, bytes: number, words?: Int32Array): number {
  const length = Math.min(bytes, beginning)
  if (words !== undefined && (at & 3) === 0) return fold(words, block, at, length, bytes)
  block.copy(space, 0, at, at + length)
  return fold(spaceWords, space, 0, length, bytes)
}

function fold(words: Int32Array, block: Buffer, at: number, length: number, bytes: number): number {
  let sum = Math.imul(bytes, 0x9e3779b1)
  const end = (at + length) >> 2
  for (let i = at >> 2; i < end; i++) {
    sum = Math.imul(sum ^ words[i]!, 0x85ebca6b)
    sum ^= sum >>> 13
  }
  for (let i = 4 * end; i < at + length; i++) sum = Math.imul(sum ^ block[i]!, 0x01000193)
  return (sum ^ (sum >>> 15)) >>> 0
}

/** Takes the beginning of a file that comes in pieces. */
export function foldSink(bytes: number, take: (fold: number) => void): BodySink {
  let filled = 0
  const own = Buffer.alloc(Math.min(bytes, beginning))
  return {
    most: beginning,
    write(piece) {
      own.set(piece, filled)
      filled += piece.length
    },
    end: () => take(foldOf(own, 0, bytes)),
  }
}
