/** Byte counts as people write them. */

const units: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5 }

/** `34MB` is 34,000,000, as docker prints sizes; `34MiB` is 34 · 1024². Undefined: not a byte count. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(i?)b?$/i.exec(text.trim())
  if (!match || (match[3] && !match[2])) return undefined
  const bytes = Math.round(Number(match[1]) * (match[3] ? 1024 : 1000) ** units[match[2]!.toLowerCase()]!)
  return Number.isSafeInteger(bytes) ? bytes : undefined
}
