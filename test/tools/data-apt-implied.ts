/**
 * Leaves out of a table's dependencies what others bring anyway: where `a` needs `b` and `c`, and `b` needs `c`, the table
 * need not say that `a` needs `c`. What is installed and what goes with what stays the same, and so does the
 * order in which it is decided.
 */

/** What is to be known of one package: its version, and its dependencies as the table writes them. */
export interface Needing {
  readonly version: string
  readonly depends: string
}

// Of these it counts who needs them: who makes an account, whose sources are compiled.
const told = /^(adduser|python3\S*)$/

/**
 * Dependencies by package, shortened. Only what has one answer leads on or is left out: no alternatives, no names that
 * some package provides (`provided`); and only what comes earlier in the list brings it, as apt goes by the order. Each
 * step is taken on what is left by then, so that circles keep a link.
 */
export function withoutImplied(
  packages: ReadonlyMap<string, Needing>,
  provided: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const groups = new Map([...packages].map(([name, { depends }]) => [name, depends === '' ? [] : depends.split(',')]))
  // `c(=)` is c at the version of who says so.
  const full = (group: string, owner: string): string =>
    group.endsWith('(=)') ? `${group.slice(0, -1)}${packages.get(owner)?.version})` : group
  const single = (group: string): string | undefined => {
    const name = group.replace(/\(.*$/, '')
    return group.includes('|') || !packages.has(name) || provided.has(name) ? undefined : name
  }
  for (const [name, own] of groups) {
    let left = own
    for (const group of own) {
      const target = single(group)
      if (target === undefined || told.test(target)) continue
      const before = left.slice(0, left.indexOf(group))
      if (brings(name, before, full(group, name), target)) left = left.filter((other) => other !== group)
    }
    groups.set(name, left)
  }
  return new Map([...groups].map(([name, left]) => [name, left.join(',')]))

  // Not by way of the owner itself: it has the link that is to go.
  function brings(owner: string, from: readonly string[], wanted: string, target: string): boolean {
    const seen = new Set([owner])
    const todo = from.flatMap((group) => single(group) ?? [])
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (seen.has(at) || at === target) continue
      seen.add(at)
      for (const group of groups.get(at) ?? []) {
        const next = single(group)
        if (next === undefined) continue
        if (next === target && (wanted === target || full(group, at) === wanted)) return true
        todo.push(next)
      }
    }
    return false
  }
}
