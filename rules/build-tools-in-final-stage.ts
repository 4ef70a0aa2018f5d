import { buildTools, bytes, count, rule, splitCure } from '../lib/rule.ts'

const little = 100_000

export default rule({
  id: 'build-tools-in-final-stage',
  severity: 'warning',
  title: 'The tools of the build ship with the program',
  why: `Compilers, headers and build systems are needed while building and never at run time; they are large, and useful to
an attacker. Build in one stage and copy the result into another, or install, build and remove them in one RUN.`,
  source: 'https://docs.docker.com/build/building/multi-stage/',
  aliases: ['tally:prefer-multi-stage-build'],
  examples: [
    {
      bad: 'FROM alpine:3.20\nRUN apk add --no-cache gcc musl-dev make\nCOPY . /src\nRUN make -C /src install\nCMD ["/usr/local/bin/app"]\n',
      good: 'FROM alpine:3.20 AS build\nRUN apk add --no-cache gcc musl-dev make\nCOPY . /src\nRUN make -C /src install\nFROM alpine:3.20\nCOPY --from=build /usr/local/bin/app /usr/local/bin/app\nCMD ["/usr/local/bin/app"]\n',
    },
  ],
  *check(facts) {
    for (const { by, names, bytes: wasted, sure } of buildTools(facts)) {
      // Names of what the base has anyway.
      if (wasted.high !== null && wasted.high < little) continue
      yield {
        at: by,
        says: `${names.slice(0, 4).join(', ')}${names.length > 4 ? ` and ${count(names.length - 4, 'more package')}` : ''} ${names.length === 1 ? 'stays' : 'stay'} in the image: ${bytes(wasted)} that only the build needs`,
        wasted,
        sure,
        cures: [splitCure(facts)],
      }
    }
  },
})
