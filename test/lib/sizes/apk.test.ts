import { expect } from 'chai'
import { apkPackages } from '../../../lib/data/apk.ts'
import { apkDatabase, apkPackage } from '../../../lib/sizes/apk.ts'

describe('apk', () => {
  it('has a figure and a source for every package of the table', () => {
    for (const line of apkPackages.split('\n')) {
      const [name = '', ...fields] = line.split('\t')
      const size = apkPackage(name)
      expect(fields, name).to.have.length(4)
      expect(size, name).to.include({ basis: 'heuristic' })
      expect(size!.low, name).to.be.within(1, size!.bytes!)
      expect(size!.high!, name).to.be.at.least(size!.bytes!)
    }
  })

  // Layer tars hold more than the files: an upper bound. Source: recorded rows of python:3.11-alpine and 3.12-alpine.
  it('agrees with rows that only add certificates and time zones', () => {
    const likely =
      apkPackage('ca-certificates')!.bytes! + apkPackage('tzdata')!.bytes! + apkDatabase(undefined, 2).bytes!
    for (const tar of [1_538_048, 1_665_024, 1_678_336, 1_784_320]) expect(likely / tar).to.be.within(0.8, 1.1)
  })

  it('knows nothing of others', () => expect(apkPackage('no-such')).to.equal(undefined))

  it('writes its database again as a whole', () => {
    expect(apkDatabase(100_000, 3)).to.include({ bytes: 112_000, low: 50_000 })
  })
})
