import { expect } from 'chai'
import type { Finding, LintedFile, LintReport } from '../../../lib/finding.ts'
import { lintFormats, type Telling } from '../../../lib/report/lint.ts'
import { about, exact, unknown } from '../../../lib/size.ts'
import { rules } from '../../../rules/index.ts'

const file: LintedFile = {
  file: 'a b/Dockerfile',
  target: 'final',
  text: 'FROM alpine:3.20\nRUN true \\\n\t&& rm -rf /tmp/ä "x" & <y>\n',
  size: about(1e6, 9e5, 2e6, 'heuristic', 'x'),
  wasted: exact(2e5, 'x'),
  total: exact(1e6, 'x'),
  layers: 2,
  refused: null,
}
const finding: Finding = {
  rule: 'deleted-in-later-layer',
  severity: 'warning',
  file: file.file,
  target: 'final',
  line: 3,
  column: 5,
  endLine: 3,
  endColumn: 18,
  message: 'a, b: 100% | <c> & "d"\n\u001b[31me',
  wasted: exact(2e5, 'x'),
  related: [{ file: file.file, line: 2, column: 5, endLine: 2, endColumn: 9, message: 'written here' }],
  suggestions: [
    {
      title: 'do it',
      safe: false,
      saves: unknown('x', 5000),
      edits: [{ file: file.file, start: 17, end: 20, text: 'X' }],
    },
    {
      title: 'or so',
      safe: true,
      saves: exact(0, 'x'),
      edits: [{ file: 'a b/.dockerignore', start: 0, end: 0, text: 'y\n' }],
    },
  ],
  docs: 'rules/deleted-in-later-layer.md',
  aliases: ['hadolint:DL1'],
  fingerprint: () => 'abc123',
}
const report: LintReport = {
  files: [file],
  findings: [finding, { ...finding, severity: 'error', endLine: 4, related: [], suggestions: [], rule: 'syntax' }],
  diagnostics: [{ severity: 'warning', message: 'base x is not known', file: file.file, line: 1 }],
}
const nothing: LintReport = { files: [{ ...file, wasted: exact(0, 'x') }], findings: [], diagnostics: [] }
const telling = (of: LintReport, more: Partial<Telling> = {}): Telling => ({
  report: of,
  rules,
  version: '1.2.3',
  color: false,
  columns: 80,
  ...more,
})
const told = (format: string, of: LintReport = report, more: Partial<Telling> = {}): string =>
  lintFormats[format]!(telling(of, more))

describe('formats of lint', () => {
  it('compact: one line each, nothing that a terminal obeys', () => {
    expect(told('compact')).to.equal(
      'a b/Dockerfile:3:5: warning: a, b: 100% | <c> & "d" \\u001b[31me (deleted-in-later-layer)\n' +
        'a b/Dockerfile:3:5: error: a, b: 100% | <c> & "d" \\u001b[31me (syntax)\n',
    )
    expect(told('compact', nothing)).to.equal('')
  })

  it('github: properties and data escaped, columns only on one line', () => {
    expect(told('github').split('\n')).to.deep.equal([
      '::warning file=a b/Dockerfile,line=3,col=5,endColumn=18,title=deleted-in-later-layer::a, b: 100%25 | <c> & "d"%0A\u001b[31me',
      '::error file=a b/Dockerfile,line=3,endLine=4,title=syntax::a, b: 100%25 | <c> & "d"%0A\u001b[31me',
      '',
    ])
  })

  it('pretty: the line, underlined under its tab, related lines, suggestions', () => {
    expect(told('pretty', { ...report, findings: [finding] })).to.equal(`a b/Dockerfile
  3:5  warning  a, b: 100% | <c> & "d"
\\u001b[31me  (deleted-in-later-layer)
   3 │  && rm -rf /tmp/ä "x" & <y>
     │     ^^^^^^^^^^^^^
   2 │ RUN true \\
     │     ---- written here
     = do it: saves at least 5kB  (look at it first)
     = or so

  ~1MB, 2 layers, 200kB (~20.0%) wasted
`)
    expect(told('pretty', nothing)).to.equal('a b/Dockerfile\n  ~1MB, 2 layers, nothing wasted\n')
    expect(told('pretty', report, { color: true })).to.include('\u001b[')
    for (const columns of [1, 20, 40])
      expect(told('pretty', report, { columns }), `${columns} columns`).to.be.a('string')
  })

  it('a suggestion that makes the image larger says what it costs', () => {
    const [first] = finding.suggestions
    const saves = { ...first!.saves, bytes: -48, low: -48, high: -48, basis: 'heuristic' as const }
    const dearer = { ...finding, suggestions: [{ ...first!, saves }] }
    expect(told('pretty', { ...report, findings: [dearer] })).to.include(
      '     = do it: costs ~48B  (look at it first)\n',
    )
    expect(told('markdown', { ...report, findings: [dearer] })).to.include('| do it: costs ~48B |')
  })

  it('json and jsonl hold the same findings', () => {
    const document = JSON.parse(told('json')) as { findings: object[] }
    const lines = told('jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(lines).to.deep.equal(document.findings)
    expect(JSON.parse(told('json', nothing))).to.deep.include({ findings: [], diagnostics: [] })
  })

  it('sarif: places, related places, fixes, fingerprints, rules', () => {
    const { runs } = JSON.parse(told('sarif'))
    const [run] = runs
    expect(run.tool.driver.semanticVersion).to.equal('1.2.3')
    const ids = run.tool.driver.rules.map(({ id }: { id: string }) => id)
    expect(ids).to.deep.equal([...ids].sort())
    const [result, second] = run.results
    expect(ids[result.ruleIndex]).to.equal(result.ruleId)
    expect(result.level).to.equal('warning')
    expect(second.level).to.equal('error')
    const { artifactLocation, region } = result.locations[0].physicalLocation
    expect(artifactLocation).to.deep.equal({ uri: 'a%20b/Dockerfile', uriBaseId: 'SRCROOT' })
    expect(region).to.deep.equal({ startLine: 3, startColumn: 5, endLine: 3, endColumn: 18 })
    expect(result.relatedLocations[0].message.text).to.equal('written here')
    expect(result.partialFingerprints).to.deep.equal({ 'stratigraph/v1': 'abc123' })
    const [here, ignore] = result.fixes
    expect(here.artifactChanges[0].replacements).to.deep.equal([
      { deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 4 }, insertedContent: { text: 'X' } },
    ])
    expect(ignore.artifactChanges[0].replacements[0].deletedRegion).to.deep.equal({ charOffset: 0, charLength: 0 })
    expect(run.invocations[0].toolExecutionNotifications[0].level).to.equal('warning')
    expect(JSON.parse(told('sarif', nothing)).runs[0].results).to.deep.equal([])
  })

  it('gitlab: one object each, fingerprints that differ', () => {
    const issues = JSON.parse(told('gitlab'))
    expect(issues.map(({ severity }: { severity: string }) => severity)).to.deep.equal(['major', 'critical'])
    expect(issues[0].location).to.deep.equal({ path: 'a b/Dockerfile', lines: { begin: 3, end: 3 } })
    expect(JSON.parse(told('gitlab', nothing))).to.deep.equal([])
  })

  for (const format of ['checkstyle', 'junit'])
    it(`${format}: well-formed, whatever a message says`, () => {
      for (const text of [told(format), told(format, nothing)]) {
        expect(text).to.match(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/)
        // No parser at hand: tags close each other, and no markup is left between them.
        const open = [...text.matchAll(/<(\/?)([a-z]+)(?:\s+[a-z]+="[^"<]*")*\s*(\/?)>/g)]
        const stack: string[] = []
        for (const [, closing, name, single] of open) {
          if (closing) expect(stack.pop()).to.equal(name)
          else if (!single) stack.push(name!)
        }
        expect(stack).to.deep.equal([])
        expect(text.replace(/<[^>]*>/g, '').includes('<')).to.equal(false)
        expect([...text].some((c) => c < ' ' && c !== '\n')).to.equal(false)
      }
    })

  it('junit: a file without findings passes', () => {
    expect(told('junit', nothing)).to.include('tests="1" failures="0"')
    expect(told('junit')).to.include('tests="2" failures="2"')
  })

  it('markdown: cells that hold together', () => {
    expect(told('markdown')).to.equal(`### stratigraph: 1 error, 1 warning

| file | target | size | layers | wasted |
| --- | --- | --- | --- | --- |
| \`a b/Dockerfile\` | final | ~1MB | 2 | 200kB (~20.0%) |

| where | severity | what | rule | instead |
| --- | --- | --- | --- | --- |
| \`a b/Dockerfile:3\` | warning | a, b: 100% \\| \\<c\\> & "d" \u001b\\[31me | \`deleted-in-later-layer\` | do it: saves at least 5kB |
| \`a b/Dockerfile:3\` | error | a, b: 100% \\| \\<c\\> & "d" \u001b\\[31me | \`syntax\` |  |
`)
  })
})
