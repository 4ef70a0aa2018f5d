/** Which of several measured versions is nearest to a wanted one. Source: semver.org; PEP 440 orders releases alike. */

/** How far two versions lie apart: in their first, second, third number or not at all; and by how much. */
export interface Distance {
  readonly level: 'same' | 'patch' | 'minor' | 'major'
  readonly steps: number
}

/** The measured version that is nearest to another one. Undefined for none. */
export function nearest<T extends { readonly version: string }>(
  versions: readonly T[],
  wanted: string,
): { readonly measured: T; readonly distance: Distance } | undefined {
  const all = versions.map((measured) => ({ measured, distance: distanceOf(measured.version, wanted) }))
  return all.sort((a, b) => rank(a.distance) - rank(b.distance))[0]
}

const levels = ['same', 'patch', 'minor', 'major'] as const

const rank = ({ level, steps }: Distance): number => levels.indexOf(level) * 1e6 + Math.min(steps, 1e6 - 1)

function distanceOf(a: string, b: string): Distance {
  if (a === b) return { level: 'same', steps: 0 }
  const [left, right] = [numbersOf(a), numbersOf(b)]
  const at = left.findIndex((number, i) => number !== right[i])
  // Below 1 the second number is what the first one is later. Source: semver.org, 4.
  const shift = left[0] === 0 && right[0] === 0 && at > 0 ? 1 : 0
  const level = at < 0 ? 'patch' : (levels[Math.max(1, 3 - at + shift)] ?? 'patch')
  return { level, steps: at < 0 ? 0 : Math.abs((left[at] ?? 0) - (right[at] ?? 0)) }
}

const numbersOf = (version: string): readonly number[] =>
  [...version.split(/[-+]/, 1)[0]!.split('.'), '', '', ''].slice(0, 3).map((part) => Number.parseInt(part, 10) || 0)
