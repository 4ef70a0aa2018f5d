/**
 * What Node's packages fetch besides themselves and keep a second time: Electron's archive, and the headers that add-ons are
 * compiled with. Source: documentation of @electron/get and electron-builder, readme of node-gyp (`--devdir`).
 */
import { inside } from '../shell/paths.ts'
import type { Call, Result } from './command.ts'
import { model, unsure } from './command.ts'
import { json, packageName } from './node-places.ts'
import { cache, cacheHome, emptied, folderOf, isOn } from './parcels.ts'

/** What packages fetch when they are installed: those asked for by name, else those the project lists. */
export function installFetches(call: Call, project: string, words: readonly string[], production: boolean): void {
  if (call.flags.has('--ignore-scripts', '--package-lock-only')) return
  const { dependencies, devDependencies } = json(call, inside(project, 'package.json')) ?? {}
  const listed = [dependencies, ...(production ? [] : [devDependencies])]
  const names = words.length > 0 ? words.map(packageName) : listed.flatMap((one) => Object.keys(one ?? {}))
  if (names.includes('electron') && !isOn(call.env('ELECTRON_SKIP_BINARY_DOWNLOAD'))) electron(call)
}

function electron(call: Call): void {
  const folder = folderOf(call, 'electron_config_cache', 'ELECTRON_CACHE') ?? inside(cacheHome(call), 'electron')
  cache(call, folder, 'electron downloads', { cleanup: `rm -rf ${folder}` })
}

function builder(call: Call): Result {
  call.files.mystery(call.name, call.path('.'))
  electron(call)
  const folder = folderOf(call, 'ELECTRON_BUILDER_CACHE') ?? inside(cacheHome(call), 'electron-builder')
  cache(call, folder, 'electron-builder downloads', { cleanup: `rm -rf ${folder}` })
  return unsure
}

function gyp(call: Call): Result {
  const [verb = ''] = call.args
  const named = call.flags.value('--devdir')
  const folder =
    (named === undefined ? folderOf(call, 'npm_config_devdir') : call.path(named)) ??
    inside(cacheHome(call), 'node-gyp')
  if (verb === 'remove') emptied(call, folder)
  else if (/^(?:install|configure|rebuild)$/.test(verb) && !call.flags.has('--nodedir'))
    cache(call, folder, 'node-gyp headers', { cleanup: `rm -rf ${folder}` })
  if (/^(?:configure|build|rebuild)$/.test(verb)) call.files.mystery('node-gyp', call.path('.'))
  return unsure
}

export default [
  model({ names: ['electron-builder'], values: ['-c', '--config', '-p', '--publish'], run: builder }),
  model({ names: ['node-gyp'], values: ['--devdir', '-C', '--directory', '-j', '--jobs', '--target'], run: gyp }),
]
