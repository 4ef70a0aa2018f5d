/** Front door: what `import 'stratigraph'` gives. */
import { analyze, predictionOf } from './analyze.ts'
import { complete } from './given.ts'
import { withChecks } from './lint/checks.ts'
import type { Given, Prediction } from './model.ts'

export { catalogue } from './bases/catalogue.ts'
export { baseOf, readDocument } from './bases/documents.ts'
export { chooseBuilder, sizeModelOf } from './builders/choose.ts'
export { memoryContext, openContext } from './context.ts'
export { UserError } from './error.ts'
export { openImage } from './image/open.ts'
export { inspect } from './inspect.ts'
export type * from './model.ts'
export { parsePlatform } from './platform.ts'
export { baseDocument } from './report/base.ts'
export { historyTable } from './report/history.ts'
export { historyDocument } from './report/history-json.ts'
export { pairs } from './unionfs/pairs.ts'
export { stack } from './unionfs/stack.ts'

/**
 * Predicts the image that a Dockerfile's text becomes. All of `given` may be left out: the builder is then the newest
 * BuildKit, the platform linux/amd64, bases come from the embedded catalogue, and there is no build context.
 *
 * Never throws on bad input: `diagnostics` tell, and `refused` says where the builder would stop. UserError where a
 * context meets a disk that says no.
 */
export const predict = (text: string, given: Partial<Given> = {}): Prediction =>
  predictionOf(withChecks(analyze(text, complete(given))))
