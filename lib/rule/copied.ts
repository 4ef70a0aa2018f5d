/** Ways out for what COPY and ADD brought and a later RUN removes: a mount for the RUNs that need it. */
import type { CommandFacts, Facts, StepFacts } from '../lint/facts.ts'
import { copyOf, operandsIn, wholeText } from '../lint/words.ts'
import type { Cure } from '../rule.ts'
import { absolute, inside, nameOf, within } from '../shell/paths.ts'
import { leavesMounts } from '../unionfs/mounts.ts'
import { newlineOf, replaced, withFlag, withoutCommands, withoutOperands, withoutStep } from './edits.ts'
import { between, type WrittenLoss } from './hits.ts'
import { wordsOf } from './written.ts'

/** What one COPY or ADD stores, where that can be told from its words. */
export interface Copied {
  readonly step: StepFacts
  readonly source: string
  readonly from: string | null
  /** Where what is named by the source comes to lie. */
  readonly path: string
}

/** One source, in the shell's or the JSON form, whose place is plain; undefined otherwise. */
export function copiedBy(step: StepFacts, facts: Facts, folders = false): Copied | undefined {
  const copy = copyOf(step)
  if (copy === undefined || step.step.triggered) return undefined
  const { destination, path: target, heredocs } = copy
  const [source, ...more] = copy.sources
  const { from, parents, excludes } = copy.flags
  if (source === undefined || more.length > 0 || parents || excludes.length > 0 || heredocs.length > 0) return undefined
  // All of a kind in a folder: the folder.
  const [, above] = /^((?:[^*?[\s,]+\/)+)\*(?:\.\w+)?$/.exec(source) ?? []
  if (folders && above !== undefined) return { step, source: above.slice(0, -1), from, path: target }
  if (/[*?[\s,]/.test(source) || step.instruction.text.startsWith('[')) return undefined
  const name = nameOf(absolute(source.replace(/[?#].*$/, ''), '/'))
  const place = /(?:^|\/)\.?$/.test(destination) && isFile(source, from, facts) ? inside(target, name) : target
  return { step, source, from, path: place }
}

/** Is the source one file, as far as its name or the context tells? */
export function isFile(source: string, from: string | null, { given }: Facts): boolean {
  if (/^https?:\/\//.test(source)) return true
  const there = from === null ? given.context?.lookup(absolute(source, '/').slice(1)) : undefined
  return there === undefined ? /[^/.][^/]*\.[\w-]+$/.test(source) : there.type !== 'dir'
}

const mountable = ({ keyword, step }: StepFacts, { plan }: Facts): boolean =>
  keyword === 'RUN' && !step.triggered && plan.traits.flags.RUN?.includes('mount*') === true

/** The words of a command that are no options, behind the first `skip` of them. */
export const operandsOf = ({ argv, deed }: CommandFacts, skip = 0): readonly string[] =>
  operandsIn(argv.slice(1))
    .slice(skip)
    .map((word) => absolute(word, deed.command.cwd))

// ---- mounted, and never stored --------------------------------------------------------------------------

/** What is copied only to be used by the next RUNs and removed there is mounted instead. */
export function bindCure(loss: WrittenLoss, facts: Facts): Cure | undefined {
  return mounted(loss, facts, ({ source, from, path, step }) => {
    const operands = step.step.operands
    if (operands.keyword !== 'COPY' || /[$]/.test(source)) return undefined
    const isFolder = !isFile(source, from, facts)
    const folder = isFolder ? ',rw' : ''
    return {
      title: 'mount it for that RUN instead of copying it',
      mount: `type=bind${from === null ? '' : `,from=${from}`},source=${source},target=${path}${folder}`,
      isFolder,
    }
  })
}

/** A credential is handed over as a secret. */
export function secretCure(loss: WrittenLoss, facts: Facts): Cure | undefined {
  return mounted(loss, facts, ({ source, from, path }) => {
    const id = nameOf(path).replace(/^\.+/, '')
    if (from !== null || !/^[\w.-]+$/.test(id) || loss.entries.some((entry) => entry.path !== path)) return undefined
    return {
      title: `hand it over as a secret: docker build --secret id=${id},src=${source}`,
      mount: `type=secret,id=${id},target=${path}`,
      isFolder: false,
    }
  })
}

/** A download that is removed is mounted from a stage that fetches it. */
export function fetchCure(loss: WrittenLoss, facts: Facts): Cure | undefined {
  const { text, plan } = facts
  const numbered = plan.stages.some(({ steps }) =>
    steps.some(({ operands }) => operands.keyword === 'COPY' && /^\d+$/.test(operands.flags.from ?? '')),
  )
  const { writer } = loss
  const name = 'download'
  if (numbered || plan.outline.named.has(name) || writer.step.stage.stage.draft.index !== 0) return undefined
  const cure = mounted(loss, facts, ({ source, path, step }) => {
    const { operands } = step.step
    if (operands.keyword !== 'ADD' || /\$/.test(wholeText(step)) || !/^https?:\/\//.test(source)) return undefined
    return {
      title: 'mount it from a stage that fetches it',
      mount: `type=bind,from=${name},target=${path},source=/${nameOf(path)}`,
      isFolder: false,
    }
  })
  if (cure === undefined || cure.edits.length < 3) return cure
  const { span } = writer.step.stage
  const { span: own, keyword } = writer.step
  const words = wordsOf(writer.step.instruction)
  const flags = text.slice(own.start + keyword.length, words[0]?.span.start ?? own.end).trim()
  const add = ['ADD', ...(flags === '' ? [] : [flags]), words[0]?.text ?? '', `/${nameOf(loss.entries[0]?.path ?? '')}`]
  const stage = [`FROM scratch AS ${name}`, add.join(' '), '', ''].join(newlineOf(facts))
  return { ...cure, edits: [replaced({ start: span.start, end: span.start }, stage), ...cure.edits] }
}

/**
 * An archive that a later RUN only unpacks and removes: ADD unpacks it itself, where it stands or, with others between that
 * cannot have used it, in the place of that RUN, so that all is written in the same order.
 */
export function unpackCure({ writers, killer }: WrittenLoss, facts: Facts): Cure | undefined {
  const [step, ...more] = new Set(writers.map((writer) => writer.step))
  if (step === undefined || more.length > 0 || facts.plan.traits.flags.ADD?.includes('unpack?') !== true)
    return undefined
  const copied = copiedBy(step, facts)
  const { commands, step: unpacking } = killer.step
  const [tar, rm, ...others] = commands
  const word = wordsOf(step.instruction).at(-1)
  const inner = between(step, killer.step)
  if (copied === undefined || step.keyword !== 'ADD' || word === undefined || others.length > 0) return undefined
  if (tar?.name !== 'tar' || rm?.name !== 'rm' || inner === undefined) return undefined
  // Somebody else would own what tar unpacks.
  const { operands } = step.step
  if (operands.keyword !== 'ADD' || operands.flags.chown !== null || operands.flags.chmod !== null) return undefined
  if (!/^(?:|0|root)(?::.*)?$/.test(unpacking.before.user)) return undefined
  const target = unpackedTo(tar, copied.path)
  const gone = withoutCommands([tar, rm], facts)
  if (target === undefined || gone === undefined || operandsOf(rm).some((path) => path !== copied.path))
    return undefined
  const folder = `${target.replace(/\/$/, '')}/`
  const title = 'ADD --unpack=true'
  if (inner.length === 0)
    return { title, safe: false, edits: [withFlag(step, '--unpack=true'), replaced(word.span, folder), gone] }
  const { text } = facts
  const [own, last] = [step.span, killer.step.span]
  if (!inner.every((one) => leavesAlone(one, copied.path)) || /\$/.test(wholeText(step))) return undefined
  if (/^[ \t]*#/m.test(text.slice(last.start, last.end))) return undefined
  const at = own.start + step.keyword.length
  const add = `${text.slice(own.start, at)} --unpack=true${text.slice(at, word.span.start)}${folder}`
  return { title, safe: false, edits: [withoutStep(step, facts), replaced(last, add)] }
}

/** Programs that read no file but those they are told. */
const aloof =
  /^(?:apt|apt-get|apk|dnf|microdnf|yum|zypper|pacman|mkdir|echo|printf|true|set|rm|touch|useradd|adduser|usermod|groupadd|addgroup)$/

/** Can the instruction not have used what is at a path? */
function leavesAlone(step: StepFacts, path: string): boolean {
  if (wholeText(step).includes(nameOf(path))) return false
  return (
    step.keyword !== 'RUN' ||
    (step.commands.length > 0 &&
      step.commands.every(
        ({ name, argv, known }) =>
          known && aloof.test(name) && (name === 'rm' || argv.every((word) => !/[*?[]|^\.{1,2}(?:\/|$)/.test(word))),
      ))
  )
}

/** The folder that a plain `tar -xzf FILE -C FOLDER` unpacks to. */
function unpackedTo({ argv, deed }: CommandFacts, file: string): string | undefined {
  const words = argv.slice(1)
  const at = words.indexOf('-C')
  const folder = at < 0 ? '.' : words[at + 1]
  const rest = at < 0 ? words : [...words.slice(0, at), ...words.slice(at + 2)]
  const [flags = '', name = '', ...more] = rest
  if (folder === undefined || more.length > 0 || !/^-?[xvzjJpf]+f$/.test(flags) || !flags.includes('x'))
    return undefined
  return absolute(name, deed.command.cwd) === file ? absolute(folder, deed.command.cwd) : undefined
}

/** What a mount is called, what it says, and whether a folder is mounted. */
interface Way {
  readonly title: string
  readonly mount: string
  readonly isFolder: boolean
}

/** Mounts in the place of a COPY or ADD, for every RUN up to the one that removes what it brought. */
function mounted(loss: WrittenLoss, facts: Facts, by: (copied: Copied) => Way | undefined): Cure | undefined {
  const { killer, writers, entries } = loss
  const { command } = killer
  const steps = new Set(writers.map(({ step }) => step))
  const [step] = steps
  const copied = step === undefined || steps.size > 1 ? undefined : copiedBy(step, facts, true)
  if (copied === undefined || command?.name !== 'rm' || command.deed.command.by !== undefined) return undefined
  const { path } = copied
  if (!entries.every((entry) => within(entry.path, path))) return undefined
  const there = (word: string): string => absolute(word, command.deed.command.cwd)
  const removed = command.argv.slice(1).flatMap((word) => (within(path, there(word)) ? [there(word)] : []))
  const gone = withoutOperands(command, (word) => within(path, there(word)), facts)
  const inner = between(copied.step, killer.step)
  const way = by(copied)
  if (gone === undefined || inner === undefined || way === undefined) return undefined
  const users = [...inner.filter((one) => !leavesAlone(one, path)), killer.step]
  if (!users.every((one) => mountable(one, facts))) return undefined
  // A RUN that is gone needs no mount.
  const left = gone.start <= killer.step.span.start ? users.slice(0, -1) : users
  if (left.length === 0 && inner.every(({ keyword }) => keyword !== 'RUN'))
    return { title: 'leave both out', safe: false, edits: [withoutStep(copied.step, facts), gone] }
  const mounts = left.map((one) => withFlag(one, `--mount=${way.mount}`))
  const stays = remaining(path, removed, way.isFolder, facts)
  const title = stays === undefined ? way.title : `${way.title} (this builder leaves an empty ${stays})`
  return { title, safe: false, edits: [withoutStep(copied.step, facts), ...mounts, gone] }
}

/**
 * The folder that the builder leaves empty where something was mounted and which is removed as written; nothing can take it
 * away in the same RUN. Undefined where builders clean up: see `mountPoints`.
 */
function remaining(path: string, removed: readonly string[], isFolder: boolean, { given }: Facts): string | undefined {
  if (!leavesMounts(given.builder)) return undefined
  const folder = isFolder && given.builder.family === 'buildkit' ? path : path.slice(0, path.lastIndexOf('/'))
  return removed.some((one) => within(folder, one)) ? folder : undefined
}
