/** What a stage stands on, as rows, layers and files. */
import { sizeIn } from './bases/sizes.ts'
import type { Base, BaseFacts, BaseFile, Entry, Given, Layer, Row, SizeModel } from './model.ts'
import type { Ground, PlannedStage } from './plan.ts'
import { exact, unknown, zero } from './size.ts'
import { storageOf } from './unionfs/mounts.ts'
import { fork, openTree, type Tree } from './unionfs/tree.ts'

/** Rows and layers, oldest first, and the files they leave. */
export interface Stack {
  readonly rows: readonly Row[]
  readonly layers: readonly Layer[]
  readonly tree: Tree
}

/** The stack below a stage; its tree is the stage's own to change. */
export function stackBelow(ground: Ground, given: Given, built: (stage: PlannedStage) => Stack | undefined): Stack {
  const storage = storageOf(given.builder, given.sizeModel)
  const done = ground.kind === 'stage' ? built(ground.stage) : undefined
  if (done !== undefined) return { ...done, tree: fork(done.tree) }
  if (ground.kind !== 'image') return { rows: [], layers: [], tree: openTree([], storage) }
  if (ground.base === undefined) return unknownStack(ground.ref, given)
  const { rows, layers } = baseRows(ground.base, given.sizeModel)
  return { rows, layers, tree: openTree(filesOf(ground.base, layers), storage) }
}

/** Facts about the image at the bottom of a stage's chain. */
export function factsBelow({ ground }: PlannedStage): BaseFacts {
  if (ground.kind === 'stage') return factsBelow(ground.stage)
  if (ground.kind === 'scratch') return { complete: true }
  return ground.base?.facts ?? { complete: false }
}

/** The files of an image on its own, for COPY --from; an unknown one holds nobody knows what. */
export function baseTree(base: Base | undefined, given: Given): Tree {
  const storage = storageOf(given.builder, given.sizeModel)
  return openTree(base === undefined ? [nothingKnown] : filesOf(base, baseRows(base, given.sizeModel).layers), storage)
}

const nothingKnown: Layer = { row: 0, entries: [], complete: false, size: unknown('not known') }

/** One row for a base that nobody knows. */
function unknownStack(ref: string, given: Given): Stack {
  const row: Row = {
    createdBy: `<unknown base ${ref}>`,
    comment: '',
    author: '',
    emptyLayer: null,
    created: null,
    layer: null,
    size: unknown(`base image ${ref} is not known`),
    unpredictable: [],
    origin: { from: 'base', image: ref },
  }
  return { rows: [row], layers: [], tree: baseTree(undefined, given) }
}

/** A base's rows and layers in the size model asked for. */
function baseRows(base: Base, model: SizeModel): { rows: readonly Row[]; layers: readonly Layer[] } {
  const rows = base.rows.map(
    (row): Row => ({ ...row, size: sizeIn(row, model), origin: { from: 'base', image: base.ref } }),
  )
  const bare = rows.flatMap((row, index): Layer[] =>
    row.emptyLayer === false ? [{ row: index, entries: [], complete: false, size: row.size }] : [],
  )
  const layers = base.layers?.map((layer) => ({ ...layer, size: rows[layer.row]?.size ?? layer.size }))
  return { rows, layers: layers ?? bare }
}

/** The layers to look files up in: as given, or one made of the files that facts name. */
function filesOf(base: Base, layers: readonly Layer[]): readonly Layer[] {
  if (base.layers !== undefined) return layers
  const entries = Object.entries(base.facts.files ?? {}).map(([path, file]) => entryOf(path, file))
  return [{ row: 0, entries, complete: base.facts.complete, size: zero }]
}

function entryOf(path: string, file: BaseFile): Entry {
  const type = file.dir
    ? 'dir'
    : file.link !== undefined
      ? 'symlink'
      : file.hardlink !== undefined
        ? 'hardlink'
        : 'file'
  return {
    path,
    type,
    size: type === 'file' ? (file.bytes === undefined ? unknown('base image') : exact(file.bytes, 'base image')) : zero,
    mode: file.mode === undefined ? null : Number.parseInt(file.mode, 8),
    uid: file.uid ?? null,
    gid: file.gid ?? null,
    link: file.link ?? file.hardlink ?? null,
    ...(file.sha256 === undefined ? {} : { content: `sha256:${file.sha256}` }),
  }
}
