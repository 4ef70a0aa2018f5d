import { bytes, hidden, lines, lossesBy, mergeCure, placeCure, rule, written } from '../lib/rule.ts'

export default rule({
  id: 'moved-in-later-layer',
  severity: 'warning',
  title: 'Files are moved in a later layer than the one that stores them',
  why: `Across layers a move is a copy and a deletion: the bytes ship at the old place, where nobody sees them, and at the new
one. Put them where they belong at once: give COPY or ADD the final destination, or move in the RUN that writes.`,
  source: 'https://docs.docker.com/engine/storage/drivers/overlayfs-driver/#modifying-files-or-directories',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/data bs=1M count=8\nRUN mv /tmp/data /srv/data\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/data bs=1M count=8 \\\n    && mv /tmp/data /srv/data\n',
    },
    {
      bad: 'FROM alpine:3.20\nCOPY app.conf /tmp/\nRUN mv /tmp/app.conf /etc/app.conf && mkdir /data\n',
      good: 'FROM alpine:3.20\nCOPY app.conf /etc/app.conf\nRUN mkdir /data\n',
      context: { 'app.conf': 40000 },
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'moved'))
      yield hidden(
        loss,
        `${written(loss.killer, facts)} stores ${bytes(loss.bytes)} a second time: ${lines(loss)} wrote them elsewhere`,
        [mergeCure(loss, facts, 'move it in the RUN that writes it'), placeCure(loss, facts)],
      )
  },
})
