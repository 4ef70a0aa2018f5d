import { blankPair, replaced, rule, wordsOf } from '../lib/rule.ts'

export default rule({
  id: 'blank-separated-pair',
  severity: 'info',
  title: 'A name and its value are separated by a blank',
  why: `\`ENV NAME value\` takes the rest of the line for the value, a second NAME=value included, and may go away. With \`=\`
it is clear where a value ends.`,
  source: 'https://docs.docker.com/reference/build-checks/legacy-key-value-format/',
  aliases: ['buildkit:LegacyKeyValueFormat'],
  examples: [{ bad: 'FROM alpine:3.20\nENV LANG C.UTF-8\n', good: 'FROM alpine:3.20\nENV LANG=C.UTF-8\n' }],
  *check(facts) {
    for (const { steps } of facts.stages)
      for (const { instruction, keyword, step, span } of steps) {
        const pair =
          (keyword === 'ENV' || keyword === 'LABEL') && !step.triggered ? blankPair(instruction, facts) : undefined
        if (pair === undefined) continue
        const [key, value] = pair
        const words = wordsOf(instruction)
        const range = { start: words[0]!.span.start, end: words.at(-1)!.span.end }
        const plain = instruction.pieces.length === 1 && !/["'\\`]/.test(value) && value !== ''
        const text = /^[\w./:@,+%$\u007b\u007d-]+$/.test(value) ? `${key}=${value}` : `${key}="${value}"`
        yield {
          at: { span },
          says: `${keyword} ${key} is separated from its value by a blank`,
          cures: [plain ? { title: 'write `=`', edits: [replaced(range, text)] } : undefined],
        }
      }
  },
})
