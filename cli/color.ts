/** Whether to write colours. */
import type { Options } from './options.ts'
import type { Stream, World } from './world.ts'

/**
 * The command line decides first, then NO_COLOR, then FORCE_COLOR (both mean something when they are not empty, FORCE_COLOR
 * also when it is not 0), then whether somebody is looking at a terminal that has colours. `toFile`: the text goes into a
 * file instead. Source: no-color.org.
 */
export function wantsColor(options: Options, { env }: Pick<World, 'env'>, stream: Stream, toFile = false): boolean {
  if (options.on['no-color'] !== undefined) return !options.on['no-color']
  if (options.on.color !== undefined) return options.on.color
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  return !toFile && stream.isTerminal() && env.TERM !== 'dumb'
}
