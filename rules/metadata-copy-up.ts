import { bytes, copyFlagCure, hidden, lines, lossesBy, mergeCure, rule, written } from '../lib/rule.ts'

export default rule({
  id: 'metadata-copy-up',
  severity: 'warning',
  title: 'A change of mode, owner or time stores files again',
  why: `Layers keep whole files. chmod, chown, chgrp, setfacl or touch on files of an earlier layer copies all their bytes into
a new one, even where nothing else about them changes. Let COPY and ADD set mode and owner with --chmod and --chown, or
change them in the RUN that writes the files.`,
  source: 'https://docs.docker.com/reference/dockerfile/#copy---chown---chmod',
  aliases: ['tally:prefer-copy-chmod'],
  examples: [
    {
      bad: 'FROM debian:12-slim\nCOPY app /app\nRUN chown -R 1000:1000 /app\n',
      good: 'FROM debian:12-slim\nCOPY --chown=1000:1000 app /app\n',
      context: { 'app/server': 4_000_000 },
    },
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/blob bs=1M count=8\nRUN chmod 600 /blob\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/blob bs=1M count=8 \\\n    && chmod 600 /blob\n',
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'metadata'))
      yield hidden(loss, `${written(loss.killer, facts)} stores ${bytes(loss.bytes)} again that ${lines(loss)} wrote`, [
        copyFlagCure(loss, facts),
        mergeCure(loss, facts, 'do it in the RUN that writes the files'),
      ])
    // Files of the base: they ship once more as well.
    for (const loss of facts.image.losses)
      if (loss.cause === 'metadata' && loss.writer === undefined)
        yield hidden(loss, `${written(loss.killer, facts)} stores ${bytes(loss.bytes)} of the base image again`)
  },
})
