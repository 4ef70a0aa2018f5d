import { type CommandFacts, type Facts, rule, wholeText, withWord, written } from '../lib/rule.ts'

/** Options that settle it. */
const said = /^--(?:no-)?install-recommends$|^-(?:R|-with(?:out)?-recommends)$|Install-Recommends/i

/** A setting for all that follows, as people write it into apt.conf. */
const refused = /Install-Recommends[\s="'\\]*(?:0|false|no|without|off|disable)\b/i

/** Did an instruction of this image, or the RUN itself before the command, write that setting? */
const isRefused = (command: CommandFacts, facts: Facts): boolean => {
  const { step } = command
  const shipping = facts.stages.flatMap(({ ships, steps }) => (ships ? steps : []))
  const before = shipping
    .slice(0, shipping.indexOf(step))
    .filter(({ keyword }) => keyword === 'RUN' || keyword === 'COPY')
  const texts = [...before.map(wholeText), facts.text.slice(step.span.start, command.span.start)]
  // `-o` holds for one call alone.
  return texts.some((text) => refused.test(text.replace(/(?:-o|--option)[\s=]+\S+/g, '')))
}

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
        if (
          at < 0 ||
          argv.some((word) => said.test(word)) ||
          argv.every((word) => word.startsWith('-') || argv.indexOf(word) <= at)
        )
          continue
        if (isRefused(command, facts)) continue
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
