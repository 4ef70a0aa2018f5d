/** A rule for people: its page in `rules/`, and what `stratigraph rules ID` prints. Both are the same text. */
import type { Example, Rule } from '../rule.ts'

/** Markdown. */
export function rulePage({ id, severity, title, why, source, aliases, examples }: Rule): string {
  const others = aliases.map((alias) => `\`${alias}\``).join(', ')
  const facts = [
    `Severity: ${severity === 'off' ? 'off, unless configured' : severity}`,
    ...(others === '' ? [] : [`Elsewhere: ${others}`]),
    `More: <${source}>`,
  ]
  const shown = examples.map((example, i) => exampleText(example, examples.length > 1 ? ` ${i + 1}` : ''))
  return `${[`# ${id}`, `${title}.`, why, facts.map((fact) => `* ${fact}`).join('\n'), ...shown].join('\n\n')}\n`
}

function exampleText({ bad, good, context, builder, target }: Example, number: string): string {
  const setting = [
    ...(builder === undefined ? [] : [`built with ${builder}`]),
    ...(target === undefined ? [] : [`target \`${target}\``]),
    ...(context === undefined ? [] : [`a build context with ${listed(Object.keys(context))}`]),
  ]
  const given = setting.length === 0 ? '' : `, ${setting.join(', ')}`
  return [`## Example${number}${given}`, fenced(bad), 'Better:', fenced(good)].join('\n\n')
}

const fenced = (text: string): string => `\`\`\`dockerfile\n${text.trimEnd()}\n\`\`\``

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 4).map((path) => `\`${path}\``)
  return paths.length > 4 ? `${shown.join(', ')} and more` : shown.join(', ')
}
