/** Verdicts on small Dockerfiles: is there a warning with wasted bytes, or is there none? */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { analyze } from '../../../lib/analyze.ts'
import { givenBy, lintText, type Setting } from '../../tools/lint.ts'
import { root } from '../../tools/truth.ts'

interface Case {
  /** What the headline says before the setting. */
  readonly name: string
  readonly setting: Setting
  readonly text: string
}

function casesOf(file: string): readonly Case[] {
  const parts = readFileSync(join(root, 'test/fixtures', file), 'utf8').split(/^=== /m)
  return parts.slice(1).map((part) => {
    const end = part.indexOf('\n')
    const [, name = '', given = '{}'] = /^([^{]*?)\s*(\{.*)?$/.exec(part.slice(0, end)) ?? []
    return { name, setting: JSON.parse(given) as Setting, text: part.slice(end + 1) }
  })
}

const alarmsIn = ({ text, setting }: Case) =>
  lintText(text, setting, { trials: 0 }).findings.filter(
    ({ severity, wasted }) => severity !== 'info' && wasted !== undefined,
  )

describe('verdicts', () => {
  for (const one of casesOf('verdicts.txt'))
    it(one.name, () => {
      const alarms = alarmsIn(one).map(({ line, rule, message }) => `${line} ${rule}: ${message}`)
      if (one.name.startsWith('no ')) expect(alarms).to.deep.equal([])
      else expect(alarms).to.have.length.greaterThan(0)
    })
})

describe('verdicts by instruction', () => {
  for (const one of [
    'verdicts-by-line.txt',
    'verdicts-by-tool.txt',
    'verdicts-whole.txt',
    'verdicts-in-practice.txt',
    'verdicts-by-shell.txt',
    'verdicts-by-file.txt',
    'verdicts-by-manager.txt',
    'verdicts-on-named-bases.txt',
    'verdicts-unseen.txt',
    'verdicts-beforehand.txt',
    'verdicts-by-means.txt',
    'verdicts-argued.txt',
    'verdicts-twins.txt',
  ].flatMap(casesOf)) {
    const [, marks = '', name = ''] = /^((?:[+-]\d* )+)(.*)$/.exec(one.name) ?? []
    const said = marks.trim().split(' ')
    const [yes, no] = ['+', '-'].map((sign) =>
      said.filter((mark) => mark.startsWith(sign) && mark !== sign).map((mark) => Number(mark.slice(1))),
    )
    it(`${marks}${name}`, () => {
      expect(name).to.not.equal('')
      const { instructions } = analyze(one.text, givenBy(one.setting)).plan.scanned
      const alarmed = alarmsIn(one).map(({ line }) => instructions.findLast(({ span }) => span.line <= line)?.span.line)
      expect(alarmed).to.include.members(yes!)
      // Where some lines are said to be without alarm, nothing is said of the others.
      if (no!.length > 0) for (const line of no!) expect(alarmed).to.not.include(line)
      else expect([...new Set(alarmed)]).to.have.members(yes!)
    })
  }
})
