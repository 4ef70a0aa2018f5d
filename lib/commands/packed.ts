/** What archives and compressed files hold that a RUN made itself, so that a later command can unpack them again. */
import type { Output } from '../shell/command.ts'
import type { Call } from './command.ts'
import type { NewFile } from './files.ts'

/** One thing in an archive: its name there, and what it is. A hard link's `link` is the name of the first. */
export interface Member extends NewFile {
  readonly path: string
}

/** What was packed. */
export interface Packing {
  readonly members?: readonly Member[]
  /** Of a compressed file: what it was before. */
  readonly plain?: Output
}

/** Things kept in mind for one stage. */
const most = 200

/** Keeps what was packed and gives the name that its bytes bear as `content`. */
export function pack(call: Call, packing: Packing): string {
  const kept = (call.state.get('packed') as Map<string, Packing> | undefined) ?? new Map<string, Packing>()
  call.state.set('packed', kept)
  const count = Number(call.state.get('packings') ?? 0) + 1
  call.state.set('packings', count)
  const content = `packed:${count}`
  if (kept.size < most) kept.set(content, packing)
  return content
}

/** What is in packed bytes; undefined: they are not ours, or not packed. */
export const packingOf = (call: Call, content: string | undefined): Packing | undefined =>
  content === undefined ? undefined : (call.state.get('packed') as Map<string, Packing> | undefined)?.get(content)
