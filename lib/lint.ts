/** Rules × one analysis → findings: severities, positions, ignore comments, fingerprints, and cures that were tried out. */
import { hash } from 'node:crypto'
import { type Analysis, analyze } from './analyze.ts'
import { type Finding, type LintedFile, oneLine, type Severity, weights } from './finding.ts'
import { type Laboratory, laboratory } from './lint/counterfactual.ts'
import { deferred, nextStage } from './lint/deferred.ts'
import { type Budget, type Facts, factsOf } from './lint/facts.ts'
import { type Ignore, ignoresAt, ignoresOf, saidId } from './lint/ignores.ts'
import type { Range } from './lint/places.ts'
import type { Given, Problem } from './model.ts'
import type { Hit, Rule } from './rule.ts'
import { sum } from './size.ts'
import { type Log, watchLog } from './watch.ts'

/** What one lint run goes by. */
export interface LintSettings {
  readonly rules: readonly Rule[]
  /** By the id of a rule. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>
  /** Predictions that may be made per file to try cures out; 0: findings come without suggestions. */
  readonly trials: number
  /** Bounds that the user sets. */
  readonly budget?: Budget
  /** Of the file, where it is judged for several targets: what hides something for one of them is of use. */
  readonly ignores?: readonly Ignore[]
}

/** What there is to say of one file for one target. */
export interface Verdict {
  readonly file: LintedFile
  /** By place. */
  readonly findings: readonly Finding[]
  readonly diagnostics: readonly Problem[]
}

/** An analysis with all that rules may ask. */
export interface Examined {
  readonly analysis: Analysis
  readonly log: Log
}

/** How many cures are tried out per file, where nobody says. */
export const usualTrials = 40

/** Analyzes a file for judging. Never throws on bad input. */
export function examine(text: string, given: Given): Examined {
  const log = watchLog()
  return { analysis: analyze(text, { ...given, patient: true }, log), log }
}

/** Judges a file for one target. A rule that throws is a defect of ours and comes through. */
export const lint = (text: string, given: Given, settings: LintSettings): Verdict =>
  judge(examine(text, given), settings)

/** Judges what was examined. */
export function judge({ analysis, log }: Examined, settings: LintSettings): Verdict {
  const { plan, image, given, refused, problems } = analysis
  const ignores = settings.ignores ?? ignoresIn(analysis)
  for (const ignore of ignores) if (isBuilt(plan, ignore.covers)) ignore.judged = true
  const facts = factsOf(analysis, log, ignores, settings.budget)
  const first = settings.rules.filter(({ last }) => last !== true)
  const second = settings.rules.filter(({ last }) => last === true)
  const over = ignoresAt(ignores)
  const verdicts = [...first, ...second].flatMap((rule) => hitsOf(rule, facts, settings, over))
  const kept = withoutDoubles([...verdicts, ...deferredOf(analysis, facts, settings, over)]).sort(byPlace)
  const lab = laboratory(analysis, facts.image, settings.trials)
  const findings = findingsOf(kept, facts, lab, settings)
  const file: LintedFile = {
    file: given.path,
    target: plan.target?.name ?? '',
    text: analysis.text,
    size: sum(image.layers.map(({ size }) => size)),
    wasted: facts.image.unreachable,
    total: facts.image.total,
    layers: image.layers.length,
    refused,
  }
  return { file, findings, diagnostics: [...problems, ...tooMany(lab, settings, given)] }
}

/** A long file has more suggestions than can be tried in the time that somebody waits. */
function tooMany({ untried }: Laboratory, { trials }: LintSettings, { path }: Given): readonly Problem[] {
  const count = untried()
  if (trials === 0 || count === 0) return []
  return [
    {
      file: path,
      severity: 'info',
      message: `${count} suggestions were not tried, and are not told: so much was before`,
    },
  ]
}

/** The ignore comments of an analyzed file, none of them used yet. */
export const ignoresIn = ({ plan: { scanned } }: Analysis): readonly Ignore[] =>
  ignoresOf(scanned.comments, scanned.directives, scanned.instructions)

/** Whether an instruction is in a stage that is built, or in none. */
function isBuilt({ outline, stages }: Analysis['plan'], instruction: Range | undefined): boolean {
  if (instruction === undefined) return true
  const draft = outline.drafts.findLast(({ from }) => from.span.start <= instruction.start)
  return draft === undefined || stages.some(({ index }) => index === draft.index)
}

/** What triggers leave behind in images built on this one. */
function deferredOf(analysis: Analysis, facts: Facts, settings: LintSettings, ignores: IgnoresAt): readonly Judged[] {
  const next = nextStage(analysis)
  if (next === undefined) return []
  const examined = examine(next.text, next.given)
  const there = factsOf(examined.analysis, examined.log, [])
  return settings.rules.flatMap((rule) => {
    const own: Rule = { ...rule, check: (of) => deferred(rule, there, of) }
    return rule.last === true ? [] : hitsOf(own, facts, settings, ignores)
  })
}

type IgnoresAt = ReturnType<typeof ignoresAt>

interface Judged {
  readonly rule: Rule
  readonly hit: Hit
  readonly severity: Severity
}

function hitsOf(rule: Rule, facts: Facts, settings: LintSettings, ignores: IgnoresAt): readonly Judged[] {
  const said = Object.hasOwn(settings.severities, rule.id) ? settings.severities[rule.id] : undefined
  const usual = said ?? rule.severity
  if (usual === 'off') return []
  const found: Judged[] = []
  for (const hit of rule.check(facts)) {
    if (isIgnored(hit, rule, ignores)) continue
    const own = said === undefined && hit.severity !== undefined ? lower(hit.severity, usual) : usual
    found.push({ rule, hit, severity: hit.sure === false ? 'info' : own })
  }
  const [first, ...more] = found
  if (rule.once === undefined || first === undefined || more.length === 0) return found
  return [{ ...first, hit: { ...first.hit, says: first.hit.says + rule.once(more.length) } }]
}

const lower = (a: Severity, b: Severity): Severity => (weights[a] < weights[b] ? a : b)

function isIgnored(hit: Hit, rule: Rule, ignoresOver: IgnoresAt): boolean {
  let ignored = false
  for (const ignore of ignoresOver(hit.at.span.start)) {
    const id = saidId(ignore, rule)
    // An ignore comment that hides nothing cannot hide that.
    const named = rule.last === true || (rule.named === true && ignore.covers !== undefined)
    if (id === undefined || (named && id.toLowerCase() === 'all')) continue
    ignore.used.add(id)
    ignored = true
  }
  return ignored
}

function withoutDoubles(all: readonly Judged[]): Judged[] {
  const seen = new Set<string>()
  return all.filter(({ rule, hit }) => {
    const key = `${rule.id} ${hit.at.span.start} ${hit.at.span.end} ${hit.says}`
    return !seen.has(key) && seen.add(key)
  })
}

const byPlace = (a: Judged, b: Judged): number =>
  a.hit.at.span.start - b.hit.at.span.start ||
  weights[b.severity] - weights[a.severity] ||
  (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0)

function findingsOf(all: readonly Judged[], facts: Facts, lab: Laboratory, settings: LintSettings): readonly Finding[] {
  if (settings.trials > 0)
    lab.suppose(all.flatMap(({ hit: { wasted, cures = [] } }) => (wasted === undefined ? (cures[0] ?? []) : [])))
  const file = facts.given.path
  const prints = new Map<string, number>()
  return all.map(({ rule, hit, severity }): Finding => {
    const { id, aliases } = rule
    const { at, says, wasted, related = [], cures = [] } = hit
    const location = facts.lines.locate(at.span)
    const suggestions = cures.flatMap((cure) => (cure && lab.suggestion(cure, wasted !== undefined)) ?? [])
    const near = facts.lines.textOf(location.line).trim()
    const print = `${id}\0${file}\0${near}`
    const nth = prints.get(print) ?? 0
    prints.set(print, nth + 1)
    return {
      rule: id,
      severity,
      file,
      target: facts.target?.name ?? '',
      ...location,
      message: oneLine(says),
      ...(wasted !== undefined && { wasted }),
      related: related.map((one) => ({ file, ...facts.lines.locate(one.at.span), message: one.says })),
      suggestions,
      docs: `rules/${id}.md`,
      aliases,
      // Few ask for it, and the module that makes it is slow to load.
      fingerprint: () => hash('sha256', `${print}\0${nth}`).slice(0, 32),
    }
  })
}
