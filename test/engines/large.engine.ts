/** Images that are large, or become so when unpacked. They need no engine, but minutes and room on the disk. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { writeMillion } from '../tools/bench-archive.ts'
import { runProcess } from '../tools/process.ts'
import { member, tar } from '../tools/tar.ts'

describe('large images', () => {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'large-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  it('a gzip bomb: one line, nothing written, little memory', () => {
    const gigabyte = 2 ** 30
    const zeros = gzipSync(Buffer.alloc(gigabyte))
    const count = 6
    const bomb = Buffer.concat([
      gzipSync(member({ name: 'big', size: count * gigabyte })),
      ...Array.from({ length: count }, () => zeros),
    ])
    const config = { os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [`sha256:${'a'.repeat(64)}`] } }
    const members = [
      { name: 'config.json', data: JSON.stringify({ ...config, history: [{}], config: {} }) },
      { name: 'manifest.json', data: JSON.stringify([{ Config: 'config.json', RepoTags: null, Layers: ['layer'] }]) },
      { name: 'layer', data: bomb },
    ]
    writeFileSync(join(folder, 'layer.tar'), tar(members))
    writeFileSync(join(folder, 'all.tar.gz'), bomb)
    const before = readdirSync(folder)
    for (const argv of ['waste layer.tar', 'squash layer.tar -o out', 'base layer.tar -o out', 'history all.tar.gz']) {
      const { code, out, err, megabytes } = runProcess(folder, argv.split(' '))
      expect(err, argv).to.match(/^stratigraph: \S+: (?:layer: )?grows without end when unpacked: .*\n$/)
      expect([code, out, readdirSync(folder)], argv).to.deep.equal([2, '', before])
      expect(megabytes, argv).to.be.below(150)
    }
  })

  it('a million entries: memory follows their number, and nothing else', () => {
    writeMillion(join(folder, 'million.tar'))
    for (const argv of ['waste million.tar', 'squash million.tar -o out.tar']) {
      const { code, megabytes } = runProcess(folder, argv.split(' '))
      expect(code, argv).to.equal(0)
      expect(megabytes, argv).to.be.below(1200)
    }
    expect(runProcess(folder, ['files', 'out.tar', '--depth', '1']).out).to.match(/6\.3MB +0 +\/srv\/\n/)
  })
})
