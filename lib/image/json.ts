/** JSON of strangers: every look inside says what is found, or undefined where it is something else. */
import { UserError } from '../error.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** Parses a document. Throws UserError; `name` is for the message. */
export function parseJson(text: string, name: string): Json {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new UserError(`${name}: not JSON: ${(cause as Error).message}`, { cause })
  }
}

export const asObject = (value: Json | undefined): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined

export const asList = (value: Json | undefined): readonly Json[] | undefined =>
  Array.isArray(value) ? (value as readonly Json[]) : undefined

/** The objects of a list, whatever else is in it. */
export const asObjects = (value: Json | undefined): readonly JsonObject[] =>
  (asList(value) ?? []).filter((one): one is JsonObject => asObject(one) !== undefined)

export const asText = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** A whole number that is exact and not negative. */
export const asCount = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined

/** The texts of a list; undefined where it is none. */
export function asTexts(value: Json | undefined): readonly string[] | undefined {
  const list = asList(value)
  return list?.every((one) => typeof one === 'string') ? (list as readonly string[]) : undefined
}

/** The fields of an object whose values are texts. */
export function asRecord(value: Json | undefined): Readonly<Record<string, string>> {
  const found: [string, string][] = []
  for (const [key, one] of Object.entries(asObject(value) ?? {})) if (typeof one === 'string') found.push([key, one])
  return Object.fromEntries(found)
}
