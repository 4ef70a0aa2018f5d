import { replaced, rule, wordsOf } from '../lib/rule.ts'

export default rule({
  id: 'stage-name-casing',
  severity: 'info',
  title: 'A stage name has capital letters',
  why: `Builders compare stage names in lower case and report them so. A name written in lower case reads the same in the
file, in messages and after --target.`,
  source: 'https://docs.docker.com/reference/build-checks/stage-name-casing/',
  aliases: ['buildkit:StageNameCasing'],
  examples: [{ bad: 'FROM alpine:3.20 AS Build\n', good: 'FROM alpine:3.20 AS build\n' }],
  *check({ plan }) {
    for (const { from } of plan.outline.drafts) {
      const [, , name] = wordsOf(from)
      if (name === undefined || name.text === name.text.toLowerCase()) continue
      const lower = name.text.toLowerCase()
      yield {
        at: name,
        says: `stage name ${name.text} is kept as ${lower}`,
        cures: [{ title: 'write it in lower case', edits: [replaced(name.span, lower)] }],
      }
    }
  },
})
