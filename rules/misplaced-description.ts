import { commentsAbove, rule } from '../lib/rule.ts'

export default rule({
  id: 'misplaced-description',
  severity: 'off',
  title: 'The comment above an ARG or a stage does not describe it',
  why: `A comment that begins with the name is shown as the description of the argument or the target by
\`docker build --call=outline\`. Begin it so, or leave a blank line between.`,
  source: 'https://docs.docker.com/reference/build-checks/invalid-definition-description/',
  aliases: ['buildkit:InvalidDefinitionDescription'],
  examples: [
    {
      bad: '# the version to take\nARG VERSION=3.20\nFROM alpine:${VERSION}\n',
      good: '# VERSION of the base\nARG VERSION=3.20\nFROM alpine:${VERSION}\n',
    },
  ],
  *check(facts) {
    const { globals, drafts } = facts.plan.outline
    const bodies = drafts.flatMap(({ body }) => body)
    const named = [
      ...drafts.flatMap(({ from, name }) => (name === '' ? [] : [{ instruction: from, names: [name] }])),
      ...[...globals, ...bodies].flatMap(({ instruction, operands }) =>
        operands.keyword === 'ARG' ? [{ instruction, names: operands.names.map(([name]) => name) }] : [],
      ),
    ]
    for (const { instruction, names } of named) {
      const comment = commentsAbove(instruction, facts).at(-1)
      if (comment === undefined || names.includes(comment.text.trim().split(' ')[0]!)) continue
      yield { at: instruction, says: `the comment above does not begin with ${names.join(' or ')}` }
    }
  },
})
