/**
 * Undoes bzip2, block by block.
 *
 * Our own, because the libraries there are loop for hours on a crafted run length, or print a deprecation notice; the format
 * has not changed since 1997. Throws plain Errors with a reason; compress.ts says where.
 *
 * Source: J. Tsai, "Bzip2: Format Specification"; bzip2 1.0.8 decompress.c for the limits.
 */

/** More than any block takes: 900,000 symbols of at most 20 bits, and its tables. */
const blockInput = 2_400_000
const chunkBytes = 1 << 18
const groupSymbols = 50
const longestCode = 20

const crcTable = new Int32Array(256)
for (let i = 0; i < 256; i++) {
  let c = i << 24
  for (let bit = 0; bit < 8; bit++) c = c < 0 ? (c << 1) ^ 0x04c11db7 : c << 1
  crcTable[i] = c
}

/** Bits of a buffer, most significant first. */
interface Bits {
  data: Buffer
  /** In bits. */
  at: number
}

function take(bits: Bits, count: number): number {
  let value = 0
  for (let left = count; left > 0; ) {
    const byte = bits.data[bits.at >>> 3]
    if (byte === undefined) throw new Error('it ends too early')
    const here = 8 - (bits.at & 7)
    const part = Math.min(here, left)
    value = (value << part) | ((byte >>> (here - part)) & ((1 << part) - 1))
    bits.at += part
    left -= part
  }
  return value
}

/** One canonical prefix code. */
interface Code {
  readonly shortest: number
  readonly longest: number
  /** By length: the largest code, and what to add to a code to find its symbol. */
  readonly limit: Int32Array
  readonly offset: Int32Array
  readonly symbols: Uint16Array
}

/** Yields the plain bytes of one or more streams. Input in pieces of any length. */
export async function* bunzip2(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  const source = (async function* () {
    yield* pieces
  })()
  let ended = false
  let waiting: Buffer[] = []
  let waitingBytes = 0
  const bits: Bits = { data: Buffer.alloc(0), at: 0 }
  let level = 0
  let streamCrc = 0
  while (true) {
    while (!ended && bits.data.length - (bits.at >>> 3) + waitingBytes < blockInput) {
      const next = await source.next()
      if (next.done) ended = true
      else {
        waiting.push(next.value)
        waitingBytes += next.value.length
      }
    }
    if (waiting.length > 0) {
      bits.data = Buffer.concat([bits.data.subarray(bits.at >>> 3), ...waiting])
      bits.at &= 7
      waiting = []
      waitingBytes = 0
    }
    if (level === 0) {
      // Bytes after the last stream are padding, as bzip2 itself takes them.
      if (bits.data.toString('latin1', bits.at >>> 3, (bits.at >>> 3) + 3) !== 'BZh') return
      bits.at += 24
      level = take(bits, 8) - 0x30
      if (level < 1 || level > 9) throw new Error('an unknown block size')
      streamCrc = 0
    }
    const mark = take(bits, 24) * 0x1000000 + take(bits, 24)
    const crc = take(bits, 32) | 0
    if (mark === 0x177245385090) {
      if (crc !== streamCrc) throw new Error('the checksum is wrong')
      bits.at = (bits.at + 7) & ~7
      level = 0
    } else {
      if (mark !== 0x314159265359) throw new Error('no block where one should be')
      streamCrc = ((streamCrc << 1) | (streamCrc >>> 31)) ^ crc
      yield* plain(decodeBlock(bits, level * 100_000), crc)
    }
  }
}

interface Block {
  /** Links of the sorted block: the byte below, the next position above. */
  readonly links: Uint32Array
  readonly length: number
  readonly origin: number
}

function decodeBlock(bits: Bits, room: number): Block {
  if (take(bits, 1) === 1) throw new Error('a randomised block, which bzip2 stopped writing in 1997')
  const origin = take(bits, 24)
  const used: number[] = []
  const rows = take(bits, 16)
  for (let row = 0; row < 16; row++) {
    if (((rows >>> (15 - row)) & 1) === 0) continue
    const columns = take(bits, 16)
    for (let column = 0; column < 16; column++) if ((columns >>> (15 - column)) & 1) used.push(row * 16 + column)
  }
  if (used.length === 0) throw new Error('a block without symbols')
  const codeCount = take(bits, 3)
  const selectorCount = take(bits, 15)
  if (codeCount < 2 || codeCount > 6 || selectorCount === 0) throw new Error('a block without codes')
  const selectors = readSelectors(bits, codeCount, selectorCount)
  const codes: Code[] = []
  for (let i = 0; i < codeCount; i++) codes.push(readCode(bits, used.length + 2))

  const links = new Uint32Array(room)
  const counts = new Uint32Array(257)
  const order = Uint8Array.from(used)
  const end = used.length + 1
  let length = 0
  let run = 0
  let weight = 1
  const flush = (): void => {
    if (length + run > room) throw new Error('a block longer than it may be')
    const byte = order[0]!
    counts[byte + 1]! += run
    links.fill(byte, length, length + run)
    length += run
    run = 0
    weight = 1
  }
  for (let group = 0; ; group++) {
    const code = codes[selectors[group] ?? 7]
    if (code === undefined) throw new Error('a block with too few codes')
    for (let i = 0; i < groupSymbols; i++) {
      const symbol = readSymbol(bits, code)
      if (symbol <= 1) {
        run += weight << symbol
        weight <<= 1
        if (run > room) throw new Error('a block longer than it may be')
        continue
      }
      if (run > 0) flush()
      if (symbol === end) {
        if (origin >= length) throw new Error('a block that begins outside itself')
        link(links, counts, length)
        return { links, length, origin }
      }
      if (length >= room) throw new Error('a block longer than it may be')
      const byte = order[symbol - 1]!
      order.copyWithin(1, 0, symbol - 1)
      order[0] = byte
      counts[byte + 1]!++
      links[length++] = byte
    }
  }
}

/** The inverse of the sorting: each byte learns the position of the one after it. */
function link(links: Uint32Array, counts: Uint32Array, length: number): void {
  for (let byte = 0; byte < 256; byte++) counts[byte + 1]! += counts[byte]!
  for (let i = 0; i < length; i++) {
    const at = counts[links[i]! & 0xff]!++
    links[at] = (links[at]! & 0xff) | (i << 8)
  }
}

function readSelectors(bits: Bits, codes: number, count: number): Uint8Array {
  const order = [0, 1, 2, 3, 4, 5].slice(0, codes)
  const selectors = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    let place = 0
    while (take(bits, 1) === 1) if (++place >= codes) throw new Error('a code that is not there')
    const [code] = order.splice(place, 1)
    order.unshift(code!)
    selectors[i] = code!
  }
  return selectors
}

function readCode(bits: Bits, symbolCount: number): Code {
  const lengths = new Uint8Array(symbolCount)
  let length = take(bits, 5)
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    while (true) {
      if (length < 1 || length > longestCode) throw new Error('a code of impossible length')
      if (take(bits, 1) === 0) break
      length += take(bits, 1) === 0 ? 1 : -1
    }
    lengths[symbol] = length
  }
  const counts = new Int32Array(longestCode + 2)
  for (const one of lengths) counts[one]!++
  const limit = new Int32Array(longestCode + 2).fill(-1)
  const offset = new Int32Array(longestCode + 2)
  const symbols = new Uint16Array(symbolCount)
  let code = 0
  let placed = 0
  for (let bitsLong = 1; bitsLong <= longestCode; bitsLong++) {
    offset[bitsLong] = placed - code
    for (let symbol = 0; symbol < symbolCount; symbol++) if (lengths[symbol] === bitsLong) symbols[placed++] = symbol
    code += counts[bitsLong]!
    limit[bitsLong] = code - 1
    code <<= 1
  }
  return { shortest: Math.min(...lengths), longest: Math.max(...lengths), limit, offset, symbols }
}

function readSymbol(bits: Bits, code: Code): number {
  let value = take(bits, code.shortest)
  for (let length = code.shortest; length <= code.longest; length++) {
    if (value <= code.limit[length]!) {
      const symbol = code.symbols[value + code.offset[length]!]
      if (symbol !== undefined) return symbol
      break
    }
    value = (value << 1) | take(bits, 1)
  }
  throw new Error('a code that is not there')
}

/** Follows the links and expands runs: after four equal bytes comes a count. */
function* plain({ links, length, origin }: Block, wanted: number): Generator<Buffer> {
  let crc = -1
  let chunk = Buffer.allocUnsafe(chunkBytes)
  let filled = 0
  let at = links[origin]! >>> 8
  let last = -1
  let same = 0
  for (let i = 0; i < length; i++) {
    const here = links[at]!
    const byte = here & 0xff
    at = here >>> 8
    const count = same === 4 ? byte : 1
    const value = same === 4 ? last : byte
    for (let copy = 0; copy < count; copy++) {
      crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ value]!
      chunk[filled++] = value
      if (filled === chunkBytes) {
        yield chunk
        chunk = Buffer.allocUnsafe(chunkBytes)
        filled = 0
      }
    }
    if (same === 4) {
      same = 0
      last = -1
    } else {
      same = byte === last ? same + 1 : 1
      last = byte
    }
  }
  if (~crc !== wanted) throw new Error('the checksum is wrong')
  if (filled > 0) yield chunk.subarray(0, filled)
}
