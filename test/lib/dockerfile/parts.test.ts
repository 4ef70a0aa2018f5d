import { expect } from 'chai'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { traitsOf } from '../../../lib/builders/traits.ts'
import { durationOf, durationText } from '../../../lib/dockerfile/duration.ts'
import { Refused, readOperands } from '../../../lib/dockerfile/operands.ts'
import { cleanPath, resolvePath } from '../../../lib/dockerfile/paths.ts'
import { exposedPorts } from '../../../lib/dockerfile/ports.ts'
import { scan } from '../../../lib/dockerfile/scan.ts'
import { Scope } from '../../../lib/dockerfile/scope.ts'
import { isSignal } from '../../../lib/dockerfile/signals.ts'
import { splitWords } from '../../../lib/dockerfile/words.ts'

describe('words of ENV, LABEL and ARG', () => {
  const cases: readonly (readonly [text: string, words: readonly string[]])[] = [
    ['a=b c=d', ['a=b', 'c=d']],
    ['a="b c" d=\'e f\'', ['a="b c"', "d='e f'"]],
    ['a=b\\ c', ['a=b\\ c']],
    ['a="b\\"c"', ['a="b\\"c"']],
    ["a='b\\' c", ["a='b\\'", 'c']],
    ['a\\', ['a']],
    ['""', ['""']],
  ]
  for (const [text, words] of cases) it(text, () => expect(splitWords(text, '\\')).to.deep.equal(words))
})

describe('operands', () => {
  const read = (line: string, builder = 'buildkit') => {
    const traits = traitsOf(chooseBuilder(builder))
    const { instructions } = scan(line, traits)
    return readOperands(instructions[0]!, traits, '\\')
  }
  const message = (line: string, builder?: string) => {
    const operands = read(line, builder)
    return operands instanceof Refused ? operands.message : undefined
  }

  it('reads pairs in both forms', () => {
    expect(read('ENV a b  c')).to.deep.equal({ keyword: 'ENV', pairs: [['a', 'b  c']] })
    expect(read('LABEL a=b "c d"=e')).to.deep.equal({
      keyword: 'LABEL',
      pairs: [
        ['a', 'b'],
        ['"c d"', 'e'],
      ],
    })
  })

  it('reads FROM', () => {
    expect(read('FROM --platform=x a:1 AS Two')).to.deep.equal({
      keyword: 'FROM',
      image: 'a:1',
      name: 'two',
      platform: 'x',
    })
  })

  it('reads a health check in nanoseconds', () => {
    expect(read('HEALTHCHECK --interval=1m30s --retries=5 CMD ["a","b c"]')).to.deep.equal({
      keyword: 'HEALTHCHECK',
      health: { Test: ['CMD', 'a', 'b c'], Interval: 90e9, Retries: 5 },
    })
  })

  it('sorts the words of EXPOSE as written', () => {
    expect(read('EXPOSE 80 443/tcp 8080')).to.deep.equal({ keyword: 'EXPOSE', words: ['443/tcp', '80', '8080'] })
  })

  const refused: readonly (readonly [line: string, builder: string, refused: boolean])[] = [
    ['FROM a AS 1x', 'buildkit', true],
    ['FROM a AS 1x', 'buildah', false],
    ['FROM a b', 'buildkit', true],
    ['ENV a', 'buildkit', true],
    ['ENV =1', 'classic', true],
    ['ENV =1', 'buildah', false],
    ['ENV a=b c', 'buildkit', true],
    ['ARG =1', 'buildkit', true],
    ['ARG a b', 'classic@17.06', true],
    ['NOPE x', 'buildkit', true],
    ['SHELL sh', 'buildkit', true],
    ['COPY a', 'buildkit', true],
    ['COPY http://x.example/a /b', 'buildkit', true],
    ['ADD http://x.example/a /b', 'buildkit', false],
    ['COPY --chmod=755 a b', 'classic', true],
    ['COPY --link a b', 'buildkit@0.9', true],
    ['COPY --link a b', 'classic@20.10', true],
    ['COPY --link a b', 'classic@29.7', false],
    ['COPY --parents a b', 'frontend@1.19', true],
    ['COPY --parents a b', 'frontend@1.20', false],
    ['COPY --from=a --from=b c d', 'buildkit', true],
    ['COPY --link=maybe c d', 'buildkit', true],
    ['RUN --mount=type=cache,target=/x y', 'classic', true],
    ['RUN --network=none y', 'docker@20.10', true],
    ['HEALTHCHECK CMD', 'buildkit', true],
    ['HEALTHCHECK NONE x', 'buildkit', true],
    ['HEALTHCHECK --retries=0 CMD x', 'docker@20.10', true],
    ['HEALTHCHECK --retries=0 CMD x', 'buildkit', false],
    ['HEALTHCHECK --interval=1us CMD x', 'buildkit', true],
    ['HEALTHCHECK --interval=1us CMD x', 'buildah', false],
    ['ONBUILD ONBUILD RUN x', 'buildkit', true],
    ['ONBUILD FROM x', 'buildkit', true],
    ['VOLUME [""]', 'buildkit', true],
    ['WORKDIR', 'buildkit', true],
  ]
  for (const [line, builder, no] of refused)
    it(`${builder} ${no ? 'refuses' : 'takes'} ${line}`, () =>
      expect(message(line, builder) !== undefined).to.equal(no))
})

describe('small readers', () => {
  it('durations', () => {
    for (const [text, nanoseconds] of [
      ['1m30s', 90e9],
      ['500ms', 5e8],
      ['2h', 7.2e12],
      ['1.5µs', 1500],
      ['0', 0],
      ['-1s', -1e9],
    ] as const)
      expect(durationOf(text), text).to.equal(nanoseconds)
    for (const text of ['', '5', 's', '1x', '1m 2s']) expect(durationOf(text), text).to.equal(undefined)
    for (const [nanoseconds, text] of [
      [0, '0s'],
      [5e8, '500ms'],
      [1500, '1.5µs'],
      [90e9, '1m30s'],
      [7.2e12, '2h0m0s'],
      [3600.5e9, '1h0m0.5s'],
      [7, '7ns'],
    ] as const)
      expect(durationText(nanoseconds)).to.equal(text)
  })

  it('ports', () => {
    for (const [spec, ports] of [
      ['80', ['80/tcp']],
      ['53/UDP', ['53/udp']],
      ['7000-7002/tcp', ['7000/tcp', '7001/tcp', '7002/tcp']],
      ['127.0.0.1:8080:80', ['80/tcp']],
      ['[::1]:8080:80', ['80/tcp']],
    ] as const)
      expect(exposedPorts(spec), spec).to.deep.equal(ports)
    for (const spec of ['http', '80/icmp', '70000', '9-8', '', '/tcp', '1:x:80'])
      expect(exposedPorts(spec), spec).to.be.a('string')
  })

  it('signals', () => {
    for (const text of ['SIGTERM', 'int', '9', 'RTMIN+3', 'SIGRTMAX-2']) expect(isSignal(text), text).to.equal(true)
    for (const text of ['', '0', 'SIGFOO', 'RTMIN+99']) expect(isSignal(text), text).to.equal(false)
  })

  it('paths', () => {
    for (const [path, clean] of [
      ['/a//b/./c/../d/', '/a/b/d'],
      ['', '.'],
      ['/..', '/'],
      ['../a', '../a'],
      ['a/..', '.'],
    ] as const)
      expect(cleanPath(path)).to.equal(clean)
    expect(resolvePath('', 'a')).to.equal('/a')
    expect(resolvePath('/x', '../a')).to.equal('/a')
  })

  it('variables keep what they were at an earlier line', () => {
    const scope = new Scope([['A', '1']])
    const early = scope.view()
    scope.set('B', '2')
    scope.set('A', '3')
    const late = scope.view()
    scope.set('A', undefined)
    expect([early.get('A'), early.get('B'), late.get('A')]).to.deep.equal(['1', undefined, '3'])
    expect([early.entries(), late.entries(), scope.entries()]).to.deep.equal([
      [['A', '1']],
      [
        ['A', '3'],
        ['B', '2'],
      ],
      [['B', '2']],
    ])
  })
})
