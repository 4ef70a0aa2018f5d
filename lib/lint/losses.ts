/** Bytes that are shipped for nothing, each with the command or instruction that wrote them and the one that hid them. */
import type { Entry, Kind, Size, Waste, WasteClass } from '../model.ts'
import { sum } from '../size.ts'
import { matches } from '../unionfs/glob.ts'
import { type Residue, useless } from '../unionfs/leftovers.ts'
import type { Visible } from '../unionfs/seen.ts'
import type { Touch, Touched } from '../watch.ts'
import type { CommandFacts, LayerFacts, StepFacts } from './facts.ts'
import { partsOf } from './parts.ts'
import type { Range } from './places.ts'
import { isTaken } from './taken.ts'

/** Who did something to a file: a command of a RUN, or an instruction as a whole. */
export interface Doer {
  readonly step: StepFacts
  readonly command: CommandFacts | undefined
  readonly span: Range
  readonly line: number
}

/**
 * What was done to hide bytes; each loss has one, and one rule tells it. `metadata`: mode, owner or time were changed,
 * `edited`: a part of the file, `kept book`: a package manager or an account tool wrote what it keeps, `repeated`: the
 * same was stored again, `linked`: another name was given, `uninstalled`: packages, `secret`: a credential went, `download`:
 * a remote ADD went.
 */
export type Cause =
  | 'deleted'
  | 'overwritten'
  | 'metadata'
  | 'moved'
  | 'edited'
  | 'kept book'
  | 'repeated'
  | 'linked'
  | 'uninstalled'
  | 'secret'
  | 'download'

/** Bytes in a layer that a later layer hides. */
export interface Loss {
  readonly class: WasteClass
  readonly cause: Cause
  readonly bytes: Size
  /** Who wrote the bytes; undefined: they came with the base. */
  readonly writer: Doer | undefined
  readonly killer: Doer
  /** Most bytes first. */
  readonly entries: readonly Entry[]
  /** For people: the path, the deepest folder of several, the label of a package. */
  readonly what: string
  /** Nothing about it is a guess but the number: it is there, and it is hidden. */
  readonly sure: boolean
}

/** Of no use in the image, and still seen in the end. */
export interface Left {
  readonly label: string
  readonly path: string
  readonly kind: Exclude<Kind, 'content'>
  readonly bytes: Size
  /** Shell words that would remove it; null: none known. */
  readonly cleanup: string | null
  readonly entries: readonly Entry[]
  readonly by: Doer
  readonly sure: boolean
}

/** Groups waste by writer, killer and class. What only may be hidden, and most likely is not, is left out. */
export function lossesOf(waste: readonly Waste[], layers: readonly LayerFacts[], find: Finder): readonly Loss[] {
  type Group = { readonly waste: Waste[]; writer: Doer | undefined; killer: Doer; cause: Cause }
  const groups = new Map<string, Group>()
  const ids = new Map<object, number>()
  const idOf = (doer: Doer | undefined): number => {
    const key = doer?.command ?? doer?.step
    if (key === undefined) return -1
    const known = ids.get(key) ?? ids.size
    ids.set(key, known)
    return known
  }
  for (const one of waste) {
    const { size } = one.entry
    // What a program may have written that nobody knows is no file, and hides none of its kind.
    if (one.entry.label?.startsWith('unknown: ')) continue
    if (size.high === 0 || (size.bytes === 0 && size.low === 0)) continue
    const killer = find(one.entry, one.killer, killing[one.class])
    if (killer === undefined) continue
    const writer = find(one.entry, one.layer, writing)
    const cause = causeOf(one, writer, killer)
    const key = `${idOf(writer)} ${idOf(killer)} ${cause} ${one.entry.maybe ?? false}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { waste: [one], writer, killer, cause })
    else group.waste.push(one)
  }
  const losses = [...groups.values()].map(({ waste: all, writer, killer, cause }): Loss => {
    const entries = largestFirst(all.map(({ entry }) => entry))
    return {
      class: all[0]!.class,
      cause,
      bytes: sum(entries.map(({ size }) => size)),
      writer,
      killer,
      entries,
      what: called(entries),
      sure: entries.some(({ maybe }) => maybe !== true) && (killer.command?.sure ?? true),
    }
  })
  const told = new Set(
    losses.flatMap(({ killer, writer, sure }) => (sure ? writer && killer.command : undefined) ?? []),
  )
  return [...losses, ...partsOf(layers, told, (entry, layer) => find(entry, layer, ['stored']))].sort(
    (a, b) => weight(b.bytes) - weight(a.bytes) || a.killer.span.start - b.killer.span.start,
  )
}

/** What a command must have done to a path to have written it. */
export const writing: readonly Touched[] = ['stored', 'appended', 'changed']

/** What a command must have done to a path to have hidden it so. */
const killing: Readonly<Record<WasteClass, readonly Touched[]>> = {
  deleted: ['removed', 'moved'],
  replaced: ['stored', 'removed', 'moved'],
  'metadata-only': ['changed', 'stored'],
  identical: ['stored', 'changed', 'linked'],
  overwritten: ['stored', 'appended', 'changed', 'removed'],
  'dead-in-layer': ['stored', 'appended', 'changed', 'removed'],
}

// What package managers and account tools write again whenever they run. Source: dpkg(1), apk(8), rpm(8), passwd(5),
// debconf(7), ldconfig(8), update-ca-certificates(8).
const books =
  /^\/(?:var\/lib\/(?:dpkg|apt|rpm|pacman|systemd|ucf|pam|shells\.state|dbus)|lib\/apk\/db|usr\/lib\/(?:apk\/db|sysimage|locale\/locale-archive)|var\/cache\/(?:debconf|ldconfig|fontconfig|man)|etc\/(?:passwd|group|shadow|gshadow|subuid|subgid|ld\.so\.cache|apk\/world|shells|mailcap|fonts|ssl\/certs|alternatives|pki)|var\/log|run(?=\/)|(?:root|home\/[^/]+)\/\.gnupg)(?=[-/]|$)/

// Who keeps them.
const keepers =
  /^(?:user(?:add|mod|del)|group(?:add|mod|del)|add(?:user|group)|del(?:user|group)|passwd|chpasswd|apt|apt-get|aptitude|dpkg|dpkg-reconfigure|apk|dnf|yum|microdnf|tdnf|rpm|zypper|ldconfig|update-ca-certificates|locale-gen)$/

// What a package manager installs once more, in another version if at all.
const managed = /^(?:apt|apk|rpm|pip|gem|conda|dpkg info|byte code|documentation):/

// Programs that change a part of a file and store it whole.
const editors =
  /^(?:sed|g?awk|perl|ed|ex|patch|dos2unix|unix2dos|crudini|augtool|strip|upx|truncate|sqlite3|tee|yq|sponge|terser|uglifyjs|csso|cleancss|html-minifier(?:-terser)?|optipng|jpegoptim|oxipng|svgo|gifsicle)$/

// Files that hold a credential by their name. Source: the documentation of the programs that read them.
const secrets =
  /(?:\/\.(?:npmrc|yarnrc|netrc|pypirc|pgpass|git-credentials|my\.cnf|htpasswd|env)|\/\.aws\/credentials|\/\.docker\/config\.json|\/\.kube\/config|\/\.config\/gcloud\/.*|\/\.ssh\/(?!known_hosts|config|authorized_keys|.*\.pub$)[^/]+|\/id_(?:rsa|dsa|ecdsa|ed25519)|\/(?:[\w-]*credentials|service[-_]account)\.json|\.(?:key|p12|pfx|keystore|jks|ppk))$/

/** Is it a file that keeps a credential, as far as its name tells? */
export const isSecret = (path: string): boolean => secrets.test(path)

// A key that anybody can fetch: those that packages are signed with.
const isPublished = ({ path }: Entry, { command }: Doer): boolean =>
  path.endsWith('.key') && /^(?:curl|wget)$/.test(command?.name ?? '')

/** What the killer did to hide an entry. */
function causeOf({ class: how, entry }: Waste, writer: Doer | undefined, killer: Doer): Cause {
  const { command } = killer
  const touches = command?.deed.touches.filter((touch) => concerns(touch, entry)) ?? []
  const did = (one: Touched): boolean => touches.some((touch) => touch.how === one)
  if (how === 'deleted' || how === 'replaced') {
    if (did('moved')) return 'moved'
    if (entry.type === 'package' && touches.some(({ label, how: act }) => label !== undefined && act === 'removed'))
      return 'uninstalled'
    if (books.test(entry.path) && entry.type === 'file' && !did('removed')) return 'kept book'
    if (entry.type === 'file' && isSecret(entry.path) && writer !== undefined && !isPublished(entry, writer))
      return 'secret'
    if (writer !== undefined && isRemoteAdd(writer)) return 'download'
    return 'deleted'
  }
  if (did('linked')) return 'linked'
  if (books.test(entry.path) && keepers.test(command?.name ?? '')) return 'kept book'
  if (entry.sameContent === undefined && did('changed') && (how !== 'overwritten' || !did('stored'))) return 'metadata'
  if (how === 'metadata-only') return 'metadata'
  if (how === 'identical') return 'repeated'
  // Pip takes one version away before it puts another in its place.
  if (
    /^(?:byte code: )?pip:/.test(entry.label ?? '') &&
    touches.some(({ label, how: act }) => label !== undefined && act === 'removed')
  )
    return 'overwritten'
  if (books.test(entry.path) || managed.test(entry.label ?? '')) return 'kept book'
  return (did('appended') && !did('stored')) || editors.test(command?.name ?? '') ? 'edited' : 'overwritten'
}

const isRemoteAdd = ({ step: { keyword, step } }: Doer): boolean =>
  keyword === 'ADD' && step.operands.keyword === 'ADD' && step.operands.sources.every((one) => /^https?:\/\//.test(one))

/** Finds who stored something as it is seen in the end; undefined: it came with the base. */
export const writerBy =
  (find: Finder) =>
  ({ entry, layer }: Visible): Doer | undefined =>
    find(entry, layer, writing)

/** Groups what is of no use by who left it. */
export function leftOf(
  files: readonly Visible[],
  layers: readonly LayerFacts[],
  writer: (file: Visible) => Doer | undefined,
): readonly Left[] {
  type Group = { readonly about: Omit<Residue, 'row' | 'bytes'>; readonly by: Doer; readonly seen: Visible[] }
  const groups = new Map<string, Group>()
  for (const file of files) {
    if (file.bytes.high === 0) continue
    const about = useless(file)
    if (about === undefined) continue
    const by = writer(file)
    if (by === undefined) continue
    const key = `${by.span.start} ${about.label} ${about.path}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { about, by, seen: [file] })
    else group.seen.push(file)
  }
  return [...groups.values()]
    .map(({ about, by, seen }): Left => {
      const { path, kind, cleanup } = about
      // A later RUN adds to a folder under a name with a number.
      const label = about.label.replace(/ \d+$/, '')
      const entries = largestFirst(seen.map(({ entry }) => entry))
      const there = entries.some(({ maybe }) => maybe !== true) || isLikely(by.step, entries, layers)
      const sure = there && !isTaken(entries, layers)
      return { label, path, kind, cleanup, bytes: sum(seen.map(({ bytes }) => bytes)), entries, by, sure }
    })
    .sort((a, b) => weight(b.bytes) - weight(a.bytes) || a.by.span.start - b.by.span.start)
}

/**
 * Is it there as far as anybody can tell? It was written by a program that the script allows to fail, or by one that runs
 * where such a program did not fail, and what may have removed it runs only where something fails.
 */
function isLikely(step: StepFacts, entries: readonly Entry[], layers: readonly LayerFacts[]): boolean {
  if (entries.every(({ size }) => size.bytes === 0)) return false
  const did = ({ deed }: CommandFacts, how: Touched): boolean =>
    deed.touches.some((touch) => touch.how === how && entries.some((entry) => concerns(touch, entry)))
  const isWritten = step.commands.some(
    (one) => (one.sure ? one.deed.command.tolerated : one.deed.command.likely === true) && did(one, 'stored'),
  )
  return (
    isWritten &&
    layers.every(({ steps }) =>
      steps.every(({ commands }) =>
        commands.every((one) => one.sure || one.deed.command.unlikely === true || !did(one, 'removed')),
      ),
    )
  )
}

/** What the commands of one layer touched, found by path. */
interface Trail {
  readonly steps: readonly StepFacts[]
  /** What was done to files, by path. */
  readonly at: ReadonlyMap<string, readonly Mark[]>
  /** What was done to packages, by label. */
  readonly labelled: ReadonlyMap<string, readonly Mark[]>
  /** Patterns whose names were not found, and labels that end in a star. */
  readonly loose: readonly Mark[]
  /** What was done to files besides storing them: it may reach what lies in a folder. */
  readonly reaching: readonly Mark[]
}

interface Mark {
  readonly touch: Touch
  readonly command: CommandFacts
  readonly order: number
}

function trailOf({ steps }: LayerFacts): Trail {
  const at = new Map<string, Mark[]>()
  const labelled = new Map<string, Mark[]>()
  const loose: Mark[] = []
  const reaching: Mark[] = []
  const note = (marks: Map<string, Mark[]>, key: string, mark: Mark): void => {
    const known = marks.get(key)
    if (known === undefined) marks.set(key, [mark])
    else known.push(mark)
  }
  const touches = steps.flatMap(({ commands }) =>
    commands.flatMap((command) => command.deed.touches.map((touch) => ({ touch, command }))),
  )
  for (const [order, { touch, command }] of touches.entries()) {
    const mark: Mark = { touch, command, order }
    const { label, path } = touch
    if (label === undefined ? /[*?[]/.test(path) : label.endsWith('*')) loose.push(mark)
    else if (label !== undefined) note(labelled, label, mark)
    else {
      if (touch.how !== 'stored') reaching.push(mark)
      note(at, path, mark)
    }
  }
  return { steps, at, labelled, loose, reaching }
}

/** Who of a layer touched an entry in one of these ways, the later the better; undefined: a layer of the base. */
export type Finder = (entry: Entry, layer: number, how: readonly Touched[]) => Doer | undefined

/** Finds who touched what in the layers of an image. What a layer's commands touched is gathered once. */
export function finderIn(layers: readonly LayerFacts[]): Finder {
  const trails = new Map<number, Trail>()
  return (entry, index, how) => {
    const layer = layers[index]
    if (layer === undefined || layer.steps.length === 0) return undefined
    const trail = trails.get(index) ?? trailOf(layer)
    trails.set(index, trail)
    const marks = candidates(trail, entry)
    const fitting = marks.filter(({ touch }) => how.includes(touch.how))
    const mark = latest(fitting) ?? latest(marks)
    if (mark !== undefined) return doer(mark.command.step, mark.command)
    const step = trail.steps.findLast(({ keyword }) => writes.has(keyword)) ?? trail.steps.at(-1)
    return step && doer(step, undefined)
  }
}

const latest = (marks: readonly Mark[]): Mark | undefined =>
  marks.reduce<Mark | undefined>(
    (best, mark) => (best === undefined || mark.order > best.order ? mark : best),
    undefined,
  )

const writes = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR'])

function candidates(trail: Trail, entry: Entry): readonly Mark[] {
  const named = entry.label === undefined ? [] : (trail.labelled.get(entry.label) ?? [])
  const others =
    entry.type === 'package' ? [...trail.loose, ...trail.reaching, ...(trail.at.get(entry.path) ?? [])] : trail.loose
  const marks = [...named, ...others].filter(({ touch }) => concerns(touch, entry))
  if (entry.type === 'package') return marks
  for (let path = entry.path; ; path = above(path)) {
    marks.push(...(trail.at.get(path) ?? []))
    if (path === '/') return marks
  }
}

/** Somebody who can be pointed at. */
const doer = (step: StepFacts, command: CommandFacts | undefined): Doer => ({
  step,
  command,
  span: (command ?? step).span,
  line: (command ?? step).line,
})

/** Is it about this entry? */
export function concerns(touch: Touch, { path, label, type }: Entry): boolean {
  if (touch.label !== undefined) {
    const text = touch.label
    const named = text.endsWith('*') ? (label?.startsWith(text.slice(0, -1)) ?? false) : label === text
    return named && (touch.how === 'removed' || touch.path === path)
  }
  if (type === 'package' && touch.how === 'stored') return touch.path === path
  const wild = touch.path.search(/[*?[]/)
  // A pattern that names could not be found for: its folder.
  const stem = wild < 0 ? touch.path : touch.path.slice(0, touch.path.lastIndexOf('/', wild))
  if (stem === '' && wild >= 0) return isRootPattern(touch.path, path)
  return path === stem || stem === '' || stem === '/' || path.startsWith(`${stem}/`) || stem.startsWith(`${path}/`)
}

// Right below the root everything would do: the first part has to fit, or anything at all is meant.
function isRootPattern(pattern: string, path: string): boolean {
  const [, first = ''] = pattern.split('/')
  return first === '*' || matches(first, path.split('/')[1] ?? '')
}

const weight = ({ bytes, low }: Size): number => bytes ?? low

const largestFirst = (entries: readonly Entry[]): readonly Entry[] =>
  entries.toSorted((a, b) => weight(b.size) - weight(a.size) || (a.path < b.path ? -1 : 1))

function called(entries: readonly Entry[]): string {
  const [first] = entries
  const labels = new Set(entries.map(({ label, path }) => label ?? path))
  if (first !== undefined && labels.size === 1) return [...labels][0]!
  let top = first?.type === 'package' ? first.path : above(first?.path ?? '/')
  for (const { path, type } of entries) {
    const folder = type === 'package' ? path : above(path)
    while (top !== '/' && folder !== top && !folder.startsWith(`${top}/`)) top = above(top)
  }
  return top
}

const above = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'
