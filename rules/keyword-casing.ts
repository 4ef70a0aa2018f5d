import { keywordOf, replaced, rule } from '../lib/rule.ts'

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
    const words = instructions.map(keywordOf)
    const lower = words.filter(({ text }) => text === text.toLowerCase()).length
    const upper = words.filter(({ text }) => text === text.toUpperCase()).length
    for (const word of words) {
      const wanted = lower > upper ? word.text.toLowerCase() : word.text.toUpperCase()
      if (word.text === wanted) continue
      yield {
        at: word,
        says: `${word.text} where most keywords are in ${lower > upper ? 'lower' : 'upper'} case`,
        cures: [{ title: `write ${wanted}`, edits: [replaced(word.span, wanted)] }],
      }
    }
  },
})
