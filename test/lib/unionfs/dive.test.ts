import { expect } from 'chai'
import type { Entry } from '../../../lib/model.ts'
import { exact } from '../../../lib/size.ts'
import { diveFigures } from '../../../lib/unionfs/dive.ts'

const entry = (path: string, bytes: number, type: Entry['type'] = 'file'): Entry => ({
  path,
  type,
  size: exact(bytes, 'test'),
  mode: 0o644,
  uid: 0,
  gid: 0,
  link: null,
})
const gone = (path: string): Entry => entry(path, 0, 'whiteout')
const dir = (path: string): Entry => entry(path, 0, 'dir')

// The rows of the table in spec/waste.md, section 2.
describe('diveFigures', () => {
  const cases: readonly (readonly [
    what: string,
    layers: readonly (readonly Entry[])[],
    wasted: number,
    efficiency: number,
  ])[] = [
    ['nothing at all', [], 0, 1],
    ['a file deleted later counts once', [[entry('/a', 10)], [gone('/a')]], 10, 0],
    [
      'a folder deleted later does not count, and improves the score',
      [[dir('/d'), entry('/d/a', 10), entry('/b', 10)], [gone('/d')]],
      0,
      1,
    ],
    ['so an implied folder', [[entry('/d/a', 10)], [gone('/d')]], 0, 1],
    ['a changed mode counts both copies', [[entry('/a', 10)], [entry('/a', 10)]], 20, 0.5],
    ['a file that grows counts all', [[entry('/a', 1)], [entry('/a', 100)]], 101, 1 / 101],
    ['a file that comes back counts what is kept', [[entry('/a', 10)], [gone('/a')], [entry('/a', 10)]], 20, 0],
    ['opaque marks are not seen', [[entry('/d/a', 10)], [dir('/d'), entry('/d', 0, 'opaque')]], 0, 1],
    ['a whiteout of nothing ends its layer', [[entry('/b', 10)], [gone('/a'), entry('/b', 10)]], 0, 1],
    ['twice in one layer: the last', [[entry('/a', 10), entry('/a', 4)], [entry('/a', 4)]], 8, 0.5],
  ]
  for (const [what, lists, wasted, efficiency] of cases) {
    it(what, () => {
      const found = diveFigures(lists.map((entries) => ({ entries })))
      expect([found.wastedBytes, found.efficiency]).to.deep.equal([wasted, efficiency])
    })
  }

  it('takes all layers but the lowest for the users own', () => {
    const { wastedUserShare, layerBytes, paths } = diveFigures([
      { entries: [entry('/a', 10)] },
      { entries: [entry('/a', 30)] },
    ])
    expect([wastedUserShare, layerBytes, paths]).to.deep.equal([
      40 / 30,
      [10, 30],
      [{ path: '/a', count: 2, bytes: 40 }],
    ])
    expect(diveFigures([{ entries: [entry('/a', 10)] }]).wastedUserShare).to.be.NaN
  })
})
