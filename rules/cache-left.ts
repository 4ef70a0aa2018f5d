import { bytes, endOfRun, rule } from '../lib/rule.ts'

export default rule({
  id: 'cache-left',
  severity: 'warning',
  title: 'A download cache stays in the image',
  why: `A package index or a download cache is needed while installing and never after. Left in place it ships with every
pull and goes stale within days. Remove it in the RUN that made it: a later RUN only hides it. A cache mount keeps it out
of the image as well, and makes the next build faster.`,
  source: 'https://docs.docker.com/build/building/best-practices/#run',
  aliases: [
    'hadolint:DL3009',
    'hadolint:DL3019',
    'hadolint:DL3032',
    'hadolint:DL3036',
    'hadolint:DL3040',
    'hadolint:DL3042',
    'hadolint:DL3060',
  ],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN mkdir -p /root/.cache/pip && dd if=/dev/zero of=/root/.cache/pip/x bs=1M count=4\n',
      good: 'FROM alpine:3.20\nRUN mkdir -p /root/.cache/pip && dd if=/dev/zero of=/root/.cache/pip/x bs=1M count=4 && rm -rf /root/.cache/pip\n',
    },
  ],
  *check(facts) {
    for (const { kind, label, cleanup, bytes: wasted, by, sure } of facts.image.left) {
      if (kind !== 'cache') continue
      const edit = cleanup === null ? undefined : endOfRun(by.step, cleanup, facts)
      yield {
        at: by,
        says: `${label}: ${bytes(wasted)} that nothing in the image needs`,
        wasted,
        sure,
        cures: [edit && { title: 'remove it in the same RUN', edits: [edit] }],
      }
    }
  },
})
