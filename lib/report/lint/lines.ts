/** Formats of one line per finding: `compact` for people and editors, `github` for workflow annotations. */
import { escapeControls } from '../terminal.ts'
import type { Telling } from './telling.ts'

/** `Dockerfile:7:1: warning: message (rule)`, as compilers write. */
export const compact = ({ report }: Telling): string =>
  report.findings
    .map(({ file, line, column, severity, message, rule }) =>
      escapeControls(`${file}:${line}:${column}: ${severity}: ${message} (${rule})`.replaceAll('\n', ' ')),
    )
    .map((line) => `${line}\n`)
    .join('')

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const

/** Workflow commands. Columns only where a finding stands on one line: GitHub refuses them otherwise. */
export const github = ({ report }: Telling): string =>
  report.findings
    .map(({ file, line, endLine, column, endColumn, severity, message, rule }) => {
      const place = { file, line, ...(endLine === line ? { col: column, endColumn } : { endLine }), title: rule }
      const properties = Object.entries(place).map(([name, value]) => `${name}=${property(String(value))}`)
      return `::${commands[severity]} ${properties.join(',')}::${data(message)}\n`
    })
    .join('')

// What a runner reads back. Source: actions/toolkit, packages/core/src/command.ts.
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
