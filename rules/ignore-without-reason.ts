import { rule } from '../lib/rule.ts'

export default rule({
  id: 'ignore-without-reason',
  severity: 'off',
  title: 'An ignore comment gives no reason',
  why: 'Whoever meets the comment later can judge it only by its reason. Write it behind the names of the rules.',
  source: 'https://docs.docker.com/build/checks/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\n# stratigraph ignore=syntax\nRUN true\n',
      good: 'FROM alpine:3.20\n# stratigraph ignore=syntax an experiment\nRUN true\n',
    },
  ],
  *check({ ignores }) {
    for (const { by, reason, ids, span } of ignores)
      if (by === 'stratigraph' && reason.trim() === '')
        yield { at: { span }, says: `no reason is given for ignoring ${ids.join(', ')}` }
  },
})
