/** What Alpine's packages take, where a figure with a source exists. */
import { apkPackages } from '../data/apk.ts'
import type { Size } from '../model.ts'
import { about } from '../size.ts'

let table: ReadonlyMap<string, Size> | undefined

/** Bytes a package adds, what it needs included; undefined: no figure. Bands are wide: versions and bases differ. */
export function apkPackage(name: string): Size | undefined {
  table ??= new Map(
    apkPackages.split('\n').map((line) => {
      const [key = '', low, likely, high, source] = line.split('\t')
      return [key, about(Number(likely), Number(low), Number(high), 'heuristic', `${key}: ${source}`)]
    }),
  )
  return table.get(name)
}

/**
 * Length of apk's database after packages came or went: it is written again as a whole.
 *
 * Source: recorded layers that hold little else: 7,677 bytes compressed on alpine:3.5, 87,810 to 96,946 on
 * openjdk:8-jre-alpine, 126,464 of tar on nginx:stable-alpine.
 */
export function apkDatabase(before: number | undefined, packages: number): Size {
  const why = 'database of apk, as long as on recorded images'
  return before === undefined
    ? about(60_000, 10_000, 1_500_000, 'heuristic', why)
    : about(before + 4_000 * packages, before * 0.5, before * 2 + 100_000 * packages, 'heuristic', why)
}
