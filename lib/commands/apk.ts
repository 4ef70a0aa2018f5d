/** Alpine's package manager. Source: apk(8), apk-world(5), apk-cache(5); apk-tools 2.14. */

import { textOutput } from '../shell/command.ts'
import { inside } from '../shell/paths.ts'
import { about } from '../size.ts'
import { apkDatabase, apkPackage } from '../sizes/apk.ts'
import type { Call, Result } from './command.ts'
import { model, prints, unsure } from './command.ts'
import { cache, content } from './parcels.ts'
import { machineOf } from './quiet.ts'
import type { Act } from './verbs.ts'
import { byVerb } from './verbs.ts'

/** What was asked for, by root: names in world, and what a virtual package stands for. */
interface World {
  readonly names: readonly string[]
  readonly virtuals: Readonly<Record<string, readonly string[]>>
}

const nobody: World = { names: [], virtuals: {} }

// Compressed indexes of main and community. Source: run-size specification, section 9; the row of oven/bun:1-alpine
// that leaves them is 5,511,168 bytes of tar with libstdc++, one of node:22-alpine tells the rest.
const indexes = about(2_500_000, 400_000, 5_000_000, 'heuristic', 'compressed indexes of main and community')

const rootOf = (call: Call): string => call.path(call.flags.value('-p', '--root') ?? '/')

/** `curl=8.9-r0`, `curl~8`, `curl@edge`: the name alone. A file or a web address: its last part. */
const nameIn = (word: string): string =>
  word
    .replace(/^.*\/([^/]+)\.apk$/, '$1')
    .replace(/^!/, '')
    .replace(/^([^=<>~@]+)[=<>~@].*$/, '$1')

/** Where the cache lies, and whether packages are kept in it besides the index. Source: apk-cache(5); apk-tools, src/database.c. */
function cacheOf(call: Call): { readonly folder: string; readonly keeps: boolean } {
  const named = call.flags.value('--cache-dir')
  if (named !== undefined) return { folder: call.path(named), keeps: true }
  const own = inside(rootOf(call), 'etc/apk/cache')
  return call.files.presence(own) === 'yes'
    ? { folder: call.files.real(own), keeps: true }
    : { folder: inside(rootOf(call), 'var/cache/apk'), keeps: false }
}

function index(call: Call): void {
  if (call.flags.has('--no-cache', '--no-network')) return
  const { folder } = cacheOf(call)
  const old = call.files.packagesIn(folder).find(({ label }) => label === 'apk index')
  if (old === undefined || old.maybe === true)
    cache(call, folder, 'apk index', { size: indexes, cleanup: `rm -rf ${folder}/*` })
}

const worldOf = (call: Call): World => (call.state.get(`apk ${rootOf(call)}`) as World | undefined) ?? nobody

function database(call: Call, world: World, packages: number): void {
  const { files, state } = call
  state.set(`apk ${rootOf(call)}`, world)
  const usr = inside(rootOf(call), 'usr/lib/apk/db/installed')
  const path = files.presence(usr) === 'yes' ? usr : inside(rootOf(call), 'lib/apk/db/installed')
  const before = files.get(files.real(path))?.size.bytes ?? undefined
  files.write(path, { size: apkDatabase(before, packages) })
}

// What a base holds already adds nothing; of a base that nobody has listed it is not known.
function install(call: Call, name: string): void {
  const { packages } = call.facts
  if (packages !== undefined && Object.hasOwn(packages, name) && rootOf(call) === '/') return
  const size = apkPackage(name)
  const details = size === undefined ? {} : { size: packages === undefined ? { ...size, low: 0 } : size }
  content(call, rootOf(call), `apk:${name}`, details)
}

const add: Act = (call, args) => {
  index(call)
  const world = worldOf(call)
  const names = args.filter((word) => word !== '' && !word.startsWith('!')).map(nameIn)
  const virtual = call.flags.value('-t', '--virtual')
  const root = rootOf(call)
  for (const name of names) install(call, name)
  if (call.flags.has('-u', '--upgrade', '-l', '--latest')) content(call, root, 'apk: upgraded packages')
  const { folder, keeps } = cacheOf(call)
  if (keeps && names.length > 0 && !call.flags.has('--no-cache'))
    cache(call, folder, 'apk packages', { cleanup: `rm -rf ${folder}/*` })
  if (names.length === 0 && virtual === undefined && !call.flags.has('--initdb')) return undefined
  database(
    call,
    virtual === undefined
      ? { ...world, names: [...world.names, ...names] }
      : { ...world, virtuals: { ...world.virtuals, [virtual]: [...(world.virtuals[virtual] ?? []), ...names] } },
    names.length,
  )
  return undefined
}

// A package goes when nothing that stays in world asks for it.
const del: Act = (call, args) => {
  const world = worldOf(call)
  const going = args.map(nameIn)
  const virtuals = Object.fromEntries(Object.entries(world.virtuals).filter(([name]) => !going.includes(name)))
  const names = world.names.filter((name) => !going.includes(name))
  const staying = new Set([...names, ...Object.values(virtuals).flat()])
  for (const name of going)
    for (const one of Object.hasOwn(world.virtuals, name) ? world.virtuals[name]! : [name])
      if (!staying.has(one)) call.files.removeLabel(`apk:${one}`)
  database(call, { names, virtuals }, 0)
  return undefined
}

const upgrade: Act = (call) => {
  index(call)
  content(call, rootOf(call), 'apk: upgraded packages')
  database(call, worldOf(call), 0)
  return undefined
}

// Packages go; an index of a repository that is in use stays. Source: apk-tools, src/app_cache.c, cache_clean_item.
const clean: Act = (call) => {
  const { folder } = cacheOf(call)
  for (const one of call.files.packagesIn(folder))
    if (one.label?.startsWith('apk packages') === true) call.files.removeLabel(one.label)
  return undefined
}

const run = byVerb({
  add,
  del,
  'upgrade|fix': upgrade,
  update(call) {
    index(call)
    return undefined
  },
  'cache clean|cache purge': clean,
  fetch(call, args) {
    index(call)
    const folder = call.path(call.flags.value('-o', '--output') ?? '.')
    if (!call.flags.has('-s', '--stdout', '--simulate'))
      for (const name of args) content(call, folder, `apk:${name}.apk`)
    return undefined
  },
})

function apk(call: Call): Result {
  if (call.flags.has('--print-arch')) {
    const machine = machineOf(call)
    return machine === undefined ? unsure : prints(textOutput(`${machine[2]}\n`))
  }
  if (call.flags.has('--simulate') || call.flags.has('--version', '-V')) return unsure
  const asked = call.args[0] !== 'add' && call.flags.has('-U', '--update-cache', '--update')
  if (asked) index(call)
  return run(call)
}

export default [
  model({
    names: ['apk', 'apk.static', 'xx-apk'],
    values:
      '-p --root -X --repository -t --virtual --arch --cache-dir --cache-max-age --keys-dir --repositories-file --wait --progress-fd -o --output'.split(
        ' ',
      ),
    run: apk,
  }),
]
