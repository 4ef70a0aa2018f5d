import { bytes, fetchCure, hidden, lines, lossesBy, rule, unpackCure, written } from '../lib/rule.ts'

export default rule({
  id: 'remote-add-deleted',
  severity: 'warning',
  title: 'A download of ADD is deleted later',
  why: `ADD of an address stores the file in a layer of its own; removing it later frees nothing. Download, unpack and remove
it in one RUN, let ADD unpack it (--unpack), or mount it from a stage that fetched it.`,
  source: 'https://docs.docker.com/build/building/best-practices/#add-or-copy',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nADD https://example.org/a.tar.gz /tmp/a.tar.gz\nRUN tar -xf /tmp/a.tar.gz -C /opt && rm /tmp/a.tar.gz\n',
      good: 'FROM alpine:3.20\nRUN wget -O- https://example.org/a.tar.gz | tar -xz -C /opt\n',
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'download'))
      yield hidden(
        loss,
        `${written(loss.killer, facts)} hides ${bytes(loss.bytes)} that ADD downloaded in ${lines(loss)}: the bytes stay in the image`,
        [unpackCure(loss, facts), fetchCure(loss, facts)],
      )
  },
})
