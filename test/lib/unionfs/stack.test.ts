import { expect } from 'chai'
import type { Entry, Layer, Row, WasteClass } from '../../../lib/model.ts'
import { exact, perhaps, unknown, zero } from '../../../lib/size.ts'
import { pairs } from '../../../lib/unionfs/pairs.ts'
import type { Stack } from '../../../lib/unionfs/stack.ts'
import { stack } from '../../../lib/unionfs/stack.ts'
import { truthCases } from '../../tools/truth.ts'
import { made as entry } from './made.ts'
import { absolute, entryOf, layersOf } from './recorded.ts'

describe('stack: recorded unions', () => {
  const cases = truthCases()
  let compared = 0
  for (const { name, layers: union, waste } of cases) {
    if (union === undefined || waste === undefined) continue
    const layers: readonly Layer[] = union.layers.map(({ row, entries }) => ({
      row,
      entries: entries.map(entryOf),
      complete: true,
      size: zero,
    }))
    const result = stack(layers)

    it(`${name}: the files that are seen`, () => {
      const seen = result.files
        .filter(({ entry }) => entry.path !== '/')
        .map(({ entry, layer, bytes }) => ({
          path: entry.path,
          type: entry.type,
          mode: entry.mode,
          uid: entry.uid,
          gid: entry.gid,
          size: bytes.bytes,
          link: entry.link,
          layer,
        }))
      const recorded = union.files.map((file) => ({
        path: absolute(file.path),
        type: file.type,
        mode: Number.parseInt(file.mode, 8),
        uid: file.uid,
        gid: file.gid,
        size: file.size ?? 0,
        link: file.link === undefined ? null : file.type === 'hardlink' ? absolute(file.link) : file.link,
        layer: file.layer,
      }))
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1)
      expect(seen.toSorted(byPath)).to.deep.equal(recorded.toSorted(byPath))
    })

    it(`${name}: the bytes that are not`, () => {
      const image = { rows: [], layers }
      const got = pairs(image, result.waste).map(({ creator, killer, bytes, files, paths }) => ({
        creator,
        killer,
        bytes: bytes.bytes,
        files,
        paths: paths
          .map(({ path, bytes, class: how }) => ({
            path: path.slice(1),
            bytes: bytes.bytes,
            class: recordedClass[how],
          }))
          .sort((a, b) => (a.path < b.path ? -1 : 1)),
      }))
      const expected = waste.pairs.map(({ creator, killer, bytes, files, paths }) => ({
        creator,
        killer,
        bytes,
        files,
        paths: paths.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      }))
      const byRows = (a: { creator: number; killer: number }, b: typeof a) =>
        a.creator - b.creator || a.killer - b.killer
      expect(got.sort(byRows)).to.deep.equal(expected.sort(byRows))
      expect([result.total.bytes, result.visible.bytes, result.unreachable.bytes]).to.deep.equal([
        waste.total,
        waste.visible,
        waste.unreachable,
      ])
    })
    compared++
  }
  it('there were some', () => expect(compared).to.be.above(40))

  it('no engine ships a byte that is neither seen nor wasted', () => {
    for (const { engines } of cases) for (const result of Object.values(engines)) expectBalance(stack(layersOf(result)))
  })
})

/** The recordings did not compare contents. */
const recordedClass: Readonly<Record<WasteClass, string>> = {
  deleted: 'deleted',
  replaced: 'replaced-by-other-type',
  overwritten: 'overwritten',
  'metadata-only': 'overwritten',
  identical: 'overwritten',
  'dead-in-layer': 'overwritten',
}

function expectBalance({ total, visible, unreachable }: Stack): void {
  expect((visible.bytes ?? 0) + (unreachable.bytes ?? 0)).to.equal(total.bytes)
}

// ---- single behaviours ------------------------------------------------------------------------------

const dir = (path: string): Entry => entry(path, { type: 'dir', size: zero, mode: 0o755 })
const gone = (path: string, more: Partial<Entry> = {}): Entry => entry(path, { type: 'whiteout', size: zero, ...more })
const opaque = (path: string): Entry => entry(path, { type: 'opaque', size: zero })
const hard = (path: string, link: string): Entry => entry(path, { type: 'hardlink', size: zero, link })
const soft = (path: string, link: string): Entry => entry(path, { type: 'symlink', size: zero, link })
const parcel = (path: string, label: string, more: Partial<Entry> = {}): Entry =>
  entry(path, { type: 'package', label, ...more })
const layersFrom = (lists: readonly (readonly Entry[])[]): readonly Layer[] =>
  lists.map((entries, row) => ({ row, entries, complete: true, size: zero }))

/** `path creator>killer class` for each waste. */
const story = (result: Stack): readonly string[] =>
  result.waste.map((one) => `${one.entry.path} ${one.layer}>${one.killer} ${one.class}`)
const paths = (result: Stack): readonly string[] => result.files.map((file) => file.entry.path)

describe('stack', () => {
  const cases: readonly (readonly [
    what: string,
    layers: readonly (readonly Entry[])[],
    waste: string[],
    seen: string[],
  ])[] = [
    ['a file and nothing else', [[entry('/a')]], [], ['/a']],
    ['a folder no tar names', [[entry('/d/a')]], [], ['/d', '/d/a']],
    ['deleted', [[entry('/a')], [gone('/a')]], ['/a 0>1 deleted'], []],
    ['deleted with its folder', [[dir('/d'), entry('/d/a')], [gone('/d')]], ['/d/a 0>1 deleted'], []],
    [
      'hidden by an opaque folder',
      [
        [dir('/d'), entry('/d/a')],
        [dir('/d'), opaque('/d'), entry('/d/b')],
      ],
      ['/d/a 0>1 deleted'],
      ['/d', '/d/b'],
    ],
    [
      'an opaque folder spares its own layer, in any order',
      [[entry('/d/a')], [entry('/d/a'), opaque('/d')]],
      ['/d/a 0>1 overwritten'],
      ['/d', '/d/a'],
    ],
    [
      'a mark spares its own layer, in any order',
      [[entry('/a')], [entry('/a'), gone('/a')]],
      ['/a 0>1 overwritten'],
      ['/a'],
    ],
    ['an opaque root', [[entry('/a')], [opaque('/'), entry('/b')]], ['/a 0>1 deleted'], ['/b']],
    ['a mark for nothing', [[entry('/a')], [gone('/b'), gone('/a/b'), gone('/x/y')]], [], ['/a']],
    ['overwritten', [[entry('/a', { content: '1' })], [entry('/a', { content: '2' })]], ['/a 0>1 overwritten'], ['/a']],
    ['content not known', [[entry('/a')], [entry('/a')]], ['/a 0>1 overwritten'], ['/a']],
    ['identical', [[entry('/a', { content: '1' })], [entry('/a', { content: '1' })]], ['/a 0>1 identical'], ['/a']],
    [
      'other mode',
      [[entry('/a', { content: '1' })], [entry('/a', { content: '1', mode: 0o600 })]],
      ['/a 0>1 metadata-only'],
      ['/a'],
    ],
    [
      'other attributes',
      [[entry('/a', { content: '1' })], [entry('/a', { content: '1', xattrs: 'c' })]],
      ['/a 0>1 metadata-only'],
      ['/a'],
    ],
    [
      'a predicted change of mode',
      [[entry('/a')], [entry('/a', { sameContent: true, mode: 0o600 })]],
      ['/a 0>1 metadata-only'],
      ['/a'],
    ],
    ['a predicted touch', [[entry('/a')], [entry('/a', { sameContent: true })]], ['/a 0>1 identical'], ['/a']],
    ['file becomes folder', [[entry('/a')], [dir('/a'), entry('/a/b')]], ['/a 0>1 replaced'], ['/a', '/a/b']],
    ['file becomes a folder no tar names', [[entry('/a')], [entry('/a/b')]], ['/a 0>1 replaced'], ['/a', '/a/b']],
    ['folder becomes file', [[entry('/a/b')], [entry('/a')]], ['/a/b 0>1 replaced'], ['/a']],
    ['folder becomes link', [[entry('/a/b')], [soft('/a', 'x')]], ['/a/b 0>1 replaced'], ['/a']],
    ['file becomes link', [[entry('/a')], [soft('/a', 'b')]], ['/a 0>1 replaced'], ['/a']],
    ['twice in one tar', [[entry('/a'), entry('/a')]], ['/a 0>0 dead-in-layer'], ['/a']],
    ['comes back', [[entry('/a')], [gone('/a')], [entry('/a')]], ['/a 0>1 deleted'], ['/a']],
    ['one of two names', [[entry('/a'), hard('/b', '/a')], [gone('/a')]], [], ['/b']],
    [
      'both names, one after the other',
      [[entry('/a'), hard('/b', '/a')], [gone('/a')], [gone('/b')]],
      ['/a 0>2 deleted'],
      [],
    ],
    [
      'both names at once',
      [
        [entry('/a'), hard('/b', '/a')],
        [gone('/b'), gone('/a')],
      ],
      ['/a 0>1 deleted'],
      [],
    ],
    [
      'the last name becomes another file',
      [
        [entry('/a'), hard('/b', '/a')],
        [gone('/a'), entry('/b')],
      ],
      ['/a 0>1 overwritten'],
      ['/b'],
    ],
    [
      'names that go in two ways, whichever goes first',
      [
        [entry('/a'), hard('/b', '/a'), entry('/c/c'), hard('/d', '/c/c'), entry('/e'), hard('/f/f', '/e')],
        [gone('/d'), gone('/e'), gone('/a'), soft('/b', 'x'), soft('/c', 'x'), soft('/f', 'x')],
      ],
      ['/a 0>1 replaced', '/c/c 0>1 replaced', '/e 0>1 replaced'],
      ['/b', '/c', '/f'],
    ],
    [
      'names of which one becomes the same file, and one another',
      [
        [entry('/a', { content: '1' }), hard('/b', '/a')],
        [entry('/b', { content: '1', mode: 0o700 }), entry('/a', { content: '2' })],
      ],
      ['/a 0>1 metadata-only'],
      ['/a', '/b'],
    ],
    ['a name of a file below', [[entry('/a')], [hard('/b', '/a')], [gone('/a')]], [], ['/b']],
    ['a hard link to itself', [[entry('/a'), hard('/a', '/a')]], [], ['/a']],
    ['a hard link to nothing', [[hard('/b', '/a')]], [], ['/b']],
    ['metadata of a folder', [[dir('/d'), entry('/d/a')], [dir('/d')]], [], ['/d', '/d/a']],
    ['a package', [[parcel('/usr', 'apt:x')], [gone('/usr', { label: 'apt:x' })]], ['/usr 0>1 deleted'], ['/usr']],
    ['another package', [[parcel('/usr', 'apt:x')], [gone('/usr', { label: 'apt:y' })]], [], ['/usr', '/usr']],
    ['a package again', [[parcel('/l', 'x')], [parcel('/l', 'x')]], ['/l 0>1 overwritten'], ['/l', '/l']],
    [
      'a package with other owner',
      [[parcel('/l', 'x')], [parcel('/l', 'x', { uid: 1, sameContent: true })]],
      ['/l 0>1 metadata-only'],
      ['/l', '/l'],
    ],
    ['a package in a folder that goes', [[parcel('/l/m', 'x')], [gone('/l')]], ['/l/m 0>1 deleted'], []],
  ]
  for (const [what, lists, waste, seen] of cases) {
    it(what, () => {
      const result = stack(layersFrom(lists))
      expect(story(result)).to.deep.equal(waste)
      expect(paths(result)).to.deep.equal(seen)
      expectBalance(result)
    })
  }

  it('a further name of a file has its bytes, counted once', () => {
    const result = stack(layersFrom([[entry('/a'), hard('/b', '/a')]]))
    expect(result.files.map(({ bytes }) => bytes.bytes)).to.deep.equal([10, 10])
    expect(result.visible.bytes).to.equal(10)
  })

  describe('doubt', () => {
    const doubtful: readonly (readonly [
      what: string,
      lists: readonly (readonly Entry[])[],
      visible: string,
      lost: string,
    ])[] = [
      ['a mark that may be', [[entry('/a')], [gone('/a', { maybe: true })]], '0 10 10', '0 0 10'],
      [
        'a rewrite that may be',
        [[entry('/a')], [entry('/a', { maybe: true, size: perhaps(exact(4, 'test')) })]],
        '0 4 14',
        '0 10 10',
      ],
      ['a part of a package', [[parcel('/', 'apt:x')], [gone('/usr/share/doc', { maybe: true })]], '0 10 10', '0 0 10'],
      ['no part of a package', [[parcel('/', 'apt:x')], [gone('/srv/doc')]], '10 10 10', '0 0 0'],
      [
        'a mark that may be, then one that is',
        [[entry('/a')], [gone('/a', { maybe: true })], [gone('/a')]],
        '0 0 0',
        '10 10 10',
      ],
      [
        'a rewrite that may be, then a mark',
        [[entry('/a')], [entry('/a', { maybe: true })], [gone('/a')]],
        '0 0 0',
        '20 20 20',
      ],
    ]
    const interval = ({ low, bytes, high }: Stack['total']): string => `${low} ${bytes} ${high}`
    for (const [what, lists, visible, lost] of doubtful) {
      it(what, () => {
        const result = stack(layersFrom(lists))
        expect([interval(result.visible), interval(result.unreachable)]).to.deep.equal([visible, lost])
        expectBalance(result)
      })
    }
    it('unknown bytes stay unknown', () => {
      const result = stack(layersFrom([[entry('/a', { size: unknown('test', 3) })], [gone('/a')]]))
      expect(result.unreachable).to.include({ bytes: null, low: 3, high: null })
    })
  })

  it('a hundred thousand files, most of them marked away one by one, and a path of many parts', () => {
    const count = 100_000
    const names = Array.from({ length: count }, (_, i) => `/d${i % 100}/f${i}`)
    const deep = `/${'x/'.repeat(30_000)}y`
    const result = stack(
      layersFrom([[...names.map((path) => entry(path)), entry(deep)], names.slice(1).map((path) => gone(path))]),
    )
    expect(result.waste).to.have.length(count - 1)
    expect(result.visible.bytes).to.equal(20)
  }).timeout(60_000)
})

describe('stack: a folder where something else was', () => {
  const link = entry('/b', { type: 'symlink', size: zero, link: 'x' })
  const cases: readonly (readonly [what: string, first: Entry])[] = [
    ['a link', link],
    ['a file', entry('/b')],
  ]
  for (const [what, first] of cases)
    it(`${what} that a path goes through makes room`, () => {
      const { files } = stack(layersFrom([[entry('/b/a')], [first], [entry('/b/b')]]))
      expect(files.map(({ entry: { path, type } }) => `${type} ${path}`)).to.deep.equal(['dir /b', 'file /b/b'])
    })
})

describe('pairs', () => {
  const row = (from: 'base' | 'dockerfile'): Row => ({
    createdBy: '',
    comment: '',
    author: '',
    emptyLayer: false,
    created: null,
    layer: 0,
    size: zero,
    unpredictable: [],
    origin:
      from === 'base'
        ? { from, image: 'base' }
        : { from, path: 'Dockerfile', line: 1, endLine: 1, instruction: 'RUN', stage: '0' },
  })
  const lists = [
    [entry('/srv/a/1', { content: 'x' }), entry('/srv/a/b/2'), entry('/srv/a/b/3', { size: zero }), entry('/keep')],
    [entry('/x', { size: zero })],
    [gone('/srv/a/b'), entry('/srv/a/1', { content: 'x', mode: 0o600, size: exact(10, 'test') }), gone('/x')],
    [gone('/srv'), gone('/keep')],
  ]
  const image = {
    rows: [row('base'), row('dockerfile'), row('dockerfile'), row('dockerfile')],
    layers: layersFrom(lists),
  }
  const { waste, unreachable } = stack(image.layers)
  const found = pairs(image, waste, 1)

  it('tells who wrote, who hid, where and how', () => {
    expect(
      found.map((pair) => [
        pair.creator,
        pair.killer,
        pair.bytes.bytes,
        pair.files,
        pair.top,
        pair.owners,
        pair.paths.length,
        pair.more,
      ]),
    ).to.deep.equal([
      [0, 2, 20, 3, '/srv/a', 'base/yours', 1, 2],
      [0, 3, 10, 1, '/', 'base/yours', 1, 0],
      [2, 3, 10, 1, '/srv/a', 'yours/yours', 1, 0],
    ])
    expect(found[0]?.classes.deleted?.bytes).to.equal(10)
    expect(found[0]?.classes['metadata-only']?.bytes).to.equal(10)
  })
  it('sums to what is unreachable', () => {
    expect(found.reduce((total, { bytes }) => total + (bytes.bytes ?? 0), 0)).to.equal(unreachable.bytes)
  })
})
