import { bytes, count, endOfRun, filesByWriter, isLog, isSparse, rule, type Visible } from '../lib/rule.ts'

const isLogFile = ({ entry, bytes: { high } }: Visible): boolean =>
  entry.type === 'file' && high !== 0 && /^\/var\/log\/.|\/_logs\/./.test(entry.path) && !isSparse(entry)

export default rule({
  id: 'logs-left',
  severity: 'warning',
  title: 'Logs of the build stay in the image',
  why: `Package managers and build tools write logs that tell of the build and of nothing else. They are small as a rule, and
differ with every build, so that equal images are not equal. Remove them in the RUN that makes them.`,
  source: 'https://docs.docker.com/build/building/best-practices/#run',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/var/log/build.log bs=1M count=8\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/var/log/build.log bs=1M count=8 && rm -f /var/log/build.log\n',
    },
  ],
  *check(facts) {
    for (const { by, files, bytes: wasted, sure } of filesByWriter(facts, isLogFile)) {
      if (wasted.bytes === 0) continue
      const edit = endOfRun(by.step, `rm -f ${files.map(({ entry }) => entry.path).join(' ')}`, facts)
      const [first] = files
      const small = (wasted.bytes ?? wasted.low) < 1_000_000
      yield {
        at: by,
        says: `${files.length === 1 ? first!.entry.path : count(files.length, 'log file')}: ${bytes(wasted)} that tell of the build only`,
        wasted,
        sure,
        // A longer RUN for a few kilobytes is not what everybody wants.
        cures: [
          edit && {
            title: `remove ${files.length === 1 ? 'it' : 'them'} in the same RUN`,
            safe: !small,
            edits: [edit],
          },
        ],
        ...(small && { severity: 'info' }),
      }
    }
    for (const one of facts.image.left)
      if (isLog(one) && one.entries.every(({ type }) => type === 'package'))
        yield {
          at: one.by,
          says: `${one.label}: ${bytes(one.bytes)}`,
          wasted: one.bytes,
          sure: one.sure,
          severity: 'info',
        }
  },
})
