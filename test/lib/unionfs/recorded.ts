/** Recorded layers of test/tools/truth.ts in the vocabulary of lib/model.ts. */
import type { Entry, Layer } from '../../../lib/model.ts'
import { exact, zero } from '../../../lib/size.ts'
import type { TruthEntry, TruthResult } from '../../tools/truth.ts'
import { truthBaseRecord } from '../../tools/truth.ts'

const busybox = truthBaseRecord('busybox').layers[0]!

/** `./a/b` and `a/b` are /a/b. */
export const absolute = (path: string): string => `/${path.replace(/^(\.?\/+|\.$)/, '').replace(/\/+$/, '')}`

export function entryOf({ path, type, mode, uid, gid, size, link }: TruthEntry): Entry {
  const at = absolute(path)
  const bits = { mode: Number.parseInt(mode, 8), uid, gid }
  const name = at.slice(at.lastIndexOf('/') + 1)
  const above = at.slice(0, at.lastIndexOf('/'))
  if (name === '.wh..wh..opq') return { path: above || '/', type: 'opaque', size: zero, ...bits, link: null }
  if (name.startsWith('.wh.'))
    return { path: `${above}/${name.slice(4)}`, type: 'whiteout', size: zero, ...bits, link: null }
  return {
    path: at,
    type: type === 'other' ? 'device' : type,
    size: type === 'file' ? exact(size ?? 0, 'recorded') : zero,
    ...bits,
    link: link === undefined ? null : type === 'hardlink' ? absolute(link) : link,
  }
}

/** The layers an engine recorded, `row` an index into its history. */
export function layersOf(result: TruthResult): readonly Layer[] {
  const rows = (result.history ?? []).flatMap(({ empty_layer }, i) => (empty_layer ? [] : [i]))
  return (result.layers ?? []).map((entries, i) => ({
    row: rows[i] ?? -1,
    entries: (entries ?? busybox).map(entryOf),
    complete: true,
    size: zero,
  }))
}

/** One entry a line as a reader likes it: `/d/ 0755 0:0`, `/a 0644 0:0 5`, `/l -> x`, `- /gone`. */
export function line({ path, type, mode, uid, gid, size, link, maybe, label }: Entry): string {
  const hint = maybe ? ' maybe' : ''
  if (type === 'whiteout') return `- ${path}${label === undefined ? '' : ` [${label}]`}${hint}`
  if (type === 'opaque') return `= ${path}${hint}`
  const bytes = size.low === size.high ? `${size.low}` : `${size.low}..${size.high ?? ''}`
  const tail = type === 'dir' || size.high === 0 ? '' : ` ${bytes}`
  const target = link === null ? '' : ` ${type === 'hardlink' ? '=' : '->'} ${link}`
  const owner = uid === 0 && gid === 0 ? '' : ` ${uid ?? '?'}:${gid ?? '?'}`
  const name = type === 'dir' && path !== '/' ? `${path}/` : type === 'package' ? `${path} [${label ?? ''}]` : path
  return `${name} ${mode === null ? '?' : mode.toString(8)}${owner}${tail}${target}${hint}`
}
