import { expect } from 'chai'
import { readReference, sameReference } from '../../lib/reference.ts'

describe('readReference', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  const cases: readonly (readonly [
    text: string,
    parts: readonly [host: string, repository: string, tag?: string | undefined, digest?: string] | undefined,
  ])[] = [
    ['alpine', ['docker.io', 'library/alpine', 'latest']],
    ['alpine:3.20', ['docker.io', 'library/alpine', '3.20']],
    ['a/b', ['docker.io', 'a/b', 'latest']],
    ['docker.io/a', ['docker.io', 'library/a', 'latest']],
    ['index.docker.io/a/b:c', ['docker.io', 'a/b', 'c']],
    ['localhost/a', ['localhost', 'a', 'latest']],
    ['localhost:5000/a/b:c', ['localhost:5000', 'a/b', 'c']],
    ['quay.example/a/b/c', ['quay.example', 'a/b/c', 'latest']],
    ['[::1]:5000/a', ['[::1]:5000', 'a', 'latest']],
    [`a@${digest}`, ['docker.io', 'library/a', undefined, digest]],
    [`a:t@${digest}`, ['docker.io', 'library/a', 't', digest]],
    ['', undefined],
    ['A', undefined],
    ['a:', undefined],
    ['a/', undefined],
    ['../a', undefined],
    ['x.y/../z', undefined],
    ['host:port/a', undefined],
  ]
  for (const [text, parts] of cases) {
    it(JSON.stringify(text), () => {
      const found = readReference(text)
      if (parts === undefined) expect(found).to.equal(undefined)
      else
        expect([found?.host, found?.repository, found?.tag, found?.digest]).to.deep.equal([
          parts[0],
          parts[1],
          parts[2],
          parts[3],
        ])
    })
  }

  it('knows the same name in other words', () => {
    expect(sameReference('alpine', 'docker.io/library/alpine:latest')).to.equal(true)
    expect(sameReference('alpine:3', 'alpine')).to.equal(false)
    expect(sameReference('not a name', 'not a name')).to.equal(true)
  })
})
