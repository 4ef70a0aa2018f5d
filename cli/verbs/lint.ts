/** `lint`: findings for Dockerfiles, for CI, for pre-commit, for people. */
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { keptLooks } from '../../lib/context.ts'
import { UserError } from '../../lib/error.ts'
import { type Finding, type LintedFile, type LintReport, oneLine, type Severity, weights } from '../../lib/finding.ts'
import type { Review } from '../../lib/fix.ts'
import { gainText } from '../../lib/report/lint/telling.ts'
import { lintFormats } from '../../lib/report/lint.ts'
import { escapeControls } from '../../lib/report/terminal.ts'
import { unified } from '../../lib/report/unified.ts'
import { version } from '../../lib/version.ts'
import { rules } from '../../rules/index.ts'
import { boundsOf, brokenBudgets } from '../budgets.ts'
import { wantsColor } from '../color.ts'
import { configFor } from '../config.ts'
import { readBaseline, writeBaseline } from '../lint/baseline.ts'
import { findItems, type Item } from '../lint/find.ts'
import { jobsFor, lintInThreads } from '../lint/jobs.ts'
import { type Linted, lintOne, type NewText } from '../lint/one.ts'
import { didYouMean, last, type Options } from '../options.ts'
import { outputFile, writeResult, writeWhole } from '../output.ts'
import { complaint } from '../program.ts'
import { shownPath } from '../subject.ts'
import type { World } from '../world.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph lint', 'every Dockerfile below this folder'],
    ['stratigraph lint Dockerfile --fix-dry-run', 'what --fix would change'],
    ['stratigraph lint --format sarif=lint.sarif --format github', 'two formats, one into a file'],
    ['stratigraph lint docker-bake.hcl --all-stages', 'the builds of a bake file, for every stage'],
    ['stratigraph lint --rule cache-left=error --max-wasted 50MB', 'stricter'],
    ['stratigraph lint --baseline lint.json --update-baseline', 'from now on only what is new counts'],
  ],
  run: lint,
}

async function lint(options: Options, world: World): Promise<number> {
  const formats = formatsOf(options, world)
  const dry = options.on['fix-dry-run'] === true
  const fixing = dry || options.on.fix === true
  if (options.on['unsafe-fixes'] && !fixing)
    throw new UserError('--unsafe-fixes goes with --fix or --fix-dry-run', {
      hint: 'stratigraph lint --fix --unsafe-fixes',
    })
  boundsOf({}, options)
  const suggest = fixing || (formats.some(({ name }) => tellsSuggestions.has(name)) && !options.on['no-suggest'])
  const { items, problems } = await itemsOf(options, world)
  const done: Linted[] = []
  let code = 0
  const fail = (text: string): void => {
    world.err.write(`${text}\n`)
    code = 2
  }
  for (const { message, fatal } of problems) {
    if (fatal) fail(complaint(new UserError(message)))
    else if (!options.on.quiet) world.err.write(`${message}\n`)
  }
  const jobs = jobsFor(items.length, options, world)
  if (jobs > 1) {
    const order = items.map(({ file = '-' }) => shownPath(file, world.cwd))
    const { report, code: worst } = await lintInThreads(jobs, order, suggest, options, world)
    tell(formats, report, options, world)
    return Math.max(code, worst)
  }
  const { baseline } = await configFor(world.cwd, options, world)
  const usual = baseline === undefined ? undefined : resolve(baseline.folder, baseline.text)
  const known = fixing ? knownBefore(usual, options, world) : new Set<string>()
  const shard = shardOf(items, options)
  const task = { options, world, looks: keptLooks(), rules, suggest, fixing, known }
  if (shard.length > few) world.longRun?.()
  for (const item of shard) {
    world.progress(`lint ${item.file === undefined ? '-' : shownPath(item.file, world.cwd)}`)
    try {
      done.push(await lintOne(item, task))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      fail(complaint(error))
    }
  }
  if (items.length === 0 && code === 0 && !options.on.quiet) world.err.write('stratigraph: no Dockerfile found\n')
  const report = withoutKnown(reportOf(done), usual, options, world)
  const texts = done.flatMap((one) => one.texts)
  if (fixing && carryOut(texts, done, dry, options, world, fail)) code ||= dry ? 1 : 0
  if (dry) for (const review of done.flatMap(({ reviews }) => reviews)) writeResult(reviewText(review), options, world)
  for (const { file, line, column, message, rule } of done.flatMap((one) => one.notShipped))
    world.err.write(escapeControls(`${file}:${line}:${column}: not shipped: ${message} (${rule})\n`))
  const taken = dry || texts.some((one) => one.file === '-')
  tell(taken ? formats.filter(({ file }) => file !== undefined) : formats, report, options, world)
  return Math.max(code, verdict(report, done, options, world))
}

/** More files are many. */
const few = 16

function tell(formats: readonly Format[], report: LintReport, options: Options, world: World): void {
  const telling = { report, rules, version, columns: world.out.columns() }
  for (const { name, file } of formats) {
    const toFile = file !== undefined || outputFile(options) !== undefined
    const text = lintFormats[name]!({ ...telling, color: wantsColor(options, world, world.out, toFile) })
    if (file !== undefined) writeWhole(file, text, world)
    else writeResult(text, options, world)
  }
}

/** Formats that have a place for suggestions; trying them out costs predictions. */
const tellsSuggestions = new Set(['pretty', 'json', 'jsonl', 'sarif', 'markdown'])

interface Format {
  readonly name: string
  /** Undefined: standard output, or the file of `-o`. */
  readonly file: string | undefined
}

function formatsOf(options: Options, world: World): readonly Format[] {
  const said = options.values.format ?? []
  const formats = said.map((text): Format => {
    const at = text.indexOf('=')
    const name = at < 0 ? text : text.slice(0, at)
    if (!Object.hasOwn(lintFormats, name))
      throw new UserError(
        `--format ${name}: not one of ${Object.keys(lintFormats).join(', ')}`,
        didYouMean(name, Object.keys(lintFormats)),
      )
    const file = at < 0 ? undefined : text.slice(at + 1)
    if (file === '') throw new UserError(`--format ${text}: no name of a file behind the =`)
    return { name, file }
  })
  const files = formats.flatMap(({ file }) => (file === undefined ? [] : [resolve(world.cwd, file)]))
  const twice = files.find((file, i) => files.indexOf(file) !== i)
  if (twice !== undefined)
    throw new UserError(`--format: two formats want to be written to ${shownPath(twice, world.cwd)}`)
  if (formats.length > 0) {
    const printed = formats.filter(({ file }) => file === undefined)
    if (printed.length > 1)
      throw new UserError(`${printed.map(({ name }) => name).join(' and ')} both want standard output`, {
        hint: `--format ${printed[0]!.name}=FILE`,
      })
    return formats
  }
  const terminal = world.out.isTerminal() && outputFile(options) === undefined
  const name = world.env.GITHUB_ACTIONS === 'true' ? 'github' : terminal ? 'pretty' : 'compact'
  return [{ name, file: undefined }]
}

async function itemsOf(options: Options, world: World) {
  const file = last(options, 'file')
  const paths = file !== undefined ? [file] : options.args.length > 0 ? options.args : ['.']
  return findItems(paths, world, (folder) => configFor(folder, options, world))
}

/** `I/N`: every N-th file, beginning with the I-th. */
function shardOf(items: readonly Item[], options: Options): readonly Item[] {
  const text = last(options, 'shard')
  if (text === undefined) return items
  const [, i = 0, n = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number)
  if (i < 1 || n < i) throw new UserError(`--shard ${text}: not of the form I/N with I from 1 to N`)
  return items.filter((_, index) => index % n === i - 1)
}

const reportOf = (done: readonly Linted[]): LintReport => ({
  files: done.flatMap(({ files }) => files),
  findings: done.flatMap(({ findings }) => findings),
  diagnostics: done.flatMap(({ diagnostics }) => diagnostics),
})

/** What the baseline knows before anything is fixed; nothing where it is written anew. */
function knownBefore(usual: string | undefined, options: Options, world: World): ReadonlySet<string> {
  const said = last(options, 'baseline')
  const file = said ?? usual
  if (file === undefined || options.on['update-baseline'] === true) return new Set()
  return readBaseline(file, world, said === undefined)
}

/** The report without what the baseline knows. With `--update-baseline` it is written first. */
function withoutKnown(report: LintReport, usual: string | undefined, options: Options, world: World): LintReport {
  const file = last(options, 'baseline') ?? usual
  const update = options.on['update-baseline'] === true
  if (file === undefined) {
    if (update)
      throw new UserError('--update-baseline wants --baseline FILE', { hint: '--baseline .stratigraph-baseline.json' })
    return report
  }
  if (update) writeBaseline(file, report.findings, world)
  // One that the configuration names need not be there yet.
  const known = readBaseline(file, world, last(options, 'baseline') === undefined)
  return { ...report, findings: report.findings.filter((finding) => !known.has(finding.fingerprint())) }
}

/** Writes fixed texts, or shows them; true: there were some. */
function carryOut(
  texts: readonly NewText[],
  done: readonly Linted[],
  dry: boolean,
  options: Options,
  world: World,
  fail: (text: string) => void,
): boolean {
  const left = new Set<string>()
  for (const { file, shown, before, after } of texts) {
    if (dry) writeResult(unified(shown, before, after), options, world)
    else if (file === '-') world.out.write(after)
    else
      try {
        asItWas(file, shown, before)
        writeWhole(file, after, world)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        left.add(shown)
        fail(complaint(error))
      }
  }
  if (options.on.quiet) return texts.length > 0
  const say = ({ file, line, rule, title }: Linted['applied'][number], how: string, why = ''): void =>
    world.err.write(escapeControls(`${file}:${line}: ${how}: ${title} (${rule})${why}\n`))
  for (const one of done.flatMap(({ applied }) => applied))
    if (!left.has(one.file)) say(one, dry ? 'would be fixed' : 'fixed')
  for (const one of done.flatMap(({ leftOut }) => leftOut)) say(one, 'not fixed', `: ${one.why}`)
  return texts.length > 0
}

/** Throws UserError where a file is not what was read, is meant to stay, or holds bytes that are no text. */
function asItWas(file: string, shown: string, before: string): void {
  const there = statSync(file, { throwIfNoEntry: false })
  if (there === undefined && before === '') return
  if (there?.isFile() === true && (there.mode & 0o222) === 0)
    throw new UserError(`${shown}: read-only, so it was not fixed`, { hint: `chmod u+w ${shown}` })
  if (there?.isFile() === true && !readFileSync(file).equals(Buffer.from(before)))
    throw new UserError(`${shown}: changed meanwhile, or not UTF-8, so it was not fixed`)
}

/**
 * A diff for people, each line behind a `#`, so that programs which carry diffs out pass over it. It is against what the
 * fixes leave.
 */
function reviewText({ shown, line, rule, title, saves, before, after }: Review & NewText): string {
  const gain = gainText(saves, ', ')
  const head = escapeControls(`${shown}:${line}: ${title} (${rule})${gain}`)
  const lines = [
    `For review, not carried out by any option: ${head}`,
    ...unified(shown, before, after).replace(/\n$/, '').split('\n'),
  ]
  return `${lines.map((one) => `# ${one}`.trimEnd()).join('\n')}\n`
}

/** The exit code, and on standard error why it is one. */
function verdict({ findings }: LintReport, done: readonly Linted[], options: Options, world: World): number {
  let code = 0
  for (const { files, images, configs, findings: own, diagnostics } of done) {
    const bound = last(options, 'fail-on') ?? configs[0]?.failOn ?? 'warning'
    if (
      bound !== 'never' &&
      own.some((one) => findings.includes(one) && weights[one.severity] >= weights[bound as Severity])
    )
      code = Math.max(code, 1)
    for (const [i, { file, total, wasted, refused }] of files.entries()) {
      const bounds = boundsOf(configs[i]!.budgets, options)
      const judged = { image: images[i]!, subject: { path: file }, bounds }
      const told = refused === null ? undefined : refusalIn(own, refused)
      if (told !== undefined) {
        world.err.write(escapeControls(`${file}:${told.line}: ${told.message}\n`))
        code = 2
      } else if (brokenBudgets({ total, unreachable: wasted }, judged, options, world)) code = Math.max(code, 1)
    }
    for (const { severity, message, file, line, guess, refuses } of diagnostics) {
      const fatal = guess === true && options.on.strict === true
      if (fatal) code = 2
      if (refuses || (!fatal && !options.on.verbose)) continue
      const place = `${file ?? files[0]?.file}${line === undefined ? '' : `:${line}`}`
      world.err.write(escapeControls(`${place}: ${fatal ? 'error' : severity}: ${message.replaceAll('\n', ' ')}\n`))
    }
  }
  return code
}

/**
 * What the builder would refuse, as it is told. Where that is turned down nobody wants the exit code either; where a comment
 * hides one line that cannot be read, the next one is `syntax`, which adds how many lines are like it.
 */
const refusalIn = (findings: readonly Finding[], { message, line }: Refused): Refused | undefined => {
  const told = oneLine(message)
  const found = findings.find((one) => one.severity === 'error' && (one.message === told || one.rule === 'syntax'))
  if (found === undefined) return undefined
  return found.message.startsWith(told) ? { message, line } : found
}

type Refused = NonNullable<LintedFile['refused']>
