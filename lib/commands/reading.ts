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
  const kept = (call.state.get('readings') as ReadonlyMap<string, Read> | undefined) ?? new Map<string, Read>()
  const last = kept.get(what)
  if (last?.text === text) return last.value as T
  const value = read(text)
  const others = [...kept].filter(([one]) => one !== what).slice(1 - most)
  call.state.set('readings', new Map([...others, [what, { text, value }]]))
  return value
}
