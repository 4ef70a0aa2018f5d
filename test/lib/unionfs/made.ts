/** Entries for tests of the union file system. */
import type { Entry } from '../../../lib/model.ts'
import { exact } from '../../../lib/size.ts'

/** A file of ten bytes of root's, but for what is said. */
export const made = (path: string, more: Partial<Entry> = {}): Entry => ({
  path,
  type: 'file',
  size: exact(10, 'test'),
  mode: 0o644,
  uid: 0,
  gid: 0,
  link: null,
  ...more,
})

/** The same of so many bytes. */
export const madeOf = (path: string, bytes: number, more: Partial<Entry> = {}): Entry =>
  made(path, { size: exact(bytes, 'test'), ...more })
