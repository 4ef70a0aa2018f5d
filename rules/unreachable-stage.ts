import { rule } from '../lib/rule.ts'

export default rule({
  id: 'unreachable-stage',
  severity: 'info',
  title: 'A stage is not needed for the target',
  why: `Nothing of this stage gets into the image: no FROM, COPY --from or mount of the target leads to it. BuildKit skips it,
the classic builder builds it for nothing. It may be meant for another --target; else it can go.`,
  source: 'https://docs.docker.com/build/building/multi-stage/#stop-at-a-specific-build-stage',
  aliases: ['tally:no-unreachable-stages'],
  examples: [
    {
      bad: 'FROM alpine:3.20 AS unused\nRUN true\nFROM alpine:3.20\n',
      good: 'FROM alpine:3.20 AS used\nRUN touch /x\nFROM alpine:3.20\nCOPY --from=used /x /x\n',
    },
  ],
  *check(facts) {
    const { plan, target, given } = facts
    // Another target may need it. Classic builds them all.
    if (target === undefined || given.target !== null || plan.traits.family === 'classic') return
    const needed = new Set(plan.stages.map(({ index }) => index))
    for (const draft of plan.outline.drafts)
      if (!needed.has(draft.index))
        yield { at: draft.from, says: `nothing of stage ${draft.name || draft.index} gets into the image` }
  },
})
