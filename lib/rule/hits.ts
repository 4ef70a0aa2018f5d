/** What rules about hidden bytes have in common: where they stand, who is related, and the usual ways out. */
import type { Facts } from '../lint/facts.ts'
import type { Cause, Doer, Left, Loss } from '../lint/losses.ts'
import type { Entry } from '../model.ts'
import type { Cure, Hit } from '../rule.ts'
import { sum } from '../size.ts'
import { mergedRuns } from './edits.ts'

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

/** Merging RUNs for less is left to people: every RUN is a step that can be cached by itself. */
const worthMerging = 100_000

/**
 * The RUN that writes and the RUN that hides as one, with what stands between them; undefined where that cannot be. Done
 * unasked only where the bytes are surely hidden, and many or unknown.
 */
export function mergeCure(
  { writers, killer, bytes, sure }: WrittenLoss,
  facts: Facts,
  title: string,
): Cure | undefined {
  const writer = writers.toSorted((a, b) => a.span.start - b.span.start)[0]!
  if (writer.step === killer.step || writer.step.stage !== killer.step.stage) return undefined
  const { steps } = killer.step.stage
  const from = steps.indexOf(writer.step)
  const to = steps.indexOf(killer.step)
  if (from < 0 || to <= from) return undefined
  const edits = mergedRuns(steps.slice(from, to + 1), facts)
  const safe = sure && (bytes.bytes ?? bytes.high ?? worthMerging) >= worthMerging
  return edits && { title, safe, edits }
}

/** One layer for all: nothing that is hidden ships. */
export const squashCure: Cure = {
  title: 'squash the image: build with --squash, or stratigraph squash IMAGE -o OUT',
  safe: false,
  squash: true,
  edits: [],
}

/** Is it the history of a repository? */
export const isVcs = ({ path }: Pick<Left, 'path'>): boolean => /\/\.(?:git|hg|svn)$/.test(path)

/** Is it a log, or another small record that a package manager keeps of its own work? */
export const isLog = ({ path, label }: Pick<Left, 'path' | 'label'>): boolean =>
  /^\/var\/(?:log|cache\/(?:ldconfig|debconf))\/|^\/var\/lib\/dpkg\/[^/]*-old$|\/_logs$/.test(path) ||
  / logs\b/.test(label)

/** Is it a log that is nearly nothing but holes? Source: lastlog(8), faillog(5). */
export const isSparse = ({ path, size }: Entry): boolean =>
  /^\/var\/log\/(?:lastlog|faillog|tallylog)$/.test(path) && (size.bytes ?? size.low) > 1_000_000
