import { expect } from 'chai'
import { guessOf } from '../../../lib/bases/guess.ts'
import { predict } from '../../../lib/index.ts'

describe('what a name says of an image that is not known', () => {
  const cases: readonly (readonly [
    ref: string,
    id: string | undefined,
    version: string | undefined,
    variable?: string,
  ])[] = [
    ['rockylinux:9', 'rocky', '9'],
    ['registry.access.example/ubi9/ubi-minimal', 'rhel', '9'],
    ['amazonlinux:2', 'amzn', '2'],
    ['golang:1.22-alpine', 'alpine', undefined, 'GOPATH'],
    ['alpine:3.20', 'alpine', '3.20'],
    ['composer:2', 'alpine', undefined, 'COMPOSER_HOME'],
    ['mambaorg/micromamba:1.5', undefined, undefined, 'MAMBA_ROOT_PREFIX'],
    ['rust:1.79', undefined, undefined, 'CARGO_HOME'],
    ['jupyter/scipy-notebook:latest', undefined, undefined, 'HOME'],
    ['company/app:1', undefined, undefined],
    ['not a name', undefined, undefined],
  ]
  for (const [ref, id, version, variable] of cases)
    it(ref, () => {
      const { os, env } = guessOf(ref)
      expect(os?.id).to.equal(id)
      expect(os?.versionId).to.equal(version)
      expect(Object.keys(env)[0]?.includes('HOME') || Object.keys(env)[0]).to.equal(
        variable === undefined ? undefined : variable.includes('HOME') ? true : variable,
      )
    })

  it('tells RUN where caches are, and changes no row and no config', () => {
    const { image } = predict(
      'FROM golang:0.0\nENV A=$GOPATH\nRUN --mount=type=cache,target=/go/pkg/mod go mod download\n',
      {
        base: () => undefined,
      },
    )
    expect(image.rows[1]?.createdBy).to.equal('ENV A=')
    expect(image.config.Env?.some((text) => text.startsWith('GOPATH'))).to.equal(false)
    expect(image.layers[0]?.entries.filter(({ label }) => label === 'go modules')).to.deep.equal([])
  })
})
