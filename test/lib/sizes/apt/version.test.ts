import { expect } from 'chai'
import { parseRelations } from '../../../../lib/sizes/apt/relations.ts'
import { compareVersions, keeps, type Operator } from '../../../../lib/sizes/apt/version.ts'

describe('versions of Debian packages', () => {
  const cases: readonly (readonly [lower: string, higher: string])[] = [
    ['1.0', '1.1'],
    ['1.9', '1.10'],
    ['1.0~rc1', '1.0'],
    ['1.0~~', '1.0~'],
    ['1.0', '1.0a'],
    ['1.0a', '1.0+b1'],
    ['9', '1:0.1'],
    ['1.0-1', '1.0-1+deb12u1'],
    ['1.0-1~bpo1', '1.0-1'],
    ['2.36-9+deb12u9', '2.36-9+deb12u14'],
    ['1.0', '1.0-1'],
    ['0.99999999999999999999998', '0.99999999999999999999999'],
  ]
  for (const [lower, higher] of cases)
    it(`${lower} is lower than ${higher}`, () => {
      expect(compareVersions(lower, higher)).to.be.lessThan(0)
      expect(compareVersions(higher, lower)).to.be.greaterThan(0)
    })

  for (const [a, b] of [
    ['1.0', '1.0'],
    ['0:1.0', '1.0'],
    ['1.00', '1.0'],
    ['1.0-0', '1.0'],
  ] as const)
    it(`${a} and ${b} are equal`, () => expect(compareVersions(a, b)).to.equal(0))

  const limits: readonly (readonly [version: string, operator: Operator, limit: string, kept: boolean])[] = [
    ['1', '<<', '1', false],
    ['1', '<=', '1', true],
    ['1', '=', '1', true],
    ['1', '>=', '1', true],
    ['1', '>>', '1', false],
    ['2', '>>', '1', true],
    // What the table does not tell.
    ['', '>=', '1', true],
    ['1', '=', '', true],
  ]
  for (const [version, operator, limit, kept] of limits)
    it(`${version} ${operator} ${limit}: ${kept}`, () => expect(keeps(version, operator, limit)).to.equal(kept))
})

describe('relations of Debian packages', () => {
  const cases: readonly (readonly [field: string, groups: unknown])[] = [
    ['', []],
    ['a', [[{ name: 'a' }]]],
    ['a, b | c', [[{ name: 'a' }], [{ name: 'b' }, { name: 'c' }]]],
    ['a (>= 1:2.0-1)', [[{ name: 'a', operator: '>=', version: '1:2.0-1' }]]],
    ['python3:any (<< 3.12)', [[{ name: 'python3', operator: '<<', version: '3.12' }]]],
    ['a(=)', [[{ name: 'a', operator: '=', version: 'own' }]]],
    ['a (> 1)', [[{ name: 'a', operator: '>=', version: '1' }]]],
    ['a [amd64] <!nocheck>, , ?', [[{ name: 'a' }]]],
  ]
  for (const [field, groups] of cases)
    it(JSON.stringify(field), () => expect(parseRelations(field, 'own')).to.deep.equal(groups))
})
