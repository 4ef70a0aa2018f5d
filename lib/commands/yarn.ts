/** Yarn, its first version and the later ones. Source: documentation of both; run-size specification, section 7. */
import type { Size } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { inside } from '../shell/paths.ts'
import { about, sum, unknown } from '../size.ts'
import { forDevelopment } from '../sizes/npm.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
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
    (call.state.get('yarn cache') as string | undefined) ?? folderOf(call, 'YARN_CACHE_FOLDER', 'yarn_cache_folder')
  // Root's is below /usr/local. Source: Yarn's src/util/user-home-dir.js and user-dirs.js.
  return (
    told ??
    (isRoot(call) && call.env('XDG_CACHE_HOME') === undefined
      ? '/usr/local/share/.cache/yarn'
      : inside(cacheHome(call), 'yarn'))
  )
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
    const size = weight === undefined ? {} : { size: between(weight.packed, weight.unpacked, 'archives of yarn') }
    if (project || /nodeLinker:\s*pnp/.test(settings(call))) content(call, folder, 'yarn archives', size)
    else cache(call, folder, 'yarn cache', { ...size, cleanup: 'yarn cache clean --all' })
    return
  }
  // Archives, and all of it unpacked.
  const size = weight === undefined ? {} : { size: sum([weight.packed, weight.unpacked, described(weight)]) }
  cache(call, classicCache(call), 'yarn cache', { ...size, cleanup: 'yarn cache clean' })
  const uid = call.uid(call.command.user || 'root')
  temporary(call, `/tmp/v8-compile-cache-${uid ?? 0}`, 'yarn compile cache', {
    // Source: run-size specification, section 7: 2.2 MB; newer versions of Node have none.
    size: about(2_200_000, 0, 5_000_000, 'heuristic', 'compile cache of yarn'),
    cleanup: 'rm -rf /tmp/v8-compile-cache*',
  })
}

// Of each package its manifest, documentation and license once more: 4.4 MB for the 486 of a measured project.
const described = ({ packages }: Weight): Size =>
  about(9_000 * packages, 3_000 * packages, 18_000 * packages, 'heuristic', 'metadata of packages in the cache of yarn')

// Archives are stored packed or as they are, by version and setting.
const between = (low: Size, high: Size, source: string): Size =>
  low.bytes === null || high.bytes === null || high.high === null
    ? unknown(source, low.low)
    : about((low.bytes + high.bytes) / 2, low.low, high.high, 'heuristic', source)

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
  const linked = !berry || /nodeLinker:\s*"?(node-modules|pnpm)/.test(settings(call))
  if (args.length > 0 && call.args[0] === 'add') {
    for (const word of args)
      content(call, linked ? modulesOf(call) : inside(project, '.yarn'), `npm:${packageName(word)}`)
    madeFile(call, inside(project, 'package.json'), 'package.json with what was added')
    madeFile(call, inside(project, 'yarn.lock'), 'lock file of yarn')
  } else if (linked) {
    contentOnce(call, modulesOf(call), 'npm packages', weight && { size: weight.unpacked, files: weight.files })
    if (production || call.args[1] === 'focus') call.files.removeLabel(forDevelopment)
    else if (weight === undefined) storeDevelopment(call, modulesOf(call), project)
  }
  // Written only where it changes.
  if (!linked && call.files.presence(inside(project, '.pnp.cjs')) === 'no')
    madeFile(call, inside(project, '.pnp.cjs'), "plug'n'play map of yarn")
  if (berry) madeFile(call, inside(project, '.yarn/install-state.gz'), 'install state of yarn')
  keeps(call, weight)
  if (args.length === 0 && !call.flags.has('--ignore-scripts')) runLifecycle(call, production)
  return undefined
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
