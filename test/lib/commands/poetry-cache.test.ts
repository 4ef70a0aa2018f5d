/** How much Poetry's cache holds of what it installs. */
import { expect } from 'chai'
import { predict } from '../../../lib/analyze.ts'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import { memoryContext } from '../../../lib/context.ts'
import { plainGiven } from '../../tools/predict.ts'

const lock = `[[package]]
name = "django"
version = "5.2.8"
groups = ["main"]

[metadata]
lock-version = "2.1"
`

const entriesOf = (run: string) => {
  const facts = { complete: true, files: {} }
  const base = { ref: 'base', rows: [], layers: [], config: {}, author: '', facts }
  const given = plainGiven(chooseBuilder('buildkit'), {
    base: () => base,
    context: memoryContext({ 'poetry.lock': lock }),
  })
  const text = `FROM base\nENV HOME=/root PYTHON_VERSION=3.11.9\nCOPY poetry.lock .\nRUN ${run}\n`
  return predict(text, given).image.layers.flatMap((layer) => layer.entries)
}

describe('the cache of Poetry', () => {
  it('holds the wheels of what a lock file lists', () => {
    const entries = entriesOf('poetry install')
    const artifacts = entries.find(({ label }) => label === 'poetry artifacts')
    expect(artifacts?.size.bytes).to.be.within(7_000_000, 10_000_000)
    expect(entries.filter(({ size }) => size.bytes === null)).to.deep.equal([])
  })

  it('is none where none is wanted', () => {
    expect(entriesOf('poetry install --no-cache').filter(({ kind }) => kind === 'cache')).to.deep.equal([])
  })
})
