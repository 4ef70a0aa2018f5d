/**
 * Follows the frames of a zstd stream from header to header, to know where each one ends, and how much of a window it asks
 * for before a decompressor makes it.
 *
 * Source: RFC 8878, sections 3.1.1 (frames, blocks) and 3.1.2 (skippable frames).
 */

/** Takes the pieces of a stream in order. What is no zstd is passed over in silence: the decompressor will say it. */
export interface FrameFollower {
  /** How many bytes of the piece it took: all of them, or up to the end of a frame. */
  take(piece: Uint8Array): number
  /** Does the stream stand behind the end of a frame? */
  isWhole(): boolean
}

const magic = 0xfd2fb528
const skippable = 0x184d2a5

/** Calls `onWindow` with the length of the window that a frame asks for, before its first block. */
export function followFrames(onWindow: (bytes: number) => void): FrameFollower {
  /** Bytes of what is being collected, and how many it takes. */
  let field: number[] = []
  let wanted = 4
  let next = takeMagic
  /** Bytes to pass over before the next field. */
  let skip = 0
  let checksum = false
  let lost = false
  /** A frame ends where what is passed over ends. */
  let ending = false

  const expect = (bytes: number, then: () => void): void => {
    field = []
    wanted = bytes
    next = then
  }

  function takeMagic(): void {
    const found = little(field, 0, 4)
    if (found === magic) expect(1, takeDescriptor)
    else if (found >>> 4 === skippable) expect(4, takeSkippable)
    else lost = true
  }

  function takeSkippable(): void {
    skip = little(field, 0, 4)
    ending = true
    expect(4, takeMagic)
  }

  function takeDescriptor(): void {
    const descriptor = field[0]!
    const single = (descriptor & 0x20) !== 0
    checksum = (descriptor & 4) !== 0
    const window = single ? 0 : 1
    const dictionary = [0, 1, 2, 4][descriptor & 3]!
    const content = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]!
    expect(window + dictionary + content, () => {
      onWindow(single ? little(field, dictionary, content) + (content === 2 ? 256 : 0) : windowOf(field[0]!))
      expect(3, takeBlock)
    })
  }

  function takeBlock(): void {
    const header = little(field, 0, 3)
    const bytes = header >> 3
    skip = ((header >> 1) & 3) === 1 ? 1 : bytes
    if ((header & 1) === 0) expect(3, takeBlock)
    else {
      if (checksum) skip += 4
      ending = true
      expect(4, takeMagic)
    }
  }

  return {
    take(piece) {
      for (let at = 0; at < piece.length && !lost; ) {
        if (skip > 0) {
          const part = Math.min(skip, piece.length - at)
          skip -= part
          at += part
        } else {
          field.push(piece[at++]!)
          if (field.length === wanted) next()
        }
        if (ending && skip === 0) {
          ending = false
          return at
        }
      }
      return piece.length
    },
    isWhole: () => !lost && next === takeMagic && field.length === 0 && skip === 0,
  }
}

const little = (bytes: readonly number[], from: number, count: number): number => {
  let value = 0
  for (let i = from + count - 1; i >= from; i--) value = value * 256 + bytes[i]!
  return value
}

/** An exponent in the upper five bits, eighths of that power in the lower three. */
const windowOf = (descriptor: number): number => {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}
