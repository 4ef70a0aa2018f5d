/** What is mounted while a RUN runs: file systems of their own that no layer sees. Source: Dockerfile reference, RUN --mount. */

import { contextOrigin, follow } from '../copy/origin.ts'
import { mountOptions, mountTarget } from '../dockerfile/mount.ts'
import { findStage, type Outline } from '../dockerfile/stages.ts'
import type { Context, Entry, Layer } from '../model.ts'
import { absolute, inside, within } from '../shell/paths.ts'
import { exact, unknown, zero } from '../size.ts'
import type { Tree } from '../unionfs/tree.ts'
import { below, directory, lookup, openTree } from '../unionfs/tree.ts'

/** A file system in the place of a path. */
export interface Mount {
  readonly target: string
  /** Holds the same absolute paths. */
  readonly tree: Tree
  /** Whether it is mounted depends on how the daemon was started: what is written may reach the layer. */
  readonly leaks?: boolean
  /** Nothing is mounted unless the one who builds hands it over. */
  readonly optional?: boolean
  /** Nothing can be written to it. */
  readonly readOnly?: boolean
}

/** Where `--mount` finds what it names. */
export interface Sources {
  readonly context: Context | undefined
  readonly contexts: Readonly<Record<string, Context>>
  readonly outline: Outline | undefined
  /** Index of the stage it stands in. */
  readonly stage: number
  readonly treeOf: (index: number) => Tree | undefined
  /** Files of an image, for `from=` of a name that is no stage. */
  readonly imageOf: (ref: string) => Tree
  readonly cwd: string
}

/** Most entries a bind mount brings along. */
const most = 200_000

/** The mounts of `--mount` values, in order; those that say nothing understandable are left out. */
export function flagMounts(values: readonly string[], sources: Sources): readonly Mount[] {
  return values.slice(0, 100).flatMap((value) => {
    const options = mountOptions(value)
    const type = options.get('type') ?? 'bind'
    const named = mountTarget(options)
    const id = options.get('id') ?? options.get('source') ?? options.get('src') ?? 'default'
    const target =
      named ?? (type === 'secret' ? `/run/secrets/${id}` : type === 'ssh' ? '/run/buildkit/ssh_agent.0' : undefined)
    if (target === undefined || (type === 'secret' && named === undefined && options.has('env'))) return []
    const path = absolute(target, sources.cwd)
    const required = ['', 'true', '1'].includes(options.get('required') ?? 'false')
    const optional = (type === 'secret' || type === 'ssh') && !required
    const readOnly = isReadOnly(type, options)
    return [
      {
        target: path,
        tree: treeFor(type, path, options, sources),
        ...(optional && { optional }),
        ...(readOnly && { readOnly }),
      },
    ]
  })
}

/** Of what the builders mount in this way only bind mounts are read-only unless it is said. Source: Dockerfile reference, RUN --mount=type=bind; buildah pkg/volumes. */
function isReadOnly(type: string, options: ReadonlyMap<string, string>): boolean {
  const says = (...names: readonly string[]): boolean | undefined => {
    const value = names.map((name) => options.get(name)).find((one) => one !== undefined)
    return value === undefined ? undefined : ['', 'true', '1'].includes(value)
  }
  if (type !== 'bind' && type !== 'cache') return false
  const written = says('rw', 'readwrite')
  return says('ro', 'readonly') ?? (written === undefined ? type === 'bind' : !written)
}

/** A file or folder that a bind mount names and that surely is not there, as the builder tells it; undefined: none. */
export function missingSource(values: readonly string[], sources: Omit<Sources, 'cwd'>): string | undefined {
  for (const value of values) {
    const options = mountOptions(value)
    const named = options.get('source') ?? options.get('src') ?? ''
    const from = options.get('from')
    if ((options.get('type') ?? 'bind') !== 'bind' || /["$]/.test(value)) continue
    const path = absolute(named, '/')
    const context = from === undefined ? sources.context : undefined
    if (context !== undefined && follow(contextOrigin(context), path.slice(1)).thing === undefined) return path
    const stage = from === undefined || !sources.outline ? undefined : findStage(sources.outline, from, sources.stage)
    const tree = stage && sources.treeOf(stage.index)
    if (tree !== undefined && lookup(tree, path, true).there === 'no') return path
  }
  return undefined
}

function treeFor(type: string, target: string, options: ReadonlyMap<string, string>, sources: Sources): Tree {
  const source = options.get('source') ?? options.get('src') ?? ''
  const from = options.get('from')
  if (type === 'tmpfs') return scratch([directory(target)], true)
  if (type === 'secret' || type === 'ssh')
    return scratch([{ ...directory(target), type: 'file', size: unknown('secret') }], true)
  if (type === 'cache') return scratch([directory(target)], false)
  if (from === undefined) return contextTree(sources.context, source, target)
  const context = Object.hasOwn(sources.contexts, from) ? sources.contexts[from] : undefined
  if (context !== undefined) return contextTree(context, source, target)
  const stage = sources.outline && findStage(sources.outline, from, sources.stage)
  const tree = stage === undefined ? sources.imageOf(from) : sources.treeOf(stage.index)
  return tree === undefined ? scratch([directory(target)], false) : part(tree, absolute(source, '/'), target)
}

/** A declared volume: what the image has there, writes forgotten. */
export const volumeMount = (tree: Tree, target: string): Mount => ({ target, tree: part(tree, target, target) })

/** What a kernel provides: all kinds of things, none of them stored. */
export class KernelMount implements Mount {
  readonly target: string
  readonly leaks: boolean
  private readonly folder: boolean
  private made: Tree | undefined

  constructor(target: string, folder: boolean, leaks = false) {
    this.target = target
    this.folder = folder
    this.leaks = leaks
  }

  /** Made when it is first asked for. */
  get tree(): Tree {
    if (this.made === undefined) {
      const there = directory(this.target)
      const file = { ...there, type: 'file', size: unknown(`${this.target} while building`) } as const
      this.made = scratch([this.folder ? there : file], false)
    }
    return this.made
  }
}

const layerOf = (entries: readonly Entry[], complete: boolean): Layer => ({ row: 0, entries, complete, size: zero })

const scratch = (entries: readonly Entry[], complete: boolean): Tree => openTree([layerOf(entries, complete)])

function part(tree: Tree, source: string, target: string): Tree {
  const top = lookup(tree, source, true)
  const under = below(tree, top.path)
  const move = (path: string): string =>
    path === top.path ? target : inside(target, path.slice(top.path === '/' ? 1 : top.path.length + 1))
  const all = top.entry === undefined ? [directory(target)] : [top.entry, ...under.entries.slice(0, most)]
  const moved = all.map(
    (entry): Entry => ({
      ...entry,
      path: move(entry.path),
      link:
        entry.type === 'hardlink' && entry.link !== null && within(entry.link, top.path)
          ? move(entry.link)
          : entry.link,
    }),
  )
  return scratch(moved, under.complete && under.entries.length <= most && top.there === 'yes')
}

function contextTree(context: Context | undefined, source: string, target: string): Tree {
  const root = absolute(source, '/').slice(1)
  const top = context?.lookup(root)
  if (context === undefined || top === undefined) return scratch([directory(target)], context !== undefined)
  const entries: Entry[] = []
  const waiting = [{ file: top, path: target }]
  for (let next = waiting.pop(); next !== undefined && entries.length < most; next = waiting.pop()) {
    const { file, path } = next
    entries.push({
      ...directory(path),
      type: file.type,
      size: file.type === 'file' ? exact(file.bytes, 'build context') : zero,
      mode: file.mode,
      link: file.link,
      ...(file.type === 'file' ? { content: `context:${context.name}#${file.path}` } : {}),
    })
    if (file.type === 'dir')
      for (const child of context.children(file.path))
        waiting.push({ file: child, path: inside(path, child.path.slice(child.path.lastIndexOf('/') + 1)) })
  }
  return scratch(entries, waiting.length === 0)
}
