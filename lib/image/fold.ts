/** Beginnings of files as numbers: two files of one length whose numbers differ are not the same. */
import type { BodySink } from './tar.ts'

/** As much of a file is looked at; two files of one length seldom begin with the same. */
export const beginning = 1024

const space = Buffer.alloc(beginning)
const words = new Int32Array(space.buffer, space.byteOffset, beginning >> 2)

/** The number of a file, its bytes from `at` on; `bytes` is all of its length. */
export function foldOf(block: Buffer, at: number, bytes: number): number {
  const length = Math.min(bytes, beginning)
  if (((block.byteOffset + at) & 3) === 0)
    return fold(new Int32Array(block.buffer, block.byteOffset + at, length >> 2), block, at, length, bytes)
  block.copy(space, 0, at, at + length)
  return fold(words, space, 0, length, bytes)
}

function fold(from: Int32Array, block: Buffer, at: number, length: number, bytes: number): number {
  let sum = Math.imul(bytes, 0x9e3779b1)
  const count = length >> 2
  for (let i = 0; i < count; i++) {
    sum = Math.imul(sum ^ from[i]!, 0x85ebca6b)
    sum ^= sum >>> 13
  }
  for (let i = at + 4 * count; i < at + length; i++) sum = Math.imul(sum ^ block[i]!, 0x01000193)
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
