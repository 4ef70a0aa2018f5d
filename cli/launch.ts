/**
 * dist/stratigraph.cjs: starts the program, dist/program.txt, from code that an earlier run compiled. Compiling the program takes
 * longer than a whole prediction; kept code halves that. Beside `main.ts` the only file that touches `process`.
 *
 * V8 takes kept code only from its own version and flags, and for a source of the same length, so the file is named after
 * the program's hash. NODE_DISABLE_COMPILE_CACHE, Node's own switch, turns it off.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** A hash of the program; the bundler puts it in. */
declare const PROGRAM_HASH: string

start()

function start(): void {
  const folder = process.env.NODE_DISABLE_COMPILE_CACHE ? undefined : cacheFolder()
  const name = `${PROGRAM_HASH}-${process.version}-${process.arch}`
  const code = folder === undefined ? undefined : attempt(() => readFileSync(join(folder, name)))
  // A function of what a module gets, made by the bundler, in ASCII.
  const source = readFileSync(join(__dirname, 'program.txt'), 'latin1')
  const script = new Script(source, { filename: __filename, ...(code ? { cachedData: code } : {}) })
  script.runInThisContext()(exports, require, module, __filename, __dirname)
  // Code is compiled when it first runs: what is kept should have seen a verb, not only `--version`.
  const worthIt = script.cachedDataRejected !== false && /^[a-z]/.test(process.argv[2] ?? '')
  if (folder === undefined || !worthIt) return
  let kept = false
  const once = (): void => {
    if (!kept) attempt(() => keep(folder, name, script))
    kept = true
  }
  process.once('exit', once)
  // A long run asks for it earlier.
  process.once('stratigraph:keep' as 'exit', once)
}

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

/** A hook, a project and a second Node may each run a release of their own. */
const mostOthers = 3

function keep(folder: string, name: string, script: Script): void {
  const beside = join(folder, `${name}.${process.pid}`)
  writeFileSync(beside, script.createCachedData(), { mode: 0o600 })
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
