import { mergedRuns, operandsIn, rule, type StepFacts } from '../lib/rule.ts'

const apt = new Set(['apt', 'apt-get', 'aptitude'])
const harmless = /^(?:apt|apt-get|aptitude|rm|echo|true|:|set|sed|cp|mv|mkdir|printf|sleep|dpkg|cat|touch)$/

export default rule({
  id: 'update-alone',
  severity: 'warning',
  title: 'Package lists are fetched in a RUN of their own',
  why: `The layer with the lists is cached as long as its text stays the same. A later RUN that installs then works with lists
that may be weeks old, and fails or installs old versions. Fetch and install in one RUN.`,
  source: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  aliases: ['trivy:DS-0017', 'checkov:CKV_DOCKER_5'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n',
      good: 'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y curl\n',
    },
  ],
  *check(facts) {
    for (const { steps } of facts.stages)
      for (const [i, step] of steps.entries()) {
        if (step.step.triggered || !onlyUpdates(step)) continue
        const later = steps.slice(i + 1).find((one) => runs(one, 'install'))
        if (later === undefined || runs(later, 'update')) continue
        const merged = steps[i + 1] === later ? mergedRuns([step, later], facts) : undefined
        yield {
          at: step,
          says: `line ${later.line} installs with lists that this line may have fetched long before`,
          related: [{ at: later, says: 'installed here' }],
          cures: [merged && { title: 'do both in one RUN', edits: merged }],
        }
      }
  },
})

const runs = ({ commands }: StepFacts, verb: string): boolean =>
  commands.some(({ name, argv }) => apt.has(name) && operandsIn(argv.slice(1))[0] === verb)

/** It fetches lists, keeps them, and does nothing else that would want them. */
function onlyUpdates(step: StepFacts): boolean {
  const { operands } = step.step
  if (operands.keyword !== 'RUN' || operands.mounts.length > 0 || !runs(step, 'update')) return false
  return step.commands.every(
    ({ name, argv, sure }) =>
      sure && harmless.test(name) && (!apt.has(name) || argv.some((word) => word === 'update' || word === 'clean')),
  )
}
