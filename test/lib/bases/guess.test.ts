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
    ['registry.access.example/ubi9/nodejs-20', 'rhel', '9'],
    ['eclipse-temurin:21-jre-ubi9-minimal', 'rhel', '9'],
    ['icr.example/appcafe/websphere-liberty:kernel-java17-openj9-ubi', 'rhel', undefined],
    ['amazonlinux:2', 'amzn', '2'],
    ['public.ecr.aws/lambda/dotnet:8', 'amzn', undefined],
    ['amazoncorretto:17-al2023', 'amzn', '2023'],
    ['maven:3.9-amazoncorretto-21-al2023', 'amzn', '2023'],
    ['golang:1.22-alpine', 'alpine', undefined, 'GOPATH'],
    ['php:8.3-fpm-alpine3.20', 'alpine', '3.20'],
    ['alpine:3.20', 'alpine', '3.20'],
    ['composer:2', 'alpine', undefined, 'COMPOSER_HOME'],
    ['wordpress:cli', 'alpine', undefined],
    ['mambaorg/micromamba:1.5', 'debian', undefined, 'MAMBA_ROOT_PREFIX'],
    ['rust:1.79', 'debian', undefined, 'CARGO_HOME'],
    ['jupyter/scipy-notebook:latest', 'ubuntu', undefined, 'HOME'],
    ['node:22-bookworm-slim', 'debian', '12'],
    ['company/app:1.2-noble', 'ubuntu', '24.04'],
    ['nvidia/cuda:12.4.1-devel-ubuntu22.04', 'ubuntu', '22.04'],
    ['mcr.microsoft.com/devcontainers/base:ubuntu-22.04', 'ubuntu', '22.04'],
    ['bitnami/redis:7.2.4-debian-12-r9', 'debian', '12'],
    ['gcr.io/distroless/java21-debian12', 'debian', '12'],
    ['mcr.microsoft.com/dotnet/aspnet:8.0-azurelinux3.0', 'azurelinux', '3.0'],
    ['python:3.12-windowsservercore', undefined, undefined],
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

describe('what apt finds on an image that is not known', () => {
  const cases: readonly (readonly [
    ref: string,
    codename: string | undefined,
    slim: boolean | undefined,
    doubt: string | undefined,
    some?: string,
  ])[] = [
    ['node:22-bookworm-slim', 'bookworm', true, 'family'],
    ['node:22-bookworm', 'bookworm', false, 'family', 'imagemagick'],
    ['node:22', 'bookworm', false, 'usual', 'imagemagick'],
    ['node:22-slim', 'bookworm', true, 'usual'],
    ['node:lts', 'trixie', false, 'usual', 'imagemagick'],
    ['docker.io/arm64v8/node:22-bookworm', 'bookworm', false, 'family', 'gcc'],
    ['harbor.example/hub/library/node:22-bookworm', 'bookworm', false, 'family', 'gcc'],
    ['python:3.6-slim', 'bullseye', true, 'usual', 'netbase'],
    ['golang:1.23', 'bookworm', false, 'usual', 'g++'],
    ['rust:1.80-slim', 'bookworm', true, 'usual', 'gcc'],
    ['php:8.3-fpm', 'trixie', true, 'usual', 're2c'],
    ['php:8.3-apache-bookworm', 'bookworm', true, 'family', 'apache2'],
    ['wordpress:6', 'trixie', true, 'usual', 'apache2'],
    ['nginx:1.27', 'bookworm', true, 'usual', 'gettext-base'],
    ['postgres:16-bookworm', 'bookworm', true, 'family', 'locales'],
    ['buildpack-deps:bookworm-curl', 'bookworm', false, 'family', 'wget'],
    ['mariadb:10.11', 'jammy', true, 'usual'],
    ['maven:3.8-openjdk-11', 'bullseye', false, 'usual', 'procps'],
    ['mcr.microsoft.com/dotnet/sdk:8.0', 'bookworm', true, 'usual', 'curl'],
    ['debian:buster-slim', 'buster', true, 'none'],
    ['debian:12.5', 'bookworm', false, 'none'],
    ['ubuntu:18.04', 'bionic', true, 'none'],
    ['company/app:bookworm', 'bookworm', false, 'name'],
    ['mysql:8', undefined, undefined, undefined],
    ['node:22-alpine', undefined, undefined, undefined],
    ['company/node:22', undefined, undefined, undefined],
  ]
  for (const [ref, codename, slim, doubt, some] of cases)
    it(ref, () => {
      const { ground } = guessOf(ref)
      expect([ground?.os.codename, ground?.os.slim, ground?.doubt]).to.deep.equal([codename, slim, doubt])
      if (some !== undefined) expect(ground?.packages).to.include(some)
      else expect(ground?.packages ?? []).to.not.include('imagemagick')
    })

  const rowOf = (from: string, run: string) => {
    const { image, diagnostics } = predict(`FROM ${from}\nRUN ${run}\n`, { base: () => undefined })
    const { size, layer } = image.rows[1]!
    return { size, entries: image.layers[layer ?? -1]?.entries ?? [], diagnostics }
  }
  const install = (words: string) =>
    `apt-get update && apt-get install -y --no-install-recommends ${words} && rm -rf /var/lib/apt/lists/*`

  for (const from of ['node:22-bookworm-slim', 'node:22-slim', 'node:22', 'company/app:bookworm', 'php:8.3-fpm'])
    it(`gives an interval that says why, never a claim: ${from}`, () => {
      const { size } = rowOf(from, install('cmake'))
      expect(size.basis).to.equal('heuristic')
      expect(size.bytes).to.be.within(1_000_000, 200_000_000)
      expect(size.source).to.match(/on a base/)
      expect(size.low).to.be.lessThan(size.bytes!)
      expect(size.high).to.be.greaterThan(size.bytes!)
    })

  it('the less is known, the wider', () => {
    const [told, usual, name] = ['node:22-bookworm-slim', 'node:22-slim', 'company/app:bookworm-slim'].map(
      (from) => rowOf(from, install('cmake')).size,
    )
    const width = ({ low, high }: { low: number; high: number | null }) => (high ?? 0) - low
    expect(width(told!)).to.be.lessThan(width(usual!))
    expect(name!.low).to.equal(0)
    expect(told!.low).to.be.greaterThan(told!.bytes! * 0.6)
  })

  it('what images made from buildpack-deps have already adds nothing for sure', () => {
    const { size, entries } = rowOf('node:22-bookworm', install('curl git make g++'))
    expect(size.low).to.equal(0)
    expect(size.bytes).to.equal(0)
    expect(size.high).to.be.greaterThan(50_000_000)
    expect(entries.some(({ label }) => label?.startsWith('apt:'))).to.equal(false)
    expect(rowOf('node:22-bookworm', install('cmake')).size.bytes).to.be.lessThan(
      rowOf('node:22-bookworm-slim', install('cmake')).size.bytes!,
    )
  })

  it('an upgrade of a base that nobody knows is not known', () => {
    expect(rowOf('node:22-bookworm', 'apt-get update && apt-get -y upgrade').size.bytes).to.equal(null)
  })

  it('stands under a Dockerfile that is given as a base', () => {
    const { image } = predict('FROM app\nRUN apt-get update\n', {
      base: (ref) =>
        ref === 'app'
          ? { ref, ...predict('FROM node:22-bookworm-slim\nRUN true\n', { base: () => undefined }).image }
          : undefined,
    })
    expect(image.rows.at(-1)?.size.bytes).to.be.within(19_000_000, 21_000_000)
  })

  it('where no shell is, a RUN fails', () => {
    const fails = (from: string, run: string) =>
      rowOf(from, run).diagnostics.some(({ message }) => message.includes('have no /bin/sh'))
    expect(fails('gcr.io/distroless/base-debian12', 'true')).to.equal(true)
    expect(fails('gcr.io/distroless/base-debian12', '["/app", "setup"]')).to.equal(false)
    expect(fails('gcr.io/distroless/base-debian12:debug', 'true')).to.equal(false)
    expect(fails('mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled', 'true')).to.equal(true)
    expect(fails('node:22-bookworm-slim', 'true')).to.equal(false)
    const copied = predict('FROM gcr.io/distroless/base-debian12\nCOPY --from=busybox:1 /bin/sh /bin/sh\nRUN true\n', {
      base: () => undefined,
    })
    expect(copied.diagnostics.some(({ message }) => message.includes('have no /bin/sh'))).to.equal(false)
  })
})
