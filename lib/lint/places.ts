/** Places in a Dockerfile: offsets to lines and columns, and from the text a shell read back to the source. */
import { sourceOffset } from '../dockerfile/scan.ts'
import type { Location } from '../finding.ts'
import type { Instruction } from '../model.ts'
import { lastThat } from '../sorted.ts'

/** A range of the source: offsets in UTF-16 units, end exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Offsets of one text as people count: lines and columns from 1. */
export interface Lines {
  readonly lineOf: (offset: number) => number
  readonly locate: (range: Range) => Omit<Location, 'file'>
  /** Offset of a line's first character; of the end of the text beyond the last line. */
  readonly startOf: (line: number) => number
  /** Text of a line, without its end; '' where there is none. */
  readonly textOf: (line: number) => string
}

/** Reads where the lines of a text begin; a byte order mark is part of no column. */
export function linesOf(text: string): Lines {
  const first = text.startsWith('\uFEFF') ? 1 : 0
  const starts = [first]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const indexOf = (offset: number): number =>
    Math.max(
      0,
      lastThat(starts.length, (line) => starts[line]! <= offset),
    )
  const position = (offset: number): { line: number; column: number } => {
    const index = indexOf(offset)
    return { line: index + 1, column: Math.max(0, offset - starts[index]!) + 1 }
  }
  return {
    lineOf: (offset) => indexOf(offset) + 1,
    locate({ start, end }) {
      const { line, column } = position(start)
      const last = position(Math.max(start, end))
      return { line, column, endLine: last.line, endColumn: last.column }
    },
    startOf: (line) => starts[line - 1] ?? text.length,
    textOf(line) {
      const start = starts[line - 1]
      return start === undefined ? '' : text.slice(start, starts[line] ?? text.length).replace(/\r*\n?$/, '')
    },
  }
}

/** Where the operands of an instruction stand, blanks around them left out. */
export function operandsRange(instruction: Instruction): Range {
  const { line, text } = instruction
  const begin = line.indexOf(text, instruction.textStart)
  return joinedRange(instruction, { start: begin, end: begin + text.length })
}

/** A range of the joined line, in the source; it may hold continuations and the comments between them. */
export function joinedRange(instruction: Instruction, { start, end }: Range): Range {
  const begin = sourceOffset(instruction, start)
  return { start: begin, end: end > start ? sourceOffset(instruction, end - 1) + 1 : begin }
}

/** Where a range of a script stands in the source. */
export const scriptRange = (instruction: Instruction, script: string, range: Range): Range =>
  rangesIn(instruction, script)(range)

/**
 * For many ranges of one script, where each stands in the source. The script is what the shell of a RUN read: the
 * operands, or the body of a here-document. What cannot be told stands at the operands as a whole.
 */
export function rangesIn(instruction: Instruction, script: string): (range: Range) => Range {
  const { text, heredocs, line } = instruction
  const whole = operandsRange(instruction)
  const found = placing()
  return (range) =>
    script === '' || range.end > script.length || range.end <= range.start ? whole : (found?.(range) ?? whole)

  function placing(): ((range: Range) => Range | undefined) | undefined {
    if (script === text || script.startsWith(`${text}\n`)) {
      const begin = line.indexOf(text, instruction.textStart)
      return ({ start, end }) =>
        end <= text.length
          ? joinedRange(instruction, { start: begin + start, end: begin + end })
          : inBodies({ start, end })
    }
    const [only] = heredocs
    if (only === undefined) return undefined
    if (script === only.body) return ({ start, end }) => ({ start: only.start + start, end: only.start + end })
    if (script !== only.body.replace(/^\t+/gm, '')) return undefined
    const cut = (offset: number): number => only.start + withTabs(only.body, offset)
    return ({ start, end }) => ({ start: cut(start), end: cut(end - 1) + 1 })
  }

  function inBodies(range: Range): Range | undefined {
    let at = text.length + 1
    for (const { body, name, start } of heredocs) {
      const end = at + body.length
      if (range.start >= at && range.end <= end) return { start: start + range.start - at, end: start + range.end - at }
      at = end + name.length + 1
    }
    return undefined
  }
}

/** The offset in a body of what is at `offset` once the tabs in front of its lines are gone. */
function withTabs(body: string, offset: number): number {
  let left = offset
  let at = 0
  for (const line of body.split(/(?<=\n)/)) {
    const tabs = /^\t*/.exec(line)![0].length
    if (left < line.length - tabs) return at + tabs + left
    left -= line.length - tabs
    at += line.length
  }
  return at
}
