/** What an installation stores: things with a place, a size and a name, ready for a working file system. */
import type { Basis, Kind, Size } from '../model.ts'
import { about } from '../size.ts'

/** One thing that is stored, in the place of what was there before. */
export interface Stored {
  /** A file's own path; of a package the deepest folder that holds all of it. */
  readonly path: string
  readonly type: 'file' | 'package'
  readonly label?: string
  readonly size: Size
  /** Targets of symbolic links in it. */
  readonly linkBytes?: number
  readonly files?: number
  /** What its files are called, one name of each kind. */
  readonly names?: readonly string[]
  /** Folders below `path` whose part is a thing of its own. */
  readonly apart?: readonly string[]
  readonly kind: Kind
  readonly cleanup?: string
}

/** Bytes with a margin on both sides: a share of them, and at least so many. */
export const around = (bytes: number, share: number, least: number, basis: Basis, source: string): Size => {
  const slack = Math.max(bytes * share, least)
  return about(bytes, bytes - slack, bytes + slack, basis, source)
}

/** Many files under one label, none of them a symbolic link. */
export const bundle = (path: string, label: string, size: Size, files: number, kind: Kind): Stored => ({
  path,
  type: 'package',
  label,
  size,
  linkBytes: 0,
  files,
  kind,
})
