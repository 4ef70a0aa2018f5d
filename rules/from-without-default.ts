import { globalNames, namesIn, rule, standsByDefault } from '../lib/rule.ts'

export default rule({
  id: 'from-without-default',
  severity: 'warning',
  title: 'FROM names no image unless a build argument is given',
  why: `With the defaults of its ARGs the FROM is empty or no image name, so a plain build of the file fails. A default makes
it work without knowing which argument to give.`,
  source: 'https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/',
  aliases: ['buildkit:InvalidDefaultArgInFrom'],
  examples: [{ bad: 'ARG TAG\nFROM alpine:${TAG}\n', good: 'ARG TAG=3.20\nFROM alpine:${TAG}\n' }],
  *check(facts) {
    const known = globalNames(facts)
    for (const draft of facts.plan.outline.drafts) {
      const names = namesIn(draft.image, facts)
      // Those that are not declared are told elsewhere.
      if (names.length === 0 || names.some((name) => !known.has(name)) || standsByDefault(draft, facts)) continue
      yield { at: draft.from, says: `${draft.image} is no image name without a value for ${names.join(', ')}` }
    }
  },
})
