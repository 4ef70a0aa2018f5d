import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { originalCases, packedCases, shared, stageTruth, type TruthCase, truthCases } from './truth.ts'

describe('recorded builds', () => {
  it('are the same in the packed copy', function () {
    if (!existsSync(join(shared, 'truth'))) return this.skip()
    const plain = (one: TruthCase) => JSON.parse(JSON.stringify(one))
    expect(packedCases().map((one) => one.name)).to.deep.equal(originalCases().map((one) => one.name))
    const original = originalCases()
    for (const [i, one] of packedCases().entries()) expect(plain(one)).to.deep.equal(plain(original[i]!))
  })

  it('are laid out as they were recorded', () => {
    const one = truthCases().find(({ name }) => name === 'copy-symlink')!
    const staged = stageTruth(one)
    try {
      expect(lstatSync(join(staged.context, 'tree/s')).isSymbolicLink()).to.equal(true)
      expect(readFileSync(join(staged.context, 'l'), 'utf8')).to.equal('aaaa\n')
      expect(lstatSync(join(staged.context, 'tree/t')).mode & 0o7777).to.equal(0o644)
      expect(lstatSync(join(staged.context, 'tree')).mode & 0o7777).to.equal(0o755)
      expect(readFileSync(staged.dockerfile, 'utf8')).to.equal(one.dockerfile)
    } finally {
      staged.remove()
    }
    expect(existsSync(staged.context)).to.equal(false)
  })
})
