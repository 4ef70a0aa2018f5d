import { bindCure, bytes, hidden, lines, lossesBy, mergeCure, rule, thereCure, written } from '../lib/rule.ts'

export default rule({
  id: 'deleted-in-later-layer',
  severity: 'warning',
  title: 'Files are deleted in a later layer than the one that stores them',
  why: `A layer never makes an earlier one smaller. What one instruction stores and a later one deletes is hidden, but every
pull still downloads it and every disk keeps it. Delete it in the RUN that writes it, mount what is only needed for one
RUN, or build in another stage and copy only the result.`,
  source: 'https://docs.docker.com/build/building/best-practices/#run',
  aliases: ['slim:ID.20021', 'hadolint:DL3010'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=8\nRUN rm /tmp/blob\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/tmp/blob bs=1M count=8 \\\n    && rm /tmp/blob\n',
    },
    {
      bad: 'FROM debian:12-slim\nCOPY tool.tar /tmp/\nRUN tar -xf /tmp/tool.tar -C /opt && rm /tmp/tool.tar\n',
      good: 'FROM debian:12-slim\nRUN --mount=type=bind,source=tool.tar,target=/tmp/tool.tar tar -xf /tmp/tool.tar -C /opt\n',
      context: { 'tool.tar': 40000 },
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'deleted')) {
      const { killer } = loss
      yield hidden(
        loss,
        `${written(killer, facts)} hides ${bytes(loss.bytes)} that ${lines(loss)} wrote: the bytes stay in the image`,
        [
          mergeCure(loss, facts, 'remove it in the RUN that writes it') ?? thereCure(loss, facts),
          bindCure(loss, facts),
        ],
      )
    }
  },
})
