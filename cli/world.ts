/** All of the outside that a verb may see, as plain values and a few functions. `main.ts` fills it from `process`. */

/** Standard output or standard error. */
export interface Stream {
  readonly write: (text: string | Uint8Array) => void
  /** A person may be looking. */
  readonly isTerminal: () => boolean
  /** Width of the terminal; 80 where there is none. */
  readonly columns: () => number
}

/** What a run of the program came to. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface World {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  /** Minutes that local time is ahead of UTC at a time in milliseconds since 1970. */
  readonly zone: (milliseconds: number) => number
  readonly out: Stream
  readonly err: Stream
  /** Tells somebody who waits what is being done; seen only on a terminal and after a second. */
  readonly progress: (doing: string) => void
  /** Runs the program with other arguments in threads of its own, all at once. Absent: there are none. */
  readonly threads?: (argvs: readonly (readonly string[])[]) => Promise<readonly Ran[]>
  /** Called before many files are read: what helps a long run may happen then. */
  readonly longRun?: () => void
  /** Called before an image is opened: what helps with many entries may happen then. */
  readonly smallHeap?: () => void
  /** All of standard input; throws UserError beyond that many bytes. */
  readonly stdin: (limit: number) => Promise<Uint8Array>
  /** Has `undo` run when the user interrupts; call what it gives once there is nothing to undo any more. */
  readonly onInterrupt: (undo: () => void) => () => void
}
