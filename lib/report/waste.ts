/** `waste`: bytes in the layers that nobody sees, as the document stratigraph/waste@1 and as text. */
import type { Image, Prediction, Problem, Row, Size } from '../model.ts'
import { add, exact, sum as sumOf } from '../size.ts'
import { type Duplicate, leftovers, type Residue } from '../unionfs/leftovers.ts'
import { type Pair, pairs } from '../unionfs/pairs.ts'
import type { Seen } from '../unionfs/seen.ts'
import { unlisted, withinRows } from '../unionfs/unlisted.ts'
import { type DocumentSubject, diagnosticDocument, rowDocument, sizeDocument, subjectDocument } from './document.ts'
import { escapeControls } from './terminal.ts'
import { shareOf, showSize } from './units.ts'
import { ellipsis } from './width.ts'

/** The waste of one image, predicted or actual. */
export interface WasteReport {
  readonly subject: DocumentSubject
  readonly image: Image
  readonly total: Size
  readonly visible: Size
  readonly unreachable: Size
  /** The part of total and of visible that lies in files nobody lists. */
  readonly unlisted: Size
  readonly pairs: readonly Pair[]
  readonly residue: readonly Residue[]
  readonly duplicates: readonly Duplicate[]
  readonly diagnostics: readonly Problem[]
  /** Stages of the same Dockerfile that are not the target, where they were asked for. */
  readonly stages?: readonly StageWaste[]
}

/** The waste of a stage, as if it were the target. `line`: its FROM. */
export interface StageWaste extends WasteReport {
  readonly line: number
  readonly refused: Prediction['refused']
}

/** Paths that are listed for each pair: in the document, and in the text. */
const pathLimits = { json: 1000, text: 3 } as const

/** Draws the conclusions from a stack, for one of the two. */
export function wasteReport(
  found: { readonly subject: DocumentSubject; readonly image: Image; readonly diagnostics: readonly Problem[] },
  stack: Seen,
  form: 'json' | 'text',
): WasteReport {
  const { subject, image, diagnostics } = found
  const rest = unlisted(image)
  return {
    subject,
    image,
    total: withinRows(add(stack.total, rest), image),
    visible: withinRows(add(stack.visible, rest), image, stack.unreachable),
    unreachable: stack.unreachable,
    unlisted: rest,
    pairs: pairs(image, stack.waste, pathLimits[form]),
    ...leftovers(image, stack),
    diagnostics,
  }
}

/** The document, indented, with a newline at its end. */
export const wasteJson = (report: WasteReport): string => `${JSON.stringify(wasteDocument(report), null, 2)}\n`

/** The document as a value. */
export const wasteDocument = (report: WasteReport): object => ({
  schema: 'stratigraph/waste@1',
  ...measureDocument(report),
  ...(report.stages && {
    stages: report.stages.map((stage) => ({
      line: stage.line,
      ...measureDocument(stage),
      ...(stage.refused && { refused: { message: stage.refused.message, line: stage.refused.line } }),
    })),
  }),
})

/** What a stage has as an image has it. */
const measureDocument = (report: WasteReport): object => ({
  subject: subjectDocument(report.subject),
  rows: report.image.rows.map(rowDocument),
  total: sizeDocument(report.total),
  visible: sizeDocument(report.visible),
  unreachable: sizeDocument(report.unreachable),
  pairs: report.pairs.map(({ creator, killer, bytes, files, top, classes, owners, paths, more }) => ({
    creator,
    killer,
    bytes: sizeDocument(bytes),
    files,
    top,
    classes: Object.fromEntries(Object.entries(classes).map(([name, size]) => [name, sizeDocument(size)])),
    owners,
    paths: paths.map((one) => ({ path: one.path, bytes: sizeDocument(one.bytes), class: one.class })),
    more,
  })),
  residue: report.residue.map(({ label, path, row, bytes, kind, cleanup }) => ({
    label,
    path,
    row,
    bytes: sizeDocument(bytes),
    kind,
    cleanup,
  })),
  duplicates: report.duplicates.map(({ bytes, paths }) => ({ bytes: sizeDocument(bytes), paths })),
  diagnostics: report.diagnostics.map(diagnosticDocument),
})

/** Lines shown of each part. */
const lines = 10

/**
 * The text: the total, what is lost and by whom, most bytes first, then what could go, and what to do first. Rows of a
 * Dockerfile are named by their line, others by their number; `human` as for history.
 */
export function wasteText(report: WasteReport, human: boolean): string {
  const others = (report.stages ?? []).map((stage) => {
    const { refused } = stage
    const head = `stage ${clean(stage.subject.target ?? '')}, line ${stage.line}, is not the target`
    return refused
      ? `${head}, and is refused: line ${refused.line}: ${clean(refused.message)}\n`
      : `${head}:\n${measureText(stage, human)}`
  })
  return [measureText(report, human), ...others].join('\n')
}

function measureText(report: WasteReport, human: boolean): string {
  const { total, visible, unreachable, image, pairs, residue, duplicates } = report
  const size = (bytes: Size): string => (isOpen(bytes) ? '?' : showSize(bytes, { human, range: false, podman: null }))
  // Of a sum that is not known, what is sure says more than a question mark.
  const sum = (bytes: Size): string =>
    bytes.bytes === null && bytes.low > 0 ? `at least ${size(exact(bytes.low, bytes.source))}` : size(bytes)
  const share = shareOf(unreachable, total)
  const first = advice(report)
  const layers = count(image.layers.length, 'layer')
  const head =
    total.bytes === null
      ? `${sum({ ...total, low: leastOf(image) })} in ${layers}, ${sum(unreachable)} of it unreachable`
      : `${size(total)} in ${layers}, ${sum(visible)} visible, ${sum(unreachable)} unreachable${share === undefined ? '' : ` (${share})`}`
  return [
    head,
    ...(report.unlisted.high === 0 ? [] : [unlistedLine(report.unlisted, size)]),
    ...pairs.slice(0, lines).flatMap((pair) => ['', ...pairLines(pair, image, size)]),
    ...(pairs.length > lines ? ['', `and ${count(pairs.length - lines, 'more pair')} of rows`] : []),
    ...section(
      'visible, and of no use:',
      residue.map((one) => residueLine(one, image, size)),
    ),
    ...section(
      'visible, and there more than once:',
      duplicates.map((one) => duplicateLine(one, size)),
    ),
    ...(first === undefined ? [] : ['', first]),
    '',
  ].join('\n')
}

type SizeText = (bytes: Size) => string

/** Nothing, or any part of something whose size is not known. */
const isOpen = ({ bytes, high }: Size): boolean => bytes === 0 && high === null

/** What the rows of an image are sure to store, as `history` tells it. */
const leastOf = ({ rows }: Image): number => sumOf(rows.map((row) => row.size)).low

/** What is said of files that nobody lists. */
const unlistedLine = (bytes: Size, size: SizeText): string =>
  `  ${bytes.bytes === null ? 'some' : size(bytes)} of it in files that are not listed, taken for visible`

/** A blank line, a title and what is below it, as far as there is room; nothing where there is nothing. */
const section = (title: string, all: readonly string[]): readonly string[] =>
  all.length === 0
    ? []
    : ['', title, ...all.slice(0, lines), ...(all.length > lines ? [`  and ${all.length - lines} more`] : [])]

function pairLines({ bytes, classes, files, top, paths, more, ...by }: Pair, image: Image, size: SizeText): string[] {
  const named = Object.entries(classes)
    .filter(([, lost]) => lost.high !== 0)
    .map(([name, lost]) => (Object.keys(classes).length === 1 ? name : `${name} ${size(lost)}`))
  const row = (index: number): string => `${placeOf(image.rows[index], index)} ${rowText(image.rows[index])}`
  const shown = paths.slice(0, pathLimits.text)
  const hidden = more + paths.length - shown.length
  return [
    `${size(bytes)}  ${named.join(', ')}, ${count(files, 'file')} under ${clean(top)}`,
    `  written by ${row(by.creator)}`,
    `  hidden by  ${row(by.killer)}`,
    ...shown.map(({ bytes, path, label = path }) => `    ${size(bytes)}  ${placed(label, path)}`),
    ...(hidden > 0 ? [`    and ${count(hidden, 'more path')}`] : []),
  ]
}

/** What something is and where it is; a file is called by its path. */
const placed = (label: string, path: string): string =>
  label === path ? clean(path) : `${clean(label)} in ${clean(path)}`

function residueLine({ label, path, row, bytes, cleanup }: Residue, image: Image, size: SizeText): string {
  return `  ${size(bytes)}  ${placed(label, path)}, ${placeOf(image.rows[row], row)}${cleanup === null ? '' : `: ${clean(cleanup)}`}`
}

function duplicateLine({ bytes, paths }: Duplicate, size: SizeText): string {
  const others = paths.length > 2 ? `, ${paths.length - 2} more` : ''
  return `  ${size(bytes)}  ${clean(paths.slice(0, 2).join(', '))}${others}`
}

/** Where a row stands: a line of the Dockerfile, or its number in the history. */
const placeOf = (row: Row | undefined, index: number): string =>
  row?.origin.from === 'dockerfile' ? `line ${row.origin.line}` : `row ${index}`

/** What to do about the pair that costs most, by what happened to its bytes and by whose rows they are. */
function advice({ pairs: all, image }: WasteReport): string | undefined {
  const first = all.find(({ bytes }) => !isOpen(bytes))
  if (first === undefined) return undefined
  const [writer, hider] = [first.creator, first.killer].map((row) => placeOf(image.rows[row], row))
  if (first.owners === 'base/base')
    return 'to do first: nothing here can help, the bytes are lost in the base; squash flattens it'
  if (first.owners === 'base/yours')
    return `to do first: ${hider} cannot make the base smaller; choose another base, or flatten it with squash`
  const classes = Object.keys(first.classes)
  if (classes.every((name) => name === 'metadata-only'))
    return `to do first: set mode and owner where ${writer} writes (COPY --chmod, --chown, or in the same RUN), not in ${hider}`
  if (classes.every((name) => name === 'identical'))
    return `to do first: ${hider} stores again what ${writer} stored; leave one out`
  return `to do first: do the work of ${hider} in the instruction that writes, ${writer}, or write in a stage of its own`
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`
const clean = (text: string): string => escapeControls(text.replace(/[\n\t]/g, ' '))

/** A row in one line of a screen. */
export const rowText = (row: Pick<Row, 'createdBy' | 'comment'> | undefined): string => {
  const text = row === undefined ? '' : row.createdBy || row.comment
  return ellipsis(clean(text).replace(/\s+/g, ' '), 60)
}
