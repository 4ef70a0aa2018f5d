/** What stages leave behind that no target ships: no waste, and told with `--verbose` only. */
import type { Analysis } from '../../lib/analyze.ts'
import { upTo } from '../../lib/dockerfile/stages.ts'
import type { Finding } from '../../lib/finding.ts'
import { chainOf } from '../../lib/ground.ts'

/** Each stage is one more prediction. */
const most = 40

/** A stage of the file that is in none of the images judged. */
export interface LeftOut {
  /** The file up to the end of the stage, which so is its last one. */
  readonly text: string
  readonly line: number
}

/** Stages that none of the analyses, which are of one file, ships; none where a builder refuses the file. */
export function leftOut(analyses: readonly Analysis[]): readonly LeftOut[] {
  const [first] = analyses
  if (first === undefined || analyses.some(({ refused }) => refused !== null)) return []
  const targets = analyses.flatMap(({ plan }) => plan.target ?? [])
  const shipping = new Set(targets.flatMap(chainOf).map(({ index }) => index))
  const { outline } = first.plan
  return outline.drafts
    .filter(({ index }) => !shipping.has(index))
    .slice(0, most)
    .map(({ index, from }) => ({ text: upTo(first.text, outline, index), line: from.span.line }))
}

/** Of what is found in such a stage: what it would waste if it shipped. */
export const wasteIn = ({ line }: LeftOut, findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((one) => one.wasted !== undefined && one.severity !== 'info' && one.line >= line)
