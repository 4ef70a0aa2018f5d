/** Holds a prediction against what an engine recorded, point by point. */

import type { Builder, Entry, ImageConfig, Prediction, Row, SizeModel } from '../../lib/model.ts'
import type { TruthCase, TruthEntry, TruthResult } from './truth.ts'

/** What is compared; each is a line of the scorecard. */
export const subjects = [
  'created_by',
  'comment',
  'empty flag',
  'author',
  'layer count',
  'config',
  'accept or refuse',
  'size, COPY ADD WORKDIR and metadata',
  'size, RUN',
  'claimed exact',
  'inside low..high',
  'layer entries',
] as const

export type Subject = (typeof subjects)[number]

/** One point. `aside` says why it does not count; such a point is neither right nor wrong. */
export interface Point {
  readonly subject: Subject
  readonly right: boolean
  readonly note: string
  readonly aside?: string
}

/** Whose builder and whose way of counting a record stands for, in the words of the command line. */
export function engineOf(record: string): { readonly builder: string; readonly sizeModel: SizeModel | null } {
  const sizeModel = record.endsWith('-containerd') ? 'containerd' : null
  const name = record.replace(/-containerd$/, '')
  const builders: Readonly<Record<string, string>> = {
    classic: 'classic@20.10.24,client=20.10.24',
    'classic-29.7': 'classic@29.7,client=28.5',
    'buildkit-20.10': 'docker@20.10',
  }
  return { builder: builders[name] ?? name.replace('-', '@'), sizeModel }
}

// What went wrong while it ran, or for want of an image: not a matter of the Dockerfile's text.
const atRunTime = /returned a non-zero code|did not complete successfully|executor failed running|exited with status/
const lookUp =
  /registry lookup failed|no stage or image found with that name|image not known|failed to do request|(Get|Head) "https?:/

/** Why a failed build tells nothing about accepting or refusing; undefined when it does. */
export function asideOf(result: TruthResult): string | undefined {
  const text = (result.error ?? []).join('\n')
  if (result.exit_code === 0) return undefined
  return lookUp.test(text) ? 'failed look-up' : atRunTime.test(text) ? 'RUN failed while it ran' : undefined
}

type Named = Pick<TruthCase, 'name' | 'dockerfile'>

/**
 * All points of one case with one engine. Rows of the base are left out, except for their number and text; a row that
 * is missing or too many is wrong in every respect.
 */
export function compare(result: TruthResult, prediction: Prediction, { name, dockerfile }: Named): readonly Point[] {
  const points: Point[] = []
  const add = (subject: Subject, right: boolean, note: string, aside?: string) =>
    points.push({ subject, right, note: `${name}: ${note}`, ...(aside !== undefined && { aside }) })
  const refused = prediction.refused === null ? 'accepted' : `refused (${prediction.refused.message})`
  const aside = asideOf(result)
  const built = result.exit_code === 0
  add('accept or refuse', built === (prediction.refused === null), refused, aside)
  if (!built || result.history === undefined) return points
  const { image } = prediction
  const recorded = result.history
  for (let i = 0; i < Math.max(recorded.length, image.rows.length); i++) {
    const want = recorded[i]
    const got = image.rows[i]
    const at = `row ${i}`
    if (want === undefined || got === undefined) {
      const note = want === undefined ? `${at} is too many: ${got?.createdBy}` : `${at} is missing: ${want.created_by}`
      for (const subject of ['created_by', 'comment', 'empty flag', 'author'] as const) add(subject, false, note)
      continue
    }
    const says = (left: unknown, right: unknown) =>
      `${at} is ${JSON.stringify(left)}, predicted ${JSON.stringify(right)}`
    const text = printed(got.createdBy, result)
    const hidden = (cell: 'createdBy' | 'comment', known: string) =>
      got.unpredictable.includes(cell) && mayDiffer(cell, known, result, name, written(got, dockerfile))
        ? 'unpredictable'
        : undefined
    add('created_by', want.created_by === text, says(want.created_by, text), hidden('createdBy', want.created_by))
    add('comment', want.comment === got.comment, says(want.comment, got.comment), hidden('comment', want.comment))
    add(
      'empty flag',
      want.empty_layer === got.emptyLayer,
      `${says(want.empty_layer, got.emptyLayer)} ${want.created_by}`,
    )
    add('author', (want.author ?? '') === got.author, says(want.author ?? '', got.author))
  }
  add('author', (result.author ?? '') === image.author, `image: ${result.author}, predicted ${image.author}`)
  const layers = image.rows.some((row) => row.emptyLayer === null) ? 'unknown' : image.layers.length
  add('layer count', result.rootfs_layers === layers, `${result.rootfs_layers}, predicted ${layers}`)
  const [config, guess] = [plain(result.config ?? {}), plain(image.config)]
  add('config', config === guess, `\n      ${config}\n      ${guess}`)
  points.push(...sizes(result, image.rows, name), ...entries(result, prediction, name))
  return points
}

// An image without layers cannot be saved; its rows were read through the client, which turns tabs into blanks.
const printed = (createdBy: string, result: TruthResult): string =>
  result.note?.startsWith('image could not be saved') === true ? createdBy.replaceAll('\t', ' ') : createdBy

/**
 * Is this recorded cell one that differs from build to build, or hangs on what a RUN of another stage wrote? The
 * classic client writes a random name into the ignore file, which `COPY .` then hashes.
 */
function mayDiffer(cell: 'createdBy' | 'comment', recorded: string, result: TruthResult, name: string, text: string) {
  if (cell === 'comment') return /^FROM [0-9a-f]{12}$/.test(recorded)
  // Buildah's checksum of a bind mount holds the owners of the files on the machine that builds.
  if (/:sha256:[0-9a-f]{64}$/.test(recorded)) return true
  const hashed = /(file|dir|multi):[0-9a-f]{64} in /.test(recorded)
  return hashed && (text.includes('--from=') || (result.engine === 'classic' && name === 'copy-dockerignore'))
}

/** The line of the Dockerfile that a row comes from. */
const written = ({ origin }: Row, dockerfile: string): string =>
  origin.from === 'dockerfile' ? (dockerfile.split('\n')[origin.line - 1] ?? '') : ''

/** A config as one text: keys sorted, what is empty left out, Buildah's version masked. */
function plain(config: ImageConfig): string {
  const masked = { ...config, ...(config.Labels && { Labels: mask(config.Labels) }) }
  const empty = (value: unknown) =>
    value === undefined || value === null || value === '' || value === false || Object.keys(Object(value)).length === 0
  const kept = Object.entries(masked).filter(([, value]) =>
    typeof value === 'string' ? value !== '' : value === true || !empty(value),
  )
  return JSON.stringify(sorted(Object.fromEntries(kept)))
}

const mask = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, key === 'io.buildah.version' ? '*' : value]))

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, part]) => [key, sorted(part)]),
        )
      : value

// ---- sizes -----------------------------------------------------------------------------------------

const isRun = (row: Row): boolean => row.origin.from === 'dockerfile' && row.origin.instruction === 'RUN'

function sizes(result: TruthResult, rows: readonly Row[], name: string): readonly Point[] {
  const table = result.table ?? []
  if (table.length !== rows.length) return []
  return rows.flatMap((row, i): readonly Point[] => {
    const bytes = table[table.length - 1 - i]?.size
    if (row.origin.from !== 'dockerfile' || typeof bytes !== 'number') return []
    const { size } = row
    const note = `${name}: ${bytes} bytes, predicted ${size.bytes ?? '?'} (${size.low}..${size.high ?? ''} ${size.basis}) ${row.createdBy}`
    const inside = size.low <= bytes && size.high !== null && bytes <= size.high
    return [
      { subject: isRun(row) ? 'size, RUN' : 'size, COPY ADD WORKDIR and metadata', right: size.bytes === bytes, note },
      ...(size.basis === 'exact' ? [{ subject: 'claimed exact', right: size.bytes === bytes, note } as const] : []),
      { subject: 'inside low..high', right: inside, note },
    ]
  })
}

// ---- entries of the layers -------------------------------------------------------------------------

function entries(result: TruthResult, { image }: Prediction, name: string): readonly Point[] {
  const recorded = result.layers ?? []
  if (recorded.length !== image.layers.length) return recorded.map((_, i) => missing(name, i))
  return recorded.flatMap((want, i): readonly Point[] => {
    const layer = image.layers[i]
    if (want === null || layer === undefined || image.rows[layer.row]?.origin.from !== 'dockerfile') return []
    const wanted = new Set(want.map(recordedLine))
    const got = new Set(layer.entries.map(entryLine))
    const lost = [...wanted].filter((line) => !got.has(line))
    const extra = [...got].filter((line) => !wanted.has(line))
    const right = lost.length + extra.length === 0 && layer.complete
    const shown = [...lost.map((line) => `- ${line}`), ...extra.map((line) => `+ ${line}`)].slice(0, 12)
    const lengths = layer.entries.some(({ size }) => size.bytes === null || size.basis !== 'exact')
    const blind = (all: readonly string[]) =>
      all
        .map((text) => text.replace(/^(\S+ file \S+ \S+) \S+$/, '$1'))
        .sort()
        .join()
    const open = !layer.complete ? ' (not complete)' : lengths && blind(lost) === blind(extra) ? ' (lengths open)' : ''
    const note = `${name}: layer ${i}${open} ${image.rows[layer.row]?.createdBy}\n      ${shown.join('\n      ')}`
    return [{ subject: 'layer entries', right, note }]
  })
}

const missing = (name: string, i: number): Point => ({
  subject: 'layer entries',
  right: false,
  note: `${name}: layer ${i}, another number of layers`,
})

/** A recorded tar entry in the words of the model: `/path type mode uid:gid bytes link`. */
function recordedLine({ path, type, mode, uid, gid, size, link }: TruthEntry): string {
  const clean = path === '.' ? '/' : `/${path.replace(/^(\.\/)?\/*/, '')}`
  const cut = clean.lastIndexOf('/')
  const [folder, last] = [clean.slice(0, cut), clean.slice(cut + 1)]
  if (last === '.wh..wh..opq') return `${folder === '' ? '/' : folder} opaque`
  if (last.startsWith('.wh.')) return `${folder}/${last.slice('.wh.'.length)} whiteout`
  const target = type === 'hardlink' ? `/${(link ?? '').replace(/^\.?\/*/, '')}` : (link ?? '')
  return line(clean, type === 'other' ? 'device' : type, Number.parseInt(mode, 8), uid, gid, size ?? 0, target)
}

function entryLine({ path, type, mode, uid, gid, size, link }: Entry): string {
  if (type === 'opaque' || type === 'whiteout') return `${path} ${type}`
  return line(path, type, mode, uid, gid, size.bytes, link ?? '')
}

const line = (
  path: string,
  type: string,
  mode: number | null,
  uid: number | null,
  gid: number | null,
  bytes: number | null,
  link: string,
): string => `${path} ${type} ${mode?.toString(8) ?? '?'} ${uid ?? '?'}:${gid ?? '?'} ${bytes ?? '?'} ${link}`.trimEnd()

/** The builder of an engine that was asked for its versions, in the words of the command line. */
export const builderName = (engine: Builder['family'], server: string, client: string): string => {
  const short = (version: string) => /^\d+(\.\d+)*/.exec(version)?.[0] ?? version
  if (engine === 'classic') return `classic@${short(server)},client=${short(client)}`
  return engine === 'buildkit' ? `docker@${short(server)}` : `buildah@${short(server)}`
}

/** Where the prediction says that it does not know, it says nothing that could be wrong. */
export const saysNothing = ({ subject, note }: Point): boolean =>
  subject === 'size, RUN' ||
  (subject === 'inside low..high' && /\(\d+\.\. /.test(note)) ||
  (subject === 'layer entries' && /\((not complete|lengths open)\)/.test(note))

/** What of the points contradicts what the prediction says it knows. */
export const contradictions = (points: readonly Point[]): readonly string[] =>
  points
    .filter((point) => point.aside === undefined && !point.right && !saysNothing(point))
    .map(({ subject, note }) => `${subject}: ${note}`)
