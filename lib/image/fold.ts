/** Beginnings of files as numbers: two files of one length whose numbers differ are not the same. */
import type { BodySink } from './tar.ts'

/** As much of a file is looked at; two files of one length seldom begin with the same. */
export const beginning = 256

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
  return sum ^ (sum >>> 15)
}

/** Takes the beginnings of files that come in pieces, one after the other: one object serves all of a tar. */
export class FoldSink implements BodySink {
  readonly most = beginning
  private readonly take: (number: number, fold: number) => void
  private number = 0
  private bytes = 0
  private filled = 0
  private readonly own = Buffer.alloc(beginning)

  /** `take` gets the number that was given to `of`. */
  constructor(take: (number: number, fold: number) => void) {
    this.take = take
  }

  /** The sink of the next file. */
  of(number: number, bytes: number): this {
    this.number = number
    this.bytes = bytes
    this.filled = 0
    return this
  }

  write(piece: Buffer): void {
    this.own.set(piece, this.filled)
    this.filled += piece.length
  }

  end(): void {
    this.take(this.number, foldOf(this.own, 0, this.bytes))
  }
}
