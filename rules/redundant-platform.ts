import { flagWords, rule } from '../lib/rule.ts'

export default rule({
  id: 'redundant-platform',
  severity: 'info',
  title: '--platform says what holds anyway',
  why: 'A FROM is for the target platform unless it says otherwise. `--platform=$TARGETPLATFORM` adds nothing.',
  source: 'https://docs.docker.com/reference/build-checks/redundant-target-platform/',
  aliases: ['buildkit:RedundantTargetPlatform'],
  examples: [{ bad: 'FROM --platform=$TARGETPLATFORM alpine:3.20\n', good: 'FROM alpine:3.20\n' }],
  *check({ plan }) {
    for (const { platform, from } of plan.outline.drafts) {
      if (platform !== '$TARGETPLATFORM' && platform !== '${TARGETPLATFORM}') continue
      const flag = flagWords(from).find(({ text }) => text.startsWith('--platform='))
      const edits = flag && [{ start: flag.span.start, end: flag.span.end + 1, text: '' }]
      yield {
        at: flag ?? from,
        says: 'the target platform is what FROM takes by itself',
        cures: [edits && { title: 'leave --platform out', edits }],
      }
    }
  },
})
