/**
 * Paths as numbers: what a table of a million entries keeps instead of texts. A path is its folder's number and a name,
 * and names lie one after the other in one buffer.
 */

const slash = 0x2f

/** A growing set of paths. 0 is the root; others count from 1 in the order in which they were first asked for. */
export class Names {
  /** How many there are, the root included. */
  count = 1
  private parents = new Int32Array(1024)
  /** Where each name begins; it ends where the next one begins. */
  private starts = new Uint32Array(1024)
  private hashes = new Int32Array(1024)
  private bytes = Buffer.allocUnsafe(16 << 10)
  private filled = 0
  /** An open hash table of numbers; the root is in none, so 0 is free. */
  private slots = new Int32Array(4096)
  /** Nobody can prepare names that meet in the table. What comes out does not depend on it. */
  private readonly seed = (Math.random() * 2 ** 32) | 0
  /** The last folder something was in, since tars come folder by folder. */
  private above = Buffer.alloc(256)
  private aboveBytes = 0
  private aboveNumber = 0
  /** The last folder whose path was asked for. */
  private told = 0
  private toldText = ''

  /** Length of all names together. */
  get nameBytes(): number {
    return this.filled
  }

  /** The number of a clean path, `usr/lib` in UTF-8 without a slash at either end; of no bytes: the root. */
  at(bytes: Uint8Array, from: number, to: number): number {
    let name = to
    while (name > from && bytes[name - 1] !== slash) name--
    const folder = name === from ? 0 : this.folderAt(bytes, from, name - 1)
    return name === to ? 0 : this.child(folder, bytes, name, to)
  }

  /** The number of a clean absolute path. */
  ofPath(path: string): number {
    const bytes = Buffer.from(path, 'utf8')
    return this.at(bytes, 1, bytes.length)
  }

  /** The folder a path is in; that of the root is the root. */
  parent(number: number): number {
    return this.parents[number]!
  }

  /** Whether a path is in a folder, at whatever depth. A folder has a smaller number than what is in it. */
  isBelow(number: number, folder: number): boolean {
    let at = number
    while (at > folder) at = this.parents[at]!
    return at === folder && number !== folder
  }

  /** The absolute path. */
  path(number: number): string {
    if (number === 0) return '/'
    const parent = this.parents[number]!
    if (parent === 0) return `/${this.name(number)}`
    if (parent !== this.told) {
      const parts: string[] = []
      for (let at = parent; at !== 0; at = this.parents[at]!) parts.push(this.name(at))
      this.toldText = `/${parts.reverse().join('/')}/`
      this.told = parent
    }
    return this.toldText + this.name(number)
  }

  /** How two names of one folder are in order: below 0, or above. As texts are compared: by UTF-16 units. */
  compare(one: number, other: number): number {
    let a = this.starts[one]!
    let b = this.starts[other]!
    const { bytes } = this
    const [endA, endB] = [this.endOf(one), this.endOf(other)]
    for (; a < endA && b < endB; a++, b++) {
      const [x, y] = [bytes[a]!, bytes[b]!]
      if (x === y) continue
      // What is beyond U+FFFF begins with F0 in UTF-8, and with D8 in UTF-16, which is below E000.
      return x >= 0xee && y >= 0xee && x >= 0xf0 !== y >= 0xf0 ? y - x : x - y
    }
    return endA - a - (endB - b)
  }

  private name(number: number): string {
    const [from, to] = [this.starts[number]!, this.endOf(number)]
    let high = 0
    for (let i = from; i < to; i++) high |= this.bytes[i]!
    return this.bytes.toString(high < 0x80 ? 'latin1' : 'utf8', from, to)
  }

  private endOf(number: number): number {
    return number + 1 === this.count ? this.filled : this.starts[number + 1]!
  }

  private folderAt(bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    if (length === this.aboveBytes) {
      let i = 0
      while (i < length && this.above[i] === bytes[from + i]) i++
      if (i === length) return this.aboveNumber
    }
    let number = 0
    for (let start = from; start <= to; ) {
      let end = start
      while (end < to && bytes[end] !== slash) end++
      number = this.child(number, bytes, start, end)
      start = end + 1
    }
    if (length > this.above.length) this.above = Buffer.alloc(2 * length)
    this.above.set(bytes.subarray(from, to))
    this.aboveBytes = length
    this.aboveNumber = number
    return number
  }

  private child(parent: number, bytes: Uint8Array, from: number, to: number): number {
    // FNV-1a, its bits mixed at the end.
    let hash = this.seed ^ Math.imul(parent, 0x9e3779b1)
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
    hash ^= hash >>> 15
    const mask = this.slots.length - 1
    let slot = hash & mask
    for (; ; slot = (slot + 1) & mask) {
      const number = this.slots[slot]!
      if (number === 0) break
      if (this.hashes[number] === hash && this.parents[number] === parent && this.isNamed(number, bytes, from, to))
        return number
    }
    const number = this.add(parent, hash, bytes, from, to)
    if (2 * this.count > this.slots.length) this.spread()
    else this.slots[slot] = number
    return number
  }

  private isNamed(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.starts[number]!
    if (this.endOf(number) - start !== to - from) return false
    for (let i = from; i < to; i++) if (this.bytes[start + i - from] !== bytes[i]) return false
    return true
  }

  private add(parent: number, hash: number, bytes: Uint8Array, from: number, to: number): number {
    const number = this.count
    if (number === this.parents.length) {
      this.parents = grown(this.parents)
      this.starts = grown(this.starts)
      this.hashes = grown(this.hashes)
    }
    const filled = this.filled + to - from
    if (filled > this.bytes.length) {
      const larger = Buffer.allocUnsafe(2 * filled)
      this.bytes.copy(larger, 0, 0, this.filled)
      this.bytes = larger
    }
    for (let i = from; i < to; i++) this.bytes[this.filled + i - from] = bytes[i]!
    this.parents[number] = parent
    this.starts[number] = this.filled
    this.hashes[number] = hash
    this.filled = filled
    this.count++
    return number
  }

  /** Makes the table twice as large. */
  private spread(): void {
    this.slots = new Int32Array(2 * this.slots.length)
    const mask = this.slots.length - 1
    for (let number = 1; number < this.count; number++) {
      let slot = this.hashes[number]! & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = number
    }
  }
}

/** A column with half as much room again. */
export function grown<T extends Int32Array | Uint32Array | Float64Array>(column: T): T {
  const larger = new (column.constructor as new (length: number) => T)((column.length * 3) >> 1)
  larger.set(column)
  return larger
}
