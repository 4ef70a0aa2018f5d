/**
 * `# check=error=true`: BuildKit refuses a Dockerfile that its own checks warn of. Each of them is one of our rules, known
 * by its alias.
 *
 * Source: BuildKit dockerfile2llb, newRuleLinter (recorded: check-*).
 */

import { rules } from '../../rules/index.ts'
import type { Analysis } from '../analyze.ts'
import { checkOptions, saidOfChecks } from '../dockerfile/checks.ts'
import type { Problem } from '../model.ts'
import type { Rule } from '../rule.ts'
import { watchLog } from '../watch.ts'
import { type Facts, factsOf } from './facts.ts'
import { isWarnedName } from './secrets.ts'

const onlyWhenAsked: readonly string[] = ['CopyIgnoredFile', 'InvalidDefinitionDescription']

/** The analysis with the refusal of the checks, which are made when the text has been read, before anything is built. */
export function withChecks(analysis: Analysis): Analysis {
  const { plan, problems, given } = analysis
  const refusal = plan.problems.some(({ refuses }) => refuses) ? undefined : refusalOf(analysis)
  if (refusal === undefined) return analysis
  const shown = plan.problems.length
  return {
    ...analysis,
    refused: refusal,
    problems: [
      ...problems.slice(0, shown),
      { file: given.path, severity: 'error', ...refusal, refuses: true },
      ...problems.slice(shown),
    ],
  }
}

/** Why the checks stop a build that nothing else stops; undefined: they do not. */
function refusalOf(analysis: Analysis): (Pick<Problem, 'message'> & { readonly line: number }) | undefined {
  const { plan, given } = analysis
  const said = saidOfChecks(plan.scanned.directives, given.buildArgs, plan.traits)
  if (said === undefined) return undefined
  const options = checkOptions(said.value)
  if (typeof options === 'string') return { message: options, line: said.line }
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
  return {
    message: `lint violation found for rules: ${fired.map(({ name }) => name).join(', ')}`,
    line: fired[0]!.line,
  }
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
