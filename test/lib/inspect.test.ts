import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { learnContents } from '../../lib/image/contents.ts'
import { openImage } from '../../lib/image/open.ts'
import type { StoredImage } from '../../lib/image/stored.ts'
import { readFacts } from '../../lib/inspect/facts.ts'
import { inspect } from '../../lib/inspect.ts'
import type { SizeModel } from '../../lib/model.ts'
import { leftovers } from '../../lib/unionfs/leftovers.ts'
import { listLayer, pathLife } from '../../lib/unionfs/path-life.ts'
import { stack } from '../../lib/unionfs/stack.ts'
import { union } from '../../lib/unionfs/union.ts'
import { dockerArchive, type Made } from '../tools/image.ts'
import { type Member, sparseMember, tar } from '../tools/tar.ts'
import { root } from '../tools/truth.ts'

const lower = tar([
  { name: 'd/', type: '5' },
  { name: 'd/a', data: 'x'.repeat(600) },
  { name: 'd/b', type: '1', link: 'd/a' },
  { name: 'l', type: '2', link: 'target' },
  { name: 'same', data: 'same', mode: 0o644 },
  { name: 'twice', data: 'first' },
  { name: 'twice', data: 'then' },
])
const upper = tar([
  { name: 'same', data: 'same', mode: 0o755 },
  { name: 'd/.wh.a' },
  { name: '.wh.twice' },
  { name: 'copy', data: 'same' },
])
const made: Made = {
  layers: [lower, upper],
  history: [{ created_by: 'a' }, { created_by: 'ENV', empty_layer: true }, { created_by: 'b' }],
}

const system = tar([
  { name: 'etc/os-release', type: '2', link: '../usr/lib/os-release' },
  { name: 'usr/lib/os-release', data: 'ID=debian\nVERSION_ID="12"\n' },
  { name: 'var/lib/dpkg/status', data: 'Package: apt\nStatus: install ok installed\nVersion: 2\n' },
  { name: 'etc/passwd', data: 'root:x:0:0\n' },
  { name: 'etc/group', data: 'root:x:0:\n' },
  { name: 'etc/dpkg/dpkg.cfg.d/', type: '5' },
  { name: 'etc/dpkg/dpkg.cfg.d/docker', data: 'path-exclude /usr/share/doc/*\n' },
])
const user = tar([
  { name: 'etc/passwd', data: 'root:x:0:0\napp:x:7:8\n', mode: 0o600 },
  { name: 'n', type: '1', link: 'etc/passwd' },
  { name: 'etc/.wh.dpkg' },
])

describe('inspect', () => {
  let directory = ''
  let image: StoredImage | undefined
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'inspect-'))
  })
  afterEach(() => image?.close())
  after(() => rmSync(directory, { recursive: true }))

  const opened = async (one: Made): Promise<StoredImage> => {
    const place = join(directory, 'a.tar')
    writeFileSync(place, dockerArchive(one))
    image = await openImage(
      { transport: 'archive', place, pick: undefined, path: place },
      { os: 'linux', arch: 'amd64', variant: '' },
    )
    return image
  }

  const sizes: readonly (readonly [model: SizeModel, lower: number, upper: number])[] = [
    ['classic', 600 + 6 + 4 + 4, 8],
    ['buildkit', 600 + 4 + 5 + 4, 8],
    ['tar', 600 + 4 + 5 + 4, 8],
    ['podman', lower.length, upper.length],
    ['containerd', 4096 * 5, 4096 * 3],
  ]
  for (const [sizeModel, one, two] of sizes) {
    it(`counts as ${sizeModel}`, async () => {
      const read = await inspect(await opened(made), { sizeModel, contents: 'none', verify: true, allModels: true })
      expect(read.image.rows.map((r) => r.size.bytes)).to.deep.equal([one, 0, two])
      expect(read.image.rows.map((r) => r.sizes?.[sizeModel])).to.deep.equal([one, undefined, two])
      expect(read.image.layers.map((l) => [l.row, l.size.bytes, l.complete])).to.deep.equal([
        [0, one, true],
        [2, two, true],
      ])
    })
  }

  it('counts what lies in the folder of a layer whose tar stores over itself, as classic', async () => {
    const cases: readonly (readonly [members: readonly Member[], bytes: number])[] = [
      // A mark is about lower layers, wherever it stands.
      [[{ name: 'a', data: 'seven b' }, { name: '.wh.a' }], 7],
      // The first body has another name still.
      [
        [
          { name: 'a', data: 'five!' },
          { name: 'b', type: '1', link: 'a' },
          { name: 'a', data: 'seven b' },
        ],
        12,
      ],
      [
        [
          { name: 'd/', type: '5' },
          { name: 'd/a', data: 'five!' },
          { name: 'd', data: 'one' },
        ],
        3,
      ],
      [
        [
          { name: 'l', type: '2', link: 'target' },
          { name: 'l', data: 'one' },
        ],
        3,
      ],
    ]
    for (const [members, bytes] of cases) {
      const stored = await opened({ layers: [tar(members)], history: [{}] })
      const { image: found } = await inspect(stored, { sizeModel: 'classic', contents: 'none', verify: false })
      expect(found.rows[0]?.size.bytes, JSON.stringify(members)).to.equal(bytes)
    }
  })

  it('knows that a layer stored twice stores the same again', async () => {
    const layer = tar([{ name: 'a', data: 'x'.repeat(600) }])
    const stored = await opened({ layers: [layer, layer], history: [{}, {}] })
    const read = await inspect(stored, { sizeModel: 'classic', contents: 'twins', verify: false })
    expect(union(read.contents).waste.map((w) => [w.entry.path, w.class])).to.deep.equal([['/a', 'identical']])
  })

  it('follows a path, and lists a layer, without an object of each entry', async () => {
    const link = tar([
      { name: 'other', type: '1', link: 'same' },
      { name: 'implied/a', data: 'a' },
      { name: 'implied/b', data: 'b' },
      { name: '.wh.l' },
      { name: 'l/x', data: 'x' },
    ])
    const stored = await opened({ layers: [lower, upper, link], history: [{}, {}, {}] })
    const { image: found } = await inspect(stored, { sizeModel: 'classic', contents: 'none', verify: false })
    const whole = found.layers.map(({ table: _, ...layer }) => layer)
    const tables = found.layers.map(({ table, row, complete, size }) => ({
      ...{ row, complete, size, ...(table && { table }) },
      get entries(): never {
        throw new Error('made into objects')
      },
    }))
    for (const path of ['/d/a', '/d/b', '/d', '/l', '/same', '/twice', '/copy', '/other', '/implied', '/none', '/'])
      expect(pathLife(tables, path), path).to.deep.equal(pathLife(whole, path))
    const listed = (layers: typeof whole, index: number): readonly unknown[] =>
      [...listLayer({ layers }, index)].map(({ path, type, bytes, mode, link }) => [path, type, bytes, mode, link])
    for (const index of [0, 1, 2]) expect(listed(tables, index)).to.deep.equal(listed(whole, index))
  })

  for (const layers of [made.layers, made.layers.map((l) => gzipSync(l))]) {
    it('tells a change of mode from a change of content', async () => {
      const stored = await opened({ ...made, layers, plain: made.layers })
      const read = await inspect(stored, { sizeModel: 'classic', contents: 'twins', verify: false })
      const { waste, total, visible } = stack(read.image.layers)
      expect(waste.map((w) => [w.entry.path, w.class, w.entry.size.bytes]).sort()).to.deep.equal([
        ['/same', 'metadata-only', 4],
        ['/twice', 'dead-in-layer', 5],
        ['/twice', 'deleted', 4],
      ])
      expect([total.bytes, visible.bytes]).to.deep.equal([621, 608])
    })

    it('learns the content of what is asked for', async () => {
      const stored = await opened({ ...made, layers, plain: made.layers })
      const read = await inspect(stored, { sizeModel: 'classic', contents: 'none', verify: false })
      const wanted = read.contents.flatMap((table) => [...table!.glimpses()]).filter((e) => e.size.bytes === 4)
      await learnContents(stored, read.contents, wanted)
      const known = read.image.layers.flatMap((l) => l.entries).filter((e) => e.content !== undefined)
      expect(known.map((e) => e.path)).to.deep.equal(['/same', '/twice', '/same', '/copy'])
      expect(new Set(known.map((e) => e.content)).size).to.equal(2)
    })
  }

  it('finds files that are equal, and those that differ in their last byte only', async () => {
    const data = Buffer.alloc(300_000, 'content ')
    const other = Buffer.from(data)
    other[other.length - 1] = 0
    const member = (name: string, body: Buffer): Member => ({ name, data: body })
    const stored = await opened({
      layers: [
        tar([member('a', data), member('b', other), member('c', data)]),
        tar([member('small', Buffer.from('x')), member('d', data), member('e', other)]),
      ],
    })
    const read = await inspect(stored, { sizeModel: 'classic', contents: 'twins', verify: false })
    const all = read.contents.flatMap((table) => [...table!.glimpses()])
    const content = (path: string) => all.find((one) => one.path === path)?.content
    expect([content('/c'), content('/d')]).to.deep.equal([content('/a'), content('/a')])
    expect(content('/a')).to.be.a('string')
    expect(content('/e')).to.equal(content('/b'))
    expect(content('/b')).to.not.equal(content('/a'))
    expect(content('/small')).to.equal(undefined)
  })

  it('reads the packages of rpm, through the link that newer systems have', async () => {
    const data = gunzipSync(readFileSync(join(root, 'test/fixtures/rpm/rpmdb.sqlite.gz')))
    const database: Member[] = [
      { name: 'var/lib/rpm', type: '2', link: '../../usr/lib/sysimage/rpm' },
      { name: 'usr/lib/sysimage/rpm/rpmdb.sqlite', data },
    ]
    const factsOf = async (members: readonly Member[]) => {
      const stored = await opened({ layers: [tar(members)] })
      const read = await inspect(stored, { sizeModel: 'classic', contents: 'none', verify: false })
      return readFacts(stored, read, { files: false })
    }
    const { facts, problems } = await factsOf(database)
    expect(problems).to.deep.equal([])
    expect(Object.keys(facts.packages ?? {})).to.have.lengthOf(38)
    expect(facts.packages?.['openssl-libs']).to.deep.equal({
      version: '1:3.2.2-6.el9',
      source: 'openssl-libs-3.2.2-6.el9.src.rpm',
    })
    const broken = await factsOf([{ name: 'var/lib/rpm/Packages.db', data: data.subarray(0, 5000) }])
    expect(broken.facts).not.to.have.property('packages')
    expect(broken.problems.map(({ message }) => message)).to.deep.equal([
      '/var/lib/rpm/Packages.db: not a readable SQLite database',
    ])
  })

  for (const pack of [(layer: Buffer) => layer, (layer: Buffer) => gzipSync(layer)]) {
    it('compares files with holes by what is stored, and where', async () => {
      const pax = (records: Readonly<Record<string, string>>, data: string): Member => ({
        name: 'a',
        data,
        pax: { 'GNU.sparse.size': '900', 'GNU.sparse.name': 'a', ...records },
      })
      const one = { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0' }
      const map = (text: string) => ({ 'GNU.sparse.map': text })
      const further = (offset: number): Member => ({
        ...sparseMember('a', 900, 1),
        data: `${'\0'.repeat(offset)}1${'\0'.repeat(511 - offset)}abc`,
        size: 3,
        touch(block) {
          sparseMember('a', 900, 1).touch!(block)
          block[482] = 1
        },
      })
      const cases: readonly (readonly [Member, Member, string])[] = [
        [sparseMember('a', 900), sparseMember('a', 900), 'identical'],
        [sparseMember('a', 900), { ...sparseMember('a', 900), mode: 0o755 }, 'metadata-only'],
        [sparseMember('a', 900), sparseMember('a', 900, 512), 'overwritten'],
        [sparseMember('a', 900), sparseMember('a', 901), 'overwritten'],
        [sparseMember('a', 900), { ...sparseMember('a', 900), data: 'abd' }, 'overwritten'],
        [further(20), further(20), 'identical'],
        [further(20), further(21), 'overwritten'],
        [pax(one, '1\n0\n2\n'), pax(one, '1\n0\n2\n'), 'identical'],
        [pax(one, '1\n0\n2\n'), pax(one, '1\n1\n2\n'), 'overwritten'],
        [pax(map('0,2'), 'xy'), pax(map('0,2'), 'xy'), 'identical'],
        [pax(map('0,2'), 'xy'), pax(map('1,2'), 'xy'), 'overwritten'],
        // What a map says that is not known whole, nobody can tell.
        [pax({}, 'xy'), pax({}, 'xy'), 'overwritten'],
      ]
      for (const [before, after, wanted] of cases) {
        const plain = [tar([before]), tar([after, { name: 'other' }])]
        const stored = await opened({ layers: plain.map(pack), plain, history: [{}, {}] })
        const read = await inspect(stored, { sizeModel: 'classic', contents: 'twins', verify: false })
        expect(
          union(read.contents).waste.map((w) => w.class),
          JSON.stringify([before, after]),
        ).to.deep.equal([wanted])
      }
    })
  }

  for (const pack of [(layer: Buffer) => layer, (layer: Buffer) => gzipSync(layer)]) {
    it('learns the content of files that may be twins', async () => {
      const long = 'z'.repeat(3000)
      const plain = [
        tar([
          { name: 'a', data: `${long}1` },
          { name: 'b', data: `${long}2` },
          { name: 'c', data: `1${long}` },
          { name: 'alone', data: 'alone' },
        ]),
        tar([
          { name: 'd', data: `${long}1` },
          { name: 'e', data: `0${long}` },
          { name: 'short', data: 'twin' },
          { name: 'other', data: 'twin' },
        ]),
      ]
      const stored = await opened({ layers: plain.map(pack), plain })
      const read = await inspect(stored, { sizeModel: 'classic', contents: 'twins', verify: false })
      const stacked = union(read.contents)
      expect(
        leftovers({ layers: [] }, stacked).duplicates.map(({ bytes, paths }) => [bytes.bytes, paths]),
      ).to.deep.equal([
        [3001, ['/a', '/d']],
        [4, ['/other', '/short']],
      ])
      // What differs at its beginning is not read to its end.
      const entries = read.image.layers.flatMap((layer) => layer.entries)
      const known = entries.filter((entry) => entry.content !== undefined).map(({ path }) => path)
      if (stored.layers[0]?.blob.bytes === plain[0]?.length)
        expect(known).to.deep.equal(['/a', '/b', '/d', '/short', '/other'])
    })
  }

  for (const [order, names] of Object.entries({
    'one after the other': ['a', 'a'],
    'after what is below': ['a/', 'a/b', 'a/'],
    'after another': ['b', 'a', 'b'],
    'with a longer name between': ['a', 'a.txt', 'a'],
  })) {
    it(`counts a path that a tar has twice once: ${order}`, async () => {
      const layer = tar(
        names.map((name, i) =>
          name.endsWith('/') ? { name, type: '5' } : { name, type: '2', link: 'x'.repeat(i + 1) },
        ),
      )
      const stored = await opened({ layers: [layer], history: [{ created_by: 'a' }] })
      const { image } = await inspect(stored, { sizeModel: 'classic', contents: 'none', verify: false })
      const last = new Map(names.map((name, i) => [name, name.endsWith('/') ? 0 : i + 1]))
      expect(image.layers[0]?.size.bytes).to.equal([...last.values()].reduce((sum, bytes) => sum + bytes))
    })
  }

  it('counts what is a folder in the end as one', async () => {
    const layer = tar([
      { name: 'a', data: 'file' },
      { name: 'a/b/c', data: 'in it' },
      { name: 'd', type: '2', link: 'target' },
      { name: 'd/e/', type: '5' },
    ])
    const stored = await opened({ layers: [layer], history: [{ created_by: 'a' }] })
    const { image } = await inspect(stored, { sizeModel: 'classic', contents: 'none', verify: false })
    expect(image.layers[0]?.size.bytes).to.equal(5)
  })

  it('counts a target by its bytes, which need not be UTF-8', async () => {
    const touch = (block: Buffer) => void block.write('caf\xe9', 157, 'latin1')
    const stored = await opened({ layers: [tar([{ name: 'l', type: '2', touch }])], history: [{ created_by: 'a' }] })
    const { image } = await inspect(stored, { sizeModel: 'classic', contents: 'none', verify: false })
    expect(image.layers[0]?.size.bytes).to.equal(4)
  })

  it('reads what a Dockerfile on top has to know', async () => {
    const stored = await opened({ layers: [system, user] })
    const read = await inspect(stored, { sizeModel: 'classic', contents: 'none', verify: false })
    const { facts } = await readFacts(stored, read, { files: true })
    expect(facts).to.deep.include({
      os: { id: 'debian', versionId: '12' },
      packages: { apt: { version: '2' } },
      accounts: { users: { root: [0, 0], app: [7, 8] }, groups: { root: 0 } },
      complete: true,
    })
    expect(facts.files?.['/etc/passwd']).to.deep.equal({ bytes: 21, mode: '0600', uid: 0, gid: 0, layer: 1 })
    expect(facts.files?.['/n']).to.deep.equal({
      hardlink: '/etc/passwd',
      bytes: 21,
      mode: '0644',
      uid: 0,
      gid: 0,
      layer: 1,
    })
    expect(facts.files?.['/etc/os-release']?.link).to.equal('../usr/lib/os-release')
    expect(facts.files).not.to.have.property('/etc/dpkg')
    const below = await opened({ layers: [system] })
    const again = await inspect(below, { sizeModel: 'classic', contents: 'none', verify: false })
    const slim = await readFacts(below, again, { files: false })
    expect(slim.facts.os).to.deep.equal({ id: 'debian', versionId: '12', slim: true })
  })
})
