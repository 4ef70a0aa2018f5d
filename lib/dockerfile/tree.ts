/**
 * Where the parts of an instruction stand in the source: the one door to dockerfile-ast. Its idea of what an instruction is
 * differs from the builders' here and there, so it sees a mask: a text as long as the source that holds the instructions
 * as scan.ts has cut them, and nothing that could lead it astray. Its ranges are valid for the source all the same.
 */
import { DockerfileParser, type From, type Instruction as Node, type PropertyInstruction } from 'dockerfile-ast'
import type { Instruction } from '../model.ts'
import { type Scanned, sourceOffset } from './scan.ts'
import { isSpace, skipSpace } from './space.ts'

/** Offsets into the source; `end` is exclusive. A range may hold a continuation. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** `--name=value`, quotes and all. No `=`: no value. */
export interface FlagRanges {
  readonly whole: Range
  readonly name: Range
  readonly value?: Range
}

/** `name=value`, `name value` or a name alone, quotes and all. */
export interface PropertyRanges {
  readonly whole: Range
  readonly name: Range
  readonly value?: Range
}

/** Of `localhost:5000/team/app:1.2@sha256:… AS build`: `image` is all before AS, `name` is `team/app`. */
export interface FromRanges {
  readonly image: Range
  readonly name: Range
  readonly registry?: Range
  readonly tag?: Range
  readonly digest?: Range
  readonly stage?: Range
}

export interface InstructionRanges {
  readonly keyword: Range
  readonly flags: readonly FlagRanges[]
  /** FROM only. */
  readonly from?: FromRanges
  /** ENV, LABEL and ARG; empty for what cannot be told apart. */
  readonly properties: readonly PropertyRanges[]
}

/** Ranges for each of the scanner's instructions. */
export type Tree = ReadonlyMap<Instruction, InstructionRanges>

/** Longer files get no ranges, nor those with more stages, nor longer image names: dockerfile-ast would take too long. */
const longest = 1 << 20
const mostStages = 8000
const longestFrom = 4096

/** Undefined where the two readings of the file do not agree, and for files above 1 MiB. Parses when first asked, once. */
export function lazyTree(scanned: Scanned): () => Tree | undefined {
  let tree: Tree | undefined
  let asked = false
  return () => {
    if (!asked) tree = readTree(scanned)
    asked = true
    return tree
  }
}

/** The same at once. Never throws. */
export function readTree({ text, escape: escapeChar, instructions }: Scanned): Tree | undefined {
  if (text.length > longest || instructions.filter(({ keyword }) => keyword === 'FROM').length > mostStages)
    return undefined
  const mask = maskOf(text, escapeChar, instructions)
  const nodes = parse(mask)
  if (nodes === undefined || nodes.length !== instructions.length) return undefined
  const offset = offsets(text)
  const tree = new Map<Instruction, InstructionRanges>()
  for (const [index, instruction] of instructions.entries()) {
    const node = nodes[index]!
    const keyword = offset(node.getInstructionRange())
    if (
      keyword?.start !== sourceOffset(instruction, skipSpace(instruction.line)) ||
      node.getKeyword() !== instruction.keyword
    )
      return undefined
    tree.set(instruction, rangesOf(instruction, node, keyword, { mask, offset, escapeChar }))
  }
  return tree
}

function parse(mask: string): readonly Node[] | undefined {
  try {
    return DockerfileParser.parse(mask).getInstructions()
  } catch {
    // A mask that it cannot read is one that the two do not agree on.
    return undefined
  }
}

interface Reading {
  readonly mask: string
  readonly offset: (range: AstRange) => Range | undefined
  readonly escapeChar: string
}

function rangesOf(
  instruction: Instruction,
  node: Node,
  keyword: Range,
  { mask, offset, escapeChar }: Reading,
): InstructionRanges {
  const flags = flagRanges(instruction)
  if (instruction.keyword === 'FROM') {
    const from = keptWhole(instruction) ? fromRanges(node as From, mask, offset) : undefined
    return { keyword, flags, properties: [], ...(from && { from }) }
  }
  if (instruction.keyword === 'ARG') return { keyword, flags, properties: words(instruction, escapeChar) }
  if (instruction.keyword !== 'ENV' && instruction.keyword !== 'LABEL') return { keyword, flags, properties: [] }
  return { keyword, flags, properties: properties(node as PropertyInstruction, offset) }
}

// ---- what dockerfile-ast sees ---------------------------------------------------------------------

const keptWhole = ({ keyword, text }: Instruction): boolean =>
  keyword === 'ENV' || keyword === 'LABEL' || (keyword === 'FROM' && text.length <= longestFrom)

/**
 * As long as `text`, with its newlines. Keywords stay; of the operands those that are asked for, of others one letter. Flags,
 * comments, here-documents and line ends are blank; the escape character is a backslash, whatever it was.
 */
function maskOf(text: string, escapeChar: string, instructions: readonly Instruction[]): string {
  const blank = text.replace(/[^\n]/g, ' ')
  const parts: string[] = []
  let at = 0
  const write = (start: number, part: string): void => {
    parts.push(blank.slice(at, start), part)
    at = start + part.length
  }
  for (const instruction of instructions) {
    const { line, pieces } = instruction
    const masked = lineMask(instruction, escapeChar)
    // A continuation with nothing behind it would reach into the next instruction.
    const length = masked.trimEnd().length
    const last = 1 + pieces.findLastIndex(([begin]) => begin < length)
    for (const [index, [begin, source]] of pieces.slice(0, last).entries()) {
      const end = pieces[index + 1]?.[0] ?? line.length
      // Nothing but the sign of a continuation in front of the keyword.
      if (index + 1 < last && end <= skipSpace(line)) continue
      // The escape character stands right after the piece it continues.
      write(source, masked.slice(begin, end) + (index + 1 < last ? '\\' : ''))
    }
  }
  return parts.join('') + blank.slice(at)
}

/** The joined line with everything harmless. */
function lineMask(instruction: Instruction, escapeChar: string): string {
  const { line, keyword, textStart, text } = instruction
  const keywordEnd = skipSpace(line) + keyword.length
  const operands = keptWhole(instruction)
    ? operandMask(line.slice(textStart), keyword, escapeChar)
    : text === ''
      ? ''
      : 'x'
  return (line.slice(0, keywordEnd) + ' '.repeat(Math.max(0, textStart - keywordEnd)) + operands).padEnd(line.length)
}

/** Escapes become letters, and what they protect with them: dockerfile-ast goes astray where two of them end a word. */
function operandMask(operands: string, keyword: string, escapeChar: string): string {
  let [masked, quote, braces] = ['', '', 0]
  for (let at = 0; at < operands.length; at++) {
    const char = operands[at]!
    if (char === '{') braces++
    if (char === '}') braces--
    if (char === escapeChar && quote !== "'") {
      masked += at + 1 < operands.length ? '__' : '_'
      at++
      continue
    }
    if (quote === '' && (char === '"' || char === "'")) quote = char
    else if (char === quote) quote = ''
    if (isSpace(char.charCodeAt(0))) masked += char === '\t' ? '\t' : ' '
    else if (char === '<' || char === '\\' || char === escapeChar) masked += '_'
    // A colon in `${TAG:-1}` begins no tag.
    else if (keyword === 'FROM' && braces > 0 && (char === ':' || char === '@' || char === '/')) masked += '_'
    else masked += char
  }
  return masked
}

// ---- its ranges as offsets ------------------------------------------------------------------------

type AstRange = ReturnType<Node['getRange']> | null

function offsets(text: string): Reading['offset'] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (range) => {
    if (range === null) return undefined
    const { start, end } = range
    return { start: starts[start.line]! + start.character, end: starts[end.line]! + end.character }
  }
}

function fromRanges(node: From, mask: string, offset: Reading['offset']): FromRanges | undefined {
  const image = offset(node.getImageRange())
  const name = offset(node.getImageNameRange())
  if (image === undefined || name === undefined) return undefined
  const digest = offset(node.getImageDigestRange())
  const found = {
    registry: offset(node.getRegistryRange()),
    tag: offset(node.getImageTagRange()),
    digest,
    stage: offset(node.getBuildStageRange()),
  }
  // Where there is a digest, the tag is left in the name.
  const colon = mask.lastIndexOf(':', name.end - 1)
  const tagged =
    digest !== undefined && found.tag === undefined && colon > Math.max(name.start, mask.lastIndexOf('/', name.end - 1))
  const ranges = tagged ? { ...found, tag: { start: colon + 1, end: name.end } } : found
  const present = Object.fromEntries(Object.entries(ranges).filter(([, range]) => range !== undefined))
  return { image, name: tagged ? { start: name.start, end: colon } : name, ...present }
}

const properties = (node: PropertyInstruction, offset: Reading['offset']): readonly PropertyRanges[] =>
  node.getProperties().map((property) => {
    const value = offset(property.getValueRange())
    return { whole: offset(property.getRange())!, name: offset(property.getNameRange())!, ...(value && { value }) }
  })

// ---- our own words --------------------------------------------------------------------------------

/** The words of ARG, which dockerfile-ast takes for one. */
function words(instruction: Instruction, escapeChar: string): readonly PropertyRanges[] {
  const found: PropertyRanges[] = []
  const { line } = instruction
  for (let at = skipSpace(line, instruction.textStart); at < line.length; ) {
    const end = wordEnd(line, at, escapeChar, false)
    found.push(split(instruction, at, end, 0))
    at = skipSpace(line, end)
  }
  return found
}

/** The flags, which dockerfile-ast cuts at quoted blanks. */
function flagRanges(instruction: Instruction): readonly FlagRanges[] {
  const found: FlagRanges[] = []
  const { line, keyword, textStart } = instruction
  for (let at = skipSpace(line, skipSpace(line) + keyword.length); at < textStart; ) {
    const end = wordEnd(line, at, '\\', true)
    if (line.slice(at, end) !== '--') found.push(split(instruction, at, end, 2))
    at = skipSpace(line, end)
  }
  return found
}

/** Where a word ends: at white space outside quotes. `inQuotes`: single quotes do not protect the escape character. */
function wordEnd(line: string, start: number, escapeChar: string, inQuotes: boolean): number {
  let [at, quote] = [start, '']
  for (; at < line.length; at++) {
    const char = line[at]!
    if (quote === '' && isSpace(char.charCodeAt(0))) return at
    if (char === escapeChar && (inQuotes || quote !== "'")) at++
    else if (quote === '' && (char === '"' || char === "'")) quote = char
    else if (char === quote) quote = ''
  }
  return Math.min(at, line.length)
}

/** The word from `start` to `end` of the joined line, cut at its first `=`; the name begins `dashes` later. */
function split(instruction: Instruction, start: number, end: number, dashes: number): PropertyRanges {
  const range = (from: number, to: number): Range => ({
    start: sourceOffset(instruction, from),
    // The end of what is in front, not the beginning of the next physical line.
    end: from === to ? sourceOffset(instruction, from) : sourceOffset(instruction, to - 1) + 1,
  })
  const equals = instruction.line.slice(start, end).indexOf('=')
  const whole = range(start, end)
  if (equals < 0) return { whole, name: range(start + dashes, end) }
  return { whole, name: range(start + dashes, start + equals), value: range(start + equals + 1, end) }
}
