/** Relation fields as the tables keep them: short, and only what can make a difference. */
import { type Group, parseRelations, type Wanted } from '../../lib/sizes/apt/relations.ts'
import { keeps } from '../../lib/sizes/apt/version.ts'
import type { Paragraph } from './data-apt-index.ts'

interface Fields {
  readonly depends: string
  readonly recommends: string
  readonly conflicts: string
  readonly provides: string
}

/**
 * An archive's index in which recorded packages are as they were. What else comes from the same source goes back to that
 * version too: packages of one source often need each other at exactly theirs.
 */
export function withRecorded(
  archive: ReadonlyMap<string, Paragraph>,
  recorded: ReadonlyMap<string, Paragraph>,
): ReadonlyMap<string, Paragraph> {
  const index = new Map(archive)
  const older = new Map<string, string>()
  const key = ({ source, name }: Paragraph, version: string): string => `${source.split(' ')[0] || name} ${version}`
  for (const [name, paragraph] of recorded) {
    const now = archive.get(name)
    if (now !== undefined && now.version !== paragraph.version) older.set(key(now, now.version), paragraph.version)
    index.set(name, { ...now, ...paragraph })
  }
  for (const [name, one] of archive) {
    const version = recorded.has(name) ? undefined : older.get(key(one, one.version))
    if (version === undefined) continue
    const back = (field: string): string => field.replaceAll(one.version, version)
    const { depends, recommends, provides, conflicts } = one
    index.set(name, {
      ...one,
      version,
      depends: back(depends),
      recommends: back(recommends),
      provides: back(provides),
      conflicts: back(conflicts),
    })
  }
  return index
}

/**
 * Writes the relations of packages for a table of `names`. `(=)` is the package's own version; other limits stay only
 * where the candidate or a known base breaks them. What every base has goes (but adduser: who needs
 * it makes an account), and so do conflicts that nobody in the
 * table breaks and provided names that nobody in it wants and nobody asked for.
 */
export function relationsFor(
  index: ReadonlyMap<string, Paragraph>,
  bases: ReadonlyMap<string, readonly string[]>,
  names: ReadonlySet<string>,
  asked: ReadonlySet<string> = new Set(),
): (paragraph: Paragraph) => Fields {
  const offered = new Set<string>()
  const wanted = new Set(asked)
  for (const name of names) {
    const one = index.get(name)
    if (one === undefined) continue
    for (const { name: virtual } of parseRelations(one.provides, '').flat()) offered.add(virtual)
    for (const field of [one.depends, one.recommends, one.conflicts])
      for (const { name: other } of parseRelations(field, '').flat()) wanted.add(other)
  }
  const versions = (name: string): readonly string[] => {
    const candidate = index.get(name)
    return [...(candidate === undefined || !names.has(name) ? [] : [candidate.version]), ...(bases.get(name) ?? [])]
  }
  const obeyed = ({ name, operator, version = '' }: Wanted): boolean => {
    const known = versions(name)
    return operator !== undefined && known.length > 0 && known.every((have) => keeps(have, operator, version))
  }
  const text = (one: Wanted, own: string): string => {
    if (one.operator === undefined) return one.name
    if (one.operator === '=' && one.version === own) return `${one.name}(=)`
    return one.operator !== '=' && obeyed(one) ? one.name : `${one.name}(${one.operator}${one.version})`
  }
  const groups = (list: readonly Group[], own: string): string =>
    [...new Set(list.map((group) => [...new Set(group.map((one) => text(one, own)))].join('|')))].join(',')
  const always = (group: Group, own: string): boolean =>
    group.some((one) => one.name !== 'adduser' && bases.has(one.name) && text(one, own) === one.name)
  return ({ depends, recommends, conflicts, provides, version }) => ({
    depends: groups(
      parseRelations(depends, version).filter((group) => !always(group, version)),
      version,
    ),
    recommends: groups(
      parseRelations(recommends, version).filter(
        (group) => !always(group, version) && group.some(({ name }) => names.has(name) || offered.has(name)),
      ),
      version,
    ),
    conflicts: groups(
      parseRelations(conflicts, version).filter((group) =>
        group.some((one) =>
          one.operator === undefined
            ? names.has(one.name) || offered.has(one.name)
            : versions(one.name).some((have) => keeps(have, one.operator ?? '=', one.version ?? '')),
        ),
      ),
      version,
    ),
    provides: groups(
      parseRelations(provides, version).filter((group) => group.some(({ name }) => wanted.has(name))),
      version,
    ),
  })
}

const priorities = ['extra', 'optional', 'standard', 'important', 'required']

/**
 * Which of several packages that provide the same apt takes, all else equal: the higher the number the rather, 0 where
 * nobody else provides it. The one of better priority, then the one it met last. Source: apt 2.6, depcache.cc,
 * CompareProviders; installations of 2026-11-21.
 */
export function preferences(
  index: ReadonlyMap<string, Paragraph>,
  names: ReadonlySet<string>,
  met: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const offers = new Map<string, string[]>()
  for (const name of names)
    for (const { name: virtual } of parseRelations(index.get(name)?.provides ?? '', '').flat())
      offers.set(virtual, [...(offers.get(virtual) ?? []), name])
  const rivals = new Set([...offers.values()].filter((list) => list.length > 1).flat())
  const worth = (name: string): number => priorities.indexOf(index.get(name)?.priority ?? '')
  const sorted = [...rivals].sort((a, b) => worth(a) - worth(b) || (met.get(a) ?? 0) - (met.get(b) ?? 0))
  return new Map(sorted.map((name, i) => [name, i + 1]))
}
