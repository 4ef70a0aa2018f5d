/** The engine that judges by rules: severities, places, ignore comments, counterfactuals. */
import { expect } from 'chai'
import type { Finding } from '../../../lib/finding.ts'
import { ignoresAt } from '../../../lib/lint/ignores.ts'
import { type LintSettings, lint, usualTrials } from '../../../lib/lint.ts'
import {
  endOfRun,
  mergedRuns,
  type Rule,
  replaced,
  rule,
  withFlag,
  withoutCommands,
  withWord,
} from '../../../lib/rule.ts'
import { rules as allRules } from '../../../rules/index.ts'
import { givenBy, lintText, type Setting } from '../../tools/lint.ts'

/** A rule made for a test. */
const made = (check: Rule['check'], more: Partial<Rule> = {}): Rule =>
  rule({
    id: 'made',
    severity: 'warning',
    title: 'Made for a test',
    why: '',
    source: '',
    aliases: ['hadolint:DL9999', 'buildkit:MadeUp'],
    examples: [],
    check,
    ...more,
  })

const judged = (text: string, rules: readonly Rule[], settings: Partial<LintSettings> = {}, setting: Setting = {}) =>
  lint(text, givenBy(setting), { rules, severities: {}, trials: usualTrials, ...settings }).findings

/** Fires on every command. */
const everyCommand = made(function* ({ stages }) {
  for (const { steps } of stages)
    for (const { commands } of steps) for (const at of commands) yield { at, says: at.argv.join(' ') }
})

/** Fires on every instruction. */
const everyStep = made(function* ({ stages }) {
  for (const { steps } of stages) for (const at of steps) yield { at, says: at.keyword }
})

const places = (findings: readonly Finding[]): readonly string[] =>
  findings.map(
    ({ line, column, endLine, endColumn, message }) => `${line}:${column}-${endLine}:${endColumn} ${message}`,
  )

describe('places of commands', () => {
  const cases: readonly (readonly [text: string, places: readonly string[]])[] = [
    ['FROM alpine:3.20\nRUN rm -f /a\n', ['2:5-2:13 rm -f /a']],
    ['FROM alpine:3.20\nRUN cp /a && \\\n    rm -f /a \\\n    /b\n', ['2:5-2:10 cp /a', '3:5-4:7 rm -f /a /b']],
    ['FROM alpine:3.20\r\nRUN cp /a && \\\r\n  rm -f /a\r\n', ['2:5-2:10 cp /a', '3:3-3:11 rm -f /a']],
    ['FROM alpine:3.20\nRUN cp /a \\\n # note\n && rm -f /a\n', ['2:5-2:10 cp /a', '4:5-4:13 rm -f /a']],
    ['FROM alpine:3.20\nRUN --mount=type=cache,target=/c rm -f /a\n', ['2:34-2:42 rm -f /a']],
    ['FROM alpine:3.20\nRUN <<EOF\ncp /a\nrm -f /a\nEOF\n', ['3:1-3:6 cp /a', '4:1-4:9 rm -f /a']],
    ['FROM alpine:3.20\nRUN <<-EOF\n\tcp /a\n\t\trm -f /a\nEOF\n', ['3:2-3:7 cp /a', '4:3-4:11 rm -f /a']],
    ['FROM alpine:3.20\nRUN sh <<EOF && rm -f /a\ncp /a\nEOF\n', ['3:1-3:6 cp /a', '2:17-2:25 rm -f /a']],
    ['FROM alpine:3.20\nRUN ["rm", "-f", "/a"]\n', ['2:5-2:23 rm -f /a']],
    ['# escape=`\nFROM alpine:3.20\nRUN cp /a && `\n rm -f /a\n', ['3:5-3:10 cp /a', '4:2-4:10 rm -f /a']],
    ['\uFEFFFROM alpine:3.20\nRUN cp /a\n', ['2:5-2:10 cp /a']],
    ['FROM alpine:3.20\nRUN echo 🐳 && rm -f /a\n', ['2:5-2:12 echo 🐳', '2:16-2:24 rm -f /a']],
    ['FROM alpine:3.20\nRUN sh -c "rm -f /a"\n', ['2:12-2:20 rm -f /a']],
    ['FROM alpine:3.20\nRUN clean() { rm -f /a; }; cp /a; clean\n', ['2:28-2:33 cp /a', '2:15-2:23 rm -f /a']],
  ]
  for (const [text, expected] of cases)
    it(JSON.stringify(text.slice(17)), () => {
      const found = places(judged(text, [everyCommand]).toSorted((a, b) => (a.message < b.message ? 1 : -1)))
      expect(found).to.have.members(expected)
    })
})

describe('ignore comments', () => {
  const body = 'FROM alpine:3.20\n'
  const cases: readonly (readonly [text: string, lines: readonly number[]])[] = [
    [`${body}RUN true\nRUN true\n`, [2, 3]],
    [`${body}# stratigraph ignore=made because\nRUN true\nRUN true\n`, [4]],
    [`${body}#stratigraph ignore = other,made\nRUN true\n`, []],
    [`${body}# stratigraph ignore=other\nRUN true\n`, [3]],
    [`${body}# stratigraph ignore=made\n# something else\n\nRUN true\n`, []],
    [`${body}# stratigraph ignore=other\n# stratigraph ignore=made\nRUN true\n`, []],
    [`${body}# stratigraph ignore=DL9999\nRUN true\n`, []],
    [`${body}# stratigraph ignore=all\nRUN true\n`, []],
    [`# stratigraph global ignore=made\n${body}RUN true\nRUN true\n`, []],
    [`${body}RUN true\nRUN true\n# stratigraph global ignore=made a reason\n`, []],
    [`${body}# hadolint ignore=DL3008,DL9999\nRUN true\nRUN true\n`, [4]],
    [`${body}# hadolint ignore=made\nRUN true\n`, [3]],
    [`# hadolint global ignore=DL9999\n${body}RUN true\n`, []],
    [`# check=skip=MadeUp\n${body}RUN true\n`, []],
    [`# check=skip=JSONArgsRecommended,madeup;error=true\n${body}RUN true\n`, []],
    [`# check=skip=all\n${body}RUN true\n`, []],
    [`${body}# check=skip=MadeUp\nRUN true\nRUN true\n`, [4]],
    [`${body}RUN true \\\n# stratigraph ignore=made\n && true\nRUN true\n`, [5]],
    [`${body}RUN true\n# stratigraph ignore=made\n`, [2]],
  ]
  for (const [text, lines] of cases)
    it(JSON.stringify(text), () => {
      expect(judged(text, [everyStep]).map(({ line }) => line)).to.deep.equal(lines)
    })

  const unreadable = allRules.filter(({ id }) => /^(?:syntax|builder-refuses|unused-ignore)$/.test(id))
  const refusals: readonly (readonly [text: string, told: readonly string[]])[] = [
    [
      `${body}RUM a\nRUM b\nRUM c\n`,
      ['2 unknown instruction: RUM (did you mean RUN?), and 2 more lines that cannot be read'],
    ],
    [
      `${body}# stratigraph ignore=syntax filled in later\nRUM a\nRUM b\nRUM c\n`,
      ['4 unknown instruction: RUM (did you mean RUN?), and 1 more line that cannot be read'],
    ],
    [`${body}RUM a\n# stratigraph ignore=DL1000\nRUM b\n`, ['2 unknown instruction: RUM (did you mean RUN?)']],
    [`${body}# stratigraph ignore=syntax\nRUM a\n# stratigraph ignore=syntax\nRUM b\n`, []],
    [`# stratigraph global ignore=syntax\n${body}RUM a\nRUM b\n`, []],
    [`# stratigraph global ignore=all\n${body}RUM a\nRUM b\n`, []],
    [
      `${body}# stratigraph ignore=all\nRUM a\n`,
      ['2 there is nothing to ignore of all', '3 unknown instruction: RUM (did you mean RUN?)'],
    ],
    [
      `${body}# stratigraph ignore=all\nSTOPSIGNAL SIGNO\n`,
      ['2 there is nothing to ignore of all', '3 invalid signal: SIGNO'],
    ],
    [`${body}# stratigraph ignore=builder-refuses\nSTOPSIGNAL SIGNO\n`, []],
  ]
  for (const [text, told] of refusals)
    it(`what a builder refuses: ${JSON.stringify(text)}`, () => {
      const found = judged(text, unreadable, {}, { context: {} })
      expect(found.map(({ line, message }) => `${line} ${message}`)).to.deep.equal(told)
    })

  it('costs no more for a line of a long file than for one of a short file', () => {
    const asked = (count: number): number => {
      let reads = 0
      const range = (start: number) => ({
        get start() {
          reads++
          return start
        },
        get end() {
          reads++
          return start + 5
        },
      })
      const covering = Array.from({ length: count }, (_, i) => ({
        ...{ span: range(0), line: 1, by: 'stratigraph' as const, ids: [], reason: '', judged: true },
        ...{ covers: range(i * 10), used: new Set<string>() },
      }))
      const at = ignoresAt(covering)
      reads = 0
      expect([0, 3, 4999, 5004, 5005].map((offset) => at(offset).length)).to.deep.equal([1, 1, 0, 1, 0])
      return reads
    }
    expect(asked(16_000)).to.be.lessThan(asked(1000) * 2)
  })

  it('what was not needed is known to rules that come last', () => {
    const unused = made(
      function* ({ ignores }) {
        for (const ignore of ignores)
          for (const id of ignore.ids) if (!ignore.used.has(id)) yield { at: ignore, says: id }
      },
      { id: 'unused', last: true },
    )
    const text = `${body}# stratigraph ignore=made,other\nRUN true\n# stratigraph ignore=all\n`
    expect(judged(text, [unused, everyStep]).map(({ line, message }) => [line, message])).to.deep.equal([
      [2, 'other'],
      [4, 'all'],
    ])
  })
})

describe('severities', () => {
  const unsure = made(function* ({ stages }) {
    for (const at of stages[0]!.steps) yield { at, says: 'x', sure: false }
  })
  const own = (severity: Finding['severity']) =>
    made(function* ({ stages }) {
      for (const at of stages[0]!.steps) yield { at, says: 'x', severity }
    })
  const cases: readonly (readonly [what: string, Rule, LintSettings['severities'], expected: string | undefined])[] = [
    ['as the rule has it', everyStep, {}, 'warning'],
    ['as configured', everyStep, { made: 'error' }, 'error'],
    ['off', everyStep, { made: 'off' }, undefined],
    ['off by itself', { ...everyStep, severity: 'off' }, {}, undefined],
    ['switched on', { ...everyStep, severity: 'off' }, { made: 'info' }, 'info'],
    ['what cannot be decided is a remark', unsure, {}, 'info'],
    ['the lower one of hit and rule', own('info'), {}, 'info'],
    ['never above the rule', own('error'), {}, 'warning'],
    ['unless configured', own('info'), { made: 'error' }, 'error'],
  ]
  for (const [what, one, severities, expected] of cases)
    it(what, () => {
      expect(judged('FROM alpine:3.20\nRUN true\n', [one], { severities })[0]?.severity).to.equal(expected)
    })
})

describe('order, doubles and fingerprints', () => {
  it('findings come by place, each once', () => {
    const twice = made(function* (facts) {
      yield* [...everyStep.check(facts)].reverse()
      yield* everyStep.check(facts)
    })
    expect(judged('FROM alpine:3.20\nRUN true\nENV A=1\n', [twice]).map(({ line }) => line)).to.deep.equal([2, 3])
  })

  it('a fingerprint outlives lines added above', () => {
    const prints = (text: string) => judged(text, [everyStep]).map((finding) => finding.fingerprint())
    const before = prints('FROM alpine:3.20\nRUN true\nRUN true\n')
    expect(new Set(before).size).to.equal(2)
    expect(prints('# a\n\nFROM alpine:3.20\nENV A=1\nRUN true\nRUN true\n').slice(1)).to.deep.equal(before)
  })
})

describe('suggestions', () => {
  const blob = (mb: number, to = '/blob') => `dd if=/dev/zero of=${to} bs=1M count=${mb}`
  /** Offers one cure on the last step, as if 8 MiB were at stake. */
  const offering = (cure: (...a: Parameters<Rule['check']>) => readonly ReturnType<typeof replaced>[] | undefined) =>
    made(function* (facts) {
      const at = facts.stages.at(-1)!.steps.at(-1)!
      const edits = cure(facts)
      const wasted = { bytes: 8 << 20, low: 8 << 20, high: 8 << 20, basis: 'exact', source: 'x' } as const
      yield { at, says: 'x', wasted, cures: [edits && { title: 'cure', edits }] }
    })
  const last = (facts: Parameters<Rule['check']>[0]) => facts.stages.at(-1)!.steps.at(-1)!
  const text = `FROM alpine:3.20\nRUN ${blob(8)}\nRUN rm /blob\n`

  it('saves is the difference of two predictions, whatever the finding wastes', () => {
    const [found] = judged(`FROM alpine:3.20\nRUN ${blob(8)}\nRUN rm /blob && ${blob(2, '/other')}\n`, [
      offering((facts) => {
        const [one, two] = facts.stages[0]!.steps
        return [replaced(one!.commands[0]!.span, blob(5)), ...(two === undefined ? [] : [])]
      }),
    ])
    expect(found?.wasted?.bytes).to.equal(8 << 20)
    expect(found?.suggestions.map(({ saves }) => saves.bytes)).to.deep.equal([3 << 20])
  })

  const dropped: readonly (readonly [what: string, Rule])[] = [
    ['saves nothing', offering((facts) => [replaced(last(facts).commands[0]!.span, 'rm -f /blob')])],
    ['costs bytes', offering((facts) => [replaced(last(facts).commands[0]!.span, blob(9, '/x'))])],
    [
      'no longer parses',
      offering((facts) => [replaced({ start: last(facts).span.start, end: last(facts).span.start + 3 }, 'RUM')]),
    ],
    ['overlaps itself', offering((facts) => [replaced(last(facts).span, ''), replaced(last(facts).span, '')])],
    ['lies outside', offering(() => [replaced({ start: 5000, end: 5001 }, '')])],
    ['changes nothing', offering(() => [replaced({ start: 0, end: 0 }, '')])],
  ]
  for (const [what, one] of dropped)
    it(`${what}: dropped`, () => expect(judged(text, [one])[0]?.suggestions).to.deep.equal([]))

  it('makes a RUN fail: dropped', () => {
    const programs = ['sh', 'dd', 'rm'].map((name) => `COPY --chmod=755 <<EOF /bin/${name}\n${name}\nEOF\n`).join('')
    const removing = offering((facts) => [replaced(facts.stages[0]!.steps[0]!.span, 'RUN true')])
    const [found] = judged(
      text.replace('alpine:3.20', 'mini'),
      [removing],
      {},
      { bases: { mini: `FROM scratch\n${programs}` } },
    )
    expect(found?.suggestions).to.deep.equal([])
  })

  it('what changes a file that is seen, or the config, is not safe', () => {
    const cases: readonly (readonly [text: string, Rule, safe: boolean])[] = [
      [text, offering((facts) => mergedRuns(facts.stages[0]!.steps, facts)), true],
      [
        `FROM alpine:3.20\nRUN ${blob(8)} && echo a > /a\nRUN rm /blob\n`,
        offering((facts) => [replaced(facts.stages[0]!.steps[0]!.span, 'RUN touch /blob && echo b > /a')]),
        false,
      ],
      [
        text,
        offering((facts) => [
          ...(mergedRuns(facts.stages[0]!.steps, facts) ?? []),
          replaced({ start: facts.text.length, end: facts.text.length }, 'ENV A=1\n'),
        ]),
        false,
      ],
    ]
    for (const [one, by, safe] of cases)
      expect(
        judged(one, [by])[0]?.suggestions.map((suggestion) => suggestion.safe),
        one,
      ).to.deep.equal([safe])
  })

  it('lines of the ignore file are tried with the context filtered anew', () => {
    const [found] = lintText(
      'FROM alpine:3.20\nCOPY . /app\n',
      { context: { 'a.txt': 'a', 'data/big.bin': 3_000_000, '.dockerignore': 'x\n' } },
      {
        rules: [
          offering(({ given }) => [
            {
              start: given.context!.ignore.length,
              end: given.context!.ignore.length,
              text: 'data\n',
              ignoreFile: true,
            },
          ]),
        ],
      },
    ).findings
    expect(found?.suggestions[0]).to.deep.include({ safe: false })
    // The copy of the ignore file in the image grows.
    expect(found?.suggestions[0]?.saves.bytes).to.equal(3_000_000 - 'data\n'.length)
    expect(found?.suggestions[0]?.edits).to.deep.equal([{ file: '.dockerignore', start: 2, end: 2, text: 'data\n' }])
  })

  it('what is saved counts what a layer takes by itself, and the new length of a Dockerfile that is copied along', () => {
    const dockerfile = `FROM alpine:3.20\nCOPY . /app\nRUN ${blob(8)}\nRUN rm /blob\n`
    const cure = offering((facts) => mergedRuns(facts.stages[0]!.steps.slice(1), facts))
    const saved = (builder: string, context: Readonly<Record<string, string>>) =>
      judged(dockerfile, [cure], {}, { builder, context })[0]!.suggestions[0]!
    const { saves, edits } = saved('buildkit', { Dockerfile: dockerfile })
    const grown = edits.reduce((sum, { start, end, text: by }) => sum + by.length - (end - start), 0)
    expect(grown).to.not.equal(0)
    expect(saves.bytes).to.equal((8 << 20) - grown)
    expect(saved('buildkit', { a: 'a' }).saves.bytes).to.equal(8 << 20)
    // A header and the content in blocks, the mark of a removed file, and the end of a tar less. The base may have had a
    // file of that name; then a mark stays.
    const { low, high } = saved('buildah', { a: 'a' }).saves
    expect([low, high]).to.deep.equal([512 + (8 << 20) + 1024, 512 + (8 << 20) + 512 + 1024])
  })

  it('are bounded', () => {
    const many = made(function* (facts) {
      const at = last(facts)
      for (let i = 0; i < 20; i++)
        yield {
          at,
          says: `${i}`,
          cures: [{ title: 'x', edits: [replaced(at.commands[0]!.span, `rm /blob ${' '.repeat(i)}# ${i}`)] }],
        }
    })
    expect(judged(text, [many], { trials: 5 }).filter(({ suggestions }) => suggestions.length > 0)).to.have.length(5)
    expect(judged(text, [many], { trials: 0 }).filter(({ suggestions }) => suggestions.length > 0)).to.have.length(0)
  })
})

describe('edits', () => {
  type Facts = Parameters<Rule['check']>[0]
  const changed = (
    text: string,
    edit: (facts: Facts) => ReturnType<typeof replaced> | undefined,
  ): string | undefined => {
    let result: string | undefined
    const one = made((facts) => {
      const change = edit(facts)
      if (change !== undefined) result = text.slice(0, change.start) + change.text + text.slice(change.end)
      return []
    })
    judged(text, [one])
    return result
  }
  const run = (facts: Facts) => facts.stages[0]!.steps[0]!
  const from = 'FROM alpine:3.20\n'
  const ends: readonly (readonly [run: string, after: string | undefined])[] = [
    ['RUN a', 'RUN a && z'],
    ['RUN a;', undefined],
    ['RUN set -e; a;', 'RUN set -e; a; z'],
    ['RUN set -e; a; b', 'RUN set -e; a; b; z'],
    ['RUN set -eux; \\\n\ta; \\\n\tb', 'RUN set -eux; \\\n\ta; \\\n\tb; \\\n\tz'],
    ['RUN set -e; a && b', 'RUN set -e; a && b && z'],
    ['RUN set -e; if a; then b; fi', 'RUN set -e; if a; then b; fi; z'],
    ['RUN set -e && a && if b; then c; d; fi', undefined],
    ['RUN a \\\n    && b \\\n       c', 'RUN a \\\n    && b \\\n       c \\\n    && z'],
    ['RUN a \\\n       c', 'RUN a \\\n       c \\\n    && z'],
    ['RUN a && \\\n    b', 'RUN a && \\\n    b && \\\n    z'],
    ['RUN a \\\n  && b', 'RUN a \\\n  && b \\\n  && z'],
    ['RUN a; \\\n\tb; \\\n\tc', 'RUN a; \\\n\tb; \\\n\tc \\\n\t&& z'],
    ['RUN a || b', 'RUN a || b && z'],
    ['RUN if a; then b; fi', 'RUN if a; then b; fi && z'],
    ['RUN a # note', undefined],
    ['RUN a &', undefined],
    ['RUN ["a"]', undefined],
    ['RUN <<EOF\na\nEOF', 'RUN <<EOF\na && z\nEOF'],
    ['RUN <<EOF\nset -e\na\nEOF', 'RUN <<EOF\nset -e\na\nz\nEOF'],
    ['RUN <<-EOF\n\tset -e\n\ta\n\tEOF', 'RUN <<-EOF\n\tset -e\n\ta\n\tz\n\tEOF'],
    ['RUN <<-EOF\n\tx\n\ta\n\tEOF', 'RUN <<-EOF\n\tx\n\ta && z\n\tEOF'],
    ['RUN <<EOF\n#!/usr/bin/env python3\na\nEOF', undefined],
    ['RUN cat <<EOF > /x\na\nEOF', undefined],
  ]
  for (const [text, expected] of ends)
    it(`endOfRun ${JSON.stringify(text)}`, () =>
      expect(changed(`${from}${text}\n`, (facts) => endOfRun(run(facts), 'z', facts))).to.equal(
        expected && `${from}${expected}\n`,
      ))

  const gone: readonly (readonly [run: string, after: string | undefined])[] = [
    ['RUN rm /a', ''],
    ['RUN true && rm /a', 'RUN true\n'],
    ['RUN rm /a && true', 'RUN true\n'],
    ['RUN true; rm /a; true', 'RUN true; true\n'],
    ['RUN true \\\n && rm /a \\\n && true', 'RUN true \\\n && true\n'],
    ['RUN true || rm /a', undefined],
    ['RUN if true; then rm /a; fi', undefined],
  ]
  for (const [text, expected] of gone)
    it(`withoutCommands ${JSON.stringify(text)}`, () =>
      expect(
        changed(`${from}RUN touch /a\n${text}\n`, (facts) => {
          const command = facts.stages[0]!.steps[1]!.commands.find(({ name }) => name === 'rm')
          return command && withoutCommands([command], facts)
        }),
      ).to.equal(expected === undefined ? undefined : `${from}RUN touch /a\n${expected}`))

  it('withFlag and withWord', () => {
    expect(changed(`${from}RUN apk add curl\n`, (facts) => withFlag(run(facts), '--network=none'))).to.equal(
      `${from}RUN --network=none apk add curl\n`,
    )
    expect(changed(`${from}RUN touch -c a\n`, (facts) => withWord(run(facts).commands[0]!, 1, '-m'))).to.equal(
      `${from}RUN touch -c -m a\n`,
    )
  })

  const merges: readonly (readonly [runs: string, merged: string | undefined])[] = [
    ['RUN true\nRUN rm -f /a\n', 'RUN true \\\n    && rm -f /a\n'],
    ['RUN true\n\n# why\nRUN rm -f /a\n', 'RUN true \\\n# why\n    && rm -f /a\n'],
    ['RUN true && \\\n  true\nRUN rm -f /a\n', 'RUN true && \\\n  true && \\\n  rm -f /a\n'],
    ['RUN true\nRUN rm -f /a || true\n', 'RUN true \\\n    && { rm -f /a || true; }\n'],
    ['RUN true\nRUN rm -f /a; true\n', 'RUN true \\\n    && { rm -f /a; true; }\n'],
    // In a shell of its own what changes the shell.
    ['RUN cd /tmp\nRUN rm -f /a\n', 'RUN (cd /tmp) \\\n    && rm -f /a\n'],
    ['RUN A=1; true\nRUN rm -f /a\n', 'RUN (A=1; true) \\\n    && rm -f /a\n'],
    ['RUN set -x; true\nRUN rm -f /a\n', 'RUN (set -x; true) \\\n    && rm -f /a\n'],
    [
      'RUN true\nRUN cd /tmp && \\\n  make\nRUN rm -f /a\n',
      'RUN true \\\n    && (cd /tmp && \\\n  make) && \\\n  rm -f /a\n',
    ],
    ['RUN (true) && cd /x\nRUN rm -f /a\n', 'RUN ( (true) && cd /x) \\\n    && rm -f /a\n'],
    ['RUN for i in 1 2; do cd $i; done\nRUN rm -f /a\n', 'RUN (for i in 1 2; do cd $i; done) \\\n    && rm -f /a\n'],
    ['RUN cd /tmp\nRUN rm -f /a; true\n', 'RUN (cd /tmp) \\\n    && { rm -f /a; true; }\n'],
    ['RUN set -ex; true\nRUN rm -f /a\n', undefined],
    ['RUN set -o errexit; cd /a\nRUN rm -f /a\n', undefined],
    ['RUN . /env && cd /x\nRUN rm -f /a\n', undefined],
    ['RUN trap true EXIT; true\nRUN rm -f /a\n', undefined],
    ['RUN true\nENV A=1\nRUN rm -f /a\n', undefined],
    ['RUN true\nRUN --network=none rm -f /a\n', undefined],
    ['RUN --network=none true\nRUN --network=none rm -f /a\n', 'RUN --network=none true \\\n    && rm -f /a\n'],
    ['RUN true\nRUN ["rm", "-f", "/a"]\n', undefined],
    ['RUN true # note\nRUN rm -f /a\n', undefined],
    ['RUN true\r\nRUN rm -f /a\r\n', 'RUN true \\\r\n    && rm -f /a\r\n'],
  ]
  for (const [runs, merged] of merges)
    it(`mergedRuns ${JSON.stringify(runs)}`, () => {
      let result: string | undefined
      const one = made((facts) => {
        const steps = facts.stages[0]!.steps.filter(({ keyword }) => keyword === 'RUN')
        const changes = mergedRuns(steps, facts)
        if (changes !== undefined) {
          result = facts.text
          for (const { start, end, text } of changes.toReversed())
            result = result.slice(0, start) + text + result.slice(end)
        }
        return []
      })
      judged(from + runs, [one])
      expect(result).to.equal(merged && from + merged)
    })
})

describe('every rule', () => {
  const odd = [
    '',
    '\n',
    'FROM',
    'FROM scratch',
    'RUN x',
    'FROM a AS a\nFROM a',
    'FROM alpine\nRUN <<E',
    '\u0000',
    'FROM alpine:3.20\nONBUILD RUN rm -rf /x',
  ]
  for (const text of odd)
    it(`says something sound about ${JSON.stringify(text)}`, () => {
      for (const { line, column, endLine, endColumn, message } of lintText(text).findings) {
        expect(line).to.be.greaterThan(0)
        expect(column).to.be.greaterThan(0)
        expect(endLine > line || endColumn >= column).to.equal(true)
        expect(message).to.not.match(/undefined|NaN|\[object|\n/)
      }
    })

  it('has an id of its own', () => {
    expect(new Set(allRules.map(({ id }) => id)).size).to.equal(allRules.length)
  })
})

describe('lint of a very long file', () => {
  it('asks each line once', () => {
    const lines = Array.from({ length: 45_000 }, (_, i) => `ENV V${i}=${i}\n`)
    const found = judged(`FROM alpine:3.20\n${lines.join('')}ENV PASSWORD=hunter2x9\n`, allRules)
    expect(found.map(({ rule, line }) => `${rule} ${line}`)).to.include('secret-in-history 45002')
  })
})
