/** The tools that make the package tables. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { lengthOf, numberColumns, readTable, scaled } from '../../lib/sizes/apt/table.ts'
import { choose } from './data-apt-choose.ts'
import { batches, longestDeb, measureDeb, readMeasured } from './data-apt-debs.ts'
import { withoutImplied } from './data-apt-implied.ts'
import { countPaths, firstMentions, type Paragraph } from './data-apt-index.ts'
import { likely } from './data-apt-likely.ts'
import { besides, besidesText, readBesides } from './data-apt-margins.ts'
import { compiledBy, type Measured, possible, sumUp } from './data-apt-measure.ts'
import { measuredIn, namedPackages } from './data-apt-named.ts'
import { byLetters, densityOf, encodeTable, lettersFor, packed } from './data-apt-pack.ts'
import { learn, reckon, type Sample } from './data-apt-reckon.ts'
import { preferences, withRecorded } from './data-apt-relations.ts'
import { learnFrom, makeTable } from './data-apt-table.ts'

const measured = (version: string): Measured => sumUp(version, [], { info: 0, conffiles: '', templates: 0 })

const paragraph = (name: string, version: string, more: Partial<Paragraph> = {}): Paragraph => ({
  name,
  version,
  source: '',
  installed: 1,
  deb: 1000,
  priority: '',
  depends: '',
  recommends: '',
  provides: '',
  conflicts: '',
  control: 300,
  ...more,
})

describe('making tables of packages', () => {
  it('a table reads back as it was written', () => {
    const names = ['liba', 'liba-dev', 'y', 'z']
    const numbers = {
      slim: 1_234_567,
      excess: 127 * 32,
      slimLinks: 128,
      linksExcess: 16_384,
      files: 70_000,
      info: 9000,
      control: 800,
      conffiles: 10,
      conffilesBytes: 304,
      templates: 16,
      byteCode: 1,
      density: densityOf(1_238_631, 400_000),
    }
    const lines = names.map((name, i) => {
      return { name, texts: [`1.${i >> 1}`, '', 'z|liba'], measured: name !== 'y', numbers }
    })
    const table = readTable('small', '2026-11-20', encodeTable(lines))
    expect(table.names).to.deep.equal(names)
    expect(names.map((name) => table.get(name)?.version)).to.deep.equal(['1.0', '1.0', '1.1', '1.1'])
    expect(table.get('liba-dev')).to.deep.include({ name: 'liba-dev', version: '1.0', source: 'liba-dev 1.0' })
    const { deb, info, control, ...exact } = table.get('z')!.weight
    expect(exact).to.deep.equal({
      full: 1_234_560 + 4096,
      slim: 1_234_560,
      fullLinks: 128 + 16_384,
      slimLinks: 128,
      files: 70_000,
      conffiles: 10,
      conffilesBytes: 304,
      templates: 16,
      python: 0,
      byteCode: 0,
      measured: true,
    })
    expect(deb).to.be.within(391_000, 409_000)
    expect(info).to.be.within(8950, 9050)
    expect(control).to.be.within(790, 810)
    const reckoned = table.get('y')!.weight
    expect(reckoned.measured).to.equal(false)
    expect(reckoned.slim).to.be.within(1_207_000, 1_262_000)
    expect(reckoned).not.to.have.property('byteCode')
    const much = [{ name: 'a', texts: [], measured: true, numbers: { files: 2 ** 31 } }]
    expect(() => encodeTable(much)).to.throw('no number of a table')
  })

  it('what a table tells is told again the same way', () => {
    for (const [name, ...scales] of numberColumns)
      for (const scale of scales)
        for (const value of [0, 1, 100, 129, 131, 257, 1000, 4711, 70_000, 1_234_567]) {
          const told = scaled(value, scale)
          const again = scaled(lengthOf(told, scale), scale)
          expect(lengthOf(again, scale), `${name} ${value}`).to.equal(lengthOf(told, scale))
        }
  })

  it('names of the table are told by their row: near ones, frequent ones, any', () => {
    const names = Array.from({ length: 300 }, (_, i) => `p${String(i).padStart(3, '0')}`)
    const relations = 'p000,p127|p128(=),p299(>=1.0),p004,p010,elsewhere|p009'
    const letters = lettersFor(names, [relations, 'p127'])
    expect(letters.often).to.deep.equal(['p000', 'p004', 'p009', 'p010', 'p127', 'p128', 'p299'])
    expect(
      lettersFor(
        names,
        Array.from({ length: 60 }, (_, i) => names.slice(i).join(',')),
      ).often,
    ).to.have.length(40)
    const own = { ...letters, often: ['p127'] }
    const told = byLetters(relations, 'p005', own)
    expect(told).to.equal('\xb0\x70\x88|\xb0\xf0(=),\xb2\x7b(>=1.0),\x83\xb0\x7a,elsewhere|\x87')
    const lines = names.map((name) => ({
      name,
      texts: ['7', '', byLetters(relations, name, own)],
      measured: true,
      numbers: {},
    }))
    const table = readTable('small', '2026-11-20', encodeTable(lines, own.often))
    for (const name of ['p000', 'p005', 'p126', 'p299']) {
      const needed = table.get(name)?.depends.map((group) => group.map((one) => one.name).join('|'))
      expect(needed, name).to.deep.equal(['p000', 'p127|p128', 'p299', 'p004', 'p010', 'elsewhere|p009'])
    }
    expect(table.get('p005')?.depends[1]?.[1]?.version).to.equal('7')
    const many = Array.from({ length: 80 * 144 + 1 }, (_, i) => `${i}`)
    expect(() => lettersFor(many, [])).to.throw('more than letters can tell')
  })

  it('what is brought anyway by what is named before need not be told', () => {
    const depends: Readonly<Record<string, string>> = {
      a: 'b,c,d|e,adduser',
      b: 'c,adduser',
      c: '',
      d: 'c,b',
      circle: 'back,c',
      back: 'circle,c',
      exact: 'lib-bin,lib(=)',
      'lib-bin': 'lib(=)',
      lib: '',
      virtual: 'offered,c',
      offered: 'c',
      adduser: '',
    }
    const packages = new Map(Object.entries(depends).map(([name, text]) => [name, { version: '1', depends: text }]))
    const found = Object.fromEntries(withoutImplied(packages, new Set(['offered'])))
    expect(found).to.deep.equal({
      ...depends,
      a: 'b,d|e,adduser',
      circle: 'back',
      exact: 'lib-bin',
    })
  })

  it('the same knowledge gives the same bytes, in whatever order it comes, and again from its own table', () => {
    const index = new Map(
      [
        paragraph('tool', '2', { depends: 'libtool (= 2), mailer', installed: 300, deb: 90_000 }),
        paragraph('libtool', '2', { source: 'tool', installed: 900, deb: 300_000 }),
        paragraph('tool-doc', '2', { source: 'tool', depends: 'tool', installed: 2000, deb: 400_000 }),
        paragraph('python3-tool', '2', { depends: 'python3, tool (= 2)', installed: 70 }),
        paragraph('mailer-a', '1', { provides: 'mailer', conflicts: 'mailer-b' }),
        paragraph('mailer-b', '1', { provides: 'mailer' }),
      ].map((one) => [one.name, one]),
    )
    const sizes = { full: 250_000, slim: 199_990, fullLinks: 70, slimLinks: 9, files: 13, info: 2345, conffiles: 1 }
    const more = { conffilesBytes: 17, templates: 0, python: 0, control: 777, byteCode: 0 }
    const found = new Map<string, Measured>([
      ['tool', { version: '2', ...sizes, ...more }],
      ['libtool', { version: '2', ...sizes, ...more, slim: 249_999, python: 3333, byteCode: 4567 }],
    ])
    const paths = new Map([
      ['tool', ['/usr/bin/tool', '/usr/share/man/man1/tool.1.gz', '/etc/tool']],
      ['libtool', ['/usr/lib/libtool.so.2', '/usr/lib/tool/a.py']],
      ['tool-doc', ['/usr/share/doc/tool/a.html', '/usr/share/doc/tool/copyright']],
      ['python3-tool', ['/usr/lib/python3/dist-packages/tool.py']],
    ])
    const backwards = <K, V>(map: ReadonlyMap<K, V>): ReadonlyMap<K, V> => new Map([...map].reverse())
    const make = (
      turn: <K, V>(map: ReadonlyMap<K, V>) => ReadonlyMap<K, V>,
      measured: ReadonlyMap<string, Measured>,
    ) => {
      const knowledge = {
        archive: turn(index),
        index: turn(index),
        bases: turn(new Map([['libc6', ['1']]])),
        words: new Set(['mailer']),
        met: new Map([...index.keys()].map((name, i) => [name, i])),
        measured: turn(measured),
        contents: turn(paths),
        elsewhere: new Map(),
      }
      return makeTable(knowledge, learnFrom(knowledge), new Set(turn(index).keys()))
    }
    const first = make((map) => map, found)
    expect(first).to.include({ packages: 6, measured: 2 })
    expect(make(backwards, found).bytes.equals(first.bytes)).to.equal(true)
    const again = make((map) => map, measuredIn(readTable('small', '', first.bytes)))
    expect(again.bytes.equals(first.bytes)).to.equal(true)
    expect(packed(again.bytes).equals(packed(first.bytes))).to.equal(true)
  })

  it('a package that does not tell how long it is, is three times its .deb', () => {
    const knowledge = {
      archive: new Map(),
      index: new Map([['cross', paragraph('cross', '1', { installed: Number.NaN, deb: 2_000_000 })]]),
      bases: new Map(),
      words: new Set<string>(),
      met: new Map(),
      measured: new Map(),
      contents: new Map(),
      elsewhere: new Map(),
    }
    const { bytes } = makeTable(knowledge, learnFrom(knowledge), new Set(['cross']))
    const { full, deb } = readTable('small', '', bytes).get('cross')!.weight
    expect(full).to.be.within(5_700_000, 6_300_000)
    expect(deb).to.be.within(1_900_000, 2_100_000)
  })

  it('likely names fill what is left, those first that bring the fewest others', () => {
    const index = new Map(
      [
        paragraph('sure', '1'),
        paragraph('large', '1', { depends: 'x, y, z' }),
        paragraph('small', '1', { depends: 'x' }),
        ...['x', 'y', 'z', 'unasked'].map((name) => paragraph(name, '1')),
      ].map((one) => [one.name, one]),
    )
    const chosen = (most: number): string =>
      [...choose(index, new Set(['sure']), new Set(), most, new Map(), new Set(['large', 'small', 'none']))].join(' ')
    expect(chosen(3)).to.equal('sure small x')
    expect(chosen(6)).to.equal('sure small x large z y')
    expect(likely().size).to.be.above(2000)
  })

  it('names that somebody wrote come before guessed ones, unless they bring many times as much', () => {
    const needs = (name: string, many: number): readonly (readonly [string, Paragraph])[] => {
      const others = Array.from({ length: many }, (_, i) => `${name}-${i}`)
      return [name, ...others].map((one) => [
        one,
        paragraph(one, '1', one === name ? { depends: others.join(', ') } : {}),
      ])
    }
    const index = new Map([...needs('guess', 2), ...needs('wrote', 20), ...needs('huge', 60)])
    const [likely, written] = [new Set(['guess']), new Set(['huge', 'wrote'])]
    const chosen = choose(index, new Set(), new Set(), 30, new Map(), likely, written)
    expect([...chosen].filter((name) => !name.includes('-'))).to.deep.equal(['wrote', 'guess'])
    expect([...chosen].indexOf('guess')).to.equal(21)
  })

  it('scripts say which Python sources they compile', () => {
    const stdlib = '/usr/lib/python3.11/os.py'
    const common = '/usr/lib/python3/dist-packages/yaml/__init__.py'
    const own = '/usr/share/tool/main.py'
    const plain = 'if command -v py3compile; then\n\tpy3compile -p python3-yaml \nfi\n'
    const table: readonly (readonly [name: string, postinst: string, compiled: readonly string[]])[] = [
      ['libpython3.11-stdlib', '', [stdlib]],
      ['python3-yaml', plain, [common]],
      ['python3-yaml', '', []],
      ['tool', '\tpy3compile -p tool /usr/share/tool -V 3.5-\n', [own]],
      [
        'python3-distutils',
        'dpkg -L python3-distutils | sed\n$python -E -S /usr/lib/$python/py_compile.py $files\n',
        [stdlib],
      ],
      ['python3.11-minimal', 'dpkg -L libpython3.11-minimal:amd64\n/usr/lib/python3.11/py_compile.py $files\n', []],
    ]
    for (const [name, postinst, compiled] of table) {
      const wanted = compiledBy(name, postinst)
      expect(
        [stdlib, common, own].filter((path) => wanted?.(path) === true),
        name,
      ).to.deep.equal(compiled)
    }
  })

  it('what was measured before, or is too long, is not fetched', () => {
    const wanted = ['a', 'b', 'c', 'd', 'e'].map((name) => ({
      name,
      version: '2',
      deb: name === 'c' ? longestDeb + 1 : 10,
    }))
    const known = new Map([
      ['a', measured('2')],
      ['b', measured('1')],
    ])
    expect(batches(wanted, known, 2).map((batch) => batch.map(({ name }) => name).join(' '))).to.deep.equal([
      'b d',
      'e',
    ])
  })

  it('what is named brings along what it needs, short ones first', () => {
    const index = new Map(
      [
        paragraph('tool', '1', { depends: 'libtool, there', recommends: 'manual', deb: 300 }),
        paragraph('libtool', '1', { deb: 200 }),
        paragraph('there', '1'),
        paragraph('manual', '1', { deb: 100 }),
        paragraph('huge', '1', { deb: 9000 }),
        paragraph('mailer', '1', { provides: 'mail', deb: 50 }),
        paragraph('nobody', '1'),
      ].map((one) => [one.name, one]),
    )
    const words = new Set(['install', '-y', 'tool', 'huge', 'mail'])
    const base = new Map([['there', ['1']]])
    const names = (recommends: boolean, longest: number): string =>
      namedPackages(index, { words, recommends, longest }, base)
        .map(({ name }) => name)
        .join(' ')
    expect(names(true, 5000)).to.equal('mailer manual libtool tool')
    expect(names(false, 50_000)).to.equal('mailer libtool tool huge')
  })

  it('of those that provide a name the one of better priority is preferred, then the one met last', () => {
    const index = new Map(
      [
        paragraph('early', '1', { provides: 'web' }),
        paragraph('late', '1', { provides: 'web' }),
        paragraph('standard', '1', { provides: 'web', priority: 'standard' }),
        paragraph('alone', '1', { provides: 'mail' }),
      ].map((one) => [one.name, { ...one, priority: one.priority || 'optional' }]),
    )
    const met = new Map([...index.keys()].map((name, i) => [name, i]))
    const found = preferences(index, new Set(index.keys()), met)
    expect([...found].sort((a, b) => b[1] - a[1]).map(([name]) => name)).to.deep.equal(['standard', 'late', 'early'])
    const needing = new Map([...index, ['page', paragraph('page', '1', { depends: 'web' })] as const])
    expect([...choose(needing, new Set(), new Set(['page']), 2, met)]).to.deep.equal(['page', 'standard'])
  })

  it('apt meets a name where it is first mentioned', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lists-'))
    try {
      writeFileSync(join(folder, 'x_dists_a-security_main_Packages'), 'Package: late\nVersion: 1\n')
      writeFileSync(
        join(folder, 'x_dists_a_main_Packages'),
        'Package: b\nRecommends: d\nDepends: c | e (>= 1)\n\nPackage: a\nDepends: b\n',
      )
      expect([...firstMentions(folder).keys()].join(' ')).to.equal('b c e d a late')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('what a package is longer than usual is its program, not its manuals', () => {
    const manuals = Array.from({ length: 200 }, (_, i) => `/usr/share/man/man1/tool-${i}.1.gz`)
    const paths = countPaths(['/usr/bin/tool', ...manuals])
    const { full, slim } = reckon(paragraph('tool', '1', { installed: 40_000 }), paths, learn([]))
    expect(slim / full).to.be.within(0.9, 0.999)
  })

  it('what was measured tells what slim bases leave out, and what a file loses by rounding', () => {
    const one = (i: number, kind: string): Sample => {
      const names = Array.from({ length: 10 }, (_, file) => `/usr/share/doc/x${i}/${file}.${kind}`)
      const paths = countPaths([`/usr/bin/x${i}`, ...names])
      const full = 100_000 + i * 1000
      const installed = Math.ceil((full + paths.count * 300 + paths.folders * 1024) / 1024)
      const long = { ...measured('1'), full, slim: kind === 'html' ? full / 10 : (full * 9) / 10 }
      return { paragraph: paragraph(`x${i}`, '1', { installed }), paths, measured: long }
    }
    const means = learn(Array.from({ length: 40 }, (_, i) => one(i, i % 2 === 0 ? 'html' : 'txt')))
    for (const [kind, share] of [
      ['html', 0.1],
      ['txt', 0.9],
    ] as const) {
      const { paragraph: its, paths, measured: known } = one(33, kind)
      const { full, slim } = reckon({ ...its, name: 'other' }, paths, means)
      expect(full / known.full).to.be.closeTo(1, 0.01)
      expect(slim / full, kind).to.be.closeTo(share, 0.02)
    }
    const [here, there] = [
      one(33, 'html'),
      { ...one(33, 'html'), measured: { ...one(33, 'html').measured, slim: 50_000 } },
    ]
    const { slim, full } = reckon({ ...here.paragraph, name: 'other' }, here.paths, means, there)
    expect(slim / full, 'as another suite has it').to.be.closeTo(50_000 / here.measured.full, 0.02)
  })

  it('packages of one source share its changelogs', () => {
    const sample = (name: string, version: string, source: string, slim = 30_000): Sample => {
      const paths = countPaths([
        `/usr/lib/nginx/modules/${name}.so`,
        ...['changelog.gz', 'changelog.Debian.gz', 'copyright'].map((file) => `/usr/share/doc/${name}/${file}`),
      ])
      const installed = paragraph(name, version, { installed: 119, source })
      return { paragraph: installed, paths, measured: { ...measured(version), full: 110_000, slim } }
    }
    const means = learn([sample('nginx', '1.26.3-3', ''), ...['a', 'b'].map((name) => sample(name, '1', '', 90_000))])
    const slim = ({ paragraph, paths }: Sample): number => reckon(paragraph, paths, means).slim
    const { paragraph: other, paths } = sample('mod-geoip', '1.26.3-3+b1', 'nginx 1.26.3-3')
    const { full } = reckon(other, paths, means)
    expect(full - slim(sample('mod-geoip', '1.26.3-3+b1', 'nginx'))).to.equal(80_000)
    expect(full - slim(sample('mod-geoip', '1.26.3-3+b1', 'nginx 1.26.3-3'))).to.equal(80_000)
    expect(full - slim(sample('mod-geoip', '1.26.3-4', 'nginx'))).to.not.equal(80_000)
  })

  it('what was measured stands beside what the other half tells of it', () => {
    const one = (name: string, slim: number): Sample => {
      const paths = countPaths([`/usr/bin/${name}`, `/usr/share/doc/${name}/copyright`])
      return {
        paragraph: paragraph(name, '1', { installed: 50 }),
        paths,
        measured: { ...measured('1'), full: slim, slim },
      }
    }
    const list = besides(['b', 'a', 'd', 'c'].map((name, i) => one(name, 40_000 + i)))
    expect(list.map(({ name, measured: { slim } }) => `${name} ${slim}`)).to.deep.equal([
      'a 40001',
      'b 40000',
      'c 40003',
      'd 40002',
    ])
    expect(readBesides(besidesText(list))).to.deep.equal(list)
  })

  it('byte code is told by how many sources there are, none without, and no more than the package has of them', () => {
    const sources = (many: number): readonly string[] =>
      Array.from({ length: many }, (_, i) => `/usr/lib/python3/dist-packages/tool/${i}.py`)
    const one = (many: number): Sample => {
      const paths = countPaths(sources(many))
      const compiled = { ...measured('1'), full: many * 5000, slim: many * 5000, byteCode: many * 6000 }
      return { paragraph: paragraph(`python3-${many}`, '1', { installed: many * 6 }), paths, measured: compiled }
    }
    const means = learn([1, 2, 3, 5, 8].map(one))
    const python = (paths: readonly string[], installed: number): number =>
      reckon(paragraph('python3-tool', '1', { installed }), countPaths(paths), means).python
    expect(python(sources(10), 900)).to.be.within(49_000, 51_000)
    expect(python(sources(10), 2)).to.be.below(2048)
    expect(python(['/usr/bin/tool'], 900)).to.equal(0)
  })

  it('what a table measured is taken over, what it reckoned is not', () => {
    const numbers = { slim: 7040, files: 3 }
    const lines = ['measured', 'reckoned'].map((name) => {
      return { name, texts: ['1', '', ''], measured: name === 'measured', numbers }
    })
    const found = measuredIn(readTable('small', '2026-11-20', encodeTable(lines)))
    expect([...found.keys()]).to.deep.equal(['measured'])
    expect(found.get('measured'))
      .to.include({ version: '1', full: 7040, slim: 7040, files: 3 })
      .and.not.have.property('deb')
  })

  it('no package is longer than the archive says', () => {
    // php8.2-cgi, once told in units that were taken for bytes and then told in units again.
    for (const [full, can] of [
      [11_170_595, true],
      [11_170_595 * 64, false],
    ] as const)
      expect(possible({ full }, { installed: 10_946 })).to.equal(can)
    expect(possible({ full: 6_199_936 }, { installed: 0 })).to.equal(true)
  })

  it('a line that was cut off is measured anew', () => {
    const line = (name: string): string => JSON.stringify({ file: `${name}.deb`, name, measured: measured('1') })
    const { found, files } = readMeasured(`${line('a')}\n${line('b').slice(0, -9)}`)
    expect([...found.keys(), ...files]).to.deep.equal(['a', 'a.deb'])
  })

  it('packages of a recorded source go back to the recorded version together', () => {
    const archive = new Map([
      ['one', paragraph('one', '2', { source: 's' })],
      ['two', paragraph('two', '2', { source: 's', depends: 'one (= 2)' })],
      ['other', paragraph('other', '2')],
    ])
    const index = withRecorded(archive, new Map([['one', paragraph('one', '1', { source: 's' })]]))
    expect([...index.values()].map(({ name, version }) => `${name} ${version}`)).to.deep.equal([
      'one 1',
      'two 1',
      'other 2',
    ])
    expect(index.get('two')?.depends).to.equal('one (= 1)')
  })

  it('a .deb is measured as it streams by', async function () {
    if (spawnSync('dpkg-deb', ['--version']).status !== 0) return this.skip()
    const folder = mkdtempSync(join(tmpdir(), 'deb-'))
    try {
      const put = (path: string, text: string): void => {
        mkdirSync(join(folder, 'tree', path, '..'), { recursive: true })
        writeFileSync(join(folder, 'tree', path), text)
      }
      const control = 'Package: small\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b.c>\nDescription: none\n more\n'
      put('DEBIAN/control', control)
      put('DEBIAN/conffiles', '/etc/small\n')
      put('etc/small', 'x')
      put('usr/share/doc/small/README', 'left out')
      put('usr/share/doc/small/copyright', 'kept')
      execFileSync('dpkg-deb', ['--build', '--root-owner-group', join(folder, 'tree'), join(folder, 'small.deb')], {
        stdio: 'ignore',
      })
      const { name, measured: found } = await measureDeb(join(folder, 'small.deb'))
      const list =
        '/.\n/etc\n/etc/small\n/usr\n/usr/share\n/usr/share/doc\n/usr/share/doc/small\n/usr/share/doc/small/README\n/usr/share/doc/small/copyright\n'
      expect(name).to.equal('small')
      expect(found).to.deep.equal({
        ...sumUp('1', [], { info: list.length + 11, conffiles: '/etc/small\n', templates: 0 }),
        full: 13,
        slim: 5,
        files: 3,
        control: control.length,
        byteCode: 0,
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
