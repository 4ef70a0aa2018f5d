import { expect } from 'chai'
import { type BuildahMember, buildahHash } from '../../../lib/builders/hash-buildah.ts'
import { type ClassicFile, classicHash } from '../../../lib/builders/hash-classic.ts'

/** Hashes are those that real builders recorded; more of them in the tests of copy.ts. */
describe('classicHash', () => {
  const file = (path: string, text: string, more: Partial<ClassicFile> = {}): ClassicFile => ({
    path,
    type: 'file',
    bytes: Buffer.byteLength(text),
    mode: 0o644,
    uid: 0,
    gid: 0,
    link: '',
    user: '',
    group: '',
    feed: (sink) => sink(Buffer.from(text)),
    ...more,
  })
  const folder = (path: string): ClassicFile => ({ ...file(path, ''), type: 'dir', mode: 0o755, feed: undefined })
  const d = [folder('d'), file('d/one', '1\n'), file('d/two', '22\n'), folder('d/sub'), file('d/sub/three', '333\n')]
  const a = file('a.txt', 'aaaa\n')

  it('one file, by clients before and since 24', () => {
    expect(classicHash([{ kind: 'file', member: a }], true)).to.match(/^file:64f23f56cfe65947/)
    expect(classicHash([{ kind: 'file', member: a }], false)).to.match(/^file:b29cdd02766b5605/)
  })
  it('one folder, in any order', () => {
    expect(classicHash([{ kind: 'dir', members: d }], true)).to.match(/^dir:00f0b75a7198691b/)
    expect(classicHash([{ kind: 'dir', members: d.toReversed() }], false)).to.match(/^dir:546c2fdde3861325/)
  })
  it('a file of a stage, with the names of its owner', () => {
    const built = file('f', 'built\n', { user: 'root', group: 'root' })
    expect(classicHash([{ kind: 'file', member: built }], true)).to.match(/^file:6eb856e741fd7aef/)
    expect(classicHash([{ kind: 'file', member: file('f', 'built\n') }], false)).to.match(/^file:f6749caad0aab2e2/)
  })
  it('several', () => {
    const b = file('b.txt', 'bbbbbbb\n')
    const both = [a, b].map((member) => ({ kind: 'file', member }) as const)
    expect(classicHash(both, true)).to.match(/^multi:/)
    expect(classicHash(both.toReversed(), true)).not.to.equal(classicHash(both, true))
  })
  it('nothing where bytes are not known', () => {
    expect(classicHash([{ kind: 'file', member: { ...a, feed: undefined } }], true)).to.equal(undefined)
    expect(classicHash([undefined], true)).to.equal(undefined)
    expect(classicHash([{ kind: 'file', member: { ...file('e', ''), feed: undefined } }], true)).to.be.a('string')
  })
})

describe('buildahHash', () => {
  const file = (name: string, text: string, more: Partial<BuildahMember> = {}): BuildahMember => ({
    name,
    flag: '0',
    mode: 0o644,
    uid: 0,
    gid: 0,
    bytes: Buffer.byteLength(text),
    link: '',
    user: '',
    group: '',
    feed: (sink) => sink(Buffer.from(text)),
    ...more,
  })
  const root = { user: 'root', group: 'root' }

  it('one file, with the names of its owner and without', () => {
    const of = (member: BuildahMember) => buildahHash([{ kind: 'file', members: [member] }])
    expect(of(file('a.txt', 'aaaa\n', root))).to.match(/^file:c52e957d5665e22f/)
    expect(of(file('a.txt', 'aaaa\n'))).to.match(/^file:9dde57f7d9360579/)
    expect(of(file('greeting', 'hello\n'))).to.match(/^file:72bec169882d5eb8/)
  })
  it('a folder with a hard link', () => {
    const members = [
      file('f', 'built\n', { uid: 9, gid: 9 }),
      file('g', '', { flag: '1', link: 'f', uid: 9, gid: 9, feed: undefined }),
    ]
    expect(buildahHash([{ kind: 'dir', members }])).to.match(/^dir:b032c0d7bb279bc9/)
  })
  it('several, and archives', () => {
    const a = { kind: 'file', members: [file('a.txt', 'aaaa\n')] } as const
    expect(buildahHash([a, { kind: 'archive', digest: 'ab' }])).to.match(/^multi:[0-9a-f]{64}$/)
    expect(buildahHash([{ kind: 'archive', digest: 'ab' }])).to.equal('file:ab')
  })
  it('nothing where bytes are not known, or nothing was copied', () => {
    const members = [file('a.txt', 'aaaa\n', { feed: undefined })]
    expect(buildahHash([{ kind: 'file', members }])).to.equal(undefined)
    expect(buildahHash([undefined])).to.equal(undefined)
    expect(buildahHash([])).to.equal(undefined)
  })
})
