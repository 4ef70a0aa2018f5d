/**
 * Writes lib/data/apt-SUITE.ts: the packages of a Debian or Ubuntu suite that Dockerfiles need most.
 *
 *   npm run data -- bookworm LISTS [--installed] [--debs FOLDER] [--most=5650]
 *   npm run data -- jammy
 *
 * Without LISTS the table holds what was recorded, no more. LISTS is a folder with the suite's Packages files, not
 * compressed, and Contents-*.gz, as `apt-get update` leaves them with a root of its own and the index target Contents-deb
 * configured. What is measured wins over what is reckoned: the recordings beside the project first, then .deb files at
 * hand, then, with --installed, this machine's own packages where the version is the suite's.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { choose, readRecorded, recordedBases } from './data-apt-choose.ts'
import { countPaths, type Paragraph, type Paths, readContents, readPackages } from './data-apt-index.ts'
import { type Measured, measureFolder, measureInstalled } from './data-apt-measure.ts'
import { learn, reckon, type Sample } from './data-apt-reckon.ts'
import { relationsFor } from './data-apt-relations.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const [suite = 'bookworm', lists = '', ...options] = process.argv.slice(2)
const most = Number(options.find((one) => one.startsWith('--most='))?.slice(7) ?? 5650)

const recorded = readRecorded(suite)
const index = new Map<string, Paragraph>(lists === '' ? [] : readPackages(lists))
for (const [name, { paragraph }] of recorded) index.set(name, { ...index.get(name), ...paragraph })
const bases = recordedBases(suite)
const names = lists === '' ? new Set(index.keys()) : choose(index, new Set([...recorded.keys(), ...bases.keys()]), most)

const measured = new Map<string, Measured>()
const installed = options.includes('--installed') ? measureInstalled() : new Map<string, Measured>()
const debs = options.includes('--debs')
  ? measureFolder(options[options.indexOf('--debs') + 1] ?? '')
  : new Map<string, Measured>()
const control = new Map<string, number>()
for (const found of [installed, debs])
  for (const [name, one] of found) if (index.get(name)?.version === one.version) measured.set(name, one)
for (const [name, one] of recorded) {
  measured.set(name, one.measured)
  control.set(name, one.paragraph.control)
}

const contents = lists === '' ? new Map<string, string[]>() : await readContents(lists, names)
const paths = (name: string): Paths => countPaths(contents.get(name) ?? [])
const samples = [...measured].flatMap(([name, one]): Sample[] => {
  const paragraph = index.get(name)
  return paragraph !== undefined && contents.has(name) ? [{ paragraph, paths: paths(name), measured: one }] : []
})
const elsewhere = otherSuite()
const means = learn([...elsewhere.values(), ...samples])

let sure = 0
const relations = relationsFor(index, bases, names)
const baseSources = new Set([...bases.keys()].map((name) => sourceName(index.get(name), name)))
const sorted = [...names].filter((name) => index.has(name)).sort()
const rows = sorted.map((name, i): readonly (string | number)[] => {
  const paragraph = index.get(name)!
  const known = measured.get(name)
  const one = known ?? reckon(paragraph, paths(name), means, elsewhere.get(name))
  if (known !== undefined) sure++
  const { depends, recommends, conflicts, provides } = relations(paragraph)
  const [unit, small, smallest] = known === undefined ? [1024, 32, 8] : [1, 1, 1]
  return [
    shortened(sorted[i - 1] ?? '', name),
    paragraph.version,
    sourceText(paragraph),
    depends,
    recommends,
    conflicts,
    provides,
    three(paragraph.deb / 1000),
    Math.round(one.full / unit),
    Math.min(Math.round((one.full - one.slim) / unit), Math.round(one.full / unit)),
    Math.round(one.fullLinks / smallest),
    Math.max(0, Math.round((one.fullLinks - one.slimLinks) / smallest)),
    one.files,
    Math.round(one.info / small),
    Math.round(paragraph.control / small),
    one.conffiles,
    one.conffilesBytes,
    one.templates,
    Math.round(one.python / unit),
    known === undefined ? 1 : 0,
  ]
})
const columns = rows[0]?.map((_, i) => rows.map((row) => (row[i] === 0 ? '' : String(row[i]))).join('\n')) ?? []
const text = Buffer.from(columns.join('\f'))
const packed = brotliCompressSync(text, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  },
})
const date = '2026-11-20'
const lines = packed.toString('base64').match(/.{1,4096}/g) ?? []
writeFileSync(
  join(root, 'lib', 'data', `apt-${suite}.ts`),
  `/**
 * Packages of ${suite} as of ${date}: ${sorted.length}, of which ${sure} were measured and the others reckoned from the
 * archive's index and path lists. Renew: \`npm run data -- ${suite} LISTS\`. Reading: lib/sizes/apt/table.ts.
 *
 * Source: the suite's Packages and Contents files with updates and security; packages as measured; bytes.
 */
export const ${suite} = {
  suite: '${suite}',
  date: '${date}',
  packed:
${lines.map((line) => `    '${line}'`).join(' +\n')},
} as const
`,
)
console.log(
  `${suite}: ${sorted.length} packages, ${sure} measured, ${text.length} bytes, ${packed.length} packed`,
  means,
)

/** Packages of another suite that were measured, with their paths there. */
function otherSuite(): ReadonlyMap<string, Sample> {
  const file = join(root, '.cache', 'apt-samples.json')
  const kept: Record<string, Record<string, Sample>> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  if (samples.length > 0) {
    kept[suite] = Object.fromEntries(samples.map((sample) => [sample.paragraph.name, sample]))
    if (readdirSync(root).includes('.cache')) writeFileSync(file, JSON.stringify(kept))
  }
  const others = Object.entries(kept).filter(([name]) => name !== suite)
  return new Map(others.flatMap(([, list]) => Object.entries(list)))
}

/** A name without what it shares with the one above: how much in one letter, then the rest. */
function shortened(above: string, name: string): string {
  let shared = 0
  while (shared < 60 && shared < above.length && above[shared] === name[shared]) shared++
  return String.fromCharCode(48 + shared) + name.slice(shared)
}

/** Three digits that count: the length of a .deb changes with every build. */
function three(value: number): number {
  return Number(value.toPrecision(3))
}

function sourceName(paragraph: Paragraph | undefined, name: string): string {
  return paragraph?.source.split(' ')[0] || name
}

/** Source and version, only where a base has packages of it: nothing else is renewed by its source. */
function sourceText(paragraph: Paragraph): string {
  const { name, source, version } = paragraph
  if (!baseSources.has(sourceName(paragraph, name)) || source === '' || source === name) return ''
  const [of = '', at = ''] = source.split(' ')
  return `${of === name ? '' : of}${at === '' || at === version ? '' : ` ${at}`}`
}
