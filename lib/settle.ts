/** Plan → Image: every step's row, and the layers they store. */

import { act, type Place } from './act.ts'
import { buildah, buildahLabels } from './builders/buildah.ts'
import { type Table, type Written, writeRow } from './builders/builder.ts'
import { buildkit, buildkitComment } from './builders/buildkit.ts'
import { classic, classicLabel } from './builders/classic.ts'
import { contextText } from './context/text.ts'
import type { Step } from './dockerfile/step.ts'
import { type Budget, untouched } from './effects/files.ts'
import { factsBelow, stackBelow } from './ground.ts'
import type { Cell, Entry, Family, Given, Image, Layer, Origin, Problem, Row } from './model.ts'
import type { Plan, PlannedStage } from './plan.ts'
import { perhaps, unknown, zero } from './size.ts'
import { measure } from './unionfs/measure.ts'
import { below, commit, type Tree } from './unionfs/tree.ts'
import type { Watch } from './watch.ts'

const tables: Readonly<Record<Family, Table>> = { buildkit, classic, buildah }

/** Text of a cell that nobody can predict. */
const unpredictable = '<unpredictable>'

/** A stage that is done: its rows and layers from the base on, and the files they leave. */
export interface Built {
  readonly stage: PlannedStage
  readonly rows: readonly Row[]
  readonly layers: readonly Layer[]
  readonly tree: Tree
  /** What command models keep from RUN to RUN. */
  readonly memory: ReadonlyMap<string, unknown>
  /** For each layer the steps whose changes it stores, in order; none for layers of a base. */
  readonly stored: readonly (readonly Step[])[]
}

/** Works out every planned stage; with a refusal in the plan, as far as the build would get. */
export function settle(plan: Plan, given: Given, watch?: Watch): Settled {
  const built = new Map<number, Built>()
  const problems: Problem[] = []
  const budget = untouched()
  for (const stage of plan.stages) {
    const writer = new Writer(stage, plan, given, built, budget, watch)
    built.set(stage.index, writer.build())
    problems.push(...writer.problems)
  }
  const { copied, stored, altered, listed, steps } = budget
  return { built, problems, effort: copied + stored + altered + listed + steps }
}

export interface Settled {
  /** By the index of the stage. */
  readonly built: ReadonlyMap<number, Built>
  /** What only the files show, in the order of the steps. */
  readonly problems: readonly Problem[]
  /** How much there was to do: commands that were followed, files that were stored, changed or listed. */
  readonly effort: number
}

/** The image that a stage becomes; none: an empty one. */
export function imageOf(stage: PlannedStage | undefined, { built }: Settled, given: Given): Image {
  const { rows = [], layers = [] } = (stage && built.get(stage.index)) ?? {}
  return {
    rows,
    layers,
    config: stage?.config ?? {},
    author: stage?.author ?? '',
    platform: stage?.platform ?? given.platform,
    facts: stage === undefined ? { complete: true } : factsBelow(stage),
  }
}

class Writer {
  readonly problems: Problem[] = []
  private readonly rows: Row[]
  private readonly layers: Layer[]
  private readonly stored: (readonly Step[])[]
  /** Steps since the last layer. */
  private slot: Step[] = []
  private readonly tree: Tree
  private readonly memory: Map<string, unknown>
  private readonly table: Table
  private readonly origin: { readonly path: string; readonly stage: string }
  private firstRow: boolean
  private stopped = false
  /** Everything goes into one layer at the end: Buildah without layers, and squashing. */
  private readonly together: boolean
  private readonly stage: PlannedStage
  private readonly plan: Plan
  private readonly given: Given
  private readonly place: Place

  constructor(
    stage: PlannedStage,
    plan: Plan,
    given: Given,
    built: ReadonlyMap<number, Built>,
    budget: Budget,
    watch: Watch | undefined,
  ) {
    const below = stackBelow(stage.ground, given, (one) => built.get(one.index))
    this.rows = [...below.rows]
    this.layers = [...below.layers]
    this.tree = below.tree
    const parent = stage.ground.kind === 'stage' ? built.get(stage.ground.stage.index) : undefined
    this.stored = parent === undefined ? below.layers.map(() => []) : [...parent.stored]
    this.memory = new Map(parent?.memory)
    this.stage = stage
    this.plan = plan
    this.given = given
    this.place = {
      plan,
      given,
      stage,
      treeOf: (index) => built.get(index)?.tree,
      memory: this.memory,
      budget,
      ...(watch && { watch }),
    }
    this.table = tables[plan.builder.family]
    this.origin = { path: given.path, stage: stage.name }
    this.firstRow = stage.ground.kind === 'image'
    const squashed = given.squash && stage === plan.target
    this.together =
      (plan.traits.family === 'buildah' && (!given.layers || squashed)) ||
      (plan.traits.family === 'classic' && squashed)
  }

  build(): Built {
    const ownRows = this.rows.length
    for (const step of this.stage.steps) this.step(step)
    this.end()
    if (this.together) this.gather(ownRows)
    const { stage, rows, layers, tree, memory, stored } = this
    return { stage, rows, layers, tree, memory, stored }
  }

  private step(step: Step): void {
    if (this.stopped) return
    const { span, keyword } = step.instruction
    const acted = act(step, this.tree, this.place)
    this.slot.push(step)
    this.problems.push(...acted.problems)
    if (acted.problems.some(({ refuses }) => refuses) && this.given.patient !== true) {
      this.stopped = true
      return
    }
    const written = writeRow(this.table, step, { traits: this.plan.traits, hash: acted.hash })
    if (written === null) return
    const origin: Origin = {
      from: 'dockerfile',
      path: this.given.path,
      stage: this.stage.name,
      line: span.line,
      endLine: span.endLine,
      instruction: keyword,
    }
    this.add(written, origin, step.operands.keyword === 'MAINTAINER' ? step.operands.text : step.before.author)
  }

  /** Rows that no instruction writes: of `--label`, and Buildah's for an empty stage on scratch. */
  private end(): void {
    const { traits } = this.plan
    const { family } = traits
    if (this.stage.steps.length === 0 && this.stage.ground.kind === 'scratch' && family === 'buildah')
      this.add({ text: '/bin/sh', kind: traits.emptyScratchLayer ? 'metadata' : 'layer' }, this.lastOrigin('FROM'), '')
    const { labels } = this.given
    if (this.stage !== this.plan.target || labels.length === 0) return
    const last = this.stage.steps.at(-1)
    const origin = this.lastOrigin('LABEL')
    // Before 1.29 they are lines at the end of the file, which may be another stage's. (recorded: label-of-target)
    const isLast = this.stage.index === this.plan.outline.drafts.length - 1
    if (family === 'buildah' && (traits.labelsInOneRow || isLast))
      for (const text of buildahLabels(labels, traits)) this.add({ text, kind: 'metadata' }, origin, this.stage.author)
    if (family === 'classic' && last !== undefined)
      for (const [key, value] of [...labels].sort(([a], [b]) => (a < b ? -1 : 1)))
        this.add(classicLabel(last.before, key, value), origin, this.stage.author)
  }

  private lastOrigin(instruction: string): Origin {
    const { line, endLine } = this.stage.steps.at(-1)?.instruction.span ?? this.stage.draft.from.span
    return { from: 'dockerfile', ...this.origin, line, endLine, instruction }
  }

  private add({ text, kind }: Written, origin: Origin, author: string): void {
    const comment = this.comment()
    const cells: Cell[] = []
    if (text === undefined) cells.push('createdBy')
    if (comment === undefined) cells.push('comment')
    const entries = kind === 'metadata' || this.together ? [] : this.commit()
    const empty = kind === 'metadata' || this.together ? true : kind === 'layer' ? false : isNothing(entries)
    const measured = empty === true ? zero : measure(entries, this.given.sizeModel)
    const size = empty === null ? perhaps(measured) : measured
    if (empty === false) this.store({ row: this.rows.length, entries, complete: isComplete(entries), size })
    this.rows.push({
      createdBy: text ?? unpredictable,
      comment: comment ?? unpredictable,
      author: this.plan.traits.family === 'buildkit' ? '' : author,
      emptyLayer: empty,
      created: null,
      layer: empty === false ? this.layers.length - 1 : null,
      size,
      unpredictable: cells,
      origin,
    })
    this.firstRow = false
  }

  private readonly commit = (): readonly Entry[] => commit(this.tree, (entry) => contextText(entry, this.given))

  private store(layer: Layer): void {
    this.layers.push(layer)
    this.stored.push(this.slot)
    this.slot = []
  }

  /** Undefined: it cannot be predicted. */
  private comment(): string | undefined {
    const { traits } = this.plan
    if (traits.family === 'buildkit') return buildkitComment
    const { ground } = this.stage
    if (this.firstRow && ground.kind === 'image' && traits.commentFrom)
      return `FROM ${ground.base?.fullName ?? fullName(ground.ref)}`
    if (!traits.commentEverywhere) return ''
    // The first row on scratch has none; every other one names the image before it, whose id depends on the time.
    return this.rows.length === 0 ? '' : undefined
  }

  /** One layer for all steps of the stage, on its last row or, when the daemon squashes, on a row of its own. */
  private gather(from: number): void {
    const entries = this.commit()
    const size = measure(entries, this.given.sizeModel)
    const classicSquash = this.plan.traits.family === 'classic'
    if (classicSquash)
      this.rows.push({
        createdBy: '',
        comment: unpredictable,
        author: '',
        emptyLayer: true,
        created: null,
        layer: null,
        size: zero,
        unpredictable: ['comment'],
        origin: this.lastOrigin('FROM'),
      })
    const last = this.rows.length - 1
    if (last < from) return
    this.store({ row: last, entries, complete: isComplete(entries), size })
    this.rows[last] = { ...this.rows[last]!, emptyLayer: false, layer: this.layers.length - 1, size }
    if (this.given.squash && !classicSquash && this.stage === this.plan.target) this.onlyLast()
  }

  /** Buildah's --squash: the history of the base is gone, one row holds everything. */
  private onlyLast(): void {
    const { entries } = below(this.tree, '/')
    const complete = this.layers.every((layer) => layer.complete)
    const size = complete ? measure(entries, this.given.sizeModel) : unknown('the base is not fully known')
    const row = this.rows.at(-1)!
    this.rows.splice(0, this.rows.length, { ...row, layer: 0, size })
    this.layers.splice(0, this.layers.length, { row: 0, entries, complete, size })
    this.stored.splice(0, this.stored.length, this.stored.flat())
  }
}

/** Does a slot that stores only what changed store nothing? Null: it cannot be known. */
function isNothing(entries: readonly Entry[]): boolean | null {
  if (entries.length === 0) return true
  return entries.every(({ maybe }) => maybe === true) ? null : false
}

const isComplete = (entries: readonly Entry[]): boolean =>
  entries.every(({ type, size, maybe }) => maybe !== true && (type !== 'package' || size.bytes !== null))

/** A reference as Buildah writes it out: registry and tag included. */
function fullName(ref: string): string {
  const [name = '', digest] = ref.split('@')
  const slash = name.indexOf('/')
  const host = slash < 0 ? '' : name.slice(0, slash)
  const hosted = host === 'localhost' || /[.:]/.test(host)
  const path = hosted ? name : slash < 0 ? `docker.io/library/${name}` : `docker.io/${name}`
  const tagged = /:[^/]*$/.test(path) || digest !== undefined ? path : `${path}:latest`
  return digest === undefined ? tagged : `${tagged}@${digest}`
}
