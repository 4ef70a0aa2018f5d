/**
 * What pip stores: wheels unpacked, byte code made from them, and its cache.
 *
 * Source: spec/run-size.md section 5, recorded builds with pip 23.0 and CPython 3.11; installs with pip 23.0 to 26.0 and
 * CPython 3.10 to 3.13 on 2026-11-22.
 */
import type { Size } from '../model.ts'
import { about, sum, unknown } from '../size.ts'
import { guessOf, type Packed, type Share, together } from './pip/guess.ts'
import { holds, type Requirement, readRequirement } from './pip/requirement.ts'
import { extraNeeds, knownWheels } from './pip/table.ts'
import { type Target, type Weight, weightOf } from './pip/weight.ts'
import { bundle, type Stored } from './stored.ts'
import { unlessTooWide } from './total.ts'

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
  /** All that is needed is among what is asked for, and what a lock file says of wheels, by name. */
  readonly alone?: boolean
  readonly wheels?: ReadonlyMap<string, Packed>
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
  readonly brought: Brought
}

/** What arrived, without byte code. */
export interface Brought {
  readonly packages: number
  /** Those with machine code, as far as anybody can tell. */
  readonly native: number
  readonly files: number
  readonly own: Size
}

/** What `pip install` stores. Distributions that no table has are guessed, or of unknown size where that says nothing. */
export function pipInstall(request: PipRequest): PipOutcome {
  const { compile, cached, site, cache } = request
  const all = weighed(request)
  const names = all.map(({ name }) => name)
  const whole = sum(all.flatMap(({ own, byteCode }) => (compile ? [own.size, byteCode.size] : [own.size])))
  const tooWide = unlessTooWide(whole, whole).bytes === null
  const told = all.filter(({ guessed }) => !(tooWide && guessed))
  const stored = all.flatMap((one): readonly Stored[] => {
    const { name, own, byteCode } = one
    if (tooWide && one.guessed)
      return [{ path: site, type: 'package', label: `pip:${name}`, size: unknown(own.size.source), kind: 'content' }]
    return [
      bundle(site, `pip:${name}`, own.size, own.files, 'content'),
      ...(compile && byteCode.size.bytes !== 0
        ? [bundle(site, `byte code: pip:${name}`, byteCode.size, byteCode.files, 'content')]
        : []),
    ]
  })
  const brought = {
    packages: all.length,
    native: all.reduce((count, { native, blind }) => count + (blind ? usualNative : native ? 1 : 0), 0),
    files: all.reduce((files, { own }) => files + own.files, 0),
    own: unlessTooWide(sum(all.map(({ own }) => own.size)), whole),
  }
  if (!cached || told.length === 0) return { stored, installed: names, brought }
  const weakest = told.find(({ basis }) => basis === 'heuristic') ?? told[0]!
  const kept = sizeOf(shares(told.map(({ packed }) => packed)), weakest.basis, weakest.own.size.source)
  return {
    stored: [...stored, { ...bundle(cache, 'pip cache', kept, 2 * told.length, 'cache'), cleanup: 'pip cache purge' }],
    installed: names,
    brought,
  }
}

/** This share of the table holds machine code. */
const usualNative = 0.17

/** One distribution with all it stores. */
interface Weighed {
  readonly name: string
  readonly own: { readonly size: Size; readonly files: number }
  readonly byteCode: { readonly size: Size; readonly files: number }
  readonly packed: Share
  readonly basis: Size['basis']
  /** It is in no table. */
  readonly guessed: boolean
  readonly native: boolean
  /** Nothing but its name is known. */
  readonly blind: boolean
}

function weighed(request: PipRequest): readonly Weighed[] {
  const { alone = false, wheels } = request
  const all = closure(request)
  const blind = all.filter(({ name, weight }) => weight === undefined && wheels?.get(name) === undefined).length
  const times = blind > 1 ? together(blind, alone) : 1
  return all.map(({ name, weight }): Weighed => {
    const wheel = wheels?.get(name)
    const { own, byteCode, packed } = weight ?? guessOf(wheel, alone, wheel === undefined ? times : 1)
    const source = sourceOf(name, weight)
    const size = (one: Share): Size => sizeOf(one, weight?.sure === true ? 'resolved' : 'heuristic', source)
    const files = weight === undefined ? Math.max(3, Math.round(own.bytes / 9_000)) : weight.wheel.files + 2
    return {
      name,
      guessed: weight === undefined,
      blind: weight === undefined && wheel === undefined,
      native: (weight?.wheel ?? wheel)?.native === true,
      own: { size: size(own), files },
      byteCode: { size: size(byteCode), files: weight?.wheel.modules ?? Math.round(files * 0.7) },
      // And what is kept of each answer, and of the pages of the index.
      packed: { bytes: packed.bytes * 1.004 + 450, low: packed.low * 0.994 + 200, high: packed.high * 1.014 + 700 },
      basis: weight?.sure === true ? 'resolved' : 'heuristic',
    }
  })
}

const shares = (all: readonly Share[]): Share => ({
  bytes: all.reduce((total, { bytes }) => total + bytes, 0),
  low: all.reduce((total, { low }) => total + low, 0),
  high: all.reduce((total, { high }) => total + high, 0),
})

const sourceOf = (name: string, weight: Weight | undefined): string =>
  weight === undefined
    ? `wheel of ${name} is in no table`
    : weight.sure
      ? 'measured wheels'
      : 'wheels that were measured, of another version or for another Python'

const sizeOf = ({ bytes, low, high }: Share, basis: Size['basis'], source: string): Size =>
  about(bytes, Math.min(low, bytes - 200), bytes === 0 ? 0 : Math.max(high, bytes + 200), basis, source)

interface Chosen {
  readonly name: string
  readonly weight: Weight | undefined
}

/** What arrives: everything that is asked for and whatever that needs, each once. */
function closure({
  requirements,
  constraints = [],
  installed,
  dependencies,
  target,
  wheels,
}: PipRequest): readonly Chosen[] {
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
    const weight = weightOf({ name, pinned: undefined, versions: '', ...limits.get(name) }, target, wheels?.get(name))
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
