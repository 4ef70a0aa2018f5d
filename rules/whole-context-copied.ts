import { rule, written } from '../lib/rule.ts'

export default rule({
  id: 'whole-context-copied',
  severity: 'info',
  title: 'The whole context is copied, and nothing is ignored',
  why: `COPY . takes everything that lies beside the Dockerfile, today and whenever something new appears there: histories,
local settings, credentials, build output. A .dockerignore says what stays out; naming what is wanted says it better.`,
  source: 'https://docs.docker.com/build/concepts/context/#dockerignore-files',
  aliases: ['slim:ID.10001', 'sonar:S6470', 'tally:prefer-dockerignore'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nCOPY . /app\n',
      good: 'FROM alpine:3.20\nCOPY src /app/src\n',
      context: { 'src/a': 10, 'notes.txt': 10 },
    },
  ],
  *check(facts) {
    const { context } = facts.given
    if (context === undefined || context.ignore.trim() !== '') return
    for (const { steps, ships } of facts.stages)
      for (const step of ships ? steps : []) {
        const { operands } = step.step
        if ((operands.keyword !== 'COPY' && operands.keyword !== 'ADD') || operands.flags.from !== null) continue
        if (operands.sources.some((source) => /^(?:\.?\/*|\*)$/.test(source)))
          yield { at: step, says: `${written(step, facts)} takes all there is: no ignore file keeps anything out` }
      }
  },
})
