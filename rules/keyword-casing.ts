import { keywordOf, replaced, rule, wordsOf } from '../lib/rule.ts'

export default rule({
  id: 'keyword-casing',
  severity: 'info',
  title: 'Keywords are written in mixed case',
  why: 'Builders take any case. A file that keeps to one, as most of it does already, is easier to read and to search.',
  source: 'https://docs.docker.com/reference/build-checks/consistent-instruction-casing/',
  aliases: ['buildkit:ConsistentInstructionCasing'],
  examples: [{ bad: 'FROM alpine:3.20\nrun true\nCMD ["true"]\n', good: 'FROM alpine:3.20\nRUN true\nCMD ["true"]\n' }],
  *check({ plan }) {
    // What stands above the first FROM does not count, nor what is no instruction.
    const { drafts } = plan.outline
    const instructions = drafts.flatMap(({ from, body }) => [from, ...body.map(({ instruction }) => instruction)])
    const words = instructions.map((instruction) => ({ ...keywordOf(instruction), instruction }))
    const froms = new Set(drafts.map(({ from }) => from))
    const lower = words.filter(({ text }) => text === text.toLowerCase()).length
    const upper = words.filter(({ text }) => text === text.toUpperCase()).length
    for (const word of words) {
      const cased = (text: string): string => (lower > upper ? text.toLowerCase() : text.toUpperCase())
      const wanted = cased(word.text)
      if (word.text === wanted) continue
      // AS goes with FROM.
      const as = froms.has(word.instruction) ? wordsOf(word.instruction)[1] : undefined
      yield {
        at: word,
        says: `${word.text} where most keywords are in ${lower > upper ? 'lower' : 'upper'} case`,
        cures: [
          {
            title: `write ${wanted}`,
            edits: [
              replaced(word.span, wanted),
              ...(as === undefined || as.text === cased(as.text) ? [] : [replaced(as.span, cased(as.text))]),
            ],
          },
        ],
      }
    }
  },
})
