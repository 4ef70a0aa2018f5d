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

/** Bytes, a share in percent, a number of layers. */
export type Bounds = Config['budgets']

/** The bounds of the configuration, those of the command line in their place. Throws UserError for one that is none. */
export function boundsOf(budgets: Bounds, options: Options): Bounds {
  const said = (name: keyof Bounds, wanted: string, read: (text: string) => number | undefined): Bounds => {
    const text = last(options, name)
    if (text === undefined) return {}
    const found = read(text)
    if (found === undefined) throw new UserError(`--${name} ${text}: not a ${wanted}`, { hint: examples[name] })
    return { [name]: found }
  }
  const number = (shape: RegExp) => (text: string) => (shape.test(text) ? Number.parseFloat(text) : undefined)
  return {
    ...budgets,
    ...said('max-size', 'size', parseBytes),
    ...said('max-wasted', 'size', parseBytes),
    ...said('max-wasted-percent', 'share', number(/^\d{1,3}(\.\d+)?%?$/)),
    ...said('max-layers', 'number', number(/^\d{1,9}$/)),
  }
}

const examples = { 'max-size': '500MB', 'max-wasted': '34MB', 'max-wasted-percent': '5%', 'max-layers': '40' } as const

/**
 * Says which budgets are broken, one line each on standard error; false: none is. Judged is what is sure, and where more is
 * not known a line says how much.
 */
export function brokenBudgets(
  { total, unreachable }: Judged,
  {
    image,
    subject,
    bounds,
  }: { readonly image: Image; readonly subject: { readonly path: string }; readonly bounds: Bounds },
  options: Options,
  world: World,
): boolean {
  const size = sum(image.rows.map((row) => row.size))
  const share = total.low === 0 ? 0 : (100 * unreachable.low) / Math.max(total.low, total.bytes ?? 0)
  const broken: string[] = []
  const judge = (name: string, bound: number | undefined, found: number, show: (value: number) => string): void => {
    if (bound !== undefined && found > bound) broken.push(`${name} ${show(bound)} is exceeded: ${show(found)}`)
  }
  const percent = (value: number): string => `${Number(value.toFixed(2))}%`
  judge('max-size', bounds['max-size'], size.low, humanSize)
  judge('max-wasted', bounds['max-wasted'], unreachable.low, humanSize)
  judge('max-wasted-percent', bounds['max-wasted-percent'], share, percent)
  judge('max-layers', bounds['max-layers'], image.layers.length, String)
  const judged = bounds['max-size'] !== undefined || bounds['max-wasted'] !== undefined
  for (const one of broken) world.err.write(`${subject.path}: error: budget ${one}\n`)
  if (judged && (size.high === null || unreachable.high === null) && options.on.quiet !== true) {
    world.err.write(`${subject.path}: info: budgets judge what is known; sizes that are not known may add to it\n`)
  }
  return broken.length > 0
}
