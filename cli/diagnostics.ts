/** What there is to say beside a result: on standard error, one line each. */
import type { Prediction, Problem } from '../lib/model.ts'
import type { Options } from './options.ts'
import type { World } from './world.ts'

/** What may have something to say. */
export interface Said {
  readonly subject: { readonly path: string }
  readonly refused: Prediction['refused']
  readonly diagnostics: readonly Problem[]
}

/**
 * Says it all. True: the exit code is 2, because the builder would refuse, or because of a guess where `--strict` takes
 * none. `--quiet` leaves out what does not fail.
 */
export function sayAll({ subject, refused, diagnostics }: Said, options: Options, world: World): boolean {
  let failed = refused !== null
  for (const problem of diagnostics) {
    if (problem.refuses) continue
    const fatal = problem.guess === true && options.on.strict === true
    failed ||= fatal
    if (fatal || problem.severity === 'error' || !options.on.quiet)
      world.err.write(line(problem, subject.path, fatal ? 'error' : problem.severity))
  }
  if (refused) world.err.write(`${subject.path}:${refused.line}: ${oneLine(refused.message)}\n`)
  return failed
}

const line = ({ file, line, message }: Problem, path: string, severity: string): string =>
  `${file ?? path}${line === undefined ? '' : `:${line}`}: ${severity}: ${oneLine(message)}\n`

/** Control characters of a stranger's file do not reach the terminal. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
