import { bytes, type Change, type Cure, type Doer, endOfRun, ignoreLines, isVcs, rule, withWord } from '../lib/rule.ts'

/** Only the last state is fetched, and its history removed. */
function shallow({ command }: Doer, removed: Change | undefined): Cure | undefined {
  const at = command?.name === 'git' ? command.argv.indexOf('clone') : -1
  if (command === undefined || at < 0 || command.argv.some((word) => /^--(?:depth|shallow|mirror|bare)/.test(word)))
    return undefined
  const edit = withWord(command, at, '--depth 1')
  if (edit === undefined || removed === undefined) return undefined
  return { title: 'git clone --depth 1, and remove it in the same RUN', safe: false, edits: [edit, removed] }
}

export default rule({
  id: 'vcs-left',
  severity: 'warning',
  title: 'The history of a repository stays in the image',
  why: `A .git folder holds every version of every file, and what was once committed and removed again. Nothing but git reads
it. Keep it out of the context with .dockerignore, and remove it from a clone in the RUN that clones; --depth 1 makes it
smaller where it is needed for a while.`,
  source: 'https://docs.docker.com/build/concepts/context/#dockerignore-files',
  aliases: [],
  examples: [
    {
      bad: 'FROM alpine:3.20\nCOPY . /app\n',
      good: 'FROM alpine:3.20\nCOPY src /app/src\n',
      context: { 'src/main': 1000, '.git/objects/pack': 8_000_000 },
    },
    {
      bad: 'FROM debian:12-slim\nRUN git clone https://example.org/a.git /app\n',
      good: 'FROM debian:12-slim\nRUN git clone https://example.org/a.git /app && rm -rf /app/.git\n',
    },
  ],
  *check(facts) {
    for (const one of facts.image.left) {
      if (!isVcs(one)) continue
      const { bytes: wasted, by, sure, path, cleanup } = one
      const { operands } = by.step.step
      const fromContext = (operands.keyword === 'COPY' || operands.keyword === 'ADD') && operands.flags.from === null
      const name = path.slice(path.lastIndexOf('/') + 1)
      const ignored = fromContext ? ignoreLines(facts, [`**/${name}`]) : undefined
      const removed = cleanup === null ? undefined : endOfRun(by.step, cleanup, facts)
      yield {
        at: by,
        says: `${path} stays in the image: ${bytes(wasted)} of history`,
        wasted,
        sure,
        cures: [
          ignored && { title: `leave ${name} out of the context`, edits: [ignored] },
          removed && { title: 'remove it in the same RUN', safe: false, edits: [removed] },
          shallow(by, removed),
        ],
      }
    }
  },
})
