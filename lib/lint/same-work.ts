/**
 * Do two plans ask for the same work? Many cures change only how something is written, or what stands in the config: the
 * layers they leave are the same, and need not be worked out again.
 */
import type { Step } from '../dockerfile/step.ts'
import { keptFor } from '../kept.ts'
import type { Plan, PlannedStage } from '../plan.ts'

/**
 * True: with the same things given, `settle` makes the same layers, files and problems of both. The texts of rows and the
 * lines that are named may differ.
 */
export function isSameWork(one: Plan, other: Plan): boolean {
  if (one.traits !== other.traits || one.builder.version !== other.builder.version) return false
  if (one.target?.index !== other.target?.index || one.stages.length !== other.stages.length) return false
  const names = ({ outline }: Plan): string => outline.drafts.map(({ name }) => name).join(' ')
  if (names(one) !== names(other)) return false
  const acts = one.traits.family === 'buildkit' ? acting : everything
  return one.stages.every((stage, i) => isSameStage(stage, other.stages[i]!, acts))
}

/** What changes files for BuildKit. All else writes rows without a layer there; other builders may end a layer with them. */
const acting = ({ operands: { keyword } }: Step): boolean => /^(?:RUN|COPY|ADD|WORKDIR)$/.test(keyword)
const everything = (): boolean => true

function isSameStage(one: PlannedStage, other: PlannedStage, acts: (step: Step) => boolean): boolean {
  if (one.index !== other.index || standsOn(one) !== standsOn(other)) return false
  const [was, is] = [one.steps.filter(acts), other.steps.filter(acts)]
  return was.length === is.length && was.every((step, i) => workOf(step) === workOf(is[i]!))
}

/** One image is the same for one name and platform: it is looked up among the same things. */
const standsOn = ({ ground, platform, steps }: PlannedStage): string =>
  JSON.stringify([
    ground.kind,
    ground.kind === 'stage' ? ground.stage.index : ground.kind === 'image' ? ground.ref : '',
    platform,
    steps.length === 0,
  ])

/** All that a step's work depends on, besides what the steps before it did. */
const workOf = keptFor(({ operands, instruction: { heredocs }, path, triggered, before }: Step): string => {
  const { state, shell, user, workdir, volumes } = before
  const variables = operands.keyword === 'RUN' ? state.entries() : []
  return JSON.stringify([operands, heredocs, path, triggered, variables, shell, user, workdir, volumes])
})
