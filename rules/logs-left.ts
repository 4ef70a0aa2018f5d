import { bytes, endOfRun, isLog, isSparse, rule } from '../lib/rule.ts'

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
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/var/log/build.log bs=1M count=8 && rm /var/log/build.log\n',
    },
  ],
  *check(facts) {
    for (const { entry, layer, bytes: wasted } of facts.image.files) {
      if (entry.type !== 'file' || !/^\/var\/log\/.|\/_logs\/./.test(entry.path) || isSparse(entry)) continue
      const by = wasted.high === 0 ? undefined : facts.image.writer({ entry, layer, bytes: wasted })
      if (by === undefined) continue
      const edit = endOfRun(by.step, `rm ${entry.path}`, facts)
      yield {
        at: by,
        says: `${entry.path}: ${bytes(wasted)} of log`,
        wasted,
        sure: entry.maybe !== true,
        cures: [edit && { title: 'remove it in the same RUN', edits: [edit] }],
        ...(wasted.low < 1_000_000 && { severity: 'info' }),
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
