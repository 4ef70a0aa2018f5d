/** Which rule counts how much: command line over configuration, ids and the names other tools use. */
import { UserError } from '../../lib/error.ts'
import type { Severity } from '../../lib/finding.ts'
import type { Rule } from '../../lib/rule.ts'
import type { Config } from '../config.ts'
import { didYouMean, type Options } from '../options.ts'

type Setting = Severity | 'off'
const settings: readonly string[] = ['off', 'info', 'warning', 'error']

/** Severities by id. Throws UserError for a rule or a severity that does not exist. */
export function severitiesOf(
  options: Options,
  config: Pick<Config, 'rules'>,
  rules: readonly Rule[],
): Readonly<Record<string, Setting>> {
  const found: Record<string, Setting> = {}
  for (const [name, value] of Object.entries(config.rules)) {
    const severity = typeof value === 'string' ? value : value.severity
    for (const { id } of named(name, rules, `rules.${name}`)) if (severity !== undefined) found[id] = severity
  }
  for (const text of options.values.rule ?? []) {
    const at = text.lastIndexOf('=')
    const severity = text.slice(at + 1)
    if (at < 1 || !settings.includes(severity))
      throw new UserError(`--rule ${text}: not of the form ID=off|info|warning|error`)
    for (const { id } of named(text.slice(0, at), rules, `--rule ${text}`)) found[id] = severity as Setting
  }
  return found
}

/** Rules of that id, or of that name elsewhere: `DL3009`, `hadolint:DL3009`. */
function named(name: string, rules: readonly Rule[], where: string): readonly Rule[] {
  const found = rulesNamed(name, rules)
  if (found.length > 0) return found
  const known = rules.map(({ id }) => id)
  throw new UserError(`${where}: no such rule`, {
    hint: didYouMean(name, known).hint ?? 'stratigraph rules lists them',
  })
}

/** The same, and every one for `all`; empty where there is none. */
export function rulesNamed(name: string, rules: readonly Rule[]): readonly Rule[] {
  if (name === 'all') return rules
  const own = rules.find(({ id }) => id === name)
  if (own !== undefined) return [own]
  const wanted = name.toLowerCase()
  return rules.filter(({ aliases }) =>
    aliases.some((alias) => {
      const lower = alias.toLowerCase()
      return lower === wanted || lower.slice(lower.indexOf(':') + 1) === wanted
    }),
  )
}
