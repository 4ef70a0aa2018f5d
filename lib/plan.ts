/** Text × what is given → which stages are built on what, step by step. Nothing here looks at files. */

import { withSyntax } from './builders/choose.ts'
import { quoted } from './builders/go-text.ts'
import { traitsOf } from './builders/traits.ts'
import { ignoreProblems } from './context/fault.ts'
import { type Build, type Evaluated, evaluate } from './dockerfile/evaluate.ts'
import { expand } from './dockerfile/expand.ts'
import { mountOptions } from './dockerfile/mount.ts'
import { type Scanned, scan } from './dockerfile/scan.ts'
import { type Draft, findStage, type Outline, outline, stageNamed } from './dockerfile/stages.ts'
import type { Start, Step } from './dockerfile/step.ts'
import type { Base, Builder, Given, ImageConfig, Platform, Problem } from './model.ts'
import { readReference } from './reference.ts'
import { meant } from './spelling.ts'
import type { Traits } from './traits.ts'

/** What a stage stands on. */
export type Ground =
  | { readonly kind: 'scratch' }
  | { readonly kind: 'stage'; readonly stage: PlannedStage }
  | { readonly kind: 'image'; readonly ref: string; readonly base: Base | undefined }

/** A stage that the target needs, evaluated. */
export interface PlannedStage {
  readonly index: number
  /** As a row's origin names it: the name, or the number. */
  readonly name: string
  readonly draft: Draft
  readonly ground: Ground
  /** What it stands on, or the last of the stages that it stands on. */
  readonly bottom: Exclude<Ground, { readonly kind: 'stage' }>
  readonly platform: Platform
  readonly steps: readonly Step[]
  /** Steps after which `--label` adds rows. */
  readonly config: ImageConfig
  readonly author: string
}

export interface Plan {
  /** After `# syntax=`. */
  readonly builder: Builder
  readonly traits: Traits
  readonly scanned: Scanned
  readonly outline: Outline
  /** Those that are built, in order of their index; each after what it stands on and copies from. */
  readonly stages: readonly PlannedStage[]
  readonly target: PlannedStage | undefined
  /** In the order a builder meets them. */
  readonly problems: readonly Problem[]
}

/** Plans a build. Never throws on odd input: problems tell, `refuses` marks where the builder stops. */
export function makePlan(text: string, given: Given): Plan {
  const asked = syntaxBuilder(text, given)
  const { builder } = asked
  const traits = traitsOf(builder)
  const scanned = scan(text, traits)
  const outlined = outline(scanned, traits)
  const read = [...scanned.problems, ...outlined.problems]
  const fault = ignoreProblems(given.context, traits)
  const found = traits.family === 'classic' ? [...fault, ...read] : [...read, ...fault]
  const problems = [...asked.problems, ...unheard(given, traits), ...found]
  const planner = new Planner(given, builder.version, traits, scanned, outlined, problems)
  const target = planner.plan()
  const stages = [...planner.planned.values()].sort((a, b) => a.index - b.index)
  return { builder, traits, scanned, outline: outlined, stages, target, problems }
}

/** What was asked for and the builder does not do. Source: buildx 0.30, build: a warning, and nothing squashed. */
const unheard = ({ squash }: Given, { family }: Traits): readonly Problem[] =>
  squash && family === 'buildkit'
    ? [{ severity: 'warning', message: 'BuildKit does not squash: --squash changes nothing' }]
    : []

/** `# syntax=` is read with the builder's own rules before it takes over. */
function syntaxBuilder(text: string, given: Given): { builder: Builder; problems: readonly Problem[] } {
  const { builder } = given
  if (builder.family !== 'buildkit' || !/^[^\S\n]*#[^\S\n]*syntax[^\S\n]*=/im.test(text.slice(0, 65536)))
    return { builder, problems: [] }
  const directive = scan(text.slice(0, 65536), traitsOf(builder)).directives.find(({ name }) => name === 'syntax')
  if (directive === undefined) return { builder, problems: [] }
  const { builder: chosen, problem } = withSyntax(builder, directive.value, directive.line)
  return { builder: chosen, problems: problem === undefined ? [] : [problem] }
}

/** Name of a stage for people and origins. */
const nameOf = (draft: Draft): string => (draft.name === '' ? String(draft.index) : draft.name)

class Planner {
  readonly planned = new Map<number, PlannedStage>()
  private readonly handed = new Map<number, Pick<Start, 'values' | 'args'>>()
  private readonly images: (string | undefined)[] = []
  private readonly platforms: Platform[] = []
  private targetDraft: Draft | undefined
  private readonly build: Build
  private readonly given: Given
  private readonly traits: Traits
  private readonly drafts: readonly Draft[]
  private readonly outlined: Outline
  private readonly problems: Problem[]

  constructor(
    given: Given,
    buildahVersion: string,
    traits: Traits,
    scanned: Scanned,
    outlined: Outline,
    problems: Problem[],
  ) {
    this.given = given

    this.traits = traits
    this.drafts = outlined.drafts
    this.outlined = outlined
    this.problems = problems
    const platform = this.platformArgs()
    this.build = {
      traits,
      escape: scanned.escape,
      buildArgs: given.buildArgs,
      globals: this.globals(platform),
      platform,
      imageFormat: given.imageFormat,
      windows: given.platform.os === 'windows',
      buildahVersion,
      growth: { characters: 0 },
    }
  }

  /** Plans all the target needs and gives the target. */
  plan(): PlannedStage | undefined {
    for (const draft of this.drafts) {
      const image = this.replaced(draft.image, draft.from.span.line)
      if (image?.trim() === '') this.refuse(`base name (${draft.image}) should not be blank`, draft.from.span.line)
      this.images.push(image)
      this.platforms.push(this.platformOf(draft))
    }
    const target = this.targetOf()
    if (target === undefined) return undefined
    this.targetDraft = target
    if (this.traits.family === 'classic' && target.body.length === 0 && this.images[target.index] === 'scratch')
      this.refuse('no image was generated: the stage is empty and stands on scratch', target.from.span.line)
    const needed = this.needed(target)
    for (const draft of this.drafts) if (needed.has(draft.index)) this.stage(draft)
    return this.planned.get(target.index)
  }

  private refuse(message: string, line: number): void {
    this.problems.push({ severity: 'error', message, line, refuses: true })
  }

  private replaced(word: string, line: number): string | undefined {
    const { escape: escapeChar } = this.build
    const result = expand(word, (name) => this.build.globals.get(name), {
      escape: escapeChar,
      modifiers: this.traits.modifiers,
    })
    if (result.error !== undefined) {
      this.refuse(`failed to process "${word}": ${result.error}`, line)
      return undefined
    }
    for (const name of result.unset)
      this.problems.push({ severity: 'info', message: `FROM argument '${name}' is not declared`, line })
    return result.text
  }

  private platformArgs(): Map<string, string> {
    const values = new Map<string, string>()
    for (const [side, { os, arch, variant }] of [
      ['BUILD', this.given.buildPlatform],
      ['TARGET', this.given.platform],
    ] as const) {
      values.set(`${side}PLATFORM`, variant === '' ? `${os}/${arch}` : `${os}/${arch}/${variant}`)
      values.set(`${side}OS`, os)
      values.set(`${side}OSVERSION`, '')
      values.set(`${side}ARCH`, arch)
      values.set(`${side}VARIANT`, variant)
    }
    values.set('TARGETSTAGE', this.given.target ?? (this.drafts.at(-1)?.name || 'default'))
    for (const name of values.keys()) if (!this.traits.platformArgs.includes(name)) values.delete(name)
    return values
  }

  private globals(platform: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const { buildArgs } = this.given
    const declared = this.traits.platformArgsDeclared
    const values = new Map(declared ? [] : platform)
    for (const name of platform.keys()) if (Object.hasOwn(buildArgs, name)) values.set(name, buildArgs[name]!)
    for (const { instruction, operands } of this.outlined.globals) {
      if (operands.keyword !== 'ARG') continue
      // BuildKit sees what stands before it on the line. (recorded: arg-line)
      const seen = this.traits.family === 'buildkit' ? values : new Map(values)
      for (const [name, standard] of operands.names) {
        const own = Object.hasOwn(buildArgs, name)
          ? buildArgs[name]
          : (this.globalDefault(standard, seen, instruction.span.line) ?? (declared ? platform.get(name) : undefined))
        if (own !== undefined) values.set(name, own)
      }
    }
    return values
  }

  private globalDefault(text: string | null, values: ReadonlyMap<string, string>, line: number): string | undefined {
    if (text === null) return undefined
    const result = expand(text, (name) => values.get(name), { escape: '\\', modifiers: this.traits.modifiers })
    if (result.error !== undefined) this.refuse(`failed to process "${text}": ${result.error}`, line)
    return result.text
  }

  private platformOf(draft: Draft): Platform {
    if (draft.platform === null) return this.given.platform
    const { line } = draft.from.span
    const text = this.replaced(draft.platform, line)
    const [, os, arch, variant = ''] =
      /^([a-z]+)(?:\([^)]*\))?\/([a-z0-9_]+)(?:\/(v?\d+(?:\.\d+)?))?$/i.exec(text ?? '') ?? []
    if (os !== undefined) return { os: os.toLowerCase(), arch: architecture(arch!), variant }
    if (text !== undefined && text !== '' && /^[a-z0-9_]+$/i.test(text)) {
      const lone = text.toLowerCase()
      if (lone === 'linux' || lone === 'windows') return { ...this.given.platform, os: lone }
      if (architectures.has(architecture(lone)))
        return { ...this.given.platform, arch: architecture(lone), variant: '' }
    }
    // Buildah falls back on one word that it does not know, and takes none with too many parts. (recorded: from-platform-nothing)
    if (text !== undefined && (this.traits.family !== 'buildah' || text.split('/').length > 3))
      this.refuse(`failed to parse platform ${text || '(empty)'}: must be os[/arch[/variant]]`, line)
    return this.given.platform
  }

  private targetOf(): Draft | undefined {
    const { target } = this.given
    if (target === null) return this.drafts.at(-1)
    const exactly = this.traits.family === 'buildah'
    const wanted = exactly ? target : target.toLowerCase()
    const named = this.drafts.findLast((draft) => (exactly ? nameOf(draft) : draft.name) === wanted)
    const found =
      named ?? (this.traits.targetByNumber && /^\d+$/.test(target) ? this.drafts[Number(target)] : undefined)
    if (found === undefined && this.drafts.length > 0) {
      const names = this.traits.suggests === 'targets' ? this.drafts.map(({ name }) => name).filter(Boolean) : []
      const message = `target stage ${JSON.stringify(target)} could not be found${meant(target, names)}`
      this.refuse(message, this.drafts.at(-1)!.from.span.line)
    }
    return found ?? this.drafts.at(-1)
  }

  /** The stage a FROM stands on: one before it, of that name. */
  private ground(draft: Draft): Draft | undefined {
    const image = this.images[draft.index]
    if (image === undefined) return undefined
    // BuildKit compares as written; names are kept in lower case.
    const wanted = this.traits.family === 'buildkit' ? image : image.toLowerCase()
    return stageNamed(this.outlined, wanted, draft.index)
  }

  /** Stages named by `COPY --from` and `RUN --mount=from=`, as far as they are stages. */
  private sources(draft: Draft): readonly Draft[] {
    return draft.body.flatMap(({ operands }) => {
      const names =
        operands.keyword === 'COPY' || operands.keyword === 'ADD'
          ? [operands.flags.from]
          : operands.keyword === 'RUN'
            ? operands.mounts.map((mount) => mountOptions(mount).get('from'))
            : []
      return names.flatMap((name) => findStage(this.outlined, this.sourceName(name ?? ''), draft.index) ?? [])
    })
  }

  /** Buildah replaces variables in it, of which those above the first FROM can be told before the stage is read. */
  private sourceName(name: string): string {
    if (this.traits.family !== 'buildah' || !name.includes('$')) return name
    const { escape: escapeChar, globals } = this.build
    return expand(name, (one) => globals.get(one), { escape: escapeChar, modifiers: this.traits.modifiers }).text
  }

  /** Stages named by triggers of what this one stands on. */
  private triggered(draft: Draft): readonly Draft[] {
    if (!this.traits.onbuildSources) return []
    const names = this.triggersBelow(draft).flatMap((text) =>
      [...text.matchAll(/\bfrom=([^\s,]+)/g)].map(([, name]) => name!),
    )
    return names.flatMap((name) => findStage(this.outlined, name, draft.index) ?? [])
  }

  /** Texts of the triggers that will run in a stage, before anything is evaluated. */
  private triggersBelow(draft: Draft): readonly string[] {
    const stage = this.ground(draft)
    const image = this.images[draft.index]
    if (stage === undefined && image !== undefined)
      return this.given.base(image, this.platforms[draft.index] ?? this.given.platform)?.config.OnBuild ?? []
    if (stage === undefined || this.traits.onbuildOfStages === 'no') return []
    return stage.body.flatMap(({ operands }) => (operands.keyword === 'ONBUILD' ? [operands.trigger] : []))
  }

  private needed(target: Draft): ReadonlySet<number> {
    // Classic builds every stage up to the target, used or not.
    if (this.traits.family === 'classic')
      return new Set(this.drafts.slice(0, target.index + 1).map(({ index }) => index))
    const needed = new Set<number>()
    const waiting = [target]
    for (let draft = waiting.pop(); draft !== undefined; draft = waiting.pop()) {
      if (needed.has(draft.index)) continue
      needed.add(draft.index)
      const below = this.ground(draft)
      waiting.push(...this.sources(draft), ...this.triggered(draft), ...(below === undefined ? [] : [below]))
    }
    return needed
  }

  private stage(draft: Draft): void {
    const ground = this.groundOf(draft)
    const start = this.startOf(ground)
    const evaluated = evaluate(draft, start, this.triggers(ground), { ...this.build })
    this.problems.push(...evaluated.problems)
    if (draft.broken !== undefined && !evaluated.problems.some(({ refuses }) => refuses))
      this.refuse(draft.broken.message, draft.broken.line)
    this.handed.set(draft.index, evaluated.handed)
    this.planned.set(draft.index, {
      index: draft.index,
      name: nameOf(draft),
      draft,
      ground,
      bottom: ground.kind === 'stage' ? ground.stage.bottom : ground,
      platform: this.platforms[draft.index] ?? this.given.platform,
      steps: evaluated.steps,
      ...this.withLabels(draft, evaluated),
    })
  }

  /** BuildKit and classic put `--label` into the config of the target. */
  private withLabels(draft: Draft, { config, author }: Evaluated): { config: ImageConfig; author: string } {
    const labels = this.given.labels.map(([key, value]): [string, string] => [key, this.label(value, draft)])
    if (labels.length === 0 || draft !== this.targetDraft) return { config, author }
    return { config: { ...config, Labels: { ...config.Labels, ...Object.fromEntries(labels) } }, author }
  }

  /** Buildah that writes all labels in one row replaces variables in them. */
  private label(value: string, draft: Draft): string {
    if (!this.traits.labelsInOneRow || !value.includes('$')) return value
    return this.replaced(quoted(value), draft.from.span.line) ?? value
  }

  private groundOf(draft: Draft): Ground {
    const stage = this.ground(draft)
    const planned = stage && this.planned.get(stage.index)
    if (planned !== undefined) return { kind: 'stage', stage: planned }
    const ref = this.images[draft.index] ?? draft.image
    if (ref === 'scratch') return { kind: 'scratch' }
    const base = this.given.base(ref, this.platforms[draft.index] ?? this.given.platform)
    const { line } = draft.from.span
    if (base === undefined && ref.trim() !== '' && readReference(ref) === undefined)
      this.refuse(`failed to parse stage name ${JSON.stringify(ref)}: invalid reference format`, line)
    else if (base === undefined)
      this.problems.push({ severity: 'warning', message: unknownBase(ref), line, guess: true })
    else if (base.nearest !== undefined)
      this.problems.push({ severity: 'warning', message: base.nearest, line, guess: true })
    return { kind: 'image', ref, base }
  }

  private startOf(ground: Ground): Start {
    switch (ground.kind) {
      case 'scratch':
        return {
          config: this.traits.scratchWorkdir && !this.build.windows ? { WorkingDir: '/' } : {},
          author: '',
          values: [],
          args: [],
        }
      case 'stage': {
        const { config } = ground.stage
        // Classic knows an author from his row on, and forgets him with the stage. (recorded: maintainer-stages)
        const author = this.traits.family === 'classic' ? '' : ground.stage.author
        return { config, author, ...(this.handed.get(ground.stage.index) ?? { values: [], args: [] }) }
      }
      case 'image':
        return { config: ground.base?.config ?? {}, author: ground.base?.author ?? '', values: [], args: [] }
    }
  }

  /** ONBUILD texts that run first in a stage. */
  private triggers(ground: Ground): readonly string[] {
    if (ground.kind === 'scratch') return []
    if (ground.kind === 'image') return ground.base?.config.OnBuild ?? []
    if (this.traits.onbuildOfStages === 'no') return []
    const texts = [...(ground.stage.config.OnBuild ?? [])]
    if (this.traits.onbuildOfStages !== 'all') return texts
    for (let below = ground.stage.ground; below.kind === 'stage'; below = below.stage.ground)
      texts.unshift(...(below.stage.config.OnBuild ?? []))
    return texts
  }
}

const unknownBase = (ref: string): string =>
  `base image ${ref} is not known: give it with --base ${ref}=SUBJECT, under bases: in .stratigraph.yaml, or let it be looked up with --resolve`

const architecture = (name: string): string =>
  ({ x86_64: 'amd64', 'x86-64': 'amd64', aarch64: 'arm64' })[name.toLowerCase()] ?? name.toLowerCase()

const architectures = new Set('amd64 arm64 arm 386 ppc64le s390x riscv64 mips64le mips64 loong64'.split(' '))
