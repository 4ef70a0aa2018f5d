import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { UserError } from '../../../lib/error.ts'
import { cleanPath } from '../../../lib/image/entry.ts'
import { listArchive } from '../../../lib/image/list.ts'
import { tar } from '../../tools/tar.ts'

describe('listArchive', () => {
  let directory = ''
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'list-'))
  })
  after(() => rmSync(directory, { recursive: true }))
  const written = (data: Buffer): string => {
    const path = join(directory, 'a')
    writeFileSync(path, data)
    return path
  }

  const archive = tar([
    { name: './', type: '5' },
    { name: './etc/', type: '5', mode: 0o700 },
    { name: '/etc/a', data: 'hello', uid: 7 },
    { name: 'etc//b', type: '1', link: './etc/a' },
    { name: 'l', type: '2', link: '../x' },
  ])

  for (const [how, data] of [
    ['plain', archive],
    ['gzip', gzipSync(archive)],
  ] as const) {
    it(`lists a ${how} archive`, async () => {
      const entries = await listArchive(written(data))
      expect(entries?.map((e) => [e.path, e.type, e.size.bytes, e.mode, e.uid, e.link])).to.deep.equal([
        ['/', 'dir', 0, 0o755, 0, null],
        ['/etc', 'dir', 0, 0o700, 0, null],
        ['/etc/a', 'file', 5, 0o644, 7, null],
        ['/etc/b', 'hardlink', 0, 0o644, 0, '/etc/a'],
        ['/l', 'symlink', 0, 0o644, 0, '../x'],
      ])
    })
  }

  it('takes no other file for an archive', async () => {
    for (const data of [
      Buffer.alloc(0),
      Buffer.from('text'),
      Buffer.alloc(2048),
      gzipSync('text'),
      gzipSync(Buffer.alloc(2048)),
      gzipSync('x').subarray(0, 12),
      Buffer.from('BZh9 no'),
    ]) {
      expect(await listArchive(written(data))).to.equal(undefined)
    }
  })

  it('keeps a name that climbs out of the root in it, and notes it', async () => {
    const data = tar([
      { name: '../x', data: 'y' },
      { name: 'a/../b', data: 'y' },
      { name: 'h', type: '1', link: '../../x' },
    ])
    expect((await listArchive(written(data)))?.map(({ path, link, climbs }) => [path, link, climbs])).to.deep.equal([
      ['/x', null, 'entry name "../x"'],
      ['/b', null, undefined],
      ['/h', '/x', 'hardlink target "../../x"'],
    ])
  })

  it('refuses an archive that breaks in the middle', async () => {
    for (const data of [archive.subarray(0, 1538), gzipSync(archive.subarray(0, 1538))]) {
      const error = await listArchive(written(data)).then(
        () => undefined,
        (e: unknown) => e,
      )
      expect(error).to.be.instanceOf(UserError)
    }
  })
})

describe('cleanPath', () => {
  const cases: readonly (readonly [name: string, path: string | undefined])[] = [
    ['a', '/a'],
    ['a/', '/a'],
    ['./a', '/a'],
    ['/a', '/a'],
    ['.', '/'],
    ['./', '/'],
    ['', '/'],
    ['/', '/'],
    ['a//b', '/a/b'],
    ['a/./b', '/a/b'],
    ['.a', '/.a'],
    ['a/.b', '/a/.b'],
    ['a..b', '/a..b'],
    ['..a', '/..a'],
    ['..', undefined],
    ['../a', undefined],
    ['a/../../b', undefined],
    ['a/../b', '/b'],
    ['/a/..', '/'],
  ]
  for (const [name, path] of cases) it(JSON.stringify(name), () => expect(cleanPath(name)).to.equal(path))
})
