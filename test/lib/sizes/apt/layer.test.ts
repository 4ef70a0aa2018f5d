/** What a change of packages stores: parts that scripts and triggers write, and what a purge leaves. */
import { expect } from 'chai'
import { fontCaches } from '../../../../lib/sizes/apt/fonts.ts'
import { byteCodeOf, generatedBy } from '../../../../lib/sizes/apt/generated.ts'
import { slackOf } from '../../../../lib/sizes/apt/reckoned.ts'
import { aptInstall, aptRemove, aptState, type Outcome, type Places } from '../../../../lib/sizes/apt/state.ts'
import { suiteOf } from '../../../../lib/sizes/apt/suites.ts'
import type { Candidate } from '../../../../lib/sizes/apt/table.ts'
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
      'fonts-noto-cjk': {},
      'fonts-noto-color-emoji': {},
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
    expect(of('fontconfig fonts-noto-cjk fonts-noto-color-emoji')).to.deep.equal({ bytes: 69_144, sure: true })
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

  it('what is reckoned may be far off alone, by what slim bases leave out of it; many together are less', () => {
    const table = archive({ tool: {}, known: {} })
    const one = (name: string, out: number, slim = 10_000_000): Candidate => {
      const found = table.get(name)!
      return { ...found, weight: { ...found.weight, slim, full: slim + out, measured: name === 'known' } }
    }
    const alone = slackOf([one('tool', 10_000_000)], true).get('tool')!
    expect(alone.low, 'documentation is ten elevenths of it at most').to.be.within(0.8, 1)
    expect(alone.high).to.be.within(0.8, 1.1)
    const whole = slackOf([one('tool', 100_000)], true).get('tool')!
    expect(whole.low).to.be.within(0.08, 0.14)
    expect(whole.high, 'a package is no longer than all its files').to.be.below(0.03)
    const many = slackOf([...Array(25).fill(one('tool', 10_000_000)), one('known', 0)], true)
    expect(many.get('tool')?.low).to.be.within(0.1, alone.low / 3)
    expect(many.has('known')).to.equal(false)
    expect(slackOf([one('tool', 10_000_000)], false).get('tool')?.high, 'a full base has it all').to.be.below(0.03)
    expect(slackOf([one('tool', 1000, 0)], true).get('tool')?.low).to.equal(1)
  })

  it('the cache of the linker is made anew where shared libraries go, not where an interpreter goes', () => {
    const { state } = install('python3')
    const gone = (word: string): Outcome =>
      aptRemove(state, { words: [word], auto: false, keepRecommended: true }, places)
    expect(gone('libpython3.11-stdlib').change.removed).to.include('python3')
    expect(bytesAt(gone('libpython3.11-stdlib'), '/etc/ld.so.cache')).to.equal(undefined)
    expect(bytesAt(gone('libsqlite3-0'), '/etc/ld.so.cache')).to.be.above(4000)
  })

  it('the plan that apt keeps is the longer the more is installed', () => {
    const plan = '/var/log/apt/eipp.log.xz'
    const later = aptInstall(install('ffmpeg').state, { words: ['tree'], recommends: false }, places)
    expect(bytesAt(later, plan)! - bytesAt(install('tree'), plan)!).to.be.within(4000, 7000)
  })

  it('a plus behind a name is a wish, or the end of a name', () => {
    const { change } = install('curl+ nothing-blast+')
    expect(change.added.map(({ name }) => name)).to.include('curl')
    expect(change.missing).to.deep.equal(['nothing-blast+'])
  })

  it('a package of Debian that no table has brings no more than others, and a number is told beside much that is known', () => {
    const sizeOf = (words: string, more: Partial<Parameters<typeof aptInstall>[2]> = {}, recommends = false) => {
      const request = { words: words.split(' '), recommends }
      const { stored } = aptInstall(aptState(debian)!, request, { ...places, ...more })
      return stored.find(({ label }) => label?.startsWith('apt:no-such-thing') === true)!.size
    }
    expect(sizeOf('no-such-thing curl')).to.include({ bytes: null, low: 0, high: 600_000_000 })
    expect(sizeOf('no-such-thing curl', {}, true)).to.include({ bytes: null, high: 1_350_000_000 })
    expect(sizeOf('no-such-thing ffmpeg')).to.include({ bytes: 2_000_000, low: 0, high: 600_000_000 })
    expect(sizeOf('no-such-thing openjdk-17-jdk-headless')).to.include({ bytes: null, high: 600_000_000 })
    expect(sizeOf('no-such-thing-dev ffmpeg')).to.include({ bytes: 2_000_000, low: 0, high: 2_500_000_000 })
    expect(sizeOf('no-such-thing ffmpeg', { otherArchives: true }).high).to.equal(null)
  })

  it('dictionaries are made from lists of words', () => {
    const made = (name: string): readonly number[] =>
      generatedBy(archive({ [name]: {} }).get(name)!, suite).map(({ bytes }) => bytes)
    expect(made('aspell-de')).to.deep.equal([2_092_016])
    expect(made('aspell-none')).to.deep.equal([])
  })

  it('settings that scripts put in place are there twice: ucf keeps a copy', () => {
    for (const [name, path, bytes] of [
      ['privoxy', '/etc/privoxy/config', 86_256],
      ['zabbix-agent', '/etc/zabbix', 17_178],
    ] as const) {
      const made = generatedBy(archive({ [name]: {} }).get(name)!, suite)
      expect(made.find((one) => one.path === path)?.bytes, name).to.equal(bytes)
      expect(made.find((one) => one.path === '/var/lib/ucf')?.bytes, name).to.be.within(bytes, bytes + 500)
    }
    const copied = generatedBy(archive({ rspamd: {} }).get('rspamd')!, suite)
    expect(copied.map((one) => one.bytes)).to.deep.equal([551_448])
  })

  it('what a trigger makes differs from release to release', () => {
    const made = (name: string, codename: string): number =>
      generatedBy(archive({ [name]: {} }).get(name)!, suiteOf(codename)!).reduce((sum, { bytes }) => sum + bytes, 0)
    expect(['bookworm', 'trixie'].map((one) => made('shared-mime-info', one))).to.deep.equal([2_680_507, 2_786_843])
    expect(['bookworm', 'trixie'].map((one) => made('adwaita-icon-theme', one))).to.deep.equal([124_080, 38_172])
    expect(['bookworm', 'trixie'].map((one) => made('udev', one))).to.deep.equal([13_075_670, 13_519_639])
    expect(['bookworm', 'trixie'].map((one) => made('texlive-latex-base', one))).to.deep.equal([37_044_596, 16_062_698])
    expect(['bookworm', 'trixie'].map((one) => made('texlive-lang-german', one))).to.deep.equal([0, 2_341_126])
    expect(['bookworm', 'trixie'].map((one) => made('nmap-common', one))).to.deep.equal([252_349, 0])
    expect(['bookworm', 'trixie'].map((one) => made('texlive-latex-extra', one))).to.deep.equal([
      36_974_203, 15_945_444,
    ])
    expect(['bookworm', 'trixie'].map((one) => made('texlive-science', one))).to.deep.equal([189_269, 189_245])
    expect(['bookworm', 'trixie'].map((one) => made('smartmontools', one))).to.deep.equal([234_401, 484_594])
    expect(made('spamassassin', 'trixie')).to.equal(1_655_831)
    const kernel = ['bookworm', 'trixie'].map((one) => made('linux-image-6.12.117+deb13-rt-amd64', one))
    expect(kernel).to.deep.equal([31_399_116 + 5_701_085, 36_631_710 + 5_701_140])
    const fonts = ['fontconfig', 'xfonts-base'].map((name) => archive({ [name]: {} }).get(name)!)
    const caches = ['bookworm', 'trixie'].map((one) => fontCaches(fonts, () => false, suiteOf(one)!)?.bytes)
    expect(caches).to.deep.equal([608, 174_272])
  })

  it('what TeX finds is listed, file by file', () => {
    const trixie = suiteOf('trixie')!
    const made = (name: string, files: number): readonly number[] => {
      const one = archive({ [name]: {} }).get(name)!
      return generatedBy({ ...one, weight: { ...one.weight, files } }, trixie).map(({ bytes }) => bytes)
    }
    expect(made('texlive-pictures', 4111)).to.deep.equal([86_331])
    expect(made('texlive-latex-extra', 5741)).to.deep.equal([15_945_444 + 5741 * 21])
    expect(made('texlive-latex-base', 1875)).to.deep.equal([16_062_698])
    expect(made('texlive-xetex', 300)).to.deep.equal([6_448_275 + 300 * 21, 4_215_532])
    expect(made('texlive-lang-odd', 3)).to.deep.equal([])
  })

  it('the tree of devices grows by cameras and scanners, where it is made', () => {
    const trixie = aptState({ ...debian, os: { ...debian.os, versionId: '13', codename: 'trixie' } })!
    const written = (words: readonly string[]): number =>
      aptInstall(trixie, { words, recommends: false }, places)
        .stored.filter(({ path }) => /^\/usr\/lib\/udev(\/hwdb\.bin)?$/.test(path))
        .reduce((sum, { size }) => sum + (size.bytes ?? 0), 0)
    expect(written(['udev', 'libsane1', 'libgphoto2-6t64'])).to.equal(13_862_739)
    expect(written(['udev'])).to.equal(13_519_639)
  })

  it('records may be longer than known once a package came that no table has', () => {
    const status = (before: Outcome): readonly (number | null)[] => {
      const { stored } = aptInstall(before.state, { words: ['make'], recommends: false }, places)
      const { bytes, low, high } = stored.find(({ path }) => path === '/var/lib/dpkg/status')!.size
      return [bytes! - low, high! - bytes!]
    }
    const slack = status(install('gawk'))[0]!
    expect(status(install('gawk'))).to.deep.equal([slack, slack])
    expect(status(install('gawk no-such-package'))).to.deep.equal([slack, slack + 200_000])
  })

  it('the database of kinds of files is made anew by what tells of more, where it is there already', () => {
    const written = (words: string, ...before: readonly Outcome[]): readonly (number | null)[] =>
      aptInstall(before[0]?.state ?? aptState(debian)!, { words: words.split(' '), recommends: false }, places)
        .stored.filter(({ path }) => path === '/usr/share/mime')
        .map(({ size }) => size.bytes)
    const there = install('shared-mime-info')
    expect(written('gtkwave', there)).to.deep.equal([2_680_507])
    expect(written('gtkwave')).to.deep.equal([2_680_507])
    expect(written('make', there)).to.deep.equal([])
  })

  it('manuals are listed where they are kept', () => {
    const [slim, full] = [true, false].map((one) => {
      const state = aptState({ ...debian, os: { ...debian.os, slim: one } })!
      const outcome = aptInstall(state, { words: ['man-db'], recommends: false }, places)
      return outcome.stored.filter(({ path }) => path === '/var/cache/man').map(({ size }) => size.bytes)
    })
    expect([slim, full]).to.deep.equal([[], [561_342]])
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

  it('what is removed and not purged is remembered as long as it has settings', () => {
    const { state } = install('openssh-client libpng16-16')
    const status = '/var/lib/dpkg/status'
    const left = (words: string, purge: boolean): number =>
      bytesAt(aptRemove(state, { words: words.split(' '), auto: false, keepRecommended: true, purge }, places), status)!
    const without = left('openssh-client libpng16-16', true)
    expect(left('libpng16-16', false)).to.equal(left('libpng16-16', true))
    expect(left('openssh-client libpng16-16', false)).to.be.above(without + 1000)
  })

  it('alternatives are recorded, linked and logged', () => {
    const { stored } = install('imagemagick')
    expect(stored.filter(({ label }) => label === 'written by imagemagick-6.q16')).to.have.length(1)
    expect(bytesAt({ stored } as Outcome, '/var/log/alternatives.log')).to.equal(7188)
    expect(bytesAt(install('libpng16-16'), '/var/log/alternatives.log')).to.equal(undefined)
  })
})
