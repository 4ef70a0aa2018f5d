/** Changes that rules offer. Each is a range of the source and what stands there instead; layout and comments stay. */
import type { CommandFacts, Facts, StepFacts } from '../lint/facts.ts'
import { operandsRange, type Range, scriptRange } from '../lint/places.ts'
import type { Comment } from '../model.ts'
import type { Change } from '../rule.ts'
import type { Node, Script } from '../shell/ast.ts'
import { parseScript } from '../shell/parse.ts'
import { commentsAbove } from './written.ts'

/** `text` in the place of a range. */
export const replaced = ({ start, end }: Range, text: string): Change => ({ start, end, text })

/** `text` in front of what stands at `at`. */
export const inserted = (at: number, text: string): Change => ({ start: at, end: at, text })

/** The instruction goes, with its line and the ignore comments right above, which would be for the next one. */
export function withoutStep({ span, instruction }: StepFacts, facts: Facts): Change {
  const { text } = facts
  const pragmas: Comment[] = []
  for (const comment of commentsAbove(instruction, facts).toReversed()) {
    if (!/^\s*(?:hadolint|stratigraph)\s+ignore\b/.test(comment.text)) break
    pragmas.push(comment)
  }
  const first = pragmas.at(-1)?.span.start ?? span.start
  const start = text.lastIndexOf('\n', first - 1) + 1
  const newline = text.indexOf('\n', span.end)
  return { start, end: newline < 0 ? text.length : newline + 1, text: '' }
}

/** A flag behind the keyword: `--chmod=755`. */
export const withFlag = ({ span, keyword }: StepFacts, flag: string): Change =>
  inserted(span.start + keyword.length, ` ${flag}`)

/** A word behind the word `index` of a command; undefined where that stands nowhere by itself, or in the JSON form. */
export function withWord({ words, span, step }: CommandFacts, index: number, word: string): Change | undefined {
  const at = words[index]
  if (step.instruction.json !== undefined) return undefined
  if (at === undefined || at.end <= at.start || at.start < span.start || at.end > span.end) return undefined
  return inserted(at.end, ` ${word}`)
}

/** A word with the quotes that a shell needs to read it as it is. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

/** Lines at the end of the ignore file of the context, made when there is none. */
export function ignoreLines({ given }: Facts, lines: readonly string[]): Change | undefined {
  if (given.context === undefined) return undefined
  const { ignore } = given.context
  const glue = ignore === '' || ignore.endsWith('\n') ? '' : '\n'
  return { start: ignore.length, end: ignore.length, text: `${glue}${lines.join('\n')}\n`, ignoreFile: true }
}

/**
 * A command at the end of a RUN, run when all before it went well, so that a failure before it still fails the build.
 * Undefined where that cannot be written safely: the JSON form, a shell comment or a background program at the end,
 * here-documents within a command, a script whose `set -e` would no longer hold.
 */
export function endOfRun(step: StepFacts, command: string, facts: Facts): Change | undefined {
  const { instruction } = step
  if (step.keyword !== 'RUN' || instruction.json !== undefined || step.step.triggered) return undefined
  const { text, heredocs } = instruction
  const [only] = heredocs
  if (only === undefined) {
    const end = endingOf(text, step)
    if (end === undefined) return undefined
    const { start, end: stop } = operandsRange(instruction)
    if (end.closed) return inserted(stop, ` ${command}`)
    const oneLine = !facts.text.slice(start, stop).includes('\n')
    return inserted(stop, (oneLine ? (end.glue === ';' ? '; ' : ' && ') : glueOf(step, facts, end.glue)) + command)
  }
  if (heredocs.length > 1 || text.trim() !== only.word) return undefined
  if (/^\s*#!(?!.*\b(?:ba|da|a|k|z)?sh\b)/.test(only.body)) return undefined
  // A shell takes the carriage returns of a here-document for parts of words.
  if (only.body.includes('\r')) return undefined
  const body = only.chomp ? only.body.replace(/^\t+/gm, '') : only.body
  const end = endingOf(body, step)
  if (end === undefined) return undefined
  if (end.glue === '&&') {
    const { end: stop } = scriptRange(instruction, body, end.range)
    return inserted(stop, ` && ${command}`)
  }
  const tabs = only.chomp ? (/^\t*/.exec(only.body)?.[0] ?? '') : ''
  return inserted(only.start + only.body.length, `${tabs}${command}${newlineOf(facts)}`)
}

/** How a script ends, and what another command is joined with. */
interface Ending {
  readonly glue: '&&' | ';'
  /** It ends in `;` already. */
  readonly closed: boolean
  /** Of the last statement. */
  readonly range: Range
}

/**
 * `&&` makes what stands before it a condition, in which `set -e` looks away; `;` loses the status of what stands before it
 * unless `set -e` looks. Undefined where either would let a failure pass that fails the build now.
 */
function endingOf(text: string, step: StepFacts): Ending | undefined {
  const { body, problems } = parseScript(text)
  const last = body.at(-1)
  if (last === undefined || last.background || problems.length > 0) return undefined
  const range = rangeOf(last.node)
  const rest = text.slice(range.end)
  if (!/^\s*;?\s*$/.test(rest)) return undefined
  const strict = /(?:^|[\s;&({])set\s+(?:-[a-z]*e|.*-o\s+errexit)/m.test(text) || isStrict(step)
  const closed = rest.includes(';')
  const chain = last.node.kind === 'logic'
  if (strict && !chain && (body.length > 1 || closed)) return { glue: ';', closed, range }
  const tail = last.node.kind === 'logic' ? last.node.items.at(-1)! : last.node
  if (closed || (strict && !isSimple(tail))) return undefined
  return { glue: '&&', closed, range }
}

const isSimple = ({ kind }: Node): boolean => ['simple', 'pipeline', 'redirected', 'test'].includes(kind)

/** Does SHELL say `-e`? */
const isStrict = ({ step }: StepFacts): boolean => step.before.shell.slice(1).some((word) => /^-[a-z]*e/.test(word))

/** What joins one more line to a RUN in the way its lines are laid out; `between`: whole lines that stay before it. */
function glueOf({ instruction }: StepFacts, facts: Facts, glue: '&&' | ';' = '&&', between = ''): string {
  const { start, end } = operandsRange(instruction)
  const lines = facts.text.slice(start, end).split(/\r?\n/)
  const mark = facts.plan.scanned.escape
  const newline = newlineOf(facts)
  const { body } = parseScript(instruction.text)
  const node = body.at(-1)?.node
  const tail = node?.kind === 'logic' ? node.items.at(-1) : node
  // The line on which the last command begins shows how far in commands stand.
  const at = tail === undefined ? start : scriptRange(instruction, instruction.text, rangeOf(tail)).start
  const line = facts.text.slice(facts.text.lastIndexOf('\n', at - 1) + 1, at)
  const first = at < start + lines[0]!.length
  const trailing = !/&&\s*$/.test(line) && lines.slice(0, -1).some((one) => /&&\s*.$/.test(one))
  const indent = first ? (/^\s*(?=&&)/m.exec(lines.slice(1).join('\n'))?.[0] ?? '    ') : /^\s*/.exec(line)![0]
  if (glue === ';') return `; ${mark}${newline}${between}${indent}`
  return trailing ? ` && ${mark}${newline}${between}${indent}` : ` ${mark}${newline}${between}${indent}&& `
}

/** What ends the lines of the file. */
export const newlineOf = ({ text }: Facts): string => (text.includes('\r\n') ? '\r\n' : '\n')

/**
 * Commands go from their RUN: out of a chain of `&&`, or a list of `;`, or, where none is left, with the whole
 * instruction. Undefined where one stands in anything else, or where they are not of one RUN and next to each other.
 */
export function withoutCommands(commands: readonly CommandFacts[], facts: Facts): Change | undefined {
  const step = commands[0]?.step
  if (step === undefined || commands.some((one) => one.step !== step)) return undefined
  // What another program starts goes with that one only.
  if (commands.some(({ deed }) => deed.command.by !== undefined)) return undefined
  const { instruction } = step
  if (instruction.json !== undefined || instruction.heredocs.length > 0 || step.step.triggered) return undefined
  const links = chainOf(parseScript(instruction.text))?.map((node) =>
    scriptRange(instruction, instruction.text, rangeOf(node)),
  )
  if (links === undefined) return undefined
  const places = commands.map(({ span }) => links.findIndex((link) => same(link, span))).sort((a, b) => a - b)
  const [first = -1] = places
  const last = first + places.length - 1
  if (first < 0 || places.some((place, i) => place !== first + i)) return undefined
  if (places.length === links.length) return withoutStep(step, facts)
  const before = links[first - 1]
  if (before !== undefined) return { start: before.end, end: links[last]!.end, text: '' }
  return { start: links[first]!.start, end: links[last + 1]!.start, text: '' }
}

/** Some operands of a command go, with the command where it has no others. Undefined as with `withoutCommands`. */
export function withoutOperands(
  command: CommandFacts,
  going: (word: string) => boolean,
  facts: Facts,
): Change | undefined {
  const operands = command.argv.flatMap((word, i) => (i > 0 && !word.startsWith('-') ? [i] : []))
  const gone = operands.filter((i) => going(command.argv[i]!))
  if (gone.length === operands.length) return withoutCommands([command], facts)
  const [at] = gone
  const range = at === undefined ? undefined : command.words[at]
  if (at === undefined || gone.length > 1 || range === undefined || range.end <= range.start) return undefined
  const before = command.words[at - 1]
  // A word that stands for several, or another one, cannot go alone.
  if (before === undefined || before.end > range.start || command.words[at + 1]?.start === range.start) return undefined
  const end = command.words.slice(at + 1).some((word) => word.start >= range.end)
    ? command.words[at + 1]!.start
    : range.end
  return end === range.end ? { start: before.end, end, text: '' } : { start: range.start, end, text: '' }
}

const same = (a: Range, b: Range): boolean => a.start === b.start && a.end === b.end

/** The links of a script that is one chain of `&&`, or one list of `;`; undefined for anything else. */
function chainOf({ body, problems }: Script): readonly Node[] | undefined {
  if (problems.length > 0 || body.length === 0 || body.some(({ background }) => background)) return undefined
  if (body.length > 1) return body.map(({ node }) => node)
  const { node } = body[0]!
  if (node.kind !== 'logic') return [node]
  return node.ops.every((op) => op === '&&') ? node.items : undefined
}

const rangeOf = (node: Node): Range => node.range

/**
 * Several RUNs, one after another in one stage, as one. Undefined where that could change what they do: other
 * instructions between them, other flags, the JSON form, here-documents, a shell left in a state that a subshell does not keep
 * to itself.
 */
export function mergedRuns(steps: readonly StepFacts[], facts: Facts): readonly Change[] | undefined {
  const changes: Change[] = []
  for (const [i, step] of steps.entries()) {
    if (!mergeable(step)) return undefined
    const before = steps[i - 1]
    if (before === undefined) continue
    const all = before.stage.steps
    if (all[all.indexOf(before) + 1] !== step || flagsOf(before, facts) !== flagsOf(step, facts)) return undefined
    if (before.step.before.shell.join('\0') !== step.step.before.shell.join('\0')) return undefined
    const { body } = parseScript(before.instruction.text)
    if (body.at(-1)?.background !== false || (leavesState(before) && !canStandAlone(before))) return undefined
    if (isStrict(before) && !chainOf(parseScript(before.instruction.text))?.every(isSimple)) return undefined
    if (!/^\s*$/.test(before.instruction.text.slice(rangeOf(body.at(-1)!.node).end))) return undefined
    if (i === 1 && leavesState(before)) changes.push(inserted(operandsRange(before.instruction).start, opened(before)))
    changes.push(...joint(before, step, step !== steps.at(-1), facts))
  }
  return changes
}

/** What opens a subshell for a RUN: two brackets in a row would begin arithmetic. */
const opened = ({ instruction }: StepFacts): string => (instruction.text.startsWith('(') ? '( ' : '(')

/**
 * Does it do the same in a subshell in front of `&&`? There errexit is looked away from, so whatever may switch it on is
 * left alone, and so is what outlives a subshell or is not to be seen here.
 */
const canStandAlone = ({ instruction: { text } }: StepFacts): boolean =>
  !/(?:^|[\s;&|({])(?:set(?!\s+-[a-df-np-z]+(?:[\s;]|$))|shopt|trap|source|\.|eval|alias)(?:\s|$)/.test(text)

const mergeable = ({ keyword, instruction, step }: StepFacts): boolean =>
  keyword === 'RUN' &&
  instruction.json === undefined &&
  instruction.heredocs.length === 0 &&
  !step.triggered &&
  parseScript(instruction.text).problems.length === 0

const flagsOf = ({ instruction, span, keyword }: StepFacts, { text }: Facts): string =>
  text
    .slice(span.start + keyword.length, operandsRange(instruction).start)
    .replace(/[\s\\`]+/g, ' ')
    .trim()

/** Builtins after which a shell is not what it was. */
const changing = new Set([
  'cd',
  'set',
  'export',
  'umask',
  'exec',
  'exit',
  'trap',
  'source',
  '.',
  'alias',
  'unset',
  'shopt',
])

/** Would what follows in the same shell see something of this RUN? */
function leavesState({ instruction }: StepFacts): boolean {
  const visit = (node: Node): boolean => {
    switch (node.kind) {
      case 'simple':
        return node.words.length === 0 || changing.has(node.words[0]!.text)
      case 'logic':
        return node.items.some(visit)
      case 'subshell':
      case 'pipeline':
        return false
      case 'redirected':
        return visit(node.node)
      case 'group':
        return node.body.some((one) => visit(one.node))
      default:
        return true
    }
  }
  return parseScript(instruction.text).body.some(({ node }) => visit(node))
}

/**
 * What stands between two RUNs becomes `&&`; comments stay, blank lines go. What the second one does to its shell stays in
 * a subshell where `more` follows.
 */
function joint(before: StepFacts, step: StepFacts, more: boolean, facts: Facts): readonly Change[] {
  const { end } = operandsRange(before.instruction)
  const { start, end: stop } = operandsRange(step.instruction)
  const newline = newlineOf(facts)
  const comments = facts.text
    .slice(end, step.span.start)
    .split(/\r?\n/)
    .filter((line) => /^\s*#/.test(line))
    .map((line) => `${line}${newline}`)
  const alone = more && leavesState(step)
  const { body } = parseScript(step.instruction.text)
  const only = body.length === 1 ? body[0]!.node : undefined
  const bare = only !== undefined && (only.kind !== 'logic' || only.ops.every((op) => op === '&&'))
  const closed = leavesState(before) ? ')' : ''
  const open = `${closed}${glueOf(before, facts, '&&', comments.join(''))}${alone ? opened(step) : bare ? '' : '{ '}`
  return [
    { start: end, end: start, text: open },
    ...(alone || bare ? [] : [inserted(stop, /;\s*$/.test(step.instruction.text) ? ' }' : '; }')]),
  ]
}
