import { expect } from 'chai'
import type { Entry, Layer } from '../../../lib/model.ts'
import { zero } from '../../../lib/size.ts'
import { listFiles, listLayer, pathLife } from '../../../lib/unionfs/path-life.ts'
import { stack } from '../../../lib/unionfs/stack.ts'
import { madeOf } from './made.ts'

const entry = (path: string, bytes = 10, more: Partial<Entry> = {}): Entry => madeOf(path, bytes, more)
const gone = (path: string): Entry => entry(path, 0, { type: 'whiteout', mode: null })
const layersFrom = (lists: readonly (readonly Entry[])[], complete = true): readonly Layer[] =>
  lists.map((entries, i) => ({ row: 10 + i, entries, complete, size: zero }))

describe('pathLife', () => {
  const cases: readonly (readonly [
    what: string,
    lists: readonly (readonly Entry[])[],
    versions: string[],
    copyUp: number | null,
  ])[] = [
    ['never there', [[entry('/b')]], [], 0],
    ['one version', [[entry('/a', 5)]], ['0/10 5 0644 visible'], 5],
    [
      'two',
      [[entry('/a', 5)], [], [entry('/a', 6, { mode: 0o4755 })]],
      ['2/12 6 4755 visible', '0/10 5 0644 hidden'],
      6,
    ],
    ['twice in one tar', [[entry('/a', 5), entry('/a', 6)]], ['0/10 6 0644 visible', '0/10 5 0644 hidden'], 6],
    ['marked away', [[entry('/a', 5)], [gone('/a')]], ['1/11 0 null whiteout', '0/10 5 0644 hidden'], 0],
    ['a mark for nothing', [[gone('/a')], [entry('/a', 5)]], ['1/11 5 0644 visible'], 5],
    [
      'back again',
      [[entry('/a', 5)], [gone('/a')], [entry('/a', 6)]],
      ['2/12 6 0644 visible', '1/11 0 null whiteout', '0/10 5 0644 hidden'],
      6,
    ],
    ['a hard link', [[entry('/b', 5), entry('/a', 0, { type: 'hardlink', link: '/b' })]], ['0/10 5 0644 visible'], 5],
    [
      'a hard link to a hard link, of a layer below',
      [
        [entry('/c', 5), entry('/b', 0, { type: 'hardlink', link: '/c' })],
        [gone('/c'), entry('/a', 0, { type: 'hardlink', link: '/b' })],
      ],
      ['1/11 5 0644 visible'],
      5,
    ],
    [
      'a hard link to what was a file before',
      [
        [entry('/b', 5)],
        [entry('/b', 0, { type: 'symlink', link: 'c' }), entry('/a', 0, { type: 'hardlink', link: '/b' })],
      ],
      ['1/11 0 0644 visible'],
      0,
    ],
    [
      'a hard link to what is stored again after it',
      [[entry('/b', 5), entry('/a', 0, { type: 'hardlink', link: '/b' }), entry('/b', 7)]],
      ['0/10 5 0644 visible'],
      5,
    ],
    ['a folder that no layer names, in its place', [[entry('/a', 5)], [entry('/a/b', 6)]], ['0/10 5 0644 hidden'], 0],
    ['such a folder, marked away', [[entry('/a/b', 6)], [gone('/a')]], ['1/11 0 null whiteout'], 0],
    ['a symbolic link', [[entry('/a', 0, { type: 'symlink', link: '/b' })]], ['0/10 0 0644 visible'], 0],
    ['its folder becomes a file', [[entry('/a', 5)], [entry('/', 0, { type: 'symlink' })]], ['0/10 5 0644 hidden'], 0],
    ['maybe in a package', [[entry('/', 5, { type: 'package', label: 'x' })]], [], 0],
  ]
  for (const [what, lists, versions, copyUp] of cases) {
    it(what, () => {
      const life = pathLife(layersFrom(lists), '/a')
      expect(
        life.versions.map(({ layer, row, bytes, mode, state }) => `${layer}/${row} ${bytes.bytes} ${mode} ${state}`),
      ).to.deep.equal(versions)
      expect(life.copyUp.bytes).to.equal(copyUp)
    })
  }
  it('marks of a folder above count, those of the folder itself when opaque do not', () => {
    const lists = [
      [entry('/d/a', 5)],
      [gone('/d')],
      [entry('/d/a', 6)],
      [entry('/d', 0, { type: 'opaque' })],
      [entry('/d/a', 0, { type: 'opaque' })],
    ]
    expect(pathLife(layersFrom(lists), '/d/a').versions.map(({ state, layer }) => `${layer} ${state}`)).to.deep.equal([
      '3 whiteout',
      '2 hidden',
      '1 whiteout',
      '0 hidden',
    ])
  })
  it('what may be in a layer that is not fully known, or in a package, is not known', () => {
    expect(pathLife(layersFrom([[]], false), '/a').copyUp.bytes).to.equal(null)
    expect(pathLife(layersFrom([[entry('/usr', 9, { type: 'package' })]]), '/usr/lib/x').copyUp.bytes).to.equal(null)
    expect(pathLife([...layersFrom([[]], false), ...layersFrom([[gone('/a')]])], '/a').copyUp.bytes).to.equal(0)
  })
})

describe('listings', () => {
  const layers = layersFrom([
    [entry('/b', 5), entry('/usr', 7, { type: 'package', label: 'apt:x' })],
    [gone('/c'), entry('/l', 0, { type: 'hardlink', link: '/b', mode: null })],
  ])
  it('the files that are seen, by path', () => {
    expect(
      [...listFiles({ layers }, stack(layers))].map(({ path, type, bytes, mode, layer, row, label }) => [
        path,
        type,
        bytes.bytes,
        mode,
        layer,
        row,
        label,
      ]),
    ).to.deep.equal([
      ['/b', 'file', 5, '0644', 0, 10, null],
      ['/l', 'hardlink', 5, null, 1, 11, null],
      ['/usr', 'dir', 0, null, 0, 10, null],
      ['/usr', 'package', 7, '0644', 0, 10, 'apt:x'],
    ])
  })
  it('one layer, as stored', () => {
    expect([...listLayer({ layers }, 1)].map(({ path, type }) => [path, type])).to.deep.equal([
      ['/c', 'whiteout'],
      ['/l', 'hardlink'],
    ])
    expect([...listLayer({ layers }, 9)]).to.deep.equal([])
  })
})
