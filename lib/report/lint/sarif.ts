/** SARIF 2.1.0, as code scanning services read it. Source: OASIS, Static Analysis Results Interchange Format, 2.1.0. */
import type * as Sarif from 'sarif'
import type { Edit, Finding, LintReport, Location, Severity, Suggestion } from '../../finding.ts'
import { linesOf } from '../../lint/places.ts'
import type { Rule } from '../../rule.ts'
import { rulePage } from '../rule-page.ts'
import { gainText, type Telling, uriOf } from './telling.ts'

const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>

/** The log, indented, with a newline at its end. */
export function sarif({ report, rules, version }: Telling): string {
  const named = rules.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const indices = new Map(named.map(({ id }, i) => [id, i]))
  const failed = report.diagnostics.some(({ severity, refuses }) => severity === 'error' && refuses !== true)
  const log: Sarif.Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'stratigraph', semanticVersion: version, rules: named.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'the folder stratigraph was started in' } } },
        invocations: [
          {
            executionSuccessful: !failed,
            toolExecutionNotifications: report.diagnostics.map(({ severity, message, file, line }) => ({
              level: levels[severity],
              message: { text: message },
              ...(file !== undefined && {
                locations: [
                  {
                    physicalLocation: {
                      artifactLocation: artifact(file),
                      ...(line !== undefined && { region: { startLine: Math.max(1, line) } }),
                    },
                  },
                ],
              }),
            })),
          },
        ],
        results: report.findings.map((finding) => result(finding, indices, report)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** Code scanning takes no more for a rule. Source: GitHub, "SARIF support for code scanning". */
const mostTags = 20

const descriptor = (rule: Rule): Sarif.ReportingDescriptor => ({
  id: rule.id,
  ...(rule.id.includes('-') && { name: friendly(rule.id) }),
  shortDescription: { text: `${rule.title}.` },
  fullDescription: { text: rule.why.replaceAll('\n', ' ') },
  helpUri: rule.source,
  help: { text: `${rule.title}. ${rule.why.replaceAll('\n', ' ')}`, markdown: rulePage(rule) },
  defaultConfiguration:
    rule.severity === 'off' ? { enabled: false, level: 'none' } : { enabled: true, level: levels[rule.severity] },
  properties: { tags: ['dockerfile', ...rule.aliases].slice(0, mostTags) },
})

/** `CacheLeft` for `cache-left`, as the standard wants names for people to be; not the id again, so none for one word. */
const friendly = (id: string): string => id.replace(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase())

const artifact = (file: string): Sarif.ArtifactLocation =>
  /^([A-Za-z]:)?[\\/]/.test(file) ? { uri: `file://${uriOf(file)}` } : { uri: uriOf(file), uriBaseId: 'SRCROOT' }

const region = ({ line, column, endLine, endColumn }: Omit<Location, 'file'>): Sarif.Region => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
})

const place = (location: Location): Sarif.Location => ({
  physicalLocation: { artifactLocation: artifact(location.file), region: region(location) },
})

function result(finding: Finding, indices: ReadonlyMap<string, number>, report: LintReport): Sarif.Result {
  const { rule, severity, message, wasted, related, suggestions, target } = finding
  const fixes = suggestions.filter(({ edits }) => edits.length > 0)
  const index = indices.get(rule)
  return {
    ruleId: rule,
    ...(index !== undefined && { ruleIndex: index }),
    level: levels[severity],
    message: { text: message },
    locations: [place(finding)],
    ...(related.length > 0 && {
      relatedLocations: related.map((one, i) => ({ id: i + 1, message: { text: one.message }, ...place(one) })),
    }),
    partialFingerprints: { 'stratigraph/v1': finding.fingerprint() },
    ...(fixes.length > 0 && { fixes: fixes.map((one) => fix(one, report)) }),
    properties: { target, ...(wasted !== undefined && { wasted }) },
  }
}

function fix({ title, saves, edits, safe }: Suggestion, report: LintReport): Sarif.Fix {
  const files = [...new Set(edits.map(({ file }) => file))]
  const gain = gainText(saves, ', ')
  return {
    description: { text: title + gain },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: edits
        .filter((edit) => edit.file === file)
        .toSorted((a, b) => a.start - b.start)
        .map((edit) => replacement(edit, report)),
    })),
    properties: { safe },
  }
}

function replacement({ file, start, end, text }: Edit, { files }: LintReport): Sarif.Replacement {
  const source = files.find((one) => one.file === file)?.text
  const deletedRegion =
    source === undefined
      ? { charOffset: start, charLength: end - start }
      : region(linesOf(source).locate({ start, end }))
  return { deletedRegion, ...(text !== '' && { insertedContent: { text } }) }
}
