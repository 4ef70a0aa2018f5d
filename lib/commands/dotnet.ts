/** .NET: NuGet's folders, what a build and a publish write. Source: dotnet CLI reference; "Managing the global packages folder". */
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import { about } from '../size.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, content, dataHome, emptied, folderOf, made, temporary } from './parcels.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

const packages = (call: Call): string => {
  const named = call.flags.value('--packages')
  return named === undefined
    ? (folderOf(call, 'NUGET_PACKAGES') ?? inside(call.home, '.nuget/packages'))
    : call.path(named)
}

const httpCache = (call: Call): string =>
  folderOf(call, 'NUGET_HTTP_CACHE_PATH') ?? inside(dataHome(call), 'NuGet/http-cache')

/** Folder of the project a call is about: its argument, a file or a folder, else here. */
const projectOf = (call: Call, args: readonly string[]): string => {
  const [word] = args
  if (word === undefined) return call.path('.')
  const path = call.path(word)
  return /\.(\w*proj|slnx?|sln|dll)$/.test(word) ? parentOf(path) : path
}

const restore = (call: Call): void => {
  if (call.flags.has('--no-restore')) return
  cache(call, packages(call), 'nuget packages', { cleanup: 'dotnet nuget locals all --clear' })
  cache(call, httpCache(call), 'nuget downloads', { cleanup: 'dotnet nuget locals http-cache --clear' })
}

// The first call of all leaves a note and, unless told not to, a certificate.
const welcome = (call: Call): void => {
  const home = folderOf(call, 'DOTNET_CLI_HOME') ?? call.home
  if (call.files.packagesIn(inside(home, '.dotnet')).length === 0)
    temporary(call, inside(home, '.dotnet'), 'first run of dotnet', {
      size: about(500, 0, 20_000, 'heuristic', 'marks of a first run'),
    })
}

const outputOf = (call: Call): string | undefined => {
  const word = call.command.argv.find((one) => /^-(o|-output)[:=]/.test(one))
  return call.flags.value('-o', '--output') ?? word?.replace(/^--?\w+[:=]/, '')
}

const build: Act = (call, args) => {
  welcome(call)
  restore(call)
  const folder = projectOf(call, args)
  const verb = call.args[0]!
  const output = outputOf(call)
  if (!call.flags.has('--no-build')) {
    content(call, inside(folder, 'obj'), `dotnet ${verb}: intermediate files`)
    if (output === undefined || verb === 'publish' || verb === 'pack')
      content(call, inside(folder, 'bin'), `dotnet ${verb}`)
    // Other projects of the solution, and those it refers to, have folders of their own.
    call.files.mystery(`dotnet ${verb}: other projects`, parentOf(folder))
  }
  if (output !== undefined) made(call, call.path(output), `dotnet ${verb}`)
  return undefined
}

const locals: Act = (call, args) => {
  if (!call.flags.has('-c', '--clear')) return undefined
  const all = args.includes('all')
  if (all || args.includes('global-packages')) emptied(call, packages(call))
  if (all || args.includes('http-cache')) emptied(call, httpCache(call))
  return undefined
}

const tools = (call: Call): string => {
  const named = call.flags.value('--tool-path')
  return named === undefined
    ? inside(folderOf(call, 'DOTNET_CLI_HOME') ?? call.home, '.dotnet/tools')
    : call.path(named)
}

const dotnet = byVerb(
  {
    restore(call, args) {
      welcome(call)
      restore(call)
      content(call, inside(projectOf(call, args), 'obj'), 'dotnet restore: lists of packages')
      return undefined
    },
    'build|publish|pack|msbuild|test|run': build,
    clean(call, args) {
      call.files.lessen(inside(projectOf(call, args), 'bin'))
      return undefined
    },
    'nuget locals': locals,
    'tool install|tool update'(call, args) {
      welcome(call)
      const [name = ''] = args
      if (call.flags.has('-g', '--global', '--tool-path')) content(call, tools(call), `dotnet:${name}`)
      // Tools of a project are run from among the packages. Source: dotnet tool install, "Local tools".
      else content(call, packages(call), `dotnet:${name}`)
      return undefined
    },
    'tool restore'(call) {
      welcome(call)
      content(call, packages(call), 'dotnet: tools of the project')
      return undefined
    },
    'workload restore'(call) {
      restore(call)
      return undefined
    },
    'workload install|workload update'(call, args) {
      content(call, folderOf(call, 'DOTNET_ROOT') ?? '/usr/share/dotnet', `dotnet workload: ${args.join(' ')}`)
      restore(call)
      return undefined
    },
    'new|add|sln'(call, args) {
      welcome(call)
      call.files.mystery(`dotnet ${call.args[0]} ${args[0] ?? ''}`.trim(), call.path(outputOf(call) ?? '.'))
      return undefined
    },
    'dev-certs|user-secrets'(call) {
      content(call, inside(call.home, '.dotnet'), 'development certificate')
      return undefined
    },
    'nuget add|nuget update|nuget remove'(call) {
      content(call, inside(call.home, '.nuget/NuGet'), 'configuration of NuGet')
      return undefined
    },
    'nuget push|nuget list|nuget|list|help|tool list|tool run|format|workload list|build-server|store|remove': nothing,
  },
  (call, args) => {
    const [word] = args
    if (word?.endsWith('.dll')) call.files.mystery(`dotnet ${nameOf(word)}`)
    else if (word !== undefined && !call.flags.has('--info', '--version'))
      call.files.mystery(`dotnet ${word}`, call.path('.'))
    else welcome(call)
    return undefined
  },
)

export default [
  model({
    names: ['dotnet'],
    values: [
      '-c',
      '--configuration',
      '-f',
      '--framework',
      '-r',
      '--runtime',
      '-o',
      '--output',
      '-v',
      '--verbosity',
      '--packages',
      '-s',
      '--source',
      '--configfile',
      '--tool-path',
      '--version',
      '-a',
      '--arch',
      '--os',
      '--version-suffix',
      '--filter',
      '-l',
      '--logger',
      '--self-contained',
      '-p',
      '--property',
      '--add-source',
      '--results-directory',
      '--project',
    ],
    run: (call) =>
      call.args.length === 0 && call.flags.has('--version', '--info', '--list-sdks', '--list-runtimes')
        ? unsure
        : dotnet(call),
  }),
  model({
    names: ['nuget', 'nuget.exe'],
    values: [
      '-OutputDirectory',
      '-o',
      '-Source',
      '-ConfigFile',
      '-SolutionDirectory',
      '-PackagesDirectory',
      '-Version',
    ],
    oneDash: true,
    run: byVerb({
      'restore|install|update'(call) {
        const folder = call.flags.value('-OutputDirectory', '-PackagesDirectory')
        content(call, call.path(folder ?? 'packages'), 'nuget: project dependencies')
        cache(call, packages(call), 'nuget packages', { cleanup: 'nuget locals all -clear' })
        return undefined
      },
      locals(call, args) {
        if (args.includes('all') && call.flags.has('-clear', '-Clear')) emptied(call, packages(call))
        return undefined
      },
    }),
  }),
  model({
    names: ['msbuild', 'xbuild', 'csc', 'mcs', 'fsc'],
    run(call): Result {
      call.files.mystery(call.name, call.path('.'))
      return unsure
    },
  }),
]
