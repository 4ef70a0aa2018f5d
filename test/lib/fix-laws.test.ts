/** What holds for every text that is fixed: rule fixtures, and real files where they are at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { analyze } from '../../lib/analyze.ts'
import type { Finding } from '../../lib/finding.ts'
import { type FixSettings, fix } from '../../lib/fix.ts'
import { isAlike } from '../../lib/lint/counterfactual.ts'
import { usualTrials } from '../../lib/lint.ts'
import { rules } from '../../rules/index.ts'
import { corpusDockerfiles } from '../tools/corpus.ts'
import { givenBy, lintText, type Setting } from '../tools/lint.ts'
import { root } from '../tools/truth.ts'

interface Sample {
  readonly name: string
  readonly text: string
  readonly setting: Setting
}

const folder = join(root, 'test', 'rules')

const fixtures: readonly Sample[] = readdirSync(folder).flatMap((id) =>
  readdirSync(join(folder, id))
    .filter((file) => /^[^.]+\.dockerfile$/.test(file))
    .map((file) => {
      const setting = join(folder, id, file.replace('.dockerfile', '.json'))
      return {
        name: `${id}/${file}`,
        text: readFileSync(join(folder, id, file), 'utf8'),
        setting: existsSync(setting) ? (JSON.parse(readFileSync(setting, 'utf8')) as Setting) : {},
      }
    }),
)

const settings = (unsafe: boolean): FixSettings => ({ rules, severities: {}, trials: usualTrials, unsafe })

const perRule = (findings: readonly Finding[]): Readonly<Record<string, number>> =>
  Object.fromEntries(rules.map(({ id }) => [id, findings.filter(({ rule }) => rule === id).length]))

/** Fixes it, and checks what must hold whatever the text is. */
function lawful({ name, text, setting }: Sample, unsafe: boolean): string {
  const given = givenBy(setting)
  const { text: after, ignore, verdict } = fix(text, given, settings(unsafe))
  if (after === text && ignore === undefined) return after
  const context = ignore === undefined ? given.context : given.context?.withIgnore?.(ignore)
  const then = { ...given, context }
  const [was, is] = [analyze(text, given), analyze(after, then)]
  if (was.refused === null) expect(is.refused, name).to.equal(null)
  if (!unsafe) expect(isAlike(was, is), `${name}: other files or another config`).to.equal(true)
  expect(fix(after, then, settings(unsafe)).applied, `${name}: once more`).to.deep.equal([])
  const [before, left] = [perRule(lintText(text, setting, { trials: 0 }).findings), perRule(verdict.findings)]
  for (const { id } of rules) expect(left[id], `${name}: ${id}`).to.be.at.most(before[id]!)
  return after
}

const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n')

// The same file written another way, and what the fixed text is then.
const ways: readonly (readonly [name: string, write: (text: string) => string])[] = [
  ['line ends of Windows', crlf],
  ['a byte order mark', (text) => `\uFEFF${text}`],
  ['no newline at the end', (text) => text.replace(/\n$/, '')],
]

// An instruction that goes from the end of a file takes its own line along, not the end of the one before.
const ended = (text: string): string => text.replace(/\r?\n$/, '')

describe('laws of fixing', function () {
  this.timeout(120_000)

  for (const unsafe of [false, true])
    it(`fixtures of rules, ${unsafe ? 'all fixes' : 'safe fixes'}`, () => {
      expect(fixtures.length).to.be.greaterThan(100)
      for (const [i, sample] of fixtures.entries()) if (!unsafe || i % 3 === 0) lawful(sample, unsafe)
    })

  it('fixtures of rules, written another way, are fixed the same way', () => {
    // What a here-document holds is not the same with other line ends.
    const plain = fixtures.filter(({ text }, i) => i % 3 === 1 && !/<<|\r/.test(text))
    for (const { name, text, setting } of plain) {
      const { text: after } = fix(text, givenBy(setting), settings(false))
      if (after === text) continue
      for (const [way, write] of ways)
        expect(ended(fix(write(text), givenBy(setting), settings(false)).text), `${name}: ${way}`).to.equal(
          ended(write(after)),
        )
    }
  })

  it('real files', () => {
    const all = corpusDockerfiles()
    const seed = 7
    for (const [i, { name, text }] of all.entries())
      if ((i * 48271 + seed) % 16 === 0) lawful({ name: `seed ${seed}: ${name}`, text, setting: {} }, false)
  })
})
