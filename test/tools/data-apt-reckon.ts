/**
 * Reckons what a package stores from the archive's index and path lists, where nobody measured it. Installed-Size rounds
 * each file up to whole KiB and counts one for each folder; how much files lose by that, and how the bytes are shared among
 * what slim bases keep and what they leave out, is learnt from measured packages.
 */
import { inDocs, type Kind, kinds, leftOut, type Paragraph, type Paths } from './data-apt-index.ts'
import type { Measured } from './data-apt-measure.ts'
import { grow, type Told } from './data-apt-trees.ts'

/** A measured package beside what the archive says of it. */
export interface Sample {
  readonly paragraph: Paragraph
  readonly paths: Paths
  readonly measured: Measured
}

/** What was learnt from samples. */
export interface Means {
  /** Each of `facts`, from a row of `traitsOf`. */
  readonly told: Readonly<Record<Fact, Told>>
  /** Bytes of link targets per file. */
  readonly links: number
  /** Bytes of documentation that packages of a source have, by source. */
  readonly siblings: ReadonlyMap<string, readonly Sibling[]>
  /** Bytes of documentation that all packages of a source have, its changelogs: by `sharedKey`. */
  readonly shared: ReadonlyMap<string, number>
}

/** A package of a source that has documentation, but neither manuals nor translations. */
interface Sibling {
  readonly name: string
  readonly version: string
  readonly docs: number
}

/** What a sample tells, and whether it does. */
const facts = {
  /** Bytes a file loses by rounding up. */
  rounding: ({ paragraph, paths, measured }: Sample): number | undefined =>
    paths.count === 0 || paragraph.installed === 0
      ? undefined
      : clamp((paragraph.installed * 1024 - paths.folders * 1024 - measured.full) / paths.count, -200, 1100),
  /** The share that slim bases leave out, as its logit. */
  leftOut: ({ paths, measured: { full, slim } }: Sample): number | undefined =>
    outCount(paths) === 0 || full === 0 ? undefined : logit((full - slim) / full),
  /** Bytes of scripts and lists. */
  scripts: ({ paths, measured }: Sample): number | undefined => measured.info - paths.list - paths.sums,
  /** Logarithm of how many bytes of byte code come of one source. */
  byteCode: ({ paths, measured }: Sample): number | undefined =>
    paths.python === 0 || measured.byteCode === undefined || measured.byteCode === 0
      ? undefined
      : Math.log(measured.byteCode / paths.python),
} as const

type Fact = keyof typeof facts

const clamp = (number: number, least: number, most: number): number => Math.min(most, Math.max(least, number))

const logit = (share: number): number => {
  const some = clamp(share, 1e-4, 1 - 1e-4)
  return Math.log(some / (1 - some))
}

const shareOf = (number: number): number => 1 / (1 + Math.exp(-number))

/** Learns from measured packages. */
export function learn(samples: readonly Sample[]): Means {
  const total = (of: (sample: Sample) => number): number => samples.reduce((sum, one) => sum + of(one), 0)
  const siblings = siblingsOf(samples)
  const rows = samples.map((one) => traitsOf(one, siblings))
  const told = (fact: Fact): Told => {
    const some = samples.flatMap((one, i) => {
      const target = facts[fact](one)
      return target === undefined ? [] : [{ row: rows[i]!, target }]
    })
    if (some.length === 0) return untold[fact]
    return grow(
      some.map(({ row }) => row),
      some.map(({ target }) => target),
    )
  }
  return {
    told: {
      rounding: told('rounding'),
      leftOut: told('leftOut'),
      scripts: told('scripts'),
      byteCode: told('byteCode'),
    },
    links:
      total(({ measured }) => measured.fullLinks) /
      Math.max(
        1,
        total(({ paths }) => paths.count),
      ),
    siblings,
    shared: sharedDocs(samples),
  }
}

/** What is told where nothing was measured. */
const untold: Readonly<Record<Fact, Told>> = {
  rounding: () => 450,
  leftOut: ([guessed = 0]) => logit(guessed),
  scripts: () => 500,
  byteCode: () => Math.log(10_000),
}

// Families of packages that are made alike.
const families: readonly RegExp[] = [
  /^lib.*-perl$/,
  /^(python3?|ruby|php[\d.]*|golang)-/,
  /^node-/,
  /^lib.*-java$|-(jre|jdk)(-headless)?$/,
  /-(common|data|doc|l10n|locales)$/,
  /^(fonts|ttf|xfonts)-/,
  /-dev$/,
  /^lib/,
]

/** What the archive says of a package, in numbers. */
function traitsOf(
  { paragraph, paths }: Pick<Sample, 'paragraph' | 'paths'>,
  siblings: Means['siblings'],
): readonly number[] {
  const installed = installedOf(paragraph)
  const out = outCount(paths)
  const family = families.findIndex((pattern) => pattern.test(paragraph.name))
  return [
    guessedShare(installed, paths),
    installed,
    paragraph.deb,
    installed / Math.max(1, paragraph.deb),
    paths.count,
    paths.folders,
    installed / Math.max(1, paths.count),
    out,
    out / Math.max(1, paths.count),
    family,
    ...docsBeside(paragraph, siblings),
    ...countsOf(paths),
  ]
}

// Some packages do not tell; a .deb is a third of its files.
const installedOf = ({ installed, deb }: Paragraph): number => (installed > 0 ? installed * 1024 : deb * 3)

const outCount = (paths: Paths): number =>
  countsOf(paths)
    .slice(0, leftOut)
    .reduce((sum, one) => sum + one, 0)

const sourceOf = ({ name, version, source }: Paragraph): readonly [source: string, version: string] => {
  const [of = '', at = version.replace(/\+b\d+$/, '')] = source.split(' ')
  return [of || name, at]
}

const hasDocsOnly = (paths: Paths): boolean => {
  const counts = countsOf(paths)
  return counts.slice(0, inDocs).some((one) => one > 0) && counts.slice(inDocs, leftOut).every((one) => one === 0)
}

function siblingsOf(samples: readonly Sample[]): Means['siblings'] {
  const found = new Map<string, Sibling[]>()
  for (const { paragraph, paths, measured } of samples) {
    if (!hasDocsOnly(paths)) continue
    const [source, version] = sourceOf(paragraph)
    const list = found.get(source) ?? []
    list.push({ name: paragraph.name, version, docs: measured.full - measured.slim })
    found.set(source, list)
  }
  return found
}

/** The least and the median documentation of others of its source, rather of its version; -1: there are none. */
function docsBeside(paragraph: Paragraph, siblings: Means['siblings']): readonly [least: number, median: number] {
  const [source, version] = sourceOf(paragraph)
  const others = (siblings.get(source) ?? []).filter(({ name }) => name !== paragraph.name)
  const same = others.filter((one) => one.version === version)
  const docs = (same.length > 0 ? same : others).map((one) => one.docs)
  return docs.length === 0 ? [-1, -1] : [Math.min(...docs), median(docs)]
}

/**
 * What all packages of a source have that bring just so many files of documentation, and nothing else that slim bases leave
 * out: its changelogs. Undefined: it has manuals or translations. Of 1313 packages beside another such one of their source,
 * 1248 are told within 512 bytes.
 */
function sharedKey(paragraph: Paragraph, paths: Paths): string | undefined {
  if (!hasDocsOnly(paths)) return undefined
  const docs = countsOf(paths)
    .slice(0, inDocs)
    .reduce((sum, one) => sum + one, 0)
  return `${sourceOf(paragraph).join(' ')} ${docs}`
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

/** Bytes files of a kind have on average, how much packages differ in that, and at most: a first guess. */
type Length = readonly [mean: number, spread: number, most: number]

const length = (mean: number, spread: number, most: number = mean * 6 + spread * 2): Length => [mean, spread, most]
const endless = 1e9

const lengths: Readonly<Record<Kind, Length>> = {
  changelogs: length(2500, 3000),
  histories: length(20_000, 30_000),
  readmes: length(3000, 3000),
  pages: length(6000, 8000),
  pictures: length(20_000, 30_000),
  examples: length(3000, 5000),
  docs: length(4000, 8000),
  references: length(2500, 1000),
  manuals: length(2500, 1500),
  translations: length(3000, 2000),
  locales: length(30_000, 60_000),
  infos: length(40_000, 40_000),
  others: length(500, 500),
  copyrights: length(5000, 5000),
  programs: length(60_000, 400_000, endless),
  libraries: length(100_000, 800_000, endless),
  archives: length(100_000, 400_000, endless),
  headers: length(5000, 5000),
  sources: length(8000, 8000),
  perl: length(8000, 8000),
  modules: length(6000, 8000),
  texts: length(6000, 40_000, endless),
  images: length(3000, 5000),
  settings: length(2000, 3000),
  data: length(6000, 40_000, endless),
  links: length(20, 20, endless),
}

/** How many files of each kind, in the order of `kinds`. */
const countsOf = ({ kinds: found }: Paths): readonly number[] => kinds.map((kind) => found[kind])

/**
 * The share of a package's bytes that slim bases leave out, as a first guess: each kind has its usual length, and what is left
 * over, or missing, is shared by how much kinds spread, so far as they may be that long.
 */
function guessedShare(full: number, paths: Paths): number {
  const sums = { out: [0, 0, 0], kept: [0, 0, 0] }
  for (const [i, kind] of kinds.entries()) {
    const many = paths.kinds[kind]
    const [mean, spread, most] = lengths[kind]
    const sum = i < leftOut ? sums.out : sums.kept
    sum[0]! += many * mean
    sum[1]! += (many * spread) ** 2
    sum[2]! += many * most
  }
  const [[out = 0, outSpread = 0, outMost = 0], [kept = 0, spread = 0, most = 0]] = [sums.out, sums.kept]
  if (out === 0) return 0
  const excess = full - out - kept
  const share = Math.min(outMost, out + excess * (outSpread / (outSpread + spread + 1)))
  return clamp(Math.max(share, full - most) / Math.max(1, full), 0, 1)
}

/** Bytes of byte code that a byte of Python source gives: what tells of one tells of the other. */
const codeOfSource = 1.2

/**
 * What a package stores, from its index paragraph and paths. `elsewhere`: the same package measured in another suite; by what
 * it is off there it is mended here.
 */
export function reckon(paragraph: Paragraph, paths: Paths, means: Means, elsewhere?: Sample): Measured {
  const row = traitsOf({ paragraph, paths }, means.siblings)
  const there = elsewhere === undefined ? undefined : traitsOf(elsewhere, means.siblings)
  const tell = (fact: Fact): number => {
    const known = elsewhere === undefined ? undefined : facts[fact](elsewhere)
    const told = means.told[fact]
    return told(row) + (known === undefined ? 0 : known - told(there!))
  }
  const installed = installedOf(paragraph)
  const rounded = paths.folders * 1024 + paths.count * tell('rounding')
  // Packages of many small files lose more than they have by the mean.
  const full = Math.max(installed - rounded, installed * 0.3, 200)
  const docs = means.shared.get(sharedKey(paragraph, paths) ?? '')
  const out = docs ?? (outCount(paths) === 0 ? 0 : full * shareOf(tell('leftOut')))
  const slim = Math.max(0, full - out)
  const debconf = /(^|[\s|,])debconf\b/.test(paragraph.depends)
  return {
    version: paragraph.version,
    full: Math.round(full),
    slim: Math.round(slim),
    fullLinks: Math.round(elsewhere?.measured.fullLinks ?? paths.count * means.links),
    slimLinks: Math.round(elsewhere?.measured.slimLinks ?? paths.count * means.links),
    files: paths.count,
    info: Math.max(200, paths.list + paths.sums + Math.round(tell('scripts'))),
    conffiles: paths.etc,
    conffilesBytes: paths.etcBytes,
    templates: elsewhere?.measured.templates ?? (debconf ? 4000 : 0),
    python:
      paths.python === 0 ? 0 : Math.round(Math.min(slim, (paths.python * Math.exp(tell('byteCode'))) / codeOfSource)),
  }
}

const sorted = (list: readonly number[]): readonly number[] => [...list].sort((a, b) => a - b)

const median = (list: readonly number[]): number => sorted(list)[list.length >> 1] ?? 0
