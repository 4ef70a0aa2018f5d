/**
 * dist/stratigraph.cjs: starts the program, dist/program.txt, from code that an earlier run compiled. Compiling the program takes
 * longer than a whole prediction; kept code halves that. Beside `main.ts` the only file that touches `process`.
 *
 * V8 takes kept code only from its own version and flags, and for a source of the same length, so the file is named after
 * the program's hash; and after what decides how much of the program runs: the verb, and whether there are many arguments.
 * All that is kept is taken in at the start, needed or not: code of a run over hundreds of files makes a run over one a third
 * longer. NODE_DISABLE_COMPILE_CACHE, Node's own switch, turns it off.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** A hash of the program; the bundler puts it in. */
declare const PROGRAM_HASH: string

function start(): void {
  const folder = process.env.NODE_DISABLE_COMPILE_CACHE ? undefined : cacheFolder()
  const name = `${PROGRAM_HASH}-${process.version}-${process.arch}-${kindOf(process.argv.slice(2))}`
  const found = folder === undefined ? undefined : attempt(() => readFileSync(join(folder, name)))
  const code = found?.subarray(0, -1)
  const file = join(__dirname, 'program.txt')
  // A function of what a module gets, made by the bundler, in ASCII.
  const source = attempt(() => readFileSync(file, 'latin1'))
  if (source === undefined) {
    process.stderr.write(`stratigraph: ${file} cannot be read: the installation is not whole, install it again\n`)
    process.exit(70)
  }
  const script = new Script(source, { filename: __filename, ...(code ? { cachedData: code } : {}) })
  script.runInThisContext()(exports, require, module, __filename, __dirname)
  const seen = script.cachedDataRejected === false ? found?.at(-1) : undefined
  if (folder === undefined || seen === enoughRuns) return
  let isLong = false
  process.once('stratigraph:long' as 'exit', () => {
    isLong = true
  })
  process.once('exit', (status) => {
    // A refusal has seen little.
    if (isLong ? found !== undefined : status >= 2) return
    attempt(() => {
      if (isLong) keep(folder, name, script.createCachedData(), aLongRun)
      else if (seen === aLongRun) keep(folder, name, Buffer.of(), 0)
      else keep(folder, name, script.createCachedData(), (seen ?? 0) + 1)
    })
  })
}

/** What runs with such arguments: most of the program, where there are many; none of a verb, where it only shows its help. */
function kindOf(argv: readonly string[]): string {
  const verb = /^[a-z]{1,20}$/.exec(argv[0] ?? '')?.[0]
  if (verb === undefined || argv.includes('--help')) return 'none'
  return argv.length > manyArguments ? `${verb}-many` : verb
}

const manyArguments = 16

/** Ours alone: kept code is run, so a folder that others can write to is none. */
function cacheFolder(): string | undefined {
  return attempt(() => {
    const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'stratigraph')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = statSync(folder)
    const ours = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
    return ours ? folder : undefined
  })
}

/** Code is compiled when it first runs, so the first runs of a verb each add what they needed. */
const enoughRuns = 3

/** Stands for one run over many files. What it needed is better than nothing, until a short run empties the file. */
const aLongRun = 255

/** Each verb has its own; and a hook, a project and a second Node may each run a release of their own. */
const mostOthers = 11

/** The last byte says how many runs the code has seen, or `aLongRun`. */
function keep(folder: string, name: string, code: Buffer, seen: number): void {
  // Threads of one process may each keep what they ran.
  const beside = join(folder, `${name}.${process.pid}.${performance.now()}`)
  writeFileSync(beside, Buffer.concat([code, Buffer.of(seen)]), { mode: 0o600 })
  renameSync(beside, join(folder, name))
  const time = (file: string): number => statSync(join(folder, file)).mtimeMs
  const others = readdirSync(folder).filter((other) => other !== name)
  for (const other of others.sort((a, b) => time(b) - time(a)).slice(mostOthers)) unlinkSync(join(folder, other))
}

/** Nothing here is worth failing for: without kept code everything works, only later. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}

start()
