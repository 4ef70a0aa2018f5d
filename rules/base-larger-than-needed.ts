import { builderBase, rule, runtimeOf, splitCure, unknownBytes } from '../lib/rule.ts'

export default rule({
  id: 'base-larger-than-needed',
  severity: 'warning',
  title: 'The image stands on the tools that built it',
  why: `The base of this image holds a compiler or a whole development kit, and the program that starts is already built. Copy
it into a small base in a second stage: that often takes nine tenths of the bytes away.`,
  source: 'https://docs.docker.com/build/building/multi-stage/',
  aliases: ['tally:prefer-multi-stage-build', 'tally:gpu/prefer-runtime-final-stage'],
  examples: [
    {
      bad: 'FROM golang:1.23\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD ["/app"]\n',
      good: 'FROM golang:1.23 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM debian:12-slim\nCOPY --from=build /app /app\nCMD ["/app"]\n',
    },
  ],
  *check(facts) {
    const found = builderBase(facts)
    const runtime = runtimeOf(facts)
    if (found !== undefined)
      yield {
        at: found.stage,
        says: `${found.ref} ships with the program it built: ${found.program || 'that'} needs less`,
        wasted: unknownBytes,
        // Without a command nobody says that the program is what the image is for.
        sure: found.program !== '',
        related: [{ at: found.build, says: 'built here' }],
        cures: [runtime === undefined ? undefined : splitCure(facts, runtime)],
      }
  },
})
