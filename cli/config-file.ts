/** The shape of `.stratigraph.yaml`. Every scalar arrives as the text that is written there. */

import { chooseBuilder } from '../lib/builders/choose.ts'
import { UserError } from '../lib/error.ts'
import { parsePlatform } from '../lib/platform.ts'
import {
  array,
  custom,
  type InferOutput,
  looseObject,
  optional,
  picklist,
  pipe,
  rawTransform,
  record,
  shaped,
  strictObject,
  string,
  union,
} from '../lib/schema.ts'
import { parseYaml } from '../lib/yaml.ts'
import { rules } from '../rules/index.ts'
import { parseBytes } from './bytes.ts'
import { sizeModels } from './flags.ts'
import { rulesNamed } from './lint/severities.ts'
import { nearest } from './nearest.ts'

/** Text that `read` accepts; it gives undefined for what it does not, or throws UserError. */
const text = <T>(what: string, read: (text: string) => T | undefined) =>
  pipe(
    string(`not ${what}`),
    rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        const value = read(dataset.value)
        if (value !== undefined) return value
        addIssue({ message: `${dataset.value || 'nothing'} is not ${what}` })
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        addIssue({ message: error.message.replace(/^--\w+ /, '') })
      }
      return NEVER
    }),
  )

/** The text itself, once `read` has not thrown. */
const checked = (read: (text: string) => unknown) => (text: string) => {
  read(text)
  return text
}

const severity = picklist(['off', 'info', 'warning', 'error'], 'not one of off, info, warning, error')
const someText = string('not a text')
const bytes = text('a size like 34MB', parseBytes)
const count = text('a whole number', (t) => (/^\d{1,15}$/.test(t) ? Number(t) : undefined))
const percent = text('a percentage from 0 to 100', (t) =>
  /^\d+(\.\d+)?%?$/.test(t) && Number.parseFloat(t) <= 100 ? Number.parseFloat(t) : undefined,
)
/** A map of texts; valibot takes a list for a map from numbers. */
const textsBy = (what: string) =>
  pipe(
    custom<Record<string, string>>((value) => !Array.isArray(value), `not a map from ${what}`),
    record(string(), someText, `not a map from ${what}`),
  )

const budgets = {
  'max-size': optional(bytes),
  'max-wasted': optional(bytes),
  'max-wasted-percent': optional(percent),
  'max-layers': optional(count),
}

const settings = {
  builder: optional(text('a builder', checked(chooseBuilder))),
  'size-model': optional(picklist(sizeModels, `not one of ${sizeModels.join(', ')}`)),
  bases: optional(textsBy('image names to subjects')),
  contexts: optional(textsBy('names to folders')),
  'build-args': optional(textsBy('names to values')),
  target: optional(someText),
  platform: optional(text('a platform', checked(parsePlatform))),
  sizes: optional(record(string(), bytes, 'not a map from addresses to sizes')),
  budgets: optional(strictObject(budgets, 'not a map of budgets')),
  rules: optional(
    record(
      text('a rule', (t) => (rulesNamed(t, rules).length > 0 ? t : undefined)),
      union([severity, looseObject({ severity: optional(severity) })], 'neither a severity nor a map of settings'),
      'not a map from rules to severities',
    ),
  ),
  'fail-on': optional(picklist(['error', 'warning', 'info', 'never'], 'not one of error, warning, info, never')),
  ignore: optional(array(someText, 'not a list of paths')),
  baseline: optional(someText),
}

/** Names of the settings, and of the budgets among them. */
export const configKeys: readonly string[] = [...Object.keys(settings), 'overrides']
export const budgetKeys: readonly string[] = Object.keys(budgets)

/** What may differ from file to file, and from target to target. */
const overrides = {
  files: optional(array(someText, 'not a list of patterns')),
  targets: optional(array(someText, 'not a list of stages')),
  rules: settings.rules,
  budgets: settings.budgets,
  'fail-on': settings['fail-on'],
}

const shape = strictObject(
  {
    ...settings,
    overrides: optional(array(strictObject(overrides, 'not a map of settings'), 'not a list of overrides')),
  },
  'not a map of settings',
)

/** What one configuration file says. */
export type ConfigFile = Readonly<InferOutput<typeof shape>>

/** Reads the text of one file. Throws UserError that names `file:line:column`, the key, and what would do. */
export function readConfig(content: string, file: string): ConfigFile {
  const yaml = parseYaml(content, 'text')
  const [problem] = yaml.problems
  if (problem) throw new UserError(`${file}:${problem.line}:${problem.column}: not YAML: ${problem.message}`)
  // An empty file, or one of comments only, says nothing.
  if (Array.isArray(yaml.value)) throw new UserError(`${file}:1:1: a list, not a map of settings`)
  const result = shaped(shape, yaml.value === null || yaml.value === '' ? {} : yaml.value)
  if ('value' in result) return result.value
  const { path, message, unknownKey } = result.misfits[0]!
  const { line, column } = yaml.place(path, unknownKey ? 'key' : 'value')
  const where = `${file}:${line}:${column}: `
  if (!unknownKey) throw new UserError(`${where}${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`)
  const key = String(path.at(-1))
  const meant = nearest(key, path.length === 1 ? configKeys : budgetKeys)
  throw new UserError(`${where}unknown key ${path.join('.')}`, meant ? { hint: `did you mean ${meant}?` } : {})
}
