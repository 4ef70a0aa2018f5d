import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { fix } from '../../lib/fix.ts'
import { usualTrials } from '../../lib/lint.ts'
import { unified } from '../../lib/report/unified.ts'
import { type Facts, inserted, type Rule, replaced, rule } from '../../lib/rule.ts'
import { rules } from '../../rules/index.ts'
import { givenBy, type Setting } from '../tools/lint.ts'
import { root } from '../tools/truth.ts'

const fixed = (text: string, by: readonly Rule[], unsafe = false, setting: Setting = {}) =>
  fix(text, givenBy(setting), { rules: by, severities: {}, trials: usualTrials, unsafe })

const named = (...ids: readonly string[]) => rules.filter(({ id }) => ids.includes(id))

/** Finds a word in comments, and has another one to offer. */
const wording = (id: string, word: string, by: string | ((facts: Facts) => string)): Rule =>
  rule({
    id,
    severity: 'info',
    title: id,
    why: '',
    source: '',
    aliases: [],
    examples: [],
    *check(facts) {
      for (const at of facts.comments) {
        if (!at.text.includes(word)) continue
        const start = at.span.start + 1 + at.text.indexOf(word)
        const text = typeof by === 'string' ? by : by(facts)
        yield {
          at,
          says: word,
          cures: [{ title: by.toString(), edits: [replaced({ start, end: start + word.length }, text)] }],
        }
      }
    },
  })

describe('fix', () => {
  const blob = (path: string) => `dd if=/dev/zero of=${path} bs=1M count=2`
  const cases: readonly (readonly [what: string, before: string, after: string, ids: readonly string[]])[] = [
    [
      'two findings in one round, layout and comments kept',
      `# syntax=docker/dockerfile:1\nFROM alpine:3.20\n\n# the first\nRUN ${blob('/a')}\nRUN rm /a\nENV A=1   # not a comment\nRUN ${blob('/b')} && \\\n    # in between\n    true\nRUN rm /b\n`,
      `# syntax=docker/dockerfile:1\nFROM alpine:3.20\n\n# the first\nRUN ${blob('/a')} \\\n    && rm /a\nENV A=1   # not a comment\nRUN ${blob('/b')} && \\\n    # in between\n    true && \\\n    rm /b\n`,
      ['deleted-in-later-layer'],
    ],
    [
      'line ends as they are',
      `FROM alpine:3.20\r\nRUN ${blob('/a')}\r\nRUN rm /a\r\n`,
      `FROM alpine:3.20\r\nRUN ${blob('/a')} \\\r\n    && rm /a\r\n`,
      ['deleted-in-later-layer'],
    ],
    [
      'to a fixed point: the second one is only possible after the first',
      `FROM alpine:3.20\nRUN ${blob('/a')}\nRUN rm /a && ${blob('/b')}\nRUN rm /b\n`,
      `FROM alpine:3.20\nRUN ${blob('/a')} \\\n    && rm /a && ${blob('/b')} \\\n    && rm /b\n`,
      ['deleted-in-later-layer'],
    ],
    ['nothing to do', 'FROM alpine:3.20\nRUN true\n', 'FROM alpine:3.20\nRUN true\n', ['deleted-in-later-layer']],
    ['a file that is none', 'RUM\n', 'RUM\n', ['syntax']],
  ]
  for (const [what, before, after, ids] of cases)
    it(what, () => {
      const { text, verdict } = fixed(before, named(...ids))
      expect(text).to.equal(after)
      expect(fixed(text, named(...ids)).applied, 'once more').to.deep.equal([])
      expect(verdict.file.text).to.equal(text)
    })

  const text = 'FROM alpine:3.20\n# one\nRUN true\n'
  it('takes no fix that brings another finding', () => {
    const both = [wording('first', 'one', 'two'), wording('second', 'two', 'one')]
    expect(fixed(text, both).text).to.equal(text)
    expect(fixed(text, both.slice(0, 1)).text).to.equal(text.replace('one', 'two'))
  })

  it('takes no fix that leaves its own finding', () => {
    expect(fixed(text, [wording('first', 'one', 'one one')]).text).to.equal(text)
  })

  it('takes the one of two that holds', () => {
    const both = [wording('first', 'one', 'RUN'), wording('second', 'three', 'two'), wording('third', 'RUN', 'x\nRUM')]
    const { text: after, applied } = fixed('FROM alpine:3.20\n# one\n# three\nRUN true\n', both)
    expect(after).to.equal('FROM alpine:3.20\n# one\n# two\nRUN true\n')
    expect(applied.map(({ rule: id, line }) => [id, line])).to.deep.equal([['second', 3]])
  })

  it('what changes files or config is only done on request', () => {
    const setting = wording('setting', 'one', 'one\nENV A=1\n#')
    const silent: Rule = {
      ...setting,
      *check(facts) {
        if (facts.text.includes('ENV')) return
        yield* setting.check(facts)
      },
    }
    expect(fixed(text, [silent]).text).to.equal(text)
    expect(fixed(text, [silent], true).text).to.equal('FROM alpine:3.20\n# one\nENV A=1\n#\nRUN true\n')
  })

  it('writes lines into the ignore file', () => {
    const files = { 'a.txt': 'a', 'data/big.bin': 1_000_000 }
    const ignoring = rule({
      ...wording('ignoring', 'x', 'x'),
      *check({ given, stages }) {
        const at = stages[0]!.steps[0]!
        if (given.context?.lookup('data') === undefined) return
        yield {
          at,
          says: 'x',
          cures: [{ title: 'x', safe: true, edits: [{ ...inserted(0, 'data\n'), ignoreFile: true as const }] }],
        }
      },
    })
    const result = fixed('FROM alpine:3.20\nCOPY . /\n', [ignoring], true, { context: files })
    expect(result.ignore).to.equal('data\n')
    expect(result.applied).to.have.length(1)
  })

  it('tells what is left out, and why', () => {
    const jq = 'RUN apt-get update && apt-get install -y --no-install-recommends jq\n'
    const before = `FROM example.org/team/app:1\n${jq}${jq}RUN apt-get purge -y jq\n`
    const { text, leftOut } = fixed(before, named('package-removed-later'))
    expect(text).to.equal(before)
    expect(leftOut).to.deep.equal([
      {
        rule: 'package-removed-later',
        line: 4,
        title: 'remove them in the RUN that installs them',
        why: 'the finding would stay',
      },
    ])
  })

  it('ends, whatever rules offer', () => {
    let turn = 0
    const restless = wording('restless', 'one', () => `one ${turn++}`)
    expect(fixed(text, [restless]).applied.length).to.be.lessThan(200)
  })
})

describe('fix of whole files, as they were read and found good', () => {
  const file = join(root, 'test/fixtures/fixes.json')
  const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly { name: string; before: string; after: string }[]
  for (const { name, before, after } of cases)
    it(name, () => {
      expect(fixed(before, rules).text).to.equal(after)
      expect(fixed(after, rules).applied, 'once more').to.deep.equal([])
    })
})

describe('unified', () => {
  const cases: readonly (readonly [before: string, after: string, diff: string])[] = [
    ['a\n', 'a\n', ''],
    ['a\n', 'b\n', '@@ -1 +1 @@\n-a\n+b\n'],
    ['', 'a\n', '@@ -0,0 +1 @@\n+a\n'],
    ['a\n', '', '@@ -1 +0,0 @@\n-a\n'],
    ['a', 'a\n', '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n'],
    ['1\n2\n3\n4\n5\n6\n', '1\n2\n3\n4\nx\n6\n', '@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+x\n 6\n'],
    ['a\r\nb\r\n', 'a\r\nc\r\n', '@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n'],
    [
      '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
      'x\n2\n3\n4\n5\n6\n7\n8\ny\n',
      '@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n',
    ],
  ]
  for (const [before, after, diff] of cases)
    it(JSON.stringify([before, after]), () =>
      expect(unified('f', before, after)).to.equal(diff === '' ? '' : `--- a/f\n+++ b/f\n${diff}`),
    )
})
