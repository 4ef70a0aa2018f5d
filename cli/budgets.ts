/** Budgets: upper bounds for an image, from the command line or the configuration. */
import { UserError } from '../lib/error.ts'
import { humanSize } from '../lib/human.ts'
import type { Image, Size } from '../lib/model.ts'
import { sum } from '../lib/size.ts'
import { parseBytes } from './bytes.ts'
import type { Config } from './config.ts'
import { last, type Options } from './options.ts'
import type { World } from './world.ts'

/** What is judged. */
interface Judged {
  readonly total: Size
  readonly unreachable: Size
}

/** How many layers are allowed; undefined: nobody says. A number that is none is told where budgets are judged. */
export function layerBudget(budgets: Config['budgets'], options: Options): number | undefined {
  const text = last(options, 'max-layers')
  return text === undefined ? budgets['max-layers'] : /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/**
 * Says which budgets are broken, one line each on standard error; false: none is. Judged is what is sure, and where more is
 * not known a line says how much. Throws UserError for a bound that is none.
 */
export function brokenBudgets(
  { total, unreachable }: Judged,
  {
    image,
    budgets,
    subject,
  }: { readonly image: Image; readonly budgets: Config['budgets']; readonly subject: { readonly path: string } },
  options: Options,
  world: World,
): boolean {
  const bytes = (name: 'max-size' | 'max-wasted'): number | undefined => {
    const text = last(options, name)
    if (text === undefined) return budgets[name]
    const found = parseBytes(text)
    if (found === undefined) throw new UserError(`--${name} ${text}: not a size`, { hint: '34MB' })
    return found
  }
  const number = (name: 'max-wasted-percent' | 'max-layers'): number | undefined => {
    const text = last(options, name)
    if (text === undefined) return budgets[name]
    const whole = name === 'max-layers'
    if (!(whole ? /^\d{1,9}$/ : /^\d{1,3}(\.\d+)?%?$/).test(text))
      throw new UserError(`--${name} ${text}: not a number`)
    return Number.parseFloat(text)
  }
  const size = sum(image.rows.map((row) => row.size))
  const share = total.low === 0 ? 0 : (100 * unreachable.low) / Math.max(total.low, total.bytes ?? 0)
  const broken: string[] = []
  const judge = (name: string, bound: number | undefined, found: number, show: (value: number) => string): void => {
    if (bound !== undefined && found > bound) broken.push(`${name} ${show(bound)} is exceeded: ${show(found)}`)
  }
  const percent = (value: number): string => `${Number(value.toFixed(2))}%`
  judge('max-size', bytes('max-size'), size.low, humanSize)
  judge('max-wasted', bytes('max-wasted'), unreachable.low, humanSize)
  judge('max-wasted-percent', number('max-wasted-percent'), share, percent)
  judge('max-layers', number('max-layers'), image.layers.length, String)
  const judged = bytes('max-size') !== undefined || bytes('max-wasted') !== undefined
  for (const one of broken) world.err.write(`${subject.path}: error: budget ${one}\n`)
  if (judged && (size.high === null || unreachable.high === null) && options.on.quiet !== true) {
    world.err.write(`${subject.path}: info: budgets judge what is known; sizes that are not known may add to it\n`)
  }
  return broken.length > 0
}
