/**
 * apt-get clean and its kin: what goes, and the locks and folders that stand there afterwards in any case.
 * Source: apt 2.6 of Debian 12 and 3.0 of Debian 13, each verb run once and once more, 2026-11-22.
 */
import { inside, nameOf } from '../shell/paths.ts'
import { zero } from '../size.ts'
import type { Call, Result } from './command.ts'
import { holds } from './places.ts'

const archives = '/var/cache/apt/archives'
const lists = '/var/lib/apt/lists'

/** `clean`, `autoclean`, `distclean`, with or without a dash in them. */
export function clean(call: Call, verb: string): Result {
  const { files } = call
  if (verb.startsWith('auto')) {
    if (holds(files, archives)) locked(call, archives)
    return undefined
  }
  if (verb.startsWith('dist')) empty(call, lists)
  empty(call, archives)
  files.remove('/var/cache/apt/pkgcache.bin')
  files.remove('/var/cache/apt/srcpkgcache.bin')
  for (const folder of [archives, lists]) {
    if (!holds(files, folder)) continue
    locked(call, folder)
    owned(call, inside(folder, 'partial'), 0o700)
  }
  if (!holds(files, lists)) return undefined
  const auxiliary = () => owned(call, inside(lists, 'auxfiles'), 0o755)
  // Older ones have no such folder.
  if (call.facts.os?.codename !== undefined && recent.has(call.facts.os.codename)) auxiliary()
  else files.perhaps(auxiliary)
  return undefined
}

const recent = new Set('bullseye bookworm trixie forky sid focal jammy noble'.split(' '))

// What it keeps for itself.
const own = new Set(['lock', 'partial', 'auxfiles'])

function empty({ files }: Call, folder: string): void {
  const { entries } = files.list(folder)
  if (!entries.some(({ path }) => own.has(nameOf(path)))) {
    files.remove(inside(folder, '*'))
    return
  }
  for (const { path } of entries) if (!own.has(nameOf(path))) files.remove(path)
  if (entries.some(({ path }) => nameOf(path) === 'partial')) files.remove(inside(folder, 'partial/*'))
  files.removeLabel(...files.packagesIn(folder).flatMap(({ label }) => label ?? []))
}

function locked({ files }: Call, folder: string): void {
  const path = inside(folder, 'lock')
  if (files.presence(path) === 'yes') files.restore(path, { touched: true })
  else files.put(path, { type: 'file', mode: 0o640, size: zero, text: '' })
}

function owned({ files, uid }: Call, path: string, mode: number): void {
  const owner = { mode, uid: uid('_apt'), gid: 0 }
  if (files.presence(path) === 'yes') files.restore(path, owner)
  else files.put(path, { type: 'dir', ...owner })
}
