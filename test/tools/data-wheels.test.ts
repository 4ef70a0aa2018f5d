import { expect } from 'chai'
import { readWheel } from '../../lib/sizes/pip/table.ts'
import { type MeasuredWheel, mergedLines, tableLines, toldAnew } from './data-wheels.ts'

const wheel = (
  name: string,
  version: string,
  needs: readonly string[] = [],
  extras: MeasuredWheel['extras'] = {},
  native = false,
): MeasuredWheel => ({
  ...{ name, version, bytes: 100, unpacked: 300, files: 3, python: 200, modules: 2, byteCode: 250 },
  ...{ native, needs, extras },
})

describe('making the table of wheels', () => {
  it('has a line for each version of a wheel, and one for each extra that somebody may ask for', () => {
    const wheels = [
      wheel('server', '1.0', ['http']),
      wheel('server', '1.1', ['http'], { standard: ['loop<4'], dev: ['http'], all: ['nowhere'] }),
      wheel('http', '2', [], { fast: [] }),
      wheel('loop', '3', ['http[fast]'], {}, true),
    ]
    expect(tableLines(wheels, new Set(['server', 'http', 'loop']))).to.deep.equal([
      'server 1.0 100 300 3 200 2 1250 p http',
      'server 1.1 100 300 3 200 2 1250 p http',
      'http 2 100 300 3 200 2 1250 p',
      'loop 3 100 300 3 200 2 1250 n http[fast]',
      'server[standard] - 0 0 0 0 0 - p loop<4',
      'http[fast] - 0 0 0 0 0 - p',
    ])
  })

  it('says for which Python machine code is, and measures nothing again', () => {
    const other = { ...wheel('a', '1', [], {}, true), minor: 12 }
    const again = { ...wheel('b', '1', [], { standard: ['a'] }), known: true as const }
    const lines = tableLines([other, again], new Set(['a', 'b']))
    expect(lines).to.deep.equal(['a 1 100 300 3 200 2 1250 n12', 'b[standard] - 0 0 0 0 0 - p a'])
    const before = ['a 1 9 9 9 9 9 9 p c', 'b 1 9 9 9 9 9 9 p old']
    expect(toldAnew(before, [wheel('a', '1', ['x']), { ...again, needs: ['a<2', 'd'] }])).to.deep.equal([
      'a 1 9 9 9 9 9 9 p c',
      'b 1 9 9 9 9 9 9 p a<2 d',
    ])
    expect(readWheel(lines[0]!)).to.include({ native: true, minor: 12 })
    expect(readWheel('c 1 100 300 3 200 2 1250 n')).not.to.have.property('minor')
  })

  it('says which Python is the oldest, of what was known before too', () => {
    const [line = ''] = tableLines([{ ...wheel('a', '1', [], {}, true), minor: 12, least: 12 }], new Set(['a']))
    expect(line).to.equal('a 1 100 300 3 200 2 1250 n12>12')
    expect(readWheel(line)).to.include({ native: true, minor: 12, least: 12 })
    const known = { ...wheel('b', '1'), least: 11, known: true as const }
    const [told = ''] = toldAnew(['b 1 9 9 9 9 9 9 p. c'], [known])
    expect(told).to.equal('b 1 9 9 9 9 9 9 p>11.')
    expect(readWheel(told)).to.include({ native: false, least: 11, ofDay: true })
  })

  it('takes what was said first of a version', () => {
    const again = { ...wheel('a', '1'), bytes: 7 }
    expect(tableLines([wheel('a', '1'), again], new Set())).to.deep.equal(['a 1 100 300 3 200 2 1250 p'])
    expect(mergedLines(['b 1.10 1', 'a 1 1'], ['b 1.9 2', 'b 1.10 2', 'c - 0'])).to.deep.equal([
      'a 1 1',
      'b 1.9 2',
      'b 1.10 1',
      'c - 0',
    ])
  })
})
