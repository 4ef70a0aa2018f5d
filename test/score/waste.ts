/** The union of layers and the bytes hidden in them: from recorded layers, and predicted from the Dockerfile alone. */

import type { Entry, Image, Layer, Row } from '../../lib/model.ts'
import { exact, zero } from '../../lib/size.ts'
import { type Pair, pairs } from '../../lib/unionfs/pairs.ts'
import type { Visible } from '../../lib/unionfs/seen.ts'
import { type Stack, stack } from '../../lib/unionfs/stack.ts'
import { engineOf } from '../tools/compare.ts'
import { predictCase } from '../tools/predict.ts'
import { type Card, tally } from '../tools/score.ts'
import { type TruthCase, type TruthEntry, type TruthLayers, type TruthWaste, truthCases } from '../tools/truth.ts'

type Stacked = Pick<Image, 'rows' | 'layers'>

/** One card for each way. */
export default async function score(): Promise<readonly Card[]> {
  const [recorded, predicted] = [tally(), tally()]
  for (const one of truthCases()) {
    const { layers, waste } = one
    if (layers === undefined || waste === undefined) continue
    judge(recorded, one, recordedImage(layers), layers, waste)
    const { builder, sizeModel } = engineOf(layers.engine)
    const { image, refused } = await predictCase(one, builder, sizeModel)
    if (refused === null) judge(predicted, one, image, layers, waste)
  }
  return [
    { title: 'waste, from recorded layers', rows: recorded.rows() },
    { title: 'waste, predicted', rows: predicted.rows() },
  ]
}

function judge(
  to: ReturnType<typeof tally>,
  { name }: TruthCase,
  image: Stacked,
  layers: TruthLayers,
  waste: TruthWaste,
) {
  const stacked = stack(image.layers)
  const complete = image.layers.every((layer) => layer.complete)
  for (const sum of ['total', 'visible', 'unreachable'] as const) {
    const bytes = stacked[sum].bytes
    to.add(`${sum}, bytes`, complete && bytes === waste[sum], `${name}: ${waste[sum]}, predicted ${bytes}`)
  }
  const want = waste.pairs.map((pair) => `${pair.creator}>${pair.killer} ${pair.bytes} ${recordedPaths(pair)}`).sort()
  const got = pairs(image, stacked.waste)
    .map((pair) => `${pair.creator}>${pair.killer} ${pair.bytes.bytes} ${paths(pair)}`)
    .sort()
  to.add(
    'pairs of rows, paths, classes',
    complete && want.join() === got.join(),
    `${name}:\n      ${want}\n      ${got}`,
  )
  const files = new Set(layers.files.map(recordedFile))
  const seen = new Set(
    stacked.files.filter(({ entry }) => entry.path !== '/').map((file) => visibleFile(file, stacked)),
  )
  const lost = [...files].filter((line) => !seen.has(line))
  const extra = [...seen].filter((line) => !files.has(line))
  const shown = [...lost.map((line) => `- ${line}`), ...extra.map((line) => `+ ${line}`)].slice(0, 8)
  to.add('visible files', lost.length + extra.length === 0, `${name}:\n      ${shown.join('\n      ')}`)
}

// Recordings know no content: what is rewritten counts as overwritten.
const classes: Readonly<Record<string, string>> = {
  deleted: 'deleted',
  'replaced-by-other-type': 'replaced',
  replaced: 'replaced',
}

const paths = ({ paths }: Pair): string =>
  paths
    .filter(({ bytes }) => bytes.bytes !== 0)
    .map((one) => `${one.path} ${one.bytes.bytes} ${classes[one.class] ?? 'overwritten'}`)
    .sort()
    .join(' ')

const recordedPaths = ({ paths }: TruthWaste['pairs'][number]): string =>
  paths
    .filter(({ bytes }) => bytes !== 0)
    .map((one) => `/${one.path} ${one.bytes} ${classes[one.class] ?? 'overwritten'}`)
    .sort()
    .join(' ')

// A hard link stands in the union as the file that it is: whose name carries the bytes is not compared.
const recordedFile = ({ path, type, mode, uid, gid, size, link, layer }: TruthLayers['files'][number]): string =>
  `/${path} ${type === 'hardlink' ? 'file' : type} ${mode} ${uid}:${gid} ${size ?? 0} ${type === 'symlink' ? link : ''} ${layer}`

function visibleFile({ entry, layer, bytes }: Visible, { files }: Stack): string {
  const target = entry.type === 'hardlink' ? files.find(({ entry: one }) => one.path === entry.link)?.entry : undefined
  const { mode, uid, gid } = target ?? entry
  const type = entry.type === 'hardlink' ? 'file' : entry.type
  const link = entry.type === 'symlink' ? entry.link : ''
  return `${entry.path} ${type} ${mode?.toString(8).padStart(4, '0') ?? '?'} ${uid ?? '?'}:${gid ?? '?'} ${bytes.bytes} ${link} ${layer}`
}

// ---- the recording as an image ---------------------------------------------------------------------

function recordedImage({ layers }: TruthLayers): Stacked {
  const count = Math.max(...layers.map(({ row }) => row)) + 1
  const rows = Array.from({ length: count }, (_, i) => rowAt(i, layers))
  const own = layers.map(
    ({ row, entries }): Layer => ({ row, entries: entries.map(recordedEntry), complete: true, size: zero }),
  )
  return { rows, layers: own }
}

function rowAt(i: number, layers: TruthLayers['layers']): Row {
  const layer = layers.findIndex(({ row }) => row === i)
  return {
    createdBy: layers[layer]?.created_by ?? '',
    comment: '',
    author: '',
    emptyLayer: layer < 0,
    created: null,
    layer: layer < 0 ? null : layer,
    size: zero,
    unpredictable: [],
    origin: { from: 'image' },
  }
}

/** A recorded tar entry in the words of the model. */
export function recordedEntry({ path: written, type, mode, uid, gid, size, sha256, link }: TruthEntry): Entry {
  const path = written.replace(/^(\.?\/)+/, '')
  const full = path === '.' ? '/' : `/${path}`
  const cut = full.lastIndexOf('/')
  const folder = full.slice(0, cut)
  const last = full.slice(cut + 1)
  const hides = last.startsWith('.wh.')
  const opaque = last === '.wh..wh..opq'
  return {
    path: opaque ? folder || '/' : hides ? `${folder}/${last.slice('.wh.'.length)}` : full,
    type: opaque ? 'opaque' : hides ? 'whiteout' : type === 'other' ? 'device' : type,
    size: exact(hides ? 0 : (size ?? 0), 'recorded layer'),
    mode: Number.parseInt(mode, 8),
    uid,
    gid,
    link: link === undefined ? null : type === 'hardlink' ? `/${link.replace(/^(\.?\/)+/, '')}` : link,
    ...(sha256 !== undefined && { content: sha256 }),
    ...(type === 'file' && size === 0 && { content: 'nothing' }),
  }
}
