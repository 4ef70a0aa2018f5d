/** Verdicts on small Dockerfiles: is there a warning with wasted bytes, or is there none? */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { lintText, type Setting } from '../../tools/lint.ts'
import { root } from '../../tools/truth.ts'

const cases = readFileSync(join(root, 'test/fixtures/verdicts.txt'), 'utf8').split(/^=== /m).slice(1)

describe('verdicts', () => {
  for (const one of cases) {
    const end = one.indexOf('\n')
    const [, verdict, name, given] = /^(yes|no) ([^{]*?)\s*(\{.*)?$/.exec(one.slice(0, end)) ?? []
    const setting = JSON.parse(given ?? '{}') as Setting
    it(`${verdict}: ${name}`, () => {
      const alarms = lintText(one.slice(end + 1), setting, { trials: 0 })
        .findings.filter(({ severity, wasted }) => severity !== 'info' && wasted !== undefined)
        .map(({ line, rule, message }) => `${line} ${rule}: ${message}`)
      if (verdict === 'no') expect(alarms).to.deep.equal([])
      else expect(alarms).to.have.length.greaterThan(0)
    })
  }
})
