/** Ways out for what COPY and ADD brought and what a later instruction changes: in its final place, form and number at once. */
import type { CommandFacts, Facts, StepFacts } from '../lint/facts.ts'
import { copyOf, operandsIn, wholeText } from '../lint/words.ts'
import type { Change, Cure } from '../rule.ts'
import { inside, nameOf, within } from '../shell/paths.ts'
import { accountsBefore, accountsMade, goneFrom, ofTheFolderAlone } from './accounts.ts'
import { copiedBy, isFile, operandsOf } from './copied.ts'
import { replaced, withFlag, withoutCommands, withoutStep } from './edits.ts'
import { between, type WrittenLoss } from './hits.ts'
import { wordsOf } from './written.ts'

/** A move after COPY or ADD: copied to the final place at once. */
export function placeCure(loss: WrittenLoss, facts: Facts): Cure | undefined {
  const { killer, writers } = loss
  const { command } = killer
  const steps = new Set(writers.map(({ step }) => step))
  const [step] = steps
  if (step === undefined || steps.size > 1 || command?.name !== 'mv' || !command.sure) return undefined
  const copied = copiedBy(step, facts)
  const inner = between(step, killer.step)
  const stored = command.deed.touches.filter(({ how }) => how === 'stored' || how === 'moved')
  const [source, ...others] = operandsOf(command)
  const final = finalPlace(command)
  const gone = withoutCommands([command], facts)
  const word = wordsOf(step.instruction).at(-1)
  if (copied === undefined || inner === undefined || final === undefined || gone === undefined || word === undefined)
    return undefined
  if (source !== copied.path || others.length !== 1 || stored.length === 0) return undefined
  const name = nameOf(source)
  const before = facts.text.slice(killer.step.span.start, command.span.start)
  if (before.includes(name) || inner.some((one) => wholeText(one).includes(name))) return undefined
  // What is changed there would be stored once more: COPY does that too.
  const changes = killer.step.commands.filter((one) => changersOf(final, one))
  if (changes.length === 0)
    return { title: `${step.keyword} it to ${final}`, edits: [replaced(word.span, final), gone] }
  const there = { ...loss, entries: loss.entries.map((entry) => ({ ...entry, path: final })) }
  const said = flagsFor(changes, there, step, facts)
  const all = withoutCommands([command, ...changes], facts)
  if (said === undefined || all === undefined) return undefined
  return {
    title: `${step.keyword} ${[...said, `it to ${final}`].join(' ')}`,
    safe: isPlainly(said, there),
    edits: [...(said.length > 0 ? [withFlag(step, said.join(' '))] : []), replaced(word.span, final), all],
  }
}

/** Does it change mode or owner of just this? */
const changersOf = (path: string, command: CommandFacts): boolean =>
  changers.test(command.name) && command.known && operandsOf(command, 1).join() === path

/** The flags in the place of commands that change mode or owner; undefined: there are none. */
function flagsFor(
  commands: readonly CommandFacts[],
  loss: WrittenLoss,
  step: StepFacts,
  facts: Facts,
  before: readonly CommandFacts[] = [],
): readonly string[] | undefined {
  const flags = commands.map((one) => flagFor(one, loss, step, facts, before))
  if (flags.includes(undefined)) return undefined
  const said = [...new Set(flags)].flatMap((flag) => (flag === undefined || flag === '' ? [] : [flag]))
  // Two changes of one kind: the order counts.
  return new Set(said.map((flag) => flag.split('=')[0])).size < said.length ? undefined : said
}

/** Of what is not listed nobody knows what mode it has; letters are nothing for builders before 2024. */
const isPlainly = (flags: readonly string[], { entries }: WrittenLoss): boolean =>
  entries.every(({ type }) => type !== 'package') && !flags.some((flag) => /^--chmod=\D/.test(flag))

/** Where `mv` puts its one source. */
function finalPlace(command: CommandFacts): string | undefined {
  const [source = '', target = ''] = operandsOf(command)
  if (/[^\w/.@+:-]/.test(target)) return undefined
  const places = [inside(target, nameOf(source)), target]
  return places.find((place) => command.deed.touches.some(({ how, path }) => how === 'stored' && path === place))
}

/** What a later COPY or ADD stores again is not copied before; undefined where a RUN between may have used it. */
export function onceCure({ writers, killer }: WrittenLoss, facts: Facts): Cure | undefined {
  const steps = new Set(writers.map(({ step }) => step))
  const [step] = steps
  if (step === undefined || steps.size > 1 || killer.command !== undefined || step.keyword === 'RUN') return undefined
  if (!/^(?:COPY|ADD)$/.test(killer.step.keyword) || step.step.triggered) return undefined
  if (between(step, killer.step)?.every(({ keyword }) => keyword !== 'RUN') !== true) return undefined
  // What else it brought would be missing.
  const again = new Set(storedBy(killer.step, facts))
  if (!storedBy(step, facts).every((path) => again.has(path))) return undefined
  return { title: 'copy it once', edits: [withoutStep(step, facts)] }
}

/** A COPY or ADD that brings nothing but what is there already is left out. */
export function againCure({ killer, entries }: WrittenLoss, facts: Facts): Cure | undefined {
  const { step } = killer
  if (killer.command !== undefined || !/^(?:COPY|ADD)$/.test(step.keyword) || step.step.triggered) return undefined
  const there = new Set(entries.map(({ path }) => path))
  if (!storedBy(step, facts).every((path) => there.has(path))) return undefined
  return { title: 'copy it once', edits: [withoutStep(step, facts)] }
}

const storedBy = (step: StepFacts, { image }: Facts): readonly string[] =>
  image.layers.flatMap(({ layer, steps }) =>
    steps.includes(step) ? layer.entries.flatMap(({ type, path }) => (type === 'dir' ? [] : [path])) : [],
  )

/**
 * A change of mode or owner that COPY or ADD makes itself, with all such changes of that RUN to the same files. Accounts that
 * are made between are made before; a folder that was there before keeps its own change.
 */
export function copyFlagCure(loss: WrittenLoss, facts: Facts): Cure | undefined {
  const { killer, writers } = loss
  const { command } = killer
  if (command === undefined || !command.known) return undefined
  const same = killer.step.commands.filter(
    (one) => changers.test(one.name) && one.known && operandsOf(one, 1).join() === operandsOf(command, 1).join(),
  )
  const steps = [...new Set(writers.map((writer) => writer.step))].sort((a, b) => a.span.start - b.span.start)
  const [first] = steps
  if (same.length === 0 || first === undefined || othersWrite(same, loss)) return undefined
  const accounts = accountsBefore(first, loss, facts)
  const shallow = ofTheFolderAlone(same, first)
  const gone = goneFrom(killer.step, accounts?.commands ?? [], shallow === undefined ? same : [], facts)
  if (gone === undefined) return undefined
  const edits: Change[] = [...(accounts?.edits ?? []), ...gone, ...(shallow ?? [])]
  const all = new Set<string>()
  for (const step of steps) {
    if (step.step.triggered || step.stage !== killer.step.stage || !coversAll(same, step, facts)) return undefined
    const said = flagsFor(same, loss, step, facts, accounts?.commands)
    if (said === undefined) return undefined
    if (said.length > 0) edits.push(withFlag(step, said.join(' ')))
    for (const flag of said) all.add(flag)
  }
  const names = [...new Set(same.map(({ name }) => name))].join(' and ')
  const rest = shallow === undefined ? `no ${names} afterwards` : `${names} of the folder alone`
  const title =
    all.size === 0
      ? `no ${names}: it is so already`
      : `${accounts === undefined ? '' : 'make the account before, '}${first.keyword} ${[...all].join(' ')} and ${rest}`
  return { title, safe: isPlainly([...all], loss), edits }
}

const changers = /^(?:chmod|chown|chgrp)$/
/** Does anything else write where the commands change all there is? That would be changed no more. */
function othersWrite(commands: readonly CommandFacts[], { killer: { step }, writers }: WrittenLoss): boolean {
  const folders = commands.flatMap((command) => operandsOf(command, 1))
  const { steps } = step.stage
  return steps.slice(0, steps.indexOf(step) + 1).some((one) => {
    if (writers.some((writer) => writer.step === one)) return false
    return one.commands.some(
      (command) =>
        !commands.includes(command) &&
        command.deed.touches.some(
          ({ how, path }) => how === 'stored' && folders.some((folder) => within(path, folder)),
        ),
    )
  })
}

/** Do the commands change all that the step brought? */
function coversAll(commands: readonly CommandFacts[], step: StepFacts, facts: Facts): boolean {
  const folder = copyOf(step)?.path
  if (folder === undefined) return false
  const copied = copiedBy(step, facts)
  const written = writtenBy(step)
  return commands.every((command) => {
    const deep = command.argv.some((word) => /^-[a-zA-Z]*R|^--recursive$/.test(word))
    return operandsOf(command, 1).some((path) => {
      // One file into a folder: what it names would not be there otherwise.
      if (copied !== undefined && path === inside(folder, nameOf(copied.source))) return true
      if (written !== undefined && path === written) return true
      if (deep) return within(copied?.path ?? folder, path)
      return copied !== undefined && path === copied.path && isFile(copied.source, copied.from, facts)
    })
  })
}

/** The file that a COPY of one here-document and nothing else writes. */
function writtenBy(step: StepFacts): string | undefined {
  const copy = copyOf(step)
  const [only, ...more] = copy?.heredocs ?? []
  if (copy === undefined || only === undefined || more.length > 0 || copy.sources.length > 0) return undefined
  return copy.destination.endsWith('/') ? undefined : copy.path
}

/** The flag in the place of a command; '': none is needed; undefined: there is none. `before`: what is done before all. */
function flagFor(
  command: CommandFacts,
  { entries }: WrittenLoss,
  of: StepFacts,
  facts: Facts,
  before: readonly CommandFacts[],
): string | undefined {
  const { operands } = of.step
  const { traits } = facts.plan
  if (operands.keyword !== 'COPY' && operands.keyword !== 'ADD') return undefined
  const [said = ''] = operandsIn(command.argv.slice(1))
  const owner = operands.flags.chown ?? ''
  // An account that is made behind the COPY is nobody the builder could give files to.
  const making = accountsMade(of, command.step).filter((one) => !before.includes(one))
  const isNew = (name: string): boolean => !/^\d+$/.test(name) && making.some(({ argv }) => argv.includes(name))
  if (command.name === 'chown') {
    if (owner !== '' && owner !== said) return undefined
    if (!/^[\w.-]+(?::[\w.-]+)?$/.test(said) || said.split(':').some(isNew)) return undefined
    // Without a group chown leaves it as it is, and COPY takes that of the owner.
    return owner === said ? '' : `--chown=${said.includes(':') ? said : `${said}:0`}`
  }
  if (command.name === 'chgrp') {
    if (owner === '' && /^(?:0|root)$/.test(said)) return ''
    if (owner === '') return /^[\w.-]+$/.test(said) && !isNew(said) ? `--chown=0:${said}` : undefined
    return owner.split(':')[1] === said ? '' : undefined
  }
  if (operands.flags.chmod !== null || traits.family === 'classic') return undefined
  if (/^0?[0-7]{3}$/.test(said)) return `--chmod=${said}`
  const paths = new Set(entries.map(({ path }) => path))
  const modes = new Set(facts.image.files.flatMap(({ entry }) => (paths.has(entry.path) ? [entry.mode] : [])))
  const [mode] = modes
  // Folders need other bits than files.
  const deep = command.argv.some((word) => /^-[a-zA-Z]*R|^--recursive$/.test(word))
  if (!deep && modes.size === 1 && typeof mode === 'number') return `--chmod=${mode.toString(8)}`
  // Without a letter in front chmod heeds the umask, which concerns writing as a rule.
  return traits.chmod === 'symbolic' && /^(?:[ugoa]+[-+=][rwxXugo]+|[-+=][rxX]+)$/.test(said)
    ? `--chmod=${said}`
    : undefined
}
