import { expect } from 'chai'
import type { Entry, EntryType } from '../../lib/model.ts'
import { exact } from '../../lib/size.ts'
import { compareLayer } from '../../lib/squash/verify.ts'
import { type Stack, stack } from '../../lib/unionfs/stack.ts'

/** `type path`, and for a file its length, for a link what it names. */
function entry(text: string): Entry {
  const [type = '', path = '', more = ''] = text.split(' ')
  const size = exact(type === 'file' ? Number(more || 3) : 0, 'test')
  const link = type === 'hardlink' || type === 'symlink' ? more : null
  return { path, type: type as EntryType, size, mode: 0o644, uid: 0, gid: 0, link }
}
const entries = (text: string): readonly Entry[] => text.split(', ').map(entry)

const seen = (all: readonly Entry[]): Stack['files'] =>
  stack([{ row: 0, entries: all, complete: true, size: exact(0, 'test') }]).files

describe('what squash wrote is compared', () => {
  const before = 'dir /a, file /a/b 7, hardlink /a/c /a/b, file /n/x, symlink /s /t'
  const cases: readonly (readonly [after: string, differs: string | undefined])[] = [
    [before, undefined],
    // A folder that no tar named may get a name, and any name of a file may carry it.
    ['dir /a, file /a/b 7, hardlink /a/c /a/b, dir /n, file /n/x, symlink /s /t', undefined],
    ['dir /a, file /a/b 7, file /n/x, symlink /s /t', '/n/x'],
    ['dir /a, file /a/b 7, hardlink /a/c /a/b, file /n/x', '/s'],
    ['dir /a, file /a/b 7, hardlink /a/c /a/b, symlink /s /t', '/s'],
    [`${before}, file /z`, '/z'],
    ['dir /a, file /a/b 8, hardlink /a/c /a/b, file /n/x, symlink /s /t', '/a/b'],
    ['dir /a, file /a/b 7, hardlink /a/c /n/x, file /n/x, symlink /s /t', '/a/c'],
    ['dir /a, file /a/b 7, hardlink /a/c /none, file /n/x, symlink /s /t', '/a/c'],
    ['dir /a, file /a/b 7, file /a/b 7, hardlink /a/c /a/b, file /n/x, symlink /s /t', '/a/b'],
    ['dir /a, hardlink /a/c /a/b, file /a/b 7, file /n/x, symlink /s /t', '/a/c'],
    ['dir /a, file /a/b 7, hardlink /a/c /a/b, whiteout /n, file /n/x, symlink /s /t', '/n'],
    ['dir /a, file /a/b 7, hardlink /a/c /a/b, file /n/x, symlink /s /u', '/s'],
    ['file /a, file /a/b 7, hardlink /a/c /a/b, file /n/x, symlink /s /t', '/a'],
  ]
  for (const [after, differs] of cases)
    it(after, () => {
      const compare = (): void => compareLayer('out', seen(entries(before)), entries(after))
      if (differs === undefined) compare()
      else expect(compare).to.throw(`out: the files differ from those of the image at ${differs}`)
    })

  it('says so where mode, owner or attributes differ', () => {
    const one = entry('file /a')
    for (const other of [{ mode: 0o600 }, { uid: 1 }, { gid: 1 }, { xattrs: 'user.a=00' }])
      expect(() => compareLayer('out', seen([one]), [{ ...one, ...other }])).to.throw('differ')
  })
})
