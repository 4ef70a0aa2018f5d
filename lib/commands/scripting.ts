/** Lua, Perl, R and Julia packages. Source: manuals of luarocks, cpan, cpanm, cpm, install.packages, Pkg. */
import { inside, nameOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, cacheHome, content, emptied, folderOf, temporary } from './parcels.ts'
import { scripted } from './sed.ts'
import { byVerb, nothing } from './verbs.ts'

// ---- Lua ----------------------------------------------------------------------------------------------

const rocks = (call: Call): string => {
  const tree = call.flags.value('--tree', '--to')
  return tree === undefined
    ? call.flags.has('--local')
      ? inside(call.home, '.luarocks')
      : '/usr/local'
    : call.path(tree)
}

const luarocks = byVerb({
  'install|build|make'(call, args) {
    const names = args.length > 0 ? args.slice(0, 1) : ['rock']
    for (const word of names)
      content(call, rocks(call), `lua:${nameOf(word).replace(/-[\d.]+-\d+\.(src\.)?rock(spec)?$/, '')}`)
    cache(call, inside(cacheHome(call), 'luarocks'), 'luarocks cache')
    return undefined
  },
  'remove|purge'(call, args) {
    for (const word of args) call.files.removeLabel(`lua:${word}`)
    return undefined
  },
  'list|show|search|config|path|which|doc|init|lint|test|download|unpack|pack|upload': nothing,
})

// ---- Perl ---------------------------------------------------------------------------------------------

function cpan(call: Call): Result {
  const { flags, args, name } = call
  const named = flags.value('-l', '-L', '--local-lib', '--local-lib-contained')
  const folder = named === undefined ? '/usr/local' : call.path(named)
  const modules = args.filter((word) => word !== 'install' && word !== 'i')
  if (flags.has('--uninstall', '-U')) for (const word of modules) call.files.removeLabel(`perl:${word}`)
  else {
    for (const word of modules)
      content(call, folder, `perl:${word === '.' ? nameOf(call.path('.')) : word.replace(/@.*$/, '')}`)
    if (flags.has('--installdeps')) content(call, folder, 'perl: project dependencies')
  }
  const work =
    name === 'cpan'
      ? inside(call.home, '.cpan')
      : name === 'cpm'
        ? inside(call.home, '.perl-cpm')
        : (folderOf(call, 'PERL_CPANM_HOME') ?? inside(call.home, '.cpanm'))
  temporary(call, work, `${name} build folders`)
  return unsure
}

function perl(call: Call): Result {
  const words = call.command.argv.slice(1)
  if (words.some((word) => word.startsWith('-MCPAN'))) {
    const code = words[words.indexOf('-e') + 1] ?? ''
    const names = [...code.matchAll(/["'(]([\w:]+)["')]/g)].map((match) => match[1]!)
    const plain = code === 'shell' || code === 'install' ? words.slice(words.indexOf('-e') + 2) : names
    for (const name of plain) content(call, '/usr/local', `perl:${name}`)
    temporary(call, inside(call.home, '.cpan'), 'cpan build folders')
    return unsure
  }
  if (!/^(Makefile|Build)\.PL$/.test(words[0] ?? '')) return scripted(call)
  content(call, call.path('.'), 'perl: build files')
  return unsure
}

// ---- R ------------------------------------------------------------------------------------------------

const library = (call: Call): string =>
  (call.flags.value('-l', '--libloc', '--library') !== undefined
    ? call.path(call.flags.value('-l', '--libloc', '--library')!)
    : undefined) ??
  folderOf(call, 'R_LIBS_SITE', 'R_LIBS', 'R_LIBS_USER')?.split(':')[0] ??
  '/usr/local/lib/R/site-library'

/** Packages that R code installs; undefined: it installs none that are named. */
function installedBy(code: string): readonly string[] {
  const calls = [
    ...code.matchAll(
      /\b(?:install\.packages|BiocManager::install|biocLite|install_(?:github|cran|version|url|bioc|git)|pak::pkg_install|pkg_install|pak)\s*\(([^)]*(?:\([^)]*\)[^)]*)*)/g,
    ),
  ]
  return calls.flatMap((one) => {
    const list = one[1]!.replace(
      /\b(repos|lib|dependencies|type|version|Ncpus|ref|upgrade)\s*=\s*(c\([^)]*\)|[^,)]+)/g,
      '',
    )
    const names = [...list.matchAll(/["']([\w./@:-]+)["']/g)].map((name) => name[1]!)
    return names.length > 0 ? names : ['packages']
  })
}

function r(call: Call): Result {
  const words = call.command.argv.slice(1)
  if (words.some((word) => /^(--version|--help|--slave --version)$/.test(word)) && words.length === 1) return unsure
  if (call.name === 'R' && words[0] === 'CMD') {
    const [, verb, ...rest] = words
    if (verb === 'INSTALL')
      for (const word of rest.filter((one) => !one.startsWith('-')))
        content(call, library(call), `R:${nameOf(word).replace(/_[\d.-]+\.tar\.gz$/, '')}`)
    else if (verb === 'build' || verb === 'check') call.files.mystery(`R CMD ${verb}`, call.path('.'))
    else if (verb === 'javareconf') content(call, '/etc/R', 'settings of R')
    return unsure
  }
  const codes = words.flatMap((word, i) =>
    word === '-e' ? [words[i + 1] ?? ''] : word.startsWith('-e=') ? [word.slice(3)] : [],
  )
  const input = call.command.stdin.output?.text
  const all = [...codes, ...(codes.length === 0 && input !== undefined ? [input] : [])]
  const script = words.find((word) => !word.startsWith('-') && !codes.includes(word))
  const text = script !== undefined && codes.length === 0 ? call.files.text(call.path(script)) : undefined
  const names = [...all, ...(text === undefined ? [] : [text])].flatMap(installedBy)
  for (const name of names) content(call, library(call), `R:${name}`)
  const quiet =
    all.length > 0 &&
    names.length === 0 &&
    all.every((code) =>
      /^\s*(library|require|cat|print|sessionInfo|R\.version|stopifnot|message|\.libPaths)\b/.test(code),
    )
  if (names.length === 0 && !quiet) call.files.mystery(`${call.name} ${script === undefined ? 'code' : nameOf(script)}`)
  return unsure
}

const littler = (call: Call): Result => {
  const github = /hub/i.test(call.name)
  for (const word of call.args) content(call, library(call), `R:${github ? nameOf(word).replace(/@.*$/, '') : word}`)
  temporary(call, '/tmp/downloaded_packages', 'R downloads')
  return unsure
}

// ---- Julia --------------------------------------------------------------------------------------------

function julia(call: Call): Result {
  const words = call.command.argv.slice(1)
  if (words.includes('--version') || words.includes('-v')) return unsure
  const code = words
    .flatMap((word, i) =>
      /^(-e|-E|--eval)$/.test(word) ? [words[i + 1] ?? ''] : word.startsWith('--eval=') ? [word.slice(7)] : [],
    )
    .join(';')
  const depot = (folderOf(call, 'JULIA_DEPOT_PATH') ?? inside(call.home, '.julia')).split(':')[0]!
  const names = [...code.matchAll(/Pkg\.(?:add|develop|build)\s*\(([^)]*)\)/g)].flatMap((one) => {
    const list = [...one[1]!.matchAll(/["']([\w./@:-]+)["']/g)].map((name) => name[1]!)
    return list.length > 0 ? list : ['packages']
  })
  for (const name of names) content(call, depot, `julia:${name}`)
  if (/Pkg\.(instantiate|precompile|update|resolve)/.test(code)) content(call, depot, 'julia: project dependencies')
  else if (names.length === 0) call.files.mystery('julia')
  if (/Pkg\.gc/.test(code)) call.files.lessen(depot)
  if (names.length > 0 || /Pkg\./.test(code)) cache(call, inside(depot, 'registries'), 'julia registries')
  return unsure
}

export default [
  model({
    names: ['luarocks', 'luarocks-*'],
    values: ['--tree', '--to', '--server', '--lua-dir', '--lua-version', '--only-server'],
    run: luarocks,
  }),
  model({
    names: ['cpan', 'cpanm', 'cpm'],
    values: '-l -L --local-lib --local-lib-contained --mirror -M --from --cpanfile -w --workers -j --feature'.split(
      ' ',
    ),
    run: cpan,
  }),
  model({
    names: ['carton'],
    run(call): Result {
      if (call.args[0] === 'install') content(call, call.path('local'), 'perl: project dependencies')
      else if (call.args[0] === 'exec') call.also(call.args.slice(1))
      return unsure
    },
  }),
  model({
    names: ['perl'],
    values: ['-e', '-E', '-M', '-m', '-I'],
    attached: ['-i', '-0', '-l', '-F', '-x'],
    run: perl,
  }),
  model({ names: ['R', 'Rscript', 'r'], values: ['-e', '--library'], run: r }),
  model({
    names: ['install2.r', 'install.r', 'installGithub.r', 'installBioc.r', 'install_packages.R'],
    values: '-l --libloc -r --repos -n --ncpus -d --deps -t --type'.split(' '),
    run: littler,
  }),
  model({ names: ['julia'], run: julia }),
  model({
    names: ['opam'],
    values: ['--switch', '--root', '-j', '--jobs', '--compiler', '--comp'],
    run(call): Result {
      const [verb, ...args] = call.args
      const root = call.flags.value('--root')
      const folder = root === undefined ? (folderOf(call, 'OPAMROOT') ?? inside(call.home, '.opam')) : call.path(root)
      if (verb === 'init' || verb === 'switch' || verb === 'update') content(call, folder, `opam ${verb}`)
      else if (verb === 'install') for (const word of args) content(call, folder, `opam:${word}`)
      else if (verb === 'clean') {
        call.files.removeLabel('opam cache*')
        emptied(call, inside(folder, 'download-cache'))
      } else if (verb === 'exec') call.also(args)
      if (verb === 'install' || verb === 'init')
        cache(call, inside(folder, 'download-cache'), 'opam cache', { cleanup: 'opam clean -a' })
      return unsure
    },
  }),
]
