/** One analysis as rules ask it: stages, their steps with the commands they ran, and the images they became. */
import type { Analysis } from '../analyze.ts'
import type { Step } from '../dockerfile/step.ts'
import { chainOf } from '../ground.ts'
import { lazy } from '../kept.ts'
import type { Comment, Given, Image, Instruction, Layer, Problem, Row, Size } from '../model.ts'
import type { Plan, PlannedStage } from '../plan.ts'
import { type Built, imageOf } from '../settle.ts'
import { display, isKnown } from '../shell/known.ts'
import { nameOf } from '../shell/paths.ts'
import type { Visible } from '../unionfs/seen.ts'
import { stack } from '../unionfs/stack.ts'
import type { Deed, Log } from '../watch.ts'
import { type Archive, unpackedIn } from './archives.ts'
import type { Ignore } from './ignores.ts'
import { type Doer, finderIn, type Left, type Loss, leftOf, lossesOf, writerBy } from './losses.ts'
import { originIn } from './origin.ts'
import { type Lines, linesOf, type Range, rangesIn } from './places.ts'

/** Anything that stands somewhere in the Dockerfile. */
export interface Place {
  readonly span: Range
}

/** All that is known of one Dockerfile, for one target. */
export interface Facts {
  readonly text: string
  readonly lines: Lines
  readonly given: Given
  readonly plan: Plan
  /** The image that ships; `target` is undefined where the file has no stage. */
  readonly image: ImageFacts
  readonly target: StageFacts | undefined
  /** Stages that the target needs, by position in the file. Others are in `plan.outline.drafts` only. */
  readonly stages: readonly StageFacts[]
  readonly refused: Analysis['refused']
  readonly problems: readonly Problem[]
  readonly comments: readonly Comment[]
  /** Bounds that the user sets. */
  readonly budget: Budget
  /** Ignore comments; whether they hid something is known to rules with `last` only. */
  readonly ignores: readonly Ignore[]
}

/** Bounds for an image; left out: none. */
export interface Budget {
  readonly layers?: number
}

/** A stage that is built. */
export interface StageFacts extends Place {
  readonly stage: PlannedStage
  readonly name: string
  readonly steps: readonly StepFacts[]
  /** Its layers are layers of the target: it is the target, or the target stands on it. */
  readonly ships: boolean
  /** Its own image; worked out when asked. */
  readonly image: ImageFacts
}

/** One instruction in its place; `span` is all of it, here-documents included. */
export interface StepFacts extends Place {
  readonly step: Step
  readonly instruction: Instruction
  readonly keyword: string
  readonly line: number
  readonly stage: StageFacts
  /** What it ran, in order; only RUN has some. */
  readonly commands: readonly CommandFacts[]
}

/** One program that a RUN runs; `span` is the simple command, redirections included. */
export interface CommandFacts extends Place {
  readonly step: StepFacts
  readonly line: number
  /** Without folder: `rm`. */
  readonly name: string
  /** Program and arguments, expanded; `${NAME}` stands for what is not known. */
  readonly argv: readonly string[]
  /** Where each word of `argv` stands. */
  readonly words: readonly Range[]
  /** All words are known. */
  readonly known: boolean
  /** It surely runs: no undecided condition stands over it. */
  readonly sure: boolean
  readonly deed: Deed
}

/** An image, its rows and layers told apart by step, and its layers stacked. */
export interface ImageFacts {
  readonly image: Image
  readonly rows: readonly { readonly row: Row; readonly step: StepFacts | undefined }[]
  readonly layers: readonly LayerFacts[]
  /** What is seen in the end. */
  readonly files: readonly Visible[]
  /** Bytes shipped and not seen, by who wrote them and who hid them; most bytes first. Those of the base alone are left out. */
  readonly losses: readonly Loss[]
  /** Caches and temporary files that are seen in the end, by who left them; those of the base are left out. */
  readonly left: readonly Left[]
  /** Archives that are seen in the end though a command has unpacked them. */
  readonly archives: readonly Archive[]
  /** Who stored something that is seen; undefined: it came with the base. */
  readonly writer: (file: Visible) => Doer | undefined
  readonly total: Size
  readonly unreachable: Size
}

/** A layer and the steps whose changes it stores; none for layers of a base. */
export interface LayerFacts {
  readonly layer: Layer
  readonly steps: readonly StepFacts[]
}

/** Makes an analysis askable; nothing is worked out before a rule asks. */
export function factsOf(analysis: Analysis, log: Log, ignores: readonly Ignore[], budget: Budget = {}): Facts {
  const { text, given, plan, settled, refused, problems } = analysis
  const lines = lazy(() => linesOf(text))
  const steps = new Map<Step, StepFacts>()
  const shipping = new Set((plan.target === undefined ? [] : chainOf(plan.target)).map(({ index }) => index))
  function stageOf(stage: PlannedStage): StageFacts {
    const facts: StageFacts = {
      stage,
      name: stage.name,
      span: stage.draft.from.span,
      steps: stage.steps.map((step) => {
        const of = stepOf(step, () => facts)
        steps.set(step, of)
        return of
      }),
      ships: shipping.has(stage.index),
      get image() {
        return imageAt(stage.index)
      },
    }
    return facts
  }
  function stepOf(step: Step, stage: () => StageFacts): StepFacts {
    const { instruction } = step
    const { span, keyword } = instruction
    const commands = lazy(() => commandsOf(log.of(step), of, lines()))
    const of: StepFacts = {
      step,
      instruction,
      keyword,
      span,
      line: span.line,
      get stage() {
        return stage()
      },
      get commands() {
        return commands()
      },
    }
    return of
  }
  const images = new Map<number, ImageFacts>()
  const imageAt = (index: number): ImageFacts => {
    let facts = images.get(index)
    if (facts === undefined) {
      const stage = plan.stages.find((one) => one.index === index)
      facts = imageFacts(imageOf(stage, settled, given), settled.built.get(index), steps)
      images.set(index, facts)
    }
    return facts
  }
  const stages = plan.stages.map(stageOf)
  return {
    text,
    get lines() {
      return lines()
    },
    given,
    plan,
    get image() {
      return imageAt(plan.target?.index ?? -1)
    },
    target: stages.find(({ stage }) => stage === plan.target),
    stages,
    refused,
    problems,
    comments: plan.scanned.comments,
    budget,
    ignores,
  }
}

function commandsOf(deeds: readonly Deed[], step: StepFacts, lines: Lines): readonly CommandFacts[] {
  let read: string | undefined
  let at = (_: Range): Range => step.span
  return deeds.map((deed) => {
    // Triggers of a base stand nowhere in this file.
    if (!step.step.triggered && deed.script !== read) at = rangesIn(step.instruction, deed.script)
    read = deed.script
    return commandOf(deed, step, lines, at)
  })
}

function commandOf(deed: Deed, step: StepFacts, lines: Lines, at: (range: Range) => Range): CommandFacts {
  const { command } = deed
  const span = at(command.span)
  const words = lazy(() => command.words.map(at))
  return {
    step,
    span,
    line: lines.lineOf(span.start),
    name: nameOf(command.argv[0] ?? ''),
    argv: command.argv.map(display),
    get words() {
      return words()
    },
    known: command.argv.every(isKnown),
    sure: command.conditions.length === 0,
    deed,
  }
}

function imageFacts(image: Image, built: Built | undefined, steps: ReadonlyMap<Step, StepFacts>): ImageFacts {
  const stacked = lazy(() => stack(image.layers))
  const layers = lazy(() =>
    image.layers.map(
      (layer, i): LayerFacts => ({
        layer,
        steps: (built?.stored[i] ?? []).flatMap((step) => steps.get(step) ?? []),
      }),
    ),
  )
  const rows = lazy(() => {
    const stepOf = stepsByPlace([...steps.values()])
    return image.rows.map((row) => ({ row, step: stepOf(row) }))
  })
  const find = lazy(() => finderIn(layers()))
  const losses = lazy(() => lossesOf(stacked().waste, layers(), find()))
  const writer = lazy(() => writerBy(find()))
  const origin = lazy(() => originIn(layers(), find()))
  const left = lazy(() => leftOf(stacked().files, layers(), origin()))
  const archives = lazy(() => unpackedIn(stacked().files, layers(), origin()))
  return {
    image,
    get rows() {
      return rows()
    },
    get layers() {
      return layers()
    },
    get files() {
      return stacked().files
    },
    get losses() {
      return losses()
    },
    get left() {
      return left()
    },
    get archives() {
      return archives()
    },
    get writer() {
      return writer()
    },
    get total() {
      return stacked().total
    },
    get unreachable() {
      return stacked().unreachable
    },
  }
}

/** The step that a row is of: the first of its stage, line and keyword. */
function stepsByPlace(steps: readonly StepFacts[]): (row: Row) => StepFacts | undefined {
  const key = (stage: string, line: number, keyword: string): string => `${line} ${keyword} ${stage}`
  const found = new Map<string, StepFacts>()
  for (const step of steps.toReversed()) found.set(key(step.stage.name, step.line, step.keyword), step)
  return ({ origin }) =>
    origin.from === 'dockerfile' ? found.get(key(origin.stage, origin.line, origin.instruction)) : undefined
}
