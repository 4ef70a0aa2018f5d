/** Every rule: its examples run, its fixtures hold. `UPDATE=1` writes what is expected of fixtures anew. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Finding } from '../lib/finding.ts'
import { fix } from '../lib/fix.ts'
import { usualTrials } from '../lib/lint.ts'
import { rulePage } from '../lib/report/rule-page.ts'
import type { Rule } from '../lib/rule.ts'
import { rules } from '../rules/index.ts'
import { givenBy, lintText, type Setting } from './tools/lint.ts'
import { root } from './tools/truth.ts'

const of = (findings: readonly Finding[], id: string): readonly Finding[] => findings.filter(({ rule }) => rule === id)

/** A rule that is off by default is tried as a warning. */
const severitiesFor = ({ id, severity }: Rule): Readonly<Record<string, 'warning'>> =>
  severity === 'off' ? { [id]: 'warning' } : {}

/** The text after the safe fixes of one rule alone, and whether there were any. */
function cured(text: string, setting: Setting, rule: Rule) {
  const settings = { rules: [rule], severities: severitiesFor(rule), trials: usualTrials, unsafe: false }
  return fix(text, givenBy(setting), settings)
}

/** `7:1 warning rm … hides …`, one line each, with what the best suggestion saves. */
const told = (findings: readonly Finding[]): string =>
  findings
    .map(({ line, column, severity, message, suggestions: [best] }) => {
      const saves =
        best === undefined ? '' : ` => ${best.title}${best.safe ? '' : ' (unsafe)'}, saves ${best.saves.bytes ?? '?'}`
      return `${line}:${column} ${severity} ${message}${saves}\n`
    })
    .join('')

const folder = join(root, 'test', 'rules')

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

    const settings = { severities: severitiesFor(rule) }
    for (const [i, { bad, good, ...setting }] of rule.examples.entries())
      it(`example ${i + 1}: fires on the bad one, not on the good one, and curing the first gives the second`, () => {
        expect(of(lintText(bad, setting, settings).findings, rule.id), 'bad').to.have.length.greaterThan(0)
        expect(of(lintText(good, setting, settings).findings, rule.id), 'good').to.deep.equal([])
        const { text, applied } = cured(bad, setting, rule)
        if (applied.length > 0 && text !== bad) expect(text).to.equal(good)
      })

    const own = join(folder, rule.id)
    const cases = existsSync(own) ? readdirSync(own).filter((name) => /^[^.]+\.dockerfile$/.test(name)) : []
    const found = (ending: string, names = cases): readonly string[] =>
      names.map((name) => readFileSync(join(own, name.replace(/\.dockerfile$/, ending)), 'utf8'))
    it('fires in three cases of its own at least, and is silent in three', () => {
      const told = found('.expect')
      expect(told.filter((text) => text !== '').length, 'fires').to.be.greaterThanOrEqual(3)
      expect(told.filter((text) => text === '').length, 'is silent').to.be.greaterThanOrEqual(3)
    })

    it('has no case twice', () => {
      const given = (name: string): string => {
        const file = join(own, name.replace(/\.dockerfile$/, '.json'))
        return existsSync(file) ? readFileSync(file, 'utf8').replace(/\s+/g, '') : ''
      }
      const texts = cases.map((name, i) => `${found('.dockerfile')[i]}\0${given(name)}`)
      expect(new Set(texts).size).to.equal(texts.length)
    })

    for (const name of cases)
      it(name, () => {
        const read = (ending: string): string | undefined => {
          const file = join(own, name.replace(/\.dockerfile$/, ending))
          return existsSync(file) ? readFileSync(file, 'utf8') : undefined
        }
        const text = read('.dockerfile')!
        const setting = JSON.parse(read('.json') ?? '{}') as Setting
        const found = told(of(lintText(text, setting, settings).findings, rule.id))
        if (process.env.UPDATE) writeFileSync(join(own, name.replace(/\.dockerfile$/, '.expect')), found)
        expect(found).to.equal(read('.expect'))
        const fixed = read('.fixed.dockerfile')
        if (fixed !== undefined) expect(cured(text, setting, rule).text).to.equal(fixed)
      })
  })
}

describe('test/rules', () => {
  it('has folders for rules that exist only', () => {
    const ids = existsSync(folder) ? readdirSync(folder) : []
    expect(ids.filter((id) => !rules.some((rule) => rule.id === id))).to.deep.equal([])
  })
})
