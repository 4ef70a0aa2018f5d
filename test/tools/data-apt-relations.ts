/** Relation fields as the tables keep them: short, limits only where they may matter. */
import { parseRelations, type Wanted } from '../../lib/sizes/apt/relations.ts'
import { keeps } from '../../lib/sizes/apt/version.ts'
import type { Paragraph } from './data-apt-index.ts'

/**
 * A relation field for the table: `(=)` for the package's own version, other limits only where the candidate or a known
 * base breaks them. Conflicts with versions that nobody has any more go, and so do alternatives nobody can install.
 */
export function relationText(
  field: string,
  own: string,
  index: ReadonlyMap<string, Paragraph>,
  bases: ReadonlyMap<string, readonly string[]>,
  names: ReadonlySet<string>,
): string {
  const groups = parseRelations(field, own).map((group) =>
    group.map((wanted) => one(wanted, own, index, bases, names)).filter((text) => text !== ''),
  )
  return groups
    .filter((group) => group.length > 0)
    .map((group) => group.join('|'))
    .join(',')
}

function one(
  { name, operator, version = '' }: Wanted,
  own: string,
  index: ReadonlyMap<string, Paragraph>,
  bases: ReadonlyMap<string, readonly string[]>,
  names: ReadonlySet<string>,
): string {
  if (operator === undefined) return name
  if (operator === '=' && version === own) return `${name}(=)`
  const candidate = index.get(name)
  const known = [...(candidate === undefined ? [] : [candidate.version]), ...(bases.get(name) ?? [])]
  const plain = operator !== '=' && known.length > 0 && known.every((have) => keeps(have, operator, version))
  return plain && names.has(name) ? name : `${name}(${operator}${version})`
}
