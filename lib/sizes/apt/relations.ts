/** Relations between Debian packages: `a (>= 1) | b, c`. Source: deb-control(5), Debian policy chapter 7. */
import type { Operator } from './version.ts'

/** One package named in a relation, with the versions that will do. */
export interface Wanted {
  readonly name: string
  readonly operator?: Operator
  /** Absent with `operator`: any version. */
  readonly version?: string
}

/** Alternatives, best first. */
export type Group = readonly Wanted[]

const none: readonly Group[] = []

/**
 * Reads a relation field. `own` is the version of the package it belongs to: `(=)`, as the tables write it, stands for
 * exactly that. Parts that make no sense are left out; architecture and profile lists are dropped.
 */
export function parseRelations(field: string, own: string): readonly Group[] {
  if (field === '') return none
  const groups: Group[] = []
  for (const part of field.split(',')) {
    const group = part.split('|').flatMap((text) => parseOne(text, own) ?? [])
    if (group.length > 0) groups.push(group)
  }
  return groups
}

function parseOne(text: string, own: string): Wanted | undefined {
  const [, name, operator, version] =
    /^\s*([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?\s*(?:\(\s*(<<|<=|=|>=|>>|<|>)\s*([^\s()]*)\s*\))?/i.exec(text) ?? []
  if (name === undefined) return undefined
  if (operator === undefined) return { name }
  const modern = operator === '<' ? '<=' : operator === '>' ? '>=' : (operator as Operator)
  return { name, operator: modern, version: version === '' || version === undefined ? own : version }
}
