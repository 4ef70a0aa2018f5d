import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { type GoMember, goHeader } from '../../../lib/image/go-tar.ts'

/** Lengths and digests are those of what Go's archive/tar wrote for the same members. */
describe('goHeader', () => {
  const base: GoMember = {
    name: 'a.txt',
    flag: '0',
    mode: 0o644,
    uid: 0,
    gid: 0,
    bytes: 5,
    link: '',
    user: '',
    group: '',
  }
  type Case = readonly [what: string, more: Partial<GoMember>, length?: number, digest?: string]
  const cases: readonly Case[] = [
    ['a short name', {}, 512, 'c5cfc7bf2df4b1ec'],
    ['a long name that ustar can cut', { name: `${'d'.repeat(60)}/${'f'.repeat(90)}` }, 512, 'ec1f2423e2b38f80'],
    ['a long name that it cannot', { name: 'f'.repeat(101) }, 1536, 'cf81b10d12267962'],
    [
      'a folder with a long name',
      { name: `${'d'.repeat(150)}/`, flag: '5', mode: 0o755, bytes: 0 },
      1536,
      'ec2cab1d0d78989b',
    ],
    ['a name beyond ASCII', { name: 'é.txt' }, 1536, '13238a4b66b380c3'],
    ['a long target', { flag: '2', bytes: 0, link: 't'.repeat(101) }, 1536, '51d9260fa727e0c1'],
    ['a large owner', { uid: 2097152 }, 1536, '5978d1e1e826dfea'],
    ['8 GiB', { bytes: 8589934592 }, 1536, '9c095d1528117cc0'],
    ['GNU, a long name', { name: 'f'.repeat(101), format: 'gnu' }, 1536, '1e0342a9625aeaba'],
    ['GNU, a large owner', { uid: 2097152, format: 'gnu' }, 512, '07bb1c824a1fae4f'],
    ['PAX without need', { format: 'pax' }, 512, 'c5cfc7bf2df4b1ec'],
    ['what ustar cannot hold', { name: 'f'.repeat(101), format: 'ustar' }],
  ]
  for (const [what, more, length, digest] of cases) {
    it(what, () => {
      const header = goHeader({ ...base, ...more })
      expect(header?.length).to.equal(length)
      if (header === undefined) return
      expect(createHash('sha256').update(header).digest('hex').slice(0, 16)).to.equal(digest)
    })
  }
})
