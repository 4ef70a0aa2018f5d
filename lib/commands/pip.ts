/** pip: what arrives, where its cache lies, what is kept. Source: pip's documentation (caching, configuration, user installs). */
import { textOutput } from '../shell/command.ts'
import { isKnown, knownBytes } from '../shell/known.ts'
import { inside, parentOf } from '../shell/paths.ts'
import { exact, unknown } from '../size.ts'
import type { Call } from './command.ts'
import { model, prints } from './command.ts'
import { cache, cacheHome, content, emptied, folderOf, isOn } from './parcels.ts'
import { answers, asked, installAsked, uninstall } from './pip-install.ts'
import { isEnvironment, isRoot, prefixOf } from './python-places.ts'
import type { Act } from './verbs.ts'
import { byVerb, nothing } from './verbs.ts'

/** Folder of pip's cache, or undefined where none is kept. */
export function pipCache(call: Call): string | undefined {
  // Any value at all switches it off, "0" too. Source: pip's _handle_no_cache_dir.
  // Names may be cut short.
  if (call.flags.has('--no-cache-dir', '--no-cache') || (call.env('PIP_NO_CACHE_DIR') ?? '') !== '') return undefined
  if (!call.flags.has('--cache-dir') && configured(call, 'no-cache-dir') !== undefined) return undefined
  const named = call.flags.value('--cache-dir')
  if (named !== undefined) return call.path(named)
  if (isAncient(call)) return undefined
  const folder = folderOf(call, 'PIP_CACHE_DIR') ?? configuredPath(call)
  if (folder !== undefined) return folder
  // A number that no account has is at home in the root folder, where it may not write: pip then keeps nothing.
  const home = cacheHome(call)
  return parentOf(home) === '/' && !isRoot(call) && call.files.presence(home) !== 'yes'
    ? undefined
    : inside(home, 'pip')
}

// Pip keeps what it downloads since 6.0; Debian 8 and Ubuntu 14.04 have an older one of their own. Source: pip's news.
function isAncient(call: Call): boolean {
  const { id, versionId = '' } = call.facts.os ?? {}
  const last = id === 'debian' ? 8 : id === 'ubuntu' ? 14.04 : 0
  return (
    Number.parseFloat(versionId) <= last &&
    call.env('PYTHON_VERSION') === undefined &&
    call.files.presence('/usr/bin/pip') !== 'no' &&
    !call.files.packagesIn(prefixOf(call)).some(({ label }) => label === 'pip:pip')
  )
}

const configuredPath = (call: Call): string | undefined => {
  const value = configured(call, 'cache-dir')
  return value === undefined || !value.startsWith('/') ? undefined : value
}

// pip.conf as far as it is known, and what `pip config set` said.
function configured(call: Call, key: string): string | undefined {
  const told = (call.state.get('pip config') as Readonly<Record<string, string>> | undefined)?.[key]
  if (told !== undefined) return told
  const places = [
    call.env('PIP_CONFIG_FILE'),
    '/etc/pip.conf',
    inside(call.home, '.pip/pip.conf'),
    inside(call.home, '.config/pip/pip.conf'),
    inside(prefixOf(call), 'pip.conf'),
  ]
  for (const place of places) {
    if (place === undefined || !isKnown(place)) continue
    const line = call.files
      .text(call.path(place))
      ?.split('\n')
      .find((one) => one.trim().startsWith(key))
    const value = line?.split('=')[1]?.trim()
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

/** Keeps what was downloaded, unless told not to. */
export function keepDownloads(call: Call): void {
  const folder = pipCache(call)
  if (folder !== undefined) cache(call, folder, 'pip cache', { names: answers(call) })
}

/** Where an install goes. */
function target(call: Call): string {
  const { flags } = call
  const root = flags.value('--root')
  const below = (path: string): string => (root === undefined ? path : inside(call.path(root), path.slice(1)))
  const folder = flags.value('-t', '--target')
  if (folder !== undefined) return call.path(folder)
  const given = flags.value('--prefix')
  if (given !== undefined) return below(call.path(given))
  const prefix = prefixOf(call)
  const own = inside(call.home, '.local')
  if (flags.has('--user') || (call.env('PIP_USER') ?? '') !== '') return folderOf(call, 'PYTHONUSERBASE') ?? own
  // Not allowed to write there, it takes the user's own folder.
  return isRoot(call) || isEnvironment(call, prefix) ? below(prefix) : (folderOf(call, 'PYTHONUSERBASE') ?? own)
}

/** Installs with pip's own rules about caches and byte code. */
const install: Act = (call, args) => {
  if (call.flags.has('--dry-run')) return undefined
  const things = asked(call, args)
  const folder = target(call)
  const { isKnown } = installAsked(call, things, {
    folder,
    flat: call.flags.has('-t', '--target'),
    cache: pipCache(call),
    compile: !call.flags.has('--no-compile') && !isOn(call.env('PIP_NO_COMPILE')),
    byPip: true,
  })
  // What no table has is kept too.
  if (!isKnown) keepDownloads(call)
  return undefined
}

// Wheels of what is asked for, in a folder.
const wheel: Act = (call, args) => {
  const folder = call.path(call.flags.value('-w', '--wheel-dir', '-d', '--dest') ?? '.')
  for (const { label } of asked(call, args))
    content(call, folder, label.replace(/^pip:/, 'wheel:'), { names: ['flask-3.0.3-py3-none-any.whl'] })
  keepDownloads(call)
  return undefined
}

const purge: Act = (call) => {
  const folder = pipCache(call) ?? inside(cacheHome(call), 'pip')
  emptied(call, folder)
  return undefined
}

// Remembered besides: the file itself may be one that nobody has read.
const configure: Act = (call, [key = '', value = '']) => {
  const old = call.state.get('pip config') as Readonly<Record<string, string>> | undefined
  const name = key.replace(/^[^.]*\./, '').replaceAll('_', '-')
  call.state.set('pip config', { ...old, [name]: value })
  const path = call.flags.has('--global') ? '/etc/pip.conf' : inside(call.home, '.config/pip/pip.conf')
  if (call.files.presence(path) !== 'no') call.files.write(path, { size: unknown('configuration of pip') })
  else {
    const text = `[${key.split('.')[0]}]\n${name} = ${value}\n\n`
    call.files.put(path, {
      type: 'file',
      text,
      size: { ...exact(knownBytes(text), 'configuration of pip'), basis: 'resolved' },
    })
  }
  return undefined
}

/** What pip does, for programs that are pip in disguise. */
export const pip = byVerb({
  install,
  'wheel|download': wheel,
  uninstall(call, args) {
    uninstall(call, target(call), asked(call, args))
    return undefined
  },
  'cache purge|cache remove': purge,
  'config set': configure,
  'cache dir'(call) {
    const folder = pipCache(call)
    return folder === undefined ? undefined : prints(textOutput(`${folder}\n`))
  },
  'list|show|freeze|check|search|index|debug|inspect|hash|help|config|completion': nothing,
})

/** Options of pip that take a value. */
export const pipValues =
  '-r --requirement -c --constraint -e --editable -t --target --prefix --root --platform --python-version --implementation --abi -i --index-url --extra-index-url -f --find-links --no-binary --only-binary --cache-dir --trusted-host --proxy --retries --timeout --default-timeout --upgrade-strategy --global-option --install-option --config-settings -C --progress-bar -w --wheel-dir -d --dest --log --src -b --build --cert --exists-action --use-feature --use-deprecated --report --python --root-user-action --keyring-provider'.split(
    ' ',
  )

export default [model({ names: ['pip', 'pip2*', 'pip3*'], values: pipValues, reliable: ['cache'], run: pip })]
