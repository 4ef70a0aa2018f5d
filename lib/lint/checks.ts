/**
 * `# check=error=true`: BuildKit refuses a Dockerfile that its own checks warn of. Each of them is one of our rules, known
 * by its alias; the build argument takes the place of the directive.
 *
 * Source: BuildKit frontend/dockerfile/linter, ParseLintOptions; dockerfile2llb, newRuleLinter (recorded: check-*).
 */

import { rules } from '../../rules/index.ts'
import type { Analysis } from '../analyze.ts'
import type { Problem } from '../model.ts'
import type { Rule } from '../rule.ts'
import { watchLog } from '../watch.ts'
import { type Facts, factsOf } from './facts.ts'
import { isWarnedName } from './secrets.ts'

/** What `check=` says; an option that is not known comes back as the refusal. */
export interface CheckOptions {
  /** Names of checks, as written; `all`. */
  readonly skip: readonly string[]
  /** Of those that are only made when asked for. */
  readonly experimental: readonly string[]
  readonly error: boolean
}

/** Reads the value of the directive or of the build argument; a text says why BuildKit does not take it. */
export function checkOptions(value: string): CheckOptions | string {
  let [skip, experimental, error]: [readonly string[], readonly string[], boolean] = [[], [], false]
  for (const option of value.trim() === '' ? [] : value.trim().split(';')) {
    const equals = option.indexOf('=')
    const key = option.slice(0, Math.max(0, equals)).trim()
    const text = option.slice(equals + 1).trim()
    const words = text.split(',').map((word) => word.trim())
    if (equals < 0) return `failed to parse check options: invalid check option ${JSON.stringify(option)}`
    if (key === 'skip') skip = words
    else if (key === 'experimental') experimental = words
    else if (key !== 'error') return `failed to parse check options: invalid check option ${JSON.stringify(key)}`
    else if (yes.test(text)) error = true
    else if (no.test(text)) error = false
    else return `failed to parse check options: failed to parse check option ${JSON.stringify(option)}: invalid syntax`
  }
  return { skip, experimental, error }
}

const yes = /^(?:1|t|T|true|TRUE|True)$/
const no = /^(?:0|f|F|false|FALSE|False)$/

const onlyWhenAsked: readonly string[] = ['CopyIgnoredFile', 'InvalidDefinitionDescription']

/** Why the checks stop a build that nothing else stops; undefined: they do not. */
export function checkRefusal(analysis: Analysis): Problem | undefined {
  const { plan, given } = analysis
  if (plan.traits.family !== 'buildkit' || !plan.traits.directives.includes('check')) return undefined
  const directive = plan.scanned.directives.find(({ name }) => name === 'check')
  const own = Object.hasOwn(given.buildArgs, 'BUILDKIT_DOCKERFILE_CHECK')
  const value = own ? given.buildArgs.BUILDKIT_DOCKERFILE_CHECK! : directive?.value
  if (value === undefined) return undefined
  const refusal = (message: string, line: number): Problem => ({ severity: 'error', message, line, refuses: true })
  const options = checkOptions(value)
  if (typeof options === 'string') return refusal(options, directive?.line ?? 1)
  if (!options.error || options.skip.includes('all')) return undefined
  const facts = factsOf(analysis, watchLog(), [])
  const fired = rules.flatMap((rule) => {
    const name = rule.aliases.find((alias) => alias.startsWith('buildkit:'))?.slice('buildkit:'.length)
    if (name === undefined || options.skip.includes(name)) return []
    if (onlyWhenAsked.includes(name) && !options.experimental.some((one) => one === name || one === 'all')) return []
    const line = firstLine(name, rule, facts)
    return line === undefined ? [] : [{ name, line }]
  })
  if (fired.length === 0) return undefined
  fired.sort((a, b) => a.line - b.line)
  return refusal(`lint violation found for rules: ${fired.map(({ name }) => name).join(', ')}`, fired[0]!.line)
}

/** The line of the first thing that a check surely warns of. */
function firstLine(name: string, rule: Rule, facts: Facts): number | undefined {
  // What our rule sees beyond names is no matter of the check.
  if (name === 'SecretsUsedInArgOrEnv') return firstSecret(facts)
  for (const { at, sure } of rule.check(facts)) if (sure !== false) return facts.lines.lineOf(at.span.start)
  return undefined
}

function firstSecret({ stages }: Facts): number | undefined {
  for (const { steps } of stages)
    for (const { step, line } of steps) {
      const { operands } = step
      const names = operands.keyword === 'ARG' ? operands.names : operands.keyword === 'ENV' ? operands.pairs : []
      if (!step.triggered && names.some(([name]) => isWarnedName(name))) return line
    }
  return undefined
}
