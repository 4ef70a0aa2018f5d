/** `history --format json`: the document stratigraph/history@1. Source: cli.md; schemas/history.schema.json says the same. */
import type { Builder, Image, Problem, SizeModel } from '../model.ts'
import { sum } from '../size.ts'
import {
  configDocument,
  type DocumentSubject,
  diagnosticDocument,
  rowDocument,
  sizeDocument,
  subjectDocument,
} from './document.ts'

/** A history, predicted or actual. */
export interface History {
  readonly subject: DocumentSubject
  readonly image: Image
  /** Null: an actual image. */
  readonly builder: Builder | null
  readonly sizeModel: SizeModel
  readonly refused: { readonly message: string; readonly line: number } | null
  readonly diagnostics: readonly Problem[]
}

/** The document, indented, with a newline at its end. */
export const historyJson = (history: History): string => `${JSON.stringify(historyDocument(history), null, 2)}\n`

/** The document as a value. Rows are oldest first; sizes are bytes. */
export const historyDocument = ({ subject, image, builder, sizeModel, refused, diagnostics }: History): object => ({
  schema: 'stratigraph/history@1',
  subject: subjectDocument(subject),
  ...(builder !== null && { builder: builderDocument(builder, sizeModel) }),
  rows: image.rows.map(rowDocument),
  layers: image.layers.length,
  size: sizeDocument(sum(image.rows.map((row) => row.size))),
  author: image.author,
  config: configDocument(image.config),
  diagnostics: diagnostics.map(diagnosticDocument),
  ...(refused !== null && { refused: { message: refused.message, line: refused.line } }),
})

const builderDocument = ({ family, version, frontend }: Builder, sizeModel: SizeModel): object => ({
  name: family,
  version,
  ...(frontend !== null && { frontend }),
  sizeModel,
})
