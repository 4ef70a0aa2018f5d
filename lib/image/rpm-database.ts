/**
 * Databases of rpm, in each of the three forms it has had: Berkeley DB, NDB, SQLite. Only headers of packages are read.
 *
 * All three readers are ours: what is wanted of each is one table from end to end, which takes a page of code and no
 * search, and a library for any of them would be a hundred times that, or native code.
 */
import { UserError } from '../error.ts'
import { hashValues } from './berkeley-hash.ts'
import { ndbBlobs } from './ndb.ts'
import { type RpmPackage, rpmHeader } from './rpm-header.ts'
import { sqliteBlobs } from './sqlite.ts'

/** Where they may be, below a folder; the first one there is the one in use. Source: rpm's macros, %_db_backend. */
export const rpmDatabases: readonly string[] = ['usr/lib/sysimage/rpm', 'var/lib/rpm'].flatMap((folder) =>
  ['rpmdb.sqlite', 'Packages.db', 'Packages'].map((name) => `/${folder}/${name}`),
)

/** What SQLite has not yet moved into the database stands in a file of that name beside it. */
export const logSuffix = '-wal'

/**
 * Packages in a database, in its order. `log` is the write-ahead log of a SQLite database; empty where there is none.
 * Throws UserError where it is no database or a broken one; `name` is for the message.
 */
export function rpmPackages(file: Buffer, log: Buffer, name: string): readonly RpmPackage[] {
  const packages: RpmPackage[] = []
  for (const blob of blobs(file, log, name)) packages.push(rpmHeader(blob, name))
  return packages
}

function blobs(file: Buffer, log: Buffer, name: string): Iterable<Buffer> {
  if (file.toString('latin1', 0, 16) === 'SQLite format 3\0') return sqliteBlobs(file, log, 'Packages', name)
  if (file.toString('latin1', 0, 4) === 'RpmP') return ndbBlobs(file, name)
  const magic = file.length < 512 ? 0 : file.readUInt32LE(12)
  if (magic === 0x061561 || magic === 0x61150600) return hashValues(file, name)
  throw new UserError(`${name}: not a database of rpm`)
}
