/** `rules`: what lint looks for; with an id one rule's page. */
import { UserError } from '../../lib/error.ts'
import { rulePage } from '../../lib/report/rule-page.ts'
import type { Rule } from '../../lib/rule.ts'
import { rules } from '../../rules/index.ts'
import { rulesNamed } from '../lint/severities.ts'
import { didYouMean, last } from '../options.ts'
import { writeResult } from '../output.ts'
import type { Verb } from './index.ts'

export const verb: Verb = {
  examples: [
    ['stratigraph rules', 'all of them'],
    ['stratigraph rules cache-left', 'one explained, with an example and its fix'],
    ['stratigraph rules DL3009', 'by the name hadolint has for it'],
    ['stratigraph rules --format json', 'for programs'],
  ],
  async run(options, world) {
    const [name, extra] = options.args
    if (extra !== undefined) throw new UserError(`rules takes one rule, not ${options.args.join(' and ')}`)
    const found = name === undefined ? rules : rulesNamed(name, rules)
    if (name !== undefined && found.length === 0)
      throw new UserError(
        `${name}: no such rule`,
        didYouMean(
          name,
          rules.map(({ id }) => id),
        ),
      )
    const json = last(options, 'format') === 'json'
    writeResult(
      json ? asJson(found) : name === undefined ? table(found) : found.map(rulePage).join('\n'),
      options,
      world,
    )
    return 0
  },
}

const asJson = (found: readonly Rule[]): string =>
  `${JSON.stringify(
    found.map(({ id, severity, title, why, source, aliases, examples }) => ({
      id,
      severity,
      title,
      why,
      source,
      aliases,
      examples,
    })),
    null,
    2,
  )}\n`

function table(found: readonly Rule[]): string {
  const width = Math.max(...found.map(({ id }) => id.length))
  return found.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`).join('')
}
