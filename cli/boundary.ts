/** Where the base of an actual image ends: told by the diff IDs of images given by `--base` and the configuration. */
import type { StoredImage } from '../lib/image/stored.ts'
import type { Image, Row } from '../lib/model.ts'
import { type Outside, openStored } from './built.ts'
import type { Settings } from './settings.ts'
import { openSubject } from './subject.ts'
import type { World } from './world.ts'

/** An image that another one stands on. */
export interface Ground {
  readonly ref: string
  readonly layers: number
  readonly rows: number
}

/** What is asked about: an image read, or only opened. */
interface Stacked {
  readonly layers: readonly { readonly row: number; readonly diffId?: string | undefined }[]
  readonly rows: readonly Row[]
}

/**
 * The longest of the images given that `layers` and `rows` begin with; undefined: none. What is no image is passed over.
 * Throws UserError for one that cannot be read.
 */
export async function groundOf(
  { layers, rows }: Stacked,
  settings: Settings,
  world: World,
  outside: Outside,
): Promise<Ground | undefined> {
  let best: Ground | undefined
  for (const [ref, placed] of settings.bases) {
    const subject = await openSubject({ ...placed, family: settings.builder.family }, world)
    if (subject.kind !== 'image') continue
    const base: StoredImage = await openStored(subject, settings.platform, outside)
    base.close()
    const fits = base.layers.every(({ diffId }, i) => diffId !== undefined && diffId === layers[i]?.diffId)
    if (!fits || base.layers.length <= (best?.layers ?? 0)) continue
    const least = (layers[base.layers.length - 1]?.row ?? -1) + 1
    best = { ref, layers: base.layers.length, rows: Math.max(least, sharedRows(base.rows, rows)) }
  }
  return best
}

/** Rows of the base without a layer, at its end, are its own too. */
function sharedRows(base: readonly Row[], rows: readonly Row[]): number {
  const other = base.findIndex((row, i) => row.createdBy !== rows[i]?.createdBy)
  return other === -1 ? base.length : other
}

/** The image with the rows of its base marked as such. */
export const marked = (image: Image, ground: Ground | undefined): Image =>
  ground === undefined
    ? image
    : {
        ...image,
        rows: image.rows.map((row, i) =>
          i < ground.rows ? { ...row, origin: { from: 'base', image: ground.ref } } : row,
        ),
      }
