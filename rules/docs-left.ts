import { bytes, filesByWriter, rule, type Visible } from '../lib/rule.ts'

const isDocumentation = ({ entry }: Visible): boolean => entry.label?.startsWith('documentation: ') === true

export default rule({
  id: 'docs-left',
  severity: 'info',
  title: 'Documentation comes along with packages',
  why: `Manuals, translations and documentation are rarely read in a container. Slim bases exclude them with a setting of dpkg
(path-exclude); on other bases the same setting, written before the packages are installed, keeps them out.`,
  source: 'https://manpages.debian.org/stable/dpkg/dpkg.1.en.html#path~2',
  aliases: ['parfum:gemUpdateNoDocument'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*\n',
      good: 'FROM debian:12-slim\nRUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*\n',
    },
  ],
  *check(facts) {
    for (const { by, bytes: wasted } of filesByWriter(facts, isDocumentation))
      if ((wasted.bytes ?? wasted.low) > 1_000_000)
        yield { at: by, says: `${bytes(wasted)} of documentation and translations come along`, wasted }
  },
})
