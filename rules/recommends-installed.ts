import { rule, withWord, written } from '../lib/rule.ts'

export default rule({
  id: 'recommends-installed',
  severity: 'info',
  title: 'Recommended packages are installed too',
  why: `apt installs what a package recommends unless told otherwise: from a few hundred kB to several hundred MB that nothing in
the image may need. With --no-install-recommends only what is needed comes; name what you want of the rest.`,
  source: 'https://docs.docker.com/build/building/best-practices/#apt-get',
  aliases: [
    'hadolint:DL3015',
    'trivy:DS-0029',
    'kics:apt_get_not_avoiding_additional_packages',
    'dockerfilelint:apt-get_recommends',
    'parfum:aptGetInstallUseNoRec',
  ],
  examples: [
    {
      bad: 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      good: 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*\n',
    },
  ],
  *check(facts) {
    for (const { steps, ships } of facts.stages) {
      if (!ships) continue
      for (const command of steps.flatMap((step) => step.commands)) {
        const { name, argv } = command
        if (!/^(?:apt|apt-get|aptitude)$/.test(name)) continue
        const at = argv.indexOf('install')
        // apt's own plan tells: settings, and whether anything is recommended at all.
        if (at < 0 || command.deed.along !== true) continue
        const verb = withWord(command, at, '--no-install-recommends')
        const flags =
          argv[at + 1]?.startsWith('-') === true ? withWord(command, at + 1, '--no-install-recommends') : verb
        // What a script runs that was fetched or copied is not written here.
        if (!/\bapt(?:itude|-get)?\b/.test(written(command, facts))) continue
        yield {
          at: command,
          says: `${written(command, facts)} brings recommended packages along`,
          cures: [flags && { title: '--no-install-recommends', safe: false, edits: [flags] }],
        }
      }
    }
  },
})
