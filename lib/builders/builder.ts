/** What a builder's table says of one step: the text of its row, and whether it stores a layer. */
import type { Keyword } from '../dockerfile/operands.ts'
import type { Setting, Step } from '../dockerfile/step.ts'
import type { Traits } from '../traits.ts'

/** One row before sizes are known. */
export interface Written {
  /** Undefined: nobody can predict it. */
  readonly text: string | undefined
  /** `if changed`: a layer only where the file system changes. */
  readonly kind: 'layer' | 'metadata' | 'if changed'
}

/** What a row's text takes besides the step. */
export interface Facts {
  readonly traits: Traits
  /** COPY and ADD of classic and Buildah: `file:…`, `dir:…`, `multi:…`; undefined: cannot be computed. */
  readonly hash: string | undefined
}

/** The operands among `O` whose keyword may be `K`. */
type Having<O, K> = O extends { readonly keyword: infer W } ? (K extends W ? O : never) : never

/** The step of one keyword, with its operands' type. */
export type StepOf<K extends Keyword> = Step & { readonly operands: Having<Step['operands'], K> }

/** One entry per keyword; null: the instruction leaves no row. */
export type Table = {
  readonly [K in Exclude<Keyword, 'FROM'>]: (step: StepOf<K>, facts: Facts) => Written | null
}

export const metadata = (text: string | undefined): Written => ({ text, kind: 'metadata' })
export const layer = (text: string | undefined): Written => ({ text, kind: 'layer' })
export const ifChanged = (text: string | undefined): Written => ({ text, kind: 'if changed' })

/** Asks the table for a step's row. */
export function writeRow(table: Table, step: Step, facts: Facts): Written | null {
  const write = table[step.operands.keyword as keyof Table] as (step: Step, facts: Facts) => Written | null
  return write(step, facts)
}

/** `K=V K=V` */
export const pairTexts = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([key, value]) => `${key}=${value}`).join(' ')

/** The words a shell-form command is run with, the text last; of a JSON array its members. */
export const commandWords = (
  command: { readonly shell: boolean; readonly words: readonly string[] },
  shell: readonly string[],
): readonly string[] => (command.shell ? [...shell, command.words.join(' ')] : command.words)

/** Shell words and the text, joined by blanks: how RUN rows show a command. */
export const commandText = (
  command: { readonly shell: boolean; readonly words: readonly string[] },
  setting: Setting,
): string => commandWords(command, setting.shell).join(' ')

/** Texts in byte order, as Go sorts them. */
export const byBytes = (texts: readonly string[]): readonly string[] =>
  [...texts].sort((a, b) => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b))))
