/** Numbers at random that are the same for the same seed on every machine. Source: mulberry32. */

/** A whole number from 0 up to `below`, itself left out; another one with each call. */
export type Pick = (below: number) => number

/** The numbers of a seed. */
export function random(seed: number): Pick {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}
