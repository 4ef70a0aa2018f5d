/**
 * Declared volumes as Buildah before 1.37 keeps them: when a RUN comes it puts what is in them aside, once, and back when any
 * RUN is over, until something is copied below them. What came meanwhile is gone: the folder of a later WORKDIR, a COPY onto
 * the volume itself.
 *
 * Source: buildah imagebuildah/stage_executor.go, volumeCacheSaveVFS, volumeCacheRestoreVFS and volumeCacheInvalidate.
 */
import { within } from '../shell/paths.ts'
import { below, remove, type Tree } from '../unionfs/tree.ts'

/** Paths that were put aside, by volume. */
export type Aside = Map<string, ReadonlySet<string>>

/** A RUN is over. `volumes`: absolute paths; one inside another is kept with it. */
export function putBack(tree: Tree, volumes: readonly string[], aside: Aside): void {
  for (const volume of volumes) {
    if (volumes.some((other) => other !== volume && within(volume, other))) continue
    const { entries } = below(tree, volume)
    const kept = aside.get(volume)
    if (kept === undefined) aside.set(volume, new Set(entries.map(({ path }) => path)))
    else for (const { path, type } of entries) if (type !== 'package' && !kept.has(path)) remove(tree, path)
  }
}

/** Something is copied to a path, or a volume declared there: volumes above it are put aside anew. */
export function forget(path: string, aside: Aside): void {
  for (const volume of aside.keys()) if (path.startsWith(`${volume}/`)) aside.delete(volume)
}
