/** npm, npx and corepack. Source: npm documentation (cache, config, scripts); run-size specification, section 5. */
import { textOutput } from '../shell/command.ts'
import { inside } from '../shell/paths.ts'
import { about } from '../size.ts'
import { forDevelopment, npmGlobal, npmLog } from '../sizes/npm.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
import { installFetches } from './node-downloads.ts'
import { globalPrefix, npmFolder, npmSetting, packageName, projectOf, runLifecycle, runScript } from './node-places.ts'
import type { Wanted } from './npm-lock.ts'
import { installLocked, pruneLocked, storeDevelopment } from './npm-lock.ts'
import { cache, content, contentOnce, emptied, folderOf, isOn, madeFile, stored, temporary } from './parcels.ts'
import type { Act } from './verbs.ts'
import { byVerb } from './verbs.ts'

/** Folder of npm's cache. */
export function npmCache(call: Call): string {
  const named = call.flags.value('--cache')
  return named === undefined ? (npmFolder(call, 'cache') ?? inside(call.home, '.npm')) : call.path(named)
}

// Each run writes a log, unless told not to.
function log(call: Call): void {
  const most = call.flags.value('--logs-max') ?? npmSetting(call, 'logs-max')
  if (most !== '0') stored(call, [npmLog(npmCache(call))])
}

/** What an install leaves behind in the cache, and its log. */
export function npmKeeps(call: Call): void {
  cache(call, inside(npmCache(call), '_cacache'), 'npm cache', { cleanup: 'npm cache clean --force' })
  log(call)
}

const isGlobal = (call: Call): boolean =>
  call.flags.has('-g', '--global') || call.flags.value('--location') === 'global'

/** Kinds of packages that stay out: by flag, else by the environment. */
function omitted(call: Call): readonly string[] {
  const told = call.flags.all('--omit')
  return told.length > 0 ? told : (call.env('npm_config_omit') ?? call.env('NPM_CONFIG_OMIT') ?? '').split(/[\s,]+/)
}

const isProduction = (call: Call): boolean =>
  (call.flags.has('--production', '--prod') && call.flags.value('--production') !== 'false') ||
  /^prod/.test(call.flags.value('--only') ?? '') ||
  omitted(call).includes('dev') ||
  (call.env('NODE_ENV') === 'production' && !call.flags.all('--include').includes('dev')) ||
  isOn(call.env('NPM_CONFIG_PRODUCTION'))

const folderFor = (call: Call): string => {
  const prefix = call.flags.value('--prefix', '-C')
  return prefix === undefined ? projectOf(call) : call.path(prefix)
}

// Node brings npm 5 from version 8 on. Source: nodejs.org/dist/index.json.
const firstWithNpm5 = 8

/** Is it surely an npm below 5, whose `cache clean` needs no --force? Source: npm 5's release notes. */
function isOld(call: Call): boolean {
  const own = call.state.get('npm version') as string | undefined
  if (own !== undefined) return /^[~^v]?[1-4](?:\.|$)/.test(own)
  const node = /^v?(\d+)\./.exec(call.env('NODE_VERSION') ?? '')?.[1]
  return node !== undefined && Number(node) < firstWithNpm5
}

function globalInstall(call: Call, args: readonly string[]): void {
  const itself = args.find((word) => packageName(word) === 'npm')
  if (itself !== undefined) call.state.set('npm version', itself.slice('npm@'.length) || 'latest')
  const prefix = call.path(call.flags.value('--prefix') ?? globalPrefix(call))
  const measured = args.every((word) => /.@\d/.test(word)) ? npmGlobal(args, prefix, npmCache(call)) : undefined
  if (measured !== undefined) {
    stored(call, measured)
    return
  }
  for (const word of args)
    content(call, inside(prefix, `lib/node_modules/${packageName(word)}`), `npm:${packageName(word)}`)
  npmKeeps(call)
  installFetches(call, prefix, args, true)
}

const wantedBy = (call: Call): Wanted => ({
  folder: folderFor(call),
  cache: npmCache(call),
  verb: call.args[0] === 'ci' || call.flags.has('--no-package-lock') ? 'ci' : 'install',
  omitDev: isProduction(call),
  omitOptional: omitted(call).includes('optional') || call.flags.has('--no-optional'),
  omitPeer: omitted(call).includes('peer'),
})

const install: Act = (call, args) => {
  if (call.flags.has('--dry-run')) return undefined
  if (isGlobal(call)) {
    globalInstall(call, args.length > 0 ? args : [projectOf(call)])
    return undefined
  }
  const folder = folderFor(call)
  const lockOnly = call.flags.has('--package-lock-only')
  const fromLock = args.length === 0 && !lockOnly
  if (!fromLock || !installLocked(call, wantedBy(call))) {
    const labels = args.length === 0 ? ['npm packages'] : args.map((word) => `npm:${packageName(word)}`)
    for (const label of lockOnly ? [] : labels) contentOnce(call, inside(folder, 'node_modules'), label)
    if (fromLock && isProduction(call)) call.files.removeLabel(forDevelopment)
    else if (fromLock) storeDevelopment(call, inside(folder, 'node_modules'), folder)
    locked(call, folder, args)
    npmKeeps(call)
  }
  installFetches(call, folder, args, isProduction(call))
  if (fromLock && !call.flags.has('--ignore-scripts')) runLifecycle(call, isProduction(call))
  return undefined
}

// What is added is written down; a project without a lock file gets one.
function locked(call: Call, folder: string, args: readonly string[]): void {
  const lock = inside(folder, 'package-lock.json')
  const saves = args.length > 0 ? !call.flags.has('--no-save') : call.files.presence(lock) === 'no'
  if (!saves || call.args[0] === 'ci' || call.flags.has('--no-package-lock')) return
  if (args.length > 0) madeFile(call, inside(folder, 'package.json'), 'package.json with what was added')
  madeFile(call, lock, 'lock file of npm')
}

// A clean install begins by taking away what is there.
const ci: Act = (call) => {
  call.files.remove(inside(folderFor(call), 'node_modules'))
  return install(call, [])
}

const uninstall: Act = (call, args) => {
  for (const word of args) call.files.removeLabel(`npm:${packageName(word)}`)
  log(call)
  return undefined
}

// Without a lock file at hand nobody knows what goes.
const prune: Act = (call) => {
  const production = isProduction(call)
  if (production && call.args[0] === 'prune' && pruneLocked(call, { ...wantedBy(call), verb: 'install' }))
    return undefined
  if (production) call.files.removeLabel(forDevelopment)
  call.files.lessen(inside(folderFor(call), 'node_modules'))
  log(call)
  return undefined
}

const clean: Act = (call) => {
  const folder = npmCache(call)
  if (call.flags.has('-f', '--force') || isOld(call)) {
    emptied(call, inside(folder, '_cacache'))
    emptied(call, inside(folder, '_npx'))
  }
  log(call)
  return undefined
}

const run: Act = (call, [name]) => {
  if (name === undefined) return undefined
  const { argv } = call.command
  const rest = argv.indexOf('--')
  runScript(call, name, rest < 0 ? [] : argv.slice(rest + 1))
  log(call)
  return undefined
}

const configure: Act = (call, args) => {
  const [key = '', value = ''] = args[0]?.includes('=') ? args[0].split('=') : args
  if (key === 'prefix') call.state.set('npm prefix', call.path(value))
  if (key === 'cache') call.state.set('npm cache', call.path(value))
  const file = isGlobal(call) ? inside(globalPrefix(call), 'etc/npmrc') : inside(call.home, '.npmrc')
  madeFile(call, file, 'configuration of npm')
  return undefined
}

const npm = byVerb({
  'install|i|in|add|isntall|install-test|it': install,
  'ci|clean-install|ic|cit': ci,
  'update|up|upgrade|udpate'(call, args) {
    if (isGlobal(call)) globalInstall(call, args)
    else content(call, inside(folderFor(call), 'node_modules'), 'npm: updated packages')
    npmKeeps(call)
    return undefined
  },
  'uninstall|remove|rm|un|unlink|r': uninstall,
  'prune|dedupe|ddp': prune,
  'cache clean|cache clear|cache rm': clean,
  'run|run-script': run,
  'test|t|start|stop|restart': (call) => run(call, [call.args[0] === 't' ? 'test' : call.args[0]!]),
  'config set|set|c set': configure,
  'config get|get'(call, [key]) {
    const value = key === 'cache' ? npmCache(call) : key === 'prefix' ? globalPrefix(call) : undefined
    return value === undefined ? undefined : prints(textOutput(`${value}\n`))
  },
  'config delete|config rm': (call) => configure(call, ['', '']),
  rebuild(call) {
    content(call, inside(folderFor(call), 'node_modules'), 'npm: rebuilt packages')
    log(call)
    return undefined
  },
  link(call, args) {
    if (args.length === 0) globalInstall(call, [projectOf(call)])
    return undefined
  },
  pack(call) {
    call.files.mystery('npm pack', call.path(call.flags.value('--pack-destination') ?? '.'))
    return undefined
  },
  'init|create'(call) {
    if (call.flags.has('-y', '--yes') && call.args.length === 1)
      call.files.put(call.path('package.json'), {
        type: 'file',
        // Source: run-size specification, section 5.
        size: about(300, 150, 1_000, 'heuristic', 'package.json of npm init'),
      })
    else call.files.mystery('npm init', call.path('.'))
    log(call)
    return undefined
  },
  'exec|x': (call, args) => execute(call, args),
  version(call, args) {
    if (args.length > 0) madeFile(call, inside(projectOf(call), 'package.json'), 'package.json with another version')
    return undefined
  },
})

/** `npx X`: fetched where it is not at hand, then run. */
const execute: Act = (call, args) => {
  const name = call.flags.value('-p', '--package') ?? args[0]
  if (name === undefined) return undefined
  const project = projectOf(call)
  const own = inside(project, 'node_modules')
  const here =
    call.files.packagesIn(own).length > 0 || call.files.presence(inside(own, `.bin/${packageName(name)}`)) === 'yes'
  if (!here || /@[\d^~l]/.test(name.slice(1))) {
    content(call, inside(npmCache(call), '_npx'), `npx: ${packageName(name)}`)
    npmKeeps(call)
  }
  const at = call.command.argv.indexOf(args[0] ?? '')
  if (at > 0) call.also([packageName(args[0]!), ...call.command.argv.slice(at + 1)])
  return undefined
}

// ---- corepack -----------------------------------------------------------------------------------------

/** Where corepack keeps package managers. */
export const corepackHome = (call: Call): string =>
  folderOf(call, 'COREPACK_HOME') ??
  inside(folderOf(call, 'XDG_CACHE_HOME') ?? inside(call.home, '.cache'), 'node/corepack')

const shims: Readonly<Record<string, readonly string[]>> = {
  yarn: ['yarn', 'yarnpkg'],
  pnpm: ['pnpm', 'pnpx'],
  npm: ['npm', 'npx'],
}

function corepack(call: Call): Result {
  const [verb, ...names] = call.args
  const bin = call.path(call.flags.value('--install-directory') ?? inside(globalPrefix(call), 'bin'))
  const managers = names.length > 0 ? names.map(packageName) : ['yarn', 'pnpm']
  if (verb === 'enable') {
    for (const name of managers.flatMap((one) => shims[one] ?? []))
      call.files.put(inside(bin, name), { type: 'symlink', link: `../lib/node_modules/corepack/dist/${name}.js` })
    call.state.set('corepack', true)
  } else if (verb === 'disable') {
    for (const name of managers.flatMap((one) => shims[one] ?? [])) call.files.remove(inside(bin, name))
  } else if (verb === 'prepare' || verb === 'install' || verb === 'use' || verb === 'up' || verb === 'hydrate') {
    for (const name of names.length > 0 ? names : ['package manager'])
      content(call, corepackHome(call), `corepack: ${name}`)
    if (verb === 'use') temporary(call, corepackHome(call), 'corepack: last known good')
  } else if (verb === 'cache') emptied(call, corepackHome(call))
  return unsure
}

const npmValues =
  '--cache --prefix -C --location --registry --omit --include --only -w --workspace --loglevel --logs-max --tag --userconfig --globalconfig --pack-destination --otp --fetch-retries --fetch-timeout --network-timeout --maxsockets --install-strategy --arch --os --cpu --libc'.split(
    ' ',
  )

export default [
  model({ names: ['npm', 'cnpm'], values: npmValues, reliable: ['cache'], run: npm }),
  model({
    names: ['npx'],
    values: ['-p', '--package', '-c', '--call', '--cache'],
    early: true,
    run: (call) => execute(call, call.args) ?? unsure,
  }),
  model({ names: ['corepack'], values: ['--install-directory', '-o'], run: corepack }),
]
