import { keywordOf, replaced, rule, wordsOf } from '../lib/rule.ts'

export default rule({
  id: 'from-as-casing',
  severity: 'info',
  title: 'FROM and AS are written in different case',
  why: 'Both words belong to one instruction. Written alike they are found by the same search and read as one.',
  source: 'https://docs.docker.com/reference/build-checks/from-as-casing/',
  aliases: ['buildkit:FromAsCasing'],
  examples: [{ bad: 'FROM alpine:3.20 as build\n', good: 'FROM alpine:3.20 AS build\n' }],
  *check({ plan }) {
    for (const { from } of plan.outline.drafts) {
      const [, as] = wordsOf(from)
      const { text } = keywordOf(from)
      if (as === undefined || (text !== text.toLowerCase() && text !== text.toUpperCase())) continue
      const wanted = text === text.toLowerCase() ? as.text.toLowerCase() : as.text.toUpperCase()
      if (as.text === wanted) continue
      yield {
        at: as,
        says: `${as.text} stands beside ${text}`,
        cures: [{ title: `write ${wanted}`, edits: [replaced(as.span, wanted)] }],
      }
    }
  },
})
