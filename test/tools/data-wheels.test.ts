import { expect } from 'chai'
import { type MeasuredWheel, wheelLines } from './data-wheels.ts'

const wheel = (name: string, version: string, needs: MeasuredWheel['needs']): MeasuredWheel => ({
  name,
  version,
  bytes: 100,
  unpacked: 300,
  files: 3,
  python: 200,
  modules: 2,
  byteCode: 250,
  needs,
})

describe('making the table of wheels', () => {
  it('has a line for each wheel, the last of two versions, and one for each extra that somebody may ask for', () => {
    const wheels = [
      wheel('server', '1.0', { '': ['http'] }),
      wheel('server', '1.1', { '': ['http'], standard: ['loop'], dev: ['http'], all: ['nowhere'] }),
      wheel('http', '2', { '': [], fast: [] }),
      wheel('loop', '3', { '': ['http[fast]'] }),
    ]
    expect(wheelLines(wheels, new Set(['server', 'http', 'loop']))).to.deep.equal([
      'server 1.1 100 300 3 200 2 1250 http',
      'http 2 100 300 3 200 2 1250',
      'loop 3 100 300 3 200 2 1250 http[fast]',
      'server[standard] - 0 0 0 0 0 - loop',
      'http[fast] - 0 0 0 0 0 -',
    ])
  })
})
