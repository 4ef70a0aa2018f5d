/** The sentence: a Dockerfile's text and what is given, to the image that it becomes. */
import type { Given, Prediction } from './model.ts'
import { makePlan } from './plan.ts'
import { settle } from './settle.ts'

/**
 * Predicts the image of the target stage. Never throws on bad input: what can be given is given, `diagnostics` tell the
 * rest, and `refused` says where the chosen builder would stop.
 */
export function predict(text: string, given: Given): Prediction {
  const plan = makePlan(text, given)
  const { image, problems } = settle(plan, given)
  const diagnostics = [...plan.problems, ...problems]
  const refusal = diagnostics.find(({ refuses }) => refuses)
  return {
    builder: plan.builder,
    image,
    target: plan.target?.name ?? '',
    refused: refusal === undefined ? null : { message: refusal.message, line: refusal.line ?? 1 },
    diagnostics: diagnostics.map((problem) => ({ file: given.path, ...problem })),
  }
}
