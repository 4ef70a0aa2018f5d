import { atLine, count, rule } from '../lib/rule.ts'

export default rule({
  id: 'syntax',
  severity: 'error',
  title: 'The file cannot be read as a Dockerfile',
  why: `The builder stops here before it builds anything. What comes after this place is not part of the predicted image.
Told once for a file, with how many more lines cannot be read: in a template that is most of them. A comment that ignores
it is for the line below it alone, and has to name it: \`all\` does not make a file that nobody can build a good one.`,
  source: 'https://docs.docker.com/reference/dockerfile/',
  aliases: ['hadolint:DL1000'],
  examples: [
    { bad: 'FROM alpine:3.20\nRUM apk add curl\n', good: 'FROM alpine:3.20\nRUN true\n' },
    {
      bad: 'FROM alpine:3.20\n{% if curl %}\nRUN apk add --no-cache curl\n{% endif %}\n',
      good: 'FROM alpine:3.20\nRUN apk add --no-cache curl\n',
    },
  ],
  named: true,
  once: (more) => `, and ${count(more, 'more line')} that cannot be read`,
  *check(facts) {
    const { scanned, outline } = facts.plan
    const refusing = [...scanned.problems, ...outline.problems].filter(({ refuses }) => refuses)
    // The builder's own reason first, where it is one of these: it is what it stops at.
    const own = refusing.findIndex(({ message }) => message === facts.refused?.message)
    const ordered = own < 0 ? refusing : [refusing[own]!, ...refusing.slice(0, own), ...refusing.slice(own + 1)]
    const told = new Set<number>()
    for (const { message, line = 1 } of ordered) {
      if (told.has(line)) continue
      told.add(line)
      yield { at: atLine(facts, line), says: message }
    }
  },
})
