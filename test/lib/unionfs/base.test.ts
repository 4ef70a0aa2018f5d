import { expect } from 'chai'
import type { Base, BaseFacts, Row } from '../../../lib/model.ts'
import { exact, zero } from '../../../lib/size.ts'
import { layersOf } from '../../../lib/unionfs/base.ts'
import { alter, commit, lookup, openTree, remove } from '../../../lib/unionfs/tree.ts'
import { line } from './recorded.ts'

const row = (layer: number | null): Row => ({
  createdBy: '',
  comment: '',
  author: '',
  emptyLayer: layer === null,
  created: null,
  layer,
  size: layer === null ? zero : exact(100, 'test'),
  unpredictable: [],
  origin: { from: 'base', image: 'debian:12' },
})

const base = (facts: Partial<BaseFacts>, more: Partial<Base> = {}): Base => ({
  ref: 'debian:12',
  rows: [row(0), row(null), row(1)],
  config: {},
  author: '',
  facts: { complete: false, ...facts },
  ...more,
})

describe('layersOf', () => {
  const files = {
    '/etc': { dir: true },
    '/etc/passwd': { bytes: 839, mode: '0644', uid: 0, gid: 0, layer: 1, sha256: 'abc' },
    '/bin': { link: 'usr/bin' },
    '/odd': {},
    '/usr/bin/perl5': { hardlink: '/odd', layer: 7 },
  } as const

  it('puts the files of the facts into the layers the rows tell of', () => {
    const layers = layersOf(base({ files, trees: { '/usr/share/zoneinfo': { bytes: 1000, linkBytes: 7 } } }))
    expect(layers.map(({ row, complete, entries }) => [row, complete, entries.map(line)])).to.deep.equal([
      [
        0,
        false,
        [
          '/etc/ ? ?:?',
          '/bin ? ?:? -> usr/bin',
          '/odd ? ?:? 0..',
          '/usr/bin/perl5 ? ?:? = /odd',
          '/usr/share/zoneinfo [files of /usr/share/zoneinfo] ? ?:? 1000',
        ],
      ],
      [2, false, ['/etc/passwd 644 839']],
    ])
    expect(layers[1]?.entries[0]?.content).to.equal('sha256:abc')
  })
  it('completes layers that are not', () => {
    const entry = { path: '/etc', type: 'dir', size: zero, mode: 0o700, uid: 0, gid: 0, link: null } as const
    const own = [{ row: 0, entries: [entry], complete: false, size: zero }]
    expect(
      layersOf(base({ files: { '/etc': { dir: true }, '/x': { bytes: 1 } } }, { layers: own }))[0]?.entries.map(line),
    ).to.deep.equal(['/etc/ 700', '/x ? ?:? 1'])
    const whole = [{ row: 0, entries: [entry], complete: true, size: zero }]
    expect(layersOf(base({ files }, { layers: whole }))).to.equal(whole)
  })
  it('is fully known where the facts are', () => {
    const tree = openTree(layersOf(base({ files: { '/a': { bytes: 3 } }, complete: true })))
    expect([lookup(tree, '/a').there, lookup(tree, '/b').there]).to.deep.equal(['yes', 'no'])
  })
  it('without rows it is still unknown, unless the facts are whole', () => {
    const open = (facts: Partial<BaseFacts>) => openTree(layersOf(base(facts, { rows: [] })))
    expect(lookup(open({}), '/a').there).to.equal('unknown')
    expect(lookup(open({ files: { '/a': { bytes: 3 } } }), '/a').there).to.equal('yes')
    expect(lookup(open({ complete: true }), '/a').there).to.equal('no')
  })
  it('a folder of which only the sum is known is stored again, and goes, as a whole', () => {
    const tree = openTree(layersOf(base({ trees: { '/srv/data': { bytes: 1000 } } })))
    alter(tree, '/srv/data', { uid: 5 }, { recursive: true })
    expect(commit(tree).find(({ label }) => label === 'files of /srv/data')?.size.bytes).to.equal(1000)
    remove(tree, '/srv/data')
    expect(commit(tree).map(line)).to.deep.equal(['/srv/ 755', '- /srv/data'])
  })
})
