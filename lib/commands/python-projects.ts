/** Project managers of Python: uv, Poetry, Pipenv, PDM. Source: their documentation on caches and environments. */
import type { Size } from '../model.ts'
import { textOutput } from '../shell/command.ts'
import { inside } from '../shell/paths.ts'
import { about } from '../size.ts'
import { type Groups, type Need, pipfileNeeds, poetryNeeds, uvNeeds } from '../sizes/pip/project.ts'
import type { Brought } from '../sizes/pip.ts'
import type { Call } from './command.ts'
import { model, prints } from './command.ts'
import { cache, cacheHome, content, contentOnce, dataHome, emptied, folderOf, isOn, made, madeFile } from './parcels.ts'
import { pipCache, pipValues } from './pip.ts'
import { asked, type How, installAsked, lockedIn, uninstall } from './pip-install.ts'
import { noteEnvironment, prefixOf, project, requirementName, targetOf } from './python-places.ts'
import { reading } from './reading.ts'
import { uvCache, uvKeeps } from './uv-cache.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

/** Installs what a lock file of the project says. Undefined: it is not at hand, or does not say. */
function locked(
  call: Call,
  name: string,
  read: (text: string, groups: Groups) => readonly Need[] | undefined,
  dev: boolean,
  how: How,
): Brought | undefined {
  const text = call.files.text(inside(project(call), name))
  const target = targetOf(call)
  const pyproject = call.files.text(inside(project(call), 'pyproject.toml'))
  const groups = { dev, target, ...(pyproject !== undefined && { pyproject }) }
  const needs =
    text === undefined ? undefined : reading(call, `${name} ${JSON.stringify(groups)}`, text, () => read(text, groups))
  if (needs === undefined) return undefined
  return installAsked(call, lockedIn(needs), { ...how, alone: true }).brought
}

// ---- uv -----------------------------------------------------------------------------------------------

const uvEnvironment = (call: Call): string => {
  const named = call.env('UV_PROJECT_ENVIRONMENT')
  return named === undefined || named === '' ? inside(project(call), '.venv') : call.path(named)
}

const sync: Act = (call) => {
  if (call.flags.has('--dry-run')) return undefined
  const folder = call.flags.has('--active') ? prefixOf(call) : uvEnvironment(call)
  const compile = call.flags.has('--compile-bytecode', '--compile') || isOn(call.env('UV_COMPILE_BYTECODE'))
  const dev = !call.flags.has('--no-dev', '--no-default-groups') && !isOn(call.env('UV_NO_DEV'))
  const special = call.flags.has(
    '--extra',
    '--all-extras',
    '--group',
    '--only-group',
    '--all-groups',
    '--only-dev',
    '--package',
    '--all-packages',
  )
  const how = { folder, cache: undefined, compile, byPip: false }
  const brought = special ? undefined : locked(call, 'uv.lock', uvNeeds, dev, how)
  if (brought === undefined) contentOnce(call, folder, 'uv: project dependencies')
  else
    contentOnce(call, folder, 'uv: project', {
      size: about(30_000, 500, 200_000, 'heuristic', 'the project itself, and scripts of its environment'),
    })
  noteEnvironment(call, folder)
  uvKeeps(call, brought && { ...brought, locked: true })
  return undefined
}

// Byte code is made only when asked for.
const uvPip =
  (files?: (args: readonly string[]) => readonly string[]): Act =>
  (call, args) => {
    const target = call.flags.value('--target', '-t', '--prefix')
    const flat = call.flags.has('--target', '-t')
    const system = call.flags.has('--system') || isOn(call.env('UV_SYSTEM_PYTHON'))
    const folder = target !== undefined ? call.path(target) : system ? '/usr/local' : prefixOf(call)
    const things = files === undefined ? asked(call, args) : asked(call, [], files(args))
    const compile = call.flags.has('--compile-bytecode', '--compile') || isOn(call.env('UV_COMPILE_BYTECODE'))
    const { isKnown, brought } = installAsked(call, things, { folder, flat, cache: undefined, compile, byPip: false })
    uvKeeps(call, isKnown ? { ...brought, locked: false } : undefined)
    return undefined
  }

const uvTool: Act = (call, [name]) => {
  const home = folderOf(call, 'UV_TOOL_DIR') ?? inside(dataHome(call), 'uv/tools')
  if (name !== undefined) content(call, home, `uv: ${requirementName(name)}`)
  uvKeeps(call)
  return undefined
}

const uv = byVerb({
  sync,
  'add|remove'(call, args) {
    madeFile(call, inside(project(call), 'uv.lock'), 'lock file of uv')
    return sync(call, args)
  },
  lock(call) {
    madeFile(call, inside(project(call), 'uv.lock'), 'lock file of uv')
    uvKeeps(call)
    return undefined
  },
  'pip install': uvPip(),
  'pip sync': uvPip((args) => args),
  'pip uninstall'(call, args) {
    uninstall(call, prefixOf(call), asked(call, args))
    return undefined
  },
  'pip compile'(call) {
    const output = call.flags.value('-o', '--output-file')
    if (output !== undefined) madeFile(call, call.path(output), 'compiled requirements')
    uvKeeps(call)
    return undefined
  },
  venv(call, [folder = '.venv']) {
    content(call, call.path(folder), 'python environment')
    noteEnvironment(call, call.path(folder))
    return undefined
  },
  run(call, args) {
    if (!call.flags.has('--no-sync') && !call.flags.has('--no-project')) sync(call, [])
    const at = call.command.argv.indexOf(args[0] ?? '')
    if (at > 0) call.also(call.command.argv.slice(at))
    return undefined
  },
  'tool install': uvTool,
  'python install'(call, args) {
    const home = folderOf(call, 'UV_PYTHON_INSTALL_DIR') ?? inside(dataHome(call), 'uv/python')
    content(call, home, `uv: python ${args.join(' ')}`.trim())
    uvKeeps(call)
    return undefined
  },
  'cache clean|clean'(call) {
    const folder = uvCache(call)
    if (folder !== undefined) emptied(call, folder)
    return undefined
  },
  'cache dir'(call) {
    const folder = uvCache(call)
    return folder === undefined ? undefined : prints(textOutput(`${folder}\n`))
  },
  build(call) {
    made(call, call.path(call.flags.value('-o', '--out-dir') ?? 'dist'), 'uv build')
    uvKeeps(call)
    return undefined
  },
  export(call) {
    const output = call.flags.value('-o', '--output-file')
    if (output !== undefined) madeFile(call, call.path(output), 'exported requirements')
    return undefined
  },
  'cache prune|pip list|pip freeze|pip check|pip show|python list|python find|tree|version|help|self': nothing,
})

// ---- Poetry -------------------------------------------------------------------------------------------

/** A setting of Poetry: from the environment, else as `poetry config` said. */
function poetrySetting(call: Call, name: string): string | undefined {
  const told = call.state.get('poetry config') as Readonly<Record<string, string>> | undefined
  return call.env(`POETRY_${name.toUpperCase().replace(/[.-]/g, '_')}`) ?? told?.[name]
}

const isOff = (value: string | undefined): boolean => value !== undefined && /^(false|0|no)$/i.test(value)

function poetryCache(call: Call): string {
  const told = poetrySetting(call, 'cache-dir')
  return told === undefined ? inside(cacheHome(call), 'pypoetry') : call.path(told)
}

function poetryTarget(call: Call): string {
  if (isOff(poetrySetting(call, 'virtualenvs.create'))) return prefixOf(call)
  if (call.env('VIRTUAL_ENV') !== undefined) return prefixOf(call)
  if (isOn(poetrySetting(call, 'virtualenvs.in-project'))) return inside(project(call), '.venv')
  const path = poetrySetting(call, 'virtualenvs.path')
  return path === undefined
    ? inside(poetryCache(call), 'virtualenvs')
    : call.path(path.replace('{cache-dir}', poetryCache(call)))
}

const poetryInstall: Act = (call, args) => {
  if (call.flags.has('--dry-run')) return undefined
  const verb = call.args[0]
  const folder = poetryTarget(call)
  const names = verb === 'add' ? args.map((word) => `pip:${requirementName(word)}`) : ['poetry: project dependencies']
  const { flags } = call
  const dev =
    !flags.has('--no-dev') && flags.value('--only') !== 'main' && !/\bdev\b/.test(flags.value('--without') ?? '')
  const special =
    verb === 'add' || verb === 'update' || flags.has('-E', '--extras', '--all-extras', '--all-groups', '--with')
  const how = { folder, cache: undefined, compile: flags.has('--compile'), byPip: false }
  const brought = special ? undefined : locked(call, 'poetry.lock', poetryNeeds, dev, how)
  if (brought === undefined) for (const label of names) contentOnce(call, folder, label)
  // An environment of its own comes with pip.
  else if (folder !== prefixOf(call))
    contentOnce(call, folder, 'python environment', {
      size: about(10_000_000, 10_000, 25_000_000, 'heuristic', 'environment that Poetry makes'),
    })
  if (verb === 'add' || verb === 'update') madeFile(call, inside(project(call), 'poetry.lock'), 'lock file of Poetry')
  if (!call.flags.has('--no-cache')) poetryKeeps(call, brought)
  return undefined
}

// Wheels as they were fetched, and what the registry says of each: none of it where that forbids to keep it, with all
// that was fetched where not. Source: installs with Poetry 1.8 and 2.1 on 2026-11-22.
function poetryKeeps(call: Call, brought: Brought | undefined): void {
  const [folder, packed] = [poetryCache(call), brought?.packed]
  const keep = (part: string, size?: Size): void =>
    cache(call, inside(folder, part), `poetry ${part}`, { ...(size && { size }), cleanup: `rm -rf ${folder}/${part}` })
  if (brought === undefined || packed === undefined || packed.high === null) {
    keep('cache')
    keep('artifacts')
    return
  }
  const { packages } = brought
  const answers = [60_000 * packages, 0, 500_000 * packages + packed.high] as const
  keep('cache', about(...answers, 'heuristic', 'what the registry said, in the cache of Poetry'))
  keep('artifacts', packed)
}

const poetry = byVerb({
  'install|sync|update|add': poetryInstall,
  lock(call) {
    madeFile(call, inside(project(call), 'poetry.lock'), 'lock file of Poetry')
    cache(call, inside(poetryCache(call), 'cache'), 'poetry cache')
    return undefined
  },
  config(call, [name, value]) {
    if (value === undefined) return name === 'cache-dir' ? prints(textOutput(`${poetryCache(call)}\n`)) : undefined
    if (name === undefined) return undefined
    const old = call.state.get('poetry config') as Readonly<Record<string, string>> | undefined
    call.state.set('poetry config', { ...old, [name]: value })
    madeFile(call, inside(call.home, '.config/pypoetry/config.toml'), 'configuration of Poetry')
    return undefined
  },
  export(call) {
    const output = call.flags.value('-o', '--output')
    if (output !== undefined) madeFile(call, call.path(output), 'exported requirements')
    return undefined
  },
  build(call) {
    made(call, inside(project(call), 'dist'), 'poetry build')
    return undefined
  },
  'cache clear'(call) {
    for (const part of ['cache', 'artifacts']) emptied(call, inside(poetryCache(call), part))
    return undefined
  },
  run(call, args) {
    call.also(args)
    return undefined
  },
  'self add|self update|self install'(call, args) {
    content(call, prefixOf(call), `pip:${args.map(requirementName).join(' ') || 'poetry'}`)
    return undefined
  },
  'show|check|version|env|about|search|debug|source|help': nothing,
})

// ---- Pipenv and PDM -----------------------------------------------------------------------------------

const pipenvInstall: Act = (call, args) => {
  const inProject = isOn(call.env('PIPENV_VENV_IN_PROJECT'))
  const home = folderOf(call, 'WORKON_HOME') ?? inside(dataHome(call), 'virtualenvs')
  const folder = call.flags.has('--system') ? prefixOf(call) : inProject ? inside(call.path('.'), '.venv') : home
  const names = args.length > 0 ? args.map((word) => `pip:${requirementName(word)}`) : ['pipenv: project dependencies']
  const how = { folder, cache: undefined, compile: true, byPip: true }
  if (args.length > 0 || locked(call, 'Pipfile.lock', pipfileNeeds, call.flags.has('-d', '--dev'), how) === undefined)
    for (const label of names) contentOnce(call, folder, label)
  // pip is told to keep what it fetches there too. Source: pipenv, utils/pip.py.
  const kept = pipenvCache(call)
  if (pipCache(call) !== undefined) cache(call, kept, 'pipenv cache', { cleanup: `rm -rf ${kept}` })
  return undefined
}

const pipenvCache = (call: Call): string => folderOf(call, 'PIPENV_CACHE_DIR') ?? inside(cacheHome(call), 'pipenv')

const pipenv = byVerb(
  {
    'install|sync|update|upgrade': pipenvInstall,
    lock(call) {
      if (!call.flags.has('-r', '--requirements')) madeFile(call, call.path('Pipfile.lock'), 'lock file of Pipenv')
      return undefined
    },
    run(call, args) {
      call.also(args)
      return undefined
    },
    'requirements|graph|check|clean|verify|scripts|uninstall': nothing,
  },
  (call) => {
    if (call.flags.has('--clear')) emptied(call, pipenvCache(call))
    return undefined
  },
)

const pdm = byVerb({
  'install|sync|add|update'(call) {
    const folder = call.flags.has('-g', '--global') ? prefixOf(call) : inside(project(call), '.venv')
    contentOnce(call, folder, 'pdm: project dependencies')
    cache(call, inside(cacheHome(call), 'pdm'), 'pdm cache', { cleanup: 'pdm cache clear' })
    return undefined
  },
  'cache clear'(call) {
    emptied(call, inside(cacheHome(call), 'pdm'))
    return undefined
  },
  build(call) {
    made(call, inside(project(call), 'dist'), 'pdm build')
    return undefined
  },
})

const projectValues = [
  ...pipValues,
  '--directory',
  '--project',
  '-P',
  '-p',
  '-o',
  '--output',
  '--output-file',
  '--out-dir',
  '--extra',
  '--group',
  '--only-group',
  '--no-group',
  '--only',
  '--with',
  '--without',
  '-E',
  '--extras',
  '--index',
  '--link-mode',
  '--package',
  '--no-install-package',
  '-G',
]

export default [
  model({
    names: ['uv'],
    values: projectValues.filter((one) => one !== '-p' && one !== '-P' && one !== '-n'),
    reliable: ['cache'],
    run: uv,
  }),
  model({
    names: ['uvx'],
    values: ['--from', '--with', '--python'],
    run: (call) => uvTool(call, call.args.slice(0, 1)),
  }),
  model({ names: ['poetry'], values: projectValues.filter((one) => !['-e', '-r', '-t'].includes(one)), run: poetry }),
  model({ names: ['pipenv'], values: pipValues.filter((one) => one !== '-d'), run: pipenv }),
  model({ names: ['pdm'], values: ['-p', '--project', '-G', '--group'], run: pdm }),
]
