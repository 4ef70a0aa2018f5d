/**
 * How big packages are of which not all is known, one by one and together.
 *
 * A package's size is taken for log-normal. What a lock file tells narrows it down: another version that was measured,
 * the same for another platform, packages whose names begin alike, programs, dependencies. Many guesses together are
 * surer than one, as far as they do not share an error. Source of all constants: `npm run data:languages` fitted them.
 */
import { nearest } from '../nearest.ts'
import { familiesOf, type Known, knownPackage, siblings, type Table } from './table.ts'

/** What a lock file says of a package. */
export interface Described {
  readonly name: string
  readonly version: string
  /** Programs it brings, and how many packages it needs. Left out: the lock file does not tell. */
  readonly programs?: boolean
  readonly needs?: number
  /** For some processors only. */
  readonly native?: boolean
  /** The project itself asks for it. */
  readonly direct?: boolean
}

/** The logarithm of a size: its mean and its standard deviation; 0 for what was measured. */
export interface Guess {
  readonly mean: number
  readonly spread: number
}

/** What is known of the size of one package. */
export interface Weight {
  /** All its files, the tarball, and how many files: most likely. */
  readonly unpacked: number
  readonly packed: number
  readonly files: number
  /** Of both byte counts. */
  readonly spread: number
  readonly known: 'measured' | 'version' | 'platform' | 'stranger'
}

// Of packages that were measured in several versions: how far their logarithms lie apart.
const spreadByLevel = { same: 0, patch: 0.1, minor: 0.35, major: 0.65 } as const

/** The likely size of a package. `table`: by what was measured, left out: all that is known. */
export function weightOf(described: Described, table?: Table): Weight {
  const known = knownPackage(described.name, table)
  const near = known && nearest(known.versions, described.version)
  if (near !== undefined) {
    const { packed, unpacked, files } = near.measured
    const spread = spreadByLevel[near.distance.level]
    return { packed, unpacked, files, spread, known: spread === 0 ? 'measured' : 'version' }
  }
  const relatives = closest(siblings(described.name, table), described.version)
  if (relatives !== undefined) {
    const { list, level } = relatives
    const [packed, unpacked, files] = [middle(list, 'packed'), middle(list, 'unpacked'), list[0]!.files]
    return { packed, unpacked, files, spread: Math.hypot(0.35, spreadByLevel[level]), known: 'platform' }
  }
  const { mean, spread } = guess(described, table)
  const unpacked = Math.exp(mean)
  return { packed: unpacked * packedShare, unpacked, files: Math.max(3, unpacked / 3000), spread, known: 'stranger' }
}

// Versions of some packages that are nearest to one; of a package that has none so near, nothing.
function closest(
  some: readonly Known[],
  version: string,
): { readonly list: readonly Known['versions'][number][]; readonly level: keyof typeof spreadByLevel } | undefined {
  const all = some.flatMap((one) => nearest(one.versions, version) ?? [])
  const level = levels.find((level) => all.some(({ distance }) => distance.level === level))
  if (level === undefined) return undefined
  return { level, list: all.flatMap(({ measured, distance }) => (distance.level === level ? measured : [])) }
}

const levels = ['same', 'patch', 'minor', 'major'] as const

const packedShare = 0.3

const middle = (list: readonly Known['versions'][number][], field: 'packed' | 'unpacked'): number =>
  Math.exp(list.reduce((sum, one) => sum + Math.log(Math.max(1, one[field])), 0) / list.length)

// Fitted on packages of known lock files that no other of them has.
const weights = { usual: 10.1, programs: 0.55, needs: 0.45, direct: 1.7, types: -0.75, native: 5.3 } as const
const [spreadOfStrangers, spreadOfNatives] = [1.75, 1.8]
// So many packages of a family say as much as all others together.
const familyWeight = 3

function guess({ name, programs, needs, native, direct }: Described, table: Table | undefined): Guess {
  if (native === true) return { mean: weights.usual + weights.native, spread: spreadOfNatives }
  const base =
    weights.usual +
    (programs === true ? weights.programs : 0) +
    (direct === true ? weights.direct : 0) +
    (name.startsWith('@types/') ? weights.types : 0) +
    weights.needs * Math.log1p(needs ?? 1)
  const mean = familiesOf(name, table).reduceRight(
    (before, family) => (before * familyWeight + family.mean * family.packages) / (familyWeight + family.packages),
    base,
  )
  return { mean, spread: spreadOfStrangers }
}
