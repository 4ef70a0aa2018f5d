/** Who did what: the commands of each RUN as they ran, and the paths each of them touched. Kept only when somebody asks. */
import type { Step } from './dockerfile/step.ts'
import type { Command, Outcome } from './shell/command.ts'

/** How a command touched a path. `moved` away from there, `appended` to what was there, `linked`: got another name. */
export type Touched = 'stored' | 'removed' | 'changed' | 'moved' | 'appended' | 'linked'

/** One path a command stored, removed, or changed the mode, owner or time of; all below it may be meant. */
export interface Touch {
  readonly how: Touched
  /** Absolute. */
  readonly path: string
  /** Of a package. */
  readonly label?: string
}

/** One command of a RUN that ran. */
export interface Deed {
  readonly command: Command
  /** The text its ranges count in: the script as the shell read it. */
  readonly script: string
  readonly touches: readonly Touch[]
  readonly status: Outcome['status']
  readonly along?: boolean
}

/** Notes what the steps do. */
export interface Watch {
  /** Called after a command ran, in order; what it started itself comes before it. */
  note(step: Step, deed: Deed): void
}

/** A watch that remembers, bounded per step. */
export interface Log extends Watch {
  /** Of one step, in order. */
  of(step: Step): readonly Deed[]
}

/** Commands of one step that are kept: a loop may run a program very often. */
const mostDeeds = 2000

/** Begins with nothing noted. */
export function watchLog(): Log {
  const deeds = new Map<Step, Deed[]>()
  return {
    note(step, deed) {
      const list = deeds.get(step)
      if (list === undefined) deeds.set(step, [deed])
      else if (list.length < mostDeeds) list.push(deed)
    },
    of: (step) => deeds.get(step) ?? [],
  }
}
