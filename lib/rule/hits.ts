/** What rules about hidden bytes have in common: where they stand, who is related, and the usual ways out. */
import type { Facts, StepFacts } from '../lint/facts.ts'
import type { Cause, Doer, Left, Loss } from '../lint/losses.ts'
import type { Entry } from '../model.ts'
import type { Change, Cure, Hit } from '../rule.ts'
import { sum } from '../size.ts'
import { mergedRuns, withFlag, withoutCommand, withoutStep } from './edits.ts'

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

/** What is copied only to be used by the next RUN and removed there is mounted instead. */
export function bindCure(loss: WrittenLoss, facts: Facts): Cure | undefined {
  const { writer, killer } = loss
  const { step } = writer
  const { operands } = step.step
  const { command } = killer
  const [entry, ...more] = loss.entries
  const all = step.stage.steps
  if (operands.keyword !== 'COPY' || command === undefined || entry?.type !== 'file' || more.length > 0)
    return undefined
  if (all[all.indexOf(step) + 1] !== killer.step || facts.plan.traits.family !== 'buildkit') return undefined
  const [source, ...others] = operands.sources
  if (source === undefined || others.length > 0 || /[*?[\s,]/.test(source) || operands.flags.from !== null)
    return undefined
  const gone = withoutCommand(command, facts)
  if (gone === undefined || command.argv.filter((word) => word.startsWith('/') || !word.startsWith('-')).length !== 2)
    return undefined
  const mount = withFlag(killer.step, `--mount=type=bind,source=${source},target=${entry.path}`)
  return {
    title: 'mount it for that RUN instead of copying it',
    safe: false,
    edits: [withoutStep(step, facts), mount, gone],
  }
}

/** A change of mode or owner that COPY or ADD makes itself. */
export function copyFlagCure(loss: WrittenLoss, facts: Facts): Cure | undefined {
  const { writers, killer } = loss
  const { command } = killer
  const gone = command && withoutCommand(command, facts)
  if (gone === undefined) return undefined
  const edits: Change[] = [gone]
  let flag: string | undefined
  for (const step of new Set(writers.map((writer) => writer.step))) {
    flag = step.step.triggered || step.stage !== killer.step.stage ? undefined : flagFor(loss, step, facts)
    if (flag === undefined) return undefined
    edits.push(withFlag(step, flag))
  }
  const [first] = writers
  return flag === undefined || first === undefined
    ? undefined
    : { title: `${first.step.keyword} ${flag} and no ${command?.name ?? 'change'} afterwards`, edits }
}

function flagFor({ killer, entries }: Loss, { step }: StepFacts, facts: Facts): string | undefined {
  const { operands } = step
  if (operands.keyword !== 'COPY' && operands.keyword !== 'ADD') return undefined
  const { command } = killer
  if (command?.name === 'chown' && (operands.flags.chown ?? '') === '') {
    const owner = command.argv.slice(1).find((word) => !word.startsWith('-'))
    return owner !== undefined && /^[\w.-]+(?::[\w.-]+)?$/.test(owner) ? `--chown=${owner}` : undefined
  }
  if (command?.name !== 'chmod' || operands.flags.chmod !== null || facts.plan.traits.family === 'classic')
    return undefined
  const paths = new Set(entries.map(({ path }) => path))
  const modes = new Set(facts.image.files.flatMap(({ entry }) => (paths.has(entry.path) ? [entry.mode] : [])))
  const [mode] = modes
  if (modes.size === 1 && typeof mode === 'number') return `--chmod=${mode.toString(8)}`
  const said = command.argv.slice(1).find((word) => /^[0-7]{3,4}$/.test(word))
  return said === undefined ? undefined : `--chmod=${said}`
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
