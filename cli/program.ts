/** From argv to an exit code: finds the verb, runs it, and says what went wrong in the way each kind of error deserves. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../lib/error.ts'
import { version } from '../lib/version.ts'
import { checkOptions, completion, didYouMean, help, readOptions } from './options.ts'
import { verbs as allVerbs, type VerbLine } from './verbs/index.ts'
import type { World } from './world.ts'

/** Runs one command line. Never throws; the result is the exit code, see cli.md. */
export async function run(
  argv: readonly string[],
  world: World,
  verbs: readonly VerbLine[] = allVerbs,
): Promise<number> {
  try {
    return await dispatch(argv, world, verbs)
  } catch (error) {
    if (error instanceof UserError) {
      world.err.write(`${complaint(error)}\n`)
      return 2
    }
    world.err.write(defect(error, argv.includes('--verbose')))
    return 70
  }
}

/**
 * One line. A place in a file stands first, as compilers write it; otherwise our name does. Control characters, which names
 * in a stranger's archive may have, do not reach the terminal.
 */
export function complaint(error: UserError): string {
  const text = error.message + (error.hint === undefined ? '' : ` (${error.hint})`)
  const line = text.replace(/\s*\n\s*/g, ' ').replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
  return /^\S.*?:\d+(:\d+)?: /.test(line) ? line : `stratigraph: ${line}`
}

async function dispatch(argv: readonly string[], world: World, verbs: readonly VerbLine[]): Promise<number> {
  const print = (text: string) => {
    world.out.write(text)
    return 0
  }
  if (argv[0] === 'completion' || argv.includes('--get-yargs-completions')) return print(await completion(argv, verbs))
  const columns = Math.min(world.out.columns(), 110)
  if (argv[0] === 'help') return print(await help(argv.slice(1), verbs, columns))
  if (argv.includes('--help') || argv.includes('-h')) return print(await help(argv, verbs, columns))
  const options = readOptions(argv)
  if (options.on.version) return print(`${version}\n`)
  const verb = verbs.find((one) => one.name === options.verb)
  if (!verb) throw noVerb(options.verb, world, verbs)
  checkOptions(options, verb)
  return (await verb.load()).verb.run(options, world)
}

function noVerb(text: string | undefined, world: World, verbs: readonly VerbLine[]): UserError {
  const hint = 'stratigraph --help lists the verbs'
  if (text === undefined) return new UserError('no verb given', { hint })
  const meant = didYouMean(
    text,
    verbs.map((verb) => verb.name),
  )
  if (meant.hint === undefined && existsSync(resolve(world.cwd, text)))
    return new UserError(`${text} is no verb`, { hint: `stratigraph history ${text}` })
  return new UserError(`${text} is no verb`, { hint: meant.hint ?? hint })
}

/** What to say when we are wrong: how to report it, and where it happened only when asked. */
export function defect(error: unknown, verbose: boolean): string {
  const message = error instanceof Error ? error.message : String(error)
  const trace = verbose && error instanceof Error ? `${error.stack}\n` : ''
  return `stratigraph: a defect of stratigraph ${version}, not of your input: ${message}
Please report it where you got stratigraph from, with this text, the command line and, if you may share it, the input.
${trace || '--verbose adds the place in the program.\n'}`
}
