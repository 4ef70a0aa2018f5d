import { atLine, count, rule } from '../lib/rule.ts'

export default rule({
  id: 'syntax',
  severity: 'error',
  title: 'The file cannot be read as a Dockerfile',
  why: `The builder stops here before it builds anything. What comes after this place is not part of the predicted image.
Told once for a file, with how many more lines cannot be read: in a template that is most of them.`,
  source: 'https://docs.docker.com/reference/dockerfile/',
  aliases: ['hadolint:DL1000'],
  examples: [
    { bad: 'FROM alpine:3.20\nRUM apk add curl\n', good: 'FROM alpine:3.20\nRUN true\n' },
    {
      bad: 'FROM alpine:3.20\n{% if curl %}\nRUN apk add --no-cache curl\n{% endif %}\n',
      good: 'FROM alpine:3.20\nRUN apk add --no-cache curl\n',
    },
  ],
  *check(facts) {
    const { scanned, outline } = facts.plan
    const refusing = [...scanned.problems, ...outline.problems].filter(({ refuses }) => refuses)
    // The builder's own reason where it is one of these: it is what the exit code goes by.
    const first = refusing.find(({ message }) => message === facts.refused?.message) ?? refusing[0]
    if (first === undefined) return
    const others = new Set(refusing.map(({ line = 1 }) => line).filter((line) => line !== (first.line ?? 1)))
    const more = others.size === 0 ? '' : `, and ${count(others.size, 'more line')} that cannot be read`
    yield { at: atLine(facts, first.line ?? 1), says: `${first.message}${more}` }
  },
})
