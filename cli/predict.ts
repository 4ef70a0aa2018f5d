/**
 * A Dockerfile subject → its prediction: gathers what is given, asks `predict`, and where the answer leans on something
 * that has to be read first (a base, an archive in the context), reads that and asks again.
 */
import { resolve } from 'node:path'
import { type Analysis, analyze, predictionOf } from '../lib/analyze.ts'
import { catalogue } from '../lib/bases/catalogue.ts'
import { baseName } from '../lib/bases/name.ts'
import { traitsOf } from '../lib/builders/traits.ts'
import { type DiskContext, type Looks, openContext } from '../lib/context.ts'
import { saidOfChecks } from '../lib/dockerfile/checks.ts'
import { UserError } from '../lib/error.ts'
import type { Base, Given, Platform, Prediction, Problem } from '../lib/model.ts'
import { defaultPlatform, platformText } from '../lib/platform.ts'
import { type Log, watchLog } from '../lib/watch.ts'
import { configFor, type Placed } from './config.ts'
import type { Options } from './options.ts'
import { type Settings, settingsBelow } from './settings.ts'
import { type DockerfileSubject, openSubject } from './subject.ts'
import type { World } from './world.ts'

/** A prediction, and what there is to say about what it was made from. */
export interface Predicted {
  readonly prediction: Prediction
  readonly given: Given
  readonly analysis: Analysis
  /** What each command did; empty unless asked for. */
  readonly log: Log
  /** Those of the prediction, of its bases and of its contexts, each once. */
  readonly diagnostics: readonly Problem[]
}

/** Longest chain of Dockerfiles standing on Dockerfiles. */
const deepest = 32

/** Predicts a Dockerfile. Throws UserError for a base or a context that cannot be read. */
export function predictSubject(
  subject: DockerfileSubject,
  settings: Settings,
  options: Options,
  world: World,
): Promise<Predicted> {
  return predictOn(subject, settings, { options, world, chain: [], standsFor: undefined, watching: false })
}

/** The same, and every command of every RUN is noted, for rules. `looks`: of all that are watched in one run. */
export function watchSubject(
  subject: DockerfileSubject,
  settings: Settings,
  { options, world, looks }: { readonly options: Options; readonly world: World; readonly looks: Looks },
): Promise<Predicted> {
  return predictOn(subject, settings, { options, world, looks, chain: [], standsFor: undefined, watching: true })
}

/** What stays the same down a chain, and the Dockerfiles above. */
interface Chain {
  readonly options: Options
  readonly world: World
  readonly looks?: Looks
  readonly chain: readonly string[]
  /** What the command line or the configuration said that made this Dockerfile a base. */
  readonly standsFor: Placed | undefined
  readonly watching: boolean
}

async function predictOn(subject: DockerfileSubject, settings: Settings, above: Chain): Promise<Predicted> {
  const bases = baseReader(subject, settings, above)
  const contexts = openContexts(subject, settings, above.looks)
  const { bases: _, contexts: __, resolve: ___, ...plain } = settings
  const given: Given = {
    ...plain,
    buildPlatform: defaultPlatform,
    context: contexts.main,
    contexts: contexts.named,
    base: bases.find,
    path: subject.path,
    ...(above.watching && { patient: true }),
  }
  for (;;) {
    const log = watchLog()
    const analysis = await checked(analyze(subject.text, given, above.watching ? log : undefined))
    const news = [await bases.readWanted(), ...(await Promise.all(contexts.all.map((context) => context.prepare())))]
    if (news.some(Boolean)) continue
    const inContexts = contexts.all.flatMap((context) => context.problems)
    const prediction = predictionOf(analysis)
    return {
      prediction,
      given,
      analysis,
      log,
      diagnostics: once([...contexts.problems, ...bases.problems(), ...inContexts, ...prediction.diagnostics]),
    }
  }
}

/** The checks are rules, which few predictions need. */
async function checked(analysis: Analysis): Promise<Analysis> {
  const { plan, given } = analysis
  if (saidOfChecks(plan.scanned.directives, given.buildArgs, plan.traits) === undefined) return analysis
  const { withChecks } = await import('../lib/lint/checks.ts')
  return withChecks(analysis)
}

/** What reading a base gave; without a base, what is not known of it is said in `problems`. */
interface ReadBase {
  readonly base?: Base
  readonly problems: readonly Problem[]
}

/** Looks bases up; those that have to be read first are noted, and read between two predictions. */
function baseReader(subject: DockerfileSubject, settings: Settings, above: Chain) {
  const read = new Map<string, ReadBase>()
  const wanted = new Map<string, () => Promise<ReadBase>>()
  return {
    find(ref: string, platform: Platform): Base | undefined {
      const meant = aliasOf(settings.contexts[ref]) ?? ref
      const said = saidOf(meant, settings.bases)
      // `--base alpine=DIR` where DIR itself is built on alpine: that is the one everybody knows.
      const own = said !== undefined && !samePlace(said, above.standsFor)
      if (!own && settings.resolve === 'none') return catalogue(meant, platform)
      const key = `${meant} ${platformText(platform)}`
      const known = read.get(key)
      if (known === undefined)
        wanted.set(key, () =>
          own ? baseOf(meant, said, platform, subject, settings, above) : lookedUp(meant, platform, settings, above),
        )
      return known?.base ? { ...known.base, ref } : own ? undefined : catalogue(meant, platform)
    },
    /** True: there were some. */
    async readWanted(): Promise<boolean> {
      const news = [...wanted]
      wanted.clear()
      for (const [key, reading] of news) {
        above.world.progress(`reading the base ${key}`)
        read.set(key, await reading())
      }
      return news.length > 0
    },
    problems: () => [...read.values()].flatMap(({ problems }) => problems),
  }
}

/** `--resolve`: an image that cannot be had is as unknown as without, and said so. */
async function lookedUp(
  ref: string,
  platform: Platform,
  settings: Settings,
  { options, world }: Chain,
): Promise<ReadBase> {
  const text = settings.resolve === 'daemon' ? `docker-daemon:${ref}` : `docker://${ref}`
  try {
    const subject = await openSubject({ text, folder: world.cwd, family: settings.builder.family }, world)
    if (subject.kind === 'image') {
      const { builtBase, outsideOf } = await import('./built.ts')
      return await builtBase(ref, subject, platform, outsideOf(options, world))
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return {
      problems: [{ severity: 'warning', message: `--resolve ${settings.resolve}: ${error.message}`, guess: true }],
    }
  }
  return { problems: [] }
}

/** The subject that `--base` or the configuration names for an image: by the very text first, then by what it means. */
function saidOf(ref: string, bases: Settings['bases']): Placed | undefined {
  const same = bases.find(([name]) => name === ref)
  if (same) return same[1]
  const meant = baseName(ref)
  if (!meant) return undefined
  const fits = (name: string, withDigest: boolean) => {
    const one = baseName(name)
    if (one?.repository !== meant.repository) return false
    return withDigest
      ? one.tag === meant.tag && one.digest === meant.digest
      : one.tag === meant.tag && one.digest === ''
  }
  return (bases.find(([name]) => fits(name, true)) ?? bases.find(([name]) => fits(name, false)))?.[1]
}

const samePlace = (a: Placed, b: Placed | undefined) => a.text === b?.text && a.folder === b.folder

async function baseOf(
  ref: string,
  said: Placed,
  platform: Platform,
  above: DockerfileSubject,
  settings: Settings,
  { options, world, chain }: Chain,
): Promise<ReadBase> {
  if (said.text === '-') throw new UserError(`base ${ref}: cannot come from standard input`)
  const subject = await openSubject({ ...said, family: settings.builder.family }, world)
  if (subject.kind !== 'dockerfile') {
    const { builtBase, outsideOf } = await import('./built.ts')
    return builtBase(ref, subject, platform, outsideOf(options, world))
  }
  const files = [...chain, above.file ?? above.path]
  if (subject.file !== undefined && files.includes(subject.file))
    throw new UserError(`base ${ref}: ${subject.path} is built on itself`)
  if (files.length > deepest) throw new UserError(`base ${ref}: more than ${deepest} Dockerfiles on one another`)
  const config = await configFor(subject.folder, options, world)
  const below = settingsBelow(settings, config, platform)
  const { prediction, diagnostics } = await predictOn(subject, below, {
    options,
    world,
    chain: files,
    standsFor: said,
    watching: false,
  })
  const { refused, image } = prediction
  if (refused)
    throw new UserError(`${subject.path}:${refused.line}: ${refused.message}`, { hint: `it is the base ${ref}` })
  const { rows, layers, config: imageConfig, author, facts } = image
  return { base: { ref, rows, layers, config: imageConfig, author, facts }, problems: diagnostics }
}

/** The build context and the named ones. What is no folder here is said, and then not known. */
function openContexts(subject: DockerfileSubject, settings: Settings, looks: Looks | undefined) {
  const { family, exceptionsByText } = traitsOf(settings.builder)
  const how = { family, exceptionsByText, ...(looks && { looks }) }
  const problems: Problem[] = []
  const named: Record<string, DiskContext> = {}
  for (const [name, { text, folder }] of Object.entries(settings.contexts)) {
    if (aliasOf({ text, folder })) continue
    if (/^[a-z-]+:\/\/|^git@|^target:/.test(text))
      problems.push({
        severity: 'warning',
        message: `build context ${name}: ${text} is no folder, and nothing is fetched`,
      })
    else named[name] = openContext(resolve(folder, text), how)
  }
  const main =
    subject.context === undefined
      ? undefined
      : openContext(subject.context, { ...how, dockerfile: subject.file ?? null })
  return { main, named, all: [...(main ? [main] : []), ...Object.values(named)], problems }
}

/** `docker-image://REF`: the context is that image. */
const aliasOf = (context: Placed | undefined): string | undefined =>
  /^docker-image:\/\/(.+)$/.exec(context?.text ?? '')?.[1]

/** The same remark is made once. */
function once(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return [...seen.values()]
}
