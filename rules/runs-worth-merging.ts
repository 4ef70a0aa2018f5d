import { bytes, fromTo, mergedRuns, rule, type StepFacts } from '../lib/rule.ts'

/** Less is not worth a word. */
const least = 100_000
/** RUNs by themselves can be cached: merged unasked from here on. */
const many = 1_000_000

export default rule({
  id: 'runs-worth-merging',
  severity: 'info',
  title: 'RUNs one after another would take fewer bytes as one',
  why: `Each RUN stores what it leaves behind. What the next one writes again, a package database or a file edited in place, is
then stored twice. As one RUN only the last state is stored. Where no bytes are freed, separate RUNs are fine.`,
  source: 'https://docs.docker.com/build/building/best-practices/#run',
  aliases: ['hadolint:DL3059'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/a bs=1M count=4\nRUN chmod 600 /a\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/a bs=1M count=4 \\\n    && chmod 600 /a\n',
    },
  ],
  *check(facts) {
    const seen = new Set<StepFacts>()
    for (const { class: how, writer, killer, bytes: wasted, sure } of facts.image.losses) {
      // What is deleted has a rule of its own.
      if (how === 'deleted' || writer === undefined || !sure || seen.has(killer.step)) continue
      if ((wasted.bytes ?? wasted.low) < least) continue
      const all = fromTo(writer.step, killer.step)
      const merged = all && mergedRuns(all, facts)
      if (merged === undefined) continue
      seen.add(killer.step)
      yield {
        at: killer.step,
        says: `as one RUN, lines ${writer.step.line} and ${killer.step.line} would store ${bytes(wasted)} once and not twice`,
        wasted,
        related: [{ at: writer.step, says: 'written here first' }],
        cures: [{ title: 'do both in one RUN', safe: wasted.low >= many, edits: merged }],
      }
    }
  },
})
