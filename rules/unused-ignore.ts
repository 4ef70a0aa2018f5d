import { replaced, rule } from '../lib/rule.ts'

export default rule({
  id: 'unused-ignore',
  severity: 'info',
  title: 'An ignore comment hides nothing',
  why: `What it kept quiet has been cured, or it stands in the wrong place. Left there, it would hide the next finding of the
kind.`,
  source: 'https://docs.docker.com/build/checks/',
  aliases: [],
  last: true,
  examples: [
    {
      bad: 'FROM alpine:3.20\n# stratigraph ignore=cache-left gone by now\nRUN true\n',
      good: 'FROM alpine:3.20\nRUN true\n',
    },
  ],
  *check({ ignores, lines }) {
    for (const { by, ids, used, judged, span, line } of ignores) {
      // Other tools have rules that are not known here.
      if (by !== 'stratigraph' || !judged) continue
      const unused = ids.filter((id) => !used.has(id))
      if (unused.length === 0) continue
      const whole = { start: lines.startOf(line), end: lines.startOf(line + 1) }
      yield {
        at: { span },
        says: `there is nothing to ignore of ${unused.join(', ')}`,
        cures: [
          unused.length === ids.length ? { title: 'take the comment out', edits: [replaced(whole, '')] } : undefined,
        ],
      }
    }
  },
})
