/** Who a command runs as while a RUN is followed. */

/** Who acts, and how surely; changes from command to command. */
export interface Actor {
  /** Undecided conditions, outermost first; a number and its negative exclude each other. */
  conditions: readonly number[]
  /** More of the kind, inside one command: what it finds may not be there, it may fail. */
  doubts: readonly number[]
  umask: number
  uid: number | null
  gid: number | null
  /** The script goes on if the command fails. */
  forgiven: boolean
  /** The RUN fails if the command does. */
  needed: boolean
  /** A folder it writes to may be missing. */
  unfounded: boolean
  /** The command tried what it has no right to. */
  denied: boolean
  /** What the command is said to do is all that it does. */
  exact: boolean
}

/** All conditions under which something is done. */
export const conditionsOf = ({ conditions, doubts }: Actor): readonly number[] =>
  doubts.length === 0 ? conditions : [...conditions, ...doubts]
