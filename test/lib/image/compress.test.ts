import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { type Bound, decompress, sniff } from '../../../lib/image/compress.ts'
import { followFrames } from '../../../lib/image/zstd-frames.ts'

/** `stratum ` forty times, and 300,000 zeros, as the usual programs write them. */
const words = 'stratum '.repeat(40)
const samples = {
  gzip: { words: gzipSync(words), zeros: gzipSync(Buffer.alloc(300_000)) },
  bzip2: {
    words: Buffer.from('QlpoOTFBWSZTWWkpdLwAAGORgEAAIAIeACAAMQwAUqBpsTgmCYJ0TBME4J8XckU4UJBpKXS8', 'base64'),
    zeros: Buffer.from('QlpoOTFBWSZTWd9HTW8AAkxAgMAABAAACCAAMMwFKaYURsRRHi7kinChIb6Omt4=', 'base64'),
  },
  xz: {
    words: Buffer.from(
      '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AE/ABBdADmdCow8YmMDF9AKKsgiUAAAIgQ+s61ZXcQAASzAAgAAAMAxJ/CxxGf7AgAAAAAEWVo=',
      'base64',
    ),
    zeros: Buffer.from(
      '/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj5JPfAG9dAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wjEVPgWRjFdYrid/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGw1jEDBAAAAH58pcZX/q9AAAYsB4KcSAHhj/vixxGf7AgAAAAAEWVo=',
      'base64',
    ),
  },
  zstd: {
    words: Buffer.from('KLUv/WRAAH0AAEBzdHJhdHVtIAEANVMLF8KBUmQ=', 'base64'),
    zeros: Buffer.from('KLUv/QRoTAAACAABAPz/ORACAgAQAAOfBAAtKN4m', 'base64'),
  },
} as const

async function undone(data: Buffer, kind: keyof typeof samples, step: number, bound?: Bound): Promise<Buffer> {
  const cut = function* (): Generator<Buffer> {
    for (let at = 0; at < data.length; at += step) yield data.subarray(at, at + step)
  }
  const parts: Buffer[] = []
  for await (const part of decompress(cut(), kind, 'x', bound)) parts.push(part)
  return Buffer.concat(parts)
}

async function refusal(wait: Promise<unknown>): Promise<string> {
  try {
    await wait
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return 'none'
}

describe('decompress', () => {
  for (const kind of ['gzip', 'bzip2', 'xz', 'zstd'] as const) {
    const { words: some, zeros } = samples[kind]

    it(`knows ${kind} by its first bytes`, () => expect(sniff(some)).to.equal(kind))

    it(`undoes ${kind} in pieces of any length`, async () => {
      for (const step of [1, 7, 1000]) {
        expect((await undone(some, kind, step)).toString()).to.equal(words)
        expect((await undone(zeros, kind, step)).equals(Buffer.alloc(300_000))).to.equal(true)
      }
    })

    it(`undoes two streams of ${kind} on end`, async () => {
      expect((await undone(Buffer.concat([some, some]), kind, 50)).toString()).to.equal(words + words)
    })

    it(`says so where ${kind} ends too early`, async () => {
      for (const cut of [5, 20, some.length - 3]) {
        expect(await refusal(undone(some.subarray(0, cut), kind, 10))).to.match(/^x: not readable as /)
      }
    })

    it(`gives clear errors on flipped bits of ${kind}`, async () => {
      for (let at = 4; at < some.length; at++) {
        const broken = Buffer.from(some)
        broken[at]! ^= 1 << (at % 8)
        expect(await refusal(undone(broken, kind, 100))).to.match(/^(x: not readable as |none)/)
      }
    })

    it(`stops a bomb of ${kind}`, async () => {
      expect(await refusal(undone(zeros, kind, 100, { free: 10_000, ratio: 250 }))).to.match(/grows without end/)
    })
  }

  it('refuses a frame of zstd whose window is larger than any layer needs, wherever it comes', async () => {
    const huge = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 20 << 3, 0x43, 0x1f, 0, 0])
    for (const data of [huge, Buffer.concat([samples.zstd.words, huge])])
      expect(await refusal(undone(data, 'zstd', 100))).to.match(/^x: not readable as zstd: /)
  })

  const passedOver = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9])
  const nothing = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])

  it('follows the frames of zstd', () => {
    const frames = [samples.zstd.words, passedOver, nothing, samples.zstd.zeros, samples.zstd.words]
    const all = Buffer.concat(frames)
    const lengths = frames.map(({ length }) => length)
    const wanted = lengths.map((_, i) => lengths.slice(0, i + 1).reduce((sum, length) => sum + length, 0))
    for (const step of [1, 7, 1000, all.length]) {
      const windows: number[] = []
      const follower = followFrames((bytes) => windows.push(bytes))
      const ends: number[] = []
      for (let at = 0; at < all.length; ) {
        const piece = all.subarray(at, at + step)
        const taken = follower.take(piece)
        at += taken
        if (taken < piece.length || wanted.includes(at)) ends.push(at)
      }
      expect(windows, `${step}`).to.deep.equal([320, 8 << 20, 320])
      expect(ends, `${step}`).to.deep.equal(wanted)
      expect(follower.isWhole()).to.equal(true)
      follower.take(all.subarray(0, 9))
      expect(follower.isWhole()).to.equal(false)
    }
  })

  it('undoes frames of zstd with skippable ones between them, all in one piece', async () => {
    const { words: some } = samples.zstd
    const all = Buffer.concat([nothing, some, passedOver, some, some, passedOver])
    expect((await undone(all, 'zstd', all.length)).toString()).to.equal(words + words + words)
  })

  it('takes nothing else for compressed', () => {
    for (const text of ['', 'BZ', 'ustar', '\x1f\x8b\x00', 'FROM alpine'])
      expect(sniff(Buffer.from(text, 'latin1'))).to.equal(undefined)
  })

  it('says so of broken data while more is to come', async () => {
    const data = gzipSync(randomBytes(3 << 20))
    data.fill(0xff, 1000, 2000)
    expect(await refusal(undone(data, 'gzip', 1 << 20))).to.match(/^x: not readable as gzip: /)
  })

  it('hands on the error of what it reads', async () => {
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield samples.gzip.words.subarray(0, 10)
      throw new UserError('the disk is gone')
    }
    const all = async (): Promise<void> => {
      for await (const _ of decompress(broken(), 'gzip', 'x'));
    }
    expect(await refusal(all())).to.equal('the disk is gone')
  })
})
