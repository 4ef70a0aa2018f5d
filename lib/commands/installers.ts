/**
 * Scripts from the network that are run at once, `curl https://… | sh`, and version managers. What such a script does is
 * known for the ones most used; any other stores what nobody knows. Source: the scripts' own documentation.
 */
import { display, isKnown } from '../shell/known.ts'
import { inside, nameOf } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { cache, content, dataHome, folderOf, madeFile } from './parcels.ts'
import { installRustup } from './rust.ts'
import type { Act, Verbs } from './verbs.ts'
import { byVerb } from './verbs.ts'

type Install = (call: Call, words: readonly string[]) => void

const into =
  (label: string, folder: (call: Call) => string): Install =>
  (call) =>
    content(call, folder(call), label)

const program =
  (name: string): Install =>
  (call) =>
    madeFile(call, `/usr/local/bin/${name}`, `${name}, installed by its script`, 0o755)

const nvmFolder = (call: Call): string => folderOf(call, 'NVM_DIR') ?? inside(call.home, '.nvm')
const sdkFolder = (call: Call): string => folderOf(call, 'SDKMAN_DIR') ?? inside(call.home, '.sdkman')
const uvFolder = (call: Call): string =>
  folderOf(call, 'UV_INSTALL_DIR', 'CARGO_DIST_FORCE_INSTALL_DIR', 'XDG_BIN_HOME') ?? inside(call.home, '.local/bin')

// By what the address ends in or holds.
const known: readonly (readonly [address: RegExp, install: Install])[] = [
  [/sh\.rustup\.rs|static\.rust-lang\.org.*rustup/, installRustup],
  [/nvm-sh\/nvm|creationix\/nvm|nvm\/.*install\.sh/, into('nvm', nvmFolder)],
  [/deb\.nodesource\.com|rpm\.nodesource\.com/, packageSource('nodesource')],
  [/packagecloud\.io\/.*\/script\.(?:deb|rpm)|dl\.cloudsmith\.io\/.*\/setup\.(?:deb|rpm)/, packageSource('hosted')],
  [/mariadb_repo_setup/, packageSource('mariadb')],
  [
    /install\.python-poetry\.org|python-poetry\/poetry.*(install|get)-poetry/,
    into('poetry', (call) => folderOf(call, 'POETRY_HOME') ?? inside(dataHome(call), 'pypoetry')),
  ],
  [/astral\.sh\/(uv|ruff)/, into('uv', uvFolder)],
  [/bootstrap\.pypa\.io.*get-pip/, into('pip:pip', () => '/usr/local')],
  [
    /bun\.sh\/install|bun\.com\/install/,
    into('bun', (call) => folderOf(call, 'BUN_INSTALL') ?? inside(call.home, '.bun')),
  ],
  [/deno\.land\/(x\/)?install/, into('deno', (call) => folderOf(call, 'DENO_INSTALL') ?? inside(call.home, '.deno'))],
  [/get\.pnpm\.io/, into('pnpm', (call) => folderOf(call, 'PNPM_HOME') ?? inside(dataHome(call), 'pnpm'))],
  [/yarnpkg\.com\/install/, into('yarn', (call) => inside(call.home, '.yarn'))],
  [/get\.sdkman\.io/, into('sdkman', sdkFolder)],
  [/get\.helm\.sh|helm\/helm.*get-helm/, program('helm')],
  [/golangci.*install\.sh/, into('golangci-lint', (call) => call.path('bin'))],
  [
    /get\.docker\.com/,
    (call, words) => {
      packageSource('docker')(call, words)
      content(call, '/usr', 'docker engine')
    },
  ],
  [
    /taskfile\.dev\/install|goreleaser|gotestsum|trivy.*install|syft.*install|grype.*install|anchore/,
    (call, words) =>
      content(
        call,
        optionOf(words, '-b') === undefined ? call.path('bin') : call.path(optionOf(words, '-b')!),
        'program, installed by its script',
      ),
  ],
  [/ollama\.com\/install/, program('ollama')],
  [/starship\.rs/, program('starship')],
  [/get\.rvm\.io/, into('rvm', () => '/usr/local/rvm')],
  [/pyenv\.run|pyenv-installer/, into('pyenv', (call) => folderOf(call, 'PYENV_ROOT') ?? inside(call.home, '.pyenv'))],
  [
    /get-ghcup\.haskell\.org|ghcup/,
    into('ghcup', (call) => inside(folderOf(call, 'GHCUP_INSTALL_BASE_PREFIX') ?? call.home, '.ghcup')),
  ],
  [/get\.haskellstack\.org/, program('stack')],
  [/cli\.github\.com|sentry\.io\/get-cli/, program('sentry-cli')],
  [/fly\.io\/install/, into('flyctl', (call) => inside(call.home, '.fly'))],
  [
    /dot\.net\/v1\/dotnet-install|dotnet-install\.sh/,
    (call, words) => content(call, dotnetFolder(call, words), 'dotnet'),
  ],
  [/ohmyzsh|oh-my-zsh/, into('oh-my-zsh', (call) => inside(call.home, '.oh-my-zsh'))],
  [/nixos\.org\/nix\/install|install\.determinate/, into('nix', () => '/nix')],
  [/mise\.(run|jdx)/, into('mise', (call) => inside(call.home, '.local/bin'))],
  [/cpanmin\.us/, program('cpanm')],
]

// It adds a source of packages, fetches the lists, and installs what it needs for that.
function packageSource(name: string): Install {
  return (call) => {
    const { id } = call.facts.os ?? {}
    const rpm =
      call.files.presence('/usr/bin/rpm') === 'yes' || /^(centos|fedora|rhel|rocky|almalinux|amzn|ol)$/.test(id ?? '')
    if (rpm) {
      content(call, '/etc/yum.repos.d', `${name} repository file`)
      return
    }
    call.also(['apt-get', 'update'])
    call.also(['apt-get', 'install', '-y', 'apt-transport-https', 'ca-certificates', 'curl', 'gnupg'])
    content(call, '/etc/apt', `${name} package source and key`)
    call.also(['apt-get', 'update'])
  }
}

const optionOf = (words: readonly string[], name: string): string | undefined => {
  const at = words.indexOf(name)
  return at < 0 ? undefined : words[at + 1]
}

const dotnetFolder = (call: Call, words: readonly string[]): string =>
  call.path(
    optionOf(words, '--install-dir') ??
      optionOf(words, '-InstallDir') ??
      call.env('DOTNET_INSTALL_DIR') ??
      inside(call.home, '.dotnet'),
  )

/** Where a text that a shell reads came from: addresses named by the programs that feed it. */
const addresses = (call: Call): readonly string[] =>
  call.command.stdin.from.flatMap(({ argv }) =>
    argv.filter((word) => /^(https?|ftp):|^[\w-]+(\.[\w-]+)+(\/|$)/.test(word)),
  )

/** Does what the script that is piped in does, where its address is known. False: it is not. */
export function installPiped(call: Call, words: readonly string[]): boolean {
  const piped = addresses(call)
  const found = known.find(([address]) => piped.some((one) => address.test(one)))
  found?.[1](call, words)
  return found !== undefined
}

// A shell whose script is not at hand.
function shell(call: Call): Result {
  const words = call.command.argv.slice(1)
  if (words.some((word) => word === '--version' || word === '--help')) return unsure
  const script = words.find((word, i) => !/^[-+]/.test(word) && !/^[-+]o$/.test(words[i - 1] ?? ''))
  const piped = addresses(call)
  if (script !== undefined && !words.includes('-s')) {
    const rest = words.slice(words.indexOf(script) + 1)
    const found = known.find(([address]) => address.test(script))
    // A file saved from an address before, by its name: an installer that is a program of its own.
    if (found !== undefined) found[1](call, rest)
    else if (
      /^(\S*\/)?((mini|ana)conda|miniforge|mambaforge|rustup-init|get-pip|dotnet-install|elan-init)/i.test(script)
    )
      call.also([script, ...rest])
    else call.files.mystery(`unknown: ${isKnown(script) ? nameOf(script) : display(script)}`)
    return unsure
  }
  const at = words.findIndex((word) => word === '-s' || word === '--')
  if (installPiped(call, at < 0 ? [] : words.slice(at + 1).filter((word) => word !== '--'))) return unsure
  if (piped.length > 0)
    call.files.mystery(
      `unknown: script from ${display(piped[0]!)
        .replace(/^https?:\/\//, '')
        .slice(0, 60)}`,
    )
  else call.files.mystery(`unknown: script of ${call.name}`)
  return unsure
}

// ---- version managers ---------------------------------------------------------------------------------

/** What installs other programs into a folder of its own. */
interface Manager {
  readonly names: readonly string[]
  readonly folder: (call: Call) => string
  readonly verbs: readonly string[]
  /** A folder of downloads below it. */
  readonly downloads?: string
  readonly clears?: string
}

const managers: readonly Manager[] = [
  { names: ['nvm'], folder: nvmFolder, verbs: ['install', 'i'], downloads: '.cache', clears: 'cache clear' },
  { names: ['sdk'], folder: sdkFolder, verbs: ['install', 'i'], downloads: 'archives', clears: 'flush' },
  {
    names: ['n'],
    folder: (call) => folderOf(call, 'N_PREFIX') ?? '/usr/local',
    verbs: ['install', 'lts', 'latest', 'stable', 'auto'],
    clears: 'prune',
  },
  { names: ['fnm'], folder: (call) => folderOf(call, 'FNM_DIR') ?? inside(dataHome(call), 'fnm'), verbs: ['install'] },
  {
    names: ['volta'],
    folder: (call) => folderOf(call, 'VOLTA_HOME') ?? inside(call.home, '.volta'),
    verbs: ['install', 'fetch'],
    downloads: 'cache',
  },
  {
    names: ['pyenv'],
    folder: (call) => folderOf(call, 'PYENV_ROOT') ?? inside(call.home, '.pyenv'),
    verbs: ['install', 'rehash', 'global'],
  },
  {
    names: ['rbenv', 'nodenv', 'goenv', 'jenv', 'tfenv'],
    folder: (call) => folderOf(call, `${call.name.toUpperCase()}_ROOT`) ?? inside(call.home, `.${call.name}`),
    verbs: ['install'],
  },
  {
    names: ['ruby-build', 'python-build', 'node-build'],
    folder: (call) => call.path(call.args[1] ?? '/usr/local'),
    verbs: [],
  },
  {
    names: ['rvm'],
    folder: () => '/usr/local/rvm',
    verbs: ['install', 'requirements', 'get'],
    downloads: 'archives',
    clears: 'cleanup all',
  },
  {
    names: ['asdf', 'mise', 'rtx'],
    folder: (call) =>
      folderOf(call, 'ASDF_DATA_DIR', 'MISE_DATA_DIR') ??
      (call.name === 'asdf' ? inside(call.home, '.asdf') : inside(dataHome(call), 'mise')),
    verbs: ['install', 'plugin', 'plugin-add', 'use'],
    downloads: 'downloads',
  },
  { names: ['gvm'], folder: (call) => inside(call.home, '.gvm'), verbs: ['install'], downloads: 'archive' },
  {
    names: ['krew', 'helm', 'kustomize', 'terraform', 'ansible-galaxy'],
    folder: (call) => inside(call.home, `.${call.name}`),
    verbs: ['install', 'plugin', 'init', 'repo', 'pull', 'dependency', 'collection', 'role'],
  },
]

function managing(it: Manager): (call: Call) => Result {
  const { downloads, clears } = it
  const clear: Act = (call) => {
    if (downloads !== undefined) call.files.remove(inside(it.folder(call), downloads))
    return undefined
  }
  const table: Verbs = {
    ...(clears === undefined ? {} : { [clears]: clear }),
    uninstall(call, args) {
      for (const word of args) call.files.removeLabel(`${call.name}:${word}`)
      return undefined
    },
  }
  return byVerb(table, (call, args) => {
    const [verb, ...names] = args
    if (verb === undefined) return undefined
    if (!it.verbs.includes(verb) && it.verbs.length > 0 && !/^v?\d/.test(verb)) return undefined
    const what = it.verbs.includes(verb) ? names.filter((word) => !word.startsWith('-')).join(' ') : verb
    content(call, it.folder(call), `${call.name}:${what === '' ? 'default version' : what}`)
    if (downloads !== undefined) cache(call, inside(it.folder(call), downloads), `${call.name} downloads`)
    return undefined
  })
}

export default [
  model({ names: ['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh'], run: shell }),
  ...managers.map((it) => model({ names: it.names, run: managing(it) })),
  model({
    names: ['dotnet-install.sh', 'elan-init*', 'get-poetry.py', 'install-poetry.py'],
    run(call): Result {
      if (call.name === 'dotnet-install.sh') content(call, dotnetFolder(call, call.command.argv), 'dotnet')
      else
        content(
          call,
          call.name.startsWith('elan') ? inside(call.home, '.elan') : inside(dataHome(call), 'pypoetry'),
          call.name.replace(/[-.].*$/, ''),
        )
      return unsure
    },
  }),
]
