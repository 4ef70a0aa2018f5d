import { rule } from '../lib/rule.ts'

export default rule({
  id: 'unpredictable-row',
  severity: 'info',
  title: 'A row of the history cannot be predicted',
  why: `Some builders write into the history what only the build itself knows: a hash of the files copied, the id of a
container. Give the build context to have the hash of what is copied worked out.`,
  source: 'https://docs.docker.com/reference/cli/docker/image/history/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nADD https://example.org/a.txt /\n',
      good: 'FROM alpine:3.20\nCOPY a.txt /\n',
      context: { 'a.txt': 'a' },
      builder: 'classic',
    },
  ],
  *check({ image }) {
    for (const { row, step } of image.rows)
      if (step !== undefined && row.unpredictable.includes('createdBy'))
        yield { at: step, says: `what CREATED BY shows of this ${step.keyword} cannot be known before the build` }
  },
})
