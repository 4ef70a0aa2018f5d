import { type CommandFacts, type Cure, devDependencies, rule, unknownBytes, withWord, written } from '../lib/rule.ts'

const flags: Readonly<Record<string, string>> = {
  npm: '--omit=dev',
  yarn: '--production',
  pnpm: '--prod',
  composer: '--no-dev',
  poetry: '--only main',
  uv: '--no-dev',
}

/** The flag that leaves them out. */
function production(command: CommandFacts): Cure | undefined {
  const { name, argv } = command
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
  const verb = argv.findIndex((word, i) => i > 0 && !word.startsWith('-'))
  const at = verb < 0 && name === 'yarn' ? 0 : verb
  const edit = flag === undefined || at < 0 ? undefined : withWord(command, at, flag)
  return edit && { title: `${name} ${flag}`, safe: false, edits: [edit] }
}

export default rule({
  id: 'dev-dependencies-in-final-stage',
  severity: 'warning',
  title: 'Packages for development stay in the image',
  why: `Test runners, compilers and linters that a project lists for development are often most of its dependencies. Install
without them (npm ci --omit=dev, yarn --production, pnpm --prod, composer --no-dev, poetry --only main, uv --no-dev, BUNDLE_WITHOUT), or build in another stage and copy
the result. Pruning in a later RUN frees nothing.`,
  source: 'https://docs.npmjs.com/cli/commands/npm-ci#omit',
  aliases: ['tally:php/composer-no-dev-in-production', 'tally:ruby/missing-bundle-without-development'],
  examples: [
    {
      bad: 'FROM node:22-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm install && npm cache clean --force\n',
      good: 'FROM node:22-slim\nWORKDIR /app\nCOPY package.json .\nRUN npm install --omit=dev && npm cache clean --force\n',
      context: { 'package.json': '{"dependencies":{"a":"1"},"devDependencies":{"b":"1"}}\n' },
    },
  ],
  *check(facts) {
    for (const { command, sure } of devDependencies(facts))
      yield {
        at: command,
        says: `${written(command, facts)} installs what the project needs for development only`,
        wasted: unknownBytes,
        sure,
        cures: [production(command)],
      }
  },
})
