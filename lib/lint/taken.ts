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
          const named = written.every((word) => !paths.some((folder) => mayMatchIn(folder, word)))
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

// A pattern whose folder is written plainly matches nothing in another one.
function mayMatchIn(folder: string, word: string): boolean {
  if (!/[*?[]/.test(word)) return false
  const plain = /^\/[^*?[{$`'"\\]*\//.exec(word)?.[0]
  return plain === undefined || plain.startsWith(folder) || folder.startsWith(plain)
}
