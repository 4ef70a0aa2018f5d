/** Debian's package managers apt, apt-get and aptitude, bound to what lib/sizes/apt knows. Source: apt-get(8), apt.conf(5). */
import { isKnown } from '../shell/known.ts'
import { inside, nameOf } from '../shell/paths.ts'
import { about, unknown } from '../size.ts'
import { otherLists } from '../sizes/apt/fetched.ts'
import { filesLabel } from '../sizes/apt/labels.ts'
import type { AptState, Outcome, Places } from '../sizes/apt/state.ts'
import { aptInstall, aptRemove, aptState, aptUpdate, aptUpgrade } from '../sizes/apt/state.ts'
import type { Stored } from '../sizes/stored.ts'
import { clean } from './apt-clean.ts'
import { folderOf, hooks, off, settingOf, settingsFolder } from './apt-settings.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'

const key = 'apt'

/** The state of apt in this stage; undefined: a distribution that no table knows. */
export function stateOf(call: Call): AptState | undefined {
  if (!call.state.has(key)) call.state.set(key, aptState(call.facts, call.platform.arch, call.ground))
  return call.state.get(key) as AptState | undefined
}

/** Keeps a new state for the commands that follow. */
export const keepState = (call: Call, state: AptState): void => void call.state.set(key, state)

/** What the files around apt say. */
export function placesOf(call: Call): Places {
  const { files } = call
  return {
    bytes(path) {
      const entry = files.get(path)
      if (entry?.type === 'file') return entry.size.bytes ?? undefined
      return files.presence(path) === 'no' ? 0 : undefined
    },
    keeps: files.presence(inside(settingsFolder, 'docker-clean')) === 'no',
    otherArchives: archives(call).length > 0,
    quiet: call.env('DEBIAN_FRONTEND') === 'noninteractive',
  }
}

// Files of the images' own archives.
const own = new Set(['debian.sources', 'ubuntu.sources', 'debian.list', 'ubuntu.list', 'sources.list'])

const archives = ({ files }: Call): readonly string[] =>
  files.list('/etc/apt/sources.list.d').entries.flatMap(({ path, type }) => {
    const name = nameOf(path)
    return type !== 'dir' && !own.has(name) ? [name] : []
  })

// Which packages a well-known archive brings in place of the distribution's. Names as their instructions write them.
const bring: readonly (readonly [archive: RegExp, packages: RegExp])[] = [
  [/node/, /^(nodejs|npm)$/],
  [/pgdg|postgres/, /^(postgresql|libpq)/],
  [/nginx/, /^nginx/],
  [/php|sury|ondrej/, /^(php|libapache2-mod-php)/],
  [/docker/, /^(docker|containerd)/],
  [/mysql/, /^(mysql|libmysql)/],
  [/mariadb/, /^(mariadb|libmariadb)/],
  [/llvm/, /^(clang|llvm|lld|libclang|lldb)/],
  [/github/, /^gh$/],
  [/git-core/, /^git$/],
  [/deadsnakes/, /^python3\.\d+/],
  [/toolchain/, /^(gcc|g\+\+|cpp)/],
  [/backports/, /^$/],
]

/** Does a package come from an archive that the build set up? */
function elsewhere(call: Call): (name: string) => boolean {
  const named = archives(call)
  const marks = ['/', '/etc/apt'].flatMap((path) => call.files.packagesIn(path).map(({ label }) => label ?? ''))
  const node = marks.some((label) => /nodesource|setup_(\d+|lts|current)\.x/.test(label))
  const patterns = bring.flatMap(([archive, packages]) =>
    named.some((name) => archive.test(name)) || (node && archive.source === 'node') ? [packages] : [],
  )
  return (name) => patterns.some((pattern) => pattern.test(name))
}

const lists = '/var/lib/apt/lists'
const fetched = '/var/cache/apt/archives'

/** Are packages kept once they are installed? The program apt drops them. Source: apt-private, BinarySpecificConfiguration. */
function keepsArchives(call: Call): boolean {
  const common = settingOf(call, '(?<!Binary::apt::)APT::Keep-Downloaded-Packages')
  const own = call.name === 'apt' ? (settingOf(call, 'Binary::apt::APT::Keep-Downloaded-Packages') ?? 'false') : 'true'
  return !off.test(common ?? own)
}

/** Does what apt did to the files. */
export function perform(call: Call, { state, stored, dropped, forgotten = [], change }: Outcome): void {
  const { files } = call
  for (const path of forgotten) files.remove(path)
  // Libraries are what scripts mark as wanted after they looked what a program needs.
  const mayStay = state.wantsMore === true ? dropped.filter((label) => /: ?lib(?!.*-dev$)/.test(label)) : []
  if (mayStay.length > 0) files.perhaps(() => files.removeLabel(...mayStay))
  const doubted = new Set(mayStay)
  files.removeLabel(...dropped.filter((label) => !doubted.has(label)))
  const keeps = keepsArchives(call)
  for (const one of stored) if (one.path !== fetched || keeps) store(call, one)
  keepState(call, state)
  if (change.added.length + change.upgraded.length + change.removed.length > 0) hooks(call)
}

function store(call: Call, { path, ...file }: Stored): void {
  const told = path === lists ? listsOf(call) : path === fetched ? folderOf(call, 'Dir::Cache::Archives') : undefined
  call.files.put(told ?? path, {
    mode: 0o644,
    uid: 0,
    gid: 0,
    ...file,
    ...(told !== undefined && { cleanup: `rm -rf ${told}` }),
  })
}

const listsOf = (call: Call): string | undefined => folderOf(call, 'Dir::State::Lists')

/**
 * Fetches the lists. Those that an earlier RUN fetched from the same archives are asked for and, as nothing is newer, stay as
 * they are: apt-transport-http(1) sends the time of its file, and apt-get prints "Hit".
 */
export function fetchLists(call: Call, state: AptState | undefined): void {
  const sources = sourcesOf(call)
  const earlier = call.state.get(asked) as readonly unknown[] | undefined
  call.state.set(asked, sources)
  const there = new Set(
    earlier === undefined
      ? []
      : call.files.packagesIn(listsOf(call) ?? lists).flatMap((one) => (one.maybe === true ? [] : [one.label])),
  )
  const same = earlier?.length === sources.length && sources.every((one, index) => one === earlier[index])
  const places = placesOf(call)
  const again = there.has('apt lists')
  // All that a RUN does is done to one view of the files.
  const here = call.state.get(fetchedIn) === call.files
  call.state.set(fetchedIn, call.files)
  if (state !== undefined && !(again && here)) perform(call, aptUpdate(state, places, again))
  else if (!again) strangeLists(call)
  if (again && !same) store(call, otherLists(there.size))
}

/** What says where packages are fetched from: each file as it is now. */
const sourcesOf = ({ files }: Call): readonly unknown[] =>
  ['/etc/apt/sources.list', ...files.list('/etc/apt/sources.list.d').entries.map(({ path }) => path)]
    .map((path) => files.get(path) as unknown)
    .concat(files.packagesIn('/etc/apt'))

const asked = 'apt sources'
const fetchedIn = 'RUN that fetched apt lists'

/** Are recommended packages installed? */
function recommends(call: Call): boolean {
  const { flags } = call
  if (flags.has('--no-install-recommends', '-R', '--without-recommends')) return false
  if (flags.has('--install-recommends', '-r', '--with-recommends')) return true
  return !off.test(settingOf(call, 'APT::Install-Recommends') ?? 'true')
}

function apt(call: Call): Result {
  const [verb = '', ...words] = call.args
  const state = stateOf(call)
  if (call.flags.has('-s', '--simulate', '--just-print', '--dry-run', '--recon', '--print-uris')) return unsure
  switch (verb) {
    case 'clean':
    case 'autoclean':
    case 'auto-clean':
    case 'distclean':
    case 'dist-clean':
      return clean(call, verb)
    case 'download':
      return download(call, words, state)
    case 'update':
      fetchLists(call, state)
      noteStates(call, state)
      return unsure
    case 'source':
    case 'build-dep':
    case 'changelog':
      call.files.mystery(`apt ${verb}: ${words.join(' ')}`, verb === 'build-dep' ? '/usr' : call.path('.'))
      return unsure
    case 'install':
    case 'reinstall':
    case 'satisfy':
    case 'upgrade':
    case 'safe-upgrade':
    case 'full-upgrade':
    case 'dist-upgrade':
    case 'remove':
    case 'purge':
    case 'autoremove':
    case 'autopurge':
    case 'auto-remove':
      if (call.flags.has('-d', '--download-only')) return fetchOnly(call, state, verb, words)
      if (state === undefined) return strangePackages(call, verb, words)
      noteStates(call, state)
      return carriedOut(call, change(call, state, verb, words))
    default:
      return undefined
  }
}

/** aptitude notes what state each package of the lists is in, and keeps the notes before. */
function noteStates(call: Call, state: AptState | undefined): void {
  if (call.name !== 'aptitude' || state === undefined) return
  const { notes, codename } = state.suite
  const size = about(notes, notes * 0.98, notes * 1.02, 'resolved', `aptitude's notes of ${codename}`)
  for (const name of ['pkgstates', 'pkgstates.old'])
    call.files.put(`/var/lib/aptitude/${name}`, { type: 'file', mode: 0o644, uid: 0, gid: 0, size })
}

// What no table knows may recommend anything.
function carriedOut(call: Call, outcome: Outcome): Result {
  perform(call, outcome)
  const { recommended, missing } = outcome.change
  return { ...unsure, along: recommended === true || (missing.length > 0 && recommends(call)) }
}

/** Package files are fetched, and as dpkg does not run, nothing of docker-clean takes them away. */
function fetchOnly(call: Call, state: AptState | undefined, verb: string, words: readonly string[]): Result {
  const files = state && change(call, state, verb, words, { ...placesOf(call), keeps: true }).stored
  for (const one of files ?? []) if (one.path === fetched) store(call, one)
  if (files === undefined && !/remove|purge/.test(verb)) strangeArchives(call)
  return unsure
}

function change(call: Call, state: AptState, verb: string, words: readonly string[], places = placesOf(call)): Outcome {
  const auto = call.flags.has('--auto-remove', '--autoremove')
  if (/upgrade/.test(verb)) return aptUpgrade(state, verb !== 'upgrade' || call.name === 'apt', places)
  if (/remove|purge/.test(verb)) {
    const keepRecommended = !off.test(settingOf(call, 'APT::AutoRemove::RecommendsImportant') ?? 'true')
    const purge = verb.endsWith('purge') || call.flags.has('--purge')
    return aptRemove(state, { words, auto: auto || verb.startsWith('auto'), keepRecommended, purge }, places)
  }
  // A file by its path, and what only a running build knows.
  const files = words.filter((word) => /^\.{0,2}\/|\.deb$/.test(word) || !isKnown(word))
  const strangers = files.filter((word) => candidateOf(state, word) === undefined)
  for (const word of strangers) strange(call, isKnown(word) ? nameOf(word) : 'of a name not known')
  const request = {
    words: words.flatMap((word) =>
      strangers.includes(word) ? [] : files.includes(word) ? (candidateOf(state, word) ?? []) : [word],
    ),
    recommends: recommends(call),
    elsewhere: elsewhere(call),
    again: verb === 'reinstall' || call.flags.has('--reinstall'),
    other: ofAnotherRelease(call, state, words),
  }
  return aptInstall(state, request, places)
}

/** Are packages asked for as another release than the image's own has them? */
function ofAnotherRelease(call: Call, { suite }: AptState, words: readonly string[]): boolean {
  const own = new RegExp(`^(${suite.codename}(-updates|-security)?|stable|n=.*|a=.*)$`)
  const release = call.flags.value('-t', '--target-release', '--default-release')
  return [
    ...(release === undefined ? [] : [release]),
    ...words.flatMap((word) => /^[\w.+:=-]+\/([\w-]+)$/.exec(word)?.[1] ?? []),
  ].some((name) => !own.test(name))
}

/** The package that a file holds, where its name says that it is a candidate of the table: `NAME_VERSION_ARCH.deb`. */
export function candidateOf(state: AptState | undefined, word: string): string | undefined {
  if (state === undefined || !isKnown(word)) return undefined
  const [, name = '', version = ''] = /^([^_]+)_([^_]*)_[^_]+\.deb$/.exec(nameOf(word)) ?? []
  return state.table.get(name)?.version === version.replaceAll('%3a', ':') ? name : undefined
}

function download(call: Call, words: readonly string[], state: AptState | undefined): Result {
  for (const word of words) {
    const candidate = state?.table.get(word.replace(/[=/:].*$/, ''))
    const version = (candidate?.version ?? '').replace(/:/g, '%3a')
    const bytes = candidate?.weight.deb ?? 0
    call.files.put(call.path(`${word}_${version}_${call.platform.arch}.deb`), {
      type: 'file',
      size:
        candidate === undefined
          ? unknown(`package file of ${word}`)
          : about(bytes, bytes * 0.95, bytes * 1.05, 'resolved', `package list of ${state?.table.suite}`),
    })
  }
  return unsure
}

// ---- distributions without a table --------------------------------------------------------------------

/** In the place of a name, which nobody knows. */
const recommended = 'recommended packages'

function strange(call: Call, name: string): void {
  call.files.put('/usr', { type: 'package', label: filesLabel(name), size: unknown(`package ${name} is in no table`) })
}

function strangeLists({ files }: Call): void {
  files.put('/var/lib/apt/lists', {
    type: 'package',
    label: 'apt lists',
    size: unknown('package lists of this release'),
    kind: 'cache',
    cleanup: 'rm -rf /var/lib/apt/lists/*',
  })
}

function strangePackages(call: Call, verb: string, words: readonly string[]): Result {
  const kept = strangersOf(call)
  const names = words.map((word) => (isKnown(word) ? nameOf(word).replace(/[=/:].*$/, '') : 'of a name not known'))
  if (/remove|purge/.test(verb)) {
    for (const name of names) call.files.removeLabel(filesLabel(name))
    if (verb.startsWith('auto') || call.flags.has('--auto-remove', '--autoremove')) dropStrangers(call, kept)
  } else if (/upgrade/.test(verb)) strange(call, 'all that is out of date')
  else {
    for (const name of names) strange(call, name)
    const more = recommends(call) ? [recommended] : []
    for (const name of more) call.files.perhaps(() => strange(call, name))
    // What is asked for by name is wanted.
    keepStrangers(call, { ...kept, wanted: [...kept.wanted, ...names], automatic: [...kept.automatic, ...more] })
  }
  call.files.put('/var/lib/dpkg', { type: 'package', label: 'dpkg records', size: unknown('records of dpkg') })
  hooks(call)
  if (!/remove|purge/.test(verb) && placesOf(call).keeps && keepsArchives(call)) strangeArchives(call)
  return { ...unsure, along: recommends(call) }
}

const strangeArchives = (call: Call): void =>
  store(call, {
    path: fetched,
    type: 'package',
    label: 'packages fetched',
    size: unknown('package files'),
    kind: 'cache',
  })

/** Packages that this stage installed where no table knows them. */
interface Strangers {
  readonly wanted: readonly string[]
  /** Marked as not asked for: they go with the next `autoremove`. */
  readonly automatic: readonly string[]
  /** Some of names not known were marked as wanted after that. */
  readonly wantsMore: boolean
}

const strangers = 'apt strangers'

const strangersOf = ({ state }: Call): Strangers =>
  (state.get(strangers) as Strangers | undefined) ?? { wanted: [], automatic: [], wantsMore: false }

const keepStrangers = ({ state }: Call, them: Strangers): void => void state.set(strangers, them)

// Libraries are what scripts mark as wanted after they looked what a program needs.
function dropStrangers(call: Call, kept: Strangers): void {
  for (const name of kept.automatic) {
    const remove = (): void => call.files.removeLabel(filesLabel(name))
    if (kept.wantsMore && /^lib(?!.*-dev$)/.test(name)) call.files.perhaps(remove)
    else remove()
  }
  keepStrangers(call, { ...kept, automatic: [], wantsMore: false })
}

/** `apt-mark auto` and `manual` where no table knows the packages. */
export function markStrangers(call: Call, verb: string, words: readonly string[]): void {
  const { wanted, automatic, wantsMore } = strangersOf(call)
  const meant = (name: string): boolean => words.includes(name) || words.includes('.*') || words.includes('*')
  const all = [...wanted, ...automatic]
  if (verb === 'auto')
    keepStrangers(call, {
      wanted: wanted.filter((name) => !meant(name)),
      automatic: all.filter((name) => automatic.includes(name) || meant(name)),
      wantsMore,
    })
  if (verb === 'manual')
    keepStrangers(call, {
      wanted: all.filter((name) => wanted.includes(name) || meant(name)),
      automatic: automatic.filter((name) => !meant(name)),
      wantsMore: wantsMore || words.some((word) => !isKnown(word)),
    })
}

export default [
  model({
    names: ['apt', 'apt-get', 'aptitude'],
    values: [
      '-o',
      '--option',
      '-t',
      '--target-release',
      '--default-release',
      '-c',
      '--config-file',
      '-a',
      '--host-architecture',
      '-P',
      '--build-profiles',
    ],
    attached: ['-q'],
    reliable: ['clean', 'autoclean', 'distclean', 'dist-clean'],
    run: apt,
  }),
]
