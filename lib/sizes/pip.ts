/**
 * What pip stores: wheels unpacked, byte code made from them, and its cache.
 *
 * Source: spec/run-size.md section 5, recorded builds with pip 23.0 and CPython 3.11; installs with pip 23.0 to 26.0 and
 * CPython 3.10 to 3.13 on 2026-11-22.
 */
import { unknown } from '../size.ts'
import { holds, type Requirement, readRequirement } from './pip/requirement.ts'
import { extraNeeds, knownWheels } from './pip/table.ts'
import { type Share, type Target, type Weight, weightOf } from './pip/weight.ts'
import { around, bundle, type Stored } from './stored.ts'

/** What pip is asked for, and where it puts things. */
export interface PipRequest {
  /** Requirements as written: `flask==3.1.3`, `requests[socks]>=2; python_version < "4"`. */
  readonly requirements: readonly string[]
  /** Limits on what else is brought, as written. */
  readonly constraints?: readonly string[]
  /** Distributions there already, normalized names. */
  readonly installed?: Pick<ReadonlySet<string>, 'has'>
  /** Byte code is made; not with `--no-compile`. */
  readonly compile: boolean
  /** Wheels stay in the cache. */
  readonly cached: boolean
  readonly dependencies: boolean
  /** Folder of installed packages and of the cache, absolute. */
  readonly site: string
  readonly cache: string
  readonly target: Target
}

/** What pip stored, and what it now has. */
export interface PipOutcome {
  readonly stored: readonly Stored[]
  /** Normalized names. */
  readonly installed: readonly string[]
}

/** What `pip install` stores. Distributions that no table has are of unknown size, by name. */
export function pipInstall(request: PipRequest): PipOutcome {
  const { compile, cached, site, cache } = request
  const all = closure(request)
  const names = all.map(({ name }) => name)
  const stored = all.flatMap(({ name, weight }): readonly Stored[] => {
    if (weight === undefined) {
      const size = unknown(`wheel of ${name} is in no table`)
      return [{ path: site, type: 'package', label: `pip:${name}`, size, kind: 'content' }]
    }
    const { wheel, own, byteCode } = weight
    return [
      bundle(site, `pip:${name}`, sizeOf(own, weight), wheel.files + 2, 'content'),
      ...(compile && byteCode.bytes > 0
        ? [bundle(site, `byte code: pip:${name}`, sizeOf(byteCode, weight), wheel.modules, 'content')]
        : []),
    ]
  })
  const fetched = all.flatMap(({ weight }) => weight ?? [])
  if (!cached || fetched.length === 0) return { stored, installed: names }
  const bytes = fetched.reduce((sum, { packed }) => sum + packed.bytes * 1.004 + 450, 0)
  const slack = fetched.reduce((sum, { packed }) => sum + packed.bytes * (packed.margin + 0.01), 0)
  const weakest = fetched.find((one) => !one.sure) ?? fetched[0]!
  const size = sizeOf({ bytes, margin: slack / bytes }, weakest)
  return {
    stored: [
      ...stored,
      { ...bundle(cache, 'pip cache', size, 2 * fetched.length, 'cache'), cleanup: 'pip cache purge' },
    ],
    installed: names,
  }
}

const sizeOf = ({ bytes, margin }: Share, { sure }: Weight) =>
  around(
    bytes,
    margin,
    200,
    sure ? 'resolved' : 'heuristic',
    sure ? 'measured wheels' : 'wheels that were measured, of another version or for another Python',
  )

interface Chosen {
  readonly name: string
  readonly weight: Weight | undefined
}

/** What arrives: everything that is asked for and whatever that needs, each once. */
function closure({ requirements, constraints = [], installed, dependencies, target }: PipRequest): readonly Chosen[] {
  const read = (list: readonly string[]): readonly Requirement[] =>
    list.flatMap((text) => readRequirement(text) ?? []).filter(({ marker }) => holds(marker, target))
  const asked = read(requirements)
  const limits = limitsOf([...asked, ...read(constraints)])
  const chosen = new Map<string, Chosen>()
  const todo = [...asked].reverse()
  const add = (needs: readonly string[]): void => {
    if (dependencies) todo.push(...read(needs).toReversed())
  }
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { name, extras } = next
    if (dependencies)
      for (const extra of extras) {
        const full = `${name}[${extra}]`
        const needs = extraNeeds(name, extra)
        if (needs === undefined && knownWheels(name).length > 0) chosen.set(full, { name: full, weight: undefined })
        add(needs ?? [])
      }
    if (chosen.has(name) || installed?.has(name) === true) continue
    const weight = weightOf({ name, pinned: undefined, versions: '', ...limits.get(name) }, target)
    chosen.set(name, { name, weight })
    add(weight?.wheel.needs ?? [])
  }
  return [...chosen.values()]
}

/** What all together say of each name. */
function limitsOf(list: readonly Requirement[]): ReadonlyMap<string, Pick<Requirement, 'pinned' | 'versions'>> {
  const limits = new Map<string, Pick<Requirement, 'pinned' | 'versions'>>()
  for (const { name, pinned, versions } of list) {
    const before = limits.get(name)
    const both = [before?.versions, versions].filter((one) => one !== undefined && one !== '').join(',')
    limits.set(name, { pinned: before?.pinned ?? pinned, versions: both })
  }
  return limits
}
