/** Erlang, Elixir, Haskell, Swift, Dart and Haxe. Source: manuals of mix, rebar3, stack, cabal, swift, dart pub, haxelib. */
import { inside } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, cacheHome, content, emptied, folderOf, made, madeFile } from './parcels.ts'
import type { Act } from './verbs.ts'
import { byVerb } from './verbs.ts'

// ---- Elixir, Erlang -----------------------------------------------------------------------------------

const hexHome = (call: Call): string => folderOf(call, 'HEX_HOME') ?? inside(call.home, '.hex')
const mixHome = (call: Call): string => folderOf(call, 'MIX_HOME') ?? inside(call.home, '.mix')
const deps = (call: Call): string => folderOf(call, 'MIX_DEPS_PATH') ?? call.path('deps')
const built = (call: Call): string =>
  folderOf(call, 'MIX_BUILD_PATH') ??
  inside(folderOf(call, 'MIX_BUILD_ROOT') ?? call.path('_build'), call.env('MIX_ENV') ?? 'dev')

const task = (call: Call, words: readonly string[]): void => {
  const [verb = '', ...args] = words
  if (verb === 'do') {
    for (const part of args.join(' ').split(/\s*[,+]\s*/)) task(call, part.split(/\s+/))
    return
  }
  if (verb === 'local.hex' || verb === 'local.rebar' || verb === 'archive.install')
    content(call, mixHome(call), `mix ${verb}${verb === 'archive.install' ? ` ${args[0] ?? ''}` : ''}`.trim())
  else if (verb === 'deps.get' || verb === 'deps.update' || verb === 'setup') {
    content(call, deps(call), 'hex: project dependencies')
    cache(call, hexHome(call), 'hex cache', { cleanup: `rm -rf ${hexHome(call)}` })
  } else if (
    /^(compile|deps\.compile|release|phx\.digest|test|ecto\..*|escript\.build|phoenix\.digest|distillery\.release)$/.test(
      verb,
    )
  ) {
    if (verb.startsWith('ph')) content(call, call.path('priv/static'), `mix ${verb}`)
    else
      content(
        call,
        verb === 'release' && call.flags.value('--path') !== undefined
          ? call.path(call.flags.value('--path')!)
          : built(call),
        `mix ${verb}`,
      )
  } else if (verb === 'deps.clean') call.files.lessen(deps(call))
  else if (verb === 'clean') emptied(call, built(call))
  else if (!/^(format|hex\.info|help|phx\.routes|local)$/.test(verb) && verb !== '')
    call.files.mystery(`mix ${verb}`, call.path('.'))
}

const rebar = byVerb({
  'compile|release|tar|escriptize|get-deps|ct|eunit|dialyzer|as'(call) {
    content(call, call.path('_build'), `rebar3 ${call.args[0]}`)
    cache(call, inside(folderOf(call, 'REBAR_CACHE_DIR') ?? cacheHome(call), 'rebar3'), 'rebar3 cache')
    return undefined
  },
  clean(call) {
    call.files.lessen(call.path('_build'))
    return undefined
  },
})

// ---- Haskell ------------------------------------------------------------------------------------------

const stackRoot = (call: Call): string => folderOf(call, 'STACK_ROOT') ?? inside(call.home, '.stack')

const stack = byVerb({
  'build|install|test|bench|exec|runghc'(call) {
    cache(call, stackRoot(call), 'stack packages')
    content(call, call.path(call.flags.value('--work-dir') ?? '.stack-work'), 'stack build')
    const bin = call.flags.value('--local-bin-path')
    if (call.args[0] === 'install' || call.flags.has('--copy-bins'))
      content(call, bin === undefined ? inside(call.home, '.local/bin') : call.path(bin), 'stack: programs')
    return undefined
  },
  'setup|update|upgrade'(call) {
    cache(call, stackRoot(call), 'stack packages')
    return undefined
  },
  'clean|purge'(call) {
    call.files.lessen(call.path('.stack-work'))
    return undefined
  },
})

const cabalHome = (call: Call): string => folderOf(call, 'CABAL_DIR') ?? inside(call.home, '.cabal')

const cabal = byVerb({
  'update|user-config|get|fetch'(call) {
    cache(call, inside(cabalHome(call), 'packages'), 'cabal packages')
    return undefined
  },
  'build|install|new-build|new-install|v2-build|v2-install|v1-install|configure|test|run|exec'(call, args) {
    cache(call, inside(cabalHome(call), 'packages'), 'cabal packages')
    // Fetched and built beforehand, for those who build in the image later.
    if (call.flags.has('--dependencies-only', '--only-dependencies', '--lib'))
      content(call, inside(cabalHome(call), 'store'), 'cabal: dependencies')
    else cache(call, inside(cabalHome(call), 'store'), 'cabal store')
    const folder = call.flags.value('--installdir', '--bindir')
    if (/install/.test(call.args[0]!))
      for (const name of args.length > 0 ? args : ['programs'])
        content(call, folder === undefined ? inside(cabalHome(call), 'bin') : call.path(folder), `cabal:${name}`)
    else made(call, call.path('dist-newstyle'), `cabal ${call.args[0]}`)
    return undefined
  },
  clean(call) {
    emptied(call, call.path('dist-newstyle'))
    return undefined
  },
})

// ---- Swift, Dart, Haxe --------------------------------------------------------------------------------

const swift = byVerb({
  'build|run|test'(call) {
    const folder = call.flags.value('--scratch-path', '--build-path')
    content(call, call.path(folder ?? '.build'), `swift ${call.args[0]}`)
    cache(call, inside(cacheHome(call), 'org.swift.swiftpm'), 'swift packages')
    return undefined
  },
  package(call, args) {
    if (/^(resolve|update)$/.test(args[0] ?? '')) {
      content(call, call.path('.build'), 'swift: project dependencies')
      cache(call, inside(cacheHome(call), 'org.swift.swiftpm'), 'swift packages')
    } else if (args[0] === 'clean') call.files.lessen(call.path('.build'))
    return undefined
  },
})

const pubCache = (call: Call): string => folderOf(call, 'PUB_CACHE') ?? inside(call.home, '.pub-cache')

const resolvePub: Act = (call) => {
  cache(call, pubCache(call), 'dart packages')
  content(call, call.path('.dart_tool'), 'dart: project state')
  return undefined
}

const dart = byVerb({
  'pub get|pub upgrade|packages get|get': resolvePub,
  'pub global'(call, args) {
    cache(call, pubCache(call), 'dart packages')
    if (args[0] === 'activate') content(call, inside(pubCache(call), 'bin'), `dart: ${args[1] ?? ''}`)
    return undefined
  },
  'compile|build'(call) {
    const output = call.flags.value('-o', '--output')
    if (output !== undefined) madeFile(call, call.path(output), 'built by Dart', 0o755)
    else made(call, call.path(call.name === 'flutter' ? 'build' : '.'), `${call.name} ${call.args[0]}`)
    return undefined
  },
  'run|precache|doctor|config|create|channel|upgrade'(call) {
    if (call.name === 'flutter') call.files.mystery(`flutter ${call.args[0]}`)
    else call.files.mystery(`dart ${call.args[0]}`, call.path('.'))
    return undefined
  },
})

const library = '/usr/local/share/haxe/lib'

export default [
  model({
    names: ['mix'],
    values: ['--path', '--only'],
    run(call): Result {
      task(call, call.args)
      return unsure
    },
  }),
  model({ names: ['rebar3', 'rebar'], run: rebar }),
  model({
    names: ['stack'],
    values: '--work-dir --local-bin-path --resolver --stack-yaml --jobs -j --ghc-options --flag'.split(' '),
    run: stack,
  }),
  model({
    names: ['cabal'],
    values: '--installdir --bindir --install-method -w --with-compiler -j --constraint --prefix --ghc-options -f'.split(
      ' ',
    ),
    run: cabal,
  }),
  model({
    names: ['ghcup'],
    run(call): Result {
      if (call.args[0] === 'install')
        content(
          call,
          inside(folderOf(call, 'GHCUP_INSTALL_BASE_PREFIX') ?? call.home, '.ghcup'),
          `ghcup: ${call.args.slice(1).join(' ')}`,
        )
      else if (call.args[0] === 'gc')
        call.files.lessen(inside(folderOf(call, 'GHCUP_INSTALL_BASE_PREFIX') ?? call.home, '.ghcup'))
      return unsure
    },
  }),
  model({
    names: ['swift'],
    values: '-c --configuration --scratch-path --build-path --product -Xswiftc -Xlinker -Xcc'.split(' '),
    run: swift,
  }),
  model({ names: ['dart', 'flutter', 'pub'], values: ['-o', '--output', '--build-name', '--target', '-t'], run: dart }),
  model({
    names: ['haxelib'],
    run(call): Result {
      const [verb, ...args] = call.args
      if (verb === 'setup') content(call, call.path(args[0] ?? library), 'haxelib')
      else if (verb === 'install' || verb === 'git')
        for (const word of args.slice(0, 1)) content(call, library, `haxe:${word}`)
      else if (verb === 'remove') for (const word of args) call.files.removeLabel(`haxe:${word}`)
      return unsure
    },
  }),
]
