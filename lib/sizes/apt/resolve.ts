/**
 * Which packages an `apt-get install` brings, renews and takes away.
 *
 * Follows apt's own marking: what a package needs, in the order in which it says so, and then what it recommends, before the
 * next package is looked at; alternatives in order unless one is satisfied, recommends only of new packages, an installed
 * package that needs another one at exactly its version comes along, and from apt 2.5 on all installed packages of the same
 * source.
 * Source: apt 2.6 and 3.0 as they tell with Debug::pkgDepCache::AutoInstall; apt-pkg/depcache.cc (MarkInstall),
 * apt-private/private-install.cc; spec/run-size.md section 3.
 */
import type { Group, Wanted } from './relations.ts'
import type { Installed, System } from './system.ts'
import type { Candidate, Table } from './table.ts'
import { compareVersions, keeps } from './version.ts'

/** What apt was asked for. */
export interface Wish {
  /** Names as given, patterns already expanded; all are installed, or renewed where a newer one is there. */
  readonly install: readonly string[]
  /** Names to take away in the same breath (`name-`). */
  readonly remove?: readonly string[]
  readonly recommends: boolean
  /** Installed packages of one source are renewed together: apt 2.5 and later. */
  readonly bySource: boolean
  /** Installed packages that stay as they are. */
  readonly held?: ReadonlySet<string>
}

/** What changes. Names in the order in which they were decided: what is needed before what needs it. */
export interface Change {
  readonly added: readonly Candidate[]
  readonly upgraded: readonly Candidate[]
  readonly removed: readonly string[]
  /** What goes takes its settings along. */
  readonly purged?: boolean
  /** New packages that nobody asked for by name. */
  readonly automatic: ReadonlySet<string>
  /** Names asked for or needed that no package of the table answers to. */
  readonly missing: readonly string[]
  /** Those of them that other archives have, or that stand for too many. */
  readonly endless?: ReadonlySet<string>
  /** dpkg is called itself: apt and debconf take no notice. */
  readonly direct?: true
  /** What is recommended comes too; and something came that nobody needs. */
  readonly recommends?: boolean
  readonly recommended?: boolean
}

/** Works out an installation. Never fails: what cannot be had is in `missing`. */
export function resolve(wish: Wish, system: System, table: Table): Change {
  const marking = new Marking(wish, system, table)
  for (const name of wish.remove ?? []) marking.remove(name)
  for (const name of wish.install) marking.expect(name)
  for (const name of wish.install) marking.ask(name)
  return marking.finish()
}

/**
 * `apt-get upgrade` and `full-upgrade`: everything installed that has a newer candidate, but what is `held`; `grow` lets new
 * packages in.
 */
export function resolveUpgrade(
  system: System,
  table: Table,
  bySource: boolean,
  grow: boolean,
  held: ReadonlySet<string> = new Set(),
): Change {
  const marking = new Marking({ install: [], recommends: grow, bySource, held }, system, table)
  for (const [name, { version }] of system) {
    const candidate = table.get(name)
    if (candidate === undefined || compareVersions(candidate.version, version) <= 0 || held.has(name)) continue
    if (grow || marking.fits(candidate)) marking.ask(name, false)
  }
  return marking.finish()
}

interface Present {
  readonly version: string
  readonly provides: readonly Wanted[]
}

// A class: marks refer to each other until all is settled.
class Marking {
  readonly wish: Wish
  readonly system: System
  readonly table: Table
  readonly marked = new Map<string, Candidate>()
  /** Asked for by name and still to come: apt marks them all before it looks at what the first one needs. */
  readonly expected = new Map<string, Candidate>()
  readonly order: Candidate[] = []
  recommended = false
  readonly automatic = new Set<string>()
  readonly removed = new Set<string>()
  readonly missing = new Set<string>()
  readonly provided = new Map<string, { readonly by: string; readonly version: string | undefined }[]>()
  readonly refused = new Map<string, { readonly by: string; readonly against: Wanted }[]>()
  readonly sources = new Map<string, string[]>()
  readonly exactly = new Map<string, string[]>()

  constructor(wish: Wish, system: System, table: Table) {
    this.wish = wish
    this.system = system
    this.table = table
    for (const [name, one] of system) {
      this.offer(name, one)
      if (one.source !== undefined) note(this.sources, one.source.split(' ')[0] ?? '', name)
      for (const group of one.depends)
        for (const wanted of group) if (wanted.operator === '=') note(this.exactly, wanted.name, name)
    }
  }

  /** A name of the command line that will be asked for. */
  expect(name: string): void {
    const candidate = this.table.get(name)
    if (candidate === undefined || this.system.has(name)) return
    this.expected.set(name, candidate)
    this.offer(name, candidate)
  }

  /** A name of the command line. */
  ask(name: string, byName = true): void {
    const candidate = this.table.get(name)
    const providers = candidate === undefined ? this.table.providers(name) : []
    this.expected.delete(name)
    const chosen = candidate ?? (providers.length === 1 ? providers[0] : undefined)
    if (chosen !== undefined) this.mark(chosen, !byName && !this.system.has(chosen.name), 0)
    else if (!this.system.has(name) && !this.provided.has(name)) this.missing.add(name)
  }

  remove(name: string): void {
    if (!this.system.has(name) || this.removed.has(name)) return
    this.removed.add(name)
    for (const [other, one] of this.system)
      if (one.depends.some((group) => group.some((w) => w.name === name) && !this.satisfied(group))) this.remove(other)
  }

  /** Would it go in without anything new or removed? */
  fits(candidate: Candidate): boolean {
    return candidate.depends.every(
      (group) =>
        this.satisfied(group) ||
        group.some(({ name }) => {
          const other = this.table.get(name)
          return this.system.has(name) && other !== undefined && this.answers(other, group)
        }),
    )
  }

  finish(): Change {
    return {
      added: this.order.filter(({ name }) => !this.system.has(name)),
      upgraded: this.order.filter(({ name }) => this.system.has(name)),
      removed: [...this.removed],
      automatic: this.automatic,
      missing: [...this.missing],
      recommends: this.wish.recommends,
      recommended: this.recommended,
    }
  }

  // ---- marking ---------------------------------------------------------------------------------------

  /** Decides for a package, and then for all it needs that has one answer. False: it cannot be had. */
  mark(candidate: Candidate, automatic: boolean, depth: number): boolean {
    const { name } = candidate
    if (this.marked.has(name)) {
      if (!automatic) this.automatic.delete(name)
      return true
    }
    const old = this.system.get(name)
    if (old !== undefined && compareVersions(candidate.version, old.version) <= 0 && !this.removed.has(name))
      return true
    if (old !== undefined && this.wish.held?.has(name) === true) return false
    if (depth > 400 || !this.makesRoom(candidate)) return false
    this.marked.set(name, candidate)
    this.removed.delete(name)
    this.offer(name, candidate)
    for (const against of candidate.conflicts) note(this.refused, against.name, { by: name, against })
    if (automatic && old === undefined) this.automatic.add(name)
    for (const group of candidate.depends) {
      if (this.satisfied(group)) continue
      const answers = this.answersTo(group)
      const done = answers.some((answer) => this.mark(answer, true, depth + 1))
      if (!done && answers.length !== 1) for (const { name: lost } of group.slice(0, 1)) this.missing.add(lost)
    }
    if (this.wish.recommends && old === undefined)
      for (const group of candidate.recommends)
        if (!this.satisfied(group) && this.answersTo(group).some((answer) => this.mark(answer, true, depth + 1)))
          this.recommended = true
    this.order.push(candidate)
    if (old !== undefined) this.along(name, candidate.version, depth)
    if (this.wish.bySource) this.together(candidate, depth)
    return true
  }

  /** Installed packages that need the renewed one at exactly its version. */
  along(name: string, version: string, depth: number): void {
    for (const other of this.exactly.get(name) ?? []) {
      const one = this.system.get(other)
      const next = this.table.get(other)
      if (one === undefined || next === undefined || this.marked.has(other)) continue
      const held = one.depends.some((group) =>
        group.some((w) => w.name === name && w.operator === '=' && w.version !== version),
      )
      if (held) this.mark(next, false, depth + 1)
    }
  }

  /** Installed packages of the same source. */
  together({ source }: Candidate, depth: number): void {
    for (const other of this.sources.get(source.split(' ')[0] ?? '') ?? []) {
      const next = this.table.get(other)
      if (next?.source === source) this.mark(next, false, depth + 1)
    }
  }

  /** Takes conflicting packages away, or renews them; false: what it conflicts with is wanted as well. */
  makesRoom(candidate: Candidate): boolean {
    for (const against of candidate.conflicts) {
      const chosen = this.marked.get(against.name)
      if (chosen !== undefined && chosen !== candidate && within(chosen.version, against)) return false
      const by = against.operator === undefined ? (this.provided.get(against.name) ?? []) : []
      if (by.some((one) => one.by !== candidate.name && this.marked.has(one.by))) return false
    }
    for (const name of [candidate.name, ...candidate.provides.map((one) => one.name)])
      for (const { by, against } of this.refused.get(name) ?? []) {
        if (by === candidate.name) continue
        if (name === candidate.name ? within(candidate.version, against) : against.operator === undefined) return false
      }
    for (const against of candidate.conflicts) {
      const old = this.system.get(against.name)
      if (old === undefined || this.removed.has(against.name) || this.marked.has(against.name)) continue
      if (!within(old.version, against)) continue
      const next = this.table.get(against.name)
      if (next !== undefined && compareVersions(next.version, old.version) > 0 && !within(next.version, against))
        this.mark(next, false, 1)
      else this.remove(against.name)
    }
    return true
  }

  // ---- what is there ---------------------------------------------------------------------------------

  offer(by: string, { provides }: Present | Installed): void {
    for (const { name, version } of provides) note(this.provided, name, { by, version })
  }

  version(name: string): string | undefined {
    const coming = this.marked.get(name) ?? this.expected.get(name)
    return coming?.version ?? (this.removed.has(name) ? undefined : this.system.get(name)?.version)
  }

  satisfied(group: Group): boolean {
    return group.some((wanted) => {
      const version = this.version(wanted.name)
      if (version !== undefined && within(version, wanted)) return true
      return (this.provided.get(wanted.name) ?? []).some(
        (one) => this.version(one.by) !== undefined && offersEnough(one.version, wanted),
      )
    })
  }

  answers(candidate: Candidate, group: Group): boolean {
    return group.some(
      (wanted) =>
        (wanted.name === candidate.name && within(candidate.version, wanted)) ||
        candidate.provides.some(({ name, version }) => name === wanted.name && offersEnough(version, wanted)),
    )
  }

  /** Packages that would satisfy a relation, best first: installed ones that only have to be renewed, then in order. */
  answersTo(group: Group): readonly Candidate[] {
    const all: Candidate[] = []
    for (const wanted of group) {
      const real = this.table.get(wanted.name)
      if (real !== undefined && within(real.version, wanted)) all.push(real)
      for (const one of this.table.providers(wanted.name)) if (this.answers(one, [wanted])) all.push(one)
    }
    const unique = [...new Set(all)].filter(({ name }) => !this.wish.remove?.includes(name))
    const renewed = unique.filter(({ name }) => this.system.has(name))
    return [...renewed, ...unique.filter((one) => !renewed.includes(one))]
  }
}

const within = (version: string, { operator, version: limit }: Wanted): boolean =>
  operator === undefined || limit === undefined || keeps(version, operator, limit)

// A name provided without a version satisfies only relations without one (policy 7.5).
const offersEnough = (version: string | undefined, { operator, version: limit }: Wanted): boolean =>
  operator === undefined || limit === undefined || (version !== undefined && keeps(version, operator, limit))

function note<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
