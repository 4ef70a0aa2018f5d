/**
 * PHP: Composer, PECL, and the scripts of the official image that build extensions. Source: Composer's documentation,
 * docker-php-ext-install and docker-php-ext-enable of the official image.
 */
import { textOutput } from '../shell/command.ts'
import { display } from '../shell/known.ts'
import { inside, nameOf } from '../shell/paths.ts'
import { about, unknown } from '../size.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
import { cache, cacheHome, content, contentOnce, emptied, folderOf, madeFile, temporary } from './parcels.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

// ---- Composer -----------------------------------------------------------------------------------------

// Composer goes by XDG when any such variable is set. Source: Composer, Factory::getHomeDir and getCacheDir.
const usesXdg = (call: Call): boolean =>
  [...call.command.env.keys()].some((name) => name.startsWith('XDG_')) || call.files.presence('/etc/xdg') === 'yes'

function composerHome(call: Call): string {
  const named = folderOf(call, 'COMPOSER_HOME')
  if (named !== undefined) return named
  return usesXdg(call)
    ? inside(folderOf(call, 'XDG_CONFIG_HOME') ?? inside(call.home, '.config'), 'composer')
    : inside(call.home, '.composer')
}

function composerCache(call: Call): string {
  const named = folderOf(call, 'COMPOSER_CACHE_DIR') ?? (call.state.get('composer cache') as string | undefined)
  if (named !== undefined) return named
  const home = folderOf(call, 'COMPOSER_HOME')
  if (home !== undefined) return inside(home, 'cache')
  return usesXdg(call) ? inside(cacheHome(call), 'composer') : inside(call.home, '.composer/cache')
}

const composerKeeps = (call: Call): void => {
  if (!call.flags.has('--no-cache'))
    cache(call, composerCache(call), 'composer cache', { cleanup: 'composer clear-cache' })
}

const projectOf = (call: Call): string => call.path(call.flags.value('-d', '--working-dir') ?? '.')

const vendor = (call: Call): string => {
  const named = call.env('COMPOSER_VENDOR_DIR')
  return named === undefined || named === '' ? inside(projectOf(call), 'vendor') : call.path(named)
}

/** `laravel/framework:^9`, `phpunit/phpunit=9`: the name alone. */
const packageName = (word: string): string => word.replace(/[:=].*$/, '')

const composer = byVerb({
  'install|i|update|u|upgrade'(call) {
    contentOnce(call, vendor(call), 'composer: project dependencies')
    const lock = inside(projectOf(call), 'composer.lock')
    if (call.args[0] !== 'install' || call.files.presence(lock) === 'no') madeFile(call, lock, 'lock file of Composer')
    composerKeeps(call)
    return undefined
  },
  'require|r'(call, args) {
    for (const word of args) content(call, vendor(call), `composer:${packageName(word)}`)
    for (const name of ['composer.json', 'composer.lock'])
      madeFile(call, inside(projectOf(call), name), 'list of packages of Composer')
    composerKeeps(call)
    return undefined
  },
  'global require'(call, args) {
    for (const word of args) content(call, inside(composerHome(call), 'vendor'), `composer:${packageName(word)}`)
    composerKeeps(call)
    return undefined
  },
  'create-project'(call, [name = '', folder]) {
    content(call, call.path(folder ?? nameOf(packageName(name))), `composer:${packageName(name)}`)
    composerKeeps(call)
    return undefined
  },
  'remove|rm'(call, args) {
    for (const word of args) call.files.removeLabel(`composer:${packageName(word)}`)
    return undefined
  },
  'dump-autoload|dumpautoload|du'(call) {
    content(call, inside(vendor(call), 'composer'), 'composer: class map')
    return undefined
  },
  'clear-cache|clearcache|cc'(call) {
    emptied(call, composerCache(call))
    return undefined
  },
  'self-update|selfupdate'(call) {
    content(call, '/usr/local/bin', 'composer itself')
    return undefined
  },
  'config|global config'(call, args) {
    if (args.length === 1 && !call.flags.has('--unset', '-e', '--editor'))
      return args[0] === 'cache-dir' ? prints(textOutput(`${composerCache(call)}\n`)) : undefined
    const global = call.args[0] === 'global' || call.flags.has('-g', '--global')
    if (args[0] === 'cache-dir' && args[1] !== undefined) call.state.set('composer cache', call.path(args[1]))
    // A line for each setting.
    const size = about(100, 30, 4_000, 'heuristic', 'configuration of Composer')
    if (global) call.files.put(inside(composerHome(call), 'config.json'), { type: 'file', size })
    else madeFile(call, inside(projectOf(call), 'composer.json'), 'configuration of Composer')
    return undefined
  },
  'run-script|run|exec'(call, args) {
    call.files.mystery(`composer ${args[0] ?? 'script'}`, projectOf(call))
    return undefined
  },
  'show|validate|check-platform-reqs|outdated|why|diagnose|about|search|audit|licenses|status|suggests|fund|help|list':
    nothing,
})

// ---- extensions ---------------------------------------------------------------------------------------

const extensions = '/usr/local/lib/php/extensions'
const settings = (call: Call): string => inside(folderOf(call, 'PHP_INI_DIR') ?? '/usr/local/etc/php', 'conf.d')

// `extension=NAME`, or `zend_extension=` and a whole path: short either way.
const enable = (call: Call, name: string): void => {
  const plain = nameOf(name)
    .replace(/\.so$/, '')
    .replace(/-\d.*$/, '')
  call.files.put(inside(settings(call), `docker-php-ext-${plain}.ini`), {
    type: 'file',
    size: about(
      plain.length + 11,
      plain.length + 11,
      plain.length + 90,
      'heuristic',
      'the line that loads an extension',
    ),
  })
}

const isHelper = (word: string): boolean => !/^\d+$/.test(word) && !word.includes('nproc')

// The source is unpacked for `configure` and goes after the next install. Source: docker-php-ext-install, .docker-delete-me.
const unpacked = 'php source, unpacked and configured'

function install(call: Call): Result {
  call.files.removeLabel(unpacked)
  for (const name of call.args.filter(isHelper)) {
    content(call, extensions, `php:${name}`)
    enable(call, name)
  }
  return unsure
}

const pecl = byVerb({
  'install|upgrade'(call, args) {
    for (const word of args) {
      const name = nameOf(word)
        .replace(/-[\d.]+(\w*)?(\.tgz)?$/, '')
        .replace(/-(beta|alpha|stable|devel)$/, '')
        .toLowerCase()
      content(call, extensions, `php:${name}`)
      content(call, '/usr/local/lib/php', `pecl: documentation and tests of ${name}`)
    }
    temporary(call, '/tmp/pear', 'pecl downloads')
    return undefined
  },
  uninstall(call, args) {
    for (const name of args) call.files.removeLabel(`php:${name}`)
    return undefined
  },
  'update-channels|channel-update|channel-discover|clear-cache|config-set'(call) {
    content(call, '/usr/local/lib/php', 'pear channels')
    return undefined
  },
  'list|info|config-show|config-get|search|version': nothing,
})

const source: Act = (call) => {
  // What keeps the archive as well.
  if (call.args[0] === 'extract') temporary(call, '/usr/src/php', 'php source', { cleanup: 'docker-php-source delete' })
  else if (call.args[0] === 'delete') emptied(call, '/usr/src/php')
  return undefined
}

function php(call: Call): Result {
  const words = call.command.argv.slice(1)
  if (words.some((word) => /^(-v|-m|-i|--version|--ini|-h|--help|-l|--rf|--ri|--re)$/.test(word))) return unsure
  const at = words.indexOf('-r')
  const code = at < 0 ? '' : (words[at + 1] ?? '')
  // The installer of Composer, as its own page has it.
  const copied = /copy\(\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]\s*\)/.exec(code)
  const gone = /unlink\(\s*['"]([^'"]+)['"]\s*\)/.exec(code)
  if (copied !== null) {
    const bytes = call.download(copied[1]!)
    call.files.put(call.path(copied[2]!), {
      type: 'file',
      size:
        bytes === undefined
          ? unknown(`download of ${copied[1]}`)
          : { bytes, low: bytes, high: bytes, basis: 'exact', source: 'size given in the configuration' },
    })
  } else if (gone !== null && !code.includes('hash_file')) call.files.remove(call.path(gone[1]!))
  else if (at >= 0) {
    if (!/^[\s;]*(echo|print|var_dump|exit|die|if \(hash_file|phpinfo)\b/.test(code)) call.files.mystery('php -r')
  } else {
    const script = words.find((word) => !word.startsWith('-'))
    const named = words.find((word) => word.startsWith('--filename='))?.slice('--filename='.length)
    const folder = words.find((word) => word.startsWith('--install-dir='))?.slice('--install-dir='.length)
    const next = (name: string): string | undefined =>
      words.includes(name) ? words[words.indexOf(name) + 1] : undefined
    const composerInstaller =
      /composer-(setup|installer)|^installer$/.test(nameOf(script ?? '')) ||
      call.command.stdin.from.some(({ argv }) => argv.some((word) => word.includes('getcomposer.org')))
    if (composerInstaller)
      madeFile(
        call,
        inside(call.path(folder ?? next('--install-dir') ?? '.'), named ?? next('--filename') ?? 'composer.phar'),
        'composer',
        0o755,
      )
    else if (script !== undefined && /composer(\.phar)?$/.test(script))
      call.also([script, ...words.slice(words.indexOf(script) + 1)])
    else if (script !== undefined && nameOf(script) === 'artisan')
      call.files.mystery(`artisan ${words[words.indexOf(script) + 1] ?? ''}`.trim(), call.path('.'))
    else call.files.mystery(`php ${nameOf(display(script ?? 'script'))}`)
  }
  return unsure
}

export default [
  model({
    names: ['composer', 'composer.phar'],
    values: ['-d', '--working-dir', '--repository', '--stability', '-s'],
    reliable: ['clear-cache', 'clearcache', 'cc'],
    run: composer,
  }),
  model({
    names: ['docker-php-ext-install', 'install-php-extensions'],
    values: ['-j', '--jobs', '-i', '--ini-name'],
    run: install,
  }),
  model({
    names: ['docker-php-ext-enable', 'phpenmod'],
    values: ['--ini-name', '-v', '-s'],
    run(call): Result {
      if (call.name === 'phpenmod') for (const name of call.args) content(call, '/etc/php', `php: ${name} switched on`)
      else for (const name of call.args) enable(call, name)
      return unsure
    },
  }),
  model({
    names: ['docker-php-ext-configure', 'phpize'],
    run(call): Result {
      const inTree = call.files.packagesIn('/usr/src/php').length > 0
      if (call.name === 'phpize') temporary(call, call.path('.'), 'files of phpize', { cleanup: 'phpize --clean' })
      else if (!inTree) temporary(call, '/usr/src/php', unpacked, { cleanup: 'docker-php-source delete' })
      return unsure
    },
  }),
  model({ names: ['docker-php-source'], run: byVerb({ 'extract|delete': source }) }),
  model({ names: ['pecl', 'pear'], values: ['-d', '-D', '-c', '-C', '--configureoptions'], run: pecl }),
  model({ names: ['php', 'php5*', 'php7*', 'php8*'], run: php }),
]
