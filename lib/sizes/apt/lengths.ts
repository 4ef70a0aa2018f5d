/** Lengths of the files that every change of packages writes again, on a base with more than its distribution's packages. */
import { debconfGrowth } from './generated.ts'
import type { Suite } from './suites.ts'
import type { Candidate } from './table.ts'

/** A package's paragraph in the status file: its state, and its conffiles with their sums. Bytes. */
export const paragraph = ({ weight: { control, conffiles, conffilesBytes } }: Candidate): number =>
  control + 29 + (conffiles === 0 ? 0 : 11 + conffilesBytes + 34 * conffiles)

/** Does the dynamic linker's cache have lines of it? */
export const isLibrary = (name: string): boolean =>
  /^lib/.test(name) && !/-(dev|perl|common|data|doc|l10n|java|minimal|stdlib)$/.test(name)

/** A library's part in the cache of the dynamic linker: the middle of recorded builds. Bytes. */
export const libraryLine = 94

/** Lengths by path: those of the release's own image, and what these packages added. */
export function lengthsWith({ lengths }: Suite, added: readonly Candidate[]): Readonly<Record<string, number>> {
  if (added.length === 0) return lengths
  const growth: Readonly<Record<string, number>> = {
    '/var/lib/dpkg/status': added.reduce((sum, one) => sum + paragraph(one), 0),
    '/var/cache/debconf/templates.dat': added.reduce((sum, one) => sum + (debconfGrowth(one) ?? 0), 0),
    '/etc/ld.so.cache': added.filter(({ name }) => isLibrary(name)).length * libraryLine,
  }
  return Object.fromEntries(Object.entries(lengths).map(([path, bytes]) => [path, bytes + (growth[path] ?? 0)]))
}
