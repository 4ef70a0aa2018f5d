import { expandedAt, rule, wordsOf } from '../lib/rule.ts'

export default rule({
  id: 'port-mapping-exposed',
  severity: 'warning',
  title: 'EXPOSE names an address or a port of the host',
  why: `EXPOSE says on which port the program inside listens. An address or a port of the host in front of it is dropped without
a word; what is published is said when a container is started.`,
  source: 'https://docs.docker.com/reference/build-checks/expose-invalid-format/',
  aliases: ['buildkit:ExposeInvalidFormat'],
  examples: [{ bad: 'FROM alpine:3.20\nEXPOSE 8080:80\n', good: 'FROM alpine:3.20\nEXPOSE 80\n' }],
  *check(facts) {
    for (const { steps } of facts.stages)
      for (const step of steps) {
        if (step.keyword !== 'EXPOSE' || step.step.triggered) continue
        for (const word of wordsOf(step.instruction)) {
          const [address = ''] = expandedAt(word.text, step, facts).split('/')
          const own = address.slice(address.lastIndexOf(':') + 1)
          if (own !== address) yield { at: word, says: `all but ${own} in ${address} is dropped` }
        }
      }
  },
})
