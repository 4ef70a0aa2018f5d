import { rule } from '../lib/rule.ts'

/** What the overlay storage of Docker can stack. */
const most = 127

export default rule({
  id: 'too-many-layers',
  severity: 'error',
  title: 'The image has more layers than can be stacked',
  why: `Overlay storage stacks at most 127 layers. An image with more builds in places and fails to start, or to be pulled, in
others. Merge RUNs, or copy the result into a stage of its own. A budget of your own (max-layers) is told here as well.`,
  source: 'https://docs.docker.com/engine/storage/drivers/overlayfs-driver/',
  aliases: [],
  examples: [
    {
      bad: `FROM alpine:3.20\n${'RUN echo a >> /a\n'.repeat(127)}`,
      good: 'FROM alpine:3.20\nRUN echo a >> /a\n',
    },
  ],
  *check({ image, target, budget }) {
    const { layers } = image
    if (target === undefined) return
    const over = (bound: number) => layers[bound]?.steps[0] ?? target
    if (layers.length > most) yield { at: over(most), says: `${layers.length} layers where ${most} can be stacked` }
    else if (budget.layers !== undefined && layers.length > budget.layers)
      yield {
        at: over(budget.layers),
        says: `${layers.length} layers where the budget is ${budget.layers}`,
        severity: 'warning',
      }
  },
})
