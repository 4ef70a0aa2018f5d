import { bytes, type Cure, cacheCures, type Facts, isLog, isVcs, type Left, rule } from '../lib/rule.ts'

/** Where the stage that it is copied from makes one of the kind itself, it can be cleared there. */
function thereCures({ label, by }: Left, from: string, facts: Facts): readonly Cure[] {
  const { index } = by.step.stage.stage
  const stage = facts.stages.findLast(
    ({ name, stage: one }) => one.index < index && (name === from.toLowerCase() || String(one.index) === from),
  )
  const found = stage?.image.left.filter((one) => one.label === label && one.by.command !== undefined) ?? []
  const [left, ...more] = found
  if (left === undefined || more.length > 0) return []
  return cacheCures(left, facts).map((cure) => ({ ...cure, title: `in stage ${from}: ${cure.title}` }))
}

export default rule({
  id: 'copy-from-too-wide',
  severity: 'warning',
  title: 'COPY --from brings caches along',
  why: `Copying a whole folder of a build stage takes its caches, logs and temporary files along. Copy what the program needs:
the result of the build, or a folder made for it; or leave no cache in that stage.`,
  source: 'https://docs.docker.com/build/building/multi-stage/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20 AS build\nRUN mkdir -p /root/.cache/pip && dd if=/dev/zero of=/root/.cache/pip/x bs=1M count=8\nFROM alpine:3.20\nCOPY --from=build /root /root\n',
      good: 'FROM alpine:3.20 AS build\nRUN mkdir -p /root/.cache/pip && dd if=/dev/zero of=/root/.cache/pip/x bs=1M count=8 && rm -rf /root/.cache/pip\nFROM alpine:3.20\nCOPY --from=build /root /root\n',
    },
  ],
  *check(facts) {
    for (const one of facts.image.left) {
      const { label, path, bytes: wasted, by, sure, kind } = one
      const { operands } = by.step.step
      if (kind !== 'cache' || operands.keyword !== 'COPY' || operands.flags.from === null) continue
      // Logs and the history of a repository have rules of their own.
      if (isLog(one) || isVcs(one)) continue
      yield {
        at: by,
        says: `brings ${label} along from ${operands.flags.from}: ${bytes(wasted)} in ${path} that nothing in the image needs`,
        wasted,
        sure,
        cures: thereCures(one, operands.flags.from, facts),
      }
    }
  },
})
