/** Reckons what a package stores from the archive's index and path lists, where nobody measured it. */

import type { Paragraph, Paths } from './data-apt-index.ts'
import type { Measured } from './data-apt-measure.ts'

/** A measured package beside what the archive says of it. */
export interface Sample {
  readonly paragraph: Paragraph
  readonly paths: Paths
  readonly measured: Measured
}

/** Mean bytes of what slim bases leave out, and of other things, per file; learnt from samples. */
export interface Means {
  readonly docs: number
  readonly manuals: number
  readonly locales: number
  readonly others: number
  readonly python: number
  /** Of a file, lost by rounding up to whole KiB. */
  readonly rounding: number
  readonly script: number
  readonly library: number
  readonly links: number
}

/** Learns means from measured packages: least squares through the origin, on packages of ordinary size. */
export function learn(samples: readonly Sample[]): Means {
  const left = samples.filter(({ measured }) => measured.full > measured.slim)
  const kinds = ['docs', 'manuals', 'locales', 'others'] as const
  const rows = left.map(({ paths }) => kinds.map((kind) => paths[kind]))
  // Small packages must count: errors are relative to their size.
  const weights = left.map(({ measured }) => 1 / Math.max(measured.full - measured.slim, 2000))
  const [docs = 0, manuals = 0, locales = 0, others = 0] = leastSquares(
    rows.map((row, i) => row.map((value) => value * weights[i]!)),
    left.map(({ measured }, i) => (measured.full - measured.slim) * weights[i]!),
  )
  const total = (of: (sample: Sample) => number): number => samples.reduce((sum, one) => sum + of(one), 0)
  const libraries = samples.filter(({ paragraph }) => isLibrary(paragraph.name))
  const rest = ({ measured, paths }: Sample): number => measured.info - paths.list - paths.sums
  const plain = samples.filter(({ paragraph }) => !isLibrary(paragraph.name))
  return {
    docs,
    manuals,
    locales,
    others,
    python:
      total(({ measured }) => measured.python) /
      Math.max(
        1,
        total(({ paths }) => paths.python),
      ),
    rounding: median(
      samples.map(
        ({ paragraph, paths, measured }) =>
          (paragraph.installed * 1024 - paths.folders * 1024 - measured.full) / Math.max(1, paths.count),
      ),
    ),
    script: median(plain.map(rest)),
    library: median(libraries.map(rest)),
    links:
      total(({ measured }) => measured.fullLinks) /
      Math.max(
        1,
        total(({ paths }) => paths.count),
      ),
  }
}

const isLibrary = (name: string): boolean => /^lib/.test(name) && !/-(dev|doc|perl|java|common|data|bin)$/.test(name)

/**
 * What a package stores, from its index paragraph and paths. `elsewhere`: the same package measured in another suite,
 * whose shares of documentation and Python carry over.
 */
export function reckon(paragraph: Paragraph, paths: Paths, means: Means, elsewhere?: Sample): Measured {
  const { installed, version } = paragraph
  const full = Math.max(200, installed * 1024 - paths.folders * 1024 - paths.count * means.rounding)
  const out = (of: Paths): number => of.docs + of.manuals + of.locales + of.others
  const plain = (of: Paths): number =>
    of.docs * means.docs + of.manuals * means.manuals + of.locales * means.locales + of.others * means.others
  const like = elsewhere !== undefined && out(elsewhere.paths) > 0 && out(paths) > 0 ? elsewhere : undefined
  const perFile = like === undefined ? 1 : (like.measured.full - like.measured.slim) / Math.max(1, plain(like.paths))
  // A copyright file stays at least.
  const left = Math.min(plain(paths) * perFile, Math.max(0, full - 600))
  const perPython =
    elsewhere !== undefined && elsewhere.paths.python > 0
      ? elsewhere.measured.python / elsewhere.paths.python
      : means.python
  const debconf = /(^|[\s|,])debconf\b/.test(paragraph.depends)
  return {
    version,
    full: Math.round(full),
    slim: Math.round(full - left),
    fullLinks: Math.round(elsewhere?.measured.fullLinks ?? paths.count * means.links),
    slimLinks: Math.round(elsewhere?.measured.slimLinks ?? (paths.count - out(paths)) * means.links),
    files: paths.count,
    info:
      paths.list +
      paths.sums +
      Math.round(
        elsewhere === undefined
          ? isLibrary(paragraph.name)
            ? means.library
            : means.script
          : elsewhere.measured.info - elsewhere.paths.list - elsewhere.paths.sums,
      ),
    conffiles: paths.etc,
    conffilesBytes: paths.etc * 30,
    templates: elsewhere?.measured.templates ?? (debconf ? 4000 : 0),
    python: Math.round(paths.python * perPython),
  }
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0

/** Coefficients that fit best; Gauss and Jordan on the normal equations. */
function leastSquares(rows: readonly (readonly number[])[], values: readonly number[]): readonly number[] {
  const width = rows[0]?.length ?? 0
  const m = Array.from({ length: width }, (_, i) => [
    ...Array.from({ length: width }, (__, j) =>
      rows.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1e-12 : 0),
    ),
    rows.reduce((sum, row, k) => sum + row[i]! * values[k]!, 0),
  ])
  for (let i = 0; i < width; i++)
    for (let k = 0; k < width; k++) {
      if (k === i) continue
      const factor = m[k]![i]! / m[i]![i]!
      for (let j = 0; j <= width; j++) m[k]![j]! -= factor * m[i]![j]!
    }
  return m.map((row, i) => Math.max(0, row[width]! / row[i]!))
}
