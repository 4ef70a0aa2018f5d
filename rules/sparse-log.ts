import { bytes, filesByWriter, isSparse, rule, type Size, withWord } from '../lib/rule.ts'

/** What numbers up to some 34,000 leave: those that people take for a service, and nobody calls large. */
const isOrdinary = ({ high }: Size): boolean => high !== null && high < 10_000_000

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
    for (const { by, files, bytes: wasted, sure } of filesByWriter(facts, ({ entry }) => isSparse(entry))) {
      const edit = by.command?.name === 'useradd' ? withWord(by.command, 0, '--no-log-init') : undefined
      yield {
        at: by,
        says: `${files.map(({ entry }) => entry.path).join(' and ')}: ${bytes(wasted)}, nearly all of it zeros`,
        wasted,
        sure,
        ...(isOrdinary(wasted) && { severity: 'info' }),
        cures: [edit && { title: 'useradd --no-log-init', safe: false, edits: [edit] }],
      }
    }
  },
})
