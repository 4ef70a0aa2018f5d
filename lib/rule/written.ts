/** What stands in the source as written: keywords with their case, words, variables, what the ignore file takes out. */

import { expand } from '../dockerfile/expand.ts'
import { splitBlanks } from '../dockerfile/space.ts'
import type { Draft } from '../dockerfile/stages.ts'
import { splitWords } from '../dockerfile/words.ts'
import { compilePatterns, readIgnore } from '../dockerignore.ts'
import type { Facts, Place, StepFacts } from '../lint/facts.ts'
import { joinedRange } from '../lint/places.ts'
import type { Comment, Instruction } from '../model.ts'
import { readReference } from '../reference.ts'
import { editDistance } from '../spelling.ts'

/** A word and where it stands. */
export interface Word extends Place {
  readonly text: string
}

/** The keyword with the case it was given. */
export function keywordOf(instruction: Instruction): Word {
  const { line } = instruction
  const start = line.length - line.trimStart().length
  const text = splitBlanks(line.slice(start))[0] ?? ''
  return { text, span: joinedRange(instruction, { start, end: start + text.length }) }
}

/** The operands, cut at blanks. */
export function wordsOf(instruction: Instruction): readonly Word[] {
  const { line, text, textStart } = instruction
  return cut(instruction, line.indexOf(text, textStart), text)
}

/** The flags, cut at blanks: `--platform=linux/amd64`. */
export function flagWords(instruction: Instruction): readonly Word[] {
  const { line, textStart } = instruction
  const begin = line.length - line.trimStart().length + (splitBlanks(line.trimStart())[0] ?? '').length
  return cut(instruction, begin, line.slice(begin, textStart))
}

const cut = (instruction: Instruction, begin: number, text: string): readonly Word[] =>
  [...text.matchAll(/[^\t\v\f\r ]+/g)].map(({ 0: word, index }) => ({
    text: word,
    span: joinedRange(instruction, { start: begin + index, end: begin + index + word.length }),
  }))

/** `KEY value` of ENV and LABEL, where `KEY=value` is usual now; undefined: it is not that. */
export function blankPair({ text }: Instruction, facts: Facts): readonly [key: string, value: string] | undefined {
  if (splitWords(text, facts.plan.scanned.escape)[0]?.includes('=') !== false) return undefined
  const [, key, value] = /^([^\t\v\f\r ]+)[\t\v\f\r ]+(.*)$/s.exec(text) ?? []
  return key === undefined ? undefined : [key, value!]
}

/** Names of the variables in a text that a builder expands. */
export const namesIn = (text: string, facts: Facts): readonly string[] => [
  ...new Set(expanded(text, () => undefined, facts).unset),
]

/** A text with its variables replaced as they are when the step begins. */
export const expandedAt = (text: string, { step }: StepFacts, facts: Facts): string =>
  expanded(text, (name) => step.before.state.get(name), facts).text

const expanded = (text: string, lookup: (name: string) => string | undefined, { plan }: Facts) =>
  expand(text, lookup, { escape: plan.scanned.escape, modifiers: plan.traits.modifiers })

/** Names that may stand in a FROM: of ARGs above the first one, and those that every builder of the family knows. */
export function globalNames({ plan }: Facts): ReadonlySet<string> {
  const declared = plan.outline.globals.flatMap(({ operands }) =>
    operands.keyword === 'ARG' ? operands.names.map(([name]) => name) : [],
  )
  return new Set([...plan.traits.platformArgs, ...declared])
}

/** Would the FROM name an image if no `--build-arg` was given? */
export function standsByDefault({ image }: Draft, facts: Facts): boolean {
  const { globals } = facts.plan.outline
  const values = new Map<string, string>(facts.plan.traits.platformArgs.map((name) => [name, 'linux']))
  for (const { operands } of globals) {
    if (operands.keyword !== 'ARG') continue
    for (const [name, standard] of operands.names)
      if (standard !== null) values.set(name, expanded(standard, (one) => values.get(one), facts).text)
  }
  const name = expanded(image, (one) => values.get(one), facts).text
  return name === 'scratch' || readReference(name) !== undefined
}

/** Takes the ignore file this path of the context out? Undefined where exceptions in it make that hard to say. */
export function ignoredByFile({ given }: Facts): ((path: string) => boolean) | undefined {
  const patterns = compilePatterns(readIgnore(given.context?.ignore ?? ''))
  if (patterns.exceptions.length > 0 || patterns.malformed !== undefined) return undefined
  return (path) => patterns.matches(path)
}

/** The comment lines right above an instruction, first to last; an empty comment or a blank line begins anew. */
export function commentsAbove(instruction: Instruction, { comments, plan }: Facts): readonly Comment[] {
  const directives = new Set(plan.scanned.directives.map(({ line }) => line))
  const above: Comment[] = []
  let line = instruction.span.line - 1
  for (const comment of comments.toReversed()) {
    if (comment.span.line > line) continue
    if (comment.span.line < line || directives.has(line) || comment.text.trim() === '') break
    above.unshift(comment)
    line--
  }
  return above
}

/** The one of some names that a misspelt one most likely stands for; undefined: none is near. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const most = name.length < 4 ? 1 : 2
  let best: readonly [name: string, steps: number] | undefined
  for (const one of names) {
    if (one === name || Math.abs(one.length - name.length) > most || one.length > 64) continue
    const steps = editDistance(name.toLowerCase(), one.toLowerCase())
    if (steps <= most && (best === undefined || steps < best[1])) best = [one, steps]
  }
  return best?.[0]
}
