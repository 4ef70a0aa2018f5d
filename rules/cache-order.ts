import { rule, type StepFacts } from '../lib/rule.ts'

/** Installers of system packages: they want nothing of what is copied. */
const system = new Set(['apt-get', 'apt', 'apk', 'dnf', 'microdnf', 'yum', 'zypper', 'pacman'])
const verbs = new Set(['install', 'add', '-S', '-Sy', '-Syu'])

export default rule({
  id: 'cache-order',
  severity: 'info',
  title: 'Packages are installed anew whenever a source file changes',
  why: `A COPY of the whole context changes with every file, and all that comes after it runs again. Install system packages
above it: they are then taken from the cache.`,
  source: 'https://docs.docker.com/build/cache/optimize/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nCOPY . /app/\nRUN apk add --no-cache curl\n',
      good: 'FROM alpine:3.20\nRUN apk add --no-cache curl\nCOPY . /app/\n',
      context: { 'a.txt': 'a' },
    },
  ],
  *check({ stages }) {
    for (const { steps } of stages) {
      const copy = steps.findIndex(copiesAll)
      if (copy < 0) continue
      for (const step of steps.slice(copy + 1))
        if (!step.step.triggered && installs(step))
          yield {
            at: step,
            says: `runs again whenever anything changes that line ${steps[copy]!.line} copies`,
            related: [{ at: steps[copy]!, says: 'the whole context is copied here' }],
          }
    }
  },
})

function copiesAll({ step: { operands, triggered } }: StepFacts): boolean {
  if (triggered || operands.keyword !== 'COPY' || operands.flags.from !== null) return false
  return operands.sources.some((source) => /^(?:\.?\/?|\*)$/.test(source))
}

/** It installs named system packages, and runs nothing else that might be one of the files copied. */
const installs = ({ commands }: StepFacts): boolean =>
  commands.some(({ name, argv, known }) => known && system.has(name) && argv.some((word) => verbs.has(word))) &&
  commands.every(({ name, argv }) => system.has(name) || (/^(?:rm|echo|set|true)$/.test(name) && argv.length > 0))
