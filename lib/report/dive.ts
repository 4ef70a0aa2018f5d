/** `waste --metric dive`: dive's figures as dive prints them, and how far they are from the exact ones. */

import { humanSize } from '../human.ts'
import type { Image, Size } from '../model.ts'
import type { DiveFigures } from '../unionfs/dive.ts'
import { escapeControls } from './terminal.ts'

/** The document in the shape of `dive --json`; layers without their lists of files. */
export function diveJson(image: Image, figures: DiveFigures): string {
  const document = {
    layer: image.layers.map((layer, index) => ({
      index,
      id: layer.diffId ?? '',
      digestId: layer.diffId ?? '',
      sizeBytes: figures.layerBytes[index] ?? 0,
      command: image.rows[layer.row]?.createdBy ?? '',
    })),
    image: {
      sizeBytes: figures.layerBytes.reduce((sum, bytes) => sum + bytes, 0),
      inefficientBytes: figures.wastedBytes,
      efficiencyScore: figures.efficiency,
      fileReference: figures.paths.map(({ path, count, bytes }) => ({ count, sizeBytes: bytes, file: path })),
    },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The lines that `dive --ci` prints, and a word on the difference. */
export function diveText(figures: DiveFigures, unreachable: Size): string {
  const share = Number.isFinite(figures.wastedUserShare)
    ? `${(100 * figures.wastedUserShare).toFixed(4)} %`
    : 'not defined'
  const out = [
    `efficiency: ${(100 * figures.efficiency).toFixed(4)} %`,
    `wastedBytes: ${figures.wastedBytes} bytes (${humanSize(figures.wastedBytes)})`,
    `userWastedPercent: ${share}`,
  ]
  if (figures.paths.length > 0) out.push('', 'Count  Wasted Space  File Path')
  for (const { path, count, bytes } of figures.paths.slice(0, 20)) {
    out.push(`${String(count).padStart(5)}  ${humanSize(bytes).padStart(12)}  ${escapeControls(path)}`)
  }
  const exact = unreachable.bytes === null ? 'not known' : humanSize(unreachable.bytes)
  out.push('', `bytes that nobody sees: ${exact}; dive counts kept copies too, and no folder that was removed`)
  return `${out.join('\n')}\n`
}
