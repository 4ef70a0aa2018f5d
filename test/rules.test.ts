/** Every rule: its examples run, its fixtures hold. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Finding } from '../lib/finding.ts'
import { edited } from '../lib/lint/counterfactual.ts'
import { rulePage } from '../lib/report/rule-page.ts'
import { rules } from '../rules/index.ts'
import { lintText } from './tools/lint.ts'
import { root } from './tools/truth.ts'

const of = (findings: readonly Finding[], id: string): readonly Finding[] => findings.filter(({ rule }) => rule === id)

for (const rule of rules) {
  describe(`rule ${rule.id}`, () => {
    it('has a name, a reason and a source', () => {
      expect(rule.id).to.match(/^[a-z][a-z0-9-]+$/)
      expect(rule.title).to.not.match(/\.$/)
      expect(rule.why.length).to.be.greaterThan(40)
      expect(rule.source).to.match(/^https:\/\//)
      expect(rule.examples.length, 'examples').to.be.greaterThan(0)
    })
    it('has a page, and the page is current (npm run docs:rules)', () => {
      expect(readFileSync(join(root, 'rules', `${rule.id}.md`), 'utf8')).to.equal(rulePage(rule))
    })
    const settings = rule.severity === 'off' ? { severities: { [rule.id]: 'warning' as const } } : {}
    for (const [i, example] of rule.examples.entries()) {
      const { bad, good, ...setting } = example
      it(`example ${i + 1}: fires on the bad one, and not on the good one`, () => {
        const found = of(lintText(bad, setting, settings).findings, rule.id)
        expect(found, 'bad').to.have.length.greaterThan(0)
        expect(of(lintText(good, setting, settings).findings, rule.id), 'good').to.deep.equal([])
        const cures = found.flatMap(({ suggestions }) => suggestions.filter(({ safe }) => safe).slice(0, 1))
        const inFile = cures.filter(({ edits }) => edits.every(({ file }) => file === 'Dockerfile'))
        if (inFile.length === 1) expect(edited(bad, '', inFile[0]!.edits)?.text).to.equal(good)
      })
    }
  })
}
