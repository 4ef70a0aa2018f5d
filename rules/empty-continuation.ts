import { count, replaced, rule } from '../lib/rule.ts'

export default rule({
  id: 'empty-continuation',
  severity: 'warning',
  title: 'A blank line stands inside an instruction',
  why: `The line before ends with a continuation, so the instruction goes on behind the blank line. Builders still read over
it and announce that they will stop doing so; readers take it for the end. A comment line is fine there.`,
  source: 'https://docs.docker.com/reference/build-checks/no-empty-continuation/',
  aliases: ['buildkit:NoEmptyContinuation'],
  examples: [{ bad: 'FROM alpine:3.20\nRUN echo a \\\n\n    b\n', good: 'FROM alpine:3.20\nRUN echo a \\\n    b\n' }],
  *check({ plan, lines, text }) {
    for (const { pieces, heredocs, span } of plan.scanned.instructions) {
      const last = heredocs.length > 0 ? lines.lineOf(pieces.at(-1)?.[1] ?? span.start) : span.endLine
      const blank: number[] = []
      for (let line = span.line + 1; line <= last; line++) if (lines.textOf(line).trim() === '') blank.push(line)
      const [first] = blank
      if (first === undefined) continue
      const whole = (line: number) => ({ start: lines.startOf(line), end: lines.startOf(line + 1) })
      yield {
        at: { span: { start: lines.startOf(first), end: Math.min(text.length, span.end) } },
        says: `${count(blank.length, 'blank line')} inside the instruction that begins on line ${span.line}`,
        cures: [{ title: 'take the blank lines out', edits: blank.map((line) => replaced(whole(line), '')) }],
      }
    }
  },
})
