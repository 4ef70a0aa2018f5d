/** `.dive-ci`: thresholds that were set for dive. Source: dive 0.13.1, cmd/dive/cli/internal/command/ci/rules.go. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../lib/error.ts'
import type { DiveFigures } from '../lib/unionfs/dive.ts'
import { parseBytes } from './bytes.ts'
import { reason } from './output.ts'
import type { World } from './world.ts'

/** Says which thresholds of the file in the working folder are broken; false: none, or no such file. */
export async function brokenThresholds(figures: DiveFigures, world: World): Promise<boolean> {
  const file = join(world.cwd, '.dive-ci')
  if (!existsSync(file)) return false
  const { parseYaml } = await import('../lib/yaml.ts')
  const { value, problems } = parseYaml(textOf(file), 'text')
  const [problem] = problems
  if (problem !== undefined) throw new UserError(`.dive-ci:${problem.line}:${problem.column}: ${problem.message}`)
  const rules = (value as { readonly rules?: Readonly<Record<string, unknown>> } | null)?.rules ?? {}
  const bound = (kebab: string, camel: string, read: (text: string) => number | undefined): number | undefined => {
    const text = String(rules[kebab] ?? rules[camel] ?? '').trim()
    if (/^(?:|disabled|off|false)$/i.test(text)) return undefined
    const found = read(text)
    if (found === undefined) throw new UserError(`.dive-ci: ${kebab}: ${text}: not a threshold`)
    return found
  }
  const share = (text: string): number | undefined =>
    /^\d*\.?\d+$/.test(text) && Number(text) <= 1 ? Number(text) : undefined
  const lowest = bound('lowest-efficiency', 'lowestEfficiency', share)
  const wasted = bound('highest-wasted-bytes', 'highestWastedBytes', parseBytes)
  const user = bound('highest-user-wasted-percent', 'highestUserWastedPercent', share)
  const broken: string[] = []
  if (lowest !== undefined && figures.efficiency < lowest)
    broken.push(`lowestEfficiency ${lowest}: it is ${figures.efficiency.toFixed(4)}`)
  if (wasted !== undefined && figures.wastedBytes > wasted)
    broken.push(`highestWastedBytes ${wasted}: it is ${figures.wastedBytes}`)
  if (user !== undefined && figures.wastedUserShare > user) {
    broken.push(`highestUserWastedPercent ${user}: it is ${figures.wastedUserShare.toFixed(4)}`)
  }
  for (const one of broken) world.err.write(`.dive-ci: error: ${one}\n`)
  return broken.length > 0
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UserError(`.dive-ci: ${reason(error)}`, { cause: error })
  }
}
