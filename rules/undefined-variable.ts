import { nearest, rule, type StageFacts, type StepFacts } from '../lib/rule.ts'

export default rule({
  id: 'undefined-variable',
  severity: 'warning',
  title: 'A variable is used that nothing sets',
  why: `The builder puts nothing in its place: a path, an address or a list silently loses a part, and the history shows it.
Declare it with ARG or ENV in this stage, above the place where it is used; an ARG ends with its stage.`,
  source: 'https://docs.docker.com/reference/build-checks/undefined-var/',
  aliases: ['buildkit:UndefinedVar'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nARG PREFIX=/opt\nWORKDIR $PREFIXX/app\n',
      good: 'FROM alpine:3.20\nARG PREFIX=/opt\nWORKDIR $PREFIX/app\n',
    },
  ],
  *check({ stages, plan }) {
    const above = new Set(
      plan.outline.globals.flatMap(({ operands }) =>
        operands.keyword === 'ARG' ? operands.names.map(([name]) => name) : [],
      ),
    )
    for (const stage of stages)
      for (const step of stage.steps) {
        if (step.step.triggered) continue
        for (const name of missing(step)) {
          const near = nearest(name, namesAt(step))
          const hint = above.has(name)
            ? `; the ARG above the first FROM does not reach in here: say ARG ${name} in this stage`
            : near === undefined
              ? ''
              : `; is ${near} meant?`
          const known = standsOnKnown(stage)
          if (!known && hint === '') continue
          yield { at: step, says: `${name} is not set${hint}`, sure: known || above.has(name) }
        }
      }
  },
})

/** Names that had no value and that no ARG declared without one. */
function missing({ step }: StepFacts): readonly string[] {
  if (step.unset.length === 0) return []
  const declared = new Set([...step.before.args, ...(step.declared ?? [])].map(([name]) => name))
  return [...new Set(step.unset)].filter((name) => !declared.has(name))
}

const namesAt = ({ step: { before } }: StepFacts): ReadonlySet<string> =>
  new Set([...before.state.entries().map(([name]) => name), ...before.args.map(([name]) => name)])

/** What an unknown base, or one that is only alike, sets nobody knows. */
function standsOnKnown({ stage }: StageFacts): boolean {
  let { ground } = stage
  while (ground.kind === 'stage') ground = ground.stage.ground
  return ground.kind === 'scratch' || (ground.base !== undefined && ground.base.nearest === undefined)
}
