import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { memory } from '../../../lib/image/source.ts'
import { type TarRecord, tarParser } from '../../../lib/image/tar.ts'
import { walkTar } from '../../../lib/image/tar-walk.ts'
import { type Member, member, paxBody, tar } from '../../tools/tar.ts'

function walked(archive: Buffer): TarRecord[] {
  const records: TarRecord[] = []
  walkTar(memory('t.tar', archive), (record) => {
    records.push(record)
    return undefined
  })
  return records
}

function fed(archive: Buffer, step: number): { records: TarRecord[]; bodies: Map<string, string> } {
  const records: TarRecord[] = []
  const bodies = new Map<string, string>()
  const parser = tarParser('t.tar', (record) => {
    records.push(record)
    if (record.stored === 0) return undefined
    const parts: Buffer[] = []
    return {
      write: (piece) => parts.push(Buffer.from(piece)),
      end: () => bodies.set(record.name, Buffer.concat(parts).toString()),
    }
  })
  for (let at = 0; at < archive.length; at += step) parser.feed(archive.subarray(at, at + step))
  parser.finish()
  return { records, bodies }
}

const long = `${'d'.repeat(120)}/${'f'.repeat(120)}`

describe('tar', () => {
  const cases: readonly (readonly [what: string, one: Member, wanted: Partial<TarRecord>])[] = [
    [
      'a file',
      { name: 'a', data: 'hello', mode: 0o755, uid: 3, gid: 4, mtime: 99 },
      { name: 'a', type: 'file', bytes: 5, stored: 5, mode: 0o755, uid: 3, gid: 4, mtime: 99 },
    ],
    ['an old file', { name: 'a', type: '\0', magic: 'none', data: 'x' }, { type: 'file', bytes: 1 }],
    ['an old directory', { name: 'a/', type: '\0', magic: 'none' }, { name: 'a/', type: 'dir' }],
    ['a contiguous file', { name: 'a', type: '7', data: 'x' }, { type: 'file', bytes: 1 }],
    ['a directory that claims a size', { name: 'd/', type: '5', size: 4096 }, { type: 'dir', bytes: 0, stored: 0 }],
    ['a symlink', { name: 'l', type: '2', link: '/b' }, { type: 'symlink', link: '/b', bytes: 0 }],
    ['a hard link', { name: 'l', type: '1', link: 'a' }, { type: 'hardlink', link: 'a' }],
    [
      'a hard link with a body',
      { name: 'l', type: '1', link: 'a', data: 'again'.repeat(200) },
      { type: 'hardlink', bytes: 0 },
    ],
    [
      'a hard link that only claims one',
      { name: 'l', type: '1', link: 'a', size: 1000 },
      { type: 'hardlink', bytes: 0 },
    ],
    ['devices', { name: 'n', type: '3' }, { type: 'char' }],
    ['a fifo', { name: 'n', type: '6' }, { type: 'fifo' }],
    ['a ustar prefix', { name: 'f', prefix: 'usr/share', data: 'x' }, { name: 'usr/share/f' }],
    ['what old GNU keeps there', { name: 'f', prefix: '1234567', magic: 'gnu', data: 'x' }, { name: 'f' }],
    [
      'GNU long names',
      { name: 'cut', longName: long, longLink: `${long}2`, type: '2', magic: 'gnu' },
      { name: long, link: `${long}2` },
    ],
    [
      'PAX path, link and numbers',
      { name: 'cut', type: '2', pax: { path: long, linkpath: 'ü', uid: '3000000', gid: '7', mtime: '12.5' } },
      { name: long, link: 'ü', uid: 3000000, gid: 7, mtime: 12.5 },
    ],
    ['PAX size', { name: 'a', pax: { size: '5' }, data: 'hello', size: 0 }, { bytes: 5, stored: 5 }],
    ['PAX wins over GNU', { name: 'cut', longName: 'gnu', pax: { path: 'pax' } }, { name: 'pax' }],
    [
      'extended attributes',
      { name: 'a', pax: { 'SCHILY.xattr.user.b': Buffer.from([0, 10, 61]), 'SCHILY.xattr.user.a': 'v' } },
      { xattrs: 'user.a=76 user.b=000a3d' },
    ],
    ['a name that is no UTF-8', { name: '', touch: (b) => b.set([0xe9, 0x61], 0) }, { name: '\u{10fee9}a' }],
    [
      'PAX sparse 0.0',
      { name: 'a', pax: { 'GNU.sparse.size': '1000000', 'GNU.sparse.numblocks': '1' }, data: 'xy' },
      { bytes: 1000000, stored: 2, sparse: true },
    ],
    [
      'PAX sparse 1.0',
      {
        name: 'GNUSparseFile.0/a',
        pax: {
          'GNU.sparse.major': '1',
          'GNU.sparse.minor': '0',
          'GNU.sparse.name': 'a',
          'GNU.sparse.realsize': '8589934592',
        },
        data: '1\n0\n2\n',
      },
      { name: 'a', bytes: 8589934592, stored: 6, sparse: true },
    ],
    [
      'old GNU sparse',
      { name: 'a', type: 'S', magic: 'gnu', data: 'xy', touch: (b) => b.write('00001000000\0', 483, 'latin1') },
      { type: 'file', bytes: 0o1000000, stored: 2, sparse: true },
    ],
  ]
  for (const [what, one, wanted] of cases) {
    it(`reads ${what}`, () => {
      const archive = tar([{ name: 'before' }, one, { name: 'after', data: 'end' }])
      const records = walked(archive)
      expect(records.map((r) => r.name)).to.have.lengthOf(3)
      expect(records[1]).to.deep.include(wanted)
      expect(records[2]).to.deep.include({ name: 'after', bytes: 3 })
      for (const step of [1, 100, 512, 1000, 1 << 16]) expect(fed(archive, step).records).to.deep.equal(records)
    })
  }

  it('follows the further blocks of an old sparse map', () => {
    const head = member({
      name: 'a',
      type: 'S',
      magic: 'gnu',
      size: 3,
      touch: (b) => {
        b[482] = 1
      },
    })
    const map = Buffer.alloc(512)
    map[504] = 1
    const archive = Buffer.concat([
      head,
      map,
      Buffer.alloc(512),
      tar([{ name: 'x', data: 'abc' }]).subarray(512, 1024),
      tar([{ name: 'b' }]),
    ])
    expect(walked(archive).map((r) => [r.name, r.stored])).to.deep.equal([
      ['a', 3],
      ['b', 0],
    ])
  })

  it('passes over global records, as engines do', () => {
    const comment = paxBody({ comment: 'x'.repeat(600), uid: '5' })
    const archive = Buffer.concat([member({ name: 'g', type: 'g', data: comment }), tar([{ name: 'a' }])])
    expect(walked(archive)).to.have.lengthOf(1)
    expect(walked(archive)[0]).to.deep.include({ name: 'a', uid: 0, head: 512 * 3 })
  })

  it('gives duplicates in order, with the places of heads and bodies', () => {
    const records = walked(
      tar([
        { name: 'a', data: 'one' },
        { name: 'a', pax: { mtime: '1' }, data: 'two' },
      ]),
    )
    expect(records.map((r) => [r.name, r.head, r.body])).to.deep.equal([
      ['a', 0, 512],
      ['a', 1024, 2560],
    ])
  })

  it('hands out bodies', () => {
    const data = 'x'.repeat(700)
    const { bodies } = fed(
      tar([
        { name: 'a', data },
        { name: 'b', data: 'y' },
      ]),
      100,
    )
    expect([...bodies]).to.deep.equal([
      ['a', data],
      ['b', 'y'],
    ])
  })

  for (const end of [0, 1, 2, 20]) {
    it(`takes ${end} blank blocks at the end`, () =>
      expect(walked(tar([{ name: 'a', data: 'x' }], end))).to.have.lengthOf(1))
  }

  it('seeks over what it does not need', () => {
    const archive = tar([{ name: 'large', data: Buffer.alloc(1 << 20) }, { name: 'b' }])
    let read = 0
    const source = memory('t.tar', archive)
    const watched = {
      ...source,
      read: (at: number, into: Uint8Array) => {
        const got = source.read(at, into)
        read += got
        return got
      },
    }
    expect(walkTar(watched, () => undefined)).to.equal(2)
    expect(read).to.be.below(3 * (64 << 10))
  })

  describe('refuses with one clear error', () => {
    const bad: readonly (readonly [what: string, archive: Buffer, says: RegExp])[] = [
      ['text', Buffer.alloc(2000, 'hello '), /no header at byte 0/],
      [
        'a body that is cut',
        tar([{ name: 'a', data: 'x'.repeat(600) }]).subarray(0, 1024),
        /middle of a member at byte 1024|ends in the middle/,
      ],
      ['a header that is cut', tar([{ name: 'a', data: 'x' }]).subarray(0, 300), /middle of a member/],
      [
        'an extension without a member',
        member({ name: 'x', type: 'x', data: paxBody({ path: 'b' }) }),
        /middle of a member/,
      ],
      [
        'records that make no sense',
        tar([{ name: 'x', type: 'x', data: '99 path=b\n' }, { name: 'a' }]),
        /extended records/,
      ],
      ['a huge extension', tar([{ name: 'x', type: 'x', size: 2 << 20 }]), /unreasonable size/],
      ['a huge size', tar([{ name: 'a', size: 2 ** 53 - 1 }]), /makes no sense/],
      ['a size that is no number', tar([{ name: 'a', touch: (b) => b.write('zz', 124, 'latin1') }]), /makes no sense/],
      ['a NUL in a PAX name', tar([{ name: 'a', pax: { path: 'a\0b' } }]), /NUL/],
    ]
    for (const [what, archive, says] of bad) {
      it(what, () => {
        expect(() => walked(archive))
          .to.throw(UserError, says)
          .with.property('message')
          .that.matches(/^t\.tar: /)
        expect(() => fed(archive, 512)).to.throw(UserError, says)
      })
    }
  })

  it('says the same at every cut as from a stream', () => {
    const archive = tar([
      { name: 'a', data: 'x'.repeat(6000) },
      { name: 'b', pax: { path: 'c' }, data: 'y' },
      { name: 'd/', type: '5' },
    ])
    const outcome = (read: () => TarRecord[]): string => {
      try {
        return String(read().length)
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        return 'refused'
      }
    }
    for (let cut = 0; cut <= archive.length; cut += 128) {
      const part = archive.subarray(0, cut)
      expect(
        outcome(() => walked(part)),
        `cut at ${cut}`,
      ).to.equal(outcome(() => fed(part, 333).records))
    }
  })

  it('survives flipped bits', () => {
    const archive = tar([
      { name: 'a', data: 'x'.repeat(600) },
      { name: 'b', pax: { path: 'c', 'SCHILY.xattr.a': 'b' }, data: 'y' },
      { name: 'n', longName: long, data: 'z' },
    ])
    let seed = 7
    const next = (below: number): number => {
      seed = (seed * 48271) % 2147483647
      return seed % below
    }
    for (let round = 0; round < 500; round++) {
      const broken = Buffer.from(archive)
      const at = next(broken.length)
      broken[at]! ^= 1 << next(8)
      try {
        walked(broken)
      } catch (error) {
        expect(error, `round ${round}, byte ${at}`).to.be.instanceOf(UserError)
      }
    }
  })
})
