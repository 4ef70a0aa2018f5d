/** The sentence: a Dockerfile's text and what is given, to the image that it becomes. */
import type { Given, Image, Prediction, Problem } from './model.ts'
import { makePlan, type Plan } from './plan.ts'
import { imageOf, type Settled, settle } from './settle.ts'
import type { Watch } from './watch.ts'

/** All that one reading of a Dockerfile brought to light. */
export interface Analysis {
  readonly text: string
  readonly given: Given
  readonly plan: Plan
  readonly settled: Settled
  /** The target's. */
  readonly image: Image
  readonly refused: Prediction['refused']
  /** In the order a builder meets them: what the text shows, then what only the files show. */
  readonly problems: readonly Problem[]
}

/** Works out every stage that the target needs. Never throws on bad input. `watch` is told what each command does. */
export function analyze(text: string, given: Given, watch?: Watch): Analysis {
  const plan = makePlan(text, given)
  return conclude(text, given, plan, settle(plan, given, watch))
}

/** What a plan, and what came of it, say of the target and of the builder's refusal. */
export function conclude(text: string, given: Given, plan: Plan, settled: Settled): Analysis {
  const problems = [...plan.problems, ...settled.problems].map((problem) => ({ file: given.path, ...problem }))
  const refusal = problems.find(({ refuses }) => refuses)
  const refused = refusal === undefined ? null : { message: refusal.message, line: refusal.line ?? 1 }
  return { text, given, plan, settled, image: imageOf(plan.target, settled, given), refused, problems }
}

/**
 * Predicts the image of the target stage. Never throws on bad input: what can be given is given, `diagnostics` tell the
 * rest, and `refused` says where the chosen builder would stop.
 */
export const predict = (text: string, given: Given): Prediction => predictionOf(analyze(text, given))

/** What an analysis says of the target alone. */
export const predictionOf = ({ plan, image, refused, problems }: Analysis): Prediction => ({
  builder: plan.builder,
  image,
  target: plan.target?.name ?? '',
  refused,
  diagnostics: problems,
})
