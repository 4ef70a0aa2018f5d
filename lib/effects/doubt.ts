/** Things that only may be there because of a condition that nobody can decide. */
import type { Size } from '../model.ts'

/** Why a thing only may be there. */
export interface Doubt {
  /** It is there when these hold. */
  readonly scope: readonly number[]
  /** Conditions of the last that stored it. */
  readonly writer: readonly number[]
  /** Two ways that exclude each other stored it: what the other one did, and what this one did. */
  readonly twin?: { readonly size: Size; readonly own: Size }
}

/** Are these conditions the first of those? */
export const begins = (few: readonly number[] | undefined, more: readonly number[]): boolean =>
  few !== undefined && few.length <= more.length && few.every((condition, i) => more[i] === condition)

/** Do two lists of conditions differ in the last one alone, and that way and the other? */
export const opposite = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((condition, i) => (i === a.length - 1 ? condition === -b[i]! : condition === b[i]))
