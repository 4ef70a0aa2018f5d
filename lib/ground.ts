/** What a stage stands on, as rows, layers and files. */
import { broughtBy } from './bases/brought.ts'
import { guessOf } from './bases/guess.ts'
import { sizeIn } from './bases/sizes.ts'
import type { Base, BaseFacts, Given, Layer, Row, SizeModel } from './model.ts'
import type { Ground, PlannedStage } from './plan.ts'
import { unknown } from './size.ts'
import { foreignTo, layersOf } from './unionfs/base.ts'
import { storageOf } from './unionfs/mounts.ts'
import { fork, openTree, type Storage, type Tree } from './unionfs/tree.ts'

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
  const { rows, layers, tree } = opened(ground.base, given.sizeModel, storage)
  return { rows, layers, tree: fork(tree) }
}

const stacks = new WeakMap<Base, Map<string, Stack>>()

/** A base as a stage begins on it. It is the same for all that stand on it, so it is made once and forked. */
function opened(base: Base, model: SizeModel, storage: Storage): Stack {
  const known = stacks.get(base) ?? new Map<string, Stack>()
  stacks.set(base, known)
  const key = `${model} ${storage}`
  let found = known.get(key)
  if (found === undefined) {
    const { rows, layers } = baseRows(base, model)
    found = { rows, layers, tree: openTree(layers, storage, foreignTo(base)) }
    known.set(key, found)
  }
  return found
}

/** A stage, the one that it stands on, and so on: their layers are its layers. */
export function chainOf(stage: PlannedStage): readonly PlannedStage[] {
  const chain = [stage]
  for (let { ground } = stage; ground.kind === 'stage'; ground = ground.stage.ground) chain.push(ground.stage)
  return chain
}

/** Facts about the image at the bottom of a stage's chain. */
export const factsBelow = ({ bottom }: PlannedStage): BaseFacts =>
  bottom.kind === 'image' ? (bottom.base?.facts ?? { complete: false }) : { complete: true }

/** The files of an image on its own, for COPY --from; an unknown one holds nobody knows what. */
export function baseTree(base: Base | undefined, given: Given): Tree {
  const storage = storageOf(given.builder, given.sizeModel)
  if (base === undefined) return openTree([nothingKnown], storage)
  return openTree(layersOf(base), storage, foreignTo(base))
}

/** The files of an image that nobody knows: that of a distribution is known to be without what others add. */
function strangeTree(ref: string, given: Given, layer: Layer = nothingKnown): Tree {
  const { os, plain } = guessOf(ref)
  const facts: BaseFacts = { ...(os && plain && { os }), complete: false }
  const layers = layersOf({ ref, rows: [], layers: [layer], facts })
  return openTree(layers, storageOf(given.builder, given.sizeModel), foreignTo({ facts, rows: [] }))
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
  const entries = broughtBy(ref)
  const layers: readonly Layer[] = entries.length === 0 ? [] : [{ ...nothingKnown, entries }]
  return { rows: [row], layers, tree: strangeTree(ref, given, layers[0]) }
}

/** A base's rows and layers in the size model asked for. */
function baseRows(base: Base, model: SizeModel): { rows: readonly Row[]; layers: readonly Layer[] } {
  const rows = base.rows.map(
    (row): Row => ({ ...row, size: sizeIn(row, model), origin: { from: 'base', image: base.ref } }),
  )
  // What images of its name bring, where nobody has listed its files.
  const brought = base.layers === undefined && base.facts.files === undefined ? broughtBy(base.ref) : []
  const layers = layersOf({ ...base, rows }).map((layer, i) => ({
    ...layer,
    ...(i === 0 && brought.length > 0 && { entries: [...brought, ...layer.entries] }),
    size: rows[layer.row]?.size ?? layer.size,
  }))
  return { rows, layers }
}
