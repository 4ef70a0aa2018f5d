import { atLine, rule } from '../lib/rule.ts'

export default rule({
  id: 'syntax',
  severity: 'error',
  title: 'The file cannot be read as a Dockerfile',
  why: 'The builder stops here before it builds anything. What comes after this place is not part of the predicted image.',
  source: 'https://docs.docker.com/reference/dockerfile/',
  aliases: ['hadolint:DL1000'],
  examples: [{ bad: 'FROM alpine:3.20\nRUM apk add curl\n', good: 'FROM alpine:3.20\nRUN true\n' }],
  *check(facts) {
    const { scanned, outline } = facts.plan
    for (const { refuses, message, line = 1 } of [...scanned.problems, ...outline.problems])
      if (refuses) yield { at: atLine(facts, line), says: message }
  },
})
