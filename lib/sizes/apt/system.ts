/** What is installed, and what the next change starts from: the state that apt and dpkg carry from RUN to RUN. */
import type { InstalledPackage } from '../../model.ts'
import { type Group, parseRelations, type Wanted } from './relations.ts'
import type { Table } from './table.ts'

/** An installed package. */
export interface Installed {
  readonly version: string
  /** Source package and its version; undefined: not known. */
  readonly source: string | undefined
  readonly provides: readonly Wanted[]
  /** What it needs, as far as known; from a base often only the relations with `=`. */
  readonly depends: readonly Group[]
  readonly recommends: readonly Group[]
  /** Came because another one needs it: `autoremove` may take it. */
  readonly automatic: boolean
  /** It came with the base image. */
  readonly base: boolean
}

/** Installed packages by name. */
export type System = ReadonlyMap<string, Installed>

/** The packages of a base; relations that it does not tell are those of the candidate of the same version. */
export function systemOf(packages: Readonly<Record<string, InstalledPackage>>, table: Table): System {
  const system = new Map<string, Installed>()
  for (const [name, one] of Object.entries(packages)) {
    const candidate = table.get(name)
    const version = one.version ?? candidate?.version ?? '0'
    const same = candidate?.version === version || candidate?.version === '' ? candidate : undefined
    const equals = parseRelations(one.equals ?? '', version)
    system.set(name, {
      version,
      source: same?.source ?? sourceOf(name, one.source, version),
      provides: one.provides === undefined ? (same?.provides ?? []) : parseRelations(one.provides, version).flat(),
      depends: same?.depends ?? equals,
      recommends: candidate?.recommends ?? [],
      automatic: false,
      base: true,
    })
  }
  return system
}

function sourceOf(name: string, source: string | undefined, version: string): string {
  const [, from = name, of = version] = /^(\S+)(?:\s+\(([^)]*)\))?/.exec(source ?? name) ?? []
  return `${from} ${of}`
}
