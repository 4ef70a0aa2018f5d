/** What was predicted of a RUN, held against what it stored: what is said to be known has to be right. */
import type { Entry, Image, Layer, Row, Size } from '../../lib/model.ts'

/** How a RUN was met. */
export interface Held {
  readonly size: 'exact' | 'within' | 'unknown' | 'wrong'
  /** What contradicts the prediction, in words; a wrong size is among it. */
  readonly wrong: readonly string[]
}

/** Holds a row and its layer against what is there. Opaque folders are left out on both sides. */
export function held(image: Image, row: Row, stored: ReadonlyMap<string, Entry>): Held {
  const real = new Map([...stored].filter(([path]) => !isMounted(path)))
  const layer = row.layer === null ? none : image.layers[row.layer]!
  const predicted = new Map<string, Entry>()
  for (const entry of layer.entries)
    if (entry.type !== 'package' && entry.type !== 'opaque' && entry.path !== '/' && !isMounted(entry.path))
      predicted.set(entry.path, entry)
  const open = !layer.complete || layer.entries.some(({ type }) => type === 'package')

  const bytes = [...real.values()].reduce((sum, entry) => sum + storedBytes(entry), 0)
  const size = sizeHeld(row.size, bytes)
  const wrong = size === 'wrong' ? [`size: ${bytes}, predicted ${sizeText(row.size)}`] : []
  for (const path of new Set([...real.keys(), ...predicted.keys()])) {
    const [is, said] = [real.get(path), predicted.get(path)]
    if (said === undefined ? open : said.maybe === true || (is !== undefined && agrees(is, said))) continue
    wrong.push(`${path}: ${entryText(is)}, predicted ${entryText(said)}`)
  }
  return { size, wrong }
}

const none: Pick<Layer, 'entries' | 'complete'> = { entries: [], complete: true }

// What a container has mounted, and what is made for each.
const isMounted = (path: string): boolean =>
  /^\/(dev|proc|sys)(\/|$)|^\/etc\/(resolv\.conf|hosts|hostname|mtab)$|^\/\.dockerenv$/.test(path)

// Docker's count for classic: files, and the targets of links.
const storedBytes = ({ type, size, link }: Entry): number =>
  type === 'symlink' ? Buffer.byteLength(link ?? '') : (size.bytes ?? 0)

function sizeHeld({ basis, bytes, low, high }: Size, real: number): Held['size'] {
  if (basis === 'exact') return bytes === real ? 'exact' : 'wrong'
  if (real < low || (high !== null && real > high)) return 'wrong'
  return bytes === null || high === null ? 'unknown' : 'within'
}

function agrees(is: Entry, said: Entry): boolean {
  if (is.type !== said.type) return false
  if (is.type === 'whiteout') return true
  const same = (key: 'mode' | 'uid' | 'gid') => said[key] === null || said[key] === is[key]
  if (!same('uid') || !same('gid') || (is.type !== 'symlink' && !same('mode'))) return false
  if (is.type === 'hardlink') return is.link === said.link
  if (is.type === 'symlink') return said.link === null || is.link === said.link
  return is.type !== 'file' || sizeHeld(said.size, is.size.low) !== 'wrong'
}

const sizeText = ({ bytes, low, high, basis }: Size): string => `${bytes ?? '?'} (${low}..${high ?? ''} ${basis})`

const entryText = (entry: Entry | undefined): string =>
  entry === undefined
    ? 'nothing'
    : [entry.type, entry.mode?.toString(8), `${entry.uid}:${entry.gid}`, sizeText(entry.size), entry.link].join(' ')
