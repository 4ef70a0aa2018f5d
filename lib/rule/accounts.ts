/** What a change of owner behind COPY needs, so that COPY can make it: accounts that are there before, and folders that keep theirs. */
import type { CommandFacts, Facts, StepFacts } from '../lint/facts.ts'
import { copyOf } from '../lint/words.ts'
import type { Change } from '../rule.ts'
import { within } from '../shell/paths.ts'
import { operandsOf } from './copied.ts'
import { inserted, newlineOf, replaced, withoutCommands, withoutStep } from './edits.ts'
import { fromTo, type WrittenLoss } from './hits.ts'
import { commentsAbove } from './written.ts'

const makers = /^(?:useradd|adduser|groupadd|addgroup)$/

/** Commands that make users and groups behind a step, up to another one, that one included. */
export const accountsMade = (of: StepFacts, last: StepFacts): readonly CommandFacts[] =>
  (fromTo(of, last) ?? []).slice(1).flatMap(({ commands }) => commands.filter(({ name }) => makers.test(name)))

/** Accounts made before a step, and not behind it. */
interface Earlier {
  readonly commands: readonly CommandFacts[]
  /** All edits but those of the RUN that changes the owner. */
  readonly edits: readonly Change[]
}

/**
 * The accounts that are made between the first COPY and the change of owner, made in a RUN before that COPY; undefined: there
 * are none, or they might become other ones there. Whoever else makes accounts takes numbers.
 */
export function accountsBefore(first: StepFacts, { killer }: WrittenLoss, facts: Facts): Earlier | undefined {
  const behind = fromTo(first, killer.step)?.slice(1) ?? []
  const commands = accountsMade(first, killer.step)
  const [head] = commands
  const folder = copyOf(first)?.path
  if (head === undefined || folder === undefined || within('/etc', folder) || within(folder, '/etc')) return undefined
  if (behind.some(({ keyword }) => keyword === 'USER' || keyword === 'SHELL')) return undefined
  if (!/^(?:|0|root)(?::.*)?$/.test(first.step.before.user)) return undefined
  const texts = commands.map(({ span }) => facts.text.slice(span.start, span.end))
  const hasVariables = behind.some(({ keyword }) => keyword === 'ENV' || keyword === 'ARG')
  const isPlain = commands.every(
    ({ known, sure, argv, deed }, i) =>
      known &&
      sure &&
      !argv.includes(folder) &&
      deed.command.by === undefined &&
      !(hasVariables ? /[$`\n]/ : /\$\(|[`\n]/).test(texts[i]!),
  )
  // Of a RUN they are what comes first, and before the last one all there is.
  const lead = behind.flatMap((step) => step.commands).slice(0, commands.length)
  if (!isPlain || lead.some((one, i) => one !== commands[i] || !comesFirst(one, facts))) return undefined
  const others = behind.filter((step) => step !== killer.step && step.commands.length > 0)
  if (others.some((step) => step.commands.some((one) => !commands.includes(one)))) return undefined
  const gone = others.map((step) => without(step.commands, facts))
  if (!gone.every((change) => change !== undefined)) return undefined
  const above = commentsAbove(first.instruction, facts)[0]?.span.start ?? first.span.start
  const at = facts.text.lastIndexOf('\n', above - 1) + 1
  const keyword = facts.text.slice(head.step.span.start, head.step.span.start + head.step.keyword.length)
  const run = inserted(at, `${keyword} ${texts.join(' && ')}${newlineOf(facts)}`)
  return { commands, edits: [run, ...gone] }
}

/** Does nothing but commands like it and options of the shell stand before it in its RUN, and no flag? */
function comesFirst({ step, span }: CommandFacts, { text }: Facts): boolean {
  const [first] = step.commands
  const start = step.span.start + step.keyword.length
  const before = first === undefined ? '' : text.slice(start, Math.min(first.span.start, span.start))
  return /^[\s\\]*(?:set -[a-z]+(?: -o \w+)?\s*(?:&&|;)[\s\\]*)?$/.test(before)
}

/** Like `withoutCommands`; where only options of the shell would stay, the RUN goes. */
function without(commands: readonly CommandFacts[], facts: Facts): Change | undefined {
  const change = withoutCommands(commands, facts)
  const step = commands[0]?.step
  const [first, last] = [step?.commands[0], step?.commands.at(-1)]
  if (change === undefined || step === undefined || first === undefined || last === undefined) return change
  const isAll = step.commands.every((one) => commands.includes(one)) && comesFirst(first, facts)
  const rest = facts.text.slice(last.span.end, step.span.end)
  return isAll && /^[\s;]*$/.test(rest) ? withoutStep(step, facts) : change
}

/** Commands go from the front of a RUN, and others from anywhere in it; undefined where that cannot be written. */
export function goneFrom(
  step: StepFacts,
  front: readonly CommandFacts[],
  others: readonly CommandFacts[],
  facts: Facts,
): readonly Change[] | undefined {
  const own = front.filter((one) => one.step === step)
  if (own.length + others.length === 0) return []
  const together = without([...own, ...others], facts)
  if (together !== undefined) return [together]
  const apart = [own, others].filter(({ length }) => length > 0).map((some) => withoutCommands(some, facts))
  return apart.length > 1 && apart.every((change) => change !== undefined) ? apart : undefined
}

/**
 * The change of a folder that was there before the COPY, which leaves its owner alone, without what is in it: the word that
 * says so goes. Undefined: nothing was there before, or some words cannot be left out.
 */
export function ofTheFolderAlone(commands: readonly CommandFacts[], first: StepFacts): readonly Change[] | undefined {
  const folder = copyOf(first)?.path
  const { workdir } = first.step.before
  if (folder === undefined || workdir === '' || !within(workdir, folder)) return undefined
  const edits = commands.map(({ name, argv, words, ...command }): Change | undefined => {
    const at = argv.findIndex((word) => /^(?:-R|--recursive)$/.test(word))
    const [word, next] = [words[at], words[at + 1]]
    const isOfFolder = operandsOf({ name, argv, words, ...command }, 1).join() === folder
    if (!/^ch(?:own|grp)$/.test(name) || !isOfFolder || word === undefined || next === undefined) return undefined
    return next.start > word.end ? replaced({ start: word.start, end: next.start }, '') : undefined
  })
  return edits.every((edit) => edit !== undefined) ? edits : undefined
}
