/** What is seen in the end and of no use: caches, temporary files, the same bytes twice. Shapes of `stratigraph/waste@1`. */
import type { Image, Kind, Size } from '../model.ts'
import { add, exact } from '../size.ts'
import type { Seen, Visible } from './seen.ts'

/** A cache or temporary files that one row left in the image. */
export interface Residue {
  readonly label: string
  /** The folder they are in. */
  readonly path: string
  readonly row: number
  readonly bytes: Size
  readonly kind: Exclude<Kind, 'content'>
  /** Shell words that would remove it; null: none known. */
  readonly cleanup: string | null
}

/** Files of the same content. */
export interface Duplicate {
  /** What all but one of them cost. */
  readonly bytes: Size
  readonly paths: readonly string[]
}

/** A place where programs keep what they can fetch or make again. */
interface Store {
  readonly at: RegExp
  readonly label: string
  readonly kind: Residue['kind']
  /** `$` stands for the folder. */
  readonly cleanup: string
}

const cache = (at: RegExp, label: string, cleanup = 'rm -rf $'): Store => ({ at, label, kind: 'cache', cleanup })

// Where each program says it keeps its cache: apt.conf(5), apk(8), dnf.conf(5), zypper(8), pacman.conf(5), pip cache,
// npm cache, yarn cache, go env GOCACHE, Cargo home, composer config cache-dir.
const stores: readonly Store[] = [
  cache(/^\/var\/lib\/apt\/lists(?=\/)/, 'apt lists', 'rm -rf $/*'),
  cache(/^\/var\/cache\/apt(?=\/)/, 'apt archives', 'apt-get clean'),
  cache(/^\/var\/cache\/apk(?=\/)/, 'apk index', 'rm -rf $/*'),
  cache(/^\/var\/cache\/(?:dnf|libdnf5|yum)(?=\/)/, 'dnf cache', 'dnf clean all'),
  cache(/^\/var\/cache\/zypp(?=\/)/, 'zypper cache', 'zypper clean --all'),
  cache(/^\/var\/cache\/pacman\/pkg(?=\/)/, 'pacman packages', 'rm -rf $/*'),
  cache(/^\/(?:root|home\/[^/]+)\/\.cache\/pip(?=\/)/, 'pip cache'),
  cache(/^\/(?:root|home\/[^/]+)\/\.npm(?=\/)/, 'npm cache', 'npm cache clean --force'),
  cache(
    /^\/(?:(?:root|home\/[^/]+)\/\.cache|usr\/local\/share\/\.cache)\/yarn(?=\/)/,
    'yarn cache',
    'yarn cache clean',
  ),
  cache(/^\/(?:root|home\/[^/]+)\/\.cache\/go-build(?=\/)/, 'go build cache', 'go clean -cache'),
  cache(/^\/(?:usr\/local\/cargo|root\/\.cargo)\/registry(?=\/)/, 'cargo registry'),
  cache(/^\/(?:root|home\/[^/]+)\/\.composer\/cache(?=\/)/, 'composer cache', 'composer clear-cache'),
  cache(/^\/(?:root|home\/[^/]+)\/\.cache(?=\/)/, 'cache'),
  cache(/^\/(?:.*?\/)?\.(?:git|hg|svn)(?=\/)/, 'version history'),
  { at: /^\/(?:var\/)?tmp(?=\/)/, label: 'temporary files', kind: 'temporary', cleanup: 'rm -rf $/*' },
]

/** What all of them have in common; asked first, since most files are in none. */
const mayBeOne = /^\/(?:var|tmp)\/|\/cargo\/|\/\./
const mayHoldOne = (folder: string): boolean => mayBeOne.test(folder)

/**
 * Caches and temporary files among what is seen, by row and kind, and files of equal content; names of one file are no
 * duplicates. Most bytes first, none of 0 bytes; at most `limit` groups of equal files.
 */
export function leftovers(
  image: Pick<Image, 'layers'>,
  { files, some }: Pick<Seen, 'files' | 'some'>,
  limit = 100,
): { readonly residue: readonly Residue[]; readonly duplicates: readonly Duplicate[] } {
  const known = some?.(mayHoldOne, limit)
  const useless = new Useless(image)
  for (const file of known?.asked ?? files) if (file.bytes.high !== 0) useless.add(file)
  return { residue: useless.all(), duplicates: duplicatesOf(known?.equal ?? equalOf(files), limit) }
}

function equalOf(files: Iterable<Visible>): Iterable<readonly Visible[]> {
  const groups = new Map<string, Visible[]>()
  for (const file of files) {
    if (!file.bytes.bytes || file.entry.type !== 'file') continue
    const { content } = file.entry
    const group = content === undefined ? undefined : groups.get(content)
    if (group !== undefined) group.push(file)
    else if (content !== undefined) groups.set(content, [file])
  }
  return groups.values()
}

/** What is of no use, added up. */
class Useless {
  private readonly image: Pick<Image, 'layers'>
  private readonly found = new Map<string, Residue>()
  /** The last folder, and what its files are: what counts is where they are. */
  private folder = -1
  private verdict: ReturnType<typeof useless>

  constructor(image: Pick<Image, 'layers'>) {
    this.image = image
  }

  add(file: Visible): void {
    const known = file.folder !== undefined && file.entry.type === 'file'
    if (!known || file.folder !== this.folder) {
      this.verdict = useless(file)
      this.folder = known ? file.folder! : -1
    }
    const one = this.verdict
    if (one === undefined) return
    const row = this.image.layers[file.layer]?.row ?? -1
    const key = `${row}\0${one.path}\0${one.label}`
    const before = this.found.get(key)
    this.found.set(key, { ...one, row, bytes: before === undefined ? file.bytes : add(before.bytes, file.bytes) })
  }

  all(): readonly Residue[] {
    return [...this.found.values()].sort((a, b) => weight(b.bytes) - weight(a.bytes) || a.row - b.row)
  }
}

/** What of no use a thing is that is seen in the end; undefined: it may be of use. */
export function useless({ entry }: Pick<Visible, 'entry'>): Omit<Residue, 'row' | 'bytes'> | undefined {
  const { type, kind, label, cleanup } = entry
  if (kind === 'content' || (type !== 'file' && type !== 'package')) return undefined
  const { path } = entry
  if (kind !== undefined) return { label: label ?? path, path, kind, cleanup: cleanup ?? null }
  if (type === 'package') return unpacked(path, label)
  if (!mayBeOne.test(path)) return undefined
  for (const store of stores) {
    const folder = store.at.exec(path)?.[0]
    if (folder === undefined) continue
    return { label: store.label, path: folder, kind: store.kind, cleanup: store.cleanup.replace('$', folder) }
  }
  return undefined
}

// What was unpacked or cloned where nothing is meant to stay.
function unpacked(path: string, label = ''): Omit<Residue, 'row' | 'bytes'> | undefined {
  if (!/^(?:extracted|git): /.test(label) || !/^\/(?:var\/)?tmp(?:\/|$)/.test(path)) return undefined
  const all = /tmp$/.test(path) ? '/*' : ''
  const what = label.replace(/^extracted: /, 'files of ').replace(/^git: /, 'clone of ')
  return { label: what, path, kind: 'temporary', cleanup: `rm -rf ${path}${all}` }
}

function duplicatesOf(groups: Iterable<readonly Visible[]>, limit: number): readonly Duplicate[] {
  const found: (readonly [cost: number, group: readonly Visible[]])[] = []
  for (const group of groups) {
    const each = group[0]?.bytes.bytes
    if (each && group.length > 1) found.push([each * (group.length - 1), group])
  }
  return found
    .sort(([a], [b]) => b - a)
    .slice(0, limit)
    .map(([cost, group]) => ({
      bytes: exact(cost, group[0]!.bytes.source),
      paths: group.map(({ entry }) => entry.path),
    }))
}

const weight = ({ bytes, low }: Size): number => bytes ?? low
