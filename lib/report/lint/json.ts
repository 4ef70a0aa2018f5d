/** `lint --format json` and `jsonl`: the document stratigraph/lint@1. Schema: ../schemas/lint.schema.json. */
import type { Finding, LintedFile } from '../../finding.ts'
import { diagnosticDocument, sizeDocument } from '../document.ts'
import type { Telling } from './telling.ts'

/** The document, indented, with a newline at its end. */
export const json = ({ report }: Telling): string =>
  `${JSON.stringify(
    {
      schema: 'stratigraph/lint@1',
      files: report.files.map(fileDocument),
      findings: report.findings.map(findingDocument),
      diagnostics: report.diagnostics.map(diagnosticDocument),
    },
    null,
    2,
  )}\n`

/** One finding a line, each the same object as in the document. */
export const jsonl = ({ report }: Telling): string =>
  report.findings.map((finding) => `${JSON.stringify(findingDocument(finding))}\n`).join('')

const fileDocument = ({ file, target, size, wasted, layers, refused }: LintedFile): object => ({
  file,
  target,
  size: sizeDocument(size),
  wasted: sizeDocument(wasted),
  layers,
  refused: refused && { message: refused.message, line: refused.line },
})

const findingDocument = (finding: Finding): object => ({
  rule: finding.rule,
  severity: finding.severity,
  file: finding.file,
  target: finding.target,
  line: finding.line,
  column: finding.column,
  endLine: finding.endLine,
  endColumn: finding.endColumn,
  message: finding.message,
  ...(finding.wasted !== undefined && { wasted: sizeDocument(finding.wasted) }),
  related: finding.related.map(({ file, line, column, endLine, endColumn, message }) => ({
    file,
    line,
    column,
    endLine,
    endColumn,
    message,
  })),
  suggestions: finding.suggestions.map(({ title, safe, saves, review, edits }) => ({
    title,
    safe,
    saves: sizeDocument(saves),
    ...(review && { review }),
    edits: edits.map(({ file, start, end, text }) => ({ file, start, end, text })),
  })),
  docs: finding.docs,
  aliases: finding.aliases,
  fingerprint: finding.fingerprint(),
})
