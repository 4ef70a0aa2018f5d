import { rule, wordsOf } from '../lib/rule.ts'

const reserved = new Set(['scratch', 'context'])

export default rule({
  id: 'stage-name-reserved',
  severity: 'warning',
  title: 'A stage has a name that means something else to the builder',
  why: '`scratch` is the empty image and `context` the build context. A stage of that name can be confused with them.',
  source: 'https://docs.docker.com/reference/build-checks/reserved-stage-name/',
  aliases: ['buildkit:ReservedStageName', 'hadolint:DL3063'],
  examples: [{ bad: 'FROM alpine:3.20 AS context\n', good: 'FROM alpine:3.20 AS sources\n' }],
  *check({ plan }) {
    for (const { name, from } of plan.outline.drafts)
      if (reserved.has(name))
        yield { at: wordsOf(from)[2] ?? from, says: `${name} is no name for a stage of one's own` }
  },
})
