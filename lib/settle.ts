/** Plan → Image: every step's row, and the layers they store. */
import { buildah, buildahLabels } from './builders/buildah.ts'
import { type Table, type Written, writeRow } from './builders/builder.ts'
import { buildkit, buildkitComment } from './builders/buildkit.ts'
import { classic, classicLabel } from './builders/classic.ts'
import type { Step } from './dockerfile/step.ts'
import type { Base, Cell, Family, Given, Image, Layer, Origin, Row, Size, SizeModel } from './model.ts'
import type { Plan, PlannedStage } from './plan.ts'
import { unknown, zero } from './size.ts'

const tables: Readonly<Record<Family, Table>> = { buildkit, classic, buildah }

/** Text of a cell that nobody can predict. */
const unpredictable = '<unpredictable>'

/** Rows and layers as they grow, oldest first. */
interface Stack {
  readonly rows: readonly Row[]
  readonly layers: readonly Layer[]
}

/** The image that the target becomes; with a refusal in the plan, as far as the build would get. */
export function settle(plan: Plan, given: Given): Image {
  const built = new Map<PlannedStage, Stack>()
  for (const stage of plan.stages) built.set(stage, stackOf(stage, plan, given, built))
  const target = plan.target
  const stack = (target && built.get(target)) ?? { rows: [], layers: [] }
  return {
    ...stack,
    config: target?.config ?? {},
    author: target?.author ?? '',
    platform: target?.platform ?? given.platform,
    facts: target === undefined ? { complete: true } : factsOf(target),
  }
}

function factsOf(stage: PlannedStage): Image['facts'] {
  const { ground } = stage
  if (ground.kind === 'stage') return factsOf(ground.stage)
  if (ground.kind === 'scratch') return { complete: true }
  return ground.base?.facts ?? { complete: false }
}

function stackOf(stage: PlannedStage, plan: Plan, given: Given, built: ReadonlyMap<PlannedStage, Stack>): Stack {
  const below = groundStack(stage, given, built)
  const rows = [...below.rows]
  const layers = [...below.layers]
  const writer = new Writer(stage, plan, given, rows, layers)
  for (const step of stage.steps) writer.step(step)
  writer.end()
  return { rows, layers }
}

function groundStack({ ground }: PlannedStage, given: Given, built: ReadonlyMap<PlannedStage, Stack>): Stack {
  if (ground.kind === 'scratch') return { rows: [], layers: [] }
  if (ground.kind === 'stage') return built.get(ground.stage) ?? { rows: [], layers: [] }
  return ground.base === undefined ? unknownStack(ground.ref) : baseStack(ground.base, given.sizeModel)
}

/** One row for a base that nobody knows. */
function unknownStack(ref: string): Stack {
  const size = unknown(`base image ${ref} is not known`)
  const row: Row = {
    createdBy: `<unknown base ${ref}>`,
    comment: '',
    author: '',
    emptyLayer: null,
    created: null,
    layer: null,
    size,
    unpredictable: [],
    origin: { from: 'base', image: ref },
  }
  return { rows: [row], layers: [] }
}

/** A base's rows in the size model asked for. Docker's BuildKit shows a pulled base as classic counts it. */
function baseStack(base: Base, model: SizeModel): Stack {
  const counted: SizeModel = model === 'buildkit' ? 'classic' : model
  const rows = base.rows.map((row): Row => {
    const bytes = row.sizes?.[counted]
    const size: Size = bytes === undefined ? row.size : { ...row.size, bytes, low: bytes, high: bytes, basis: 'exact' }
    return { ...row, size, origin: { from: 'base', image: base.ref } }
  })
  const layers = rows.flatMap((row, index): Layer[] =>
    row.emptyLayer === false ? [{ row: index, entries: [], complete: false, size: row.size }] : [],
  )
  return { rows, layers: base.layers ?? layers }
}

class Writer {
  private readonly table: Table
  private readonly origin: { readonly path: string; readonly stage: string }
  private firstRow: boolean
  private readonly stage: PlannedStage
  private readonly plan: Plan
  private readonly given: Given
  private readonly rows: Row[]
  private readonly layers: Layer[]

  constructor(stage: PlannedStage, plan: Plan, given: Given, rows: Row[], layers: Layer[]) {
    this.stage = stage
    this.plan = plan
    this.given = given
    this.rows = rows
    this.layers = layers
    this.table = tables[plan.builder.family]
    this.origin = { path: given.path, stage: stage.name }
    this.firstRow = stage.ground.kind === 'image'
  }

  step(step: Step): void {
    const written = writeRow(this.table, step, { traits: this.plan.traits, hash: undefined })
    if (written === null) return
    const { span, keyword } = step.instruction
    const origin: Origin = {
      from: 'dockerfile',
      ...this.origin,
      line: span.line,
      endLine: span.endLine,
      instruction: keyword,
    }
    this.add(written, origin, step.operands.keyword === 'MAINTAINER' ? step.operands.text : step.before.author)
  }

  /** Rows that no instruction writes: of `--label`, and Buildah's for an empty stage on scratch. */
  end(): void {
    if (this.stage.steps.length === 0 && this.stage.ground.kind === 'scratch' && this.plan.traits.family === 'buildah')
      this.add(
        { text: '/bin/sh', kind: this.plan.traits.emptyScratchLayer ? 'metadata' : 'layer' },
        this.lastOrigin('FROM'),
        '',
      )
    if (this.stage !== this.plan.target || this.given.labels.length === 0) return
    const { labels } = this.given
    const last = this.stage.steps.at(-1)
    const origin = this.lastOrigin('LABEL')
    if (this.plan.traits.family === 'buildah')
      for (const text of buildahLabels(labels, this.plan.traits))
        this.add({ text, kind: 'metadata' }, origin, this.stage.author)
    if (this.plan.traits.family === 'classic' && last !== undefined)
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
    const stores = kind === 'layer' ? true : kind === 'metadata' ? false : null
    const size = stores === false ? zero : unknown('not modelled')
    if (stores) this.layers.push({ row: this.rows.length, entries: [], complete: false, size })
    this.rows.push({
      createdBy: text ?? unpredictable,
      comment: comment ?? unpredictable,
      author: this.plan.traits.family === 'buildkit' ? '' : author,
      emptyLayer: stores === null ? null : !stores,
      created: null,
      layer: stores ? this.layers.length - 1 : null,
      size,
      unpredictable: cells,
      origin,
    })
    this.firstRow = false
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
}

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
