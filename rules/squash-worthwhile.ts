import { atBase, bytes, rule, squashCure, sum } from '../lib/rule.ts'

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
  *check(facts) {
    const { image, target } = facts
    const { total, unreachable, layers } = image
    const whole = total.bytes ?? total.low
    if (target === undefined || layers.length < 2 || unreachable.low < least || unreachable.low < whole / 10) return
    const shared = sum(layers.flatMap(({ layer, steps }) => (steps.length === 0 ? [layer.size] : [])))
    const lost =
      shared.high === 0 ? '' : `; ${bytes(shared)} of ${atBase(facts)} would no longer be shared with other images`
    yield {
      at: target,
      says: `squashed, the image would be ${bytes(unreachable)} smaller${lost}`,
      cures: [squashCure(facts)],
    }
  },
})
