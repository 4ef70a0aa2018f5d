/**
 * What uv keeps in its cache besides what it installs. Source: uv's documentation (caching, link mode); installs with uv
 * 0.4.30 and 0.5.4 on 2026-11-22.
 */
import type { Size } from '../model.ts'
import { inside } from '../shell/paths.ts'
import { about, sum, unknown } from '../size.ts'
import type { Brought } from '../sizes/pip.ts'
import type { Call } from './command.ts'
import { cache, cacheHome, folderOf, isOn } from './parcels.ts'
import { project } from './python-places.ts'

/** Folder of the cache; undefined: none is kept. */
export function uvCache(call: Call): string | undefined {
  if (call.flags.has('--no-cache', '-n') || isOn(call.env('UV_NO_CACHE'))) return undefined
  const named = call.flags.value('--cache-dir')
  if (named !== undefined) return call.path(named)
  const texts = [inside(project(call), 'uv.toml'), inside(call.home, '.config/uv/uv.toml'), '/etc/uv/uv.toml'].map(
    (file) => call.files.text(file) ?? '',
  )
  if (texts.some((text) => /^[ \t]*no-cache[ \t]*=[ \t]*true/m.test(text))) return undefined
  const told = texts.flatMap((text) => /^[ \t]*cache-dir[ \t]*=[ \t]*"([^"]+)"/m.exec(text)?.[1] ?? [])[0]
  return folderOf(call, 'UV_CACHE_DIR') ?? (told === undefined ? inside(cacheHome(call), 'uv') : call.path(told))
}

/** Keeps what was fetched. `brought`: what an install brought, and whether a lock file said which; left out: nobody knows. */
export function uvKeeps(call: Call, brought?: Brought & { readonly locked: boolean }): void {
  const folder = uvCache(call)
  if (folder === undefined) return
  const size = brought === undefined ? {} : { size: sum(parts(call, brought)) }
  cache(call, folder, 'uv cache', { ...size, cleanup: 'uv cache clean' })
}

function parts(call: Call, { packages, native, files, own, locked }: Brought & { readonly locked: boolean }): Size[] {
  // Of each file a line in the list that uv does not share, of each wheel what the registry answered.
  const notes = 88 * files + 620 * packages
  const lists = about(notes, notes * 0.6, notes * 1.8, 'heuristic', 'lists in the cache of uv')
  // The page of the index with every file there ever was: of machine code many, 3 MB in the mean of 17 and 190 kB of 36
  // others; a lock file spares it.
  const pages = 3_000_000 * native + 190_000 * (packages - native)
  const index = about(pages, pages * 0.25, pages * 2.5, 'heuristic', 'pages of the index in the cache of uv')
  return [lists, ...(locked ? [] : [index]), ...(isLinked(call) ? [] : [again(own)])]
}

// Files in the cache and where they are installed are one with two names: a layer holds them once.
function isLinked(call: Call): boolean {
  const mode = call.flags.value('--link-mode') ?? call.env('UV_LINK_MODE')
  return mode === undefined || mode === '' || mode === 'hardlink'
}

const again = ({ bytes, low, high }: Size): Size => {
  const why = 'packages in the cache of uv'
  return bytes === null || high === null ? unknown(why, low) : about(bytes, low, high, 'heuristic', why)
}
