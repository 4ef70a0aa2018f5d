/** What mode words make of modes. The answers are those of chmod of coreutils 9.1 and of BusyBox 1.35. */
import { expect } from 'chai'
import { modeOf } from '../../../lib/commands/modes.ts'
import type { EntryType } from '../../../lib/model.ts'

describe('chmod', () => {
  const table: readonly (readonly [word: string, type: EntryType, old: string, gnu: string, busybox: string])[] = [
    ['o+t', 'dir', '2755', '3755', '2755'],
    ['+t', 'dir', '755', '1755', '1755'],
    ['a=rX', 'dir', '3755', '2555', '555'],
    ['o=rx', 'dir', '1777', '775', '1775'],
    ['go=', 'dir', '2755', '2700', '700'],
    ['755', 'dir', '3777', '2755', '755'],
    ['u=rwx,go=rX', 'dir', '1700', '755', '1755'],
    ['u+s', 'file', '755', '4755', '4755'],
  ]
  for (const [word, type, old, ...after] of table)
    it(`${word} of a ${type} ${old}`, () => {
      const made = [false, true].map((ash) => modeOf(word, 0o022, ash)?.(Number.parseInt(old, 8), type)?.toString(8))
      expect(made).to.deep.equal(after)
    })
})
