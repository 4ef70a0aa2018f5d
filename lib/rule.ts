/**
 * All that a rule file needs. A rule is one file: what it is called, why it exists, examples that are its tests and its
 * page, and a generator of hits. It asks finished facts; ids, severities, positions, savings, ignore comments, order and
 * doubles are the engine's business (`lib/lint.ts`).
 */

import type { Severity } from './finding.ts'
import { humanSize } from './human.ts'
import type { Facts, Place } from './lint/facts.ts'
import type { Size } from './model.ts'
import { lastThat } from './sorted.ts'

export type { Severity } from './finding.ts'
export type { Archive } from './lint/archives.ts'
export { devDependencies } from './lint/development.ts'
export type { CommandFacts, Facts, ImageFacts, LayerFacts, Place, StageFacts, StepFacts } from './lint/facts.ts'
export type { Ignore } from './lint/ignores.ts'
export type { Cause, Doer, Left, Loss } from './lint/losses.ts'
export type { Range } from './lint/places.ts'
export { type Installation, installedFromCopy } from './lint/projects.ts'
export * from './lint/purpose.ts'
export * from './lint/secrets.ts'
export { copyOf, operandsIn, wholeText } from './lint/words.ts'
export type { Entry, Problem, Size } from './model.ts'
export * from './rule/clear.ts'
export { bindCure, fetchCure, secretCure, unpackCure } from './rule/copied.ts'
export * from './rule/edits.ts'
export * from './rule/final.ts'
export * from './rule/hits.ts'
export { runtimeOf, splitCure } from './rule/split.ts'
export { streamCure } from './rule/stream.ts'
export * from './rule/written.ts'
export { nameOf } from './shell/paths.ts'
export { sum } from './size.ts'
export type { Visible } from './unionfs/seen.ts'

/** A Dockerfile that a rule fires on, and what it looks like once cured. */
export interface Example {
  readonly bad: string
  /** This rule is silent here. Where the rule offers a safe cure, curing `bad` gives exactly this text. */
  readonly good: string
  /** Build context: texts by path, or how many bytes there are. Left out: none is given. */
  readonly context?: Readonly<Record<string, string | number>>
  /** Further bases: a name, and the Dockerfile that makes it. Names of the catalogue need none. */
  readonly bases?: Readonly<Record<string, string>>
  /** Left out: newest BuildKit. */
  readonly builder?: string
  readonly target?: string
}

/** One change: what stands from `start` up to `end` becomes `text`. In the ignore file with `ignoreFile`, else here. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly ignoreFile?: true
}

/** A way out. What it saves is worked out by the engine, which drops a cure of lost bytes that saves none. */
export interface Cure {
  readonly title: string
  /** False: only on request (`--unsafe-fixes`). The engine makes it false where the files or the config would change. */
  readonly safe?: boolean
  /** True: a text for people to look through and to finish; it is shown, and never carried out. */
  readonly review?: true
  /** True: only offered where files and config surely stay as they are. */
  readonly alike?: true
  /** True: no change of the file but one layer for all; `edits` is empty. */
  readonly squash?: true
  readonly edits: readonly Change[]
}

/** One thing a rule found. */
export interface Hit {
  /** Bytes that are hidden: whoever hides them. Residue: whoever leaves it. */
  readonly at: Place
  /** What is there and what it costs, without a full stop. */
  readonly says: string
  /** Bytes that ship for nothing. */
  readonly wasted?: Size
  readonly related?: readonly { readonly at: Place; readonly says: string }[]
  /** The likeliest first. */
  readonly cures?: readonly (Cure | undefined)[]
  /** False: it cannot be decided; told as `info`. */
  readonly sure?: boolean
  /** In place of the rule's own, never above it as long as nobody configures it. */
  readonly severity?: Severity
}

export interface Rule {
  /** Names the state found, not the cure: `cache-left`. Lower case with hyphens; the file's name. */
  readonly id: string
  /** `off`: only when it is configured. */
  readonly severity: Severity | 'off'
  readonly title: string
  /** Why it matters and what to do, in a few sentences. */
  readonly why: string
  /** An address where the reader finds more. */
  readonly source: string
  /** What other tools call it: `hadolint:DL3009`, `buildkit:StageNameCasing`, `trivy:DS-0029`. */
  readonly aliases: readonly string[]
  readonly examples: readonly Example[]
  /** True: it runs after all others and knows which ignore comments hid something. */
  readonly last?: true
  /** Only the first hit that no comment hides is told, with this behind it where there are more. */
  readonly once?: (more: number) => string
  /** True: an ignore comment for `all` rules above one instruction does not hide it, only one that names it. */
  readonly named?: true
  readonly check: (facts: Facts) => Iterable<Hit>
}

/** Declares a rule: `export default rule({ … })`. */
export const rule = (about: Rule): Rule => about

/** A byte count inside a message: `41.2MB`, `~41.2MB` for an estimate, `at least 3MB`, or `bytes` where nobody knows. */
export function bytes({ bytes: likely, low, basis }: Size): string {
  if (likely !== null) return basis === 'exact' ? humanSize(likely) : `~${humanSize(likely)}`
  return low > 0 ? `at least ${humanSize(low)}` : 'bytes'
}

/** The instruction that stands on a line, or the line itself. */
export function atLine({ plan, lines, text }: Facts, line: number): Place {
  const { instructions } = plan.scanned
  const found = instructions[lastThat(instructions.length, (i) => instructions[i]!.span.endLine < line) + 1]
  if (found !== undefined && found.span.line <= line) return found
  const words = lines.textOf(line)
  const start = lines.startOf(line) + /^\s*/.exec(words)![0].length
  return { span: { start, end: Math.min(text.length, start + words.trim().length) } }
}

/** The source of something, on one line and not too long: `rm -rf /tmp/src`. */
export const written = ({ span }: Place, { text }: Facts): string => brief(text.slice(span.start, span.end))

/** Words of a person for several: `1 file`, `12 files`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** A text on one line, cut where it gets long: for commands in messages. */
export function brief(text: string, most = 48): string {
  const line = text.replace(/\s*\\?\r?\n\s*/g, ' ').trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}
