import { expect } from 'chai'
import { predict } from '../../../lib/analyze.ts'
import { catalogue } from '../../../lib/bases/catalogue.ts'
import { chooseBuilder } from '../../../lib/builders/choose.ts'
import type { Image, Row } from '../../../lib/model.ts'
import { plainGiven } from '../../tools/predict.ts'

/** What a Dockerfile gives, on the images of the catalogue. */
function imagine(dockerfile: string): { readonly image: Image; readonly own: readonly Row[] } {
  const given = plainGiven(chooseBuilder('docker@27'), {
    base: (ref, platform) => catalogue(ref.replace(/^docker\.io\/library\//, ''), platform),
  })
  const { image } = predict(dockerfile, given)
  return { image, own: image.rows.filter(({ origin }) => origin.from === 'dockerfile') }
}

const on = (base: string, ...runs: readonly string[]) =>
  imagine([`FROM ${base}`, ...runs.map((run) => `RUN ${run}`)].join('\n'))

const bytes = (base: string, ...runs: readonly string[]) => on(base, ...runs).own.map(({ size }) => size.bytes)

/** Packages that a row's layer holds. */
function packages(image: Image, row: Row | undefined): readonly string[] {
  const entries = row?.layer === null || row === undefined ? [] : (image.layers[row.layer]?.entries ?? [])
  return entries.flatMap(({ label }) => (label?.startsWith('apt:') ? [label.slice(4)] : [])).sort()
}

const slim = 'debian:bookworm-slim'

/** What a RUN on the slim image gives, and its row. */
function asked(run: string): readonly [Image, Row | undefined] {
  const { image, own } = on(slim, run)
  return [image, own[0]]
}
const update = 'apt-get update'
const lists = 'rm -rf /var/lib/apt/lists/*'

describe('apt', () => {
  it('keeps lists only where nobody removes them in the same RUN', () => {
    expect(bytes(slim, update)).to.deep.equal([19_852_735])
    expect(bytes(slim, `${update} && ${lists}`)).to.deep.equal([0])
    for (const word of ['distclean', 'dist-clean'])
      expect(bytes(slim, `${update} && apt-get ${word}`), word).to.deep.equal([0])
    expect(bytes(slim, update, lists)).to.deep.equal([19_852_735, 0])
    for (const sweep of ['-type f -delete', '-type f -exec rm {} +', '-mindepth 1 -delete'])
      expect(bytes(slim, `${update} && find /var/lib/apt/lists ${sweep}`), sweep).to.deep.equal([0])
    expect(bytes(slim, `${update} && find /var/lib/apt/lists -name '*.nope' -delete`)).to.deep.equal([19_852_735])
  })

  it('fetches what names the lists in each RUN that updates, and once in it', () => {
    const many = bytes(
      slim,
      update,
      `${update} && ${update}`,
      `${update} || true`,
      `${lists} && ${update}`,
      `${update}`,
    )
    expect(many).to.deep.equal([19_852_735, 241_248, 241_248, 19_852_735, 241_248])
    expect(bytes(slim, `${update} && ${update}`)).to.deep.equal([19_852_735])
    expect(bytes('debian:trixie-slim', update, update)[1]).to.equal(231_170)
  })

  it('takes * and ? for patterns over all names, however many of them', () => {
    const [image, row] = asked(`${update} && apt-get install -y --no-install-recommends 'lua5.?' && ${lists}`)
    expect(packages(image, row)).to.include('lua5.3').and.include('lua5.4')
    expect(bytes(slim, `${update} && apt-get install -y '${'*?'.repeat(20)}Z'`)).to.have.lengthOf(1)
  })

  it('does not install again what an earlier RUN installed', () => {
    const { image, own } = on(slim, `${update} && apt-get install -y curl`, 'apt-get install -y curl git')
    expect(packages(image, own[0])).to.include('curl')
    expect(packages(image, own[1])).to.include('git').and.not.include('curl')
  })

  const spelled: readonly (readonly [what: string, command: string, recommends: boolean])[] = [
    ['by itself', 'apt-get install -y curl', true],
    ['with the option', 'apt-get -qq -y --no-install-recommends install curl', false],
    ['with a setting', 'apt-get install -y -o APT::Install-Recommends=false curl', false],
    ['with a setting in one word', 'apt -oAPT::Install-Recommends=0 install -yq curl', false],
    ['with a file', `echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/99x && apt-get install -y curl`, false],
    ['by aptitude', 'aptitude -y -R install curl', false],
  ]
  for (const [what, command, recommends] of spelled)
    it(`recommended packages ${what}: ${recommends ? 'yes' : 'no'}`, () => {
      const { image, own } = on(slim, command)
      const found = packages(image, own[0])
      expect(found).to.include('curl')
      expect(found.includes('ca-certificates')).to.equal(recommends)
    })

  it('notes of every package what state it is in, where aptitude runs and not where it is installed', () => {
    const { own } = on(slim, 'apt-get install -y --no-install-recommends aptitude', 'aptitude install -y tree')
    expect(own[0]?.size.high).to.be.lessThan(40_000_000)
    expect(own[1]?.size.bytes).to.be.closeTo(14_028_269, 3000)
  })

  it('reads words as apt does', () => {
    const { image, own } = on(slim, 'apt-get install -y curl=7.88.1-10+deb12u15 libpq5:amd64 nginx/bookworm vim-')
    expect(packages(image, own[0])).to.include.members(['curl', 'libpq5', 'nginx']).and.not.include('vim')
  })

  it('leaves nothing of what the same RUN purges', () => {
    const purge = 'apt-get purge -y --auto-remove gcc libc6-dev'
    const { image, own } = on(
      slim,
      `${update} && apt-get install -y --no-install-recommends gcc libc6-dev && ${purge} && ${lists}`,
    )
    expect(packages(image, own[0])).to.deep.equal([])
    expect(own[0]?.size.bytes).to.be.within(900_000, 1_100_000)
  })

  it('leaves nothing of what scripts wrote, where that is purged; a removal leaves settings', () => {
    const bundle = '/etc/ssl/certs/ca-certificates.crt'
    const layerOf = (verb: string): readonly string[] => {
      const { image, own } = on(slim, `apt-get install -y ca-certificates && apt-get ${verb} -y ca-certificates`)
      return (
        image.layers[own[0]?.layer ?? -1]?.entries.flatMap(({ path, type }) => (type === 'file' ? [path] : [])) ?? []
      )
    }
    expect(layerOf('remove')).to.include(bundle)
    expect(layerOf('purge')).to.include('/var/lib/dpkg/status')
    expect(layerOf('purge')).to.not.include(bundle)
  })

  it('knows the databases and formats that are made at installation', () => {
    for (const [base, name, label, bytes] of [
      [slim, 'mariadb-server', 'left by mariadb-server', 118_171_286],
      ['debian:trixie-slim', 'mariadb-server', 'left by mariadb-server', 149_328_971],
      [slim, 'texlive-base', 'written by texlive-base', 4_736_794],
      ['debian:trixie-slim', 'texlive-base', 'written by texlive-base', 4_909_794],
    ] as const) {
      const { image, own } = on(base, `apt-get install -y --no-install-recommends ${name}`)
      const data = image.layers[own[0]?.layer ?? -1]?.entries.find((one) => one.label === label)
      expect(data?.size.bytes, `${base} ${name}`).to.equal(bytes)
    }
  })

  it('gains nothing by a purge in a later RUN', () => {
    const { own } = on(slim, 'apt-get install -y make', 'apt-get purge -y make')
    expect(own[0]?.size.bytes).to.be.greaterThan(1_000_000)
    expect(own[1]?.size.bytes).to.be.lessThan(1_100_000)
  })

  // Built on bookworm: apt has debconf store its databases again, dpkg alone does not, and writes no log of apt's.
  it('has debconf write its databases again where apt removes, not where dpkg does', () => {
    const records = (command: string) => {
      const { image, own } = on(slim, 'apt-get install -y make', command)
      return image.layers[own[1]!.layer!]!.entries.map(({ path }) => path)
    }
    const databases = ['/var/cache/debconf/config.dat', '/var/cache/debconf/templates.dat']
    expect(records('apt-get purge -y make')).to.include.members([...databases, '/var/log/apt/term.log'])
    expect(records('dpkg --purge make')).to.include.members(['/var/lib/dpkg/status', '/var/log/dpkg.log'])
    expect(records('dpkg --purge make').filter((path) => /debconf|log\/apt/.test(path))).to.deep.equal([])
  })

  it('follows marks: what an image builds with goes, what it had stays', () => {
    const script = [
      'set -eux',
      'saved="$(apt-mark showmanual)"',
      'apt-get install -y --no-install-recommends gcc',
      `apt-mark auto '.*' > /dev/null`,
      'apt-mark manual $saved',
      'apt-get purge -y --auto-remove -o APT::AutoRemove::RecommendsImportant=false',
    ]
    const { image, own } = on(slim, script.join('; '))
    expect(packages(image, own[0])).to.deep.equal([])
  })

  it('takes documentation away, the rest stays as sure as it was', () => {
    const [kept, cut] = [
      `${update} && apt-get install -y git`,
      `${update} && apt-get install -y git && rm -rf /usr/share/doc/*`,
    ].map((run) => on('debian:bookworm', run).own[0]?.size)
    expect(cut?.bytes).to.be.lessThan(kept?.bytes ?? 0)
    expect(cut?.low).to.be.greaterThan((cut?.bytes ?? 0) * 0.98)
  })

  it('keeps package files and caches where nothing cleans up', () => {
    const clean = 'rm -f /etc/apt/apt.conf.d/docker-clean'
    const labels = (run: string) => {
      const { image, own } = on(slim, run)
      return (
        image.layers[own[0]?.layer ?? -1]?.entries.filter(({ kind }) => kind === 'cache').map(({ path }) => path) ?? []
      )
    }
    expect(labels(`${clean} && apt-get install -y make`)).to.include('/var/cache/apt/archives')
    expect(labels(`${clean} && apt-get install -y make && apt-get clean`)).not.to.include('/var/cache/apt/archives')
    expect(labels('apt-get install -y make')).not.to.include('/var/cache/apt/archives')
  })

  it('installs package files by what their names say, and what they need', () => {
    const { image, own } = on(
      slim,
      'mkdir /d && cd /d && apt-get download jq && apt-get install -y ./*.deb && rm -f *.deb',
    )
    expect(packages(image, own[0])).to.deep.equal(['jq', 'libjq1', 'libonig5'])
    expect(own[0]?.size.basis).to.equal('resolved')
  })

  it('leaves alone what is held, until it is held no more', () => {
    const held = 'apt-mark hold perl-base'
    expect(packages(...asked(`${update} && apt-get upgrade -y`))).to.include('perl-base')
    expect(packages(...asked(`${held} && ${update} && apt-get upgrade -y`))).not.to.include('perl-base')
    expect(packages(...asked(`${held} && apt-mark unhold perl-base && apt-get upgrade -y`))).to.include('perl-base')
  })

  it('knows packages of another release roughly', () => {
    for (const words of ['-t bookworm-backports git', 'git/bookworm-backports']) {
      const { own } = on(slim, `apt-get install -y --no-install-recommends ${words}`)
      expect(own[0]?.size.basis, words).to.equal('heuristic')
      expect(own[0]?.size.high, words).to.be.above((own[0]?.size.bytes ?? 0) * 1.3)
    }
    for (const words of ['-t bookworm git', 'git/bookworm-security'])
      expect(on(slim, `apt-get install -y ${words}`).own[0]?.size.basis, words).to.equal('resolved')
  })

  it('makes the caches of fonts again as long as they were', () => {
    const fonts = 'apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core'
    const [once, twice] = [fonts, `${fonts} && fc-cache -f`].map((run) => bytes(slim, run)[0])
    expect(twice).to.equal(once)
    expect(bytes(slim, fonts, 'fc-cache -f')[1]).to.equal(16_744)
    expect(bytes(slim, 'fc-cache -f')[0]).to.equal(null)
  })

  it('writes the databases of debconf for answers to questions', () => {
    const { own } = on(
      slim,
      'echo "a b select c" | debconf-set-selections',
      'dpkg-reconfigure -f noninteractive tzdata',
    )
    for (const { size } of own) {
      expect(size.bytes).to.be.within(1_500_000, 1_560_000)
      expect(size.basis).not.to.equal('unknown')
    }
    expect(bytes(slim, 'update-locale LANG=C.UTF-8')[0]).to.be.within(13, 90)
  })

  const unsure: readonly (readonly [what: string, base: string, run: string])[] = [
    ['a package that no table has', slim, 'apt-get install -y no-such-package'],
    [
      'a package from another archive',
      slim,
      'echo "deb x" > /etc/apt/sources.list.d/pgdg.list && apt-get install -y postgresql-client-16',
    ],
    [
      'a package in place of the distribution’s',
      slim,
      'echo "deb x" > /etc/apt/sources.list.d/nodesource.list && apt-get install -y nodejs',
    ],
    ['lists of other archives', slim, 'echo "deb x" > /etc/apt/sources.list.d/x.list && apt-get update'],
    ['a package file', slim, 'dpkg -i /tmp/x.deb'],
    ['what packages are built with', slim, 'apt-get build-dep -y curl'],
    ['a release without a table', 'ubuntu:24.04', 'apt-get install -y curl'],
  ]
  for (const [what, base, run] of unsure)
    it(`does not know ${what}`, () => expect(on(base, run).own[0]?.size).to.include({ bytes: null, basis: 'unknown' }))

  it('takes hostile words as they come', () => {
    const words = ['*', '-', '--', '=', '/', ':', '$(', '"a b"', 'x=*', '\\\\', '[', '(', 'a'.repeat(5000)]
    const { own } = on(slim, `apt-get install -y ${words.map((word) => `'${word}'`).join(' ')}`)
    expect(own).to.have.lengthOf(1)
  })
})
