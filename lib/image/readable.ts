/** What can be read at any place. By itself, as it is part of the library's types and those shall need no others. */

/** A run of bytes with a beginning and an end. */
export interface Source {
  /** For messages: the path, or `archive.tar: blobs/sha256/…`. */
  readonly name: string
  readonly bytes: number
  /** Where its bytes are in an open file; undefined: in none. */
  readonly file?: { readonly descriptor: number; readonly offset: number }
  /** Fills `into` with what begins at `at`; returns how much there was. Throws UserError where the disk does. */
  read(at: number, into: Uint8Array): number
  close(): void
}
