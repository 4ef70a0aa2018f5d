/** RubyGems and Bundler. Source: `gem help environment`, `bundle config` manual, the official image's environment. */
import { textOutput } from '../shell/command.ts'
import { unknownText } from '../shell/known.ts'
import { inside, nameOf } from '../shell/paths.ts'
import { about } from '../size.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
import { cache, content, contentOnce, folderOf, isOn, madeFile, temporary } from './parcels.ts'
import { isRoot } from './python-places.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

// Ruby of each release. Source: package lists of the distributions.
const rubies: Readonly<Record<string, string>> = {
  'debian 10': '2.5.0',
  'debian 11': '2.7.0',
  'debian 12': '3.1.0',
  'debian 13': '3.3.0',
  'ubuntu 18.04': '2.5.0',
  'ubuntu 20.04': '2.7.0',
  'ubuntu 22.04': '3.0.0',
  'ubuntu 24.04': '3.2.0',
}

/** The version that names folders: of what was built from source, else of the distribution; a stand-in where nobody knows. */
function scope({ env, facts: { os } }: Call): string {
  const [, own] = /^(\d+\.\d+)\./.exec(env('RUBY_VERSION') ?? '') ?? []
  if (own !== undefined) return `${own}.0`
  const release = `${os?.id} ${os?.versionId}`
  return Object.hasOwn(rubies, release) ? rubies[release]! : unknownText('ruby version')
}

/** A path for people to type: what nobody knows is any name. */
const asPattern = (path: string): string => path.replace(/\ufdd0[^\ufdd1]*\ufdd1/g, '*')

function gemHome(call: Call): string {
  const named = call.flags.value('-i', '--install-dir')
  if (named !== undefined) return call.path(named)
  if (call.flags.has('--user-install')) return inside(call.home, '.gem')
  const home = folderOf(call, 'GEM_HOME')
  if (home !== undefined) return home
  if (call.files.presence('/usr/local/bin/ruby') === 'yes') return `/usr/local/lib/ruby/gems/${scope(call)}`
  const { id } = call.facts.os ?? {}
  if (id === 'debian' || id === 'ubuntu') return `/var/lib/gems/${scope(call)}`
  if (id === 'alpine' && isRoot(call)) return `/usr/lib/ruby/gems/${scope(call)}`
  return isRoot(call) ? '/usr/local/share/gems' : inside(call.home, '.gem')
}

const hasDocuments = (call: Call): boolean => {
  if (call.flags.has('-N', '--no-document', '--no-ri', '--no-rdoc')) return false
  if (call.flags.value('--document') === 'none') return false
  const files = [inside(call.home, '.gemrc'), '/etc/gemrc', '/usr/local/etc/gemrc']
  return !files.some((file) => /--no-(document|ri|rdoc)/.test(call.files.text(file) ?? ''))
}

/** The index that gem looks into: newer releases keep a few small files of it, older ones the list of all gems. */
function fetchIndex(call: Call): void {
  temporary(call, inside(call.home, '.gem/specs'), 'gem index', {
    size: about(100_000, 0, 20_000_000, 'heuristic', 'index of rubygems.org'),
    cleanup: `rm -rf ${call.home}/.gem`,
  })
}

function kept(call: Call, home: string): void {
  cache(call, inside(home, 'cache'), 'gem cache', {
    cleanup: `rm -rf ${asPattern(home)}/cache/*.gem`,
    names: ['rack-3.1.0.gem'],
  })
  if (!hasDocuments(call)) return
  const documents = (): void => cache(call, inside(home, 'doc'), 'gem documentation')
  // The official images say no to documentation in a file that a base built on them need not show.
  if (call.files.presence('/usr/local/etc/gemrc') === 'unknown') call.files.perhaps(documents)
  else documents()
}

const gem = byVerb({
  'install|i'(call, args) {
    const home = gemHome(call)
    for (const word of args)
      content(
        call,
        home,
        `gem:${nameOf(word)
          .replace(/:.*$/, '')
          .replace(/-\d[\w.]*\.gem$/, '')}`,
      )
    if (args.length === 0 && call.flags.has('-g', '--file')) content(call, home, 'gem: Gemfile')
    kept(call, home)
    fetchIndex(call)
    return undefined
  },
  'update|upgrade'(call, args) {
    const home = gemHome(call)
    const label = call.flags.has('--system') ? 'gem: rubygems' : args.length > 0 ? undefined : 'gem: updated gems'
    if (label !== undefined) content(call, home, label)
    for (const word of label === undefined ? args : []) content(call, home, `gem:${word}`)
    kept(call, home)
    fetchIndex(call)
    return undefined
  },
  'uninstall|un'(call, args) {
    for (const word of args) call.files.removeLabel(`gem:${word}`)
    return undefined
  },
  // Old versions go; which there are, nobody knows.
  'cleanup|clean'(call) {
    call.files.lessen(gemHome(call))
    return undefined
  },
  build(call, [spec = '']) {
    const output = call.flags.value('-o', '--output')
    if (output !== undefined) madeFile(call, call.path(output), 'gem')
    else call.files.mystery(`gem build ${spec}`.trim(), call.path('.'))
    return undefined
  },
  fetch(call, args) {
    for (const word of args) content(call, call.path('.'), `gem:${word}`)
    return undefined
  },
  sources(call) {
    if (call.flags.has('-a', '--add', '-r', '--remove'))
      madeFile(call, inside(call.home, '.gemrc'), 'configuration of RubyGems')
    return undefined
  },
  'environment|env'(call, [what]) {
    return /^(gem|user_gem)?(home|dir)$|^gempath$/.test(what ?? '')
      ? prints(textOutput(`${gemHome(call)}\n`))
      : undefined
  },
  'list|search|info|specification|which|contents|outdated|help|query|check|pristine': nothing,
})

// ---- Bundler ------------------------------------------------------------------------------------------

type Settings = Readonly<Record<string, string>>

const toldOf = (call: Call): Settings => (call.state.get('bundle config') as Settings | undefined) ?? {}

/** A setting of Bundler: from the environment, what `bundle config` said, or its file. */
function setting(call: Call, name: string): string | undefined {
  const key = `BUNDLE_${name.toUpperCase().replaceAll('.', '__').replaceAll('-', '___')}`
  const named = call.env(key) ?? toldOf(call)[name]
  if (named !== undefined) return named
  const text = call.files.text(inside(call.env('BUNDLE_APP_CONFIG') ?? call.path('.bundle'), 'config'))
  return text === undefined ? undefined : new RegExp(`^${key}: "?([^"\\n]*)`, 'm').exec(text)?.[1]
}

// A path that was asked for holds a folder for each Ruby. Source: Bundler, Settings::Path.
function bundlePath(call: Call): string {
  const own = (path: string): string => inside(call.path(path), `ruby/${scope(call)}`)
  const flag = call.flags.value('--path')
  if (flag !== undefined) return own(flag)
  if (call.flags.has('--system') || isOn(setting(call, 'path.system'))) return gemHome(call)
  const path = setting(call, 'path')
  if (path !== undefined && path !== '') return own(path)
  return call.flags.has('--deployment') || isOn(setting(call, 'deployment')) ? own('vendor/bundle') : gemHome(call)
}

const install: Act = (call) => {
  const folder = bundlePath(call)
  contentOnce(call, folder, 'gem: project dependencies')
  // Settings about a cache are about vendor/cache.
  cache(call, inside(folder, 'cache'), 'bundler cache', {
    cleanup: `rm -rf ${asPattern(folder)}/cache/*.gem`,
    names: ['rack-3.1.0.gem'],
  })
  cache(call, inside(folderOf(call, 'BUNDLE_USER_HOME') ?? inside(call.home, '.bundle'), 'cache'), 'bundler index')
  if (call.flags.value('--path') !== undefined || call.flags.has('--deployment', '--without')) {
    madeFile(call, inside(call.env('BUNDLE_APP_CONFIG') ?? call.path('.bundle'), 'config'), 'configuration of Bundler')
    call.state.set('bundle config', {
      ...toldOf(call),
      ...(call.flags.has('--deployment') ? { deployment: 'true' } : {}),
      ...(call.flags.value('--path') === undefined ? {} : { path: call.flags.value('--path')! }),
    })
  }
  const lock = inside(call.path('.'), 'Gemfile.lock')
  if (call.args[0] === 'update' || call.files.presence(lock) === 'no') madeFile(call, lock, 'lock file of Bundler')
  return undefined
}

const configure: Act = (call, args) => {
  const [name, ...value] = args.filter((word) => !/^(set|--local|--global)$/.test(word))
  if (name === undefined || value.length === 0 || /^(get|list|unset)$/.test(name)) return undefined
  call.state.set('bundle config', { ...toldOf(call), [name]: value.join(' ') })
  const folder = call.flags.has('--global')
    ? inside(call.home, '.bundle')
    : call.path(
        call.env('BUNDLE_APP_CONFIG') ??
          (call.args[1] === 'set' || call.flags.has('--local') ? '.bundle' : inside(call.home, '.bundle')),
      )
  madeFile(call, inside(folder, 'config'), 'configuration of Bundler')
  return undefined
}

const bundle = byVerb(
  {
    'install|i|update': install,
    config: configure,
    exec(call) {
      const { argv } = call.command
      const words = argv.slice(argv.indexOf('exec') + 1)
      while (words[0]?.startsWith('-')) words.shift()
      if (words.length > 0) call.also(words)
      return undefined
    },
    'package|pack|cache'(call) {
      content(call, call.path('vendor/cache'), 'gem: vendored gems')
      return undefined
    },
    clean(call) {
      call.files.lessen(bundlePath(call))
      return undefined
    },
    add(call, args) {
      for (const word of args) content(call, bundlePath(call), `gem:${word}`)
      madeFile(call, call.path('Gemfile'), 'Gemfile with what was added')
      return undefined
    },
    lock(call) {
      madeFile(call, call.path('Gemfile.lock'), 'lock file of Bundler')
      return undefined
    },
    binstubs(call, args) {
      content(call, call.path('bin'), `binstubs of ${args.join(' ')}`.trim())
      return undefined
    },
    'check|show|list|info|outdated|env|version|doctor|platform|help|open|viz|licenses': nothing,
  },
  (call, args) => (args.length === 0 && !call.flags.has('--version', '-v') ? install(call, []) : undefined),
)

function rake(call: Call): Result {
  const { args } = call
  if (call.flags.has('-T', '--tasks', '-V', '--version', '-v')) return unsure
  const assets = args.find((word) => word.startsWith('assets:precompile') || word.startsWith('webpacker:compile'))
  if (assets !== undefined) {
    content(call, call.path('public'), assets)
    // Sprockets keeps one, Propshaft, which Rails 8 brings, does not.
    call.files.perhaps(() => cache(call, call.path('tmp/cache/assets'), 'asset cache'))
  } else if (args.some((word) => /^assets:clobber/.test(word))) call.files.lessen(call.path('public'))
  else call.files.mystery(`${call.name} ${args[0] ?? ''}`.trim(), call.path('.'))
  return unsure
}

export default [
  model({
    names: ['gem', 'gem2*', 'gem3*'],
    values:
      '-i --install-dir -n --bindir -v --version --source -s -P --trust-policy --document --platform -o --output -p --http-proxy -a --add -r --remove -C --build-root'.split(
        ' ',
      ),
    run: gem,
  }),
  model({
    names: ['bundle', 'bundler'],
    values:
      '--path --jobs -j --without --with --gemfile --retry --binstubs --standalone --shebang -P --trust-policy --redownload-from'.split(
        ' ',
      ),
    run: bundle,
  }),
  model({ names: ['rake', 'rails'], values: ['-f', '-C', '-e', '--environment'], run: rake }),
]
