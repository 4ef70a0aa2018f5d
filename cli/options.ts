/**
 * argv → Options: the one door to yargs.
 *
 * A run takes the short road, yargs' own parser core fed from the table in `flags.ts`. Help, version text and completion
 * take yargs itself, fed from the same table and loaded only then, since loading it costs as much as a whole history.
 */
import parser from 'yargs-parser'
import { UserError } from '../lib/error.ts'
import { type FlagRow, flags, groupTitles, type SwitchName, type ValueName } from './flags.ts'
import { nearest } from './nearest.ts'
import type { VerbLine } from './verbs/index.ts'

/** What argv says, checked against the table. Plain data. */
export interface Options {
  /** Name of the verb; undefined: none was given. */
  readonly verb: string | undefined
  readonly args: readonly string[]
  readonly on: Readonly<Partial<Record<SwitchName, boolean>>>
  /** Every use, in order. */
  readonly values: Readonly<Partial<Record<ValueName, readonly string[]>>>
}

/** The last use of an option: what a value given twice means. */
export const last = (options: Options, name: ValueName): string | undefined => options.values[name]?.at(-1)

const rows: readonly FlagRow[] = flags
const byName = new Map(rows.map((row) => [row.name, row]))
const byShort = new Map(rows.flatMap((row) => (row.short ? [[row.short, row] as const] : [])))

const configuration = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'greedy-arrays': false,
  'nargs-eats-options': true,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'strip-aliased': true,
}

/** Reads argv by the short road. Throws UserError for what no verb knows and for a missing value. */
export function readOptions(argv: readonly string[]): Options {
  const valued = rows.filter((row) => row.takes).map((row) => row.name)
  const { argv: parsed, error } = parser.detailed(plain(argv), {
    alias: Object.fromEntries(rows.flatMap((row) => (row.short ? [[row.name, [row.short]]] : []))),
    boolean: rows.filter((row) => !row.takes).map((row) => row.name),
    string: valued,
    narg: Object.fromEntries(valued.map((name) => [name, 1])),
    configuration,
  })
  if (error) throw new UserError(missingValue(plain(argv)) ?? error.message)
  return collect(parsed)
}

/** Reads argv by way of yargs. For tests: both roads give the same. */
export async function readOptionsByYargs(argv: readonly string[]): Promise<Options> {
  const { default: yargs } = await import('yargs')
  const program = yargs([]).help(false).version(false).exitProcess(false).parserConfiguration(configuration)
  for (const row of rows) program.option(row.name, { ...describe(row), ...typeOf(row) })
  return collect(program.parseSync([...plain(argv)]))
}

/** Throws UserError when the verb has no such option, or a value is none of those it may have. */
export function checkOptions(options: Options, verb: VerbLine): void {
  for (const name of [...Object.keys(options.values), ...Object.keys(options.on)]) {
    const row = byName.get(name)!
    if (!fits(row, verb)) throw new UserError(`${verb.name} has no option --${name}`, helpHint(verb.name))
    const choices = name === 'format' ? verb.format?.names : row.choices
    if (!choices) continue
    const odd = options.values[name as ValueName]?.find((value) => !choices.includes(value))
    if (odd !== undefined)
      throw new UserError(`--${name} ${odd}: not one of ${choices.join(', ')}`, didYouMean(odd, choices))
  }
}

/** Help text, of a verb when argv names one, for a terminal that many columns wide. */
export const help = (argv: readonly string[], verbs: readonly VerbLine[], columns: number): Promise<string> =>
  askYargs([...argv, '--help'], verbs, columns)

/** The script for `completion`, and what that script asks for by `--get-yargs-completions`. */
export const completion = (argv: readonly string[], verbs: readonly VerbLine[]): Promise<string> =>
  askYargs(argv, verbs, 80)

/** "did you mean" for a UserError, when one of the names is near enough. */
export function didYouMean(text: string, names: readonly string[]): { hint?: string } {
  const name = nearest(text, names)
  return name === undefined ? {} : { hint: `did you mean ${name}?` }
}

const helpHint = (verb: string) => ({ hint: `stratigraph ${verb} --help lists them` })

function fits({ name, group }: FlagRow, { groups, format }: VerbLine): boolean {
  if (group === 'common') return name !== 'format' || format !== undefined
  return groups.includes(group === 'ignored' ? 'dockerfile' : group)
}

/**
 * argv in the words that yargs understands as docker does: a switch takes a value only by `=`, in any of Go's spellings,
 * and a short option may have its value glued on (`-fDockerfile`, `-qH`). Source: github.com/spf13/pflag, strconv.ParseBool.
 */
function plain(argv: readonly string[]): string[] {
  const out: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') return [...out, ...argv.slice(i)]
    const { words, open } = /^-[^-]/.test(word) ? shorts(word) : long(word)
    out.push(...words)
    if (open && i + 1 < argv.length) out.push(argv[++i]!)
  }
  return out
}

/** A word of argv as yargs has it. `open`: its value is the next word. */
interface PlainWord {
  readonly words: readonly string[]
  readonly open: boolean
}

/** `--explain` as `--explain=true`; what is no switch as it is. */
function long(word: string): PlainWord {
  const [, name = '', value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? []
  const row = byName.get(name)
  if (row && !row.takes) return { words: [`--${row.name}=${truth(row, value)}`], open: false }
  return { words: [word], open: row !== undefined && value === undefined }
}

/** `-qH`, `-fDockerfile`: the same in long words, a value that is glued on as one of its own. */
function shorts(word: string): PlainWord {
  const words: string[] = []
  for (let at = 1; at < word.length; at++) {
    const row = byShort.get(word[at]!)
    if (!row) throw unknownOption(at === 1 ? word : `-${word[at]} in ${word}`)
    const rest = word.slice(at + 1)
    if (row.takes && rest === '') return { words: [...words, `--${row.name}`], open: true }
    if (row.takes) return { words: [...words, `--${row.name}`, rest.replace(/^=/, '')], open: false }
    const value = rest.startsWith('=') ? rest.slice(1) : undefined
    words.push(`--${row.name}=${truth(row, value)}`)
    if (value !== undefined) break
  }
  return { words, open: false }
}

function truth(row: FlagRow, value: string | undefined): boolean {
  if (value === undefined || row.group === 'ignored' || /^(1|t|true)$/i.test(value)) return true
  if (/^(0|f|false)$/i.test(value)) return false
  throw new UserError(`--${row.name}=${value}: --${row.name} takes no value but true or false`)
}

/** Sorts what the parser found into switches and values. */
function collect(parsed: Readonly<Record<string, unknown>>): Options {
  const on: Partial<Record<SwitchName, boolean>> = {}
  const values: Partial<Record<ValueName, readonly string[]>> = {}
  for (const [name, value] of Object.entries(parsed)) {
    if (name === '_' || name === '$0' || value === undefined) continue
    const row = byName.get(name)
    if (!row) throw unknownOption(name.length === 1 ? `-${name}` : `--${name}`)
    if (row.takes) values[name as ValueName] = Array.isArray(value) ? value.map(String) : [String(value)]
    else on[name as SwitchName] = value === true
  }
  const [verb, ...args] = (parsed._ as readonly unknown[]).map(String)
  return { verb, args, on, values }
}

function unknownOption(text: string): UserError {
  const known = rows.filter((row) => row.says).map((row) => `--${row.name}`)
  return new UserError(`unknown option ${text}`, didYouMean(text, known))
}

/** The parser counts missing values but does not name the option: it is the last word. */
function missingValue(argv: readonly string[]): string | undefined {
  const row = byName.get(argv.at(-1)?.replace(/^--/, '') ?? '')
  return row?.takes === undefined ? undefined : `--${row.name} wants a value: --${row.name} ${row.takes}`
}

/** What yargs has to know of a row to read its values. In the help it would say no more than the placeholder does. */
const typeOf = ({ takes }: FlagRow) =>
  takes ? { type: 'string' as const, nargs: 1, requiresArg: true } : { type: 'boolean' as const }

/** A row of the table as yargs shows it. */
const describe = (row: FlagRow) => ({
  ...(row.short ? { alias: row.short } : {}),
  ...(row.choices ? { choices: row.choices } : {}),
  ...(row.says ? { describe: row.takes ? `${row.takes}: ${row.says}` : row.says } : { hidden: true }),
  ...(groupTitles[row.group] ? { group: groupTitles[row.group]! } : {}),
})

const subjects = `A SUBJECT is a folder with a Dockerfile, a Dockerfile or -, and the image is predicted; or an archive of docker \
save, an OCI archive or layout, docker-daemon:REF or docker://REF, and it is read.

stratigraph VERB --help lists the options of a verb and shows examples.`

async function askYargs(argv: readonly string[], verbs: readonly VerbLine[], columns: number): Promise<string> {
  const { default: yargs } = await import('yargs')
  const named = verbs.find((verb) => argv.includes(verb.name))
  const examples = named ? (await named.load()).verb.examples : []
  const program = yargs([])
    .scriptName('stratigraph')
    .exitProcess(false)
    .detectLocale(false)
    .parserConfiguration(configuration)
    .wrap(columns)
    .help('help', 'this text')
    .alias('help', 'h')
    .group('help', 'Common:')
    .version(false)
  if (!named) program.usage('stratigraph: see the image before you build it\n\n$0 VERB [options]').epilogue(subjects)
  for (const verb of verbs)
    program.command(`${verb.name}`, verb.says, (one) => {
      one.usage(`$0 ${verb.name} ${verb.takes}\n\n${verb.says}`)
      for (const row of rows)
        if (fits(row, verb) && row.name !== 'help')
          one.option(row.name, describe(row.name === 'format' ? { ...row, ...verb.format } : row))
      one.group('help', 'Common:')
      for (const [command, says] of examples) one.example(command, says)
      return one
    })
  program.completion('completion', 'print a script for shell completion')
  let text = ''
  await program.parseAsync([...argv], {}, (_error, _argv, output) => {
    text = output
  })
  return `${text.trimEnd().replace(/ +\[boolean\]$/gm, '')}\n`
}
