/** Listings of files as text. */
import { expect } from 'chai'
import { common, Table } from '../../../lib/image/table.ts'
import type { Entry, Size } from '../../../lib/model.ts'
import { filesText } from '../../../lib/report/files.ts'
import { exact, unknown } from '../../../lib/size.ts'
import { listFiles } from '../../../lib/unionfs/path-life.ts'
import { stack } from '../../../lib/unionfs/stack.ts'
import { union } from '../../../lib/unionfs/union.ts'

const entry = (path: string, bytes: number, more: Partial<Entry> = {}): Entry => ({
  path,
  type: 'file',
  size: exact(bytes, 'layer of the image'),
  mode: 0o644,
  uid: 0,
  gid: 0,
  link: null,
  ...more,
})

const entries = [
  entry('/d', 0, { type: 'dir', mode: 0o755 }),
  ...Array.from({ length: 3000 }, (_, i) => entry(`/d/deep/${i}`, i, { uid: i === 7 ? 1234567890 : i })),
  entry('/d/z', 5),
  entry('/s', 0, { type: 'symlink', link: 'd' }),
]

const table = new Table('layer', common())
for (const one of entries) table.add(one, 0)
const layers = [{ row: 0, entries, complete: true, size: exact(0, '') }]
const views = [
  { depth: undefined, sort: 'path', human: true },
  { depth: undefined, sort: 'size', human: false },
  { depth: 2, sort: 'path', human: true },
] as const

describe('files as text', () => {
  for (const view of views)
    it(`the same of entries and of tables: depth ${view.depth}, by ${view.sort}`, () => {
      const ofEntries = [...filesText(listFiles({ layers }, stack(layers)), view)].join('')
      expect([...filesText(listFiles({ layers }, union([table])), view)].join('')).to.equal(ofEntries)
      const all = view.depth === undefined ? 3006 : 6
      expect(ofEntries.split('\n')).to.have.length(all)
    })

  it('comes in pieces, with columns as wide as their widest cell', () => {
    const pieces = [...filesText(listFiles({ layers }, union([table])), views[0])]
    expect(pieces.length).to.be.greaterThan(1)
    const lines = pieces.join('').trimEnd().split('\n')
    expect(lines[1]).to.equal('0755      0:0            4.5MB     0         /d/')
    expect(new Set(lines.map((line) => line.search(/ (?:PATH|\/)/)))).to.deep.equal(new Set([44]))
  })

  it('ends in what is not listed', () => {
    const last = (...more: [size?: Size]): string | undefined =>
      [...filesText(listFiles({ layers }, stack(layers)), views[2], ...more)].join('').trimEnd().split('\n').at(-1)
    expect(last(exact(2_000_000, ''))).to.equal('2MB more in files that are not listed')
    expect(last(unknown(''))).to.equal('more bytes in files that are not listed')
    expect(last()).to.match(/ \//)
    // Of what is known there is most likely all.
    expect(last({ ...exact(0, ''), high: 9, basis: 'heuristic' })).to.match(/ \//)
  })

  it('a package has neither mode nor owner of its own', () => {
    const layer = { ...layers[0]!, entries: [entry('/usr', 9, { type: 'package', label: 'apt:curl' })] }
    const text = [...filesText(listFiles({ layers: [layer] }, stack([layer])), views[0])].join('')
    expect(text.split('\n')[2]).to.match(/^ +9B +0 +\/usr \(apt:curl\)$/)
  })
})
