/** The layers of a base as far as anything is known of them. */
import { kept } from '../kept.ts'
import type { Base, BaseFacts, BaseFile, Entry, Layer, Size } from '../model.ts'
import { about, exact, unknown, zero } from '../size.ts'

/**
 * The layers to build on: those of the base where it was read or predicted, completed by its facts; else one for each
 * row that stores, its entries the files and trees of the facts. A file whose layer the facts do not tell is in the
 * first one, and so are the links every image of its distribution has. `complete` only where every file is listed.
 */
export function layersOf(base: Pick<Base, 'ref' | 'rows' | 'layers' | 'facts'>): readonly Layer[] {
  if (base.layers?.every(({ complete }) => complete)) return base.layers
  const own = base.layers ?? bare(base)
  const { files = {}, trees = {}, complete } = base.facts
  const named = new Set(own.flatMap(({ entries }) => entries.map(({ path }) => path)))
  const added: Entry[][] = own.map(() => [])
  for (const [path, file] of Object.entries(files))
    if (!named.has(path)) added[at(own, file.layer)]?.push(entryOf(path, file))
  for (const [path, file] of complete ? [] : Object.entries(placesOf(base.facts)))
    if (!named.has(path) && !Object.hasOwn(files, path)) added[0]?.push(entryOf(path, { ...file, uid: 0, gid: 0 }))
  for (const [path, { bytes, linkBytes }] of Object.entries(trees))
    added[0]?.push({
      ...entryOf(path, { dir: true }),
      type: 'package',
      size: about(bytes, bytes, bytes, 'resolved', `base ${base.ref}`),
      label: `files of ${path}`,
      ...(linkBytes === undefined ? {} : { linkBytes }),
    })
  return own.map((layer, i) => ({
    ...layer,
    entries: [...layer.entries, ...(added[i] ?? [])],
    complete: layer.complete || complete,
  }))
}

/**
 * Folders that are links on every image of a distribution, though no list names them. Source: the official images;
 * Debian has its /usr merged since 12 and Ubuntu since 20.04, Red Hat's family before any that is in use.
 */
function placesOf({ os }: BaseFacts): Readonly<Record<string, BaseFile>> {
  const since = os && Object.hasOwn(merged, os.id) ? merged[os.id] : undefined
  if (os === undefined || (since === undefined && os.id !== 'alpine')) return {}
  const isMerged = since !== undefined && Number.parseFloat(os.versionId ?? 'Infinity') >= since
  const links = isMerged ? ['bin', 'sbin', 'lib', 'lib64'].map((name) => [`/${name}`, { link: `usr/${name}` }]) : []
  return { ...Object.fromEntries(links), '/var': { dir: true, mode: '755' }, '/var/run': { link: '/run' } }
}

const merged: Readonly<Record<string, number>> = {
  debian: 12,
  ubuntu: 20.04,
  ...{ fedora: 0, centos: 0, rhel: 0, rocky: 0, almalinux: 0, ol: 0, amzn: 0 },
}

/** The usual folders of a system; those in which a distribution leaves nothing of its own are apart. Source: FHS 3.0. */
const usual = new Set('bin boot dev etc lib lib32 lib64 libx32 opt proc root run sbin sys usr var'.split(' '))
const ofVisitors = new Set(['home', 'media', 'mnt', 'srv', 'tmp'])

/**
 * Which paths a base surely does not hold though its files are not all known: on an image of a known distribution, what
 * lies outside the usual folders of a system (`/app`, `/srv/site`) and is named in none of its rows.
 */
export function foreignTo({ facts, rows }: Pick<Base, 'facts' | 'rows'>): (path: string) => boolean {
  if (facts.os === undefined || facts.complete) return () => false
  const texts = rows.map(({ createdBy }) => createdBy).join('\n')
  const named = kept(500, (top) => texts.includes(top))
  return (path) => {
    const end = path.indexOf('/', 1)
    const first = end < 0 ? path.slice(1) : path.slice(1, end)
    if (usual.has(first)) return false
    if (!ofVisitors.has(first)) return !named(`/${first}`)
    const second = end < 0 ? '' : path.slice(end + 1).split('/', 1)[0]!
    return second !== '' && !named(`/${first}/${second}`)
  }
}

/** The layers its rows tell of, empty; one where they tell of none, for what the facts know. */
function bare({ rows, facts }: Pick<Base, 'rows' | 'facts'>): readonly Layer[] {
  const empty = (row: number, size: Size): Layer => ({ row, entries: [], complete: facts.complete, size })
  const layers = rows.flatMap(({ emptyLayer, size }, row) => (emptyLayer === false ? [empty(row, size)] : []))
  return layers.length > 0 || (facts.complete && facts.files === undefined) ? layers : [empty(0, zero)]
}

const at = (layers: readonly Layer[], index: number | undefined): number =>
  index !== undefined && index < layers.length ? index : 0

function entryOf(path: string, file: BaseFile): Entry {
  const type =
    file.dir === true ? 'dir' : file.link !== undefined ? 'symlink' : file.hardlink !== undefined ? 'hardlink' : 'file'
  const mode = file.mode === undefined ? Number.NaN : Number.parseInt(file.mode, 8)
  return {
    path,
    type,
    size: type === 'file' ? bytesOf(file) : zero,
    mode: Number.isNaN(mode) ? null : mode,
    uid: file.uid ?? null,
    gid: file.gid ?? null,
    link: file.link ?? file.hardlink ?? null,
    ...(file.sha256 === undefined ? {} : { content: `sha256:${file.sha256.replace(/^sha256:/, '')}` }),
  }
}

const bytesOf = ({ bytes }: BaseFile): Size =>
  bytes === undefined ? unknown('a file of the base') : exact(bytes, 'files of the base')
