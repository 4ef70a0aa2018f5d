/**
 * Variables as they change from line to line. A scope remembers every value it ever had, so a view of it at some line
 * costs nothing to take, however long the file is.
 */

/** Variables at one moment. */
export interface View {
  readonly get: (name: string) => string | undefined
  /** All that are set, in the order of their first setting. */
  readonly entries: () => readonly (readonly [name: string, value: string])[]
}

interface Change {
  readonly at: number
  readonly value: string | undefined
}

export class Scope {
  private readonly values = new Map<string, Change[]>()
  private moment = 0

  constructor(entries: Iterable<readonly [string, string]> = []) {
    for (const [name, value] of entries) this.set(name, value)
  }

  /** Undefined takes the value away. */
  set(name: string, value: string | undefined): void {
    const history = this.values.get(name)
    const change = { at: ++this.moment, value }
    if (history === undefined) this.values.set(name, [change])
    else history.push(change)
  }

  get(name: string): string | undefined {
    return this.values.get(name)?.at(-1)?.value
  }

  entries(): [string, string][] {
    return [...this.values.keys()].flatMap((name): [string, string][] => {
      const value = this.get(name)
      return value === undefined ? [] : [[name, value]]
    })
  }

  /** What is set now, whatever is set later. */
  view(): View {
    const moment = this.moment
    const valueThen = (history: readonly Change[] | undefined): string | undefined => {
      for (let i = (history?.length ?? 0) - 1; i >= 0; i--) if (history![i]!.at <= moment) return history![i]!.value
      return undefined
    }
    return {
      get: (name) => valueThen(this.values.get(name)),
      entries: () =>
        [...this.values].flatMap(([name, history]) => {
          const value = valueThen(history)
          return value === undefined ? [] : [[name, value] as const]
        }),
    }
  }
}

/** `K=V` texts of an image config → pairs; one without `=` has an empty value. */
export const environment = (env: readonly string[]): readonly (readonly [string, string])[] =>
  env.map((text) => {
    const equals = text.indexOf('=')
    return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
  })
