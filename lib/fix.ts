/**
 * Suggestions → new texts. Every change is tried out before it counts: one that adds a finding or a problem, changes the
 * files seen in the end other than by residue that goes, changes the config, or does not build any more, is not taken.
 */

import type { Finding, Suggestion } from './finding.ts'
import { edited, givenWith, isAlike } from './lint/counterfactual.ts'
import { type Examined, examine, judge, type LintSettings, type Verdict } from './lint.ts'
import type { Given, Image, Size } from './model.ts'
import type { Change } from './rule.ts'

/** How fixes are made. */
export interface FixSettings extends LintSettings {
  /** Also those that change more than what is of no use. */
  readonly unsafe: boolean
  /** Fingerprints of findings that stay as they are: those of a baseline. */
  readonly known?: ReadonlySet<string>
}

/** A change that was made. */
export interface Applied {
  readonly rule: string
  /** Line of the finding in the text as it was then. */
  readonly line: number
  readonly title: string
}

/** A change that counts as one of those wanted, and was not made. */
export interface LeftOut extends Applied {
  readonly why: string
}

/** A suggestion that somebody has to look through and to finish. */
export interface Review extends Applied {
  readonly saves: Size
  /** What the file would be. */
  readonly text: string
}

/** What became of a file. */
export interface Fixed {
  readonly text: string
  /** New text of the ignore file; undefined: it stays. */
  readonly ignore: string | undefined
  readonly applied: readonly Applied[]
  readonly leftOut: readonly LeftOut[]
  /** Texts that are offered for review, each instead of `text`. */
  readonly reviews: readonly Review[]
  /** Of the texts as they are now. */
  readonly verdict: Verdict
  readonly image: Image
}

/** Texts and how they were judged. */
interface State extends Pick<Fixed, 'text' | 'ignore'> {
  readonly given: Given
  readonly examined: Examined
  /** Findings alone: what a change brought is told without trying cures out. */
  readonly bare: Verdict
  /** With suggestions; worked out when asked. */
  readonly verdict: () => Verdict
}

/** Rounds of fixing: what one fix makes possible the next round does. */
const mostRounds = 10

/** Fixes a file as far as can be done. Never throws on bad input. */
export function fix(text: string, given: Given, settings: FixSettings): Fixed {
  let state = stateOf(text, undefined, given, settings)
  const applied: Applied[] = []
  // Why each was turned down on the state as it is.
  const refused = new Map<string, string>()
  for (let round = 0; round < mostRounds; round++) {
    const before = applied.length
    // All at once where that holds; else one after the other, each on what the ones before it left.
    const together = wanted(state, settings, refused)
    const all = together.length > 1 ? tried(state, together, settings) : ''
    if (typeof all !== 'string') {
      state = all
      applied.push(...together.map(appliedOf))
      continue
    }
    for (let next = together[0]; next !== undefined; next = wanted(state, settings, refused)[0]) {
      const better = tried(state, [next], settings)
      if (typeof better === 'string') refused.set(keyOf(next), better)
      else {
        state = better
        applied.push(appliedOf(next))
      }
      if (applied.length - before > 100) break
    }
    if (applied.length === before) break
    refused.clear()
  }
  const { text: fixed, ignore, verdict, examined } = state
  const leftOut = leftOutOf(state, refused, settings)
  const { image } = examined.analysis
  return { text: fixed, ignore, applied, leftOut, reviews: reviewsOf(state), verdict: verdict(), image }
}

/** What is still wanted in the end, and why it is not done. */
const leftOutOf = (state: State, refused: Refused, settings: FixSettings): readonly LeftOut[] =>
  wanted(state, settings, new Map()).flatMap((one) => {
    const why = refused.get(keyOf(one)) ?? tried(state, [one], settings)
    return typeof why === 'string' ? [{ ...appliedOf(one), why }] : []
  })

/** By the key of what was wanted. */
type Refused = ReadonlyMap<string, string>

interface Wanted {
  readonly finding: Finding
  readonly suggestion: Suggestion
}

const keyOf = ({ finding: { rule, message }, suggestion: { title, edits } }: Wanted): string =>
  [rule, message, title, ...edits.map(({ text }) => text)].join('\0')

const appliedOf = ({ finding: { rule, line }, suggestion: { title } }: Wanted): Applied => ({ rule, line, title })

/** What is offered for review once all else is done, each text once. */
function reviewsOf({ text, verdict }: State): readonly Review[] {
  const found = verdict().findings.flatMap((finding) =>
    finding.suggestions.flatMap((suggestion): Review[] => {
      const after = suggestion.review === true ? edited(text, '', suggestion.edits) : undefined
      return after === undefined
        ? []
        : [{ ...appliedOf({ finding, suggestion }), saves: suggestion.saves, text: after.text }]
    }),
  )
  return [...new Map(found.map((one) => [one.text, one])).values()]
}

/** One suggestion for each finding, none touching another, in the order of the file. */
function wanted({ verdict }: State, { unsafe, known }: FixSettings, refused: Refused): readonly Wanted[] {
  const taken: { readonly file: string; readonly start: number; readonly end: number }[] = []
  return verdict().findings.flatMap((finding) => {
    if (known?.has(finding.fingerprint()) === true) return []
    const suggestion = finding.suggestions.find(
      (one) =>
        (one.safe || unsafe) &&
        one.review !== true &&
        one.edits.length > 0 &&
        !refused.has(keyOf({ finding, suggestion: one })) &&
        !one.edits.some((a) => taken.some((b) => a.file === b.file && a.start <= b.end && b.start <= a.end)),
    )
    if (suggestion === undefined) return []
    taken.push(...suggestion.edits)
    return [{ finding, suggestion }]
  })
}

/** The texts with some suggestions carried out, or why the outcome is not to be had. */
function tried(state: State, some: readonly Wanted[], settings: LintSettings): State | string {
  const changes = some.flatMap(({ suggestion }) =>
    suggestion.edits.map(
      ({ file, start, end, text }): Change => ({
        start,
        end,
        text,
        ...(file !== state.given.path && { ignoreFile: true }),
      }),
    ),
  )
  const after = edited(state.text, state.given.context?.ignore ?? '', changes)
  const given = after && givenWith(state.given, after.ignore)
  if (after === undefined || given === undefined) return 'the edits cannot be made'
  const next = stateOf(after.text, after.ignore ?? state.ignore, given, settings)
  return objection(state, next, some) ?? next
}

function stateOf(text: string, ignore: string | undefined, given: Given, settings: LintSettings): State {
  const examined = examine(text, given)
  let verdict: Verdict | undefined
  return {
    text,
    ignore,
    given,
    examined,
    bare: judge(examined, { ...settings, trials: 0 }),
    verdict() {
      verdict ??= judge(examined, settings)
      return verdict
    },
  }
}

function objection(before: State, after: State, some: readonly Wanted[]): string | undefined {
  const [a, b] = [before.examined.analysis, after.examined.analysis]
  if (b.refused !== null && a.refused === null) return 'the builder would refuse the result'
  if (some.every(({ suggestion }) => suggestion.safe) && !isAlike(a, b)) return 'more would change than that'
  const [was, is] = [perRule(before.bare.findings), perRule(after.bare.findings)]
  const more = [...is].find(([rule, count]) => count > (was.get(rule) ?? 0))
  if (more !== undefined) return `it would bring a finding of ${more[0]}`
  const stays = some.some(({ finding: { rule } }) => (is.get(rule) ?? 0) >= (was.get(rule) ?? 0))
  return stays ? 'the finding would stay' : undefined
}

function perRule(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return counts
}
