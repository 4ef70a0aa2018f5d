import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { digestAside } from '../../../lib/image/digest-aside.ts'
import { memory, openSource, slice } from '../../../lib/image/source.ts'

describe('digestAside', () => {
  it('is that of all bytes, by a thread or without one', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'digest-'))
    const path = join(directory, 'large')
    const data = Buffer.alloc((40 << 20) + 17, 'some bytes ')
    writeFileSync(path, data)
    const file = openSource(path)
    const wanted = (from: number, algorithm: string) => createHash(algorithm).update(data.subarray(from)).digest('hex')
    expect(await digestAside(file, 'sha256')).to.equal(wanted(0, 'sha256'))
    expect(await digestAside(slice(file, 'x', 1000, file.bytes), 'sha512')).to.equal(wanted(1000, 'sha512'))
    expect(await digestAside(memory('x', data.subarray(5)), 'sha256')).to.equal(wanted(5, 'sha256'))
    file.close()
    rmSync(directory, { recursive: true })
  })
})
