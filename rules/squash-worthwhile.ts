import { bytes, rule, squashCure } from '../lib/rule.ts'

const least = 10_000_000

export default rule({
  id: 'squash-worthwhile',
  severity: 'info',
  title: 'Squashing the image would free many bytes',
  why: `One layer holds only what is seen in the end. The price is sharing: layers of the base that other images have as well
are then pulled and stored once more. Better than squashing is not to write what is hidden later.`,
  source: 'https://docs.docker.com/reference/cli/docker/buildx/build/',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/blob bs=1M count=64\nRUN rm /blob\n',
      good: 'FROM alpine:3.20\nRUN dd if=/dev/zero of=/blob bs=1M count=64 && rm /blob\n',
    },
  ],
  *check({ image, target }) {
    const { total, unreachable, layers } = image
    const whole = total.bytes ?? total.low
    if (target === undefined || layers.length < 2 || unreachable.low < least || unreachable.low < whole / 10) return
    const { ground } = target.stage
    const base = ground.kind === 'image' ? `; what ${ground.ref} shares with other images would be shared no more` : ''
    yield { at: target, says: `squashed, the image would be ${bytes(unreachable)} smaller${base}`, cures: [squashCure] }
  },
})
