/** What the shell hands to a program, and what a program hands back: the words between lib/shell and lib/commands. */

import type { Size } from '../model.ts'
import { exact, unknown } from '../size.ts'
import { isKnown, knownBytes } from './known.ts'

/** Which program reads the script; they differ in `echo`. `sh`: not known which. */
export type Dialect = 'dash' | 'ash' | 'bash' | 'sh'

/** A range of the text that was parsed; UTF-16 units, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** What comes out of a program or goes into it. */
export interface Output {
  readonly size: Size
  /** The text, when it is known; may hold stand-ins (known.ts). */
  readonly text?: string
  /** Identity of the bytes, as in Entry. */
  readonly content?: string
}

/** Where a program's standard output goes after all redirections. Files were opened before (`opens`), so writing appends. */
export type Sink =
  | { readonly to: 'file'; readonly path: string }
  | { readonly to: 'stream' }
  | { readonly to: 'nowhere' }

/** A file that a redirection opens, in order. */
export interface Opening {
  readonly path: string
  readonly how: 'read' | 'truncate' | 'append' | 'update'
  readonly span: Range
}

/** What a program reads from descriptor 0. */
export interface Input {
  /** Undefined: it reads what nobody knows. */
  readonly output: Output | undefined
  /** Programs whose output this is: `curl … | tar x`. */
  readonly from: readonly Command[]
  /** The file it was opened from. */
  readonly path?: string
}

/** One simple command that is run, its words expanded. */
export interface Command {
  /** Program and arguments; never empty. Words may hold stand-ins. */
  readonly argv: readonly string[]
  /** Where each word of argv stands; words from one expansion share a range. */
  readonly words: readonly Range[]
  /** Absolute; may hold stand-ins. */
  readonly cwd: string
  /** Exported variables and those set for this command alone. */
  readonly env: ReadonlyMap<string, string>
  /** Who runs it: user name or number; '' not known. */
  readonly user: string
  readonly umask: number
  readonly opens: readonly Opening[]
  readonly stdout: Sink
  readonly stderr: Sink
  readonly stdin: Input
  /** What the shell itself knows it prints (`echo`, `printf`, `pwd`). */
  readonly output?: Output
  /** Undecided conditions it stands under, outermost first; empty: it surely runs. */
  readonly conditions: readonly number[]
  /** It runs only where something before it fails that most likely does not. */
  readonly unlikely?: true
  /** It stands under conditions, and most likely runs: it is left out only where something before it fails. */
  readonly likely?: true
  /** True: the script goes on when it fails, on purpose (`cmd || true`, `if cmd`). */
  readonly tolerated: boolean
  /** True: when it fails, the build fails. */
  readonly fatal: boolean
  /** Program that started it: `xargs`, `find`; absent: the script. */
  readonly by?: string
  /** The whole simple command. */
  readonly span: Range
  readonly dialect: Dialect
  /** Follows another program in the same place, as `find -exec` does; what it prints goes where this one prints. */
  readonly again: (argv: readonly string[]) => Pick<Outcome, 'status'>
}

/** How a program ended. `unknown` is taken for success where a failure would end the build. */
export interface Outcome {
  readonly status: 'ok' | 'failed' | 'unknown'
  /** That such programs mostly work says nothing: this one hangs on what an earlier command has left open. */
  readonly wavers?: true
  /** Its exit status, where it failed and the number is known. */
  readonly code?: number
  /** What it printed; absent: not known. */
  readonly output?: Output
  /** More came along than was asked for and is needed: what apt calls recommended. Absent: not known, or no such program. */
  readonly along?: boolean
}

/** Output of known text. */
export const textOutput = (text: string, source = 'known text'): Output => ({
  text,
  size: isKnown(text)
    ? exact(knownBytes(text), source)
    : unknown('depends on a value that is not known', knownBytes(text)),
})

/** A program that prints nothing. */
export const silent: Output = textOutput('', 'prints nothing')
