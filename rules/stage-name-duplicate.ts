import { rule, wordsOf } from '../lib/rule.ts'

export default rule({
  id: 'stage-name-duplicate',
  severity: 'warning',
  title: 'Two stages have one name',
  why: `A later FROM or --from means the last stage of that name above it, and --target the last of all. The other one is
easily built upon by mistake, or not at all. The classic builder refuses the file.`,
  source: 'https://docs.docker.com/reference/build-checks/duplicate-stage-name/',
  aliases: ['buildkit:DuplicateStageName', 'hadolint:DL3024'],
  examples: [
    {
      bad: 'FROM alpine:3.20 AS one\nFROM alpine:3.20 AS one\n',
      good: 'FROM alpine:3.20 AS one\nFROM alpine:3.20 AS two\n',
    },
  ],
  *check({ plan }) {
    for (const [name, [first, ...others]] of plan.outline.named)
      for (const { from } of others)
        yield {
          at: wordsOf(from)[2] ?? from,
          says: `the stage of line ${first!.from.span.line} is called ${name} too`,
          related: [{ at: first!.from, says: 'the first stage of that name' }],
        }
  },
})
