/** `lint` for people: each finding with its line, underlined, what it is related to, and what to write instead. */
import type { Finding, LintedFile, Location } from '../finding.ts'
import { type Lines, linesOf } from '../lint/places.ts'
import { gainText, shareText, sizeText, type Telling, tallyText } from './lint/telling.ts'
import { type Paint, type Palette, palette } from './paint.ts'
import { escapeControls } from './terminal.ts'
import { displayWidth } from './width.ts'

/** The whole report; ends in a newline unless it is empty. */
export function pretty({ report, color, columns }: Telling): string {
  const paint = palette(color)
  const blocks: string[] = []
  const files = [...new Set([...report.files, ...report.findings].map(({ file }) => file))]
  for (const file of files) {
    const images = report.files.filter((one) => one.file === file)
    const lines = linesOf(images[0]?.text ?? '')
    const findings = report.findings.filter((one) => one.file === file)
    const told = findings.map((finding) => findingText(finding, lines, paint, columns))
    const summary = images.map((image) => summaryText(image, images.length > 1, paint))
    blocks.push(`${paint.file(escapeControls(file))}\n${[...told, summary.join('\n')].join('\n\n')}`)
  }
  const tally = tallyText(report.findings)
  if (tally !== '' && files.length > 1) blocks.push(`${tally} in ${files.length} files`)
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}

function findingText(finding: Finding, lines: Lines, paint: Palette, columns: number): string {
  const { line, column, severity, message, rule, related, suggestions } = finding
  const margin = Math.max(...[finding, ...related].map((one) => String(one.line).length)) + 4
  const head = `  ${line}:${column}  ${paint.of[severity](severity)}  ${escapeControls(message)}  ${paint.quiet(`(${rule})`)}`
  const frame = (location: Location, mark: string, note: string, color: Paint): string =>
    frameText(location, lines, { margin, mark, note, color, columns, quiet: paint.quiet })
  const places = related.filter((one) => one.file === finding.file)
  const instead = suggestions.map(({ title, saves, safe, review: drafted, edits }) => {
    const gain = gainText(saves, ': ')
    const how = edits.length === 0 ? '' : drafted ? '  (for review: --fix-dry-run shows it)' : '  (look at it first)'
    const review = safe || how === '' ? '' : paint.quiet(how)
    return `${' '.repeat(margin)}${paint.good('=')} ${escapeControls(title)}${gain && paint.good(gain)}${review}`
  })
  return [
    head,
    frame(finding, '^', '', paint.of[severity]),
    ...places.map((one) => frame(one, '-', one.message, paint.quiet)),
    ...instead,
  ].join('\n')
}

interface Frame {
  readonly margin: number
  readonly mark: string
  readonly note: string
  readonly color: Paint
  readonly quiet: Paint
  readonly columns: number
}

/** A line of the source and what is meant in it, marked underneath. Of a range of several lines the first one. */
function frameText(location: Location, lines: Lines, how: Frame): string {
  const { margin, mark, note, color, quiet, columns } = how
  const source = lines.textOf(location.line)
  const end = location.endLine === location.line ? location.endColumn - 1 : source.replace(/[\s\\`]+$/, '').length
  const room = Math.max(20, columns - margin - 4)
  const from = shift(source, location.column - 1, Math.max(location.column, end), room)
  const before = visible(source.slice(from, location.column - 1))
  const meant = visible(source.slice(location.column - 1, Math.max(end, location.column)))
  const after = visible(source.slice(Math.max(end, location.column)))
  const text = cut(`${from > 0 ? '…' : ''}${before}${meant}${after}`, room)
  const start = width(before) + (from > 0 ? 1 : 0)
  const length = Math.max(1, Math.min(width(meant), room - start))
  const number = String(location.line).padStart(margin - 1)
  const under = `${' '.repeat(start)}${mark.repeat(length)}${note === '' ? '' : ` ${note}`}`
  return `${quiet(`${number} │`)} ${text}\n${' '.repeat(margin)}${quiet('│')} ${color(under)}`
}

/** From which unit on a long line is shown, so that what is meant can be seen. */
function shift(source: string, start: number, end: number, room: number): number {
  if (width(visible(source)) <= room || end < room) return 0
  const back = Math.min(start, Math.floor(room / 4))
  return start - back
}

/** Tabs as one blank, control characters as escapes. */
const visible = (text: string): string => escapeControls(text.replaceAll('\t', ' '))

const width = (text: string): number => displayWidth(text, false)

function cut(text: string, room: number): string {
  if (width(text) <= room) return text
  let kept = text.slice(0, room - 1)
  while (width(kept) > room - 1) kept = kept.slice(0, -1)
  return `${kept}…`
}

function summaryText({ target, size, wasted, layers }: LintedFile, several: boolean, paint: Palette): string {
  const name = several ? `${target}: ` : ''
  const lost = wasted.high === 0 ? 'nothing wasted' : `${sizeText(wasted)}${shareText(wasted, size)} wasted`
  const shown = size.bytes === null && size.low === 0 ? 'size not known' : sizeText(size)
  return `  ${paint.quiet(`${name}${shown}, ${layers} layer${layers === 1 ? '' : 's'}, ${lost}`)}`
}
