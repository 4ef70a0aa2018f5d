/** Durations as Go writes and reads them. Source: history specification, section 4 (DUR); Go's time package. */

const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

/** `1m30s` → nanoseconds; undefined: not a duration. */
export function durationOf(text: string): number | undefined {
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? []
  if (rest === '0') return 0
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(rest)) return undefined
  let total = 0
  for (const [, amount, unit] of rest.matchAll(/([\d.]+)([^\d.]+)/g)) total += Number(amount) * units[unit!]!
  return Math.trunc(sign === '-' ? -total : total)
}

/** Nanoseconds → `1m30s`, `500ms`, `0s`. */
export function durationText(nanoseconds: number): string {
  if (nanoseconds === 0) return '0s'
  const sign = nanoseconds < 0 ? '-' : ''
  const total = Math.abs(nanoseconds)
  if (total < 1e3) return `${sign}${total}ns`
  if (total < 1e6) return `${sign}${decimal(total, 3)}µs`
  if (total < 1e9) return `${sign}${decimal(total, 6)}ms`
  const minutes = Math.floor(total / 60e9)
  const seconds = `${decimal(total - minutes * 60e9, 9)}s`
  if (minutes === 0) return sign + seconds
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60}m${seconds}`
}

/** `value` / 10^places without trailing zeros. */
function decimal(value: number, places: number): string {
  const unit = 10 ** places
  const fraction = String(value % unit)
    .padStart(places, '0')
    .replace(/0+$/, '')
  const whole = String(Math.floor(value / unit))
  return fraction === '' ? whole : `${whole}.${fraction}`
}
