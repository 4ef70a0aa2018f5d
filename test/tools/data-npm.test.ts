import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { isAlone, measureFolder, measureTarball, npmLines } from './data-npm.ts'
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

  it('measures what an install left, packages in packages and those of pnpm too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stratigraph-'))
    const put = (path: string, name: string, scripts = {}): void => {
      mkdirSync(join(folder, path, 'lib'), { recursive: true })
      writeFileSync(join(folder, path, 'package.json'), JSON.stringify({ name, version: '1.0.0', scripts }))
      writeFileSync(join(folder, path, 'lib', 'index.js'), 'x'.repeat(1000))
    }
    put('a', 'a')
    put('a/node_modules/@s/b', '@s/b')
    put('.pnpm/@t+c@1.0.0/node_modules/@t/c', '@t/c')
    put('d', 'd', { postinstall: 'node fetch.js' })
    const found = [...measureFolder(folder)]
    const others = [...measureFolder(folder, ({ name, version }) => `${name} ${version}` === 'a 1.0.0')]
    rmSync(folder, { recursive: true })
    expect(found.map(({ name }) => name).sort()).to.deep.equal(['@s/b', '@t/c', 'a'])
    expect(others.map(({ name }) => name).sort()).to.deep.equal(['@s/b', '@t/c'])
    const a = found.find(({ name }) => name === 'a')
    expect(a).to.include({
      files: 2,
      unpacked: 1000 + JSON.stringify({ name: 'a', version: '1.0.0', scripts: {} }).length,
    })
    expect(a?.packed).to.be.within(100, 400)
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
