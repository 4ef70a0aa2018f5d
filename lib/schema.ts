/** Shapes of documents from outside. The one door to valibot; load it only when there is a document. */
import { custom, type GenericSchema, type InferOutput, pipe, rawCheck, safeParse } from 'valibot'

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

/**
 * A record that is looked at and not copied, since there may be a million in it: what fits comes out as it went in. Each
 * key and value is held against its schema, which must not transform.
 */
export const largeRecord = <T>(key: GenericSchema<string>, value: GenericSchema<unknown, T>) =>
  pipe(
    custom<Readonly<Record<string, T>>>(
      (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
      'must be an object',
    ),
    rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      const input = dataset.value as Record<string, unknown>
      for (const name of Object.keys(input)) {
        const at = { type: 'object', origin: 'value', input, key: name, value: input[name] } as const
        for (const issue of [...issuesOf(key, name), ...issuesOf(value, input[name])])
          addIssue({ message: issue.message, path: [at, ...(issue.path ?? [])] })
      }
    }),
  )

const issuesOf = (schema: GenericSchema, value: unknown) =>
  safeParse(schema, value, { abortPipeEarly: true }).issues ?? []

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
