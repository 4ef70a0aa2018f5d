/**
 * How big a distribution is once installed: by the version that was measured and the one that is wanted, and by the Python
 * it is installed for.
 *
 * Constants: from 190 distributions in installs on 2026-11-22 with Python 3.10 to 3.13, against wheels measured for 3.11.
 */
import { type Distance, nearest } from '../nearest.ts'
import { type Packed, type Share, share } from './guess.ts'
import { allows, type Interpreter, type Requirement } from './requirement.ts'
import { knownWheels, tableDay, type Wheel } from './table.ts'

/** What one distribution stores. */
export interface Weight {
  readonly wheel: Wheel
  readonly own: Share
  readonly byteCode: Share
  /** The wheel itself, as a cache keeps it. */
  readonly packed: Share
  /** It is known which wheel it is. */
  readonly sure: boolean
}

/** By what machine code was measured. */
export interface Target extends Interpreter {
  /** The C library of the wheels that were measured. */
  readonly glibc: boolean
  /** The day of the base's package lists; what nobody pins is as new as it was that day. Undefined: as new as known. */
  readonly day?: string
}

const measuredFor = { minor: 11, machine: 'x86_64' } as const

/** Names of the installer and of what was asked for, and a longer list of files. */
const [written, writtenMargin] = [160, 0.002]

const byDistance: Readonly<Record<Distance['level'], number>> = { same: 0, patch: 0.12, minor: 0.35, major: 0.6 }

/** What comes after the table was made: half of what was unpinned had not changed, the others by a few hundredths. */
const marginOfNewer = 0.06

/** What a distribution stores; undefined: it is in no table. `packed`: the wheel it is, as a lock file describes it. */
export function weightOf(
  wanted: Pick<Requirement, 'name' | 'pinned' | 'versions'>,
  target: Target,
  packed?: Packed,
): Weight | undefined {
  const chosen = choose(wanted, target)
  if (chosen === undefined) return undefined
  const { wheel } = chosen
  const code = codeFactor(target.python)
  if (packed !== undefined) return byWheel(wheel, packed, code)
  const { margin } = chosen
  const elsewhere = wheel.native ? nativeMargin(wheel, target) : 0
  return {
    wheel,
    own: share(wheel.unpacked + written, writtenMargin + margin + elsewhere),
    byteCode: share(wheel.byteCode * code.factor, 0.01 + margin + code.margin),
    packed: share(wheel.bytes, writtenMargin + margin + elsewhere),
    sure: margin + code.margin + elsewhere === 0,
  }
}

// As long as the measured one, it is that one; else it is packed about as well.
function byWheel(wheel: Wheel, packed: Packed, code: ReturnType<typeof codeFactor>): Weight {
  const factor = packed.bytes / wheel.bytes
  const margin = factor === 1 ? 0 : Math.min(0.4, 0.04 + Math.abs(Math.log(factor)) / 2)
  const files = Math.max(1, Math.round(wheel.files * factor))
  return {
    wheel: { ...wheel, files, modules: Math.round(wheel.modules * factor) },
    own: share(wheel.unpacked * factor + written, writtenMargin + margin),
    byteCode: share(wheel.byteCode * factor * code.factor, 0.01 + margin + code.margin),
    packed: share(packed.bytes, 0),
    sure: margin + code.margin === 0,
  }
}

function choose(
  { name, pinned, versions }: Pick<Requirement, 'name' | 'pinned' | 'versions'>,
  { python, day }: Target,
): { readonly wheel: Wheel; readonly margin: number } | undefined {
  const all = knownWheels(name)
  if (all.length === 0) return undefined
  if (pinned !== undefined) {
    const { measured, distance } = nearest(all, pinned)!
    return { wheel: measured, margin: byDistance[distance.level] }
  }
  const minor = Number(/^3\.(\d+)/.exec(python ?? '')?.[1] ?? Number.POSITIVE_INFINITY)
  const taken = all.filter(({ least = 0 }) => least <= minor)
  // pip takes an older one then, which nobody has measured.
  if (taken.length === 0) return { wheel: all[0]!, margin: byDistance.minor }
  const isThen = day !== undefined && day <= tableDay && minor === measuredFor.minor
  const last = isThen ? taken.findLastIndex(({ ofDay }) => ofDay === true) : -1
  const known = last < 0 ? taken : taken.slice(0, last + 1)
  const newest = known.at(-1)!
  const fitting = known.filter(({ version }) => allows(versions, version)).at(-1)
  // The newest that is allowed may be one between.
  if (fitting !== undefined) return { wheel: fitting, margin: fitting === newest ? marginOfNewer : byDistance.patch }
  const limit = /[<=~]=?\s*(\d[^\s,]*)/.exec(versions)?.[1] ?? newest.version
  const { measured, distance } = nearest(known, limit)!
  return { wheel: measured, margin: Math.max(marginOfNewer, byDistance[distance.level]) }
}

// Byte code of 3.11 is the longest there was: caches lie between the instructions, and most of 3.10's tables are shorter.
function codeFactor(python: string | undefined): { readonly factor: number; readonly margin: number } {
  const minor = Number(/^3\.(\d+)/.exec(python ?? '')?.[1] ?? measuredFor.minor)
  if (python === undefined) return { factor: 0.95, margin: 0.1 }
  if (minor === 11) return { factor: 1, margin: 0 }
  return minor < 11 ? { factor: 0.65, margin: 0.2 } : { factor: 0.926, margin: minor > 13 ? 0.15 : 0.06 }
}

function nativeMargin({ minor = measuredFor.minor }: Wheel, { python, machine, glibc }: Target): number {
  if (machine !== measuredFor.machine || !glibc) return 0.4
  return python === `3.${minor}` ? 0 : 0.12
}
