/**
 * What a change of packages stores: the packages' files, dpkg's and debconf's records, logs, caches of the dynamic
 * linker, and what maintainer scripts write. Every record that a change touches is stored again in full.
 *
 * Source: spec/run-size.md section 3, fitted on recorded builds of 2026-11-20.
 */
import type { Size } from '../../model.ts'
import { around, bundle, type Stored } from '../stored.ts'
import { absentPackage } from './absent.ts'
import { alternativesOf } from './alternatives.ts'
import { fetched } from './fetched.ts'
import { fontCaches } from './fonts.ts'
import { byteCodeOf, debconfGrowth, generatedBy, makesAccount } from './generated.ts'
import { writingAgain } from './kinds.ts'
import { byteCodeLabel, docsLabel, filesLabel, infoLabel, writtenLabel } from './labels.ts'
import { isLibrary, libraryLine, paragraph } from './lengths.ts'
import { asksOf, type Logged, logGrowth } from './logs.ts'
import { packageSize, type Sureness, widened } from './margin.ts'
import { type Slack, slackOf } from './reckoned.ts'
import type { Change } from './resolve.ts'
import type { Suite } from './suites.ts'
import type { System } from './system.ts'
import type { Candidate } from './table.ts'

/** What a change works on. */
export interface Ground extends Sureness {
  readonly suite: Suite
  /** Documentation and translations are left out. */
  readonly slim: boolean
  /** Packages before the change. */
  readonly system: System
  /** Bytes of a file as it stands; 0: not there; undefined: not known. */
  readonly bytes: (path: string) => number | undefined
  /** .deb files and package caches are kept. */
  readonly keeps: boolean
  /** Lengths of records on the base. */
  readonly lengths: Readonly<Record<string, number>>
  /** Nothing but the archive of a release of Debian is asked, whose table has most of what is installed. */
  readonly ownArchive: boolean
  /** Packages are told to ask nothing: DEBIAN_FRONTEND is `noninteractive`. */
  readonly quiet: boolean
}

/** All that a change stores, in the order of paths written; nothing where nothing changes. */
export function storedBy(change: Change, ground: Ground): readonly Stored[] {
  const arriving = [...change.added, ...change.upgraded]
  const losing = change.removed.length
  if (arriving.length === 0 && losing === 0 && change.missing.length === 0) return []
  const python = pythonThere(change, ground)
  const slack = slackOf(arriving, ground.slim)
  const parts = arriving.flatMap((one) =>
    packageParts(one, ground, python, slack.get(one.name), !change.automatic.has(one.name)),
  )
  const along = {
    known: parts.reduce((bytes, { size }) => bytes + size.low, 0),
    count: change.missing.length,
    recommends: change.recommends === true,
    ownArchive: ground.ownArchive && (change.endless?.size ?? 0) === 0 && ground.other !== true,
  }
  return [
    ...parts,
    ...change.missing.map((name) => absentPackage(name, along)),
    ...[...generatedParts(change, ground), ...(arriving.length + losing === 0 ? [] : records(change, ground))].map(
      (one) => widened(one, ground),
    ),
    ...fetched(arriving, ground),
  ]
}

// ---- packages ---------------------------------------------------------------------------------------

const documentation = '/usr/share/doc'

// What else full bases have more of than slim ones: it goes with the documentation here.
const apart = [documentation, '/usr/share/man', '/usr/share/info', '/usr/share/locale']

/** Of the copyright file, which slim bases keep: the median of 694 packages, bytes. */
const copyright = 4161

function packageParts(
  one: Candidate,
  ground: Ground,
  python: boolean,
  slack: Slack | undefined,
  asked: boolean,
): readonly Stored[] {
  const sized = (bytes: number): Size => packageSize(bytes, one, ground, slack, asked)
  const { name, weight } = one
  const stays = Math.min(copyright, Math.floor(weight.slim / 4))
  const docs = stays + (ground.slim ? 0 : weight.full - weight.slim)
  const code = python ? byteCodeOf(one, ground.suite) : 0
  const links = ground.slim ? weight.slimLinks : weight.fullLinks
  return [
    {
      path: '/usr',
      type: 'package',
      label: filesLabel(name),
      size: sized(weight.slim - stays),
      linkBytes: links,
      files: weight.files,
      apart,
      kind: 'content',
    },
    bundle(documentation, docsLabel(name), sized(docs), Math.ceil(docs / copyright), 'content'),
    bundle('/var/lib/dpkg/info', infoLabel(name), sized(weight.info), 4, 'content'),
    ...(code === 0
      ? []
      : [
          bundle(
            '/usr/lib/python3',
            byteCodeLabel(name),
            around(
              code,
              byteCodeSlack(one),
              0,
              weight.measured ? 'resolved' : 'heuristic',
              'byte code of recorded builds',
            ),
            Math.ceil(code / 15_000),
            'content',
          ),
        ]),
  ]
}

/** How far off byte code may be: measured itself, of the standard library, or by the usual ratio. */
const byteCodeSlack = ({ name, weight }: Candidate): number =>
  weight.byteCode !== undefined ? 0.003 : /^libpython3/.test(name) ? 0.01 : weight.measured ? 0.12 : 0.4

const pythonThere = (change: Change, { system }: Ground): boolean =>
  system.has('python3-minimal') || change.added.some(({ name }) => name === 'python3-minimal')

// ---- what scripts write -----------------------------------------------------------------------------

const accountFiles: Readonly<Record<string, number>> = { passwd: 839, shadow: 474, group: 434, gshadow: 364 }

function generatedParts(change: Change, ground: Ground): readonly Stored[] {
  const source = 'files that maintainer scripts write, recorded builds'
  const coming = new Set(change.added.map(({ name }) => name))
  const made = [...change.added, ...writingAgain(change.added, ground.system, ground.table)].flatMap((one) =>
    generatedBy(one, ground.suite).flatMap(({ path, bytes, links, many, stays, along, full }): readonly Stored[] => {
      if ((along !== undefined && !coming.has(along)) || (full === true && ground.slim)) return []
      const size = around(bytes, 0.04, Math.min(bytes, 200), 'resolved', source)
      if (many !== true) return [{ path, type: 'file', size, kind: 'content' }]
      const label = stays === true ? `left by ${one.name}` : writtenLabel(one.name)
      return [{ ...bundle(path, label, size, 8, 'content'), linkBytes: links ?? 0 }]
    }),
  )
  const fonts = fontCaches(change.added, (name) => ground.system.has(name), ground.suite)
  if (fonts !== undefined) {
    const size = around(fonts.bytes, fonts.sure ? 0.05 : 0.7, 200, fonts.sure ? 'resolved' : 'heuristic', source)
    made.push(bundle('/var/cache/fontconfig', 'written by fontconfig', size, 8, 'content'))
  }
  for (const { name } of change.added) {
    const { records = 0, links = 0 } = alternativesOf(name) ?? {}
    if (records === 0) continue
    const size = around(records, 0.04, Math.min(records, 200), 'resolved', source)
    made.push({ ...bundle('/var/lib/dpkg/alternatives', writtenLabel(name), size, 8, 'content'), linkBytes: links })
  }
  if (!change.added.some(makesAccount)) return made
  // Each file grows by a line and leaves its former self beside it.
  const accounts = Object.entries(accountFiles).flatMap(([name, usual]): Stored[] => {
    const old = ground.bytes(`/etc/${name}`) ?? usual
    const size = (bytes: number): Size => around(bytes, 0, 60, 'resolved', 'a system account')
    return [
      { path: `/etc/${name}`, type: 'file', size: size(old + 40), kind: 'content' },
      { path: `/etc/${name}-`, type: 'file', size: size(old), kind: 'content' },
    ]
  })
  return [...made, ...accounts]
}

// ---- records ----------------------------------------------------------------------------------------

/** Paths of the records, with what a base usually has. */
const paths = {
  status: '/var/lib/dpkg/status',
  before: '/var/lib/dpkg/status-old',
  states: '/var/lib/apt/extended_states',
  config: '/var/cache/debconf/config.dat',
  templates: '/var/cache/debconf/templates.dat',
  libraries: '/etc/ld.so.cache',
  auxiliary: '/var/cache/ldconfig/aux-cache',
  dpkgLog: '/var/log/dpkg.log',
  history: '/var/log/apt/history.log',
  terminal: '/var/log/apt/term.log',
  alternatives: '/var/log/alternatives.log',
  planner: '/var/log/apt/eipp.log.xz',
} as const

const present = (ground: Ground, path: string): number => ground.bytes(path) ?? ground.lengths[path] ?? 0

const record = (path: string, bytes: number, slack: number, kind: Stored['kind'] = 'content'): Stored => ({
  path,
  type: 'file',
  size: around(bytes, 0, Math.min(slack, bytes), 'resolved', 'records of dpkg and apt, as in recorded builds'),
  kind,
})

// What is removed and not purged is remembered as long as its settings are there: `deinstall ok config-files`, and a line more.
const settingsLeft = ({ version }: Candidate): number => 5 + 'Config-Version: \n'.length + version.length

function records(change: Change, ground: Ground): readonly Stored[] {
  const { added, upgraded, removed, automatic } = change
  const touched = added.length + upgraded.length + removed.length
  const old = present(ground, paths.status)
  const lost = removed.reduce((sum, name) => {
    const one = ground.table.get(name)
    if (one === undefined) return sum + 800
    return sum + (change.purged !== true && one.weight.conffiles > 0 ? -settingsLeft(one) : paragraph(one))
  }, 0)
  const status = Math.max(0, old + added.reduce((sum, one) => sum + paragraph(one), 0) - lost)
  const slack = 60 + touched * 6 + removed.length * 100
  return [
    record(paths.status, status, slack),
    record(paths.before, status, slack, 'temporary'),
    ...states(change, ground, automatic),
    ...debconf(change, ground),
    ...linker(change, ground),
    ...logs(change, ground, touched),
  ]
}

function states({ removed, direct }: Change, ground: Ground, automatic: ReadonlySet<string>): readonly Stored[] {
  if (direct) return []
  const one = (name: string): number => name.length + 49
  const before = [...ground.system].filter(([, { automatic: was }]) => was).map(([name]) => name)
  const gone = new Set(removed)
  const names = new Set([...before, ...automatic].filter((name) => !gone.has(name)))
  if (names.size === 0 && before.length === 0) return []
  const own = [...names].reduce((sum, name) => sum + one(name), 0)
  return [record(paths.states, own, 0)]
}

// Scripts that open the databases once more when all that is to be loaded is there.
const asksAgain = /^(php[\d.]+-(cli|cgi|fpm)|autofs|postfix|dictionaries-common)$/

// apt lets debconf load its databases before every change, a removal too, and it stores them again; a package with
// questions saves them, keeping the former ones beside.
function debconf({ added, upgraded, removed, purged, direct }: Change, ground: Ground): readonly Stored[] {
  const [config, templates] = [present(ground, paths.config), present(ground, paths.templates)]
  if (added.length + upgraded.length === 0 && removed.length > 0) {
    const gone = removed.flatMap((name) => ground.table.get(name) ?? []).filter(({ weight }) => weight.templates > 0)
    if (gone.length === 0 && direct) return []
    if (gone.length > 0 && purged === true) return forgotten(gone, config, templates)
  }
  const growths = [
    ...upgraded.flatMap((one) => (one.weight.templates > 0 ? [0] : [])),
    ...[...added]
      .sort((a, b) => Number(a.name === 'ca-certificates') - Number(b.name === 'ca-certificates'))
      .flatMap((one) => debconfGrowth(one) ?? []),
  ]
  if (added.some(({ name }) => asksAgain.test(name))) growths.push(0)
  const growth = growths.reduce((sum, one) => sum + one, 0)
  const last = growths.at(-1)
  const slack = growth * 0.06
  if (last === undefined && direct) return []
  if (last === undefined) return [record(paths.config, config, 60), record(paths.templates, templates, 60)]
  const former = templates + growth - (ground.suite.debconfTwice ? 0 : last)
  return [
    record(paths.config, config + Math.min(growth, 600), 300),
    record(paths.templates, templates + growth - Math.min(growth, 600), slack),
    record(`${paths.config}-old`, config, 300, 'temporary'),
    record(`${paths.templates}-old`, former, slack + Math.max(...growths) * 0.2, 'temporary'),
  ]
}

// Purging a package takes its questions out again; the databases with them stay beside.
function forgotten(gone: readonly Candidate[], config: number, templates: number): readonly Stored[] {
  const growth = gone.reduce((sum, one) => sum + (debconfGrowth(one) ?? 0), 0)
  const slack = growth * 0.06
  return [
    record(paths.config, config - Math.min(growth, 600), 600),
    record(paths.templates, Math.max(0, templates - growth + Math.min(growth, 600)), slack + 600),
    record(`${paths.config}-old`, config, 600, 'temporary'),
    record(`${paths.templates}-old`, templates, slack, 'temporary'),
  ]
}

function linker({ added, upgraded, removed }: Change, ground: Ground): readonly Stored[] {
  const fresh = added.filter(({ name }) => isLibrary(name)).length
  const gone = removed.filter(isLibrary).length
  if (fresh + gone + upgraded.filter(({ name }) => isLibrary(name)).length === 0) return []
  const old = present(ground, paths.libraries)
  const aux = present(ground, paths.auxiliary)
  const cache = Math.max(old + libraryLine * (fresh - gone), 2000)
  return [
    record(paths.libraries, cache, 500 + fresh * 50),
    record(
      paths.auxiliary,
      Math.max(aux === 0 ? 3900 + libraryLine * fresh : aux + libraryLine * (fresh - gone), 4500),
      700 + fresh * 50,
      'cache',
    ),
  ]
}

function logs(change: Change, ground: Ground, touched: number): readonly Stored[] {
  const { added, upgraded, removed, automatic, purged = false, direct } = change
  const growth = logGrowth({
    added: added.map((one) => ({ ...logged(one), automatic: automatic.has(one.name) })),
    upgraded: upgraded.map((one) => ({ ...logged(one), old: ground.system.get(one.name)?.version || one.version })),
    removed: removed.map((name) => ({ name, version: ground.system.get(name)?.version || someVersion })),
    purged,
    quiet: ground.quiet,
  })
  const grows = (path: string, bytes: number, share: number): Stored =>
    record(path, present(ground, path) + bytes, bytes * share + 600, 'temporary')
  const registered = added.flatMap(({ name }) => alternativesOf(name) ?? [])
  const lines = registered.reduce((sum, { log }) => sum + log, 0)
  const words = registered.reduce((sum, { terminal }) => sum + terminal, 0)
  const own = [grows(paths.dpkgLog, growth.dpkg, 0.05), ...(lines === 0 ? [] : [grows(paths.alternatives, lines, 0.2)])]
  if (direct) return own
  return [
    ...own,
    grows(paths.terminal, growth.terminal + words, 0.3),
    grows(paths.history, growth.history, 0.1),
    record(
      paths.planner,
      planBytes(ground.system.size + added.length - removed.length, touched),
      1500 + 15 * touched + (removed.length > 0 ? 2500 : 0),
      'temporary',
    ),
  ]
}

/** Stands for a version that the table does not tell: as long as most are. */
const someVersion = '1.23.4-5+b6'

/** apt's plan tells all that is installed, and more of what changes; packed. The middle of 120 installations. Bytes. */
const planBytes = (installed: number, touched: number): number => 2300 + 26 * installed + 12 * touched

const logged = ({ name, version, weight: { templates } }: Candidate): Logged => {
  return { name, version: version || someVersion, asks: asksOf(name, templates > 0) }
}
