/** What an earlier build weighed, for a prediction that cannot know: `history --remember`. */
import { sizeIn } from './bases/sizes.ts'
import type { Image, Row, Size, SizeModel } from './model.ts'

/**
 * The image with sizes of another one, an actual build of the same Dockerfile: each row whose size is not exact takes
 * that of the row with the same text, the first of several the first, as `resolved`. Rows that store nothing and rows
 * whose text nobody can predict stay as they are. `source` says where the sizes come from.
 */
export function remembered(image: Image, measured: readonly Row[], model: SizeModel, source: string): Image {
  const byText = new Map<string, Row[]>()
  for (const row of measured.filter(({ emptyLayer }) => emptyLayer === false)) {
    const same = byText.get(row.createdBy)
    if (same) same.push(row)
    else byText.set(row.createdBy, [row])
  }
  const seen = new Map<string, number>()
  const rows = image.rows.map((row): Row => {
    const turn = seen.get(row.createdBy) ?? 0
    seen.set(row.createdBy, turn + 1)
    const before = byText.get(row.createdBy)?.[turn]
    if (before === undefined || row.emptyLayer === true || row.size.basis === 'exact') return row
    if (row.unpredictable.includes('createdBy')) return row
    const { bytes, basis } = sizeIn(before, model)
    return bytes === null || basis !== 'exact' ? row : { ...row, size: sizeOf(bytes, source) }
  })
  const layers = image.layers.map((layer) => ({ ...layer, size: rows[layer.row]?.size ?? layer.size }))
  return { ...image, rows, layers }
}

/** Exact then; what a new build makes of it may differ. */
const sizeOf = (bytes: number, source: string): Size => ({ bytes, low: bytes, high: bytes, basis: 'resolved', source })
