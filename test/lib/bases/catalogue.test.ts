import { expect } from 'chai'
import { catalogue } from '../../../lib/bases/catalogue.ts'
import { repositories } from '../../../lib/bases/records.ts'
import { sizeIn } from '../../../lib/bases/sizes.ts'
import { images } from '../../../lib/data/bases.ts'
import type { Row } from '../../../lib/model.ts'
import { unknown } from '../../../lib/size.ts'

const amd64 = { os: 'linux', arch: 'amd64', variant: '' }
const arm64 = { os: 'linux', arch: 'arm64', variant: '' }

describe('catalogue', () => {
  it('knows the repositories that its table has', () => {
    const names = images.split('\n').flatMap((line) => line.split('\t')[0]!.split(' '))
    expect([...repositories]).to.deep.equal([...new Set(names.map((name) => name.replace(/:.*/, '')))].sort())
  })

  const exact = [
    'alpine',
    'alpine:3.19',
    'docker.io/library/alpine:3.20',
    'debian:12',
    'debian:stable-slim',
    'ubuntu:noble',
    'python:3.12-slim-bookworm',
    'node:20-alpine',
    'eclipse-temurin:21-jre',
    'gcr.io/distroless/java25-debian13:nonroot',
    'alpine:3.20@sha256:a4f4213abb84c497377b8544c81b3564f313746700372ec4fe84653e4fb03805',
    'alpine@sha256:a4f4213abb84c497377b8544c81b3564f313746700372ec4fe84653e4fb03805',
  ]
  for (const ref of exact)
    it(`${ref} is there`, () => {
      const base = catalogue(ref, amd64)
      expect(base?.nearest).to.equal(undefined)
      expect(base?.ref).to.equal(ref)
      expect(base?.rows.length).to.be.greaterThan(0)
      expect(base?.date).to.match(/^\d{4}-/)
    })

  const near: readonly (readonly [ref: string, image: RegExp])[] = [
    ['alpine:3.19.1', /alpine:3\.19\.\d+ of 20/],
    ['alpine:3.15', /alpine:3\.17/],
    ['python:3.12.4-slim-bookworm', /python:3\.12\.\d+-slim-bookworm of/],
    ['python:3.13-slim', /python:3\.\d+\.\d+-slim-trixie of/],
    ['node:20-alpine3.20', /node:20\.\d+\.\d+-alpine3\.(19|21)/],
    ['node:alpine', /node:24\.\d+\.\d+-alpine/],
    ['python', /python:3/],
    [`alpine:3.20@sha256:${'0'.repeat(64)}`, /^alpine:3\.20@sha256:000000000000… is not .*alpine:3\.20\.9 of/],
    ['oven/bun:1-alpine', /for linux\/amd64 is not in the catalogue; oven\/bun:1-alpine for linux\/arm64/],
  ]
  for (const [ref, image] of near)
    it(`${ref} is not, but one like it`, () => expect(catalogue(ref, amd64)?.nearest).to.match(image))

  const none = [
    'scratch',
    'alpine:4',
    'node:21-alpine',
    'debian:bullseye',
    'python:3.12-windowsservercore',
    'no/such:image',
    'constructor',
    `alpine@sha256:${'0'.repeat(64)}`,
    '${BASE}',
    '',
  ]
  for (const ref of none) it(`${ref} is unknown`, () => expect(catalogue(ref, amd64)).to.equal(undefined))

  it('has no Windows', () => expect(catalogue('alpine', { ...amd64, os: 'windows' })).to.equal(undefined))

  it('gives rows, config and facts', () => {
    const base = catalogue('debian:trixie-slim', amd64)!
    expect(base.rows[0]?.createdBy).to.match(/^# debian\.sh --arch 'amd64' out\/ 'trixie' '@\d+'$/)
    expect(base.rows[0]?.comment).to.match(/^debuerreotype/)
    expect(base.rows[0]?.layer).to.equal(0)
    expect(base.config).to.deep.equal({
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Cmd: ['bash'],
    })
    expect(base.facts.os).to.deep.equal({ id: 'debian', versionId: '13', codename: 'trixie', slim: true })
    expect(base.facts.packages).to.have.property('apt')
    expect(base.facts.aptLists?.bytes).to.equal(21697576)
  })

  it('knows packages that rows install', () =>
    expect(catalogue('python:3.12-slim-bookworm', amd64)?.facts.packages).to.have.property('ca-certificates'))

  it('keeps line breaks, tabs and dollars of a row', () => {
    const base = catalogue('python:3.12-slim', arm64)!
    expect(base.rows.some((row) => row.createdBy.includes('\t'))).to.equal(true)
    expect(base.rows.some((row) => row.createdBy.includes('${'))).to.equal(true)
    expect(base.rows.every((row) => !row.createdBy.includes('\u23ce'))).to.equal(true)
    expect(base.config.Env?.some((pair) => pair.startsWith('PYTHON_VERSION=3.12.'))).to.equal(true)
  })
})

describe('sizeIn', () => {
  const row = (sizes: Row['sizes'] & object, emptyLayer = false): Row => ({
    createdBy: 'x',
    comment: '',
    author: '',
    emptyLayer,
    created: null,
    layer: 0,
    size: unknown('test'),
    sizes,
    unpredictable: [],
    origin: { from: 'base', image: 'x' },
  })

  it('is exact where the model is known', () => {
    expect(sizeIn(row({ podman: 8192 }), 'podman')).to.include({ bytes: 8192, basis: 'exact' })
    expect(sizeIn(row({ classic: 10 }), 'buildkit')).to.include({ bytes: 10, basis: 'exact' })
    expect(sizeIn(row({}, true), 'classic')).to.include({ bytes: 0, basis: 'exact' })
  })

  it('is an interval below the tar', () => {
    const size = sizeIn(row({ podman: 8089600 }), 'buildkit')
    expect(size.basis).to.equal('heuristic')
    expect(size.high).to.equal(8089600 - 1536)
    expect(size.low).to.be.lessThan(7797760) // what the engine shows for this layer
    expect(size.bytes).to.be.within(7700000, 7900000)
  })

  it('knows a tar with nothing in it', () => {
    expect(sizeIn(row({ podman: 1536 }), 'tar')).to.include({ bytes: 0, basis: 'exact' })
    expect(sizeIn(row({ podman: 1536 }), 'classic')).to.include({ low: 0, high: 100 })
  })

  it('says unknown when it is', () => expect(sizeIn(row({}), 'classic')).to.include({ bytes: null, basis: 'unknown' }))
})
