/** What many packages take together, of which some were measured and others guessed. */
import type { Size } from '../model.ts'
import { about, add, unknown } from '../size.ts'
import { around } from './stored.ts'

/** One package, or the same one in several places. */
export interface Part {
  /** Most likely bytes of one. */
  readonly bytes: number
  /** Standard deviation of their logarithm; 0: measured. */
  readonly spread: number
  readonly times: number
}

/** What measured packages may differ by: scripts that run after an install, files that npm renames. */
const slackOfMeasured = 0.008

/** This share of each error is the same for all guesses: the table has what is common, and that has other sizes. */
const sharedError = 0.15

/** So many standard deviations down and up: what is bigger than thought is often much bigger. */
const [down, up] = [2, 2.3]

/** The upper end of an interval that says something is at most so many times the lower one. */
const widest = 100

/**
 * The sum. Its interval is that of a log-normal distribution with the same mean and variance (Fenton and Wilkinson), so it
 * is wide for a few guesses and narrows as they become many.
 */
export function total(parts: readonly Part[], guessed: string): Size {
  const sure = parts.reduce((bytes, one) => bytes + (one.spread === 0 ? one.bytes * one.times : 0), 0)
  const measured = around(sure, slackOfMeasured, sure > 0 ? 200 : 0, 'resolved', 'measured npm packages')
  const open = parts.filter(({ spread }) => spread > 0)
  if (open.length === 0) return measured
  return add(measured, spanOf(open, guessed))
}

/** A part of a whole, or `unknown` where the interval of the whole says next to nothing. */
export const unlessTooWide = (part: Size, whole: Size): Size =>
  whole.basis === 'heuristic' && whole.high! > widest * Math.max(1, whole.low) ? unknown(part.source, part.low) : part

/** Guesses alone, together. */
export function spanOf(open: readonly Part[], source: string): Size {
  let [mean, variance, deviation] = [0, 0, 0]
  for (const { bytes, spread, times } of open) {
    const one = times * bytes * Math.exp(spread ** 2 / 2)
    const squared = one ** 2 * Math.expm1(spread ** 2)
    mean += one
    variance += squared
    deviation += Math.sqrt(squared)
  }
  const spread = Math.sqrt(Math.log1p((variance + (sharedError * deviation) ** 2) / Math.max(1, mean) ** 2))
  const middle = mean * Math.exp(-(spread ** 2) / 2)
  return about(middle, middle * Math.exp(-down * spread), middle * Math.exp(up * spread), 'heuristic', source)
}
