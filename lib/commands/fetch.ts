/** Fetching: curl, wget, aria2c, git, svn. A download's bytes are known where the configuration gives them by URL. */
import type { Size } from '../model.ts'
import type { Output } from '../shell/command.ts'
import { display } from '../shell/known.ts'
import { inside, nameOf, parentOf } from '../shell/paths.ts'
import { exact, unknown } from '../size.ts'
import type { Call, Result } from './command.ts'
import { failed, model, unsure } from './command.ts'
import { holds, isFolder } from './places.ts'

function sizeOf(call: Call, url: string): Size {
  const bytes = call.download(url)
  return bytes === undefined ? unknown(`download of ${display(url)}`) : exact(bytes, 'size given in the configuration')
}

/** The name a URL ends in, query and fragment off; undefined: none. */
const lastPart = (url: string): string | undefined =>
  nameOf(url.replace(/[?#].*$/, '').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*$/i, '')) || undefined

function save(call: Call, path: string, size: Size): Result {
  const at = call.files.real(path)
  if (at.startsWith('/dev/')) return unsure
  if (!holds(call.files, parentOf(at))) return failed
  call.files.write(at, { size })
  return unsure
}

// Outputs belong to URLs in order; a URL without one goes to standard output.
function curl(call: Call): Result {
  const { flags } = call
  const urls = [...call.args, ...flags.all('--url')]
  if (urls.length === 0) return flags.has('--version', '-V', '--help') ? undefined : unsure
  if (flags.has('-I', '--head', '-T', '--upload-file') && !flags.has('-o', '--output')) return unsure
  const outputs = flags.all('-o', '--output')
  const named = flags.has('-O', '--remote-name', '--remote-name-all')
  const folder = flags.value('--output-dir')
  const printed: Output[] = []
  let outcome: Result = unsure
  for (const [i, url] of urls.entries()) {
    const size = sizeOf(call, url)
    const name = outputs[i] ?? (named ? (lastPart(url) ?? 'curl_response') : undefined)
    if (name === undefined || name === '-') printed.push({ size })
    else {
      const path = call.path(folder === undefined ? name : `${folder}/${name}`)
      if (flags.has('--create-dirs')) call.files.mkdir(parentOf(path))
      if (save(call, path, size) === failed) outcome = failed
    }
  }
  for (const jar of [...flags.all('-c', '--cookie-jar', '-D', '--dump-header', '--trace')])
    if (jar !== '-') save(call, call.path(jar), unknown('written by curl'))
  const [only] = printed
  return printed.length === 0 || only === undefined
    ? outcome
    : { status: 'unknown', output: printed.length === 1 ? only : { size: unknown('several downloads') } }
}

function wget(call: Call): Result {
  const { flags } = call
  const output = flags.value('-O', '--output-document')
  const folder = flags.value('-P', '--directory-prefix')
  if (flags.has('--spider', '--version', '-V')) return unsure
  if (output === '-')
    return {
      status: 'unknown',
      output: { size: call.args.length === 1 ? sizeOf(call, call.args[0]!) : unknown('several downloads') },
    }
  if (flags.has('-r', '-m', '--recursive', '--mirror', '-i', '--input-file', '-p')) {
    call.files.put(call.path(folder ?? '.'), {
      type: 'package',
      label: `wget: ${display(call.args[0] ?? 'list')}`,
      size: unknown('downloads'),
    })
    return unsure
  }
  if (folder !== undefined && output === undefined) call.files.mkdir(call.path(folder))
  let outcome: Result = unsure
  for (const url of output === undefined ? call.args : call.args.slice(0, 1)) {
    // The query belongs to the name here.
    const name =
      output ?? (nameOf(url.replace(/#.*$/, '').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*$/i, '')) || 'index.html')
    const path = call.path(folder === undefined || output !== undefined ? name : `${folder}/${name}`)
    if (
      save(
        call,
        path,
        call.args.length > 1 && output !== undefined ? unknown('several downloads') : sizeOf(call, url),
      ) === failed
    )
      outcome = failed
  }
  const log = flags.value('-o', '--output-file', '-a', '--append-output')
  if (log !== undefined && log !== '/dev/null') save(call, call.path(log), unknown('log of wget'))
  return outcome
}

function aria2c(call: Call): Result {
  const { flags, args } = call
  const [url] = args
  if (url === undefined) return unsure
  const name = flags.value('-o', '--out') ?? lastPart(url) ?? 'index.html'
  return save(call, call.path(`${flags.value('-d', '--dir') ?? '.'}/${name}`), sizeOf(call, url))
}

const readOnly = new Set(
  'rev-parse log describe diff status ls-remote ls-files show branch remote archive rev-list blame grep shortlog cat-file for-each-ref symbolic-ref version tag verify-commit verify-tag credential var'.split(
    ' ',
  ),
)

/** Label of a repository that `git init` made. */
const made = 'git: repository'

function git(call: Call): Result {
  const base = call.flags.value('-C')
  const path = (arg: string): string => call.path(base === undefined || arg.startsWith('/') ? arg : `${base}/${arg}`)
  const [verb, ...args] = call.args
  switch (verb) {
    case undefined:
      return undefined
    case 'clone': {
      const [url, folder] = args
      if (url === undefined) return failed
      const bare = call.flags.has('--bare', '--mirror')
      const name =
        folder ??
        nameOf(url.replace(/\/+$/, '').replace(/\/\.git$/, ''))
          .replace(/\.git$/, '')
          .replace(/^.*:/, '') + (bare ? '.git' : '')
      const size = call.download(url)
      call.files.mkdir(path(name))
      call.files.put(path(name), {
        type: 'package',
        label: `git: ${display(url)}`,
        size: size === undefined ? unknown(`clone of ${display(url)}`) : exact(size, 'size given in the configuration'),
      })
      if (!bare && size === undefined) history(call, inside(path(name), '.git'), display(url))
      return unsure
    }
    case 'init': {
      const folder = path(args[0] ?? '.')
      call.files.mkdir(folder)
      call.files.put(inside(folder, '.git'), {
        type: 'package',
        label: made,
        size: unknown('a new repository and its sample hooks'),
      })
      return unsure
    }
    case 'fetch':
    case 'pull':
      // Into a new repository: all that is fetched is history, whatever is checked out of it.
      if (isNew(call, path('.git'))) history(call, path('.git'), args[0] ?? 'origin')
      if (verb === 'pull') call.files.mystery('git pull', path('.'))
      return unsure
    case 'config':
      return config(call, args, path('.git/config'))
    case 'lfs':
      if (args[0] === 'install')
        call.files.write(inside(call.home, '.gitconfig'), { size: unknown('git configuration'), append: true })
      else call.files.mystery('git lfs', path('.'))
      return unsure
    default:
      if (!readOnly.has(verb)) call.files.mystery(`git ${verb}`, path('.'))
      return unsure
  }
}

// A new file gets one section and one line; into an old one nobody knows where it goes.
function config(call: Call, args: readonly string[], local: string): Result {
  const [key, value] = args
  if (call.flags.has('--get', '--get-all', '--list', '-l', '--get-regexp') || key === undefined || value === undefined)
    return unsure
  const path = call.flags.has('--global')
    ? inside(call.home, '.gitconfig')
    : call.flags.has('--system')
      ? '/etc/gitconfig'
      : (call.flags.value('-f', '--file') && call.path(call.flags.value('-f', '--file')!)) || local
  const old = call.files.presence(path) === 'no' ? '' : call.files.text(path)
  const [, section = '', sub, name = ''] = /^([^.]+)(?:\.(.+))?\.([^.]+)$/.exec(key) ?? []
  const head = `[${section}${sub === undefined ? '' : ` "${sub}"`}]\n`
  const line = `\t${name} = ${/^[^\s#;"\\][^#;"\\\n]*$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}\n`
  if (old === undefined) call.files.write(path, { size: unknown('git configuration') })
  else if (!old.includes('[')) call.files.write(path, { ...sized(old + head + line), text: old + head + line })
  else {
    const last = [...old.matchAll(/^\[.*\]$/gm)].at(-1)?.[0]
    const text = old + (`${last}\n` === head ? '' : head) + line
    if (!old.includes(head) || `${last}\n` === head) call.files.write(path, { ...sized(text), text })
    else call.files.write(path, { size: unknown('git configuration') })
  }
  return undefined
}

const sized = (text: string): { readonly size: Size } => ({
  size: exact(new TextEncoder().encode(text).length, 'known text'),
})

const isNew = ({ files }: Call, folder: string): boolean =>
  files.packagesIn(folder).some(({ label }) => label === made) &&
  files.packagesIn(folder).every(({ kind }) => kind !== 'cache')

/** What a clone keeps besides the files: all versions of them, which only its program reads. */
function history(call: Call, folder: string, url: string, program = 'git'): void {
  call.files.mkdir(folder)
  call.files.put(folder, {
    type: 'package',
    label: `${program} history`,
    kind: 'cache',
    cleanup: `rm -rf ${folder}`,
    size: unknown(`history of ${url}`, 20_000),
  })
}

function checkout(call: Call): Result {
  const [verb, ...args] = call.args
  if (verb !== 'checkout' && verb !== 'co' && verb !== 'export' && verb !== 'clone') {
    if (verb === 'update' || verb === 'switch' || verb === 'pull')
      call.files.mystery(`${call.name} ${verb}`, call.path('.'))
    return unsure
  }
  const [url, folder] = args
  if (url === undefined) return failed
  const to = call.path(folder ?? nameOf(url.replace(/\/+$/, '')))
  const top = isFolder(call.files, to) === true && verb === 'export' ? inside(to, nameOf(url)) : to
  call.files.put(top, {
    type: 'package',
    label: `${call.name}: ${display(url)}`,
    size: unknown(`checkout of ${display(url)}`),
  })
  const kept = Object.hasOwn(keeps, call.name) ? keeps[call.name] : undefined
  if (verb !== 'export' && kept !== undefined) history(call, inside(top, kept), display(url), call.name)
  return unsure
}

/** Where the program keeps the unchanged files, or all versions of them. */
const keeps: Readonly<Record<string, string>> = { svn: '.svn', hg: '.hg', bzr: '.bzr' }

const curlValues =
  '-o --output -H --header -d --data --data-raw --data-binary --data-urlencode -u --user -A --user-agent -e --referer -x --proxy -m --max-time -w --write-out -X --request -b --cookie -c --cookie-jar -D --dump-header -F --form -T --upload-file -K --config -C --continue-at -r --range -y -Y -z --time-cond -E --cert --cacert --capath --key --retry --retry-delay --retry-max-time --connect-timeout --resolve --output-dir --url --proto --proto-redir --proto-default --tls-max --ciphers --limit-rate --interface --max-redirs --max-filesize --trace --parallel-max --unix-socket --noproxy --oauth2-bearer'
const wgetValues =
  '-O --output-document -o --output-file -a --append-output -P --directory-prefix -i --input-file -e --execute -t --tries -T --timeout -w --wait -U --user-agent -Q -A -R -D -l --level -I -X --header --post-data --post-file --user --password --referer --load-cookies --save-cookies --ca-certificate --limit-rate --waitretry --read-timeout --connect-timeout --dns-timeout --secure-protocol --cut-dirs --progress --retry-on-http-error -B --base'

export default [
  model({ names: ['curl'], values: curlValues.split(' '), run: curl }),
  model({ names: ['wget', 'wget2'], values: wgetValues.split(' '), run: wget }),
  model({
    names: ['aria2c', 'axel'],
    values: ['-o', '--out', '-d', '--dir', '-x', '-s', '-j', '-k', '-n', '--checksum', '--max-connection-per-server'],
    run: aria2c,
  }),
  model({
    names: ['git'],
    values: [
      '-C',
      '-b',
      '--branch',
      '-c',
      '--config',
      '--depth',
      '-j',
      '--jobs',
      '--reference',
      '-o',
      '--origin',
      '--git-dir',
      '--work-tree',
      '--shallow-since',
      '--filter',
      '-f',
      '--file',
      '-m',
      '--exec-path',
      '--separate-git-dir',
    ],
    run: git,
  }),
  model({
    names: ['svn', 'hg', 'bzr', 'fossil'],
    values: ['-r', '--revision', '--username', '--password', '-b', '--branch', '--depth', '--config-option'],
    run: checkout,
  }),
]
