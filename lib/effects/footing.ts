/**
 * What is written into a folder that only may be there. Where the RUN fails without it, the folder was there; where it goes on
 * whatever happens, the command may have failed, and then neither it nor what waits for it has done anything.
 *
 * For bases that are listed: of others it is not known what they lack, and a folder is taken to be at hand, since builds mostly work.
 */
import type { Files } from '../commands/files.ts'
import { isKnown } from '../shell/known.ts'
import { parentOf } from '../shell/paths.ts'
import type { Actor } from './actor.ts'

/** The same files; that a command may have failed for want of a folder is noted in `actor`, with a doubt about all it does from then on. */
export function withFooting(files: Files, actor: Actor): Files {
  let doubts = 0

  const mayLack = (path: string): boolean => {
    const there = files.presence(path)
    return there === 'maybe' || (there === 'unknown' && isKnown(path))
  }

  const founded = (path: string, from?: string): void => {
    if (actor.needed || actor.unfounded) return
    if (!mayLack(files.real(parentOf(path))) && (from === undefined || !mayLack(from))) return
    actor.unfounded = true
    actor.doubts = [...actor.doubts, 3e9 + ++doubts]
  }

  return {
    ...files,
    put(path, file) {
      if (file.type !== 'package') founded(path)
      files.put(path, file)
    },
    write(path, bytes) {
      founded(files.real(path))
      files.write(path, bytes)
    },
    link(from, to) {
      founded(to)
      files.link(from, to)
    },
    move(from, to) {
      founded(to, from)
      files.move(from, to)
    },
  }
}
