/** Sizes of base rows in another size model than the one they are known in. */
import type { Row, Size, SizeModel } from '../model.ts'
import { about, exact, unknown, zero } from '../size.ts'

/**
 * The size of a base's row in a size model: exact where `sizes` has it, else reckoned from another model, else unknown.
 *
 * Rows of a base count as pulled, so for BuildKit as for classic. From the length of the layer's tar (podman) the lengths
 * of the files follow only as an interval: every entry costs a header of 512 bytes and the rounding up to 512, the end
 * costs 1024. Root file systems and package layers lose about 4 % to that; a layer of many small files up to half.
 *
 * Source: spec/history.md section 9, formulas A to E.
 */
export function sizeIn(row: Row, model: SizeModel): Size {
  if (row.emptyLayer === true) return zero
  const sizes = row.sizes ?? {}
  const known = sizes[model] ?? (model === 'buildkit' ? sizes.classic : undefined)
  if (known !== undefined) return exact(known, row.size.source)
  const files = sizes.tar ?? sizes.classic ?? sizes.buildkit
  if (model !== 'podman' && model !== 'containerd' && files !== undefined)
    // Between tar, classic and buildkit there are only the targets of links, and links themselves.
    return about(files, files * 0.98, files * 1.02 + 4096, 'heuristic', 'another size model of the same layer')
  if (sizes.podman !== undefined) return fromTar(sizes.podman, model)
  if (files !== undefined) return fromFiles(files, model)
  return sizes.containerd === undefined
    ? row.emptyLayer === null || row.size.basis === 'unknown'
      ? unknown(row.size.source)
      : row.size
    : about(sizes.containerd * 0.95, 0, sizes.containerd, 'heuristic', 'disk blocks of the same layer')
}

/** The share of a tar that is file content, as a rule: measured on root file systems of Debian, Ubuntu and Alpine. */
const content = 0.96

function fromTar(tar: number, model: SizeModel): Size {
  const source = 'length of the layer’s tar'
  const high = Math.max(0, tar - 1024 - 512)
  if (model === 'containerd')
    return about(tar * 1.06, content * tar * 0.5, 4096 + (tar - 1024) * 8, 'heuristic', source)
  // A symbolic link counts with its target in the classic model: at most 100 bytes without a longer header.
  const bound = model === 'tar' ? high : Math.max(high, 100)
  if (high === 0) return model === 'tar' ? exact(0, source) : about(0, 0, bound, 'heuristic', source)
  // Below some dozens of entries the share says nothing.
  const likely = tar < 65536 ? high / 2 : tar * content
  return about(likely, tar < 65536 ? 0 : tar / 2, bound, 'heuristic', source)
}

function fromFiles(files: number, model: SizeModel): Size {
  const source = 'lengths of the layer’s files'
  if (model === 'containerd') return about(files * 1.1, files, files * 8 + 65536, 'heuristic', source)
  return about(files / content + 1024, files + 1024, files * 2 + 65536, 'heuristic', source)
}
