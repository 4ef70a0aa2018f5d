import { bytes, ignoreLines, type Place, rule, type Size, type StepFacts, sum, uselessFolder } from '../lib/rule.ts'

/** It was asked for by name. */
const isMeant = ({ step: { operands } }: StepFacts, folder: string): boolean =>
  (operands.keyword === 'COPY' || operands.keyword === 'ADD') &&
  operands.sources.some((source) => {
    const path = source.replace(/^\.?\/+|\/+$/g, '')
    return path === folder || path.startsWith(`${folder}/`)
  })

/** A few files that lie about are no waste to speak of. */
const isSmall = ({ high }: Size): boolean => high !== null && high < 100_000

export default rule({
  id: 'context-unneeded',
  severity: 'warning',
  title: 'Files of the context come along that the image does not need',
  why: `COPY of a whole folder takes all that lies there: dependencies installed for another system, caches of test runs,
build output, settings of editors. A line in .dockerignore keeps each out of the image and out of the build cache.`,
  source: 'https://docs.docker.com/build/concepts/context/#dockerignore-files',
  aliases: ['slim:ID.10001', 'slim:ID.10002', 'sonar:S6470'],
  examples: [
    {
      bad: 'FROM node:22-slim\nCOPY . /app\n',
      good: 'FROM node:22-slim\nCOPY src /app/src\n',
      context: { 'src/index.js': 1000, 'node_modules/a/index.js': 4_000_000 },
    },
  ],
  *check(facts) {
    const found = new Map<Place, Map<string, Size[]>>()
    for (const file of facts.image.files) {
      const folder = file.bytes.high === 0 ? undefined : uselessFolder(file.entry, facts)
      const step = folder === undefined ? undefined : facts.image.writer(file)?.step
      if (folder === undefined || step === undefined || isMeant(step, folder)) continue
      const folders = found.get(step) ?? new Map<string, Size[]>()
      folders.set(folder, [...(folders.get(folder) ?? []), file.bytes])
      found.set(step, folders)
    }
    for (const [at, folders] of found) {
      const sizes = [...folders].map(([path, all]) => ({ path, bytes: sum(all) }))
      sizes.sort((a, b) => (b.bytes.bytes ?? 0) - (a.bytes.bytes ?? 0))
      const wasted = sum(sizes.map((one) => one.bytes))
      const names = sizes.slice(0, 3).map((one) => `${one.path} (${bytes(one.bytes)})`)
      const more = sizes.length > 3 ? ` and ${sizes.length - 3} more` : ''
      const lines = ignoreLines(
        facts,
        sizes.map(({ path }) => `/${path}`),
      )
      yield {
        at,
        says: `${names.join(', ')}${more} of the context: nothing in the image needs that`,
        wasted,
        ...(isSmall(wasted) && { severity: 'info' }),
        cures: [lines && { title: 'leave it out of the context', safe: false, edits: [lines] }],
      }
    }
  },
})
