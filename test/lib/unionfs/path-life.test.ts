import { expect } from 'chai'
import type { Entry, Layer } from '../../../lib/model.ts'
import { zero } from '../../../lib/size.ts'
import { listFiles, listLayer, pathLife } from '../../../lib/unionfs/path-life.ts'
import { stack } from '../../../lib/unionfs/stack.ts'
import { type Pick, random } from '../../tools/random.ts'
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
    [
      'a hard link to the file that it is already',
      [
        [entry('/b', 5), entry('/a', 0, { type: 'hardlink', link: '/b' })],
        [entry('/a', 0, { type: 'hardlink', link: '/b' })],
      ],
      ['0/10 5 0644 visible'],
      5,
    ],
    [
      'a hard link to what is marked away',
      [[entry('/b', 5)], [gone('/b'), entry('/a', 0, { type: 'hardlink', link: '/b' })]],
      ['1/11 0 0644 visible'],
      0,
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
  it('a stand-in in a predicted path is told', () => {
    const layers = layersFrom([[entry('/t/x.${mktemp.1}'), entry('/t/${')]])
    expect([...listLayer({ layers }, 0)].map(({ label }) => label)).to.deep.equal([
      'part of its path is not known',
      null,
    ])
  })
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

describe('pathLife of many hard links', () => {
  const chain = (count: number): readonly Layer[] =>
    layersFrom([
      [
        entry('/0', 5),
        ...Array.from({ length: count }, (_, i) => entry(`/${i + 1}`, 0, { type: 'hardlink', link: `/${i}` })),
      ],
    ])

  it('follows those that name each other, and ends', () => {
    expect(pathLife(chain(30), '/30').copyUp.bytes).to.equal(5)
    expect(pathLife(chain(100), '/100').copyUp.bytes).to.equal(null)
  })

  it('looks up so many for one path, and no more', () => {
    const links = Array.from({ length: 2000 }, (_, i) => [
      entry(`/f/${i}`, 5),
      entry('/a', 0, { type: 'hardlink', link: `/f/${i}` }),
    ])
    const { versions } = pathLife(layersFrom([links.flat()]), '/a')
    expect([versions.at(-1)!.bytes.bytes, versions[0]!.bytes.bytes]).to.deep.equal([5, null])
  })
})

describe('pathLife and what is seen', () => {
  const names = ['a', 'b', 'c']
  /** One random entry at one of few paths. */
  function entryOf(next: Pick): Entry {
    const path = (): string => Array.from({ length: 1 + next(3) }, () => `/${names[next(3)]}`).join('')
    const type = (['file', 'file', 'dir', 'symlink', 'hardlink', 'hardlink', 'whiteout', 'opaque'] as const)[next(8)]!
    const link = type === 'symlink' || type === 'hardlink' ? path() : null
    return entry(path(), type === 'file' ? 1 + next(9) : 0, { type, link })
  }

  it('agree on the layer and the bytes of every path', () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const next = random(seed)
      const layers = layersFrom(
        Array.from({ length: 1 + next(4) }, () => Array.from({ length: next(8) }, () => entryOf(next))),
      )
      const seen = new Map(stack(layers).files.map((file) => [file.entry.path, file]))
      for (const path of names.flatMap((a) => [`/${a}`, ...names.flatMap((b) => [`/${a}/${b}`, `/${a}/${b}/a`])])) {
        const there = seen.get(path)
        const shown = there === undefined || there.entry.mode === null ? undefined : [there.layer, there.bytes.bytes]
        const version = pathLife(layers, path).versions.find(({ state }) => state === 'visible')
        expect(version && [version.layer, version.bytes.bytes], `seed ${seed}, ${path}`).to.deep.equal(shown)
      }
    }
  })
})
