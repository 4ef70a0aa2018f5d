/**
 * Byte counts and ages as the clients print them: docker's (go-units 0.5) and podman's, and our own signs for what is
 * estimated or unknown. Source: spec/history.md section 10, cli.md "Sizes".
 */
import { humanSize, scale, threeDigits } from '../human.ts'
import type { Size } from '../model.ts'

/** The same for podman of that version: a blank before the unit up to 4. */
export function podmanSize(bytes: number, version: string): string {
  const { value, unit } = scale(bytes)
  return `${threeDigits(value)}${Number.parseInt(version, 10) < 5 ? ' ' : ''}${unit}`
}

/** `5 weeks`, `About an hour`: an age in milliseconds, hours rounded, everything else cut. Ages to come: under a second. */
export function humanDuration(milliseconds: number): string {
  // The clients count nanoseconds in 64 bits, which end at 292 years.
  const seconds = Math.min(Math.trunc(milliseconds / 1000), 9_223_372_036)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.trunc(seconds / 60)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.trunc(Math.min(milliseconds / 3_600_000, 2_562_047) + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`
  return `${Math.trunc(Math.trunc(seconds / 3600) / 24 / 365)} years`
}

/** `34.9%`, `~34.9%` where one is an estimate, `<0.1%`; undefined where either is not known. */
export function shareOf(part: Size, whole: Size): string | undefined {
  if (part.bytes === null || whole.bytes === null || whole.bytes === 0) return undefined
  const approximate = part.basis === 'exact' && whole.basis === 'exact' ? '' : '~'
  const percent = (100 * part.bytes) / whole.bytes
  return `${approximate}${percent > 0 && percent < 0.05 ? '<0.1' : percent.toFixed(1)}%`
}

/** How a size is to be shown. `podman`: the version whose units to use. */
export interface SizeStyle {
  readonly human: boolean
  readonly range: boolean
  readonly podman: string | null
}

/**
 * One SIZE cell: exact as the client prints it, `~4.17MB` for an estimate, `?` for an unknown one. With `range` the two
 * ends instead of the likely value: `12.0–12.1MB`, `12.0MB–?` where there is no upper end.
 */
export function showSize(size: Size, style: SizeStyle): string {
  const print = (bytes: number): string => {
    // podman has no plain byte counts: its --human=false changes the ages only.
    if (style.podman !== null) return podmanSize(bytes, style.podman)
    return style.human ? humanSize(bytes) : String(bytes)
  }
  if (size.basis === 'exact' && size.bytes !== null) return print(size.bytes)
  if (!style.range || size.low === size.high) return size.bytes === null ? '?' : `~${print(size.bytes)}`
  if (size.high === null) return size.low === 0 ? '?' : `${print(size.low)}–?`
  if (!style.human && style.podman === null) return `${size.low}–${size.high}`
  return interval(size.low, size.high, print)
}

/** Both ends in the unit of the upper one, with as many decimals as that has room for; each in its own if too far apart. */
function interval(low: number, high: number, print: (bytes: number) => string): string {
  const { value, power } = scale(high)
  const lower = low / 1000 ** power
  if (power === 0 || (low > 0 && lower < value / 100)) {
    return power === 0 ? `${low}–${print(high)}` : `${print(low)}–${print(high)}`
  }
  const decimals = value < 10 ? 2 : value < 100 ? 1 : 0
  const ends = [lower, value].map((end) => end.toFixed(decimals))
  const unit = print(high).replace(/^[\d.e+]+/, '')
  return ends[0] === ends[1] ? `~${ends[1]}${unit}` : `${low === 0 ? '0' : ends[0]}–${ends[1]}${unit}`
}
