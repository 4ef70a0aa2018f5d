/**
 * Lines as a builder cuts them into instructions, with the way back to source offsets.
 * Source: history specification, sections 2.1 to 2.4 and 2.6.
 */
import type { Comment, Heredoc, Instruction, Problem, Span } from '../model.ts'
import { lastThat } from '../sorted.ts'
import type { Traits } from '../traits.ts'
import { heredocWords } from './heredoc.ts'
import { skipSpace, trimSpace } from './space.ts'
import { readJson, splitFlags } from './words.ts'

export interface Directive {
  /** Lower case. */
  readonly name: string
  readonly value: string
  readonly line: number
}

/** A Dockerfile cut up. A problem that `refuses` is where a builder stops; instructions after it are given all the same. */
export interface Scanned {
  readonly text: string
  readonly escape: string
  readonly directives: readonly Directive[]
  readonly instructions: readonly Instruction[]
  readonly comments: readonly Comment[]
  readonly problems: readonly Problem[]
}

/** Nobody builds more, and a prediction of them would not fit into memory. */
const mostInstructions = 50_000

/** Cuts a Dockerfile. Never throws; time and memory grow with the length of `text`. Ends behind very many instructions. */
export function scan(text: string, traits: Traits): Scanned {
  const lines = new Lines(text, traits.longestLine)
  const comments: Comment[] = []
  const problems: Problem[] = []
  const { directives, escape: escapeChar } = readDirectives(new Lines(text, traits.longestLine), traits, problems)
  const instructions: Instruction[] = []
  while (lines.next()) {
    const begin = skipSpace(lines.text, 0)
    if (lines.text[begin] === '#') {
      comments.push(commentAt(lines, begin))
      continue
    }
    if (begin === lines.text.length) continue
    if (instructions.length === mostInstructions) {
      problems.push(refusal(`more than ${mostInstructions} instructions: too many to be analyzed`, lines.number))
      break
    }
    const joined = join(lines, begin, escapeChar, traits, comments)
    // A lone escape character, and nothing after it: no instruction.
    if (joined.line === '') continue
    const cut = cutLine(joined.line, traits)
    if (cut.json === 'mixed')
      problems.push(refusal('when using JSON array syntax, arrays must be comprised of strings only', joined.firstLine))
    const heredocs = readHeredocs(cut, joined, lines, traits, problems)
    const span: Span = { start: joined.start, end: lines.end, line: joined.firstLine, endLine: lines.number }
    instructions.push(instructionOf(cut, joined, heredocs, span))
  }
  if (lines.tooLong > 0)
    problems.push(refusal(`line greater than the longest allowed, ${traits.longestLine} bytes`, lines.tooLong))
  if (instructions.length === 0) problems.push(refusal('file with no instructions', Math.max(1, lines.number)))
  return { text, escape: escapeChar, directives, instructions, comments, problems }
}

/** Source offset of a position in the joined line of an instruction. */
export function sourceOffset(instruction: Instruction, at: number): number {
  const { pieces } = instruction
  const last = lastThat(pieces.length, (piece) => pieces[piece]![0] <= at)
  const [begin, source] = pieces[Math.max(0, last)] ?? [0, instruction.span.start]
  return source + at - begin
}

/** The instruction an ONBUILD trigger or an instruction of a base image stands for; positions are those of `span`. */
export function scanOne(line: string, span: Span, traits: Traits): Instruction | Problem {
  const { instructions, problems } = scan(line, traits)
  const problem = problems.find(({ refuses }) => refuses)
  const first = instructions[0]
  if (problem !== undefined || first === undefined) return problem ?? refusal('nothing to trigger', span.line)
  return { ...first, span, pieces: [[0, span.start]] }
}

const refusal = (message: string, line: number): Problem => ({ severity: 'error', message, line, refuses: true })

/** The physical lines, one after another: cut at `\n`, carriage returns at the end removed. */
class Lines {
  /** Without its line end. */
  text = ''
  /** Of the line, from 1. */
  number = 0
  /** Offset of the line's first character, and of the end of its text. */
  start = 0
  end = 0
  /** First line that is longer than allowed, or 0. */
  tooLong = 0
  private at: number
  private readonly source: string
  private readonly longest: number

  constructor(source: string, longest: number) {
    this.source = source
    this.longest = longest
    this.at = source.startsWith('\uFEFF') ? 1 : 0
  }

  next(): boolean {
    if (this.at >= this.source.length) return false
    const newline = this.source.indexOf('\n', this.at)
    const stop = newline < 0 ? this.source.length : newline
    let end = stop
    while (end > this.at && this.source.charCodeAt(end - 1) === 13) end--
    this.start = this.at
    this.end = end
    this.text = this.source.slice(this.at, end)
    this.number++
    this.at = newline < 0 ? stop : stop + 1
    if (
      this.tooLong === 0 &&
      stop - this.start > this.longest / 3 &&
      byteLength(this.source, this.start, stop) > this.longest
    )
      this.tooLong = this.number
    return true
  }

  /** The line as written, line end included. */
  raw(): string {
    return this.source.slice(this.start, this.at)
  }
}

const byteLength = (text: string, start: number, end: number): number => Buffer.byteLength(text.slice(start, end))

function commentAt(lines: Lines, begin: number): Comment {
  const span: Span = { start: lines.start + begin, end: lines.end, line: lines.number, endLine: lines.number }
  return { text: lines.text.slice(begin + 1), span }
}

/** Directives count only at the very top, before any other comment, blank line or instruction. */
function readDirectives(
  lines: Lines,
  traits: Traits,
  problems: Problem[],
): { readonly directives: readonly Directive[]; readonly escape: string } {
  const directives: Directive[] = []
  let escapeChar = '\\'
  while (lines.next()) {
    const [, word = '', value = ''] =
      /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(lines.text.slice(skipSpace(lines.text))) ?? []
    const name = word.toLowerCase()
    if (!traits.directives.includes(name)) break
    if (directives.some((seen) => seen.name === name))
      problems.push(refusal(`only one ${name} parser directive can be used`, lines.number))
    directives.push({ name, value, line: lines.number })
    if (name !== 'escape') continue
    if (value === '`' || value === '\\') escapeChar = value
    else problems.push(refusal(`invalid ESCAPE '${value}'. Must be \` or \\`, lines.number))
  }
  return { directives, escape: escapeChar }
}

interface Joined {
  readonly line: string
  readonly pieces: readonly (readonly [at: number, source: number])[]
  readonly start: number
  readonly firstLine: number
}

/** The first physical line from `begin` on, and those that continue it. */
function join(lines: Lines, begin: number, escapeChar: string, traits: Traits, comments: Comment[]): Joined {
  const firstLine = lines.number
  const start = lines.start + begin
  const pieces: [number, number][] = [[0, start]]
  let stop = continuation(lines.text, escapeChar, traits.doubledEscapeContinues)
  if (stop < 0) return { line: lines.text.slice(begin), pieces, start, firstLine }
  const parts = [lines.text.slice(begin, stop)]
  let length = parts[0]!.length
  while (stop >= 0 && lines.next()) {
    const inner = skipSpace(lines.text)
    if (lines.text[inner] === '#') {
      comments.push(commentAt(lines, inner))
      continue
    }
    if (inner === lines.text.length) continue
    stop = continuation(lines.text, escapeChar, traits.doubledEscapeContinues)
    const part = stop < 0 ? lines.text : lines.text.slice(0, stop)
    pieces.push([length, lines.start])
    parts.push(part)
    length += part.length
  }
  return { line: parts.join(''), pieces, start, firstLine }
}

/** Where the escape character stands that continues the line, or -1. */
function continuation(text: string, escapeChar: string, doubledContinues: boolean): number {
  let at = text.length - 1
  while (at >= 0 && (text[at] === ' ' || text[at] === '\t')) at--
  if (at < 0 || text[at] !== escapeChar) return -1
  return text[at - 1] === escapeChar && !doubledContinues ? -1 : at
}

interface Cut {
  readonly keyword: string
  readonly flags: Instruction['flags']
  readonly text: string
  readonly textStart: number
  readonly json: readonly string[] | undefined | 'mixed'
}

const takesJson = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL', 'ADD', 'COPY', 'VOLUME'])

/** Keyword, flags and operands of a joined line. */
function cutLine(line: string, traits: Traits): Cut {
  const begin = skipSpace(line)
  let end = begin
  while (end < line.length && !isBlank(line.charCodeAt(end))) end++
  const keyword = line.slice(begin, end).toUpperCase()
  const { flags, end: textStart } = splitFlags(line, end)
  const text = trimSpace(line.slice(textStart))
  const json = takesJson.has(keyword) ? readJson(text, traits.jsonTrailingMeansShell) : undefined
  return { keyword, flags, text, textStart, json }
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || (code >= 11 && code <= 13)

const takesHeredocs = new Set(['RUN', 'COPY', 'ADD'])

function readHeredocs(cut: Cut, joined: Joined, lines: Lines, traits: Traits, problems: Problem[]): readonly Heredoc[] {
  if (traits.heredocs === 'none' || !joined.line.includes('<<')) return []
  const target = cut.keyword === 'ONBUILD' ? cutLine(cut.text, traits) : cut
  if (!takesHeredocs.has(target.keyword) || target.json !== undefined) return []
  const heredocs: Heredoc[] = []
  for (const word of heredocWords(joined.line, traits.heredocBlanks)) {
    const body: string[] = []
    let start = lines.end
    let terminated = false
    while (lines.next()) {
      if (body.length === 0) start = lines.start
      const end = word.chomp ? lines.text.replace(/^\t+/, '') : lines.text
      if (end === word.name) {
        terminated = true
        break
      }
      body.push(lines.raw())
    }
    if (!terminated) problems.push(refusal('unterminated heredoc', joined.firstLine))
    heredocs.push({ ...word, body: body.join(''), start })
  }
  return heredocs
}

function instructionOf(cut: Cut, joined: Joined, heredocs: readonly Heredoc[], span: Span): Instruction {
  return {
    keyword: cut.keyword,
    flags: cut.flags,
    text: cut.text,
    line: joined.line,
    pieces: joined.pieces,
    textStart: cut.textStart,
    json: cut.json === 'mixed' ? undefined : cut.json,
    heredocs,
    span,
  }
}
