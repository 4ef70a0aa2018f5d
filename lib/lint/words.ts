/** What an instruction or a command says, in words: its texts, its operands, what it copies and where to. */
import type { Copy } from '../dockerfile/operands.ts'
import { absolute } from '../shell/paths.ts'
import type { StepFacts } from './facts.ts'

/** Anything that has an instruction: a step, or one of a stage that is not built. */
type Instructed = Pick<StepFacts, 'instruction'>

/** The texts of an instruction: its operands, then its here-documents. */
export const textsOf = ({ instruction: { text, heredocs } }: Instructed): readonly string[] => [
  text,
  ...heredocs.map(({ body }) => body),
]

/** All of its texts as one, a line feed between two. */
export const wholeText = (one: Instructed): string => textsOf(one).join('\n')

/** What COPY or ADD says, and the absolute path that its destination stands for; undefined: it is neither. */
export function copyOf({ step: { operands, before } }: StepFacts): (Copy & { readonly path: string }) | undefined {
  if (operands.keyword !== 'COPY' && operands.keyword !== 'ADD') return undefined
  return { ...operands, path: absolute(operands.destination, before.workdir || '/') }
}

/** Those of some words that are no options; `valued`: options that take the word behind them, which is left out too. */
export const operandsIn = (words: readonly string[], valued?: RegExp): readonly string[] =>
  words.filter((word, i) => !word.startsWith('-') && valued?.test(words[i - 1] ?? '') !== true)
