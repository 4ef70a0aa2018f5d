import { bytes, hidden, lines, lossesBy, mergeCure, rule, written } from '../lib/rule.ts'

export default rule({
  id: 'package-removed-later',
  severity: 'warning',
  title: 'Packages are removed in a later layer than the one that installs them',
  why: `Removing packages in another RUN hides their files and frees nothing. Install, use and remove them in one RUN, or do
what needs them in a stage of its own.`,
  source: 'https://docs.docker.com/build/building/multi-stage/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN apk add --no-cache --virtual .build gcc\nRUN apk del .build\n',
      good: 'FROM alpine:3.20\nRUN apk add --no-cache --virtual .build gcc \\\n    && apk del .build\n',
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'uninstalled'))
      yield hidden(
        loss,
        `${written(loss.killer, facts)} hides ${bytes(loss.bytes)} of packages that ${lines(loss)} installed`,
        [mergeCure(loss, facts, 'remove them in the RUN that installs them')],
      )
  },
})
