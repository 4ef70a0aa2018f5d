/**
 * What triggers of the image will do to images built on it. ONBUILD runs nothing here, so nothing is wasted here: the next
 * stage of such a build is predicted, and what is told of a trigger there is told of its ONBUILD, as deferred.
 */
import type { Analysis } from '../analyze.ts'
import type { Given } from '../model.ts'
import type { Hit, Rule } from '../rule.ts'
import type { Facts, Place, StepFacts } from './facts.ts'

/** The file with one more stage that stands on the target; undefined: no trigger waits. */
export function nextStage({
  text,
  given,
  plan,
}: Analysis): { readonly text: string; readonly given: Given } | undefined {
  const { target } = plan
  if (target === undefined || !target.steps.some(({ instruction }) => instruction.keyword === 'ONBUILD'))
    return undefined
  const { draft } = target
  const alias = 'stratigraph-next'
  const { end } = draft.from.span
  const named = draft.name === '' ? `${text.slice(0, end)} AS ${alias}${text.slice(end)}` : text
  const glue = named.endsWith('\n') ? '' : '\n'
  return { text: `${named}${glue}FROM ${draft.name || alias}\n`, given: { ...given, target: null } }
}

/** What a rule would warn of in triggers of the next stage, on the ONBUILD that each comes from; only lost and useless bytes. */
export function deferred({ check, title, severity: usual }: Rule, next: Facts, { target }: Facts): readonly Hit[] {
  const triggers = (next.target?.steps ?? []).filter(({ step }) => step.triggered)
  const waiting = (target?.steps ?? []).filter(({ keyword }) => keyword === 'ONBUILD')
  if (usual === 'info' || usual === 'off') return []
  return [...check(next)].flatMap(({ at, says, wasted, sure, severity, related = [] }): Hit[] => {
    const step = stepAt(at)
    const own = step === undefined ? undefined : waiting[triggers.indexOf(step)]
    if (own === undefined || wasted === undefined || sure === false || severity === 'info') return []
    // Lines and words of the stage that is not there would only confuse.
    const what = related.length > 0 ? `${title[0]!.toLowerCase()}${title.slice(1)}` : says
    return [{ at: own, says: `deferred to images built on this one: ${what}`, wasted, sure: false }]
  })
}

function stepAt(at: Place): StepFacts | undefined {
  if ('commands' in at) return at as StepFacts
  return 'step' in at ? (at as { readonly step: StepFacts }).step : undefined
}
