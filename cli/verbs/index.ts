/** The verbs: one line each. Adding one is a line here, a file beside this one, and its options in `../flags.ts`. */
import type { Options } from '../options.ts'
import type { World } from '../world.ts'

/** What a verb's file exports as `verb`. */
export interface Verb {
  /** Command lines and what they show, for the help. */
  readonly examples: readonly (readonly [command: string, says: string])[]
  /** Does it, and gives the exit code: 0, 1 or 2. */
  readonly run: (options: Options, world: World) => Promise<number>
}

/** What can be said of a verb without loading it. */
export interface VerbLine {
  readonly name: string
  /** Its arguments, for the help. */
  readonly takes: string
  readonly says: string
  /** Groups of options in `flags.ts` it has besides the common ones. */
  readonly groups: readonly string[]
  readonly load: () => Promise<{ readonly verb: Verb }>
}

export const verbs: readonly VerbLine[] = [
  {
    name: 'history',
    takes: 'SUBJECT',
    says: 'the history table, predicted or actual, as docker image history prints it',
    groups: ['history', 'dockerfile', 'prediction'],
    load: () => import('./history.ts'),
  },
]
