/** How much uv's cache adds to what it installs: files that both have are stored once. */
import { expect } from 'chai'
import { predict } from '../../../lib/analyze.ts'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { plainGiven } from '../../tools/predict.ts'

const sizes = (run: string) => {
  const facts = { complete: true, files: {} }
  const base = { ref: 'base', rows: [], layers: [], config: {}, author: '', facts }
  const given = plainGiven(chooseBuilder('buildkit'), { base: () => base })
  const { image } = predict(`FROM base\nENV HOME=/root PYTHON_VERSION=3.11.9\nRUN ${run}\n`, given)
  // Scripts are written anew for each installation.
  const entries = image.layers
    .flatMap((layer) => layer.entries)
    .filter(({ label }) => !label?.startsWith('programs of'))
  const bytes = (kept: boolean) =>
    entries
      .filter(({ type, kind }) => type === 'package' && (kind === 'cache') === kept)
      .reduce((sum, { size }) => sum + size.bytes!, 0)
  return { content: bytes(false), cache: bytes(true) }
}

describe('the cache of uv', () => {
  const install = 'uv pip install --system django==5.2.8 sqlparse==0.5.3 asgiref==3.10.0'

  it('holds lists and pages of the index where it shares its files', () => {
    const { content, cache } = sizes(install)
    expect(cache).to.be.within(300_000, content / 5)
  })

  it('holds everything again where it may not share them', () => {
    const linked = sizes(install)
    for (const run of [`UV_LINK_MODE=copy ${install}`, `${install} --link-mode copy`, `${install} --link-mode=copy`]) {
      const copied = sizes(run)
      expect(copied.content, run).to.equal(linked.content)
      expect(copied.cache - linked.cache, run).to.equal(linked.content)
    }
  })

  it('is none where none is wanted', () => {
    expect(sizes(`${install} --no-cache`).cache).to.equal(0)
  })
})
