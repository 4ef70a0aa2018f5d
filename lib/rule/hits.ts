/** What rules about hidden bytes have in common: where they stand, who is related, and the usual ways out. */
import type { Facts, StepFacts } from '../lint/facts.ts'
import type { Cause, Doer, Left, Loss } from '../lint/losses.ts'
import { operandsIn } from '../lint/words.ts'
import type { Entry, Size } from '../model.ts'
import type { Cure, Hit } from '../rule.ts'
import { sum } from '../size.ts'
import type { Visible } from '../unionfs/seen.ts'
import { endOfRun, mergedRuns, withoutCommands } from './edits.ts'

/** Losses of the image that ships, of these causes, that instructions of the file wrote; each killer once, most bytes first. */
export function lossesBy({ image }: Facts, ...causes: readonly Cause[]): readonly WrittenLoss[] {
  const found = new Map<object, WrittenLoss>()
  for (const loss of image.losses) {
    if (loss.writer === undefined || !causes.includes(loss.cause)) continue
    const key = loss.killer.command ?? loss.killer.step
    const before = found.get(key)
    if (before === undefined) found.set(key, { ...loss, writer: loss.writer, writers: [loss.writer] })
    else
      found.set(key, {
        ...before,
        bytes: sum([before.bytes, loss.bytes]),
        entries: [...before.entries, ...loss.entries],
        writers: [...before.writers, loss.writer],
        sure: before.sure || loss.sure,
      })
  }
  return [...found.values()]
}

/** Files that are seen in the end, and the command or instruction of this file that wrote them all. */
export interface WrittenFiles {
  readonly by: Doer
  readonly files: readonly Visible[]
  readonly bytes: Size
  /** False: none of them may be there. */
  readonly sure: boolean
}

/** Those of the image's files that are asked for, by who wrote them; what came with the base is left out. */
export function filesByWriter({ image }: Facts, wanted: (file: Visible) => boolean): readonly WrittenFiles[] {
  const found = new Map<object, { readonly by: Doer; readonly files: Visible[] }>()
  for (const file of image.files) {
    const by = wanted(file) ? image.writer(file) : undefined
    if (by === undefined) continue
    const at = by.command ?? by.step
    const same = found.get(at)
    if (same === undefined) found.set(at, { by, files: [file] })
    else same.files.push(file)
  }
  return [...found.values()].map(({ by, files }) => ({
    by,
    files,
    bytes: sum(files.map((file) => file.bytes)),
    sure: files.some(({ entry }) => entry.maybe !== true),
  }))
}

/** `line 5`, `lines 5 and 7`, `lines 5, 7 and 3 more`: who wrote it. */
export function lines({ writers }: WrittenLoss): string {
  const [first, second, ...more] = [...new Set(writers.map(({ line }) => line))].sort((a, b) => a - b)
  if (second === undefined) return `line ${first}`
  return more.length === 0 ? `lines ${first} and ${second}` : `lines ${first}, ${second} and ${more.length} more`
}

/** A loss whose writers stand in the file; `writer` is the one with most bytes. */
export interface WrittenLoss extends Loss {
  readonly writer: Doer
  readonly writers: readonly Doer[]
}

/** A hit on who hid the bytes, with who wrote them beside. */
export const hidden = (
  loss: Loss & Partial<Pick<WrittenLoss, 'writers'>>,
  says: string,
  cures: readonly (Cure | undefined)[] = [],
): Hit => ({
  at: loss.killer,
  says,
  wasted: loss.bytes,
  sure: loss.sure,
  related: (loss.writers ?? []).slice(0, 10).map((at) => ({ at, says: 'written here' })),
  cures,
})

/** Steps from one to a later one, both included; undefined where they are not of one stage in this order. */
export function fromTo(first: StepFacts, last: StepFacts): readonly StepFacts[] | undefined {
  const { steps } = last.stage
  const [from, to] = [steps.indexOf(first), steps.indexOf(last)]
  return from < 0 || to <= from ? undefined : steps.slice(from, to + 1)
}

/** Steps between two of one stage, both left out; undefined as with `fromTo`. */
export const between = (first: StepFacts, last: StepFacts): readonly StepFacts[] | undefined =>
  fromTo(first, last)?.slice(1, -1)

/** Merging RUNs for less is left to people: every RUN is a step that can be cached by itself. */
const worthMerging = 100_000

/**
 * The RUN that writes and the RUN that hides as one, with what stands between them; undefined where that cannot be. Done
 * unasked only where the bytes are surely hidden, and many; of what goes as a whole nobody has to know how many.
 */
export function mergeCure(
  { writers, killer, bytes, cause, sure }: WrittenLoss,
  facts: Facts,
  title: string,
): Cure | undefined {
  const writer = writers.toSorted((a, b) => a.span.start - b.span.start)[0]!
  const all = fromTo(writer.step, killer.step)
  const edits = all && mergedRuns(all, facts)
  const unknown = /^(?:deleted|moved|uninstalled|linked|metadata)$/.test(cause) ? worthMerging : bytes.low
  const safe = sure && (bytes.bytes ?? bytes.high ?? unknown) >= worthMerging
  return edits && { title, safe, edits }
}

/** Clean-ups that remove what is there, if anything is. */
const cleaning =
  /^(?:apt|apt-get|aptitude|yum|dnf|microdnf|zypper|apk|pip\d*|npm|yarn|conda|mamba|gem|composer) (?:cache )?clean\b/

/**
 * What removes it is done where it is written, too: for RUNs that cannot be one. Undefined where something between them
 * names what goes.
 */
export function thereCure({ writers, killer }: WrittenLoss, facts: Facts): Cure | undefined {
  const { command, step } = killer
  const [writer, ...more] = new Set(writers.map((one) => one.step))
  if (command?.sure !== true || writer === undefined || more.length > 0) return undefined
  const inner = between(writer, step)
  if (inner === undefined || command.deed.command.by !== undefined) return undefined
  // A pattern for which no name was found.
  const argv = command.argv.map((word) => word.replace(/\$\{([*?]+)\}/g, '$1'))
  if (argv.some((word) => word.includes('${'))) return undefined
  const cleans = cleaning.test(argv.join(' '))
  const operands = operandsIn(argv.slice(1))
  if (!cleans && (command.name !== 'rm' || !operands.every((word) => word.startsWith('/')))) return undefined
  const texts = [
    ...inner.map(({ instruction: { text } }) => text),
    facts.text.slice(step.span.start, command.span.start),
  ]
  const names = operands.map((word) => word.replace(/\/[*?]*$/, '').replace(/^.*\//, ''))
  if (!cleans && texts.some((text) => names.some((name) => text.includes(name)))) return undefined
  const forced = cleans || argv.some((word) => /^-[a-zA-Z]*f/.test(word) || word === '--force')
  const gone = withoutCommands([command], facts)
  const source = facts.text.slice(command.span.start, command.span.end)
  const added = source.includes('\n') ? undefined : endOfRun(writer, source, facts)
  if (added === undefined || (gone === undefined && !forced)) return undefined
  // What removes nothing of this any more may still remove what others left.
  const edits = gone === undefined || cleans || operands.length > 1 ? [added] : [added, gone]
  return { title: 'remove it in the RUN that writes it, too', safe: false, edits }
}

/** One layer for all: nothing that is hidden ships. BuildKit has no flag for it. */
export const squashCure = ({ plan: { traits } }: Facts): Cure => ({
  title: `squash the image: ${traits.family === 'buildkit' ? '' : 'build with --squash, or '}stratigraph squash IMAGE -o OUT`,
  safe: false,
  squash: true,
  edits: [],
})

/** Is it the history of a repository? */
export const isVcs = ({ path }: Pick<Left, 'path'>): boolean => /\/\.(?:git|hg|svn|bzr)$/.test(path)

/** Is it a log, or another small record that a package manager keeps of its own work? */
export const isLog = ({ path, label }: Pick<Left, 'path' | 'label'>): boolean =>
  /^\/var\/(?:log|cache\/(?:ldconfig|debconf))\/|^\/var\/lib\/dpkg\/[^/]*-old$|\/_logs$/.test(path) ||
  / logs\b/.test(label)

/** Is it a log that is nearly nothing but holes? Source: lastlog(8), faillog(5). */
export const isSparse = ({ path, size }: Entry): boolean =>
  /^\/var\/log\/(?:lastlog|faillog|tallylog)$/.test(path) && (size.bytes ?? size.low) > 1_000_000
