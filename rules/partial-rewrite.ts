import { bytes, hidden, lines, lossesBy, mergeCure, rule, written } from '../lib/rule.ts'

/** Records of package managers that are rewritten are worth a warning from here on; most distributions stay below. */
const worth = 5_000_000

/** A file of a package that is edited is not worth a warning below this: nobody else writes it. */
const little = 10_000

/** Nor is a file of a few lines that a RUN wrote: it fits in a block of the disk. */
const line = 4096

const managers = /^(?:apt|apt-get|aptitude|dpkg|apk|dnf|yum|microdnf|tdnf|zypper|pacman)$/

export default rule({
  id: 'partial-rewrite',
  severity: 'warning',
  title: 'A small change stores a whole file again',
  why: `Layers keep whole files. Editing one line in place, appending to a file, or one more run of a package manager that
rewrites its database ships the file of the earlier layer and the new one. Make the change where the file is written,
or copy it in its final form. Of a file that COPY brought no edit is offered: a RUN that mounts it and writes the changed text
gives the file another time, and its owner and mode only where they are said again; change it in the context or in a stage
before, and copy the result.`,
  source: 'https://docs.docker.com/engine/storage/drivers/#the-copy-on-write-cow-strategy',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/data bs=1M count=8\nRUN echo more >> /data\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/data bs=1M count=8 \\\n    && echo more >> /data\n',
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'edited')) {
      const hit = hidden(
        loss,
        `${written(loss.killer, facts)} stores ${bytes(loss.bytes)} again that ${lines(loss)} wrote`,
        [mergeCure(loss, facts, 'do it in the RUN that writes the file')],
      )
      const isPackaged = managers.test(loss.writer?.command?.name ?? '')
      const least = isPackaged ? little : loss.writer?.step.keyword === 'RUN' ? line : 0
      // What stood before an append to settings is a few lines as well; what nobody knows anything of may be large.
      const { low, high } = loss.bytes
      const isSettings = low > 0 && loss.entries.every(({ path }) => path.startsWith('/etc/'))
      const most = high ?? (isSettings ? low : little)
      yield most < least ? { ...hit, severity: 'info' } : hit
    }
    for (const loss of lossesBy(facts, 'kept book')) {
      const worthy = loss.bytes.low > worth
      const merged = mergeCure(loss, facts, 'do both in one RUN')
      const hit = hidden(
        loss,
        `${written(loss.killer, facts)} rewrites ${bytes(loss.bytes)} of records that ${lines(loss)} wrote`,
        [merged && { ...merged, safe: merged.safe === true && worthy }],
      )
      yield worthy ? hit : { ...hit, severity: 'info' }
    }
  },
})
