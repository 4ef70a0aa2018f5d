/** What a change of packages stores: parts that scripts and triggers write, and what a purge leaves. */
import { expect } from 'chai'
import { fontCaches } from '../../../../lib/sizes/apt/fonts.ts'
import { byteCodeOf } from '../../../../lib/sizes/apt/generated.ts'
import { aptInstall, aptRemove, aptState, type Outcome, type Places } from '../../../../lib/sizes/apt/state.ts'
import { suiteOf } from '../../../../lib/sizes/apt/suites.ts'
import { archive } from './archive.ts'

const suite = suiteOf('bookworm')!
const debian = { complete: false, os: { id: 'debian', versionId: '12', codename: 'bookworm', slim: true } }
const places: Places = { bytes: () => undefined, keeps: false, otherArchives: false }
const install = (words: string): Outcome =>
  aptInstall(aptState(debian)!, { words: words.split(' '), recommends: false }, places)
const bytesAt = ({ stored }: Outcome, path: string): number | null | undefined =>
  stored.find((one) => one.path === path)?.size.bytes

describe('what a change of packages stores', () => {
  it('a cache for each folder of fonts, where fontconfig is', () => {
    const table = archive({
      fontconfig: {},
      'fonts-dejavu-core': {},
      'fonts-urw-base35': {},
      'fonts-odd': {},
      'fonts-odd-common': {},
    })
    const of = (names: string, here = ''): unknown =>
      fontCaches(
        names.split(' ').map((name) => table.get(name)!),
        (name) => name === here,
        suite,
      )
    expect(of('fontconfig fonts-dejavu-core')).to.deep.equal({ bytes: 16_744, sure: true })
    expect(of('fonts-dejavu-core')).to.equal(undefined)
    expect(of('fonts-dejavu-core', 'fontconfig')).to.deep.equal({ bytes: 16_136, sure: true })
    expect(of('fontconfig fonts-odd')).to.deep.equal({ bytes: 608, sure: false })
    expect(of('fonts-odd-common', 'fontconfig')).to.equal(undefined)
  })

  it('byte code that was measured is not reckoned', () => {
    const table = archive({ plain: {} })
    const plain = table.get('plain')!
    const weight = { ...plain.weight, python: 1000 }
    const depends = [[{ name: 'python3' }]]
    expect(byteCodeOf({ ...plain, depends, weight }, suite)).to.equal(1220)
    expect(byteCodeOf({ ...plain, depends, weight: { ...weight, byteCode: 7 } }, suite)).to.equal(7)
    expect(byteCodeOf({ ...plain, depends, weight: { ...weight, byteCode: 0 } }, suite)).to.equal(0)
  })

  it('a purge saves the questions once more and keeps the former ones beside; a removal asks nothing', () => {
    const { state } = install('fontconfig-config')
    const templates = '/var/cache/debconf/templates.dat'
    const removal = { words: ['fontconfig-config'], auto: true, keepRecommended: true }
    const purged = aptRemove(
      state,
      { ...removal, purge: true },
      { ...places, bytes: (path) => (path === templates ? 802_871 : undefined) },
    )
    expect(bytesAt(purged, `${templates}-old`)).to.equal(802_871)
    expect(bytesAt(purged, templates)).to.be.closeTo(753_157, 3500)
    expect(bytesAt(aptRemove(state, removal, places), `${templates}-old`)).to.equal(undefined)
  })
})
