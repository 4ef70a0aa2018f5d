import { replaced, rule, wordsOf } from '../lib/rule.ts'

export default rule({
  id: 'maintainer-deprecated',
  severity: 'info',
  title: 'MAINTAINER is deprecated',
  why: 'A label can be read by every tool, and inherited or replaced like any other. MAINTAINER can do neither.',
  source: 'https://docs.docker.com/reference/build-checks/maintainer-deprecated/',
  aliases: ['buildkit:MaintainerDeprecated', 'hadolint:DL4000'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nMAINTAINER me@example.org\n',
      good: 'FROM alpine:3.20\nLABEL org.opencontainers.image.authors="me@example.org"\n',
    },
  ],
  *check({ plan }) {
    for (const instruction of plan.scanned.instructions) {
      if (instruction.keyword !== 'MAINTAINER') continue
      const { text, span } = instruction
      const end = wordsOf(instruction).at(-1)?.span.end
      const plain = end !== undefined && !/["'\\$`\n]/.test(text)
      const label = `LABEL org.opencontainers.image.authors="${text}"`
      yield {
        at: { span },
        says: 'MAINTAINER is deprecated in favour of a label',
        cures: [
          plain
            ? { title: 'use a label', safe: false, edits: [replaced({ start: span.start, end }, label)] }
            : undefined,
        ],
      }
    }
  },
})
