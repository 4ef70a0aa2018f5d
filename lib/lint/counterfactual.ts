/** What a change of the text would change in the image: the edited file is predicted again with the same things given. */
import { type Analysis, conclude } from '../analyze.ts'
import type { Edit, Suggestion } from '../finding.ts'
import type { Context, Entry, Given, Image, Problem, Size } from '../model.ts'
import { baseName } from '../path.ts'
import { makePlan } from '../plan.ts'
import type { Change, Cure } from '../rule.ts'
import { settle } from '../settle.ts'
import { within } from '../shell/paths.ts'
import { exact, sum, unknown, weaker } from '../size.ts'
import { useless } from '../unionfs/leftovers.ts'
import { measure } from '../unionfs/measure.ts'
import type { Visible } from '../unionfs/seen.ts'
import { stack } from '../unionfs/stack.ts'
import { lookup } from '../unionfs/tree.ts'
import type { ImageFacts } from './facts.ts'
import { isSameWork } from './same-work.ts'

/** Tries changes out, each text once; undefined once too many were tried. */
export interface Laboratory {
  /**
   * Tries cures out that most likely change nothing of the image, all in one text: where that holds, it holds for each.
   * What is said of single ones costs no prediction then.
   */
  readonly suppose: (cures: readonly Cure[]) => void
  readonly suggestion: (cure: Cure, wasting: boolean) => Suggestion | undefined
  /** Changes that were not tried, because too many were before. */
  readonly untried: () => number
}

/** The texts after a set of changes; `ignore` only where the ignore file changes. */
export interface Edited {
  readonly text: string
  readonly ignore: string | undefined
}

/** Puts changes into the texts, back to front. Undefined where two of them overlap or one lies outside. */
export function edited(text: string, ignore: string, changes: readonly Change[]): Edited | undefined {
  const here = applied(
    text,
    changes.filter((change) => change.ignoreFile !== true),
  )
  const away = changes.filter((change) => change.ignoreFile === true)
  const there = away.length === 0 ? undefined : applied(ignore, away)
  if (here === undefined || (away.length > 0 && there === undefined)) return undefined
  return { text: here, ignore: there }
}

function applied(text: string, changes: readonly Omit<Change, 'ignoreFile'>[]): string | undefined {
  const sorted = changes.toSorted((a, b) => a.start - b.start || a.end - b.end)
  let result = ''
  let at = 0
  for (const { start, end, text: by } of sorted) {
    if (start < at || end < start || end > text.length) return undefined
    result += text.slice(at, start) + by
    at = end
  }
  return result + text.slice(at)
}

/** The same things given, with another ignore file in front of the context; undefined where that cannot be done. */
export function givenWith(given: Given, ignore: string | undefined): Given | undefined {
  if (ignore === undefined) return given
  const context: Context | undefined = given.context?.withIgnore?.(ignore)
  return context && { ...given, context }
}

/** What all predictions for one file may do together, in units of `Settled.effort`; an instruction counts as one. */
const usualEffort = 120_000

/**
 * Begins a laboratory for one analysis and its image. At most `most` predictions are made, and none after they did so much
 * together.
 */
export function laboratory(before: Analysis, image: Seen, most: number, mostEffort = usualEffort): Laboratory {
  const tried = new Map<string, Outcome | undefined>()
  const asked = new Set<string>()
  const untried = new Set<string>()
  let effort = 0
  const files = { here: before.given.path, ignore: before.given.context?.ignorePath ?? '.dockerignore' }
  const harmless = new Map<string, Outcome>()
  const outcomeOf = (changes: readonly Change[]): Outcome | undefined => {
    const wanted = JSON.stringify(changes)
    const known = harmless.get(wanted)
    if (known !== undefined) return known
    // Before the text is made: a long one with thousands of cures would be made thousands of times.
    if ((tried.size >= most || effort >= mostEffort) && !asked.has(wanted)) {
      untried.add(wanted)
      return undefined
    }
    asked.add(wanted)
    const after = edited(before.text, before.given.context?.ignore ?? '', changes)
    if (after === undefined || (after.text === before.text && after.ignore === undefined)) return undefined
    const key = `${after.ignore === undefined ? '' : `${after.ignore}\0`}${after.text}`
    if (!tried.has(key)) {
      const given = givenWith(before.given, after.ignore)
      const analysis = given && predicted(before, after.text, given)
      if (analysis !== undefined && analysis.settled !== before.settled) effort += analysis.settled.effort
      effort += analysis?.plan.scanned.instructions.length ?? 0
      tried.set(key, analysis && compared(before, image, analysis))
    }
    return tried.get(key)
  }
  return {
    suppose(cures) {
      const taken: Change[] = []
      const together = cures.filter(({ edits }) => {
        const free = edits.every((a) => !taken.some((b) => a.start <= b.end && b.start <= a.end))
        if (free) taken.push(...edits)
        return free
      })
      if (together.length < 2) return
      const outcome = outcomeOf(taken)
      if (outcome?.alike !== true || outcome.saves.basis !== 'exact' || outcome.saves.bytes !== 0) return
      for (const { edits } of together) harmless.set(JSON.stringify(edits), outcome)
    },
    suggestion({ title, safe = true, review, alike, squash, edits }, wasting) {
      if (squash === true) return { title, safe: false, saves: unseen(image), edits: [] }
      const outcome = outcomeOf(edits)
      if (outcome === undefined || (wasting && !mayBeMore(outcome.saves))) return undefined
      if (review === true && !outcome.sameConfig) return undefined
      if (alike === true && !outcome.alike) return undefined
      const placed = edits.map(
        ({ start, end, text, ignoreFile }): Edit => ({
          file: ignoreFile ? files.ignore : files.here,
          start,
          end,
          text,
        }),
      )
      return { title, safe: safe && outcome.alike, saves: outcome.saves, ...(review && { review }), edits: placed }
    },
    untried: () => untried.size,
  }
}

/** The edited file. Where its plan asks for the same work, layers are those of before, and the texts of their rows too. */
function predicted(before: Analysis, text: string, given: Given): Analysis {
  const plan = makePlan(text, given)
  const same = given === before.given && isSameWork(before.plan, plan)
  return conclude(text, given, plan, same ? before.settled : settle(plan, given))
}

/** An image's layers as they are stacked. */
type Seen = Pick<ImageFacts, 'files' | 'unreachable'>

interface Outcome {
  readonly saves: Size
  /** Files seen in the end and the config are as before, but for residue that is gone. */
  readonly alike: boolean
  /** What a container starts with is the same. */
  readonly sameConfig: boolean
}

/** Undefined where the edited file does not build any more, or has a problem that the first one did not have. */
function compared(before: Analysis, image: Seen, after: Analysis): Outcome | undefined {
  if (after.refused !== null && before.refused === null) return undefined
  if (adds(before.problems, after.problems)) return undefined
  return {
    saves: savedBytes(before, after),
    alike: isAlike(before, after, image.files),
    sameConfig: startOf(before) === startOf(after),
  }
}

/** What one layer for all would save: it holds what is seen and nothing else. */
const unseen = ({ unreachable }: Seen): Size => ({
  ...unreachable,
  source: 'predicted before and after',
})

/** What a container starts with; variables and labels are the base's own as well. */
function startOf({ image: { config } }: Analysis): string {
  const { Entrypoint, Cmd, User, WorkingDir, ExposedPorts, Volumes, Healthcheck, StopSignal } = config
  return JSON.stringify([Entrypoint, Cmd, User, WorkingDir, ExposedPorts, Volumes, Healthcheck, StopSignal])
}

/** Are there problems that were not there before? A remark counts too: it may be that a command fails now. */
function adds(before: readonly Problem[], after: readonly Problem[]): boolean {
  const left = new Map<string, number>()
  for (const { message } of before) left.set(message, (left.get(message) ?? 0) + 1)
  return after.some(({ message, guess }) => {
    const count = left.get(message) ?? 0
    // The same base twice is guessed at twice.
    if (guess === true && left.has(message)) return false
    left.set(message, count - 1)
    return count <= 0
  })
}

/** May it be more than nothing? */
const mayBeMore = ({ bytes, high }: Size): boolean => (bytes === null ? high === null || high > 0 : bytes > 0)

/**
 * Bytes of all layers before minus those after. What is the same in both cancels out, however little is known of it; so
 * only what differs makes the interval wide.
 */
export function savedBytes(one: Analysis, other: Analysis): Size {
  const [before, after] = [one.image, other.image]
  const { sizeModel } = one.given
  const skip = sharedBase(before, after)
  const rest = new Map<string, Entry[]>()
  for (const entry of entriesOf(before, skip)) {
    const key = keyOf(entry)
    const same = rest.get(key)
    if (same === undefined) rest.set(key, [entry])
    else same.push(entry)
  }
  const added: Entry[] = []
  for (const entry of rewritten(entriesOf(after, skip), one, other))
    if (rest.get(keyOf(entry))?.pop() === undefined) added.push(entry)
  const gone = [...rest.values()].flat()
  const carried = added.filter(isCarried)
  const here = measure(withoutThose(gone, carried), sizeModel)
  const there = measure(carried.length === 0 ? added : added.filter((entry) => !isCarried(entry)), sizeModel)
  const saved = minus(sum([here, ...baseSizes(before, skip)]), sum([there, ...baseSizes(after, skip)]))
  // In some stores a layer takes room of its own, whatever is in it.
  const bare = measure([], sizeModel).low * (ownLayers(before) - ownLayers(after))
  if (bare === 0) return saved
  const { bytes, high } = saved
  return {
    ...saved,
    bytes: bytes === null ? null : bytes + bare,
    low: saved.low + bare,
    high: high === null ? null : high + bare,
  }
}

const ownLayers = ({ layers, rows }: Image): number =>
  layers.filter(({ row }) => rows[row]?.origin.from !== 'base').length

/** A Dockerfile that lies in the context and is copied along has its new length in the image. */
function* rewritten(entries: Iterable<Entry>, before: Analysis, after: Analysis): Generator<Entry> {
  const name = `/${baseName(before.given.path)}`
  const [old, now] = [Buffer.byteLength(before.text), Buffer.byteLength(after.text)]
  for (const entry of entries) {
    const own = old !== now && entry.type === 'file' && entry.size.bytes === old && entry.path.endsWith(name)
    yield own ? { ...entry, size: exact(now, entry.size.source) } : entry
  }
}

/** Layers of a base that only one of two images stands on: whole, since their files are not listed as a rule. */
const baseSizes = ({ layers, rows }: Image, from: number): readonly Size[] =>
  layers.slice(from).flatMap(({ row, size }) => (rows[row]?.origin.from === 'base' ? [size] : []))

/** What COPY took out of a stage, where nobody knows how much there is. */
const isCarried = ({ type, label, size }: Entry): boolean =>
  type === 'package' && size.bytes === null && label?.startsWith('stage ') === true

/** Entries but for those that lie where something was carried from: their bytes are on both sides. */
const withoutThose = (entries: readonly Entry[], carried: readonly Entry[]): readonly Entry[] =>
  entries.filter(
    ({ path, type, label = '' }) =>
      !carried.some(
        (one) =>
          within(path, one.path) ||
          (type === 'package' && !/^(?:apt|apk|rpm|dpkg info|documentation)\b/.test(label) && within(one.path, path)),
      ),
  )

function minus(a: Size, b: Size): Size {
  const source = 'predicted before and after'
  if (b.basis === 'exact' && b.bytes === 0) return { ...a, source }
  const bytes = a.bytes === null || b.bytes === null ? null : a.bytes - b.bytes
  const low = b.high === null ? null : a.low - b.high
  const high = a.high === null ? null : a.high - b.low
  if (low === null) return { ...unknown(source), bytes, high }
  return { bytes, low, high, basis: weaker(a.basis, b.basis), source }
}

/** How many layers at the bottom are those of the same base. */
function sharedBase(a: Image, b: Image): number {
  const base = ({ rows, layers }: Image, i: number) => rows[layers[i]?.row ?? -1]?.origin
  for (let i = 0; ; i++) {
    const [one, two] = [base(a, i), base(b, i)]
    if (one?.from !== 'base' || two?.from !== 'base' || one.image !== two.image) return i
  }
}

function* entriesOf({ layers, rows }: Image, from: number): Generator<Entry> {
  for (const { row, entries } of layers.slice(from)) if (rows[row]?.origin.from !== 'base') yield* entries
}

const keyOf = ({ path, type, label, size, maybe, linkBytes, link }: Entry): string =>
  [path, type, label, size.bytes, size.low, size.high, maybe, linkBytes, type === 'symlink' ? link : ''].join('\0')

/**
 * Are the files seen in the end and the config the same, but for caches and temporary files that are gone? `files`: what
 * is seen before, where that is known already.
 */
export function isAlike(
  { image: before, ...was }: Analysis,
  { image: after, ...is }: Analysis,
  files = stack(before.layers).files,
): boolean {
  if (JSON.stringify(before.config) !== JSON.stringify(after.config)) return false
  const skip = sharedBase(before, after)
  const texts = [textsOf(was), textsOf(is)] as const
  const left = new Map<string, Visible>()
  // The ignore file is what was edited; a copy of it in the image is another one then, or new.
  const ignoreName = `/${baseName(was.given.context?.ignorePath ?? '.dockerignore')}`
  const isEdited = ({ entry: { type, path } }: Visible): boolean => type === 'file' && path.endsWith(ignoreName)
  for (const file of files) if (!isEdited(file)) left.set(nameOf(file), file)
  for (const file of after.layers === before.layers ? files : stack(after.layers).files) {
    if (isEdited(file)) continue
    const old = left.get(nameOf(file))
    if (old === undefined) {
      if (file.layer >= skip && file.entry.type !== 'dir') return false
    } else if (shapeOf(old) !== shapeOf(file)) return false
    else if (file.entry.type === 'file' && file.layer >= skip && file.entry.content === undefined) {
      const { path } = file.entry
      if (texts[0](path) !== texts[1](path)) return false
    }
    left.delete(nameOf(file))
  }
  return [...left.values()].every((file) => file.entry.type === 'dir' || useless(file) !== undefined)
}

/** What is in a file, where it is known text. */
const textsOf = ({ plan, settled }: Pick<Analysis, 'plan' | 'settled'>): ((path: string) => string | undefined) => {
  const tree = settled.built.get(plan.target?.index ?? -1)?.tree
  return (path) => tree && lookup(tree, path).text
}

const nameOf = ({ entry: { path, type, label } }: Visible): string =>
  type === 'package' ? `${path}\0${label ?? ''}` : path

const shapeOf = ({ entry, bytes }: Visible): string => {
  const { type, mode, uid, gid, link, content, xattrs } = entry
  // Which of a file's names is the first one does not matter.
  const kind = type === 'hardlink' ? 'file' : type
  const owner = kind === 'package' ? '' : [mode, uid, gid].join()
  return [kind, owner, kind === 'symlink' ? link : '', content, xattrs, bytes.bytes, bytes.low, bytes.high].join('\0')
}
