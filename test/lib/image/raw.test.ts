import { expect } from 'chai'
import { digestThread } from '../../../lib/image/digest-aside.ts'
import { openRaw } from '../../../lib/image/raw.ts'
import { memory } from '../../../lib/image/source.ts'
import { common } from '../../../lib/image/table.ts'
import { sha256 } from '../../tools/image.ts'
import { tar } from '../../tools/tar.ts'

describe('openRaw', () => {
  const data = tar([{ name: 'large', data: Buffer.alloc(1 << 20) }, { name: 'b' }])
  const opened = async (diffId: string) => {
    let read = 0
    const source = memory('layer', data)
    const open = async () => ({
      ...source,
      read(at: number, into: Uint8Array) {
        read += into.length
        return source.read(at, into)
      },
    })
    const blob = { name: 'layer', digest: undefined, bytes: data.length, open }
    const raw = await openRaw({ row: 0, diffId, blob }, digestThread(), common())
    return { raw, read: () => read }
  }

  it('reads what nobody parses when it is asked to check it, and not before', async () => {
    const { raw, read } = await opened(`sha256:${sha256(data)}`)
    expect(read()).to.be.below(data.length / 2)
    await raw.check()
    expect(read()).to.be.at.least(data.length)
  })

  it('says what the bytes are, where they are others', async () => {
    const { raw } = await opened(`sha256:${'0'.repeat(64)}`)
    const error = await raw.check().catch((e: unknown) => e)
    expect(String(error)).to.match(/layer: its content does not match its digest: it is sha256:/)
  })
})
