import { bytes, isSparse, replaced, rule } from '../lib/rule.ts'

export default rule({
  id: 'sparse-log',
  severity: 'warning',
  title: 'A user with a large number blows up the log of last logins',
  why: `Some distributions keep a slot for every user number in /var/log/lastlog and /var/log/faillog. On disk the empty slots
are holes, in a layer they are zeros: 292 bytes for each number up to the new one. Create the user with
--no-log-init, or with a smaller number.`,
  source: 'https://docs.docker.com/build/building/best-practices/#user',
  aliases: ['hadolint:DL3046', 'tally:hadolint/DL3046'],
  examples: [
    {
      bad: 'FROM ubuntu:22.04\nRUN useradd -u 1000000 app\n',
      good: 'FROM ubuntu:22.04\nRUN useradd --no-log-init -u 1000000 app\n',
    },
  ],
  *check(facts) {
    for (const file of facts.image.files) {
      const by = isSparse(file.entry) ? facts.image.writer(file) : undefined
      if (by === undefined) continue
      const at = by.command?.name === 'useradd' ? by.command.words[0] : undefined
      yield {
        at: by,
        says: `${file.entry.path} grows to ${bytes(file.bytes)}, nearly all of it zeros`,
        wasted: file.bytes,
        sure: file.entry.maybe !== true,
        cures: [
          at && {
            title: 'useradd --no-log-init',
            safe: false,
            edits: [replaced({ start: at.end, end: at.end }, ' --no-log-init')],
          },
        ],
      }
    }
  },
})
