/** Programs whose first word says what to do: `apk add`, `go mod download`. */
import type { Call, Model, Result } from './command.ts'
import { unsure } from './command.ts'

/** What a verb does with the words after it. Nothing returned: it worked, as far as anybody can tell. */
export type Act = (call: Call, args: readonly string[]) => Result

/** Acts by verb; one key may hold several, `install|i|add`, and a verb may have two words, `cache clean`. */
export type Verbs = Readonly<Record<string, Act>>

/** Runs the act of a call's verb. A verb that is not in the table does nothing, or what `otherwise` does. */
export function byVerb(table: Verbs, otherwise?: Act): Model['run'] {
  const acts = new Map(
    Object.entries(table).flatMap(([key, act]) => key.split('|').map((verb) => [verb, act] as const)),
  )
  return (call) => {
    const [first, second] = call.args
    const pair = acts.get(`${first} ${second}`)
    if (pair !== undefined) return pair(call, call.args.slice(2)) ?? unsure
    const one = first === undefined ? undefined : acts.get(first)
    if (one !== undefined) return one(call, call.args.slice(1)) ?? unsure
    return otherwise?.(call, call.args) ?? unsure
  }
}

/** Does nothing to files. */
export const nothing: Act = () => undefined
