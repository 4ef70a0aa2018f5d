/**
 * A stage that ships its tools as two: the build as written, and a stage on the same base with what it was built for. What
 * cannot be told stands in it as a comment that says what to fill in; it is shown for review and never carried out.
 */
import type { Facts, StageFacts, StepFacts } from '../lint/facts.ts'
import { copyOf } from '../lint/words.ts'
import type { Change, Cure } from '../rule.ts'
import { within } from '../shell/paths.ts'
import { copiedBy } from './copied.ts'
import { inserted, newlineOf } from './edits.ts'
import { type Need, needsOf } from './split-needs.ts'
import { asked, installation, isAccount, isQuiet, isSetup, kindOf } from './split-steps.ts'
import { commentsAbove, wordsOf } from './written.ts'

/** Splits the target; `base`: what the second stage stands on, the same where it is left out. */
export function splitCure(facts: Facts, base?: string): Cure | undefined {
  const { target, plan, given } = facts
  const last = plan.outline.drafts.at(-1)
  if (
    target === undefined ||
    last !== target.stage.draft ||
    given.target !== null ||
    target.stage.ground.kind !== 'image'
  )
    return undefined
  if (target.steps.some(({ step, keyword }) => step.triggered || keyword === 'ONBUILD')) return undefined
  const builds = target.steps.filter((step) => kindOf(step) === 'build')
  const end = builds.at(-1)
  if (end === undefined) return undefined
  const folders = buildFolders(target, end)
  const name = last.name === '' ? freeName(facts) : last.name
  const workers = target.steps.filter((step) => builds.includes(step) || worksOn(step, folders))
  const need = needsOf(facts, { builds: workers, folders, name })
  if (need === undefined) return undefined
  const whole = need.paths.filter((path) => folders.includes(path))
  // What works on the folders of the build afterwards stays with it, and what is copied there where they come as a whole.
  const cut =
    target.steps.findLast(
      (step) => step === end || worksOn(step, need.again ? [] : folders) || copiesTo(step, whole),
    ) ?? end
  const tail = finalStage(target, facts, { cut, folders, need, whole, base })
  if (tail === undefined) return undefined
  const newline = newlineOf(facts)
  const from = wordsOf(last.from)
  const edits: Change[] = [
    { start: cut.span.end, end: lastEnd(target), text: `${newline}${newline}${tail.join(newline)}` },
  ]
  if (last.name === '') edits.unshift(inserted(from.at(-1)?.span.end ?? last.from.span.end, ` AS ${name}`))
  return { title: 'build in a stage of its own', safe: false, review: true, edits }
}

/**
 * The small image that goes with one made for building; undefined: none is known for sure. Source: the pages of golang,
 * rust, maven, gradle and eclipse-temurin on Docker Hub.
 */
export function runtimeOf({ target }: Facts): string | undefined {
  const ground = target?.stage.ground
  if (ground?.kind !== 'image') return undefined
  const { ref } = ground
  const [, image = '', tag = 'latest'] = /^(?:docker\.io\/)?(?:library\/)?([a-z-]+)(?::([\w.-]+))?$/.exec(ref) ?? []
  if (image === 'golang' || image === 'rust') {
    const [, small, version = ''] = /-(alpine)(\d+\.\d+)?$/.exec(tag) ?? []
    if (small !== undefined) return `alpine:${version || 'latest'}`
    // A newer release runs what an older one built.
    return `debian:${/-(?:slim-)?([a-z]+)$/.exec(tag)?.[1] ?? 'stable'}-slim`
  }
  if (image === 'eclipse-temurin') return /^\d+-jdk\b/.test(tag) ? `${image}:${tag.replace('-jdk', '-jre')}` : undefined
  const java = /^[\w.]+-eclipse-temurin-(\d+)(-alpine)?$|^[\w.-]*?jdk-?(\d+)(-alpine)?$/.exec(tag)
  if (image !== 'maven' && image !== 'gradle') return undefined
  return java === null ? undefined : `eclipse-temurin:${java[1] ?? java[3]}-jre${java[2] ?? java[4] ?? ''}`
}

const lastEnd = ({ steps, span }: StageFacts): number => steps.at(-1)?.span.end ?? span.end

function freeName({ plan }: Facts): string {
  for (const name of ['build', 'builder', 'build-tools']) if (!plan.outline.named.has(name)) return name
  return `build-${plan.outline.drafts.length}`
}

// ---- the folders of the build ---------------------------------------------------------------------------

const shared =
  /^\/(?:$|(?:usr|etc|bin|sbin|lib|lib64|var|opt|root|home|srv|tmp|run|mnt|usr\/local(?:\/(?:s?bin|lib|share|etc))?|usr\/(?:s?bin|lib|share))$)/

/** Folders that the build works in: where its commands run, and where its sources are copied to. */
function buildFolders({ steps }: StageFacts, end: StepFacts): readonly string[] {
  const found = new Set<string>()
  for (const step of steps.slice(0, steps.indexOf(end) + 1)) {
    const copy = copyOf(step)
    if (copy?.flags.from === null) {
      const file = copy.sources.length === 1 && !/\/\.?$|^\.+$/.test(copy.destination)
      if (!file || !/\.[\w-]+$/.test(copy.path)) found.add(copy.path)
    }
    if (kindOf(step) === 'build')
      for (const { deed, name } of step.commands) if (!isQuiet(name)) found.add(deed.command.cwd)
  }
  const own = [...found].filter((path) => !shared.test(path) && !/[^\w/.@+-]/.test(path)).sort()
  return own.filter((path) => !own.some((other) => other !== path && within(path, other)))
}

const worksOn = (step: StepFacts, folders: readonly string[]): boolean =>
  step.keyword === 'RUN' &&
  step.commands.some(
    ({ deed, name }) =>
      !isAccount(name) && deed.touches.some(({ path }) => folders.some((folder) => within(path, folder))),
  )

// ---- the second stage -----------------------------------------------------------------------------------

function copiesTo(step: StepFacts, folders: readonly string[]): boolean {
  const copy = copyOf(step)
  return copy !== undefined && folders.some((folder) => within(copy.path, folder))
}

interface Parts {
  readonly cut: StepFacts
  readonly folders: readonly string[]
  readonly need: Need
  /** Folders of the build that are copied as a whole. */
  readonly whole: readonly string[]
  readonly base: string | undefined
}

const settings = /^(?:ENV|WORKDIR|USER|SHELL|LABEL|EXPOSE|VOLUME|STOPSIGNAL|HEALTHCHECK|CMD|ENTRYPOINT|MAINTAINER)$/

/** Its lines, as far as they can be told; undefined where an installation cannot be taken apart. */
function finalStage(target: StageFacts, facts: Facts, parts: Parts): readonly string[] | undefined {
  const { text } = facts
  const { cut, need, whole, base, folders } = parts
  const written = ({ span }: StepFacts): string => text.slice(span.start, span.end)
  const from = wordsOf(target.stage.draft.from)
  const [image] = from
  const flags = text.slice(target.span.start, image?.span.start ?? target.span.end)
  const comments = ({ instruction }: StepFacts, early: boolean): readonly string[] =>
    early ? [] : commentsAbove(instruction, facts).map(({ span }) => text.slice(span.start, span.end).trimEnd())
  const lines: string[] = []
  const last = target.steps.indexOf(cut)
  for (const [i, step] of target.steps.entries()) {
    const early = i <= last
    if (settings.test(step.keyword) || step.keyword === 'ARG') lines.push(...comments(step, early), written(step))
    else if (copyOf(step) !== undefined) {
      const source = copiesTo(step, folders)
      const kept = early && source ? need.again && !isCovered(step, target) : !copiesTo(step, whole)
      if (kept && !(early && isGone(step, facts))) lines.push(...comments(step, early), written(step))
    } else if (step.keyword === 'RUN') {
      const found = runLines(step, facts, need.again ? [] : folders)
      if (found === undefined) return undefined
      lines.push(...(found.length === 0 ? [] : comments(step, early)), ...found)
    }
    if (step === cut) lines.push(...need.lines)
  }
  const used = lines.filter((line) => !/^ARG\b/i.test(line)).join('\n')
  const kept = lines.filter((line) => {
    const name = /^ARG\s+(\w+)/i.exec(line)?.[1]
    return name === undefined || new RegExp(`\\$\\{?${name}\\b`).test(used)
  })
  return [`${flags}${base ?? image?.text ?? 'scratch'}`, ...kept]
}

/** Is nothing left in the end of what it copied: a list of packages that the build removes? */
function isGone(step: StepFacts, facts: Facts): boolean {
  const path = copiedBy(step, facts)?.path
  return path !== undefined && !facts.image.files.some(({ entry }) => within(entry.path, path))
}

/** Does a later step copy the whole context to where this one copies a part of it? */
function isCovered(step: StepFacts, { steps }: StageFacts): boolean {
  const plain = (one: StepFacts) => {
    const copy = copyOf(one)
    return copy?.keyword === 'COPY' && copy.flags.from === null ? copy : undefined
  }
  const path = plain(step)?.path
  if (path === undefined) return false
  return steps.slice(steps.indexOf(step) + 1).some((one) => {
    const later = plain(one)
    return later?.path === path && later.sources.some((source) => /^\.?\/?$/.test(source))
  })
}

/** What of a RUN the second stage does again: packages that are no tools, accounts, settings of the system. */
function runLines(step: StepFacts, facts: Facts, folders: readonly string[]): readonly string[] | undefined {
  const { text } = facts
  const installs = step.commands.flatMap((command) => asked(command) ?? [])
  if (installs.length > 0) return installation(step, facts)
  if (step.commands.length === 0) return []
  const accounts = step.commands.filter(({ name, deed }) => isAccount(name) && deed.command.by === undefined)
  const own = accounts.map(({ span }) => text.slice(span.start, span.end))
  if (kindOf(step) === 'build' || worksOn(step, folders)) return own.length === 0 ? [] : [`RUN ${own.join(' && ')}`]
  return step.commands.every(({ name }) => isSetup(name)) ? [text.slice(step.span.start, step.span.end)] : []
}
