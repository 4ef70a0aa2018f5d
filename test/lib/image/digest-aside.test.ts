import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { digestThread } from '../../../lib/image/digest-aside.ts'
import { memory, openSource, slice } from '../../../lib/image/source.ts'

describe('digestThread', () => {
  let directory = ''
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'digest-'))
  })
  after(() => rmSync(directory, { recursive: true }))
  const data = Buffer.alloc((40 << 20) + 17, 'some bytes ')
  const wanted = (from: number, algorithm = 'sha256') => createHash(algorithm).update(data.subarray(from)).digest('hex')

  it('takes all bytes of one source after the other, by a thread or without one', async () => {
    const path = join(directory, 'large')
    writeFileSync(path, data)
    const file = openSource(path)
    const digests = digestThread()
    const found = [
      digests.of(file, 'sha256'),
      digests.of(memory('x', data.subarray(5)), 'sha256'),
      digests.of(slice(file, 'x', 1000, file.bytes), 'sha512'),
      digests.of(slice(file, 'x', 1, file.bytes), 'sha256'),
    ]
    expect(await Promise.all(found)).to.deep.equal([wanted(0), wanted(5), wanted(1000, 'sha512'), wanted(1)])
    await digests.stop()
    file.close()
  })

  it('says so where a file cannot be read, however late it is asked', async () => {
    const digests = digestThread()
    const file = { ...memory('the name', data), file: { descriptor: 1 << 20, offset: 0 } }
    for (let round = 0; round < 2; round++) {
      const error = await digests.of(file, 'sha256').catch((e: unknown) => e)
      expect(String(error)).to.match(/the name: EBADF/)
    }
    await digests.stop()
  })
})
