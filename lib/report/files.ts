/**
 * `files`: the union file system as documents stratigraph/files@1, layer@1 and path@1, and as text.
 */
import type { Image, Size } from '../model.ts'
import { add, zero } from '../size.ts'
import type { Listing, PathLife } from '../unionfs/path-life.ts'
import { type Tally, tally } from '../unionfs/tally.ts'
import { aligned, columns, dockerLayout, widen } from './columns.ts'
import { type DocumentSubject, rowDocument, sizeDocument, subjectDocument } from './document.ts'
import { escapeControls } from './terminal.ts'
import { showSize } from './units.ts'
import { rowText } from './waste.ts'

/** Where the files are from. */
export interface FilesAbout {
  readonly subject: DocumentSubject
  readonly image: Image
}

const listingDocument = (one: Listing): object => ({
  path: one.path,
  type: one.type,
  bytes: sizeDocument(one.bytes),
  mode: one.mode,
  uid: one.uid,
  gid: one.gid,
  link: one.link,
  layer: one.layer,
  row: one.row,
  label: one.label,
})

const indented = (document: object): string => `${JSON.stringify(document, null, 2)}\n`

/** All that is seen, piece by piece: the whole may be longer than a text can be. */
export const filesJson = ({ subject, image }: FilesAbout, files: Iterable<Listing>): Generator<string> =>
  withList(
    {
      schema: 'stratigraph/files@1',
      subject: subjectDocument(subject),
      rows: image.rows.map(rowDocument),
      files: [],
    },
    files,
  )

/** One layer's own entries, piece by piece. */
export const layerJson = (layer: number, row: number, entries: Iterable<Listing>): Generator<string> =>
  withList({ schema: 'stratigraph/layer@1', layer, row, entries: [] }, entries)

/** Length of a piece, about. */
const pieceLength = 1 << 16

/** A document whose last member is a list, still empty, with what belongs there. */
function* withList(document: object, list: Iterable<Listing>): Generator<string> {
  const end = '[]\n}\n'
  const text = indented(document)
  let piece = text.slice(0, -end.length)
  let before = '['
  for (const one of list) {
    piece += `${before}\n    ${JSON.stringify(listingDocument(one), null, 2).replaceAll('\n', '\n    ')}`
    before = ','
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  yield piece + (before === '[' ? end : '\n  ]\n}\n')
}

/** One path through the layers. */
export const pathJson = ({ subject }: FilesAbout, { path, versions, copyUp }: PathLife): string =>
  indented({
    schema: 'stratigraph/path@1',
    subject: subjectDocument(subject),
    path,
    versions: versions.map(({ layer, row, bytes, mode, state }) => ({
      layer,
      row,
      bytes: sizeDocument(bytes),
      mode,
      state,
    })),
    copyUp: sizeDocument(copyUp),
  })

/** How a list is to be shown. */
export interface FilesView {
  /** Folders this deep stand for all below; undefined: everything. */
  readonly depth: number | undefined
  readonly sort: 'size' | 'path'
  readonly human: boolean
}

/**
 * One line for each file, folders with what is below them, piece by piece, and one for what is not listed. `files` may
 * be gone through several times.
 */
export function* filesText(files: Iterable<Listing>, view: FilesView, unlisted = zero): Generator<string> {
  const { sums, top } = summed(files, view.depth)
  const bytesOf = (one: Listing): Size => (one.type === 'dir' ? (sums.get(one.path) ?? zero) : one.bytes)
  const weight = (one: Listing): number => bytesOf(one).bytes ?? bytesOf(one).low
  const shown = view.sort === 'size' ? [...(top ?? files)].sort((a, b) => weight(b) - weight(a)) : (top ?? files)
  const cells = (one: Listing): readonly string[] => {
    const size = showSize(bytesOf(one), { human: view.human, range: false, podman: null })
    // Files of a package have a mode and an owner each.
    if (one.type === 'package') return ['', '', size, `${one.layer}`]
    const owner = one.uid === null || one.gid === null ? '' : `${one.uid}:${one.gid}`
    return [one.mode ?? '', owner, size, `${one.layer}`]
  }
  const layout = dockerLayout(false)
  const head = ['MODE', 'OWNER', 'SIZE', 'LAYER']
  const widths = head.map(() => 0)
  widen(widths, head, layout)
  for (const one of shown) widen(widths, cells(one), layout)
  let piece = `${aligned(head, widths, layout)}PATH\n`
  for (const one of shown) {
    piece += `${aligned(cells(one), widths, layout)}${nameOf(one)}\n`
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  yield unlisted.high === 0 || unlisted.bytes === 0
    ? piece
    : `${piece}${beside(unlisted, view.human)} in files that are not listed\n`
}

const beside = (bytes: Size, human: boolean): string =>
  bytes.bytes === null ? 'more bytes' : `${showSize(bytes, { human, range: false, podman: null })} more`

/** Bytes below each folder, and what is not deeper than so many folders; undefined: all of it. */
function summed(
  files: Iterable<Listing>,
  depth: number | undefined,
): { readonly sums: ReadonlyMap<string, Size>; readonly top: readonly Listing[] | undefined } {
  const below = new Sums()
  const top: Listing[] = []
  let deep: number | undefined
  for (const one of files) {
    below.add(one)
    // Files of one folder are equally deep, and come one after the other.
    if (depth === undefined || (deep !== undefined && one.folder === deep && one.type === 'file')) continue
    const shown = isWithin(one.path, depth)
    if (shown) top.push(one)
    deep = !shown && one.type === 'file' ? one.folder : undefined
  }
  const sums = below.all()
  // Tars seldom name the root, and nothing else is so high.
  if (depth === 0 && top.length === 0 && sums.size > 0) top.push(root)
  return { sums, top: depth === undefined ? undefined : top }
}

/** The root where no tar names it. */
const root: Listing = {
  path: '/',
  type: 'dir',
  bytes: zero,
  mode: null,
  uid: null,
  gid: null,
  link: null,
  layer: 0,
  row: 0,
  label: null,
}

function nameOf({ path, type, link, label }: Listing): string {
  const text =
    type === 'dir' && path !== '/'
      ? `${path}/`
      : type === 'symlink' || type === 'hardlink'
        ? `${path} ${type === 'symlink' ? '->' : '=>'} ${link ?? ''}`
        : type === 'whiteout' || type === 'opaque'
          ? `${path} (${type})`
          : label === null
            ? path
            : `${path} (${label})`
  return escapeControls(text.replace(/[\n\t]/g, ' '))
}

/** Whether a path is not deeper than so many folders. */
function isWithin(path: string, depth: number): boolean {
  let left = path === '/' ? depth + 1 : depth
  for (let at = path.indexOf('/'); at !== -1 && left >= 0; at = path.indexOf('/', at + 1)) left--
  return left >= 0
}

/** Bytes below each folder; further names of a file count nothing. */
class Sums {
  private readonly own = new Map<string, Tally>()
  private before = ''
  private folder: Tally | undefined
  private number: number | undefined

  add(one: Listing): void {
    const { type, bytes } = one
    if ((type !== 'file' && type !== 'package') || bytes.high === 0) return
    // Files of one folder come one after the other.
    const number = type === 'file' ? one.folder : undefined
    if (this.folder !== undefined && number !== undefined && number === this.number) {
      this.folder.add(bytes)
      return
    }
    this.number = number
    const { path } = one
    const at = type === 'package' ? path : above(path)
    if (this.folder === undefined || at !== this.before) {
      this.folder = this.own.get(at) ?? tally()
      this.own.set(at, this.folder)
      this.before = at
    }
    this.folder.add(bytes)
  }

  all(): ReadonlyMap<string, Size> {
    const found = new Map<string, Size>()
    for (const [path, bytes] of this.own) {
      for (let at = path; ; at = above(at)) {
        found.set(at, add(found.get(at) ?? zero, bytes.sum()))
        if (at === '/') break
      }
    }
    return found
  }
}

const above = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/'

/** The life of a path, newest first. */
export function pathText(
  { image }: Pick<FilesAbout, 'image'>,
  { path, versions, copyUp }: PathLife,
  human: boolean,
): string {
  const size = (bytes: Size): string => showSize(bytes, { human, range: false, podman: null })
  if (versions.length === 0) return `${escapeControls(path)}: in no layer\n`
  const lines = versions.map(({ layer, row, bytes, mode, state }) =>
    [
      state,
      mode ?? '',
      state === 'whiteout' ? '' : size(bytes),
      `${layer}`,
      `row ${row} ${rowText(image.rows[row])}`,
    ].join('\t'),
  )
  const table = columns(['STATE\tMODE\tSIZE\tLAYER\tBY', ...lines, ''].join('\n'), dockerLayout(false))
  const seen = versions.some(({ state }) => state === 'visible')
  return seen ? `${table}the first write to it in a container copies ${size(copyUp)}\n` : table
}
