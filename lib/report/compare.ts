/** `compare`: the document stratigraph/compare@1, and the text. */
import type { Comparison, RowPair, Share } from '../compare.ts'
import { humanSize } from '../human.ts'
import type { Image, Problem, Size } from '../model.ts'
import { sum } from '../size.ts'
import { columns, dockerLayout } from './columns.ts'
import { type DocumentSubject, diagnosticDocument, sizeDocument, subjectDocument } from './document.ts'
import { escapeControls } from './terminal.ts'
import { showSize } from './units.ts'
import { rowText } from './waste.ts'

/** One side. */
export interface Side {
  readonly subject: DocumentSubject
  readonly image: Image
  readonly diagnostics: readonly Problem[]
}

const optional = (size: Size | null): object | null => (size === null ? null : sizeDocument(size))

/** The document for two images, indented, with a newline at its end. */
export function compareJson(a: Side, b: Side, found: Comparison): string {
  const layer = ({ size, ...rest }: Comparison['layers']['shared'][number]): object => ({
    ...rest,
    size: sizeDocument(size),
  })
  const document = {
    schema: 'stratigraph/compare@1',
    a: subjectDocument(a.subject),
    b: subjectDocument(b.subject),
    rows: found.rows.map((pair) => ({
      status: pair.status,
      a: pair.a,
      b: pair.b,
      createdBy: textOf(a, b, pair),
      size: { a: optional(pair.size.a), b: optional(pair.size.b), delta: pair.size.delta },
    })),
    config: found.config,
    filesKnown: found.filesKnown,
    files: found.files.map((one) => ({ ...one, a: optional(one.a), b: optional(one.b) })),
    layers: {
      shared: found.layers.shared.map(layer),
      onlyA: found.layers.onlyA.map(layer),
      onlyB: found.layers.onlyB.map(layer),
    },
    pull: sizeDocument(found.pull),
    diagnostics: [...a.diagnostics, ...b.diagnostics].map(diagnosticDocument),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

const textOf = (a: Side, b: Side, pair: RowPair): string =>
  (pair.b === null ? a.image.rows[pair.a ?? -1] : b.image.rows[pair.b])?.createdBy ?? ''

const lines = 20
const signs: Readonly<Record<RowPair['status'], string>> = { equal: '=', changed: '~', 'only-a': '-', 'only-b': '+' }

/** The text for two images: all rows with what changed, then settings, files, layers, and the pull. */
export function compareText(a: Side, b: Side, found: Comparison, human: boolean): string {
  const size: ShowSize = (bytes) => (bytes === null ? '' : showSize(bytes, { human, range: false, podman: null }))
  const out = [`A: ${titleOf(a)}`, `B: ${titleOf(b)}`, '', rowTable(a, b, found, size, human), '']
  const counts = Object.entries(statusWords).flatMap(([status, words]) => {
    const count = found.rows.filter((pair) => pair.status === status).length
    return count === 0 ? [] : [`${count} ${words}`]
  })
  out.push(`rows: ${counts.length === 0 ? 'none' : counts.join(', ')}`)
  out.push(...configLines(found), ...fileLines(found, size), ...layerLines(a, b, found, size))
  return `${out.join('\n')}\n`
}

const statusWords: Readonly<Record<RowPair['status'], string>> = {
  equal: 'equal',
  changed: 'changed',
  'only-a': 'only in A',
  'only-b': 'only in B',
}

type ShowSize = (bytes: Size | null) => string

const isPredicted = ({ subject }: Side): boolean => subject.kind === 'dockerfile'

const titleOf = (side: Side): string => `${clean(side.subject.path)}${isPredicted(side) ? ', predicted' : ''}`

/** Every row with its sizes; under one whose text changed, what it was. */
function rowTable(a: Side, b: Side, found: Comparison, size: ShowSize, human: boolean): string {
  const signed = (delta: number | null): string => {
    if (delta === null || delta === 0) return ''
    const text = human ? humanSize(Math.abs(delta)) : `${Math.abs(delta)}`
    return `${delta < 0 ? '-' : '+'}${text}`
  }
  const rows = found.rows.flatMap((pair) => {
    const [one, two] = [a.image.rows[pair.a ?? -1], b.image.rows[pair.b ?? -1]]
    const cells = [signs[pair.status], size(pair.size.a), size(pair.size.b), signed(pair.size.delta)]
    if (one === undefined || two === undefined || one.createdBy === two.createdBy)
      return [[...cells, rowText(two ?? one)].join('\t')]
    const [was, is] = apart(one.createdBy || one.comment, two.createdBy || two.comment)
    return [[...cells, is].join('\t'), ['', '', '', '', `was ${was}`].join('\t')]
  })
  const [wholeA, wholeB] = [a, b].map(({ image }) => sum(image.rows.map((row) => row.size)))
  const both = wholeA!.bytes === null || wholeB!.bytes === null ? null : wholeB!.bytes - wholeA!.bytes
  const total = ['', size(wholeA!), size(wholeB!), signed(both), 'all rows'].join('\t')
  return columns(['\tA\tB\tDELTA\tCREATED BY', ...rows, total].join('\n'), dockerLayout(false))
}

const shownBefore = 20

/** Two texts, each on one line of a screen: from shortly before where they part, where that would not be seen. */
function apart(one: string, two: string): readonly [string, string] {
  let same = 0
  while (same < one.length && one[same] === two[same]) same++
  const from = same < 40 ? 0 : same - shownBefore
  const cut = (text: string): string =>
    `${from === 0 ? '' : '…'}${rowText({ createdBy: text.slice(from), comment: '' })}`
  return [cut(one), cut(two)]
}

/** Settings that differ: of lists and tables what is in one only, of others both values. */
function configLines({ config }: Comparison): readonly string[] {
  if (config.length === 0) return ['configuration: the same']
  const out = [`configuration: ${config.length} ${config.length === 1 ? 'setting differs' : 'settings differ'}`]
  for (const { key, a, b } of config) {
    const [one, two] = [partsOf(key, a), partsOf(key, b)]
    const [gone, come] = [one?.filter((part) => !two?.includes(part)), two?.filter((part) => !one?.includes(part))]
    if (gone === undefined || come === undefined || gone.length + come.length === 0)
      out.push(`  ~ ${clean(key)}: ${shown(a)} -> ${shown(b)}`)
    else
      out.push(
        ...gone.map((part) => `  - ${clean(key)} ${clean(part)}`),
        ...come.map((part) => `  + ${clean(key)} ${clean(part)}`),
      )
  }
  return out
}

/** What a setting is put together from, where its order means nothing; undefined: it is one value. */
function partsOf(key: string, value: unknown): readonly string[] | undefined {
  if (value === null) return []
  if (key === 'Env' && Array.isArray(value)) return value.map(String)
  if (typeof value !== 'object' || Array.isArray(value) || key === 'Healthcheck') return undefined
  return Object.entries(value).map(([name, one]) => (typeof one === 'string' ? `${name}=${one}` : name))
}

function fileLines(found: Comparison, size: ShowSize): readonly string[] {
  if (!found.filesKnown) return ['files: not all of them are known, and so not compared']
  if (found.files.length === 0) return ['files: the same']
  const out = [`files: ${tally(found)}`]
  for (const one of found.files.slice(0, lines)) {
    const sign = one.status === 'added' ? '+' : one.status === 'removed' ? '-' : '~'
    const bytes =
      one.status === 'changed' && one.a?.bytes !== one.b?.bytes
        ? `${size(one.a)} -> ${size(one.b)}`
        : size(one.b ?? one.a)
    out.push(`  ${sign} ${clean(one.path)}  ${bytes}${one.what.length === 0 ? '' : `  ${one.what.join(', ')}`}`)
  }
  if (found.files.length > lines) out.push(`  and ${found.files.length - lines} more`)
  return out
}

/** Layers by their digests, which predicted ones have not; nothing is pulled to where a prediction is. */
function layerLines(a: Side, b: Side, { layers, pull }: Comparison, size: ShowSize): readonly string[] {
  const { shared, onlyA, onlyB } = layers
  const counts = `layers: ${shared.length} shared, ${onlyA.length} only in A, ${onlyB.length} only in B`
  if (isPredicted(a)) return [`${counts}; predicted ones have no digest to be known by`]
  return [
    isPredicted(b) ? `${counts}; predicted ones have no digest to be known by` : counts,
    `a pull of B where A is there: ${size(pull)}, uncompressed`,
  ]
}

const clean = (text: string): string => escapeControls(text.replace(/[\n\t]/g, ' '))
const shown = (value: unknown): string => (value === null ? 'not set' : clean(JSON.stringify(value)))

function tally({ files }: Comparison): string {
  const of = (status: string): number => files.filter((one) => one.status === status).length
  return `${of('added')} added, ${of('removed')} removed, ${of('changed')} changed`
}

/** Several images: what each has alone and in common, as docker system df -v. */
export function sharesJson(sides: readonly Side[], found: readonly Share[], all: Size): string {
  const images = sides.map((side, i) => ({
    subject: subjectDocument(side.subject),
    size: sizeDocument(found[i]!.size),
    shared: sizeDocument(found[i]!.shared),
    unique: sizeDocument(found[i]!.unique),
  }))
  return `${JSON.stringify({ schema: 'stratigraph/compare@1', images, together: sizeDocument(all) }, null, 2)}\n`
}

/** The same as a table. */
export function sharesText(sides: readonly Side[], found: readonly Share[], all: Size, human: boolean): string {
  const size = (bytes: Size): string => showSize(bytes, { human, range: false, podman: null })
  const rows = sides.map((side, i) => {
    const { size: whole, shared, unique } = found[i]!
    return [clean(side.subject.path), size(whole), size(shared), size(unique)].join('\t')
  })
  const table = columns(['IMAGE\tSIZE\tSHARED\tUNIQUE', ...rows].join('\n'), dockerLayout(false))
  return `${table}\nall together: ${size(all)}\n`
}
