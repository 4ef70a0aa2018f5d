/** A world for tests: nothing of it is real but the folder given. */
import type { World } from '../../cli/world.ts'

export interface Recorded extends World {
  readonly printed: () => string
  readonly complained: () => string
}

export function recordedWorld(cwd: string, more: Partial<World> & { readonly input?: string } = {}): Recorded {
  const out: string[] = []
  const err: string[] = []
  const stream = (to: string[]) => ({
    write: (text: string | Uint8Array) => void to.push(Buffer.from(text).toString()),
    isTerminal: () => false,
    columns: () => 80,
  })
  return {
    cwd,
    env: {},
    now: () => new Date('2026-11-20T12:00:00Z'),
    zone: () => 0,
    out: stream(out),
    err: stream(err),
    stdin: async () => Buffer.from(more.input ?? ''),
    progress: () => {},
    onInterrupt: () => () => {},
    ...more,
    printed: () => out.join(''),
    complained: () => err.join(''),
  }
}
