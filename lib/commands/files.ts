/** What a command model may ask of, and do to, the file system a RUN works on. Bound to the union file system elsewhere. */
import type { Entry, EntryType, Kind, Size } from '../model.ts'

/** Is something at a path? `maybe`: something that may have been made or removed; `unknown`: nobody can say. */
export type Presence = 'yes' | 'no' | 'maybe' | 'unknown'

/** What a directory may hold besides what is listed. `unlikely`: it was made here, on a base whose files nobody lists. */
export type Rest = 'nothing' | 'unlikely' | 'unknown'

/** Identity of bytes and time; nothing to look into. */
export interface Stamp {
  readonly data: number
  readonly time?: number | string
}

/** Something to store. What is left out: permissions by umask, owner is who runs, content not known. */
export interface NewFile {
  readonly type: EntryType
  /** Bytes of a regular file or a package; left out: 0. */
  readonly size?: Size
  readonly mode?: number | null
  readonly uid?: number | null
  readonly gid?: number | null
  readonly link?: string | null
  readonly content?: string
  /** The bytes, where the text is known: programs that read the file later see it. */
  readonly text?: string
  /** Bytes, and time, are those of another file, as of when it was asked for its stamp. */
  readonly stamp?: Stamp
  /** Stands for the modification time: equal text, equal time. Left out: now, or that of `stamp`. */
  readonly time?: string
  readonly label?: string
  readonly kind?: Kind
  readonly cleanup?: string
  readonly linkBytes?: number
  /** Of a package: folders that hold nothing of it. */
  readonly apart?: readonly string[]
  /** How many files are in a package. */
  readonly files?: number
  /** What files in a package are called, one name of each kind. */
  readonly names?: readonly string[]
}

/** Changes that store a file again without changing its bytes. A field left out stays; nothing at all: `touch`. */
export interface Change {
  /** Null: it becomes something that is not known. A function gets the old bits and the type. */
  readonly mode?: number | null | ((old: number | null, type: EntryType) => number | null)
  readonly uid?: number | null
  readonly gid?: number | null
  /** All below a folder too; symbolic links only where the owner changes. */
  readonly deep?: boolean
  /** Becomes newer, with a change of mode or owner too. */
  readonly touched?: boolean
}

/** Bytes written into a file. */
export interface Written {
  readonly size: Size
  readonly text?: string
  readonly content?: string
  /** Whose bytes they are. */
  readonly stamp?: Stamp
  /** Behind what is there. */
  readonly append?: boolean
}

/**
 * The file system as the command sees it. Paths are absolute and normal (`Call.path` makes them so). Nothing throws; a
 * write under a mount is taken and forgotten, one under an undecided condition makes things that may be there.
 */
export interface Files {
  /** Whether a path is there; symbolic links followed on the way, the last one not. */
  presence(path: string): Presence
  /** May who runs this read what is at a path, links followed? `maybe`: a group they are in may. */
  readable(path: string): 'yes' | 'maybe' | 'no'
  /** What lies at a path, a final link not followed; undefined: nothing, or nothing that is known. */
  get(path: string): Entry | undefined
  /** The path with symbolic links resolved, the last part too. An unknown part stays as it is. */
  real(path: string): string
  /** What lies in a directory, by name; complete false: there may be more. Packages are not among it. */
  list(path: string): { readonly entries: readonly Entry[]; readonly complete: boolean }
  /** All below a path, parents first, itself not, packages included; complete false: there may be more, as `rest` says. */
  below(path: string): { readonly entries: readonly Entry[]; readonly complete: boolean; readonly rest: Rest }
  /** Packages whose own folder this is. */
  packagesIn(folder: string): readonly Entry[]
  /** The text of a regular file, when it is known. May hold stand-ins. */
  text(path: string): string | undefined
  /** Which file is at a path, a final link not followed: the same for all names of one. `renames`: a new name needs no copy. */
  identity(path: string): { readonly file: object; readonly renames: boolean } | undefined
  /** What a copy of a file that keeps its time is stored with. */
  stamp(path: string): Stamp | undefined
  /** Stores a thing, in the place of what was there; missing parents are made. Follows links on the way, not at the end. */
  put(path: string, file: NewFile): void
  /** Makes a folder and those above it that are missing; what is there stays. */
  mkdir(path: string, owner?: Pick<NewFile, 'mode' | 'uid' | 'gid'>): void
  /** Writes as a redirection does: links followed, an existing file keeps mode, owner and other names. */
  write(path: string, bytes: Written): void
  /** Takes away a path and all below it. */
  remove(path: string): void
  /** Takes away packages by label, `*` at the end of one allowed; many at once are no more work than one. */
  removeLabel(...labels: readonly string[]): void
  /** Stores what lies at a path again, as a change of mode, owner or time does; a final link is not followed. */
  restore(path: string, change: Change): void
  /** Gives a file another name: a hard link. */
  link(from: string, to: string): void
  /** Moves a path and all below it. */
  move(from: string, to: string): void
  /** Does something that may not happen. */
  perhaps(act: () => void): void
  /** Nobody knows what was taken away from below a path: packages that may have had something there lose an unknown part. */
  lessen(path: string): void
  /** Notes bytes that arrive at places not known, such as what an unknown program writes. `unlikely`: if any do. */
  mystery(label: string, at?: string, rest?: Rest): void
}
