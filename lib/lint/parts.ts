/**
 * Parts of things whose files nobody knows: a folder by name out of an unpacked archive, a clone, an installed tree, that a
 * later layer removes, moves or changes. No entry stands for them, so the stack of layers cannot tell; the commands do.
 */
import type { Entry } from '../model.ts'
import { absolute, within } from '../shell/paths.ts'
import { unknown } from '../size.ts'
import type { Touch } from '../watch.ts'
import type { CommandFacts, LayerFacts } from './facts.ts'
import type { Cause, Doer, Loss } from './losses.ts'

/** Who stored an entry of a layer. */
export type Writer = (entry: Entry, layer: number) => Doer | undefined

const causes: Readonly<Partial<Record<Touch['how'], Cause>>> = {
  removed: 'deleted',
  moved: 'moved',
  changed: 'metadata',
}

// Programs that are told paths, and do to each what is said. What others do to unknown files is a guess.
const plain = /^(?:rm|mv|chmod|chown|chgrp|setfacl|setcap)$/

// Folders that the base fills as well.
const shared = /^\/(?:|usr|usr\/local|etc|var|var\/lib|lib|root|home|tmp)$/

/** What layers hide of parts that no entry names; `told`: commands whose losses are known already. */
export function partsOf(
  layers: readonly LayerFacts[],
  told: ReadonlySet<CommandFacts>,
  writer: Writer,
): readonly Loss[] {
  const found: Loss[] = []
  const below: { readonly entry: Entry; readonly layer: number }[] = []
  const listed = new Set<string>()
  for (const [index, { layer, steps }] of layers.entries()) {
    if (below.length > 0) for (const { commands } of steps) found.push(...lossesIn(commands))
    for (const entry of layer.entries) {
      if (entry.type !== 'package' && entry.maybe !== true) listed.add(entry.path)
      else if (entry.type === 'package' && steps.length > 0 && isTree(entry)) below.push({ entry, layer: index })
    }
  }
  return found

  function lossesIn(commands: readonly CommandFacts[]): readonly Loss[] {
    const fresh: Fresh[] = []
    return commands.flatMap((command) => {
      const isPlain = !told.has(command) && command.sure && plain.test(command.name)
      const { touches } = command.deed
      const part = isPlain ? partIn(touches, fresh, mustFind(command)) : undefined
      const stored = touches.filter(({ how }) => how === 'stored')
      // What a program nobody knows has made in this RUN may be anywhere.
      for (const { path, label } of stored)
        fresh.push({ path: label?.startsWith('unknown:') ? '/' : path, by: folderOf(command) })
      return part === undefined ? [] : lossOf(part, command)
    })
  }

  function partIn(touches: readonly Touch[], fresh: readonly Fresh[], finds: boolean): Touch | undefined {
    return touches.find(({ how, path, label }) => {
      if (causes[how] === undefined || label !== undefined || listed.has(path)) return false
      // Some names in this folder, whichever.
      const [, folder] = /^((?:\/[^*?[\0${/]+)+)\/[^/]*\$\{[*?]+\}[^/]*$/.exec(path) ?? []
      if (folder === undefined && /[*?[\0]|\$\{/.test(path)) return false
      if (folder !== undefined && !finds) return false
      const place = folder ?? path
      // What this RUN has stored in or above it may be all that goes, unless that began inside: then it was there before.
      return !fresh.some(({ path: one, by }) => !within(by, place) && (within(one, place) || within(place, one)))
    })
  }

  function lossOf({ how, path }: Touch, command: CommandFacts): readonly Loss[] {
    const from = below.findLast(({ entry }) => path.startsWith(`${entry.path}/`))
    const by = from && writer(from.entry, from.layer)
    if (from === undefined || by === undefined) return []
    const { high } = from.entry.size
    return [
      {
        class: how === 'changed' ? 'metadata-only' : 'deleted',
        cause: causes[how]!,
        bytes: { ...unknown(`part of ${from.entry.label ?? from.entry.path}`), high },
        writer: by,
        killer: { step: command.step, command, span: command.span, line: command.line },
        entries: [{ ...from.entry, path }],
        what: path,
        sure: true,
      },
    ]
  }
}

/** Does the build end where a pattern finds nothing? The shell hands it on as it is then, and no file has that name. */
const mustFind = ({ name, argv, deed: { command } }: CommandFacts): boolean =>
  command.fatal && (name !== 'rm' || !argv.some((word) => /^(?:-[a-zA-Z]*f[a-zA-Z]*|--force)$/.test(word)))

/** What a RUN has stored so far, and the folder in which the program worked. */
interface Fresh {
  readonly path: string
  readonly by: string
}

/** Where a program works: the folder it is told, or is in. */
function folderOf({ argv, deed: { command } }: CommandFacts): string {
  const at = argv.indexOf('-C')
  return absolute(at > 0 ? (argv[at + 1] ?? '.') : '.', command.cwd)
}

// Surely there, useful, and of files that a person can know by name.
const isTree = ({ path, label = '', maybe, kind }: Entry): boolean =>
  maybe !== true &&
  !shared.test(path) &&
  (kind === undefined || kind === 'content') &&
  !/^(?:unknown|byte code|what|change of|moved from)\b/.test(label)
