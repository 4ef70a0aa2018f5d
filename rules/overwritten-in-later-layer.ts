import { bytes, hidden, lines, lossesBy, mergeCure, onceCure, rule, written } from '../lib/rule.ts'

export default rule({
  id: 'overwritten-in-later-layer',
  severity: 'warning',
  title: 'Files are replaced in a later layer than the one that stores them',
  why: `A file that is stored again with other bytes ships twice: once as nobody will ever see it. Write it once, in its final
form, or let the instruction that replaces it be the one that makes it.`,
  source: 'https://docs.docker.com/engine/storage/drivers/#the-copy-on-write-cow-strategy',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/data bs=1M count=8\nRUN dd if=/dev/zero of=/data bs=1M count=9\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/data bs=1M count=8 \\\n    && dd if=/dev/zero of=/data bs=1M count=9\n',
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'overwritten'))
      yield hidden(
        loss,
        `${written(loss.killer, facts)} replaces ${bytes(loss.bytes)} that ${lines(loss)} wrote: both ship`,
        [mergeCure(loss, facts, 'write it in one RUN'), onceCure(loss, facts)],
      )
  },
})
