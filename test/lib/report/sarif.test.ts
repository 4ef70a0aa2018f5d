/** SARIF of real findings, held against the types that follow its schema and the rules that types cannot say. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Log, Region } from 'sarif'
import type { LintReport } from '../../../lib/finding.ts'
import { lintFormats } from '../../../lib/report/lint.ts'
import { rules } from '../../../rules/index.ts'
import { lintText, type Setting } from '../../tools/lint.ts'
import { root } from '../../tools/truth.ts'

const fixtures: readonly (readonly [file: string, text: string, setting?: Setting])[] = [
  [
    'Dockerfile',
    'FROM alpine:3.20\nRUN dd if=/dev/zero of=/a bs=1M count=9 \\\n && true\nRUN rm /a && echo "ä 漢 👍"\n',
  ],
  ['a b/app.dockerfile', 'FROM debian:12\r\nRUN apt-get update\r\nRUN apt-get install -y curl vim\r\n'],
  [
    'x/Dockerfile',
    'FROM node:20\nCOPY . /app\nRUN chmod -R 755 /app\n',
    { context: { '.git/p': 9_000_000, 'a.js': 'a' } },
  ],
  ['.ci/Dockerfile', '# escape=`\nfrom alpine:3.20\nRun <<EOF\necho $NOT_SET > /tmp/x\nEOF\nMAINTAINER x\n'],
  ['broken/Dockerfile', 'FROM alpine:3.20\nNOTHING here\nRUN "\n'],
  ['/abs/Dockerfile', 'FROM scratch\nCOPY --from=nowhere /a /b\nARG PASSWORD=x\n'],
  ['-', ''],
]

const report: LintReport = fixtures.reduce<LintReport>(
  (all, [path, text, setting]) => {
    const { file, findings, diagnostics } = lintText(text, setting)
    const here = <T extends { readonly file?: string | undefined }>(one: T): T =>
      one.file === 'Dockerfile' ? { ...one, file: path } : one
    const placed = findings.map((one) => ({
      ...here(one),
      related: one.related.map(here),
      suggestions: one.suggestions.map((each) => ({ ...each, edits: each.edits.map(here) })),
    }))
    return {
      files: [...all.files, { ...file, file: path }],
      findings: [...all.findings, ...placed],
      diagnostics: [...all.diagnostics, ...diagnostics.map(here)],
    }
  },
  { files: [], findings: [], diagnostics: [] },
)

const text = lintFormats.sarif!({ report, rules, version: '1.2.3', color: false, columns: 80 })
const log = JSON.parse(text) as Log
const [run] = log.runs
const results = run!.results!

describe('SARIF of real findings', function () {
  this.timeout(60_000)

  it('has the shape of a SARIF log, every member and every word of it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sarif-'))
    const problems = (name: string, literal: string): string => {
      const file = join(folder, name)
      writeFileSync(file, `import type { Log } from 'sarif'\nexport const log: Log = ${literal}`)
      const types = ['--types', 'sarif', '--typeRoots', join(root, 'node_modules/@types')]
      const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck']
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      return spawnSync(process.execPath, [tsc, ...options, ...types, file], { cwd: folder, encoding: 'utf8' }).stdout
    }
    try {
      expect(problems('log.ts', text)).to.equal('')
      expect(problems('level.ts', text.replace('"level": "warning"', '"level": "warn"'))).to.include('"warn"')
      expect(problems('member.ts', text.replace('"startLine"', '"line"'))).to.include('TS2353')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('shows what the fixtures are for: related places, fixes in several files, insertions', () => {
    expect(results.length).to.be.greaterThan(10)
    expect(results.some(({ relatedLocations }) => relatedLocations !== undefined)).to.equal(true)
    const changes = results.flatMap(({ fixes = [] }) => fixes.flatMap(({ artifactChanges }) => artifactChanges))
    expect(new Set(changes.map(({ artifactLocation }) => artifactLocation.uri)).size).to.be.greaterThan(2)
  })

  // Source: sarif-schema-2.1.0.json, `minimum`, `minItems`, `uniqueItems`, `format`; the specification, 3.30.
  it('keeps to the bounds that the schema sets', () => {
    const regions: Region[] = []
    const visit = (value: unknown, key = ''): void => {
      if (typeof value !== 'object' || value === null) return
      if (Array.isArray(value)) {
        const unique = ['rules', 'fixes', 'relatedLocations', 'locations', 'tags', 'artifactChanges'].includes(key)
        if (unique) expect(new Set(value.map((one) => JSON.stringify(one))).size, key).to.equal(value.length)
        if (['artifactChanges', 'replacements'].includes(key)) expect(value, key).to.not.have.length(0)
        for (const one of value) visit(one, key)
        return
      }
      for (const [name, one] of Object.entries(value)) {
        if (name === 'region' || name === 'deletedRegion') regions.push(one as Region)
        if (name === 'uri') expect(() => new URL(one as string, 'file:///src/'), one as string).to.not.throw()
        if (name === 'text') expect(one).to.be.a('string')
        visit(one, name)
      }
    }
    visit(log)
    for (const { startLine, startColumn = 1, endLine = startLine, endColumn, charOffset, charLength } of regions) {
      if (startLine === undefined) {
        expect(charOffset).to.be.at.least(0)
        expect(charLength).to.be.at.least(0)
        continue
      }
      expect(startLine).to.be.at.least(1)
      expect(startColumn).to.be.at.least(1)
      expect(endLine).to.be.at.least(startLine)
      if (endLine === startLine && endColumn !== undefined) expect(endColumn).to.be.at.least(startColumn)
    }
  })

  it('names rules that are there, and every result apart from the others', () => {
    const named = run!.tool.driver.rules!
    for (const { ruleId, ruleIndex } of results) expect(named[ruleIndex ?? -1]?.id).to.equal(ruleId)
    const prints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))
    const files = results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri)
    expect(new Set(prints.map((one, i) => `${one} ${files[i]}`)).size).to.equal(results.length)
  })

  // Source: GitHub, "SARIF support for code scanning": what an upload may hold.
  it('stays below what code scanning takes', () => {
    const named = run!.tool.driver.rules!
    expect(named.length).to.be.below(25_000)
    for (const { id, properties, help, shortDescription, fullDescription } of named) {
      expect(properties?.tags?.length, id).to.be.within(1, 20)
      expect(shortDescription!.text.length, id).to.be.below(1024)
      expect(fullDescription!.text.length, id).to.be.below(1024)
      expect(help!.text, id).to.not.equal('')
    }
    for (const { locations = [], relatedLocations = [] } of results)
      expect(locations.length + relatedLocations.length).to.be.within(1, 1000)
  })
})
