/**
 * Writes lib/data/apt-SUITE.ts: the packages of a Debian or Ubuntu suite that Dockerfiles need most.
 *
 *   npm run data -- bookworm LISTS [--installed] [--debs FOLDER] [--fetch FOLDER [--named-only] [--fetch-most N]]
 *                                  [--python COMMAND] [--most N] [--to FOLDER]
 *   npm run data -- jammy
 *
 * Beside the table it writes test/fixtures/apt/margins-SUITE.tsv: how near what is reckoned comes to what is measured.
 *
 * Without LISTS the table holds what was recorded, no more. LISTS is a folder with the suite's Packages files, not
 * compressed, and Contents-*.gz, as `apt-get update` leaves them with a root of its own and the index target Contents-deb
 * configured. What is measured wins over what is reckoned: the recordings beside the project first, then .deb files at
 * hand, then what --fetch has apt-get bring (APT_CONFIG names the same root), the most needed first, then, with --installed,
 * this machine's own packages where the version is the suite's, then what the table that is there measured of this version;
 * last what another suite has in the very same version, if that was measured by a run before (kept in .cache/, where that
 * folder is there). --named-only fetches no more than what Dockerfiles at hand name, or install everywhere, and apt brings
 * with it, short ones first. --python is the suite's interpreter, with which byte code is measured.
 *
 *   APT_CONFIG=ROOT/apt.conf npm run data -- bookworm ROOT/var/lib/apt/lists --fetch FOLDER --named-only --python /usr/bin/python3
 *
 * measures what is not measured yet, and run once more it writes the same bytes. --to names another folder than the project to
 * write to, with .cache/ of its own.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suiteOf, tableOf } from '../../lib/sizes/apt/suites.ts'
import type { Table } from '../../lib/sizes/apt/table.ts'
import { asked, choose, common, named, readRecorded, recordedBases } from './data-apt-choose.ts'
import { measureFetched, measureFolder } from './data-apt-debs.ts'
import { firstMentions, type Paragraph, readContents, readPackages } from './data-apt-index.ts'
import { likely } from './data-apt-likely.ts'
import { besides, besidesText } from './data-apt-margins.ts'
import { type Measured, measureInstalled, possible } from './data-apt-measure.ts'
import { measuredIn, namedPackages } from './data-apt-named.ts'
import { packed } from './data-apt-pack.ts'
import type { Sample } from './data-apt-reckon.ts'
import { withRecorded } from './data-apt-relations.ts'
import { learnFrom, makeTable } from './data-apt-table.ts'
import { written } from './data-apt-written.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const [suite = 'bookworm', lists = '', ...options] = process.argv.slice(2)
const option = (name: string): string | undefined =>
  options.includes(name) ? options[options.indexOf(name) + 1] : undefined
const to = option('--to') ?? root
const samplesFile = join(to, '.cache', 'apt-samples.json')
// As many as fit into a table of 150,000 bytes, and no more than so many are looked at.
const longest = 149_900
const most = Number(option('--most') ?? 8000)

const recorded = readRecorded(suite)
const archive = lists === '' ? new Map<string, Paragraph>() : readPackages(lists)
const index = withRecorded(archive, new Map([...recorded].map(([name, { paragraph }]) => [name, paragraph])))
const bases = recordedBases(suite)
const words = asked()
const met = lists === '' ? new Map<string, number>() : firstMentions(lists)

const here = suiteOf(suite)
const before = here === undefined ? new Map<string, Measured>() : measuredIn(tableOf(here))
const measured = new Map<string, Measured>()
const told = ([name, one]: readonly [string, Measured], by: ReadonlyMap<string, Paragraph>): boolean => {
  const paragraph = by.get(name)
  return paragraph?.version === one.version && possible(one, paragraph)
}
for (const one of before) if (told(one, index)) measured.set(...one)
const python = option('--python')?.split(' ')
const found = [options.includes('--installed') ? measureInstalled() : new Map<string, Measured>()]
if (option('--debs') !== undefined) found.push(await measureFolder(option('--debs')!, python))
const fits = (one: readonly [string, Measured]): boolean => told(one, archive) || told(one, index)
const debs = found.slice(1).flatMap((some) => [...some].filter(fits).map(([name]) => name))
// What Dockerfiles brought on another release they may bring on this one.
const wished = new Set([...likely(), ...otherTables().flatMap((table) => [...measuredIn(table).keys()])])
// What was measured stays, and so does what comes with it.
const sureNames = new Set([...recorded.keys(), ...bases.keys(), ...[...measured.keys(), ...debs].sort()])
const chosen = (many: number): ReadonlySet<string> =>
  lists === '' ? new Set(index.keys()) : choose(index, sureNames, words, many, met, wished, written())
const names = chosen(most)
if (option('--fetch') !== undefined) {
  const some = options.includes('--named-only')
    ? [
        ...namedPackages(archive, { words: named(), recommends: true, longest: 20_000_000 }, bases),
        ...namedPackages(archive, { words: common(), recommends: false, longest: 24_000_000 }, bases),
      ].flatMap(({ name }) => (measured.has(name) ? [] : [name]))
    : names
  // Recordings do not tell byte code.
  const wholly = (name: string): boolean => {
    const one = recorded.get(name)?.measured
    return one !== undefined && (one.python === 0 || measured.get(name)?.byteCode !== undefined)
  }
  const wanted = [...new Set([...some, ...recorded.keys()])].flatMap((name) =>
    wholly(name) || (recorded.has(name) && python === undefined) ? [] : (archive.get(name) ?? []),
  )
  const fetched = wanted.slice(0, Number(option('--fetch-most') ?? wanted.length))
  found.push(await measureFetched(option('--fetch')!, fetched, python))
}
for (const some of found) for (const one of some) if (fits(one)) measured.set(...one)
for (const [name, one] of recorded) {
  const same = measured.get(name)?.version === one.measured.version ? measured.get(name)?.byteCode : undefined
  const byteCode = same === undefined ? {} : { byteCode: same }
  measured.set(name, { ...one.measured, control: one.paragraph.control, ...byteCode })
}

const elsewhere = otherSuite()
for (const [name, sample] of elsewhere) {
  const own = archive.get(name)
  // The very same .deb, but for another Python.
  if (own === undefined || measured.has(name) || own.deb !== sample.paragraph.deb) continue
  const { byteCode: _, ...same } = sample.measured
  if (own.version === same.version) measured.set(name, same)
}

const contents = lists === '' ? new Map<string, string[]>() : await readContents(lists, names)
// Names that only packages provide stay where they may be asked for.
const kept = new Set([...words, ...wished, ...written()])
const knowledge = { archive, index, bases, words: kept, met, measured, contents, elsewhere }
const learnt = learnFrom(knowledge)
keepSamples(learnt.samples)
if (lists !== '') {
  const text = besidesText(besides(learnt.samples, [...elsewhere.values()]))
  write(text, 'test', 'fixtures', 'apt', `margins-${suite}.tsv`)
}
let table = makeTable(knowledge, learnt, names)
let bytes = packed(table.bytes)
for (let many = table.packages; bytes.length > longest; ) {
  many -= Math.ceil((bytes.length - longest) / 20)
  table = makeTable(knowledge, learnt, chosen(many))
  bytes = packed(table.bytes)
}
const date = '2026-11-20'
const code = bytes.toString('base64').match(/.{1,4096}/g) ?? []
write(
  `/**
 * Packages of ${suite} as of ${date}: ${table.packages}, of which ${table.measured} were measured and the others reckoned from the
 * archive's index and path lists. Renew: \`npm run data -- ${suite} LISTS\`. Reading: lib/sizes/apt/table.ts.
 *
 * Source: the suite's Packages and Contents files with updates and security; packages as measured; bytes.
 */
export const ${suite} = {
  suite: '${suite}',
  date: '${date}',
  packed:
${code.map((line) => `    '${line}'`).join(' +\n')},
} as const
`,
  'lib',
  'data',
  `apt-${suite}.ts`,
)
console.log(
  `${suite}: ${table.packages} packages, ${table.measured} measured, ${table.bytes.length} bytes, ${bytes.length} packed`,
  { samples: learnt.samples.length, links: learnt.means.links, shared: learnt.means.shared.size },
)

function write(text: string, ...path: readonly string[]): void {
  const file = join(to, ...path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** Tables of the distribution's other releases. */
function otherTables(): readonly Table[] {
  const own = here?.id
  return ['bookworm', 'trixie'].flatMap((codename) => {
    const other = codename === suite ? undefined : suiteOf(codename)
    return other === undefined || other.id !== own ? [] : [tableOf(other)]
  })
}

/** Packages of other suites that earlier runs measured, with their paths there. */
function otherSuite(): ReadonlyMap<string, Sample> {
  const others = Object.entries(keptSamples()).filter(([name]) => name !== suite)
  return new Map(others.flatMap(([, list]) => Object.entries(list)))
}

function keptSamples(): Record<string, Record<string, Sample>> {
  return existsSync(samplesFile) ? JSON.parse(readFileSync(samplesFile, 'utf8')) : {}
}

/** For the other suites. Nothing is kept where the project has no folder for it. */
function keepSamples(samples: readonly Sample[]): void {
  if (samples.length === 0 || !existsSync(dirname(samplesFile))) return
  const own = Object.fromEntries(samples.map((sample) => [sample.paragraph.name, sample]))
  writeFileSync(samplesFile, JSON.stringify({ ...keptSamples(), [suite]: own }))
}
