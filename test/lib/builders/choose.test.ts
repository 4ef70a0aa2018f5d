import { expect } from 'chai'
import { chooseBuilder, sizeModelOf, withSyntax } from '../../../lib/builders/choose.ts'
import { list, quoted, quotedList, quotedRune } from '../../../lib/builders/go-text.ts'
import { traitsOf } from '../../../lib/builders/traits.ts'

describe('--builder', () => {
  const cases: readonly (readonly [text: string, version: string, frontend: string | null, more?: object])[] = [
    ['buildkit', '0.34', '1.28'],
    ['buildkit@0.25', '0.25', '1.19'],
    ['buildkit@v0.25.2', '0.25', '1.19'],
    ['frontend@1.19', '0.25', '1.19'],
    ['docker@28.5', '0.25', '1.19'],
    ['docker@29', '0.25', '1.19'],
    ['docker@29.8.1', '0.33', '1.27'],
    ['docker@29.9', '0.34', '1.28'],
    ['docker@20.10.24', '0.8', '1.2'],
    ['docker@27.2', '0.15', '1.9'],
    ['classic', '29.9', null, { client: '29.9' }],
    ['classic@29.7,client=28.5', '29.7', null, { client: '28.5' }],
    ['classic@1.12.6', '1.12.6', null, { client: '1.12.6' }],
    ['buildah', '1.43', null, { podman: null }],
    ['buildah@1.28.2', '1.28.2', null],
    ['podman@5.8', '1.43', null, { podman: '5.8' }],
    ['podman@4.3.1', '1.28', null, { podman: '4.3' }],
  ]
  for (const [text, version, frontend, more = {}] of cases)
    it(text, () => expect(chooseBuilder(text)).to.include({ version, frontend, ...more }))

  for (const text of [
    '',
    'kaniko',
    'buildkit@0.99',
    'buildkit@1',
    'docker@19.03',
    'podman@3',
    'classic@1.9',
    'buildkit@0.25,client=1',
    'classic@29.7,x',
  ])
    it(`refuses ${text || 'nothing'}`, () => expect(() => chooseBuilder(text)).to.throw(/--builder/))

  it('gives each its own way of counting', () => {
    expect(
      ['buildkit', 'docker@28.5', 'classic', 'buildah', 'podman@5.8'].map((b) => sizeModelOf(chooseBuilder(b))),
    ).to.deep.equal(['buildkit', 'buildkit', 'classic', 'podman', 'podman'])
  })
})

describe('# syntax=', () => {
  const old = chooseBuilder('buildkit@0.20')
  const cases: readonly (readonly [image: string, frontend: string, labs: boolean])[] = [
    ['docker/dockerfile:1', '1.28', false],
    ['docker/dockerfile', '1.28', false],
    ['docker.io/docker/dockerfile:latest', '1.28', false],
    ['mirror.example/docker/dockerfile:1.7', '1.7', false],
    ['docker/dockerfile:1.7.1-labs', '1.7', true],
    ['docker/dockerfile:1-labs', '1.28', true],
    ['docker/dockerfile:1.7@sha256:00', '1.7', false],
  ]
  for (const [image, frontend, labs] of cases)
    it(image, () => {
      const { builder, problem } = withSyntax(old, image, 1)
      expect([builder.frontend, builder.labs, problem]).to.deep.equal([frontend, labs, undefined])
    })

  it('leaves the builder where the frontend is not known, and says so', () => {
    for (const image of ['example/other:1', 'docker/dockerfile:1.99', 'docker/dockerfile:2']) {
      const { builder, problem } = withSyntax(old, image, 3)
      expect([builder, problem?.line]).to.deep.equal([old, 3])
    }
  })

  it('means nothing to other builders', () => {
    const classic = chooseBuilder('classic')
    expect(withSyntax(classic, 'docker/dockerfile:1.4', 1).builder).to.equal(classic)
  })

  it('knows the flags of labs', () => {
    const stable = traitsOf(withSyntax(old, 'docker/dockerfile:1.7', 1).builder).flags.COPY
    const labs = traitsOf(withSyntax(old, 'docker/dockerfile:1.7-labs', 1).builder).flags.COPY
    expect([stable?.includes('parents?'), labs?.includes('parents?')]).to.deep.equal([false, true])
    const devices = (builder: string) => traitsOf(chooseBuilder(builder)).flags.RUN?.includes('device*')
    expect([devices('frontend@1.26'), devices('frontend@1.27')]).to.deep.equal([false, true])
  })
})

describe("Go's way of printing", () => {
  it('lists', () => {
    expect(list(['/bin/sh', '-c'])).to.equal('[/bin/sh -c]')
    expect(quotedList(['a b', 'c'])).to.equal('["a b" "c"]')
    expect(quotedList([])).to.equal('[]')
  })

  const strings: readonly (readonly [text: string, printed: string])[] = [
    ['a"b\\', '"a\\"b\\\\"'],
    ['\t\n\x07\v', '"\\t\\n\\a\\v"'],
    ['\x00\x7f\x1b', '"\\x00\\x7f\\x1b"'],
    ["<é日😀>&'", '"<é日😀>&\'"'],
    ['\u00a0\u200b\u3000', '"\\u00a0\\u200b\\u3000"'],
    ['\u{e0001}', '"\\U000e0001"'],
  ]
  for (const [text, printed] of strings) it(printed, () => expect(quoted(text)).to.equal(printed))

  it('runes', () => {
    expect([0, 5, 10, 39, 65, 92, 300, 0xd800].map(quotedRune)).to.deep.equal([
      "'\\x00'",
      "'\\x05'",
      "'\\n'",
      "'\\''",
      "'A'",
      "'\\\\'",
      "'Ĭ'",
      "'�'",
    ])
  })
})
