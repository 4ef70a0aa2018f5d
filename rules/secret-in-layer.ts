import { hidden, lines, lossesBy, mergeCure, rule, secretCure, written } from '../lib/rule.ts'

export default rule({
  id: 'secret-in-layer',
  severity: 'error',
  title: 'A credential is deleted, and still in a layer',
  why: `Whoever has the image has all its layers: a file that a later instruction deletes can be read by unpacking the layer
that stored it. Hand it over with RUN --mount=type=secret, which reaches no layer, and replace the credential if the
image has left this machine.`,
  source: 'https://docs.docker.com/build/building/secrets/',
  aliases: [],
  examples: [
    {
      bad: 'FROM node:22-slim\nCOPY .npmrc /root/.npmrc\nRUN npm ping && rm /root/.npmrc\n',
      good: 'FROM node:22-slim\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ping\n',
      context: { '.npmrc': '//registry.example/:_authToken=x\n' },
    },
  ],
  *check(facts) {
    for (const loss of lossesBy(facts, 'secret')) {
      const merged = mergeCure(loss, facts, 'remove it in the RUN that writes it')
      yield hidden(
        loss,
        `${written(loss.killer, facts)} hides ${loss.what}, but anybody can read it in the layer of ${lines(loss)}`,
        [secretCure(loss, facts), merged && { ...merged, safe: false }],
      )
    }
  },
})
