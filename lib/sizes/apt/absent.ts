/**
 * How much a package stores that is in no table, with all that it brings: no one knows, but hardly more than others of its kind.
 *
 * Source: 214 lists of packages in recorded Dockerfiles, each of their packages in turn taken for one that no table has, with
 * whatever nobody else there needs (test/score/absent.ts). Where others come along half of them bring less than 2 MB, 39 of 40
 * less than 0.45 GB without and 1.2 GB with what is recommended; rare ones bring more.
 */
import type { Size } from '../../model.ts'
import { about, unknown } from '../../size.ts'
import type { Stored } from '../stored.ts'
import { filesLabel } from './labels.ts'

/** What is known besides of a command that installs. */
export interface Along {
  /** Bytes that are sure to be stored. */
  readonly known: number
  /** How many packages of the command are in no table. */
  readonly count: number
  /** What is recommended comes too. */
  readonly recommends: boolean
  /** Nothing but the distribution's own archive is asked. */
  readonly ownArchive: boolean
}

/** Most that one package brings, and each further one, without and with what is recommended. Bytes. */
const most = { needed: [600e6, 100e6], recommended: [1350e6, 300e6] } as const

// Of 21,550 for development in Debian 12 and 13 outside the tables one in 40 brings more than 1.1 GB, 2.3 GB for point clouds.
const forDevelopment = 2500e6

const usual = 2e6

/** A number is told where the whole is at most so many times what is known of it. */
const widest = 3

// In the archive's part for what is not free, and longer than all that is.
const isHuge = (name: string): boolean => /nvidia|cuda/.test(name)

/** A package that no table has. Its size has an upper end where only the distribution can have it. */
export function absentPackage(name: string, { known, count, recommends, ownArchive }: Along): Stored {
  return { path: '/usr', type: 'package', label: filesLabel(name), size: sizeOf(), kind: 'content' }

  function sizeOf(): Size {
    const source = `package ${name} is in no table`
    if (!ownArchive || isHuge(name)) return unknown(source)
    const [first, further] = recommends ? most.recommended : most.needed
    const whole = first + further * (count - 1)
    const high = Math.ceil((whole + (name.endsWith('-dev') ? forDevelopment - first : 0)) / count)
    if (known + whole > widest * known) return { ...unknown(source), high }
    return about(usual, 0, high, 'heuristic', source)
  }
}
