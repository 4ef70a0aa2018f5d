import { expect } from 'chai'
import { baseName, tagWords } from '../../../lib/bases/name.ts'

const digest = `sha256:${'a'.repeat(64)}`

describe('baseName', () => {
  const cases: readonly (readonly [string, string | undefined, string, string, string])[] = [
    ['alpine', 'docker.io/library/alpine', 'alpine', 'latest', ''],
    ['alpine:3.20', 'docker.io/library/alpine', 'alpine', '3.20', ''],
    ['docker.io/library/alpine:3.20', 'docker.io/library/alpine', 'alpine', '3.20', ''],
    ['docker.io/alpine', 'docker.io/library/alpine', 'alpine', 'latest', ''],
    ['library/alpine', 'docker.io/library/alpine', 'alpine', 'latest', ''],
    ['mirror.gcr.io/debian:12', 'docker.io/library/debian', 'debian', '12', ''],
    ['public.ecr.aws/docker/library/node:20', 'docker.io/library/node', 'node', '20', ''],
    ['public.ecr.aws/lambda/nodejs:20', 'public.ecr.aws/lambda/nodejs', 'public.ecr.aws/lambda/nodejs', '20', ''],
    ['azul/zulu', 'docker.io/azul/zulu', 'azul/zulu', 'latest', ''],
    ['localhost/a:b', 'localhost/a', 'localhost/a', 'b', ''],
    ['localhost:5000/a/b', 'localhost:5000/a/b', 'localhost:5000/a/b', 'latest', ''],
    ['host:5000/a:1', 'host:5000/a', 'host:5000/a', '1', ''],
    ['customHost/a', 'customHost/a', 'customHost/a', 'latest', ''],
    [`alpine@${digest}`, 'docker.io/library/alpine', 'alpine', '', digest],
    [`alpine:3.20@${digest}`, 'docker.io/library/alpine', 'alpine', '3.20', digest],
    ['alpine:', undefined, '', '', ''],
    [':', undefined, '', '', ''],
    ['Alpine', undefined, '', '', ''],
    ['${BASE}', undefined, '', '', ''],
    ['a//b', undefined, '', '', ''],
    ['', undefined, '', '', ''],
  ]
  for (const [text, repository, familiar, tag, hash] of cases)
    it(JSON.stringify(text), () =>
      expect(baseName(text)).to.deep.equal(
        repository === undefined ? undefined : { repository, familiar, tag, digest: hash },
      ),
    )
})

describe('tagWords', () => {
  const cases: readonly (readonly [string, readonly number[], string, readonly string[]])[] = [
    ['3.12.4-slim-bookworm', [3, 12, 4], 'bookworm', ['slim']],
    ['20-alpine3.19', [20], 'alpine3.19', []],
    ['17-jre-alpine-3.20', [17], 'alpine3.20', ['jre']],
    ['17.0.19_10-jdk-resolute', [17, 0, 19, 10], 'resolute', ['jdk']],
    ['stable-alpine-slim', [], 'alpine', ['slim']],
    ['latest', [], '', []],
    ['bookworm-20250428-slim', [], 'bookworm', ['slim']],
    ['10.1-jdk17-temurin-noble', [10, 1], 'noble', ['jdk17', 'temurin']],
    ['nonroot', [], '', ['nonroot']],
  ]
  for (const [tag, version, release, flavour] of cases)
    it(tag, () => expect(tagWords(tag)).to.deep.equal({ version, release, flavour }))
})
