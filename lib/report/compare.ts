/** `compare`: the document stratigraph/compare@1, and the text. */
import type { Comparison, RowPair, Share } from '../compare.ts'
import { humanSize } from '../human.ts'
import type { Image, Problem, Size } from '../model.ts'
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

/** The text for two images: rows that differ, settings, files, layers, and the pull. */
export function compareText(a: Side, b: Side, found: Comparison, human: boolean): string {
  const size = (bytes: Size | null): string =>
    bytes === null ? '' : showSize(bytes, { human, range: false, podman: null })
  const signed = (delta: number | null): string => {
    if (delta === null || delta === 0) return ''
    const text = human ? humanSize(Math.abs(delta)) : `${Math.abs(delta)}`
    return `${delta < 0 ? '-' : '+'}${text}`
  }
  const rows = found.rows.map((pair) => {
    const row = pair.b === null ? a.image.rows[pair.a ?? -1] : b.image.rows[pair.b]
    return [signs[pair.status], size(pair.size.a), size(pair.size.b), signed(pair.size.delta), rowText(row)].join('\t')
  })
  const out = [columns(['\tA\tB\tDELTA\tCREATED BY', ...rows].join('\n'), dockerLayout(false))]
  if (found.config.length > 0) out.push('', 'configuration:')
  for (const { key, a: one, b: two } of found.config) out.push(`  ${key}: ${shown(one)} -> ${shown(two)}`)
  if (!found.filesKnown) out.push('', 'files: not known of both')
  else if (found.files.length > 0) out.push('', `files: ${tally(found)}`)
  for (const one of found.files.slice(0, lines)) {
    const sign = one.status === 'added' ? '+' : one.status === 'removed' ? '-' : '~'
    const bytes =
      one.status === 'changed' && one.a?.bytes !== one.b?.bytes
        ? `${size(one.a)} -> ${size(one.b)}`
        : size(one.b ?? one.a)
    out.push(`  ${sign} ${clean(one.path)}  ${bytes}${one.what.length === 0 ? '' : `  ${one.what.join(', ')}`}`)
  }
  if (found.files.length > lines) out.push(`  and ${found.files.length - lines} more`)
  const { shared, onlyA, onlyB } = found.layers
  out.push('', `layers: ${shared.length} shared, ${onlyA.length} only in A, ${onlyB.length} only in B`)
  out.push(`a pull of B where A is there: ${size(found.pull)}, uncompressed`)
  return `${out.join('\n')}\n`
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
