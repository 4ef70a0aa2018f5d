import { expandedAt, replaced, rule, wordsOf } from '../lib/rule.ts'

export default rule({
  id: 'port-protocol-casing',
  severity: 'info',
  title: 'The protocol of a port is not in lower case',
  why: 'The config of the image holds `tcp`, `udp` and `sctp` in lower case. Written so, what is searched for is found.',
  source: 'https://docs.docker.com/reference/build-checks/expose-proto-casing/',
  aliases: ['buildkit:ExposeProtoCasing'],
  examples: [{ bad: 'FROM alpine:3.20\nEXPOSE 53/UDP\n', good: 'FROM alpine:3.20\nEXPOSE 53/udp\n' }],
  *check(facts) {
    for (const { steps } of facts.stages)
      for (const step of steps) {
        if (step.keyword !== 'EXPOSE' || step.step.triggered) continue
        for (const word of wordsOf(step.instruction)) {
          const [port, protocol] = expandedAt(word.text, step, facts).split('/')
          if (protocol === undefined || protocol === protocol.toLowerCase()) continue
          const edit = word.text.includes('$') ? undefined : replaced(word.span, `${port}/${protocol.toLowerCase()}`)
          yield {
            at: word,
            says: `${protocol} is ${protocol.toLowerCase()} in the config`,
            cures: [edit && { title: 'write it in lower case', edits: [edit] }],
          }
        }
      }
  },
})
