/**
 * dist/stratigraph.cjs: starts the program from code that an earlier run compiled. Reading and compiling the program takes
 * longer than a whole prediction; kept code halves that. Beside `main.ts` the only file that touches `process`.
 *
 * Node has this built in since 22.1 (`module.enableCompileCache`). For Node 20 the same with `vm.Script`: V8 takes kept code
 * only from its own version and flags, and for a source of the same length, so the file is named after the program's hash.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'

/** A hash of dist/program.cjs; the bundler puts it in. */
declare const PROGRAM_HASH: string

const file = join(__dirname, 'program.cjs')
const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown }

if (process.env.NODE_DISABLE_COMPILE_CACHE) require(file)
else if (enableCompileCache) {
  enableCompileCache()
  require(file)
} else start()

function start(): void {
  const folder = cacheFolder()
  const name = `${PROGRAM_HASH}-${process.version}-${process.arch}`
  const kept = folder === undefined ? undefined : attempt(() => readFileSync(join(folder, name)))
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`
  const script = new Script(source, { filename: file, ...(kept ? { cachedData: kept } : {}) })
  script.runInThisContext()(exports, require, module, file, __dirname)
  // Code is compiled when it first runs: what is kept should have seen a verb, not only `--version`.
  const worthIt = script.cachedDataRejected !== false && /^[a-z]/.test(process.argv[2] ?? '')
  if (folder !== undefined && worthIt) process.once('exit', () => attempt(() => keep(folder, name, script)))
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

function keep(folder: string, name: string, script: Script): void {
  const beside = join(folder, `${name}.${process.pid}`)
  writeFileSync(beside, script.createCachedData(), { mode: 0o600 })
  renameSync(beside, join(folder, name))
  for (const other of readdirSync(folder)) if (other !== name) unlinkSync(join(folder, other))
}

/** Nothing here is worth failing for: without kept code everything works, only later. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
