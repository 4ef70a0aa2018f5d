/** What is being done, for somebody who waits at a terminal: shown after a second, gone before anything else is written. */
import type { Stream } from './world.ts'

export interface Progress {
  /** What is done from now on. */
  readonly say: (text: string) => void
  /** Takes the line away; it does not come back before the next `say`. */
  readonly clear: () => void
}

/** Milliseconds that nobody minds. */
const patience = 1000

/**
 * Writes to standard error, where that is a terminal. `after` has a function called later, as setTimeout does, and gives
 * what calls that off; work that never pauses is shown by the next `say` after its time.
 */
export function progressOn(
  err: Stream,
  now: () => number,
  after: (milliseconds: number, action: () => void) => () => void,
): Progress {
  const start = now()
  let current = ''
  let shown = false
  let callOff: (() => void) | undefined
  const show = () => {
    if (current === '') return
    err.write(`\r\x1b[K${current.slice(0, Math.max(0, err.columns() - 1))}`)
    shown = true
  }
  return {
    say(text) {
      if (!err.isTerminal()) return
      current = `${text.replace(/\p{Cc}+/gu, ' ')}…`
      const left = start + patience - now()
      if (left <= 0) show()
      else callOff ??= after(left, show)
    },
    clear() {
      callOff?.()
      callOff = undefined
      current = ''
      if (shown) err.write('\r\x1b[K')
      shown = false
    },
  }
}
