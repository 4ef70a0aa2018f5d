/** The names in a directory: a map that is copied in a moment and finds where it differs from a copy without a look at the rest. */

/** Names that one part of a large directory holds, on average and at most. */
const crowd = 48

/** A map by name. Copies share what neither of them has changed since; the order of names is not told. */
export class Names<T> {
  /** Parts by the hash of a name; their number is a power of two. */
  private parts: Map<string, T>[]
  /** Parts that are shared with no copy. */
  private mine: boolean[]
  private count: number

  constructor(parts: Map<string, T>[] = [new Map()], mine: boolean[] = [true], count = 0) {
    this.parts = parts
    this.mine = mine
    this.count = count
  }

  /** The same names; what happens to one of the two later does not happen to the other. */
  copy(): Names<T> {
    this.mine.fill(false)
    return new Names(this.parts.slice(), this.mine.slice(), this.count)
  }

  get(name: string): T | undefined {
    return this.parts[this.at(name)]!.get(name)
  }

  has(name: string): boolean {
    return this.parts[this.at(name)]!.has(name)
  }

  set(name: string, value: T): void {
    const part = this.own(this.at(name))
    const before = part.size
    part.set(name, value)
    this.count += part.size - before
    if (this.count > crowd * this.parts.length) this.spread()
  }

  delete(name: string): void {
    const at = this.at(name)
    if (this.parts[at]!.has(name) && this.own(at).delete(name)) this.count--
  }

  *keys(): Generator<string> {
    for (const part of this.parts) yield* part.keys()
  }

  *values(): Generator<T> {
    for (const part of this.parts) yield* part.values()
  }

  *[Symbol.iterator](): Generator<[string, T]> {
    for (const part of this.parts) yield* part
  }

  /** Names that may stand for something else in the other one, or are not in it, or only in it; sorted. */
  unlike(other: Names<T> | undefined): readonly string[] {
    const together = other?.parts.length === this.parts.length
    const names = new Set<string>()
    for (const [i, part] of this.parts.entries())
      if (!together || part !== other.parts[i]) for (const name of part.keys()) names.add(name)
    for (const [i, part] of other?.parts.entries() ?? [])
      if (!together || part !== this.parts[i]) for (const name of part.keys()) names.add(name)
    return [...names].sort()
  }

  private at(name: string): number {
    return this.parts.length === 1 ? 0 : hash(name) & (this.parts.length - 1)
  }

  private own(at: number): Map<string, T> {
    if (!this.mine[at]) {
      this.parts[at] = new Map(this.parts[at])
      this.mine[at] = true
    }
    return this.parts[at]!
  }

  private spread(): void {
    const all = [...this]
    const length = this.parts.length * 4
    this.parts = Array.from({ length }, () => new Map())
    this.mine = this.parts.map(() => true)
    for (const [name, value] of all) this.parts[this.at(name)]!.set(name, value)
  }
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value ^ (value >>> 15)
}
