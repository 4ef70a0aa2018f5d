/** What comes of stacking layers: what is seen in the end, and what is not. */
import type { Entry, Size, Waste } from '../model.ts'

/** Something that can be seen in the end. */
export interface Visible {
  /** A folder that no tar names has an entry of its own here, mode and owner null. */
  readonly entry: Entry
  /** Index of the layer whose entry it is. */
  readonly layer: number
  /** Payload of the file, also for each further name of it; 0 for anything else. */
  readonly bytes: Size
  /** Of a real file: equal where the folder is equal. Absent: not known. */
  readonly folder?: number
}

/** Something that nothing reaches any more; `folder` as of what is seen. */
export interface Lost extends Waste {
  readonly folder?: number
  /** Of a real file: its length, so that no entry has to be made to sum it. Absent: the entry knows. */
  readonly length?: number
}

/** What `Seen.some` gives. */
export interface Some {
  /** Files in folders that are asked for, in order. */
  readonly asked: readonly Visible[]
  /** Files that are equal, in order: the groups of which all but one file hold most bytes; no group is of one file. */
  readonly equal: readonly (readonly Visible[])[]
}

/** All there is to know of a stack. Bytes are payload of files and packages: total = visible + unreachable. */
export interface Seen {
  /** Sorted, folders before what they hold; the root only where a tar names it. */
  readonly files: Iterable<Visible>
  /**
   * The files among them that are in a folder that is asked for, and those of equal content: most are neither, and nothing
   * is made of them. A file that has lost its own name stands under one that is left. `isAsked` gets a folder with a slash
   * at its end, those below one that is asked for left out; `limit` bounds the groups. Absent: all have to be gone through.
   */
  readonly some?: (isAsked: (folder: string) => boolean, limit: number) => Some
  /** Files and packages that nothing reaches any more, in order of their end; empty ones too. */
  readonly waste: readonly Lost[]
  readonly total: Size
  readonly visible: Size
  readonly unreachable: Size
}
