import { expect } from 'chai'
import { npmPackages } from '../../../../lib/data/npm-packages.ts'
import { nearest } from '../../../../lib/sizes/nearest.ts'
import { weightOf } from '../../../../lib/sizes/npm/guess.ts'
import { knownNames, knownPackage, siblings } from '../../../../lib/sizes/npm/table.ts'
import { type Part, total, unlessTooWide } from '../../../../lib/sizes/total.ts'

describe('measured npm packages', () => {
  it('are at least 2,000 in at most 150,000 bytes', () => {
    expect(Buffer.from(npmPackages.packed, 'base64').length).to.be.at.most(150_000)
    expect(knownNames().length).to.be.at.least(2000)
  })

  it('make sense', () => {
    const odd = knownNames().filter((name) => {
      const { versions = [], metadata = 1 } = knownPackage(name) ?? {}
      const numbers = versions.flatMap(({ packed, unpacked, files }) => [packed, unpacked, files])
      const isOdd = (n: number): boolean => !Number.isInteger(n) || n <= 0
      return versions.length === 0 || numbers.some(isOdd) || metadata <= 0 || versions.some((one) => !one.version)
    })
    expect(odd).to.deep.equal([])
  })

  it('are what everybody installs', () => {
    const usual = 'express react react-dom typescript webpack vite jest eslint next lodash axios rxjs esbuild'
    expect(usual.split(' ').filter((name) => knownPackage(name) === undefined)).to.deep.equal([])
  })

  it('have the version of recorded builds, the same to the byte', () => {
    expect(weightOf({ name: 'typescript', version: '5.6.3' })).to.include({
      known: 'measured',
      spread: 0,
      unpacked: 22_437_312,
    })
  })

  const known = ['0.2.0', '0.2.9', '1.0.0', '1.4.0', '3.0.0-rc.1'].map((version) => ({ version }))
  const near: readonly (readonly [wanted: string, found: string, level: string])[] = [
    ['1.4.0', '1.4.0', 'same'],
    ['1.4.7', '1.4.0', 'patch'],
    ['1.3.0', '1.4.0', 'minor'],
    ['0.2.8', '0.2.9', 'minor'],
    ['0.3.0', '0.2.0', 'major'],
    ['4.0.0', '3.0.0-rc.1', 'major'],
    ['3.0.0', '3.0.0-rc.1', 'patch'],
  ]
  for (const [wanted, found, level] of near)
    it(`${wanted} is nearest to ${found}, ${level}`, () => {
      const one = nearest(known, wanted)
      expect([one?.measured.version, one?.distance.level]).to.deep.equal([found, level])
    })
})

describe('npm packages that were not measured', () => {
  const guessed = (name: string, more: object = {}) => weightOf({ name, version: '1.0.0', ...more })

  it('are like the same for another platform', () => {
    expect(siblings('@biomejs/cli-win32-arm64').length).to.be.greaterThan(0)
    const { known, unpacked } = guessed('@biomejs/cli-win32-arm64', { native: true, version: '2.6.8' })
    expect(known).to.equal('platform')
    expect(unpacked).to.be.within(80e6, 120e6)
  })

  it('are like those of the nearest version only', () => {
    const lines = new Map([
      ['@a/b-linux-x64', '- 1.9.0:9:3000:3 2.6.0:30:10000:3'],
      ['@a/b-linux-arm64', '- 1.9.0:9:3000:3'],
    ])
    const of = (version: string) => weightOf({ name: '@a/b-win32-x64', version, native: true }, { lines })
    expect(Math.round(of('2.6.0').unpacked)).to.equal(10_000)
    expect(Math.round(of('1.8.0').unpacked)).to.equal(3000)
    expect(of('1.8.0').spread).to.be.greaterThan(of('2.6.0').spread)
  })

  it('are bigger with programs, with needs, asked for by the project, and for some processors only', () => {
    const sizes = [{}, { needs: 9 }, { needs: 9, programs: true }, { needs: 9, programs: true, direct: true }]
      .map((more) => guessed('no-such', more).unpacked)
      .concat(guessed('no-such', { native: true }).unpacked)
    expect(sizes).to.deep.equal([...sizes].sort((a, b) => a - b))
  })

  it('are like packages whose names begin alike', () => {
    const plugin = guessed('@babel/plugin-syntax-no-such')
    expect(plugin.unpacked).to.be.lessThan(guessed('no-such').unpacked / 3)
  })
})

describe('a sum of guesses', () => {
  const parts = (count: number, more: Partial<Part> = {}): Part[] =>
    Array.from({ length: count }, () => ({ bytes: 20_000, spread: 1.6, times: 1, ...more }))
  const width = (list: readonly Part[]): number => {
    const { low, high } = total(list, 'x')
    return high! / low
  }

  it('is sure of what was measured', () => {
    const { bytes, low, high, basis } = total(parts(10, { spread: 0 }), 'x')
    expect([bytes, basis]).to.deep.equal([200_000, 'resolved'])
    expect(high! - low).to.be.lessThan(4000)
    expect(total([], 'x')).to.include({ bytes: 0, low: 0, high: 0 })
  })

  it('gets narrower as there are more, down to what all of them share', () => {
    const widths = [1, 5, 50, 500, 50_000].map((count) => width(parts(count)))
    expect(widths).to.deep.equal([...widths].sort((a, b) => b - a))
    expect(width(parts(50_000))).to.be.within(1.5, 20)
  })

  it('is no surer for the same package in many places', () => {
    expect(width(parts(1, { times: 50 })) / width(parts(1))).to.be.closeTo(1, 0.01)
  })

  it('says nothing where it would say next to nothing', () => {
    const alone = total(parts(1), 'x')
    expect(unlessTooWide(alone, alone)).to.include({ bytes: null, high: null, low: alone.low })
    const amongKnown = total([...parts(1), ...parts(1, { spread: 0, bytes: 1e6 })], 'x')
    expect(unlessTooWide(alone, amongKnown)).to.equal(alone)
  })
})
