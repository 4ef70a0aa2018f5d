/** `--jobs`: threads that run the program itself, each on a part of the files, and hand over what they found as a document. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../../lib/error.ts'
import type { Finding, LintedFile, LintReport } from '../../lib/finding.ts'
import type { Problem } from '../../lib/model.ts'
import { zero } from '../../lib/size.ts'
import { last, type Options } from '../options.ts'
import type { World } from '../world.ts'

/** A thread costs as much as this many files. */
const worthIt = 100

/** How many threads to use for so many files; 1: none but this one. Throws UserError for a number that is none. */
export function jobsFor(files: number, options: Options, world: World): number {
  const text = last(options, 'jobs')
  if (text === undefined) return 1
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new UserError(`--jobs ${text}: not a number of threads`)
  const changes = options.on.fix || options.on['fix-dry-run'] || options.on['update-baseline']
  const alone = changes || last(options, 'shard') !== undefined || options.args.includes('-')
  return alone || world.threads === undefined ? 1 : Math.max(1, Math.min(Number(text), Math.floor(files / worthIt)))
}

/** What the threads found, files in the order that they have here, and the worst of their exit codes. */
export async function lintInThreads(
  jobs: number,
  order: readonly string[],
  suggest: boolean,
  options: Options,
  world: World,
): Promise<{ readonly report: LintReport; readonly code: number }> {
  const argvs = Array.from({ length: jobs }, (_, i) => plainArgv(options, suggest, `${i + 1}/${jobs}`))
  const done = await world.threads!(argvs)
  const documents = done.map(({ out, err, code }) => {
    if (code === 70) throw new Error(err)
    world.err.write(err)
    return JSON.parse(out) as Document
  })
  const at = new Map(order.map((file, i) => [file, i]))
  const byFile = (a: { readonly file: string }, b: { readonly file: string }): number =>
    (at.get(a.file) ?? 0) - (at.get(b.file) ?? 0)
  const files = documents
    .flatMap((one) => one.files)
    .map((one): LintedFile => ({ ...one, total: zero, text: textOf(one.file, world) }))
  return {
    report: {
      files: files.sort(byFile),
      findings: documents
        .flatMap(({ findings }) => findings)
        .map(({ fingerprint, ...one }): Finding => ({ ...one, fingerprint: () => fingerprint }))
        .sort(byFile),
      diagnostics: documents
        .flatMap(({ diagnostics }) => diagnostics)
        .sort((a, b) => byFile({ file: a.file ?? '' }, { file: b.file ?? '' })),
    },
    code: Math.max(...done.map(({ code }) => code)),
  }
}

/** stratigraph/lint@1, as far as it is needed here. */
interface Document {
  readonly files: readonly Omit<LintedFile, 'text' | 'total'>[]
  readonly findings: readonly (Omit<Finding, 'fingerprint'> & { readonly fingerprint: string })[]
  readonly diagnostics: readonly Problem[]
}

/** The command line again, with the document for a format. */
function plainArgv({ args, on, values }: Options, suggest: boolean, shard: string): readonly string[] {
  const dropped = new Set(['format', 'output', 'jobs'])
  return [
    'lint',
    ...Object.entries(values).flatMap(([name, texts]) =>
      dropped.has(name) ? [] : (texts ?? []).map((text) => `--${name}=${text}`),
    ),
    ...Object.entries(on).map(([name, value]) => `--${name}=${value}`),
    '--format=json',
    `--shard=${shard}`,
    ...(suggest ? [] : ['--no-suggest']),
    '--',
    ...args,
  ]
}

/** For the lines that `pretty` shows. */
function textOf(file: string, { cwd }: World): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8')
  } catch {
    return ''
  }
}
