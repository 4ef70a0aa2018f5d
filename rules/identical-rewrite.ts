import { againCure, bytes, hidden, lines, lossesBy, onceCure, rule, written } from '../lib/rule.ts'

/** Manifests that are copied first, for the cache of the RUN in between, are smaller. */
const small = 2_000_000

export default rule({
  id: 'identical-rewrite',
  severity: 'warning',
  title: 'The same files are stored twice',
  why: `COPY over files that are already there stores all of them again, equal or not. Copy each tree once; to keep the
cache of a dependency step, copy only its manifests first.`,
  source: 'https://docs.docker.com/build/cache/optimize/#order-your-layers',
  aliases: ['kics:multiple_run_add_copy_instructions_listed'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nCOPY app /app\nCOPY app /app\n',
      good: 'FROM alpine:3.20\nCOPY app /app\n',
      context: { 'app/data': 4_000_000 },
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'repeated')) {
      const { writer, killer } = loss
      const { steps } = writer.step.stage
      const between = steps.slice(steps.indexOf(writer.step), steps.indexOf(killer.step))
      const manifest = between.some(({ keyword }) => keyword === 'RUN') && (loss.bytes.bytes ?? 0) < small
      const hit = hidden(
        loss,
        `${written(killer, facts)} stores ${bytes(loss.bytes)} again that ${lines(loss)} had already stored`,
        [againCure(loss, facts) ?? onceCure(loss, facts)],
      )
      yield manifest ? { ...hit, severity: 'info' } : hit
    }
  },
})
