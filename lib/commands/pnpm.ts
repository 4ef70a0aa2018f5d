/** pnpm, Bun and Deno. Source: their documentation on stores and caches; run-size specification, section 5. */
import type { Size } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { inside } from '../shell/paths.ts'
import { about, unknown } from '../size.ts'
import { forDevelopment } from '../sizes/npm.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
import { globalPrefix, npmFolder, packageName, projectOf, runLifecycle, runScript } from './node-places.ts'
import { corepackHome } from './npm.ts'
import { storeDevelopment, type Weight, weighLock, weighNpmLock } from './npm-lock.ts'
import { cache, cacheHome, content, contentOnce, dataHome, emptied, folderOf, isOn, made, madeFile } from './parcels.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

const project = (call: Call): string => {
  const folder = call.flags.value('-C', '--dir', '--cwd')
  return folder === undefined ? projectOf(call) : call.path(folder)
}

const wordsAfter = (call: Call, word: string): readonly string[] => {
  const { argv } = call.command
  return argv.slice(argv.indexOf(word) + 1).filter((one) => one !== '--')
}

// ---- pnpm ---------------------------------------------------------------------------------------------

function store(call: Call): string {
  const named = call.flags.value('--store-dir', '--store')
  if (named !== undefined) return call.path(named)
  const told = call.state.get('pnpm store') as string | undefined
  const home = folderOf(call, 'PNPM_HOME')
  return (
    folderOf(call, 'PNPM_STORE_DIR') ??
    told ??
    npmFolder(call, 'store-dir') ??
    (home === undefined ? inside(dataHome(call), 'pnpm/store') : inside(home, 'store'))
  )
}

// What the store has besides the files themselves, which lie in node_modules by hard links: of each package a list with a
// line for each file, measured of three projects.
function pnpmKeeps(call: Call, weight?: Weight): void {
  const likely = weight === undefined ? undefined : 300 * weight.packages + 200 * weight.files
  const lists =
    likely === undefined ? {} : { size: about(likely, likely * 0.7, likely * 1.8, 'heuristic', 'lists of the store') }
  cache(call, store(call), 'pnpm store', { ...lists, cleanup: `rm -rf ${store(call)}` })
  // A lock file that is at hand says it all: no metadata is asked for.
  if (weight === undefined && !call.flags.has('--frozen-lockfile'))
    cache(call, inside(cacheHome(call), 'pnpm'), 'pnpm cache')
  checkForUpdate(call)
}

// A file that two packages have alike is in the store, and so in the layer, once. Of three projects 1, 3 and 11 in a hundred bytes.
const shared = (size: Size): Size =>
  size.bytes === null || size.bytes === 0 ? size : { ...size, low: Math.floor(size.low * 0.88), basis: 'heuristic' }

// The first install looks for a newer pnpm, and keeps pnpm's own metadata. Source: pnpm's checkForUpdates; recorded build
// pnpm-install, 3,256,113 bytes, and one of pnpm 8 on 2026-11-22, 3,257,854.
function checkForUpdate(call: Call): void {
  const off = isOn(call.env('CI')) || call.env('npm_config_update_notifier') === 'false' || call.flags.has('--offline')
  // Corepack decides which version it is.
  if (off || call.state.get('corepack') === true || call.state.get('pnpm looked for an update') === true) return
  call.state.set('pnpm looked for an update', true)
  const size = about(3_257_000, 2_500_000, 5_000_000, 'heuristic', 'metadata of pnpm, of its look for a newer one')
  cache(call, inside(cacheHome(call), 'pnpm/metadata'), 'metadata of pnpm', { size })
}

// A lock file made from npm's has the same packages.
const weightOf = (call: Call): Weight | undefined => {
  const omitDev = call.flags.has('-P', '--prod', '--production') || call.env('NODE_ENV') === 'production'
  return (
    weighLock(call, project(call), 'pnpm', omitDev) ??
    (call.state.get('pnpm import') === true ? weighNpmLock(call, project(call), omitDev) : undefined)
  )
}

function fetched(call: Call): void {
  if (call.state.get('corepack') !== true || call.files.packagesIn(corepackHome(call)).length > 0) return
  content(call, corepackHome(call), 'corepack: pnpm')
}

const isProduction = (call: Call): boolean =>
  call.flags.has('-P', '--prod', '--production') || call.env('NODE_ENV') === 'production'

const isGlobal = (call: Call): boolean => call.flags.has('-g', '--global')

const install: Act = (call, args) => {
  fetched(call)
  const names = args
  const weight = args.length === 0 && !isGlobal(call) ? weightOf(call) : undefined
  if (isGlobal(call)) {
    const home = folderOf(call, 'PNPM_HOME') ?? inside(globalPrefix(call), 'lib/node_modules')
    for (const word of names) content(call, home, `npm:${packageName(word)}`)
  } else if (!call.flags.has('--lockfile-only')) {
    const modules = inside(project(call), 'node_modules')
    if (names.length === 0) {
      contentOnce(call, modules, 'npm packages', weight && { size: shared(weight.unpacked), files: weight.files })
      if (isProduction(call)) call.files.removeLabel(forDevelopment)
      else if (weight === undefined) storeDevelopment(call, modules, project(call))
    }
    for (const word of names) content(call, modules, `npm:${packageName(word)}`)
  }
  if (!isGlobal(call) && names.length > 0) {
    madeFile(call, inside(project(call), 'package.json'), 'package.json with what was added')
    madeFile(call, inside(project(call), 'pnpm-lock.yaml'), 'lock file of pnpm')
  }
  pnpmKeeps(call, weight)
  if (names.length === 0 && !isGlobal(call) && !call.flags.has('--ignore-scripts'))
    runLifecycle(call, isProduction(call))
  return undefined
}

const remove: Act = (call, args) => {
  for (const word of args) call.files.removeLabel(`npm:${packageName(word)}`)
  return undefined
}

const script: Act = (call, [name]) => {
  fetched(call)
  if (name === undefined) return undefined
  if (call.flags.has('-r', '--recursive', '-F', '--filter')) call.files.mystery(`pnpm run ${name}`, project(call))
  else runScript(call, name, wordsAfter(call, name), false)
  return undefined
}

const execute: Act = (call, args) => {
  const [name] = args
  if (name === undefined) return undefined
  if (call.args[0] === 'dlx') cache(call, inside(cacheHome(call), 'pnpm/dlx'), `pnpm dlx: ${packageName(name)}`)
  call.also([packageName(name), ...wordsAfter(call, name)])
  return undefined
}

const pnpm = byVerb(
  {
    'install|i|add|install-test|it|ci': install,
    'update|up|upgrade'(call) {
      content(call, inside(project(call), 'node_modules'), 'npm: updated packages')
      pnpmKeeps(call)
      return undefined
    },
    'remove|rm|uninstall|un': remove,
    fetch(call) {
      fetched(call)
      content(call, inside(project(call), 'node_modules/.pnpm'), 'pnpm: fetched packages')
      pnpmKeeps(call)
      return undefined
    },
    deploy(call, args) {
      const folder = args.at(-1)
      if (folder !== undefined)
        content(call, call.path(folder), `pnpm deploy ${call.flags.value('--filter', '-F') ?? ''}`.trim())
      return undefined
    },
    import(call) {
      call.state.set('pnpm import', true)
      const weight = weighNpmLock(call, project(call), false)
      const each = (bytes: number, what: string) =>
        weight === undefined
          ? unknown(what)
          : about(
              weight.packages * bytes,
              weight.packages * bytes * 0.2,
              weight.packages * bytes * 2.5,
              'heuristic',
              what,
            )
      call.files.put(inside(project(call), 'pnpm-lock.yaml'), { type: 'file', size: each(300, 'lock file of pnpm') })
      // Metadata of every package that may be meant. Source: run-size specification, section 7: 6,725,909 for 125.
      cache(call, inside(cacheHome(call), 'pnpm'), 'pnpm cache', { size: each(54_000, 'metadata of packages') })
      return undefined
    },
    prune(call) {
      if (isProduction(call)) call.files.removeLabel(forDevelopment)
      call.files.lessen(inside(project(call), 'node_modules'))
      return undefined
    },
    // What is linked from node_modules stays.
    'store prune'(call) {
      call.files.lessen(store(call))
      emptied(call, inside(cacheHome(call), 'pnpm'))
      return undefined
    },
    // A folder below, with all there is.
    'store path': (call) => prints(textOutput(`${store(call)}\n`)),
    'cache delete'(call) {
      emptied(call, inside(cacheHome(call), 'pnpm'))
      return undefined
    },
    'config set|set'(call, [key, value = '']) {
      if (key === 'store-dir') call.state.set('pnpm store', call.path(value))
      madeFile(call, inside(call.home, '.config/pnpm/rc'), 'configuration of pnpm')
      return undefined
    },
    setup(call) {
      content(call, folderOf(call, 'PNPM_HOME') ?? inside(dataHome(call), 'pnpm'), 'pnpm')
      return undefined
    },
    env(call) {
      content(call, folderOf(call, 'PNPM_HOME') ?? inside(dataHome(call), 'pnpm'), 'node of pnpm')
      return undefined
    },
    'run|run-script': script,
    'exec|dlx': execute,
    'test|t|start|audit|list|ls|why|outdated|licenses|root|bin|view|info|store status|config get|config list|rebuild|rb|link|pack|publish|init|approve-builds|self-update':
      nothing,
  },
  (call, args) => (args.length === 0 ? undefined : script(call, args)),
)

// ---- Bun ----------------------------------------------------------------------------------------------

const bunHome = (call: Call): string => folderOf(call, 'BUN_INSTALL') ?? inside(call.home, '.bun')
const bunCache = (call: Call): string =>
  folderOf(call, 'BUN_INSTALL_CACHE_DIR') ?? inside(bunHome(call), 'install/cache')

const bunInstall: Act = (call, args) => {
  if (isGlobal(call))
    for (const word of args) content(call, inside(bunHome(call), 'install/global'), `npm:${packageName(word)}`)
  else {
    const modules = inside(project(call), 'node_modules')
    if (args.length === 0) contentOnce(call, modules, 'npm packages')
    for (const word of args) content(call, modules, `npm:${packageName(word)}`)
    if (args.length > 0) madeFile(call, inside(project(call), 'bun.lock'), 'lock file of Bun')
  }
  if (!call.flags.has('--no-cache')) cache(call, bunCache(call), 'bun cache', { cleanup: 'bun pm cache rm' })
  if (args.length === 0 && !call.flags.has('--ignore-scripts')) runLifecycle(call, call.flags.has('-p', '--production'))
  return undefined
}

const bunScript: Act = (call, [name]) => {
  if (name === undefined) return undefined
  if (/\.[cm]?[jt]sx?$/.test(name)) call.files.mystery(`bun ${name}`, project(call))
  else runScript(call, name, wordsAfter(call, name))
  return undefined
}

const bun = byVerb(
  {
    'install|i|add|a|ci': bunInstall,
    'remove|rm': remove,
    'update|upgrade'(call) {
      if (call.args[0] === 'update') content(call, inside(project(call), 'node_modules'), 'npm: updated packages')
      else content(call, bunHome(call), 'bun')
      return undefined
    },
    'pm cache'(call, [verb]) {
      if (verb === 'rm') emptied(call, bunCache(call))
      return undefined
    },
    build(call) {
      const [folder, file] = [call.flags.value('--outdir'), call.flags.value('--outfile')]
      if (file !== undefined) madeFile(call, call.path(file), 'built by Bun', 0o755)
      else made(call, call.path(folder ?? '.'), 'bun build')
      return undefined
    },
    x: (call, args) => {
      cache(call, bunCache(call), 'bun cache', { cleanup: 'bun pm cache rm' })
      return execute(call, args)
    },
    'test|pm|outdated|audit|link|init|create|repl': nothing,
    run: bunScript,
  },
  (call, args) => bunScript(call, args),
)

// ---- Deno ---------------------------------------------------------------------------------------------

const denoKeeps = (call: Call): void =>
  cache(call, folderOf(call, 'DENO_DIR') ?? inside(cacheHome(call), 'deno'), 'deno cache', { cleanup: 'deno clean' })

const deno = byVerb({
  // What it loads programs from when the image runs: no waste.
  'cache|install|add|i'(call, args) {
    const folder = folderOf(call, 'DENO_DIR') ?? inside(cacheHome(call), 'deno')
    content(call, folder, 'deno: project dependencies')
    if (isGlobal(call))
      content(call, folderOf(call, 'DENO_INSTALL_ROOT') ?? inside(call.home, '.deno'), `deno: ${args[0] ?? ''}`)
    return undefined
  },
  'compile|bundle'(call, args) {
    madeFile(call, call.path(call.flags.value('-o', '--output') ?? args[1] ?? 'a.out'), 'built by Deno', 0o755)
    denoKeeps(call)
    return undefined
  },
  'run|task|eval|test|bench'(call, args) {
    denoKeeps(call)
    if (call.args[0] !== 'test') call.files.mystery(`deno ${call.args[0]} ${args[0] ?? ''}`.trim(), project(call))
    return undefined
  },
  clean(call) {
    emptied(call, folderOf(call, 'DENO_DIR') ?? inside(cacheHome(call), 'deno'))
    return undefined
  },
})

const ofVersion =
  (run: (call: Call) => Result) =>
  (call: Call): Result =>
    call.args.length === 0 && call.flags.has('--version', '-v', '-V', '--help', '-h') ? unsure : run(call)

export default [
  model({
    names: ['pnpm', 'pnpx'],
    values: [
      '-C',
      '--dir',
      '--store-dir',
      '--store',
      '-F',
      '--filter',
      '--filter-prod',
      '--reporter',
      '--loglevel',
      '--network-concurrency',
      '--child-concurrency',
      '--registry',
      '--virtual-store-dir',
    ],
    run: ofVersion((call) => (call.name === 'pnpx' ? (execute(call, call.args) ?? unsure) : pnpm(call))),
  }),
  model({
    names: ['bun', 'bunx'],
    values: ['--cwd', '--outdir', '--outfile', '--target', '--backend', '--registry', '--filter', '-c', '--config'],
    run: ofVersion((call) => (call.name === 'bunx' ? (execute(call, call.args) ?? unsure) : bun(call))),
  }),
  model({
    names: ['deno'],
    values: '-o --output -c --config --lock --target --import-map --root -n --name'.split(' '),
    run: ofVersion(deno),
  }),
]
