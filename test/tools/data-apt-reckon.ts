/**
 * Reckons what a package stores from the archive's index and path lists, where nobody measured it. Installed-Size rounds
 * each file up to whole KiB and counts one for each folder; how the bytes are shared among kinds of files is learnt.
 */
import { type Kind, kinds, leftOut, type Paragraph, type Paths } from './data-apt-index.ts'
import type { Measured } from './data-apt-measure.ts'

/** A measured package beside what the archive says of it. */
export interface Sample {
  readonly paragraph: Paragraph
  readonly paths: Paths
  readonly measured: Measured
}

/** How long files of a kind are on average, how much packages differ in that, and how long they are at most. Bytes. */
export interface Length {
  readonly mean: number
  readonly spread: number
  readonly most: number
}

/** What was learnt from samples. */
export interface Means {
  readonly lengths: Readonly<Record<Kind, Length>>
  /** Bytes a file loses by rounding up. */
  readonly rounding: number
  /** Scripts and lists of a package, and of a library with its symbols. */
  readonly script: number
  readonly library: number
  /** Bytes of link targets per file. */
  readonly links: number
  /** Bytes of documentation that all packages of a source have, its changelogs: by `sharedKey`. */
  readonly shared: ReadonlyMap<string, number>
}

const length = (mean: number, spread: number, most: number = mean * 6 + spread * 2): Length => ({ mean, spread, most })
const endless = 1e9

const start: Readonly<Record<Kind, Length>> = {
  docs: length(2500, 3000),
  manuals: length(2000, 1500),
  locales: length(12_000, 30_000),
  others: length(2000, 8000),
  copyrights: length(5000, 5000),
  programs: length(60_000, 400_000, endless),
  libraries: length(100_000, 800_000, endless),
  archives: length(100_000, 400_000, endless),
  headers: length(5000, 5000),
  modules: length(6000, 8000),
  data: length(6000, 40_000, endless),
  links: length(20, 20, endless),
}

/** Learns from measured packages. */
export function learn(samples: readonly Sample[]): Means {
  const total = (of: (sample: Sample) => number): number => samples.reduce((sum, one) => sum + of(one), 0)
  const rest = ({ measured, paths }: Sample): number => measured.info - paths.list - paths.sums
  const rounding = median(
    samples.map(
      ({ paragraph, paths, measured }) =>
        (paragraph.installed * 1024 - paths.folders * 1024 - measured.full) / Math.max(1, paths.count),
    ),
  )
  return {
    lengths: fitted(samples),
    rounding,
    script: median(samples.filter(({ paragraph }) => !isLibrary(paragraph.name)).map(rest)),
    library: trimmed(samples.filter(({ paragraph }) => isLibrary(paragraph.name)).map(rest)),
    links:
      total(({ measured }) => measured.fullLinks) /
      Math.max(
        1,
        total(({ paths }) => paths.count),
      ),
    shared: sharedDocs(samples),
  }
}

/**
 * What all packages of a source have that bring just so many files of documentation, and nothing else that slim bases leave
 * out: its changelogs. Undefined: it has manuals or translations. Of 1313 packages beside another such one of their source,
 * 1248 are told within 512 bytes.
 */
function sharedKey({ name, version, source }: Paragraph, { kinds: found }: Paths): string | undefined {
  if (found.docs === 0 || found.manuals + found.locales + found.others > 0) return undefined
  const [of = '', at = version.replace(/\+b\d+$/, '')] = source.split(' ')
  return `${of || name} ${at} ${found.docs}`
}

function sharedDocs(samples: readonly Sample[]): ReadonlyMap<string, number> {
  const found = new Map<string, number[]>()
  for (const { paragraph, paths, measured } of samples) {
    const key = sharedKey(paragraph, paths)
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), measured.full - measured.slim])
  }
  return new Map([...found].map(([key, lengths]) => [key, median(lengths)]))
}

/**
 * Bytes of Python source among those that slim bases keep: what else is there is shorter by half, but compiled code, which is
 * far longer. Of 350 packages, half are told within a fifth of what was measured.
 */
function pythonBytes(kept: number, { python, kinds: found }: Paths): number {
  if (python === 0) return 0
  const plain = Math.max(0, found.modules - python) + found.headers + found.data
  return (kept * python) / (python + 0.5 * plain + 20 * (found.libraries + found.links))
}

/**
 * Bytes of a control paragraph that an archive's index leaves out: the long description, which it has in a list of its
 * own. The median of measured packages.
 */
export function description(index: ReadonlyMap<string, Paragraph>, measured: ReadonlyMap<string, Measured>): number {
  const left: number[] = []
  for (const [name, { version, control }] of measured) {
    const paragraph = index.get(name)
    if (control !== undefined && paragraph?.version === version) left.push(control - paragraph.control)
  }
  return Math.max(0, median(left))
}

const isLibrary = (name: string): boolean => /^lib/.test(name) && !/-(dev|doc|perl|java|common|data|bin)$/.test(name)

/**
 * Bytes of a package that slim bases keep: each kind has its usual length, and what is left over, or missing, is shared
 * by how much kinds spread, so far as they may be that long.
 */
function keptBytes(full: number, paths: Paths, lengths: Readonly<Record<Kind, Length>>): number {
  return keptOf(full, countsOf(paths), columnsOf(lengths))
}

/** How many files of each kind, and the lengths of each kind, in the order of `kinds`: half a million sums are made of them. */
const countsOf = ({ kinds: found }: Paths): readonly number[] => kinds.map((kind) => found[kind])

const columnsOf = (lengths: Readonly<Record<Kind, Length>>): readonly (readonly number[])[] =>
  (['mean', 'spread', 'most'] as const).map((field) => kinds.map((kind) => lengths[kind][field]))

function keptOf(full: number, counts: readonly number[], columns: readonly (readonly number[])[]): number {
  const [means = [], spreads = [], mosts = []] = columns
  let [outMean, outSpread, outMost, mean, spread, most] = [0, 0, 0, 0, 0, 0]
  for (let kind = 0; kind < counts.length; kind++) {
    const many = counts[kind]!
    if (many === 0) continue
    const [its, wide, all] = [many * means[kind]!, (many * spreads[kind]!) ** 2, many * mosts[kind]!]
    if (kind < leftOut) {
      outMean += its
      outSpread += wide
      outMost += all
    } else {
      mean += its
      spread += wide
      most += all
    }
  }
  if (outMean === 0) return full
  const excess = full - outMean - mean
  const share = Math.min(outMost, outMean + excess * (outSpread / (outSpread + spread + 1)))
  const left = Math.max(share, full - most)
  return Math.min(full, Math.max(0, full - Math.max(0, left)))
}

/** Lengths that tell the kept bytes best, found one by one, in ever smaller steps. Long packages count for more than short ones. */
function fitted(samples: readonly Sample[]): Readonly<Record<Kind, Length>> {
  const some = samples
    .filter(({ measured }) => measured.full > measured.slim)
    .map(({ measured: { full, slim }, paths }) => {
      return { full, slim, counts: countsOf(paths), weight: (slim + 15_000) ** 0.7 }
    })
  const loss = (lengths: Readonly<Record<Kind, Length>>): number => {
    const columns = columnsOf(lengths)
    let sum = 0
    for (const { full, slim, counts, weight } of some) sum += Math.abs(keptOf(full, counts, columns) - slim) / weight
    return sum
  }
  const lengths: Record<Kind, Length> = { ...start }
  let best = loss(lengths)
  for (const step of [3, 2, 1.5, 1.25, 1.1])
    for (let round = 0; round < 3; round++)
      for (const kind of kinds)
        for (const factor of [step, 1 / step])
          for (const field of ['mean', 'spread', 'most'] as const) {
            const old = lengths[kind]
            lengths[kind] = { ...old, [field]: old[field] * factor }
            const now = loss(lengths)
            if (now < best) best = now
            else lengths[kind] = old
          }
  return lengths
}

/**
 * What a package stores, from its index paragraph and paths. `elsewhere`: the same package measured in another suite,
 * whose shares of documentation and Python carry over.
 */
export function reckon(paragraph: Paragraph, paths: Paths, means: Means, elsewhere?: Sample): Measured {
  const { version, name } = paragraph
  // Some packages do not tell; a .deb is a third of its files.
  const installed = paragraph.installed > 0 ? paragraph.installed : (paragraph.deb * 3) / 1024
  const rounded = paths.folders * 1024 + paths.count * means.rounding
  // Packages of many small files lose more than they have by the mean.
  const full = Math.max(installed * 1024 - rounded, installed * 1024 * 0.3, 200)
  const docs = means.shared.get(sharedKey(paragraph, paths) ?? '')
  const kept = docs === undefined ? keptBytes(full, paths, means.lengths) : Math.max(0, full - docs)
  const like = elsewhere !== undefined && elsewhere.measured.full > 0 && paths.count > 0 ? elsewhere : undefined
  const slim = docs !== undefined || like === undefined ? kept : carriedOver(full, kept, like, means)
  const debconf = /(^|[\s|,])debconf\b/.test(paragraph.depends)
  const scripts =
    elsewhere === undefined
      ? isLibrary(name)
        ? means.library
        : means.script
      : elsewhere.measured.info - elsewhere.paths.list - elsewhere.paths.sums
  return {
    version,
    full: Math.round(full),
    slim: Math.round(slim),
    fullLinks: Math.round(elsewhere?.measured.fullLinks ?? paths.count * means.links),
    slimLinks: Math.round(elsewhere?.measured.slimLinks ?? paths.count * means.links),
    files: paths.count,
    info: Math.max(200, paths.list + paths.sums + Math.round(scripts)),
    conffiles: paths.etc,
    conffilesBytes: paths.etcBytes,
    templates: elsewhere?.measured.templates ?? (debconf ? 4000 : 0),
    python: Math.round(pythonBytes(slim, paths)),
  }
}

/** What stays and what goes, each in proportion to how the same package was measured elsewhere. */
function carriedOver(full: number, kept: number, { measured, paths }: Sample, { lengths }: Means): number {
  const then = keptBytes(measured.full, paths, lengths)
  const stays = kept * (measured.slim / Math.max(1, then))
  const goes = (full - kept) * ((measured.full - measured.slim) / Math.max(1, measured.full - then))
  return stays + goes === 0 ? kept : full * (stays / (stays + goes))
}

const sorted = (list: readonly number[]): readonly number[] => [...list].sort((a, b) => a - b)

const median = (list: readonly number[]): number => sorted(list)[list.length >> 1] ?? 0

/** Mean without the largest tenth. */
function trimmed(list: readonly number[]): number {
  const kept = sorted(list).slice(0, Math.ceil(list.length * 0.9))
  return Math.round(kept.reduce((sum, one) => sum + one, 0) / Math.max(1, kept.length))
}
