import { expect } from 'chai'
import type { Entry, Layer } from '../../../lib/model.ts'
import { unknown, zero } from '../../../lib/size.ts'
import { leftovers } from '../../../lib/unionfs/leftovers.ts'
import { stack } from '../../../lib/unionfs/stack.ts'
import { madeOf } from './made.ts'

const entry = (path: string, bytes = 10, more: Partial<Entry> = {}): Entry => madeOf(path, bytes, more)
const layersFrom = (lists: readonly (readonly Entry[])[]): readonly Layer[] =>
  lists.map((entries, i) => ({ row: 10 + i, entries, complete: true, size: zero }))
const left = (lists: readonly (readonly Entry[])[]) => {
  const layers = layersFrom(lists)
  return leftovers({ layers }, stack(layers)).residue.map(
    ({ label, path, row, bytes, cleanup }) => `${row} ${label} ${path} ${bytes.bytes}: ${cleanup}`,
  )
}

describe('residue', () => {
  const cases: readonly (readonly [what: string, lists: readonly (readonly Entry[])[], found: string[]])[] = [
    ['nothing', [[entry('/usr/bin/x'), entry('/tmpfile'), entry('/var/lib/apt/extended_states')]], []],
    ['empty files', [[entry('/var/lib/apt/lists/lock', 0)]], []],
    [
      'apt lists',
      [[entry('/var/lib/apt/lists/a', 1), entry('/var/lib/apt/lists/partial/b', 2)]],
      ['10 apt lists /var/lib/apt/lists 3: rm -rf /var/lib/apt/lists/*'],
    ],
    [
      'of two rows',
      [[entry('/tmp/a', 1)], [entry('/tmp/b', 2)]],
      ['11 temporary files /tmp 2: rm -rf /tmp/*', '10 temporary files /tmp 1: rm -rf /tmp/*'],
    ],
    ['hidden in the end', [[entry('/tmp/a', 1)], [entry('/tmp/a', 0, { type: 'whiteout' })]], []],
    [
      'of somebody',
      [[entry('/home/app/.cache/pip/http/x', 5)]],
      ['10 pip cache /home/app/.cache/pip 5: rm -rf /home/app/.cache/pip'],
    ],
    [
      'a parcel that says so',
      [[entry('/x', 5, { type: 'package', label: 'y', kind: 'cache', cleanup: 'z' })]],
      ['10 y /x 5: z'],
    ],
    [
      'a parcel that does not',
      [[entry('/tmp', 5, { type: 'package', label: 'y' }), entry('/tmp/k', 5, { kind: 'content' })]],
      [],
    ],
    [
      'unknown bytes',
      [[entry('/tmp/a', 0, { size: unknown('test') })]],
      ['10 temporary files /tmp null: rm -rf /tmp/*'],
    ],
  ]
  for (const [what, lists, found] of cases) it(what, () => expect(left(lists)).to.deep.equal(found))
})

describe('duplicates', () => {
  it('counts all but one, names of one file once, most bytes first', () => {
    const lists = [
      [
        entry('/a', 3, { content: '1' }),
        entry('/b', 3, { content: '1' }),
        entry('/c', 0, { type: 'hardlink', link: '/a' }),
        entry('/d', 5, { content: '2' }),
        entry('/e', 5, { content: '2' }),
        entry('/f', 5, { content: '2' }),
        entry('/g', 9, { content: '3' }),
        entry('/h', 0, { content: '4' }),
        entry('/i', 0, { content: '4' }),
        entry('/j', 9),
        entry('/k', 9),
      ],
    ]
    expect(
      leftovers({ layers: [] }, stack(layersFrom(lists))).duplicates.map(({ bytes, paths }) => [bytes.bytes, paths]),
    ).to.deep.equal([
      [10, ['/d', '/e', '/f']],
      [3, ['/a', '/b']],
    ])
    expect(leftovers({ layers: [] }, stack(layersFrom(lists)), 1).duplicates).to.have.length(1)
  })
})
