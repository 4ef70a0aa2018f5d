/** Shapes of documents from outside. The one door to valibot; load it only when there is a document. */
import { type GenericSchema, type InferOutput, safeParse } from 'valibot'

export {
  array,
  boolean,
  custom,
  type GenericSchema,
  type InferOutput,
  integer,
  literal,
  looseObject,
  minValue,
  nullable,
  number,
  optional,
  picklist,
  pipe,
  rawTransform,
  record,
  regex,
  strictObject,
  string,
  tuple,
  union,
} from 'valibot'

/** One thing that does not fit, and where in the document. */
export interface Misfit {
  readonly path: readonly (string | number)[]
  readonly message: string
  /** The key at the end of the path is one the shape does not know. */
  readonly unknownKey: boolean
}

/** The value in its shape, or what does not fit. */
export function shaped<S extends GenericSchema>(
  schema: S,
  value: unknown,
): { readonly value: InferOutput<S> } | { readonly misfits: readonly Misfit[] } {
  const result = safeParse(schema, value, { abortPipeEarly: true })
  if (result.success) return { value: result.output }
  return {
    misfits: result.issues.map((issue) => ({
      path: (issue.path ?? []).map((item) => item.key as string | number),
      message: issue.message,
      unknownKey: issue.type === 'strict_object' && issue.expected === 'never',
    })),
  }
}
