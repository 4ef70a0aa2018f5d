import { bytes, isLog, rule } from '../lib/rule.ts'

export default rule({
  id: 'copy-from-too-wide',
  severity: 'warning',
  title: 'COPY --from brings caches along',
  why: `Copying a whole folder of a build stage takes its caches, logs and temporary files along. Copy what the program needs:
the result of the build, or a folder made for it.`,
  source: 'https://docs.docker.com/build/building/multi-stage/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20 AS build\nRUN mkdir -p /root/.cache/pip && dd if=/dev/zero of=/root/.cache/pip/x bs=1M count=8\nFROM alpine:3.20\nCOPY --from=build /root /root\n',
      good: 'FROM alpine:3.20 AS build\nRUN mkdir -p /root/.cache/pip && dd if=/dev/zero of=/root/.cache/pip/x bs=1M count=8\nFROM alpine:3.20\nCOPY --from=build /root/.profile /root/\n',
    },
  ],
  *check(facts) {
    for (const one of facts.image.left) {
      const { label, path, bytes: wasted, by, sure, kind } = one
      const { operands } = by.step.step
      if (kind !== 'cache' || operands.keyword !== 'COPY' || operands.flags.from === null || isLog(one)) continue
      yield {
        at: by,
        says: `${label} comes along from ${operands.flags.from}: ${bytes(wasted)} in ${path} that nothing in the image needs`,
        wasted,
        sure,
      }
    }
  },
})
