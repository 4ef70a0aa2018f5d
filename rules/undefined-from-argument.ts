import { globalNames, namesIn, nearest, rule } from '../lib/rule.ts'

export default rule({
  id: 'undefined-from-argument',
  severity: 'warning',
  title: 'FROM uses a variable that no ARG above it declares',
  why: `Only ARGs above the first FROM, and the platform variables of the builder, can be used in a FROM. Any other variable is
replaced by nothing.`,
  source: 'https://docs.docker.com/reference/build-checks/undefined-arg-in-from/',
  aliases: ['buildkit:UndefinedArgInFrom'],
  examples: [
    {
      bad: 'ARG VERSION=3.20\nFROM alpine:${VERSIO:-3.20}\n',
      good: 'ARG VERSION=3.20\nFROM alpine:${VERSION:-3.20}\n',
    },
  ],
  *check(facts) {
    const known = globalNames(facts)
    for (const { image, platform, from } of facts.plan.outline.drafts)
      for (const name of namesIn(`${image} ${platform ?? ''}`, facts)) {
        if (known.has(name)) continue
        const near = nearest(name, known)
        yield {
          at: from,
          says: `no ARG above the first FROM declares ${name}${near === undefined ? '' : `; is ${near} meant?`}`,
        }
      }
  },
})
