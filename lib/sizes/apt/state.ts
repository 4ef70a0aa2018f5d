/**
 * apt as a command model sees it: a state that goes from RUN to RUN, and a pure function for each thing apt does, giving
 * the next state and what it stores.
 */
import type { AptGround } from '../../bases/guess.ts'
import { factsOf } from '../../bases/records.ts'
import { kept } from '../../kept.ts'
import type { BaseFacts, InstalledPackage } from '../../model.ts'
import { matches } from '../../shell/pattern.ts'
import { unknown } from '../../size.ts'
import type { Stored } from '../stored.ts'
import { releaseFiles, storedByUpdate } from './fetched.ts'
import { forgottenWith } from './generated.ts'
import { byteCodeLabel, docsLabel, filesLabel, infoLabel, writtenLabel } from './labels.ts'
import { type Ground, storedBy } from './layer.ts'
import { lengthsWith } from './lengths.ts'
import type { Named } from './margin.ts'
import { resolveRemoval } from './remove.ts'
import { renewals } from './renewal.ts'
import { type Change, resolve, resolveUpgrade } from './resolve.ts'
import { type Suite, suiteOf, tableOf } from './suites.ts'
import { type Installed, type System, systemOf } from './system.ts'
import type { Candidate, Table } from './table.ts'

/** What apt knows between two commands. */
export interface AptState {
  readonly suite: Suite
  readonly table: Table
  readonly slim: boolean
  readonly system: System
  /** The base's packages are a guess: sizes are no better than heuristic. */
  readonly guessed: boolean
  /** Only the name of the base tells what it is. */
  readonly named?: Named
  /** Lengths of records on the base. */
  readonly lengths: Readonly<Record<string, number>>
  /** The image is for another architecture than the tables, which have amd64. */
  readonly foreign: boolean
  /** Bytes of the package lists; undefined: not known. */
  readonly lists: number | undefined
  /** Some packages were marked as wanted, nobody knows which. */
  readonly wantsMore?: boolean
  /** Packages that no upgrade renews. */
  readonly held?: ReadonlySet<string>
  /** How many packages came that no table has. */
  readonly strangers?: number
}

/** What the files around apt say. */
export interface Places {
  /** Bytes of a file; 0: not there; undefined: not known. */
  readonly bytes: (path: string) => number | undefined
  /** .deb files and package caches stay after an installation. */
  readonly keeps: boolean
  /** Archives besides the distribution's own are set up. */
  readonly otherArchives: boolean
  /** Packages are told to ask nothing: DEBIAN_FRONTEND is `noninteractive`. */
  readonly quiet?: boolean
}

/** What a command did. */
export interface Outcome {
  readonly state: AptState
  readonly stored: readonly Stored[]
  /** Labels of packages whose files went. */
  readonly dropped: readonly string[]
  /** Paths of files that scripts wrote and that went with what was purged. */
  readonly forgotten?: readonly string[]
  readonly change: Change
}

/** The state on a base, known by facts or by its name only; undefined: a distribution without a table. */
export function aptState(facts: BaseFacts, arch = 'amd64', named?: AptGround): AptState | undefined {
  const os = named?.os ?? facts.os
  const codename =
    os?.codename ?? codenames[`${os?.id} ${os?.versionId?.replace(/^(\d+)\.\d+$/, os.id === 'debian' ? '$1' : '$&')}`]
  const suite = codename === undefined ? undefined : suiteOf(codename)
  if (os === undefined || suite === undefined) return undefined
  const table = tableOf(suite)
  const usual = factsOf(`${suite.id} ${suite.version} ${suite.codename}`, [])
  const { system, grown } =
    facts.packages === undefined
      ? standing([suite.codename, ...(named?.packages ?? [])].join(' '))
      : complete(facts.packages, table, suite)
  return {
    suite,
    table,
    slim: os.slim ?? false,
    system,
    guessed: grown.length > 0 || facts.packages === undefined,
    ...(named && { named }),
    lengths: lengthsWith(suite, grown),
    foreign: arch !== 'amd64',
    lists: facts.aptLists?.bytes ?? usual.aptLists?.bytes,
  }
}

/** A release's own packages and these, by names; few sets carry most stages, and a set may need hundreds. */
const standing = kept(50, (key) => {
  const [codename = '', ...names] = key.split(' ')
  const suite = suiteOf(codename)
  if (suite === undefined) throw new Error(`no table of ${codename}`)
  const { packages = {} } = factsOf(`${suite.id} ${suite.version} ${codename}`, [])
  const more = Object.fromEntries(names.map((name): [string, InstalledPackage] => [name, {}]))
  return complete({ ...more, ...packages }, tableOf(suite), suite)
})

const codenames: Readonly<Record<string, string>> = {
  'debian 12': 'bookworm',
  'debian 13': 'trixie',
  'ubuntu 22.04': 'jammy',
}

// Packages of which only the name is known brought what they need.
function complete(packages: Readonly<Record<string, InstalledPackage>>, table: Table, suite: Suite) {
  const system = systemOf(packages, table)
  const bare = Object.keys(packages).filter((name) => packages[name]?.version === undefined)
  if (bare.length === 0) return { system, grown: [] }
  const firm = new Map([...system].filter(([name]) => packages[name]?.version !== undefined))
  const change = resolve({ install: bare, recommends: false, bySource: suite.bySource }, firm, table)
  const grown = applied(firm, change, new Set(bare))
  for (const [name, one] of grown) grown.set(name, { ...one, automatic: false, base: true })
  return { system: new Map([...system, ...grown]), grown: change.added }
}

/** `apt-get update`. `again`: the lists are there and nobody has changed where they are from. */
export const aptUpdate = (state: AptState, places: Places, again: boolean): Outcome => ({
  state,
  stored: again
    ? releaseFiles(groundOf(state, places))
    : storedByUpdate(groundOf(state, places), state.lists, places.otherArchives),
  dropped: [],
  change: { added: [], upgraded: [], removed: [], automatic: new Set(), missing: [] },
})

/** What to install: names, `name=version`, `name/release`, `name:arch`, `name-` to remove, `name+`, patterns with `*` or `?`. */
export interface Request {
  readonly words: readonly string[]
  readonly recommends: boolean
  /** Comes from an archive that no table knows. */
  readonly elsewhere?: (name: string) => boolean
  /** Stores what is there already once more. */
  readonly again?: boolean
  /** Asked of another release: what is known here is no more than a likeness. */
  readonly other?: boolean
}

/** `apt-get install`. */
export function aptInstall(state: AptState, request: Request, places: Places): Outcome {
  const { words, recommends, elsewhere, again = false, other = false } = request
  const { table, system, suite } = state
  const install: string[] = []
  const remove: string[] = []
  const unknown: string[] = []
  for (const word of words) {
    const name = word.replace(/[=/:].*$/, '')
    if (elsewhere?.(name)) unknown.push(name)
    else if (/[*?]/.test(name)) {
      const found = matching(name, table)
      if (found.length > mostMatches) unknown.push(name)
      else install.push(...found)
    } else if (known(name, table, system) || !/[-+]$/.test(name)) install.push(name)
    else if (name.endsWith('-')) remove.push(name.slice(0, -1))
    else install.push(known(name.slice(0, -1), table, system) ? name.slice(0, -1) : name)
  }
  const found = resolve({ install, remove, recommends, bySource: suite.bySource }, system, table)
  const renewed = again ? install.flatMap((name) => (system.has(name) ? (table.get(name) ?? []) : [])) : []
  const upgraded = [...new Set([...found.upgraded, ...renewed])]
  const missing = [...new Set([...found.missing, ...unknown])]
  const change = { ...found, upgraded, missing, endless: new Set(unknown) }
  return settle(state, change, new Set(install), places, other)
}

const known = (name: string, table: Table, system: System): boolean => table.get(name) !== undefined || system.has(name)

/** A pattern that fits more names is no wish that apt could fulfil. */
const mostMatches = 500

// apt takes `*` and `?` as a pattern over all names; a real regular expression is too rare to matter.
function matching(pattern: string, table: Table): readonly string[] {
  const wild = pattern.replace(/[[\]\\]/g, '\\$&')
  const begin = pattern.replace(/[*?].*$/s, '')
  return table.names.filter((name) => name.startsWith(begin) && matches(wild, name))
}

/** `dpkg -i` of package files that are candidates of the table, by name: nothing else comes along. */
export function dpkgInstall(state: AptState, names: readonly string[], places: Places): Outcome {
  const found = [...new Set(names)].flatMap((name) => state.table.get(name) ?? [])
  const change: Change = {
    added: found.filter(({ name }) => !state.system.has(name)),
    upgraded: found.filter(({ name }) => state.system.has(name)),
    removed: [],
    automatic: new Set(),
    missing: [],
    direct: true,
  }
  return settle(state, change, new Set(names), places)
}

/** `apt-get upgrade`; with `full` also what needs new packages: `full-upgrade`, `dist-upgrade`. */
export function aptUpgrade(state: AptState, full: boolean, places: Places): Outcome {
  const change = resolveUpgrade(state.system, state.table, state.suite.bySource, full, state.held)
  const outcome = settle(state, change, new Set(), places)
  return state.guessed ? { ...outcome, stored: [...outcome.stored.map(maybeNone), anyUpgrade] } : outcome
}

// What a base of unknown age has to renew.
const maybeNone = (one: Stored): Stored => ({ ...one, size: { ...one.size, low: 0 } })
const anyUpgrade: Stored = {
  path: '/usr',
  type: 'package',
  label: filesLabel('all that is out of date'),
  size: unknown('packages of a base of unknown age'),
  kind: 'content',
}

/** What to remove. */
export interface Removal {
  /** Names as given; may be patterns. */
  readonly words: readonly string[]
  /** Also what nobody needs any more; being recommended counts as being needed with `keepRecommended`. */
  readonly auto: boolean
  readonly keepRecommended: boolean
  /** Settings and questions go too: `purge`, `autopurge`, `--purge`. */
  readonly purge?: boolean
  /** By dpkg itself. */
  readonly direct?: true
}

/** `apt-get remove`, `purge` and `autoremove`. */
export function aptRemove(
  state: AptState,
  { words, auto, keepRecommended, purge = false, direct }: Removal,
  places: Places,
): Outcome {
  const plain = words.map((name) => name.replace(/[=/:].*$/, ''))
  const patterns = plain.filter((name) => /[*?]/.test(name)).flatMap((name) => matching(name, state.table))
  const change = resolveRemoval(
    [...plain, ...patterns].filter((name) => state.system.has(name)),
    state.system,
    auto,
    keepRecommended,
  )
  return settle(state, { ...change, purged: purge, ...(direct && { direct }) }, new Set(), places)
}

/** `apt-mark auto` and `manual`. */
export function aptMark(state: AptState, names: readonly string[], automatic: boolean): AptState {
  const system = new Map(state.system)
  for (const name of names) {
    const one = system.get(name)
    if (one !== undefined) system.set(name, { ...one, automatic })
  }
  return { ...state, system }
}

/** `apt-mark hold` and `unhold`. */
export function aptHold(state: AptState, names: readonly string[], hold: boolean): AptState {
  const left = [...(state.held ?? [])].filter((name) => !names.includes(name))
  return { ...state, held: new Set(hold ? [...left, ...names] : left) }
}

function settle(state: AptState, change: Change, asked: ReadonlySet<string>, places: Places, other = false): Outcome {
  const ground = { ...groundOf(state, places), other }
  return {
    state: {
      ...state,
      system: applied(state.system, change, asked),
      strangers: (state.strangers ?? 0) + change.missing.length,
    },
    stored: [...storedBy(change, ground), ...renewals(change, asked, { ...ground, records: recordsOf(state) })],
    dropped: change.removed.flatMap((name) => [
      filesLabel(name),
      docsLabel(name),
      infoLabel(name),
      byteCodeLabel(name),
      writtenLabel(name),
    ]),
    forgotten:
      change.purged === true
        ? change.removed.flatMap((name) => {
            const one = state.table.get(name)
            return one === undefined ? [] : forgottenWith(one, state.suite)
          })
        : [],
    change,
  }
}

function applied(system: System, change: Change, asked: ReadonlySet<string>): Map<string, Installed> {
  const next = new Map(system)
  for (const name of change.removed) next.delete(name)
  for (const name of asked) {
    const one = next.get(name)
    if (one?.automatic) next.set(name, { ...one, automatic: false })
  }
  for (const one of [...change.added, ...change.upgraded]) {
    const old = next.get(one.name)
    next.set(one.name, installed(one, old?.automatic ?? change.automatic.has(one.name), old?.base ?? false))
  }
  return next
}

const installed = (
  { version, source, provides, depends, recommends }: Candidate,
  automatic: boolean,
  base: boolean,
): Installed => ({
  version,
  source,
  provides,
  depends,
  recommends,
  automatic,
  base,
})

/** All that is written again with every change, the former selves that stay beside included. */
const recordsOf = ({ lengths }: AptState): number => 2 * Object.values(lengths).reduce((sum, bytes) => sum + bytes, 0)

const groundOf = (
  { suite, table, slim, system, guessed, foreign, named, lengths, strangers = 0 }: AptState,
  { bytes, keeps, otherArchives, quiet = false }: Places,
): Ground => ({
  suite,
  table,
  slim,
  system,
  guessed,
  foreign,
  ...(named && { named }),
  strangers,
  lengths,
  bytes,
  keeps,
  ownArchive: suite.id === 'debian' && !otherArchives && named === undefined,
  quiet,
})
