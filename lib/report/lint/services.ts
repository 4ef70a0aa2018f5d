/** Formats of services and dashboards: GitLab's code quality, Checkstyle and JUnit XML, and Markdown for a comment. */
import type { Finding, LintReport, Severity } from '../../finding.ts'
import { gainText, shareText, sizeText, type Telling, tallyText, xml } from './telling.ts'

const gitlabSeverity: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' }

/** Source: GitLab, Code Quality, "Code Quality report format". */
export const gitlab = ({ report }: Telling): string =>
  `${JSON.stringify(
    report.findings.map((finding) => ({
      description: finding.message,
      check_name: finding.rule,
      fingerprint: `${finding.fingerprint()}${finding.target}`,
      severity: gitlabSeverity[finding.severity],
      location: { path: finding.file, lines: { begin: finding.line, end: finding.endLine } },
    })),
    null,
    2,
  )}\n`

/** Findings by file, files without one included. */
function byFile({ files, findings }: LintReport): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>(files.map(({ file }) => [file, []]))
  for (const finding of findings) groups.set(finding.file, [...(groups.get(finding.file) ?? []), finding])
  return groups
}

/** Source: checkstyle, XMLLogger. */
export function checkstyle({ report }: Telling): string {
  const files = [...byFile(report)].map(([file, findings]) => {
    const errors = findings.map(
      ({ line, column, severity, message, rule }) =>
        `    <error line="${line}" column="${column}" severity="${severity}" message="${xml(message)}" source="stratigraph.${xml(rule)}"/>\n`,
    )
    return `  <file name="${xml(file)}">\n${errors.join('')}  </file>\n`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`
}

/** A suite per file, a case per finding; a file without findings is a case that passes. */
export function junit({ report }: Telling): string {
  const suites = [...byFile(report)].map(([file, findings]) => {
    const name = xml(file)
    const cases = findings.map(({ rule, line, column, severity, message }) => {
      const at = `${name}:${line}:${column}`
      const text = `${file}:${line}:${column}: ${severity}: ${message}`
      return `    <testcase classname="${name}" name="${xml(rule)} ${at}">\n      <failure type="${severity}" message="${xml(message)}">${xml(text)}</failure>\n    </testcase>\n`
    })
    if (cases.length === 0) cases.push(`    <testcase classname="${name}" name="lint"/>\n`)
    return `  <testsuite name="${name}" tests="${cases.length}" failures="${findings.length}" errors="0">\n${cases.join('')}  </testsuite>\n`
  })
  const count = report.findings.length
  const tests = [...byFile(report).values()].reduce((sum, findings) => sum + Math.max(1, findings.length), 0)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="stratigraph" tests="${tests}" failures="${count}" errors="0">\n${suites.join('')}</testsuites>\n`
}

/** Two tables: what the files become, and what was found. */
export function markdown({ report }: Telling): string {
  const { files, findings } = report
  const found = tallyText(findings) || 'nothing found'
  const rows = files.map(
    ({ file, target, size, wasted, layers }) =>
      `| ${code(file)} | ${cell(target)} | ${sizeText(size)} | ${layers} | ${sizeText(wasted)}${shareText(wasted, size)} |\n`,
  )
  const list = findings.map(
    ({ file, line, severity, message, rule, suggestions: [best] }) =>
      `| ${code(`${file}:${line}`)} | ${severity} | ${cell(message)} | ${code(rule)} | ${best ? `${cell(best.title)}${gainText(best.saves, ': ')}` : ''} |\n`,
  )
  const table = (head: string, lines: readonly string[]): string => {
    const columns = head.split('|').length - 2
    return lines.length === 0 ? '' : `\n${head}\n|${' --- |'.repeat(columns)}\n${lines.join('')}`
  }
  return [
    `### stratigraph: ${found}\n`,
    table('| file | target | size | layers | wasted |', rows),
    table('| where | severity | what | rule | instead |', list),
  ].join('')
}

const cell = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\|`*_<>[\]]/g, (one) => `\\${one}`)

/** As code: in as many backquotes as it takes. */
function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ').replaceAll('|', '\\|')
  const fence = '`'.repeat(Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length)) + 1)
  return fence.length === 1 ? `${fence}${plain}${fence}` : `${fence} ${plain} ${fence}`
}
