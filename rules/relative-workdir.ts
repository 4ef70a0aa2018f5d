import { expandedAt, rule, type StageFacts } from '../lib/rule.ts'

export default rule({
  id: 'relative-workdir',
  severity: 'warning',
  title: 'WORKDIR is relative to a folder that the file does not name',
  why: `The first WORKDIR of a stage starts from wherever the base image happens to stand, and moves with the next version of
it. An absolute path stays where it is.`,
  source: 'https://docs.docker.com/reference/build-checks/workdir-relative-path/',
  aliases: ['buildkit:WorkdirRelativePath', 'hadolint:DL3000'],
  examples: [{ bad: 'FROM alpine:3.20\nWORKDIR app\n', good: 'FROM alpine:3.20\nWORKDIR /app\n' }],
  *check(facts) {
    const settled = new Set<unknown>()
    for (const one of facts.stages) {
      const { ground } = one.stage
      const first = firstWorkdir(one)
      if (first !== undefined || (ground.kind === 'stage' && settled.has(ground.stage))) settled.add(one.stage)
      if (first === undefined || (ground.kind === 'stage' && settled.has(ground.stage))) continue
      const path = expandedAt(first.instruction.text, first, facts)
      // Files for Windows are read as such, whatever platform is asked for.
      if (/^(?:[a-z]:)?[\\/]/i.test(path)) continue
      // What an unknown base holds in its variables cannot be said.
      if (first.step.unset.length > 0) continue
      yield { at: first, says: `${path} lies in whatever folder the base image works in` }
    }
  },
})

const firstWorkdir = ({ steps }: StageFacts) =>
  steps.find(({ keyword, step }) => keyword === 'WORKDIR' && !step.triggered)
