/** Which packages `remove`, `purge` and `autoremove` take away. Source: apt-get(8); apt 2.6, apt-pkg/depcache.cc (MarkRequired). */
import type { Group } from './relations.ts'
import type { Change } from './resolve.ts'
import type { Installed, System } from './system.ts'
import { keeps } from './version.ts'

/** The packages named, those that need them, and with `auto` those that then nobody needs. */
export function resolveRemoval(
  names: readonly string[],
  system: System,
  auto: boolean,
  keepRecommended = true,
): Change {
  const removed = new Set<string>()
  const offers = offersOf(system)
  const here = (name: string): boolean => system.has(name) && !removed.has(name)
  const todo = names.filter((name) => system.has(name))
  const needing = new Map<string, string[]>()
  for (const [name, { depends }] of system)
    for (const { name: other } of depends.flat()) needing.set(other, [...(needing.get(other) ?? []), name])
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (removed.has(name)) continue
    removed.add(name)
    const lost = [name, ...(system.get(name)?.provides.map((one) => one.name) ?? [])]
    for (const other of lost.flatMap((one) => needing.get(one) ?? []))
      if (here(other) && system.get(other)?.depends.some((group) => !met(group, system, offers, here))) todo.push(other)
  }
  if (auto) for (const name of unneeded(system, removed, keepRecommended)) removed.add(name)
  return { added: [], upgraded: [], removed: [...removed], automatic: new Set(), missing: [] }
}

/**
 * Automatic packages that nothing asked for needs, or with `keepRecommended` recommends. `gone`: not there any more. What
 * came with the base stays: it is essential, or was asked for when the base was made.
 */
export function unneeded(system: System, gone: ReadonlySet<string>, keepRecommended: boolean): readonly string[] {
  const offers = offersOf(system)
  const needed = new Set<string>()
  const todo = [...system].flatMap(([name, { automatic, base }]) =>
    (automatic && !base) || gone.has(name) ? [] : [name],
  )
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (needed.has(name) || gone.has(name)) continue
    needed.add(name)
    const one = system.get(name)
    if (one === undefined) continue
    for (const { name: other } of [...one.depends, ...(keepRecommended ? one.recommends : [])].flat()) {
      if (system.has(other)) todo.push(other)
      todo.push(...(offers.get(other) ?? []))
    }
  }
  return [...system.keys()].filter((name) => !needed.has(name) && !gone.has(name))
}

function offersOf(system: System): ReadonlyMap<string, readonly string[]> {
  const offers = new Map<string, string[]>()
  for (const [name, { provides }] of system)
    for (const { name: virtual } of provides) offers.set(virtual, [...(offers.get(virtual) ?? []), name])
  return offers
}

function met(
  group: Group,
  system: System,
  offers: ReadonlyMap<string, readonly string[]>,
  here: (name: string) => boolean,
): boolean {
  const fits = (one: Installed | undefined, operator: Group[number]['operator'], limit: string | undefined): boolean =>
    one !== undefined && (operator === undefined || limit === undefined || keeps(one.version, operator, limit))
  return group.some(
    ({ name, operator, version }) =>
      (here(name) && fits(system.get(name), operator, version)) || (offers.get(name) ?? []).some(here),
  )
}
