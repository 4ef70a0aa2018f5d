import { bytes, isLog, rule, type Size, temporaryCures } from '../lib/rule.ts'

/** Known to be too little to speak up about, or perhaps not there at all. */
const isSmall = ({ bytes: likely, low, high }: Size): boolean =>
  (high !== null && high < 10_000) || (likely !== null && low === 0)

export default rule({
  id: 'temporary-left',
  severity: 'warning',
  title: 'Temporary files stay in the image',
  why: `What lies in /tmp and /var/tmp, and what a build should have tidied up behind it, is of no use in an image. Remove it
in the RUN that made it, or mount a tmpfs there for that RUN.`,
  source: 'https://docs.docker.com/reference/dockerfile/#run---mounttypetmpfs',
  aliases: ['parfum:rmRecursiveAfterMktempD', 'parfum:mkdirUsrSrcThenRemove', 'parfum:gpgVerifyAscRmAsc'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=8\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=8 && rm -rf /tmp/*\n',
    },
  ],
  *check(facts) {
    const packed = new Set(facts.image.archives.map(({ file }) => file.entry))
    for (const one of facts.image.left) {
      const { kind, label, path, bytes: wasted, by, sure, entries } = one
      if (kind !== 'temporary' || isLog(one) || entries.every((entry) => packed.has(entry))) continue
      yield {
        at: by,
        says: `${label} in ${path}: ${bytes(wasted)} that nothing in the image needs`,
        wasted,
        sure,
        cures: temporaryCures(one, facts),
        // A list of requirements or a script, which are small as a rule.
        ...((isSmall(wasted) || (by.command === undefined && wasted.bytes === null)) && { severity: 'info' }),
      }
    }
  },
})
