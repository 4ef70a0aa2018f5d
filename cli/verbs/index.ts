/** The verbs: one line each. Adding one is a line here, a file beside this one, and its options in `../flags.ts`. */
import type { Options } from '../options.ts'
import type { World } from '../world.ts'

/** What a verb's file exports as `verb`. */
export interface Verb {
  /** Command lines and what they show, for the help. */
  readonly examples: readonly (readonly [command: string, says: string])[]
  /** Does it, and gives the exit code: 0, 1 or 2. */
  readonly run: (options: Options, world: World) => Promise<number>
}

/** What can be said of a verb without loading it. */
export interface VerbLine {
  readonly name: string
  /** Its arguments, for the help. */
  readonly takes: string
  readonly says: string
  /** Groups of options in `flags.ts` it has besides the common ones. */
  readonly groups: readonly string[]
  /** What `--format` may be; absent: it has none. */
  readonly format?: {
    /** For the help. */
    readonly says: string
    /** All there are; absent: the verb looks itself. */
    readonly names?: readonly string[]
  }
  readonly load: () => Promise<{ readonly verb: Verb }>
}

/** A text for people, or one document. */
const tableOrJson = { says: 'table or json', names: ['table', 'json'] }

export const verbs: readonly VerbLine[] = [
  {
    name: 'history',
    takes: 'SUBJECT',
    says: 'the history table, predicted or actual, as docker image history prints it',
    groups: ['history', 'human', 'dockerfile', 'prediction'],
    format: { says: "table, json, or a template: '{{.CreatedBy}}'" },
    load: () => import('./history.ts'),
  },
  {
    name: 'lint',
    takes: '[PATH…]',
    says: 'what a Dockerfile ships for nothing, in the line where it happens, and what to write instead',
    groups: ['lint', 'stages', 'budgets', 'dockerfile', 'prediction'],
    format: {
      says: 'pretty (on a terminal), compact, github (in a workflow), gitlab, sarif, json, jsonl, checkstyle, junit or markdown; F=FILE writes it there',
    },
    load: () => import('./lint.ts'),
  },
  {
    name: 'rules',
    takes: '[ID]',
    says: 'the rules of lint; one rule explained, with an example and its fix',
    groups: [],
    format: tableOrJson,
    load: () => import('./rules.ts'),
  },
  {
    name: 'waste',
    takes: 'SUBJECT',
    says: 'bytes in the layers that nobody sees: which row wrote them, which row hid them',
    groups: ['waste', 'stages', 'image', 'human', 'budgets', 'dockerfile', 'prediction'],
    format: tableOrJson,
    load: () => import('./waste.ts'),
  },
  {
    name: 'files',
    takes: 'SUBJECT [PATH]',
    says: 'the files of an image, of one layer, or the life of one path',
    groups: ['files', 'image', 'human', 'dockerfile', 'prediction'],
    format: tableOrJson,
    load: () => import('./files.ts'),
  },
  {
    name: 'compare',
    takes: 'A B…',
    says: 'rows, configuration, files and layers that differ, and what a pull of B costs',
    groups: ['compare', 'image', 'human', 'dockerfile', 'prediction'],
    format: tableOrJson,
    load: () => import('./compare.ts'),
  },
  {
    name: 'squash',
    takes: 'IMAGE -o OUT',
    says: 'the same files in one layer, or in one from a row on',
    groups: ['squash', 'human', 'dockerfile', 'prediction'],
    format: tableOrJson,
    load: () => import('./squash.ts'),
  },
  {
    name: 'base',
    takes: 'SUBJECT [-o FILE.json]',
    says: 'all that a Dockerfile built on an image has to know of it, for --base',
    groups: ['dockerfile', 'prediction'],
    format: { says: 'json, which it is anyway', names: ['json'] },
    load: () => import('./base.ts'),
  },
  {
    name: 'init',
    takes: '[config] [pre-commit] [github] [gitlab]',
    says: 'write a commented configuration, a pre-commit entry, a CI job',
    groups: [],
    load: () => import('./init.ts'),
  },
]
