/** What a new layer is made of: stretches of layers there were, and headers made here. */
import { grown } from '../image/names.ts'
import type { Source } from '../image/readable.ts'
import { tarEnd } from '../image/tar-write.ts'
import type { Reader } from '../image/write.ts'

/** Pieces in their order, kept as columns: there may be a million. */
export class Plan {
  /** Bytes of all of them, and of the end of a tar. */
  bytes = tarEnd.length
  private count = 0
  /** The layer a piece is of; `made`: it is none of a layer. */
  private layers = new Int32Array(256)
  private starts = new Float64Array(256)
  private ends = new Float64Array(256)
  private readonly blocks: Buffer[] = []

  /** Bytes of a layer, as they are. */
  add(layer: number, from: number, to: number): void {
    if (to <= from) return
    this.bytes += to - from
    const last = this.count - 1
    // Stretches that meet are one.
    if (last >= 0 && this.layers[last] === layer && this.ends[last] === from) this.ends[last] = to
    else this.put(layer, from, to)
  }

  /** Headers. */
  addMade(block: Buffer): void {
    this.bytes += block.length
    this.put(made, this.blocks.push(block) - 1, block.length)
  }

  /** Gives them as one tar, in as large pieces as are asked for; `sources` by the number of their layer. */
  reader(sources: readonly (Source | undefined)[]): Reader {
    let number = 0
    let done = 0
    return (into) => {
      let filled = 0
      while (filled < into.length && number <= this.count) {
        const block = this.blockAt(number)
        const length = block === undefined ? this.ends[number]! - this.starts[number]! : block.length
        const part = into.subarray(filled, filled + Math.min(into.length - filled, length - done))
        if (block !== undefined) part.set(block.subarray(done, done + part.length))
        else readExactly(sources[this.layers[number]!]!, this.starts[number]! + done, part)
        filled += part.length
        done += part.length
        if (done === length) {
          number++
          done = 0
        }
      }
      return filled
    }
  }

  /** What was made here for a piece; the one after the last is the end of the tar. */
  private blockAt(number: number): Buffer | undefined {
    if (number === this.count) return tarEnd
    return this.layers[number] === made ? this.blocks[this.starts[number]!]! : undefined
  }

  private put(layer: number, from: number, to: number): void {
    if (this.count === this.layers.length) {
      this.layers = grown(this.layers)
      this.starts = grown(this.starts)
      this.ends = grown(this.ends)
    }
    this.layers[this.count] = layer
    this.starts[this.count] = from
    this.ends[this.count] = to
    this.count++
  }
}

const made = -1

function readExactly(source: Source, at: number, into: Buffer): void {
  const got = source.read(at, into)
  // Padding of the last member may be missing at the end of a tar.
  if (got < into.length) into.fill(0, got)
}
