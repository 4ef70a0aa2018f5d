/** One Dockerfile: read, judged for each of its targets, and fixed where that is asked for. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Looks } from '../../lib/context.ts'
import { UserError } from '../../lib/error.ts'
import { type Finding, type LintedFile, weights } from '../../lib/finding.ts'
import { type Applied, fix, type LeftOut, type Review } from '../../lib/fix.ts'
import { ignoresIn, judge, type LintSettings, usualTrials } from '../../lib/lint.ts'
import type { Image, Problem } from '../../lib/model.ts'
import { parsePlatform } from '../../lib/platform.ts'
import type { Rule } from '../../lib/rule.ts'
import { boundsOf } from '../budgets.ts'
import { type Config, configFor } from '../config.ts'
import { last, type Options } from '../options.ts'
import { type Predicted, watchSubject } from '../predict.ts'
import { builderOf, type Settings, settingsOf } from '../settings.ts'
import { type DockerfileSubject, openSubject, shownPath } from '../subject.ts'
import type { World } from '../world.ts'
import { contextAbove } from './context.ts'
import type { Item } from './find.ts'
import { leftOut, wasteIn } from './not-shipped.ts'
import { overridden } from './overrides.ts'
import { severitiesOf } from './severities.ts'

/** What is to be done with every file. */
export interface Task {
  readonly options: Options
  readonly world: World
  /** Files of contexts, which several Dockerfiles, and all targets of one, may have in common. */
  readonly looks: Looks
  readonly rules: readonly Rule[]
  /** Cures are tried out, for formats that tell them and for fixing. */
  readonly suggest: boolean
  readonly fixing: boolean
  /** Fingerprints of the baseline: nothing is fixed for those. */
  readonly known: ReadonlySet<string>
}

/** A text that a fix changes. */
export interface NewText {
  /** Absolute. */
  readonly file: string
  readonly shown: string
  readonly before: string
  readonly after: string
}

/** What came of one Dockerfile. */
export interface Linted {
  readonly files: readonly LintedFile[]
  readonly findings: readonly Finding[]
  /** What stages leave behind that are in none of the images: for `--verbose`, never a reason to fail. */
  readonly notShipped: readonly Finding[]
  readonly diagnostics: readonly Problem[]
  /** For budgets: the image of each file, in the same order; its layers are told without entries. */
  readonly images: readonly Image[]
  /** What holds for each of the files. */
  readonly configs: readonly Config[]
  readonly applied: readonly (Applied & { readonly file: string })[]
  readonly leftOut: readonly (LeftOut & { readonly file: string })[]
  readonly texts: readonly NewText[]
  /** For review: what a file would become, `before` being what the fixes make of it. */
  readonly reviews: readonly (Review & NewText)[]
}

/** Lints one Dockerfile. Throws UserError where it, its configuration or a base cannot be read. */
export async function lintOne(item: Item, task: Task): Promise<Linted> {
  const { options, world } = task
  const name = last(options, 'stdin-filename')
  const standsFor = item.file ?? (name === undefined ? undefined : resolve(world.cwd, name))
  const config = await configFor(standsFor === undefined ? world.cwd : dirname(standsFor), options, world)
  const beside = await subjectOf(item, standsFor, config, task)
  const settings = built(settingsOf(options, config, world), item)
  const { subject, first } = await placed(beside, item, settings, task)
  const judging: Judging = { settings, targets: targetsOf(first, settings, options), config, task, file: standsFor }
  return task.fixing ? fixed(subject, first, judging) : judged(subject, first, judging)
}

/** The subject in its build context, and what is predicted of it: further up where nobody says and what is copied lies there. */
async function placed(
  subject: DockerfileSubject,
  { build }: Item,
  settings: Settings,
  task: Task,
): Promise<{ readonly subject: DockerfileSubject; readonly first: Predicted }> {
  const { options, world } = task
  const first = await watchSubject(subject, settings, task)
  const said = build !== undefined || options.on['no-context'] === true || last(options, 'context') !== undefined
  if (said || subject.context === undefined || subject.file === undefined) return { subject, first }
  const context = contextAbove(subject.context, world.cwd, first.analysis)
  if (context === undefined) return { subject, first }
  const there = { ...subject, context }
  const message = `what it copies lies in ${shownPath(context, world.cwd)}, which is taken for its build context (--context DIR)`
  const again = await watchSubject(there, settings, task)
  return {
    subject: there,
    first: { ...again, diagnostics: [{ severity: 'info', file: subject.path, message }, ...again.diagnostics] },
  }
}

/** All that judging takes besides the file. */
interface Judging {
  readonly settings: Settings
  readonly targets: readonly (string | null)[]
  readonly config: Config
  readonly task: Task
  /** Absolute; undefined: standard input. */
  readonly file: string | undefined
}

/** What holds for the file and one target. */
function holding({ config, file, task }: Judging, { analysis }: Predicted): { lint: LintSettings; config: Config } {
  const own = overridden(config, file, analysis.plan.target?.name ?? '')
  const severities = severitiesOf(task.options, own, task.rules)
  const layers = boundsOf(own.budgets, task.options)['max-layers']
  const trials = task.suggest ? usualTrials : 0
  return {
    config: own,
    lint: { rules: task.rules, severities, trials, budget: layers === undefined ? {} : { layers } },
  }
}

async function subjectOf(
  item: Item,
  standsFor: string | undefined,
  config: Config,
  { options, world }: Task,
): Promise<DockerfileSubject> {
  const said = last(options, 'context')
  const own = item.build?.context ?? (said === undefined ? undefined : resolve(world.cwd, said))
  const beside = item.file === undefined && standsFor !== undefined && existsSync(dirname(standsFor))
  const context = options.on['no-context'] ? false : (own ?? (beside ? dirname(standsFor) : undefined))
  const { family } = builderOf(options, config)
  const inline = item.build?.inline
  if (inline !== undefined) {
    const folder = item.build?.context ?? world.cwd
    const path = `${shownPath(folder, world.cwd)} (${item.build?.name})`
    return { kind: 'dockerfile', path, text: inline, file: undefined, context: context || undefined, folder }
  }
  const shown = standsFor === undefined ? '-' : shownPath(standsFor, world.cwd)
  // A name with a colon in it is none of a transport here.
  const text = item.file === undefined ? '-' : /^[a-z-]+:|^-$/.test(shown) ? `./${shown}` : shown
  const subject = await openSubject({ text, folder: world.cwd, context, family }, world)
  if (subject.kind !== 'dockerfile')
    throw new UserError(`${shown}: ${subject.kind === 'image' ? 'an image' : 'a JSON document'}, not a Dockerfile`)
  return { ...subject, path: shown }
}

/** What a build section says lies over the configuration, and the command line over both. */
function built(settings: Settings, { build }: Item): Settings {
  if (build === undefined) return settings
  return {
    ...settings,
    target: settings.target ?? build.target ?? null,
    buildArgs: { ...build.args, ...settings.buildArgs },
    contexts: { ...build.contexts, ...settings.contexts },
    ...(build.platform !== undefined && { platform: parsePlatform(build.platform) }),
  }
}

/** Names of the stages to judge for; null: the last one. */
function targetsOf({ analysis }: Predicted, settings: Settings, options: Options): readonly (string | null)[] {
  if (options.on['all-stages'] === true) {
    const names = analysis.plan.outline.drafts.slice(0, -1).flatMap(({ name }) => (name === '' ? [] : [name]))
    return [...new Set([...names, settings.target]), ...(settings.target === null ? [] : [null])]
  }
  const said = options.values.target ?? []
  return said.length > 1 ? [...new Set(said)] : [settings.target]
}

/** The analysis for one target: the first one where that is its own. */
async function forTarget(
  subject: DockerfileSubject,
  first: Predicted,
  target: string | null,
  { settings, task }: Judging,
): Promise<Predicted> {
  return first.given.target === target ? first : watchSubject(subject, { ...settings, target }, task)
}

async function judged(subject: DockerfileSubject, first: Predicted, judging: Judging): Promise<Linted> {
  const all: Predicted[] = []
  const files: LintedFile[] = []
  const images: Image[] = []
  const configs: Config[] = []
  const findings = new Map<string, Finding>()
  const diagnostics = new Map<string, Problem>()
  const ignores = ignoresIn(first.analysis)
  for (const [i, target] of judging.targets.entries()) {
    const one = await forTarget(subject, first, target, judging)
    const { lint, config } = holding(judging, one)
    // What is told last goes by what all of them left.
    const rules = lint.rules.filter(({ last }) => last !== true || i === judging.targets.length - 1)
    const verdict = judge(one, { ...lint, rules, ignores })
    all.push(one)
    files.push(verdict.file)
    configs.push(config)
    images.push(withoutFiles(one.analysis.image))
    for (const finding of verdict.findings) {
      const key = [finding.rule, finding.line, finding.column, finding.endLine, finding.endColumn].join(' ')
      // Several targets that share a stage: the worst that is said of it, once.
      const known = findings.get(key)
      if (known === undefined || weights[finding.severity] > weights[known.severity]) findings.set(key, finding)
    }
    for (const problem of [...one.diagnostics, ...verdict.diagnostics])
      diagnostics.set(JSON.stringify(problem), problem)
  }
  const { task } = judging
  return {
    files,
    images,
    configs,
    findings: [...findings.values()].map((finding) => withShownPaths(finding, task.world)).sort(byPlace),
    notShipped: task.options.on.verbose ? await notShipped(subject, all, judging) : [],
    diagnostics: [...diagnostics.values()],
    applied: [],
    leftOut: [],
    texts: [],
    reviews: [],
  }
}

/** Judges the stages that none of the images has, each as if it were the target. */
async function notShipped(
  subject: DockerfileSubject,
  all: readonly Predicted[],
  judging: Judging,
): Promise<readonly Finding[]> {
  const settings = { ...judging.settings, target: null }
  const found: Finding[] = []
  for (const stage of leftOut(all.map(({ analysis }) => analysis))) {
    const one = await watchSubject({ ...subject, text: stage.text }, settings, judging.task)
    const { findings } = judge(one, { ...holding(judging, one).lint, trials: 0 })
    found.push(...wasteIn(stage, findings))
  }
  return found
}

/** A run over ten thousand files keeps one of each. */
const withoutFiles = (image: Image): Image => ({
  ...image,
  layers: image.layers.map((layer) => ({ ...layer, entries: [] })),
})

const byPlace = (a: Finding, b: Finding): number => a.line - b.line || a.column - b.column

/** The ignore file as a person in the working folder writes it. */
function withShownPaths(finding: Finding, { cwd }: World): Finding {
  const suggestions = finding.suggestions.map((one) => ({
    ...one,
    edits: one.edits.map((edit) => ({
      ...edit,
      file: edit.file.startsWith('/') ? shownPath(edit.file, cwd) : edit.file,
    })),
  }))
  return { ...finding, suggestions }
}

/** Fixes for the first target; with several, a fix must not make another one worse, so none is made. */
async function fixed(subject: DockerfileSubject, first: Predicted, judging: Judging): Promise<Linted> {
  const { targets, task } = judging
  const { world, options } = task
  const { lint, config } = holding(judging, first)
  if (targets.length > 1)
    throw new UserError(`${subject.path}: fixes are made for one target`, {
      hint: 'leave --all-stages out, give one --target',
    })
  const { given } = first
  const result = fix(subject.text, given, { ...lint, unsafe: options.on['unsafe-fixes'] === true, known: task.known })
  const texts: NewText[] = []
  if (result.text !== subject.text)
    texts.push({ file: subject.file ?? '-', shown: subject.path, before: subject.text, after: result.text })
  const ignoreFile = given.context?.ignorePath
  if (result.ignore !== undefined && ignoreFile !== undefined)
    texts.push({
      file: ignoreFile,
      shown: shownPath(ignoreFile, world.cwd),
      before: given.context?.ignore ?? '',
      after: result.ignore,
    })
  const { file, findings, diagnostics } = result.verdict
  return {
    files: [file],
    images: [withoutFiles(result.image)],
    findings: findings.map((finding) => withShownPaths(finding, world)),
    notShipped: [],
    diagnostics,
    configs: [config],
    applied: result.applied.map((one) => ({ ...one, file: subject.path })),
    leftOut: result.leftOut.map((one) => ({ ...one, file: subject.path })),
    texts,
    reviews: result.reviews.map((one) => ({
      ...one,
      file: subject.file ?? '-',
      shown: subject.path,
      before: result.text,
      after: one.text,
    })),
  }
}
