import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { chooseBuilder, memoryContext, predict } from '../../lib/index.ts'
import { root } from '../tools/truth.ts'

describe('the library', () => {
  it('predicts with nothing given', () => {
    const { image, refused } = predict('FROM scratch\nENV A=1 B="2 3"\nCMD run\n')
    expect(refused).to.equal(null)
    expect(image.rows.map(({ createdBy }) => createdBy)).to.deep.equal(['ENV A=1 B=2 3', 'CMD ["/bin/sh" "-c" "run"]'])
    expect(image.config).to.include({ WorkingDir: '/', ArgsEscaped: true })
  })

  it('takes what is given', () => {
    const context = memoryContext({ 'a.txt': 'aaaa\n' })
    const { image } = predict('FROM scratch\nCOPY a.txt /\n', { builder: chooseBuilder('classic'), context })
    expect(image.rows[0]?.createdBy).to.match(/^\/bin\/sh -c #\(nop\) COPY file:b29cdd02[0-9a-f]{56} in \/ $/)
    expect(image.rows[0]?.size.bytes).to.equal(5)
  })

  it('tells where a builder stops, and gives the rows up to there', () => {
    const { image, refused } = predict('FROM scratch\nENV A=1\nNOPE\n')
    expect(refused).to.deep.equal({ message: 'unknown instruction: NOPE (did you mean COPY?)', line: 3 })
    expect(image.rows).to.have.length(1)
  })

  it('has types that need none of Node, in any file that they lead to', () => {
    const left = [join(root, 'dist/lib/index.d.ts')]
    const seen = new Set<string>()
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      if (seen.has(path)) continue
      seen.add(path)
      const text = readFileSync(path, 'utf8').replace(/\/\*.*?\*\//gs, '')
      expect(text, path).to.not.match(/\bBuffer\b|\bNodeJS\b|['"]node:|<reference/)
      for (const [, file = ''] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]*)['"]/g))
        left.push(join(dirname(path), file.replace(/\.[jt]s$/, '.d.ts')))
    }
    expect(seen.size).to.be.greaterThan(10)
  })
})
