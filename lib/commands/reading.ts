/** What a project's file says, read once for as long as its text stays: every RUN of a Dockerfile may ask again. */
import type { Call } from './command.ts'

/** Texts kept in mind for one stage; the oldest goes first. */
const most = 16

interface Read {
  readonly text: string
  readonly value: unknown
}

/** `read(text)`, or what it gave the last time for this text. `what`: who asks, and all else that the answer depends on. */
export function reading<T>(call: Call, what: string, text: string, read: (text: string) => T): T {
  const kept = (call.state.get('readings') as Map<string, Read> | undefined) ?? new Map<string, Read>()
  call.state.set('readings', kept)
  const last = kept.get(what)
  if (last?.text === text) return last.value as T
  const value = read(text)
  kept.delete(what)
  for (const oldest of kept.keys()) if (kept.size >= most) kept.delete(oldest)
  kept.set(what, { text, value })
  return value
}
