import { flagWords, rule } from '../lib/rule.ts'

const systems = new Set(['linux', 'windows', 'darwin', 'freebsd'])
const machines: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', armhf: 'arm', armel: 'arm' }

export default rule({
  id: 'fixed-platform',
  severity: 'warning',
  title: 'A stage is tied to one platform',
  why: `With a constant --platform the stage is built for that platform whatever the build asks for: under emulation on other
machines, and with programs of the wrong kind in a build for several platforms. Give --platform to the build, or use
$BUILDPLATFORM. A stage whose name tells the platform may well be tied to it.`,
  source: 'https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/',
  aliases: ['buildkit:FromPlatformFlagConstDisallowed', 'hadolint:DL3029'],
  examples: [
    {
      bad: 'FROM --platform=linux/amd64 alpine:3.20\n',
      good: 'FROM --platform=$BUILDPLATFORM alpine:3.20\n',
    },
  ],
  *check({ plan }) {
    for (const { platform, name, from } of plan.outline.drafts) {
      if (platform === null || platform === '' || platform.includes('$')) continue
      const words = platform
        .toLowerCase()
        .split('/')
        .map((word) => machines[word] ?? word)
      // A name that tells the platform: BuildKit looks for the system or the architecture.
      if (words.slice(0, 2).some((word) => name.includes(word))) continue
      if (words.length === 1 && !systems.has(words[0]!) && !/^[a-z0-9_]+$/.test(words[0]!)) continue
      yield {
        at: flagWords(from).find(({ text }) => text.startsWith('--platform=')) ?? from,
        says: `the stage is for ${platform} whatever platform is built for`,
      }
    }
  },
})
