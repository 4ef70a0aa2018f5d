/** Standard output and standard error of this process, without what Node makes of them where it can be done without. */
import { fstatSync, statSync, writeSync } from 'node:fs'
import { devNull } from 'node:os'
import { isatty } from 'node:tty'
import type { Stream } from './world.ts'

/** A stream of this process, and whether all that was written to it is on its way. */
export interface Standard extends Stream {
  readonly isWritten: () => boolean
}

/**
 * One of the two, by its number. `streamOf` gives Node's own, which is asked for late: making it takes as long as a
 * prediction, and most runs write one short text. Node's own writes to terminals, and what could not be written at once: a
 * full pipe that does not wait, or an error, which it tells of as ever. `always`: it writes everything.
 */
export function standard(descriptor: 1 | 2, streamOf: () => NodeJS.WriteStream, always: boolean): Standard {
  let made: NodeJS.WriteStream | undefined
  const stream = (): NodeJS.WriteStream => (made ??= streamOf())
  let terminal: boolean | undefined
  const isTerminal = (): boolean => (terminal ??= !always && showsTerminal(descriptor))
  return {
    write(text) {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text
      const done = always || made !== undefined || isTerminal() ? 0 : writtenAtOnce(descriptor, bytes)
      if (done < bytes.length) stream().write(bytes.subarray(done))
    },
    isTerminal,
    columns: () => (isTerminal() ? stream().columns : 80) ?? 80,
    isWritten: () => made === undefined,
  }
}

/** `isatty` loads half of what sockets need; files, pipes and the null device are none. */
function showsTerminal(descriptor: number): boolean {
  try {
    const there = fstatSync(descriptor)
    return there.isCharacterDevice() && there.rdev !== statSync(devNull).rdev && isatty(descriptor)
  } catch {
    return isatty(descriptor)
  }
}

/** How many of these bytes it took: fewer where it would have to be waited for, or where writing fails. */
function writtenAtOnce(descriptor: number, bytes: Uint8Array): number {
  let done = 0
  try {
    while (done < bytes.length) done += writeSync(descriptor, bytes, done)
  } catch {
    // Whatever it was, whoever writes the rest meets it again.
  }
  return done
}
