/** Cures are tried out without work that cannot come out otherwise, and only so many of a long file. */
import { expect } from 'chai'
import { analyze } from '../../../lib/analyze.ts'
import { laboratory } from '../../../lib/lint/counterfactual.ts'
import { isSameWork } from '../../../lib/lint/same-work.ts'
import type { Entry, Given } from '../../../lib/model.ts'
import { makePlan } from '../../../lib/plan.ts'
import type { Cure } from '../../../lib/rule.ts'
import { stack } from '../../../lib/unionfs/stack.ts'
import { rules } from '../../../rules/index.ts'
import { givenBy, lintText, type Setting } from '../../tools/lint.ts'

/** What a change must leave as it is, wherever the rows and their lines are. */
function outcome(text: string, setting: Setting) {
  const { settled, image } = analyze(text, { ...givenBy(setting), patient: true })
  const layers = image.layers.map(({ entries, complete, size }) => ({ entries, complete, size }))
  const stored: readonly (readonly Entry[])[] = [...settled.built.values()].flatMap((one) =>
    one.layers.map(({ entries }) => entries),
  )
  return { layers, stored, problems: settled.problems.map(({ message }) => message) }
}

describe('plans that ask for the same work', () => {
  const same: readonly (readonly [one: string, other: string])[] = [
    ['from alpine:3.20 as a\nrun touch /a\n', 'FROM alpine:3.20 AS a\nRUN touch /a\n'],
    ['FROM alpine:3.20\nENV A b\nRUN touch /$A\n', 'FROM alpine:3.20\nENV A=b\nRUN touch /$A\n'],
    ['FROM alpine:3.20\nMAINTAINER me\nRUN touch /a\n', 'FROM alpine:3.20\nLABEL maintainer=me\nRUN touch /a\n'],
    ['FROM alpine:3.20\nCMD run\nCOPY a /a\n', 'FROM alpine:3.20\nCMD ["run"]\n\nCOPY a /a\n'],
  ]
  for (const [one, other] of same)
    it(`${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
      const given = givenBy({})
      expect(isSameWork(makePlan(one, given), makePlan(other, given))).to.equal(true)
      expect(outcome(one, {})).to.deep.equal(outcome(other, {}))
    })

  const other: readonly (readonly [one: string, other: string])[] = [
    ['FROM alpine:3.20\nRUN touch /a\n', 'FROM alpine:3.19\nRUN touch /a\n'],
    ['FROM alpine:3.20\nRUN touch /a\n', 'FROM --platform=linux/arm64 alpine:3.20\nRUN touch /a\n'],
    ['FROM alpine:3.20\nENV A=b\nRUN touch /$A\n', 'FROM alpine:3.20\nENV A=c\nRUN touch /$A\n'],
    ['FROM alpine:3.20\nUSER a\nRUN touch /a\n', 'FROM alpine:3.20\nUSER b\nRUN touch /a\n'],
    ['FROM alpine:3.20\nSHELL ["/bin/bash", "-c"]\nRUN touch /a\n', 'FROM alpine:3.20\nRUN touch /a\n'],
    ['FROM alpine:3.20\nWORKDIR /a\nRUN touch b\n', 'FROM alpine:3.20\nWORKDIR /b\nRUN touch b\n'],
    ['FROM alpine:3.20\nRUN <<E\ntouch /a\nE\n', 'FROM alpine:3.20\nRUN <<E\ntouch /b\nE\n'],
    ['FROM alpine:3.20\nCOPY a /a\n', 'FROM alpine:3.20\nCOPY --chmod=600 a /a\n'],
    [
      'FROM alpine:3.20 AS a\nFROM scratch\nCOPY --from=a /a /a\n',
      'FROM alpine:3.20 AS b\nFROM scratch\nCOPY --from=a /a /a\n',
    ],
    ['FROM alpine:3.20\nRUN touch /a\nRUN touch /b\n', 'FROM alpine:3.20\nRUN touch /a\n'],
    ['# syntax=docker/dockerfile:1.2\nFROM alpine:3.20\nRUN touch /a\n', 'FROM alpine:3.20\nRUN touch /a\n'],
  ]
  for (const [one, two] of other)
    it(`not ${JSON.stringify(one)} and ${JSON.stringify(two)}`, () => {
      const given = givenBy({})
      expect(isSameWork(makePlan(one, given), makePlan(two, given))).to.equal(false)
    })

  it('a label ends nothing for BuildKit, and may end a layer for others', () => {
    const [one, two] = ['FROM alpine:3.20\nMAINTAINER me\nRUN a\n', 'FROM alpine:3.20\nLABEL maintainer=me\nRUN a\n']
    for (const builder of ['classic', 'podman']) {
      const given = givenBy({ builder })
      expect(isSameWork(makePlan(one!, given), makePlan(two!, given)), builder).to.equal(false)
    }
  })

  it('leave the same layers, files and problems, wherever a rule shows one', () => {
    let found = 0
    for (const { id, examples } of rules)
      for (const { bad, good, ...setting } of examples)
        for (const builder of ['buildkit', 'docker@20.10', 'classic', 'podman']) {
          const given: Given = { ...givenBy({ ...setting, builder }), patient: true }
          if (!isSameWork(makePlan(bad, given), makePlan(good, given))) continue
          found++
          expect(outcome(bad, { ...setting, builder }), `${id}, ${builder}`).to.deep.equal(
            outcome(good, { ...setting, builder }),
          )
        }
    expect(found).to.be.above(40)
  })
})

describe('a file with more cures than are tried', () => {
  const text = `FROM alpine:3.20\n${Array.from({ length: 5 }, (_, i) => `RUN apk add a${i}\n`).join('')}`

  it('says how many were not', () => {
    const { findings, diagnostics } = lintText(text, {}, { trials: 2 })
    const suggested = findings.filter(({ suggestions }) => suggestions.length > 0).length
    expect(suggested).to.be.above(0)
    expect(diagnostics.filter(({ message }) => /^\d+ suggestions were not tried/.test(message))).to.have.length(1)
    const all = lintText(text)
    expect(all.findings.filter(({ suggestions }) => suggestions.length > 0).length).to.be.above(suggested)
    expect(all.diagnostics.filter(({ message }) => message.includes('not tried'))).to.deep.equal([])
  })

  it('says nothing where nobody asked for suggestions', () => {
    expect(lintText(text, {}, { trials: 0 }).diagnostics).to.deep.equal([])
  })

  it('is one whose prediction takes long, too', () => {
    const analysis = analyze(text, givenBy({}))
    const lab = laboratory(analysis, stack(analysis.image.layers), 40, 10)
    const cure = (start: number): Cure => ({ title: 'up', edits: [{ start, end: start, text: '# a\n' }] })
    const starts = [...text.matchAll(/^RUN/gm)].map(({ index }) => index)
    const told = starts.map((start) => lab.suggestion(cure(start), false))
    expect(told.map((one) => one !== undefined)).to.deep.equal([true, true, false, false, false])
    expect(lab.untried()).to.equal(3)
    expect(lab.suggestion(cure(starts[0]!), false)).to.deep.equal(told[0])
  })
})
