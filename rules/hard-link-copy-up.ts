import {
  bytes,
  type Cure,
  hidden,
  type Loss,
  lines,
  lossesBy,
  mergeCure,
  rule,
  withWord,
  written,
} from '../lib/rule.ts'

/** The same name as a symbolic link, which stores no bytes. */
function symbolic({ killer: { command } }: Loss): Cure | undefined {
  const plain = command?.name === 'ln' && command.argv.slice(1).every((word) => word.startsWith('/') || word === '-f')
  const edit = plain ? withWord(command, 0, '-s') : undefined
  return edit && { title: 'ln -s', safe: false, edits: [edit] }
}

export default rule({
  id: 'hard-link-copy-up',
  severity: 'warning',
  title: 'A hard link stores its file again',
  why: `A link to a file of an earlier layer cannot point there: the whole file is copied into the new layer, and the old bytes
are hidden. Link in the RUN that writes the file, or make a symbolic link.`,
  source: 'https://docs.kernel.org/filesystems/overlayfs.html#non-standard-behavior',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/data bs=1M count=8\nRUN ln /data /srv/data\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/data bs=1M count=8 \\\n    && ln /data /srv/data\n',
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'linked'))
      yield hidden(loss, `${written(loss.killer, facts)} stores ${bytes(loss.bytes)} again that ${lines(loss)} wrote`, [
        mergeCure(loss, facts, 'link it in the RUN that writes it'),
        symbolic(loss),
      ])
  },
})
