import { bytes, operandsIn, rule, written } from '../lib/rule.ts'

/** Does it upgrade all there is? */
function upgrades(argv: readonly string[]): boolean {
  const [program = '', ...words] = argv
  const [verb, ...names] = operandsIn(words)
  switch (program.replace(/^.*\//, '')) {
    case 'apt':
    case 'apt-get':
    case 'aptitude':
      return /^(?:(?:dist|full|safe)-)?upgrade$/.test(verb ?? '')
    case 'apk':
      return verb === 'upgrade' && names.length === 0
    case 'yum':
    case 'dnf':
    case 'microdnf':
    case 'tdnf':
      return /^(?:update|upgrade|distro-sync)$/.test(verb ?? '') && names.length === 0
    case 'zypper':
      return /^(?:update|up|dist-upgrade|dup|patch)$/.test(verb ?? '') && names.length === 0
    default:
      return false
  }
}

export default rule({
  id: 'upgrade-duplicates-base',
  severity: 'info',
  title: 'An upgrade stores packages of the base once more',
  why: `Every package that an upgrade replaces ships twice, the base's version hidden under the new one, and how many there
are depends on the day of the build. Rebuild on a newer base instead; upgrade single packages where a fix cannot wait.`,
  source: 'https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often',
  aliases: [
    'dockerfilelint:apt-get-upgrade',
    'dockerfilelint:apt-get-dist-upgrade',
    'trivy:DS-0024',
    'kics:run_using_upgrade_commands',
    'dockerfile_lint:yum_update_all',
  ],
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*\n',
      good: 'FROM debian:12\nRUN apt-get update && rm -rf /var/lib/apt/lists/*\n',
    },
  ],
  *check(facts) {
    for (const { steps, ships } of facts.stages) {
      if (!ships) continue
      for (const command of steps.flatMap(({ commands }) => commands)) {
        if (!upgrades(command.argv)) continue
        const losses = facts.image.losses.filter(
          ({ killer, writer }) => killer.command === command && writer === undefined,
        )
        const [largest] = losses
        yield {
          at: command,
          says:
            largest === undefined
              ? `${written(command, facts)} stores again what the base holds in older versions`
              : `${written(command, facts)} stores ${bytes(largest.bytes)} of the base again`,
        }
      }
    }
  },
})
