import { ignoredByFile, rule } from '../lib/rule.ts'

export default rule({
  id: 'ignored-file-copied',
  severity: 'warning',
  title: 'What is to be copied is taken out by the ignore file',
  why: `The builder never sees files that the ignore file names. The build stops at this instruction, or goes on without
them.`,
  source: 'https://docs.docker.com/reference/build-checks/copy-ignored-file/',
  aliases: ['buildkit:CopyIgnoredFile'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nCOPY notes.tmp /\n',
      good: 'FROM alpine:3.20\nCOPY notes.txt /\n',
      context: { '.dockerignore': '*.tmp\n', 'notes.tmp': 'a', 'notes.txt': 'a' },
    },
  ],
  *check(facts) {
    const ignored = facts.given.context?.ignore ? ignoredByFile(facts) : undefined
    if (ignored === undefined) return
    for (const { steps } of facts.stages)
      for (const { step, span } of steps) {
        const { operands } = step
        if ((operands.keyword !== 'COPY' && operands.keyword !== 'ADD') || operands.flags.from !== null) continue
        for (const source of operands.sources) {
          const path = source.replace(/^(?:\.?\/)+|\/+$/g, '')
          if (path === '' || path === '.' || /^[a-z][a-z0-9+.-]*:\/\/|^git@/.test(source)) continue
          if (ignored(path)) yield { at: { span }, says: `the ignore file takes ${path} out of the context` }
        }
      }
  },
})
