/** Yarn, its first version and the later ones. Source: documentation of both; run-size specification, section 7. */
import type { Size } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { inside } from '../shell/paths.ts'
import { about, add, sum, unknown } from '../size.ts'
import { forDevelopment } from '../sizes/npm.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
import { installFetches } from './node-downloads.ts'
import { json, packageName, projectOf, runLifecycle, runScript } from './node-places.ts'
import { corepackHome } from './npm.ts'
import { storeDevelopment, type Weight, weighLock } from './npm-lock.ts'
import { cache, cacheHome, content, contentOnce, emptied, folderOf, isOn, madeFile, temporary } from './parcels.ts'
import { isRoot } from './python-places.ts'
import type { Act } from './verbs.ts'
import { byVerb } from './verbs.ts'

/** Is it Yarn 2 or later, as far as the project or an earlier command tells? */
function isBerry(call: Call): boolean {
  if (call.state.get('yarn') === 'berry') return true
  const project = projectOf(call)
  const manager = json(call, inside(project, 'package.json'))?.packageManager
  if (typeof manager === 'string' && /^yarn@([2-9]|\d\d)/.test(manager)) return true
  return call.files.presence(inside(project, '.yarnrc.yml')) === 'yes'
}

const settings = (call: Call): string => call.files.text(inside(projectOf(call), '.yarnrc.yml')) ?? ''

function classicCache(call: Call): string {
  const named = call.flags.value('--cache-folder')
  if (named !== undefined) return call.path(named)
  const told =
    (call.state.get('yarn cache') as string | undefined) ??
    folderOf(call, 'YARN_CACHE_FOLDER', 'yarn_cache_folder') ??
    ownFolder(call, projectOf(call)) ??
    ownFolder(call, call.home)
  // Root's is below /usr/local. Source: Yarn's src/util/user-home-dir.js and user-dirs.js.
  return (
    told ??
    (isRoot(call) && call.env('XDG_CACHE_HOME') === undefined
      ? '/usr/local/share/.cache/yarn'
      : inside(cacheHome(call), 'yarn'))
  )
}

function ownFolder(call: Call, folder: string): string | undefined {
  const line = /^"?cache-folder"?[ \t]+(.+)$/m.exec(call.files.text(inside(folder, '.yarnrc')) ?? '')?.[1]
  return line === undefined ? undefined : call.path(line.trim().replace(/^"(.*)"$/, '$1'))
}

function berryCache(call: Call): string {
  const named = folderOf(call, 'YARN_CACHE_FOLDER')
  if (named !== undefined) return named
  const own = call.env('YARN_ENABLE_GLOBAL_CACHE') ?? /enableGlobalCache:\s*(\w+)/.exec(settings(call))?.[1]
  // In the project before version 4.
  const old = call.files
    .list(inside(projectOf(call), '.yarn/releases'))
    .entries.some(({ path }) => /yarn-[23]\./.test(path))
  const below = own === undefined ? old : !isOn(own)
  return below
    ? inside(projectOf(call), '.yarn/cache')
    : inside(folderOf(call, 'YARN_GLOBAL_FOLDER') ?? inside(call.home, '.yarn/berry'), 'cache')
}

function keeps(call: Call, weight?: Weight): void {
  if (isBerry(call)) {
    const folder = berryCache(call)
    const project = folder.startsWith(`${projectOf(call)}/`)
    // With plug'n'play the archives are what programs are loaded from.
    const size = weight?.yarn === undefined ? {} : { size: archives(weight, weight.yarn) }
    if (project || !isLinked(call)) content(call, folder, 'yarn archives', size)
    else cache(call, folder, 'yarn cache', { ...size, cleanup: 'yarn cache clean --all' })
  } else {
    // Archives, and all of it unpacked.
    const size = weight === undefined ? {} : { size: sum([weight.packed, weight.unpacked, described(weight)]) }
    cache(call, classicCache(call), 'yarn cache', { ...size, cleanup: 'yarn cache clean' })
  }
  compiled(call)
}

/** The first version, which starts the later ones, keeps what it is compiled to, and writes it anew at each new command. */
function compiled(call: Call): void {
  // Corepack starts what it has fetched without the first version.
  if (isBerry(call) && call.state.get('corepack') === true) return
  const uid = call.uid(call.command.user || 'root')
  call.files.removeLabel('yarn compile cache')
  temporary(call, `/tmp/v8-compile-cache-${uid ?? 0}`, 'yarn compile cache', {
    // Source: run-size specification, section 7: 2.2 MB; newer versions of Node have none.
    size: about(2_200_000, 0, 5_000_000, 'heuristic', 'compile cache of yarn'),
    cleanup: 'rm -rf /tmp/v8-compile-cache*',
  })
}

/** Packages lie in node_modules. */
const isLinked = (call: Call): boolean =>
  !isBerry(call) ||
  /^nodeLinker:\s*["']?(node-modules|pnpm)/m.test(settings(call)) ||
  /^(node-modules|pnpm)$/.test(call.env('YARN_NODE_LINKER') ?? '')

// Names stand twice in an archive. Source: an install with Yarn 4.18 on 2026-11-22, 123 archives: 213 bytes for a file.
function archives({ unpacked, packed, files }: Weight, { patched, isPacked }: NonNullable<Weight['yarn']>): Size {
  const names = about(213 * files, 140 * files, 300 * files, 'heuristic', 'names in the archives of yarn')
  if (!isPacked) return sum([unpacked, patched, names])
  // File by file, and only what gets shorter by it.
  return packed.bytes === null || packed.high === null
    ? unknown(packed.source, packed.low)
    : add(about(packed.bytes * 1.15, packed.low, packed.high * 1.5, 'heuristic', 'archives of yarn'), names)
}

// Of each package its manifest, documentation and license once more: 4.4 MB for the 486 of a measured project, 14 MB for
// the 724 of another.
const described = ({ packages }: Weight): Size =>
  about(
    11_000 * packages,
    3_000 * packages,
    26_000 * packages,
    'heuristic',
    'metadata of packages in the cache of yarn',
  )

const modulesOf = (call: Call): string => {
  const folder = call.flags.value('--modules-folder')
  return folder === undefined ? inside(projectOf(call, start(call)), 'node_modules') : call.path(folder)
}

const start = (call: Call): string => call.path(call.flags.value('--cwd') ?? '.')

// Yarn through corepack is fetched when it is first used.
function fetched(call: Call): void {
  if (call.state.get('corepack') !== true || call.files.packagesIn(corepackHome(call)).length > 0) return
  content(call, corepackHome(call), 'corepack: yarn')
}

const install: Act = (call, args) => {
  fetched(call)
  const project = projectOf(call, start(call))
  const berry = isBerry(call)
  const production = call.flags.has('--production', '--prod') || (call.env('NODE_ENV') === 'production' && !berry)
  const weight = args.length === 0 ? weighLock(call, project, 'yarn', production) : undefined
  const linked = isLinked(call)
  if (args.length > 0 && call.args[0] === 'add') {
    for (const word of args)
      content(call, linked ? modulesOf(call) : inside(project, '.yarn'), `npm:${packageName(word)}`)
    madeFile(call, inside(project, 'package.json'), 'package.json with what was added')
    madeFile(call, inside(project, 'yarn.lock'), 'lock file of yarn')
  } else if (linked) {
    contentOnce(call, modulesOf(call), 'npm packages', weight && { size: weight.installed, files: weight.files })
    if (production || call.args[1] === 'focus') call.files.removeLabel(forDevelopment)
    else if (weight === undefined) storeDevelopment(call, modulesOf(call), project)
  }
  if (berry) notes(call, project, linked, weight)
  keeps(call, weight)
  installFetches(call, project, args, production)
  if (args.length === 0 && !call.flags.has('--ignore-scripts')) runLifecycle(call, production)
  return undefined
}

// What Yarn notes of an install, and what cannot be loaded from archives. Source: installs with Yarn 4.18 on 2026-11-22.
function notes(call: Call, project: string, linked: boolean, weight: Weight | undefined): void {
  const file = (path: string, bytes: number, low: number, high: number, why: string): void =>
    weight === undefined
      ? madeFile(call, inside(project, path), why)
      : call.files.put(inside(project, path), { type: 'file', size: about(bytes, low, high, 'heuristic', why) })
  const packages = weight?.packages ?? 0
  file('.yarn/install-state.gz', 900 * packages, 300 * packages, 2_000 * packages, 'install state of yarn')
  if (linked) {
    if (weight !== undefined)
      file('node_modules/.yarn-state.yml', 300 * packages, 80 * packages, 600 * packages, 'state of yarn')
    return
  }
  // Written only where it changes.
  if (call.files.presence(inside(project, '.pnp.cjs')) === 'no') {
    const map = 436_000 + 470 * packages
    file('.pnp.cjs', map, 300_000, map * 1.5 + 100_000, "plug'n'play map of yarn")
  }
  // Packages with programs of their own, and those that ask for it or run scripts.
  if (weight?.yarn === undefined) return
  const { native, patched } = weight.yarn
  const all = weight.unpacked.high
  const size =
    native.bytes === null || patched.bytes === null || all === null
      ? unknown('packages outside of archives', native.low)
      : about(native.bytes + patched.bytes, native.low, all, 'heuristic', 'packages outside of archives')
  content(call, inside(project, '.yarn/unplugged'), 'npm packages outside of archives', { size })
}

const globalFolder = (call: Call): string =>
  isRoot(call) ? '/usr/local/share/.config/yarn/global' : inside(call.home, '.config/yarn/global')

const script: Act = (call, [name]) => {
  fetched(call)
  if (name === undefined) return undefined
  const { argv } = call.command
  runScript(
    call,
    name,
    argv.slice(argv.indexOf(name) + 1).filter((word) => word !== '--'),
    !isBerry(call),
  )
  return undefined
}

const run = byVerb(
  {
    'install|add': install,
    'remove|unplug'(call, args) {
      for (const word of args) call.files.removeLabel(`npm:${packageName(word)}`)
      return undefined
    },
    'upgrade|up|upgrade-interactive'(call) {
      content(call, modulesOf(call), 'npm: updated packages')
      keeps(call)
      return undefined
    },
    'global add'(call, args) {
      const prefix = call.flags.value('--prefix')
      const folder =
        call.flags.value('--global-folder') ?? (prefix === undefined ? globalFolder(call) : `${prefix}/lib`)
      for (const word of args) content(call, call.path(folder), `npm:${packageName(word)}`)
      keeps(call)
      return undefined
    },
    'global remove'(call, args) {
      for (const word of args) call.files.removeLabel(`npm:${packageName(word)}`)
      return undefined
    },
    'cache clean|cache clear'(call) {
      for (const folder of [classicCache(call), berryCache(call)]) {
        for (const one of call.files.packagesIn(folder))
          if (one.label?.startsWith('yarn')) call.files.removeLabel(one.label)
        emptied(call, folder)
      }
      compiled(call)
      return undefined
    },
    // Of the first version that is a folder below, with all there is.
    'cache dir': (call) => prints(textOutput(`${isBerry(call) ? berryCache(call) : classicCache(call)}\n`)),
    'workspaces focus|workspaces foreach': (call) => {
      if (call.args[1] === 'focus') return install(call, [])
      call.files.mystery('yarn workspaces', projectOf(call))
      return undefined
    },
    workspace(call) {
      call.files.mystery('yarn workspace', projectOf(call))
      return undefined
    },
    'set version|policies set-version'(call, [version = '']) {
      if (!/^(1|classic)/.test(version)) call.state.set('yarn', 'berry')
      content(call, inside(projectOf(call), '.yarn/releases'), `yarn: ${version}`)
      return undefined
    },
    'config set'(call, [key, value = '']) {
      if (key === 'cache-folder' || key === 'cacheFolder') call.state.set('yarn cache', call.path(value))
      madeFile(
        call,
        isBerry(call) ? inside(projectOf(call), '.yarnrc.yml') : inside(call.home, '.yarnrc'),
        'configuration of yarn',
      )
      return undefined
    },
    'run|run-script': script,
    'exec|dlx'(call, args) {
      const [name] = args
      if (name === undefined) return undefined
      if (call.args[0] === 'dlx') keeps(call)
      call.also([packageName(name), ...call.command.argv.slice(call.command.argv.indexOf(name) + 1)])
      return undefined
    },
    autoclean(call) {
      call.files.lessen(modulesOf(call))
      return undefined
    },
    'check|list|info|why|versions|version|audit|outdated|licenses|help|link|login|bin|dir|node|config|cache|plugin|constraints|import|pack|init|unlink':
      () => undefined,
  },
  (call, args) => (args.length === 0 ? install(call, []) : script(call, args)),
)

function yarn(call: Call): Result {
  return call.flags.has('--version', '-v', '--help', '-h') && call.args.length === 0 ? unsure : run(call)
}

export default [
  model({
    names: ['yarn', 'yarnpkg'],
    values:
      '--cache-folder --modules-folder --cwd --prefix --global-folder --registry --network-timeout --mutex --network-concurrency --link-folder --use-yarnrc --preferred-cache-folder'.split(
        ' ',
      ),
    reliable: ['cache'],
    run: yarn,
  }),
]
