import { rule, type StepFacts, withoutStep } from '../lib/rule.ts'

const single = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK'])

export default rule({
  id: 'overridden-instruction',
  severity: 'warning',
  title: 'An instruction of which only the last one counts stands there twice',
  why: 'Of several CMD, ENTRYPOINT or HEALTHCHECK in one stage the last one holds. The ones before do nothing but mislead.',
  source: 'https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/',
  aliases: ['buildkit:MultipleInstructionsDisallowed', 'hadolint:DL4003', 'hadolint:DL4004', 'hadolint:DL3012'],
  examples: [{ bad: 'FROM alpine:3.20\nCMD ["a"]\nCMD ["b"]\n', good: 'FROM alpine:3.20\nCMD ["b"]\n' }],
  *check(facts) {
    for (const { steps } of facts.stages) {
      const seen = new Map<string, StepFacts>()
      for (const step of steps) {
        const { keyword } = step
        if (!single.has(keyword) || step.step.triggered) continue
        const before = seen.get(keyword)
        seen.set(keyword, step)
        if (before === undefined) continue
        yield {
          at: before,
          says: `this ${keyword} has no effect: line ${step.line} replaces it`,
          related: [{ at: step, says: 'this one holds' }],
          cures: [{ title: 'leave it out', edits: [withoutStep(before, facts)] }],
        }
      }
    }
  },
})
