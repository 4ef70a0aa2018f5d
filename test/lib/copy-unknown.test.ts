import { expect } from 'chai'
import { chooseBuilder } from '../../lib/builders/choose.ts'
import { memoryContext, predict } from '../../lib/index.ts'

/** Onto an image that nobody knows, `COPY a /b` may make a file or put one into a folder. */
describe('COPY onto an unknown image', () => {
  const context = memoryContext({ a: { content: 'a' } })
  const refused = (text: string, name: string): string | undefined =>
    predict(text, { builder: chooseBuilder(name), context }).refused?.message
  for (const builder of ['buildkit', 'docker@20.10', 'classic@20.10', 'buildah@1.28']) {
    it(`${builder}: what came there may be a folder`, () => {
      expect(refused('FROM example.org/x\nCOPY a /b\nCOPY a /b/c/d\n', builder)).to.equal(undefined)
      const stage = 'FROM example.org/x AS s\nCOPY a /b\nFROM scratch\nCOPY --from=s /b/a /a\n'
      expect(refused(stage, builder)).to.equal(undefined)
    })
    it(`${builder}: it is a file where all is known`, () => {
      expect(refused('FROM scratch\nCOPY a /b\nCOPY a /b/c/d\n', builder)).to.be.a('string')
      const stage = 'FROM scratch AS s\nCOPY a /b\nFROM scratch\nCOPY --from=s /b/a /a\n'
      expect(refused(stage, builder)).to.be.a('string')
    })
  }
})

/** What an image brings, nobody knows; that all may write to its /tmp, everybody does. */
describe('/tmp of an unknown image', () => {
  const context = memoryContext({ a: { content: 'a' } })
  const written = (base: string, first: string): unknown => {
    const text = `FROM ${base}\n${first}\nUSER 1001\nRUN echo more > /tmp/b && echo more > /var/tmp/c\n`
    return predict(text, { builder: chooseBuilder('buildkit'), context }).image.rows.at(-1)!.size.bytes
  }
  for (const first of ['COPY a /tmp/', 'WORKDIR /var/tmp', 'RUN mkdir -p /tmp/d /var/tmp/d', 'RUN echo > /tmp/a'])
    it(`stays open to all after ${first}`, () => expect(written('example.org/x', first)).to.equal(10))
  it('is made for root alone where there is none', () => expect(written('scratch', 'COPY a /tmp/')).to.equal(0))
})
