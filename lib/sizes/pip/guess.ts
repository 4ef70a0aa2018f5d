/**
 * How big a distribution is that no table has: by its wheel where a lock file says how long that is, else as the measured
 * ones are in the mean.
 *
 * Constants: fitted on the table, logarithms of 363 wheels measured for Python 3.11.
 */
import { spanOf } from '../total.ts'

/** A wheel as a lock file describes it. */
export interface Packed {
  readonly bytes: number
  /** It holds machine code. */
  readonly native: boolean
}

/** Likely bytes, and between which they surely are. */
export interface Share {
  readonly bytes: number
  readonly low: number
  readonly high: number
}

/** Bytes that may be off by a share of them. */
export const share = (bytes: number, margin: number): Share => ({
  bytes,
  low: bytes * Math.max(0, 1 - margin),
  high: bytes * (1 + margin),
})

/** What a distribution that nobody has measured stores. */
export interface Guessed {
  readonly own: Share
  readonly byteCode: Share
  readonly packed: Share
}

// Of what is unpacked and compiled the logarithm, over the wheel's where that is known: mean and standard deviation.
const byWheel = { pure: [1.79, 0.41], native: [1.35, 0.36] } as const
const [blindMean, blindSpread] = [13.2, 2.05]
// With what it needs besides, which nobody knows either.
const moreOfUnlocked = 0.4
// Byte code is so much of it.
const codeShare = { pure: 0.45, native: 0.16, blind: 0.4 } as const
const packedShare = 0.17

/** So many standard deviations down and up. */
const reach = 2

/**
 * `wheel`: what a lock file says of it; `alone`: nothing else comes with it that is not asked for; `times`: what to take
 * for its likely size besides, see `together`.
 */
export function guessOf(wheel: Packed | undefined, alone: boolean, times = 1): Guessed {
  const [kind, known] = wheel === undefined ? ['blind', 0] : [wheel.native ? 'native' : 'pure', Math.log(wheel.bytes)]
  const [mean, spread] =
    kind === 'blind' ? [blindMean + (alone ? 0 : moreOfUnlocked), blindSpread] : byWheel[kind as 'pure' | 'native']
  const middle = Math.exp(mean + known)
  const [low, high] = [middle * Math.exp(-reach * spread), middle * Math.exp(reach * spread)]
  const bytes = Math.min(high, middle * times)
  const part = (of: number): Share => ({ bytes: bytes * of, low: low * of, high: high * of })
  const code = codeShare[kind as keyof typeof codeShare]
  return {
    own: part(1 - code),
    byteCode: part(code),
    packed: wheel === undefined ? part(packedShare) : share(wheel.bytes, 0),
  }
}

/** Many are likely more than the sum of what each likely is, as few of them are far bigger: so many times that sum. */
export function together(count: number, alone: boolean): number {
  const middle = Math.exp(blindMean + (alone ? 0 : moreOfUnlocked))
  const all = spanOf(
    [...Array(count).keys()].map(() => ({ bytes: middle, spread: blindSpread, times: 1 })),
    '',
  )
  return (all.bytes ?? 0) / (count * middle)
}
