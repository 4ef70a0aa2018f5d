import { rule } from '../lib/rule.ts'

/** What the overlay storage of Docker can stack. */
const most = 127

export default rule({
  id: 'too-many-layers',
  severity: 'error',
  title: 'The image has more layers than can be stacked',
  why: `Overlay storage stacks at most 127 layers. An image with more builds in places and fails to start, or to be pulled, in
others. Merge RUNs, or copy the result into a stage of its own.`,
  source: 'https://docs.docker.com/engine/storage/drivers/overlayfs-driver/',
  aliases: [],
  examples: [
    {
      bad: `FROM alpine:3.20\n${'RUN echo a >> /a\n'.repeat(127)}`,
      good: 'FROM alpine:3.20\nRUN echo a >> /a\n',
    },
  ],
  *check({ image, target }) {
    const { layers } = image
    if (layers.length <= most || target === undefined) return
    const over = layers[most]?.steps[0]
    yield { at: over ?? target, says: `${layers.length} layers where ${most} can be stacked` }
  },
})
