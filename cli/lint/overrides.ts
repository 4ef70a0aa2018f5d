/** Configuration that holds for some files or targets only. */
import { relative, sep } from 'node:path'
import type { Config, Override } from '../config.ts'
import { patterns } from './patterns.ts'

/** The configuration with its overrides laid over it for one file and one target. */
export function overridden(config: Config, file: string | undefined, target: string): Config {
  let result = config
  for (const one of config.overrides) {
    if (!fits(one, file, target)) continue
    const { rules, budgets } = result
    const { says } = one
    result = { ...result, ...says, rules: { ...rules, ...says.rules }, budgets: { ...budgets, ...says.budgets } }
  }
  return result
}

function fits({ files, folder, targets }: Override, file: string | undefined, target: string): boolean {
  if (targets.length > 0 && !targets.includes(target)) return false
  if (files.length === 0) return true
  return file !== undefined && patterns(files).fits(relative(folder, file).split(sep).join('/'))
}
