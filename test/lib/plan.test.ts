import { expect } from 'chai'
import { chooseBuilder, predict } from '../../lib/index.ts'
import type { Base, Given, ImageConfig } from '../../lib/model.ts'

const base =
  (config: ImageConfig) =>
  (ref: string): Base => ({ ref, rows: [], config, author: '', facts: { complete: false } })
const texts = (text: string, more: Partial<Given> = {}) =>
  predict(text, { base: base({}), ...more }).image.rows.map(({ createdBy }) => createdBy)
const by = (builder: string, more: Partial<Given> = {}): Partial<Given> => ({
  builder: chooseBuilder(builder),
  base: base({}),
  ...more,
})

describe('plan', () => {
  const targets: readonly (readonly [target: string | null, builder: string, found: string | undefined])[] = [
    [null, 'buildkit', '2'],
    ['ONE', 'buildkit', 'one'],
    ['ONE', 'classic', 'one'],
    ['ONE', 'buildah', undefined],
    ['one', 'buildah', 'one'],
    ['1', 'buildkit', undefined],
    ['2', 'buildah', '2'],
    ['nope', 'classic', undefined],
  ]
  for (const [target, builder, found] of targets)
    it(`--target ${target} for ${builder}: ${found}`, () => {
      const { refused, target: name } = predict('FROM a AS One\nFROM b AS two\nFROM one\n', by(builder, { target }))
      expect(refused === null ? name : undefined).to.equal(found)
    })

  it('finds a stage by its name as each builder compares it', () => {
    const text = 'FROM scratch AS Base\nENV A=1\nFROM Base\nENV B=$A\n'
    expect(texts(text, by('classic')).at(-1)).to.equal('/bin/sh -c #(nop)  ENV B=1')
    expect(texts(text, by('buildkit')).at(-1)).to.equal('ENV B=')
    expect(texts(text.replace('FROM Base', 'FROM base'), by('buildkit')).at(-1)).to.equal('ENV B=1')
  })

  it('says that --squash changes nothing, where it does not', () => {
    const said = (builder: string) => predict('FROM scratch\nENV A=1\n', by(builder, { squash: true })).diagnostics
    expect(said('buildkit')).to.deep.equal([
      { file: 'Dockerfile', severity: 'warning', message: 'BuildKit does not squash: --squash changes nothing' },
    ])
    for (const builder of ['classic', 'buildah']) expect(said(builder), builder).to.deep.equal([])
  })

  it('follows # syntax=, whatever builder was asked for', () => {
    const expose = (line: string) => texts(`# syntax=${line}\nFROM x\nEXPOSE 80\n`, by('buildkit@0.8')).at(-1)
    expect(expose('docker/dockerfile:1')).to.equal('EXPOSE [80/tcp]')
    expect(expose('docker/dockerfile:1.17')).to.equal('EXPOSE map[80/tcp:{}]')
    expect(expose('docker/dockerfile:1.18')).to.equal('<unpredictable>')
    expect(expose('example/other')).to.equal('EXPOSE map[80/tcp:{}]')
  })

  describe('gives ARGs their scope', () => {
    const cases: readonly (readonly [why: string, text: string, builder: string, row: string])[] = [
      [
        'global values reach a stage by name only',
        'ARG G=1\nFROM x\nRUN echo $G',
        'buildkit',
        'RUN /bin/sh -c echo $G # buildkit',
      ],
      [
        'a bare ARG takes the global value',
        'ARG G=1\nFROM x\nARG G\nRUN y',
        'buildkit',
        'RUN |1 G=1 /bin/sh -c y # buildkit',
      ],
      [
        'a child stage repeats them',
        'FROM x AS a\nARG A=1\nFROM a\nRUN y',
        'buildkit',
        'RUN |1 A=1 /bin/sh -c y # buildkit',
      ],
      [
        'before frontend 1.9 it did not',
        'FROM x AS a\nARG A=1\nFROM a\nRUN y',
        'frontend@1.8',
        'RUN /bin/sh -c y # buildkit',
      ],
      ['but their values stayed', 'FROM x AS a\nARG A=1\nFROM a\nENV B=$A', 'frontend@1.8', 'ENV B=1'],
      ['classic forgets them', 'FROM x AS a\nARG A=1\nFROM a\nENV B=$A', 'classic', '/bin/sh -c #(nop)  ENV B='],
      [
        'twice declared, once listed',
        'FROM x\nARG A=1\nARG A=2\nRUN y',
        'buildkit',
        'RUN |1 A=2 /bin/sh -c y # buildkit',
      ],
      [
        'before frontend 1.12 as often as declared',
        'FROM x\nARG A=1\nARG A=2\nRUN y',
        'frontend@1.11',
        'RUN |2 A=2 A=2 /bin/sh -c y # buildkit',
      ],
      [
        'the last of ENV and ARG wins in BuildKit',
        'FROM x\nENV A=env\nARG A=arg\nLABEL v=$A',
        'buildkit',
        'LABEL v=arg',
      ],
      ['ENV wins in classic', 'FROM x\nENV A=env\nARG A=arg\nLABEL v=$A', 'classic', '/bin/sh -c #(nop)  LABEL v=env'],
      [
        'built-in values',
        'FROM x\nARG TARGETARCH\nARG TARGETSTAGE\nENV A=$TARGETARCH-$TARGETSTAGE',
        'buildkit',
        'ENV A=amd64-default',
      ],
      ['none in classic', 'FROM x\nARG TARGETARCH\nENV A=$TARGETARCH', 'classic', '/bin/sh -c #(nop)  ENV A='],
    ]
    for (const [why, text, builder, row] of cases) it(why, () => expect(texts(text, by(builder)).at(-1)).to.equal(row))

    it('values from outside win, empty ones too', () => {
      const text = 'FROM x\nARG A=1\nENV B=$A'
      expect(texts(text, by('buildkit', { buildArgs: { A: '' } }))).to.deep.equal(['ARG A=', 'ENV B='])
      expect(texts(text, by('frontend@1.7', { buildArgs: { A: 'x' } }))).to.deep.equal(['ARG A=1', 'ENV B=x'])
    })
  })

  it('runs the triggers of a base, and of a stage', () => {
    const config = { OnBuild: ['ENV A=1', 'RUN x'] }
    const found = predict('FROM x\nENV B=$A\n', { base: base(config) })
    expect(found.image.rows.map(({ createdBy }) => createdBy)).to.deep.equal([
      'ENV A=1',
      'RUN /bin/sh -c x # buildkit',
      'ENV B=1',
    ])
    expect(found.image.config).not.to.have.property('OnBuild')
    const staged = 'FROM x AS a\nONBUILD ENV A=1\nFROM a\nENV B=$A\n'
    expect(texts(staged, by('buildkit'))).to.deep.equal(['ENV A=1', 'ENV B=1'])
    expect(texts(staged, by('frontend@1.11'))).to.deep.equal(['ENV B='])
    expect(texts(staged, by('buildah')).at(-1)).to.equal('/bin/sh -c #(nop) ENV B=$A')
  })

  it('keeps Env in the order of first setting, Buildah in that of its own', () => {
    const config = { Env: ['PATH=/p', 'A=1'] }
    const env = (builder: string) =>
      predict('FROM x\nENV B=2 A=3\n', by(builder, { base: base(config) })).image.config.Env
    expect(env('buildkit')).to.deep.equal(['PATH=/p', 'A=3', 'B=2'])
    expect(env('buildah')).to.deep.equal(['PATH=/p', 'B=2', 'A=3'])
  })

  it('clears an inherited CMD with ENTRYPOINT', () => {
    const config = { Cmd: ['old'] }
    const cmd = (text: string) => predict(text, { base: base(config) }).image.config.Cmd
    expect(cmd('FROM x\nENTRYPOINT ["e"]\n')).to.equal(undefined)
    expect(cmd('FROM x\nCMD ["c"]\nENTRYPOINT ["e"]\n')).to.deep.equal(['c'])
  })

  it('refuses what only variables show', () => {
    const line = (text: string, builder = 'buildkit') => predict(text, by(builder)).refused?.line
    expect(line('FROM ${NOPE}\n')).to.equal(1)
    expect(line('FROM --platform=$BUILDPLATFORM x\n', 'classic')).to.equal(1)
    expect(line('FROM --platform=$BUILDPLATFORM x\n')).to.equal(undefined)
    expect(line('FROM x\nENV A=${B:?no}\n')).to.equal(2)
    expect(line('FROM x\nSTOPSIGNAL ${S:-SIGNOPE}\n')).to.equal(2)
    expect(line('FROM x\nCOPY --from=$S a b\n')).to.equal(2)
  })

  it('plans long chains without running out of stack', () => {
    const chain = Array.from({ length: 20000 }, (_, i) => `FROM ${i === 0 ? 'scratch' : `s${i - 1}`} AS s${i}\n`).join(
      '',
    )
    expect(predict(`${chain}ENV A=1\n`).image.rows).to.have.length(1)
  })
})
