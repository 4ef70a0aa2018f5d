/** What a RUN did later to files that an archive brought, of which nobody knows the names. */
import type { Entry } from '../model.ts'
import type { LayerFacts } from './facts.ts'

/** Was something taken away or elsewhere by its name, of what was unpacked into a folder? Perhaps that was all. */
export function isTaken(entries: readonly Entry[], layers: readonly LayerFacts[]): boolean {
  const paths = entries.flatMap(({ label, path }) => (/^(?:extracted|git): /.test(label ?? '') ? `${path}/` : []))
  const archives = new Set(
    entries.flatMap(({ label, path }) => {
      const [, name] = /^extracted: (.+)$/.exec(label ?? '') ?? []
      return name === undefined ? [] : [`${path}/${name}`]
    }),
  )
  return (
    paths.length > 0 &&
    layers.some(({ steps }) =>
      steps.some(({ commands }) =>
        commands.some(({ deed }) => {
          // By its own name the archive goes alone.
          const written = deed.command.words.map(({ start, end }) => deed.script.slice(start, end))
          const named = written.every((word) => !/[*?[]/.test(word))
          return deed.touches.some(
            ({ how, path }) =>
              (how === 'moved' || how === 'removed') &&
              paths.some((folder) => path.startsWith(folder)) &&
              !(named && archives.has(path)),
          )
        }),
      ),
    )
  )
}
