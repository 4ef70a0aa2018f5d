import { expect } from 'chai'
import { isAlone, measureTarball, npmLines } from './data-npm.ts'
import { tar } from './tar.ts'

const file = (name: string, body: string) => ({ name, data: body })

describe('making the table of npm packages', () => {
  it('measures a tarball: regular files, each once', () => {
    const manifest = JSON.stringify({ name: 'a', version: '1.0.0', dependencies: { b: '1' } })
    const archive = tar([
      file('package/package.json', manifest),
      file('package/index.js', 'old'),
      file('package/index.js', 'newer'),
    ])
    const found = measureTarball(archive)
    expect(found).to.include({ name: 'a', version: '1.0.0', files: 2, unpacked: manifest.length + 5 })
    expect(found?.packed).to.equal(archive.length)
    expect(isAlone(found!.manifest)).to.equal(false)
    expect(measureTarball(tar([file('package/readme', 'x')]))).to.equal(undefined)
  })

  it('has a line for each name; what is measured first wins, and what was there before stays', () => {
    const one = (name: string, version: string, packed: number) => ({
      ...{ name, version, packed, unpacked: packed * 3, files: 2 },
      alone: packed === 1,
    })
    const lines = npmLines(
      [one('b', '1.10.0', 5), one('b', '1.9.0', 1), one('a', '2.0.0', 7), one('b', '1.9.0', 99)],
      new Map([
        ['b', 123_456],
        ['nobody', 1],
      ]),
      ['a 50 1.0.0:9:9:9', 'c - 1.0.0:8:8:8:'],
    )
    expect(lines).to.deep.equal([
      'a 50 1.0.0:9:9:9 2.0.0:7:21:2',
      'b 123500 1.9.0:1:3:2: 1.10.0:5:15:2',
      'c - 1.0.0:8:8:8:',
    ])
  })
})
