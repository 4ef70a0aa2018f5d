/** Byte counts for people, as docker's client prints them (go-units 0.5). */

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']

/** `1.02kB`: decimal units, three significant digits, `1e+03kB` where rounding reaches four. */
export function humanSize(bytes: number): string {
  const { value, unit } = scale(bytes)
  return `${threeDigits(value)}${unit}`
}

/** The number in the largest unit that fits, and how many thousands that is. */
export function scale(bytes: number): { readonly value: number; readonly unit: string; readonly power: number } {
  let [value, power] = [bytes, 0]
  while (value >= 1000 && power < units.length - 1) {
    value /= 1000
    power++
  }
  return { value, unit: units[power]!, power }
}

/** C's `%.3g` for 0 and numbers from 1 up. */
export function threeDigits(value: number): string {
  if (value === 0) return '0'
  // Exactly half way (1.125) goes to the even digit in the clients, always up in toPrecision. A number below 1000 has at
  // most 52 decimals, so 60 digits are all of them.
  const all = value.toPrecision(60)
  const digits = all.replace('.', '')
  const half = /^50*$/.test(digits.slice(3))
  const even = half && Number(digits[2]) % 2 === 0
  const rounded = even ? all.slice(0, all.indexOf('.') < 3 ? 4 : 3) : value.toPrecision(3)
  if (rounded.includes('e')) return rounded.replace(/\.?0*e\+(\d)$/, 'e+0$1')
  return rounded.includes('.') ? rounded.replace(/\.?0+$/, '') : rounded
}
