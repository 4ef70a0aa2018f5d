/** How long npm's debug log of an installation is. Source: logs of npm 10.8, line by line. */
import type { LockEntry, Placed } from './lock.ts'
import { isFetched, nameAt } from './lock.ts'

/** What one run of npm had to do in a project's folder. */
export interface Run {
  readonly folder: string
  /** Packages that are there afterwards. */
  readonly installed: readonly Placed[]
  /** Packages of the lock file that are not. */
  readonly left: readonly Placed[]
  /** Nothing was fetched or unpacked, what is left out was taken away. */
  readonly prunes: boolean
}

/** Bytes of the log of one run. */
export function logBytes({ folder, installed, left, prunes }: Run): number {
  const fetched = new Map(
    installed.filter(isFetched).map(([path, entry]) => [`${nameAt(path, entry)}@${entry.version}`, [path, entry]]),
  ) as ReadonlyMap<string, Placed>
  // Numbers of lines have up to four digits.
  const number = String(3 * fetched.size + installed.length).length
  let bytes = head
  if (!prunes) for (const [path] of installed) bytes += number + ' silly ADD \n'.length + path.length
  for (const [id, [path, entry]] of fetched) {
    const name = nameAt(path, entry)
    bytes += 2 + " silly audit   : [ '' ],\n".length + id.length - 1 + (/^[a-z_]\w*$/.test(name) ? 0 : 2)
    if (prunes) continue
    const address = addressOf(name, entry).length
    bytes += number + ' silly tarball no local data for @. Extracting by manifest.\n'.length + name.length + address
    bytes += number + ' http fetch GET 200  100ms (cache miss)\n'.length + address
    if (typeof entry.resolved !== 'string')
      bytes += number + ' http fetch GET 200  100ms (cache miss)\n'.length + registry + name.length
    const { deprecated } = entry as { readonly deprecated?: unknown }
    if (typeof deprecated === 'string') bytes += number + ' warn deprecated : \n'.length + id.length + deprecated.length
  }
  for (const [path, { bin }] of left) {
    if (!prunes) bytes += number + ' silly ADD\n'.length
    const bins = typeof bin === 'object' && bin !== null ? Object.keys(bin) : []
    const shelf = folder.length + 1 + path.lastIndexOf('node_modules/') + 'node_modules/.bin/'.length
    const places = [folder.length + 1 + path.length, ...bins.map((name) => shelf + name.length)]
    const inside = places.reduce((sum, one) => sum + one, 0)
    // What does not fit into a line of 72 letters takes one for each place and one for each bracket.
    bytes +=
      inside + 4 * places.length + 2 <= 72
        ? 2 + " silly reify mark deleted [ '' ]\n".length + inside
        : 2 + ' silly reify mark deleted [\n'.length + places.length * (2 + " silly reify   '',\n".length) + inside + 16
  }
  return bytes
}

/** Versions, configuration, what of it is asked and answered. */
const head = 1700

/** Address of the registry, its end included. */
const registry = 'https://registry.npmjs.org/'.length

const addressOf = (name: string, { resolved, version }: LockEntry): string =>
  typeof resolved === 'string'
    ? resolved
    : `https://registry.npmjs.org/${name}/-/${name.slice(name.lastIndexOf('/') + 1)}-${version}.tgz`
