import { bytes, mergedRuns, rule, written } from '../lib/rule.ts'

export default rule({
  id: 'deleted-in-later-layer',
  severity: 'warning',
  title: 'Files are deleted in a later layer than the one that stores them',
  why: `A layer never makes an earlier one smaller. What one instruction stores and a later one deletes is hidden, but every
pull still downloads it and every disk keeps it. Delete it in the RUN that writes it, or build in another stage and copy
only the result.`,
  source: 'https://docs.docker.com/build/building/best-practices/#run',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=8\nRUN rm /tmp/blob\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=8 \\\n    && rm /tmp/blob\n',
    },
  ],
  *check(facts) {
    for (const { class: how, writer, killer, bytes: wasted, sure } of facts.image.losses) {
      if (how !== 'deleted' || writer === undefined) continue
      const steps = killer.step.stage.steps
      const between = steps.slice(steps.indexOf(writer.step), steps.indexOf(killer.step) + 1)
      const merged = between.length > 1 ? mergedRuns(between, facts) : undefined
      yield {
        at: killer,
        says: `${written(killer, facts)} hides ${bytes(wasted)} that line ${writer.line} wrote: the bytes stay in the image`,
        wasted,
        sure,
        related: [{ at: writer, says: 'written here' }],
        cures: [merged && { title: 'remove it in the RUN that writes it', edits: merged }],
      }
    }
  },
})
