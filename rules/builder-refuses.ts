import { atLine, rule } from '../lib/rule.ts'

export default rule({
  id: 'builder-refuses',
  severity: 'error',
  title: 'The builder stops here',
  why: `The instruction can be read and still cannot be carried out: a value that is no signal or no port, a source that is
nowhere, an empty image name. What comes after this place is not part of the predicted image.`,
  source: 'https://docs.docker.com/reference/dockerfile/',
  aliases: [],
  examples: [{ bad: 'FROM alpine:3.20\nSTOPSIGNAL SIGNOTHING\n', good: 'FROM alpine:3.20\nSTOPSIGNAL SIGTERM\n' }],
  named: true,
  *check(facts) {
    const { scanned, outline } = facts.plan
    // Those are told as `syntax`.
    const told = new Set([...scanned.problems, ...outline.problems].map(({ message, line }) => `${line} ${message}`))
    for (const { refuses, message, line = 1 } of facts.problems)
      if (refuses && !told.has(`${line} ${message}`)) yield { at: atLine(facts, line), says: message }
  },
})
