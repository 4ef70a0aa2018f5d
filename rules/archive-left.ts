import { bytes, endOfRun, isMounted, isNamedLater, rule, shellWord, streamCure } from '../lib/rule.ts'

export default rule({
  id: 'archive-left',
  severity: 'warning',
  title: 'An archive stays in the image after it was unpacked',
  why: `Once an archive is unpacked its packed form is of no use, and it ships with every pull. Remove it in the RUN that
fetched it, stream the download into tar, mount it for that RUN, or let ADD unpack it.`,
  source: 'https://docs.docker.com/build/building/best-practices/#add-or-copy',
  aliases: ['hadolint:DL3010', 'parfum:tarSomethingRmTheSomething', 'tally:prefer-add-unpack'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN wget -O /opt/a.tar.gz https://example.org/a.tar.gz && tar -xzf /opt/a.tar.gz -C /opt\n',
      good: 'FROM alpine:3.20\nRUN wget -O /opt/a.tar.gz https://example.org/a.tar.gz && tar -xzf /opt/a.tar.gz -C /opt && rm -f /opt/a.tar.gz\n',
    },
  ],
  *check(facts) {
    for (const { file, by, unpacked } of facts.image.archives) {
      const { path, maybe } = file.entry
      const free = by.step === unpacked.step && !isNamedLater(path, by.step, facts) && !isMounted(path, by.step)
      const isFile = file.entry.type === 'file'
      const ofSize = file.bytes.bytes === null && file.bytes.low === 0 ? '' : `, ${bytes(file.bytes)}`
      const edit = free ? endOfRun(by.step, `rm -f ${shellWord(path)}${isFile ? '' : '/*.whl'}`, facts) : undefined
      yield {
        at: by,
        says: isFile
          ? `${path} stays in the image${ofSize}, though line ${unpacked.line} ${/sh$|^java$|\.(?:run|bin|bsx)$/.test(unpacked.name) ? 'installs from it' : 'unpacks it'}`
          : `the wheels in ${path} stay in the image${ofSize}, though line ${unpacked.line} installs them`,
        wasted: file.bytes,
        sure: maybe !== true,
        related: [{ at: unpacked, says: 'unpacked here' }],
        cures: [
          edit && { title: 'remove it in the same RUN', edits: [edit] },
          free && isFile ? streamCure(path, unpacked, facts) : undefined,
        ],
      }
    }
  },
})
