/** What linting says: the words between the engine, the fixes and the reporters. Plain read-only data. */
import type { Problem, Size } from './model.ts'

/** What a finding is worth telling as; `error` is for what breaks the build or betrays a secret. */
export type Severity = 'error' | 'warning' | 'info'

/** For comparing severities: the worse one has the larger number. */
export const weights: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 }

/** A message as findings have it: on one line. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ')

/** A change of a text: what stands from `start` up to `end` becomes `text`. Offsets in UTF-16 units of the file as read. */
export interface Edit {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A cure that was tried out: `saves` is the image as written minus the image with the edits applied. */
export interface Suggestion {
  readonly title: string
  /** The files seen in the end and the config stay as they are, but for what is removed. */
  readonly safe: boolean
  readonly saves: Size
  /** True: for people to look through and to finish; no option carries it out. */
  readonly review?: true
  readonly edits: readonly Edit[]
}

/** A place in a file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Location {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** One thing worth saying about a Dockerfile, for one target. */
export interface Finding extends Location {
  readonly rule: string
  readonly severity: Severity
  /** Name of the target stage, or its number. */
  readonly target: string
  readonly message: string
  /** Bytes that ship for nothing; absent where the rule is not about bytes. */
  readonly wasted?: Size
  readonly related: readonly (Location & { readonly message: string })[]
  readonly suggestions: readonly Suggestion[]
  /** The rule's page. */
  readonly docs: string
  /** What other tools call it: `hadolint:DL3009`. */
  readonly aliases: readonly string[]
  /** Stays the same while lines above change: for baselines and dashboards. Hexadecimal; made for those who ask. */
  fingerprint(): string
}

/** What was found in one Dockerfile for one target. */
export interface LintedFile {
  readonly file: string
  readonly target: string
  readonly text: string
  /** All layers of the image. */
  readonly size: Size
  readonly wasted: Size
  /** Payload of all layers, which `wasted` is a share of. */
  readonly total: Size
  readonly layers: number
  readonly refused: { readonly message: string; readonly line: number } | null
}

/** The outcome of a lint run: what every reporter tells. */
export interface LintReport {
  readonly files: readonly LintedFile[]
  readonly findings: readonly Finding[]
  readonly diagnostics: readonly Problem[]
}
