/**
 * Writes lib/data/apt-SUITE.ts: the packages of a Debian or Ubuntu suite that Dockerfiles need most.
 *
 *   npm run data -- bookworm LISTS [--installed] [--debs FOLDER] [--fetch FOLDER [--named-only] [--fetch-most N]]
 *                                  [--python COMMAND] [--most N]
 *   npm run data -- jammy
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
 * measures what is not measured yet, and run once more it writes the same bytes.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseRelations } from '../../lib/sizes/apt/relations.ts'
import { suiteOf, tableOf } from '../../lib/sizes/apt/suites.ts'
import { units } from '../../lib/sizes/apt/table.ts'
import { asked, choose, common, named, readRecorded, recordedBases } from './data-apt-choose.ts'
import { measureFetched, measureFolder } from './data-apt-debs.ts'
import { type Needing, withoutImplied } from './data-apt-implied.ts'
import { countPaths, firstMentions, type Paragraph, type Paths, readContents, readPackages } from './data-apt-index.ts'
import { likely } from './data-apt-likely.ts'
import { type Measured, measureInstalled } from './data-apt-measure.ts'
import { measuredIn, namedPackages } from './data-apt-named.ts'
import { byRow, digitsOf, encodeTable, packed, shortened } from './data-apt-pack.ts'
import { description, learn, reckon, type Sample } from './data-apt-reckon.ts'
import { preferences, relationsFor, withRecorded } from './data-apt-relations.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const [suite = 'bookworm', lists = '', ...options] = process.argv.slice(2)
const option = (name: string): string | undefined =>
  options.includes(name) ? options[options.indexOf(name) + 1] : undefined
const samplesFile = join(root, '.cache', 'apt-samples.json')
// As many as fit into a table of 150,000 bytes.
const most = Number(option('--most') ?? (suite === 'trixie' ? 6600 : 6800))

const recorded = readRecorded(suite)
const archive = lists === '' ? new Map<string, Paragraph>() : readPackages(lists)
const index = withRecorded(archive, new Map([...recorded].map(([name, { paragraph }]) => [name, paragraph])))
const bases = recordedBases(suite)
const words = asked()
const sureNames = new Set([...recorded.keys(), ...bases.keys()])
const met = lists === '' ? new Map<string, number>() : firstMentions(lists)
const names = lists === '' ? new Set(index.keys()) : choose(index, sureNames, words, most, met, likely())

const here = suiteOf(suite)
const before = here === undefined ? new Map<string, Measured>() : measuredIn(tableOf(here))
const measured = new Map<string, Measured>()
for (const [name, one] of before) if (index.get(name)?.version === one.version) measured.set(name, one)
const python = option('--python')?.split(' ')
const found = [options.includes('--installed') ? measureInstalled() : new Map<string, Measured>()]
if (option('--debs') !== undefined) found.push(await measureFolder(option('--debs')!, python))
if (option('--fetch') !== undefined) {
  const some = options.includes('--named-only')
    ? [
        ...namedPackages(archive, { words: named(), recommends: true, longest: 20_000_000 }, bases),
        ...namedPackages(archive, { words: common(), recommends: false, longest: 24_000_000 }, bases),
      ].flatMap(({ name }) => (measured.has(name) ? [] : [name]))
    : names
  // Recordings do not tell byte code.
  const told = (name: string): boolean => {
    const one = recorded.get(name)?.measured
    return one !== undefined && (one.python === 0 || measured.get(name)?.byteCode !== undefined)
  }
  const wanted = [...new Set([...some, ...recorded.keys()])].flatMap((name) =>
    told(name) || (recorded.has(name) && python === undefined) ? [] : (archive.get(name) ?? []),
  )
  const fetched = wanted.slice(0, Number(option('--fetch-most') ?? wanted.length))
  found.push(await measureFetched(option('--fetch')!, fetched, python))
}
for (const some of found)
  for (const [name, one] of some) if (archive.get(name)?.version === one.version) measured.set(name, one)
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
const paths = (name: string): Paths => countPaths(contents.get(name) ?? [])
const samples = [...measured].flatMap(([name, one]): Sample[] => {
  const paragraph = index.get(name)
  return paragraph !== undefined && contents.has(name) ? [{ paragraph, paths: paths(name), measured: one }] : []
})
keepSamples()
const means = learn([...elsewhere.values(), ...samples])
const described = description(archive, measured)

const preferred = lists === '' ? new Map<string, number>() : preferences(index, names, met)
let sure = 0
const relations = relationsFor(index, bases, names, words)
const baseSources = new Set([...bases.keys()].map((name) => sourceName(index.get(name), name)))
const sorted = [...names].filter((name) => index.has(name)).sort()
const short = shortened(sorted)
const fields = new Map(sorted.map((name) => [name, relations(index.get(name)!)]))
const provided = new Set(
  [...fields.values()].flatMap(({ provides }) => parseRelations(provides, '').flatMap(([one]) => one?.name ?? [])),
)
const needing = sorted.map((name): [string, Needing] => {
  return [name, { version: index.get(name)!.version, depends: fields.get(name)!.depends }]
})
const needs = withoutImplied(new Map(needing), provided)
const numbered = new Map(sorted.map((name, i) => [name, i]))
const rows = sorted.map((name, i) => {
  const paragraph = index.get(name)!
  const known = measured.get(name)
  const one = known ?? reckon(paragraph, paths(name), means, elsewhere.get(name))
  if (known !== undefined) sure++
  const { recommends, conflicts, provides } = fields.get(name)!
  const told = [needs.get(name) ?? '', recommends, conflicts].map((text) => byRow(text, numbered))
  const { unit, excess, record, target } = known === undefined ? units.reckoned : units.measured
  const control = one.control ?? paragraph.control + described
  return {
    texts: [short[i] ?? '', paragraph.version, sourceText(paragraph), ...told, provides],
    numbers: [
      ...digitsOf(paragraph.deb),
      Math.round(one.slim / unit),
      Math.max(0, Math.round((one.full - one.slim) / excess)),
      Math.round(one.slimLinks / target),
      Math.max(0, Math.round((one.fullLinks - one.slimLinks) / target)),
      one.files,
      Math.round(one.info / record),
      Math.round(control / record),
      one.conffiles,
      one.conffilesBytes,
      one.templates,
      // Where the byte code is known nobody asks for its source.
      one.byteCode === undefined ? Math.round(one.python / unit) : 0,
      one.byteCode === undefined || one.python + one.byteCode === 0 ? 0 : one.byteCode + 1,
      known === undefined ? 1 : 0,
      preferred.get(name) ?? 0,
    ],
  }
})
const text = encodeTable(rows)
const bytes = packed(text)
const date = '2026-11-20'
const code = bytes.toString('base64').match(/.{1,4096}/g) ?? []
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
${code.map((line) => `    '${line}'`).join(' +\n')},
} as const
`,
)
console.log(
  `${suite}: ${sorted.length} packages, ${sure} measured, ${text.length} bytes, ${bytes.length} packed`,
  means,
)

/** Packages of other suites that earlier runs measured, with their paths there. */
function otherSuite(): ReadonlyMap<string, Sample> {
  const others = Object.entries(keptSamples()).filter(([name]) => name !== suite)
  return new Map(others.flatMap(([, list]) => Object.entries(list)))
}

function keptSamples(): Record<string, Record<string, Sample>> {
  return existsSync(samplesFile) ? JSON.parse(readFileSync(samplesFile, 'utf8')) : {}
}

/** For the other suites. Nothing is kept where the project has no folder for it. */
function keepSamples(): void {
  if (samples.length === 0 || !existsSync(dirname(samplesFile))) return
  const own = Object.fromEntries(samples.map((sample) => [sample.paragraph.name, sample]))
  writeFileSync(samplesFile, JSON.stringify({ ...keptSamples(), [suite]: own }))
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
