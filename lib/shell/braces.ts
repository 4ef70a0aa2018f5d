/** Brace expansion: `a{b,c}` and `{1..3}`, which come before all other expansions. Source: bash manual, 3.5.1. */
import type { Part } from './ast.ts'

const mostParts = 1_000_000
const mostDepth = 20

/** The words that a word with braces stands for, each in parts. Undefined: more than `most`, or nested too deep. */
export function braced(
  parts: readonly Part[],
  bash: boolean,
  most: number,
  depth = 0,
): readonly (readonly Part[])[] | undefined {
  if (!parts.some(({ kind }) => kind === 'braces')) return [parts]
  let all: Part[][] = [[]]
  for (const part of parts) {
    if (part.kind !== 'braces' || !bash || part.options === undefined) {
      const plain: Part = part.kind === 'braces' ? { kind: 'text', text: part.text, quoted: true } : part
      for (const one of all) one.push(plain)
      continue
    }
    const middles = middlesOf(part, most, depth)
    const many = middles === undefined ? Number.POSITIVE_INFINITY : all.length * middles.length
    if (middles === undefined || many > most || many * parts.length > mostParts) return undefined
    all = all.flatMap((before) => middles.map((middle) => [...before, ...middle]))
  }
  return all
}

function middlesOf(
  { options = [] }: Part & { kind: 'braces' },
  most: number,
  depth: number,
): readonly (readonly Part[])[] | undefined {
  if (options === 'many' || depth === mostDepth) return undefined
  const all: (readonly Part[])[] = []
  for (const { parts } of options) {
    const found = braced(parts, true, most, depth + 1)
    if (found === undefined || all.length + found.length > most) return undefined
    for (const one of found) all.push(one)
  }
  return all
}
