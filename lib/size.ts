/** Arithmetic on byte counts that are not exact. */
import type { Basis, Size } from './model.ts'

const weakness: Readonly<Record<Basis, number>> = { exact: 0, resolved: 1, heuristic: 2, unknown: 3 }

/** The weaker of two bases: a sum is as weak as its weakest part. */
export const weaker = (a: Basis, b: Basis): Basis => (weakness[a] >= weakness[b] ? a : b)

/** Bytes that are sure. */
export const exact = (bytes: number, source: string): Size => ({
  bytes,
  low: bytes,
  high: bytes,
  basis: 'exact',
  source,
})

/** Nothing, for sure. */
export const zero: Size = exact(0, 'stores nothing')

/** Not known; `low` is what is sure all the same. */
export const unknown = (source: string, low = 0): Size => ({ bytes: null, low, high: null, basis: 'unknown', source })

/** An estimate with its interval, rounded to whole bytes, kept in order. */
export function about(bytes: number, low: number, high: number, basis: Basis, source: string): Size {
  const likely = Math.max(0, Math.round(bytes))
  return {
    bytes: likely,
    low: Math.max(0, Math.min(likely, Math.floor(low))),
    high: Math.max(likely, Math.ceil(high)),
    basis,
    source,
  }
}

/** low and high add up (null stays null), bytes is null as soon as one part is, basis is the weakest. */
export function add(a: Size, b: Size): Size {
  if (b.basis === 'exact' && b.bytes === 0) return a
  if (a.basis === 'exact' && a.bytes === 0) return b
  return {
    bytes: a.bytes === null || b.bytes === null ? null : a.bytes + b.bytes,
    low: a.low + b.low,
    high: a.high === null || b.high === null ? null : a.high + b.high,
    basis: weaker(a.basis, b.basis),
    source: weakness[b.basis] > weakness[a.basis] ? b.source : a.source,
  }
}

/** The sum of many; exact 0 for none. */
export const sum = (sizes: Iterable<Size>): Size => {
  let total = zero
  for (const size of sizes) total = add(total, size)
  return total
}

/** The same bytes, or none of them: something that may not be there. */
export const perhaps = (size: Size): Size => ({
  ...size,
  low: 0,
  bytes: size.bytes,
  basis: size.bytes === 0 && size.basis === 'exact' ? 'exact' : weaker(size.basis, 'heuristic'),
})

/** One of two, nobody knows which; the second is the likely one. */
export const either = (a: Size, b: Size): Size =>
  a.basis === 'exact' && b.basis === 'exact' && a.bytes === b.bytes
    ? a
    : {
        ...perhaps(b),
        low: Math.min(a.low, b.low),
        high: a.high === null || b.high === null ? null : Math.max(a.high, b.high),
        bytes: a.bytes === null || b.bytes === null ? null : b.bytes,
      }
