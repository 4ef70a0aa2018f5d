/** The build context: files, sizes, ignore rules. Nothing is read before it is asked for, and every folder only once. */
import { type DiskOptions, diskStore } from './context/disk.ts'
import { view } from './context/view.ts'
import type { Context, Problem } from './model.ts'

export { type DiskOptions, keptLooks, type Looks } from './context/disk.ts'
export { type MemoryFile, memoryContext } from './context/memory.ts'

/** A context on a disk. */
export interface DiskContext extends Context {
  /** What was left out so far: sockets, devices. */
  readonly problems: readonly Problem[]
  /**
   * Archives have to be unpacked before what is in them is known, and that takes time: `archive` only notes which one
   * is wanted, this lists all that were. True: there were some, so ask again what depended on them.
   */
  prepare(): Promise<boolean>
}

/**
 * Opens a folder as a build context, or as a named one (no `dockerfile`). Throws UserError, at once or when something
 * is looked up, for what is not there or not to be read.
 */
export function openContext(folder: string, options: DiskOptions): DiskContext {
  const store = diskStore(folder, options)
  const context = view(store, options)
  return Object.defineProperties(context, {
    problems: { value: store.problems, enumerable: true },
    prepare: { value: () => store.prepare(), enumerable: true },
  }) as DiskContext
}
