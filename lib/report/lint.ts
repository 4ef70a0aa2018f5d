/** The formats of `lint`, by name. */
import { json, jsonl } from './lint/json.ts'
import { compact, github } from './lint/lines.ts'
import { sarif } from './lint/sarif.ts'
import { checkstyle, gitlab, junit, markdown } from './lint/services.ts'
import type { Telling } from './lint/telling.ts'
import { pretty } from './pretty.ts'

export type { Telling } from './lint/telling.ts'

/** Each is a function from a report to text. */
export const lintFormats: Readonly<Record<string, (telling: Telling) => string>> = {
  pretty,
  compact,
  json,
  jsonl,
  sarif,
  github,
  gitlab,
  checkstyle,
  junit,
  markdown,
}
