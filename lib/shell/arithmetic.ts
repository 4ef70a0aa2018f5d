/** `$((…))` and `((…))`: integers only. Undefined: not known. Source: POSIX XCU 2.6.4. */
import type { Sum } from './ast.ts'
import { isKnown, unknownText } from './known.ts'
import type { Shell, State } from './state.ts'
import { assign, valueFor } from './state.ts'

const binary: Readonly<Record<string, (a: number, b: number) => number | undefined>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? undefined : Math.trunc(a / b)),
  '%': (a, b) => (b === 0 ? undefined : a % b),
  '**': (a, b) => (b < 0 ? undefined : a ** b),
  '<': (a, b) => Number(a < b),
  '>': (a, b) => Number(a > b),
  '<=': (a, b) => Number(a <= b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<<': (a, b) => (b >= 0 && b < 53 ? a * 2 ** b : undefined),
  '>>': (a, b) => (b >= 0 && b < 53 ? Math.floor(a / 2 ** b) : undefined),
  '&': (a, b) => (small(a, b) ? a & b : undefined),
  '|': (a, b) => (small(a, b) ? a | b : undefined),
  '^': (a, b) => (small(a, b) ? a ^ b : undefined),
  ',': (_, b) => b,
}

const small = (a: number, b: number): boolean => a === (a | 0) && b === (b | 0)

/** The value; variables it assigns are set, to a stand-in where the value is not known. */
export function evaluate(shell: Shell, state: State, sum: Sum, depth = 0): number | undefined {
  if (depth > 100) return undefined
  const value = valueOfSum(shell, state, sum, depth + 1)
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined
}

function valueOfSum(shell: Shell, state: State, sum: Sum, depth: number): number | undefined {
  const part = (s: Sum) => evaluate(shell, state, s, depth)
  switch (sum.kind) {
    case 'word': {
      const text =
        shell.words(state, [{ ...sum.word, parts: [{ kind: 'quotes', parts: sum.word.parts }] }])[0]?.text ?? ''
      return numberOf(state, text.trim(), 0)
    }
    case 'choice': {
      const test = part(sum.test)
      return test === undefined ? undefined : part(test !== 0 ? sum.yes : sum.no)
    }
    case 'unary': {
      const value = part(sum.on)
      const name = nameOf(sum.on)
      if (sum.op === '++' || sum.op === '--') {
        if (name === undefined) return undefined
        const next = value === undefined ? undefined : value + (sum.op === '++' ? 1 : -1)
        store(state, name, next)
        return sum.prefix ? next : value
      }
      if (value === undefined) return undefined
      return sum.op === '-' ? -value : sum.op === '!' ? Number(value === 0) : sum.op === '~' ? -value - 1 : value
    }
    case 'binary': {
      const name = nameOf(sum.left)
      if (/^([-+*/%&|^]|<<|>>)?=$/.test(sum.op) && name !== undefined) {
        const right = part(sum.right)
        const left = sum.op === '=' ? 0 : part(sum.left)
        const by =
          sum.op === '='
            ? right
            : left === undefined || right === undefined
              ? undefined
              : binary[sum.op.slice(0, -1)]?.(left, right)
        store(state, name, by)
        return by
      }
      const left = part(sum.left)
      if (sum.op === '&&' || sum.op === '||') {
        if (left === undefined) return undefined
        if ((left !== 0) === (sum.op === '||')) return Number(left !== 0)
        const right = part(sum.right)
        return right === undefined ? undefined : Number(right !== 0)
      }
      const right = part(sum.right)
      return left === undefined || right === undefined ? undefined : binary[sum.op]?.(left, right)
    }
  }
}

const store = (state: State, name: string, value: number | undefined): void =>
  assign(state, name, value === undefined ? unknownText(name) : String(value))

function nameOf(sum: Sum): string | undefined {
  const part = sum.kind === 'word' ? sum.word.parts[0] : undefined
  return part?.kind === 'text' && /^[A-Za-z_]\w*$/.test(part.text) ? part.text : undefined
}

function numberOf(state: State, text: string, depth: number): number | undefined {
  if (!isKnown(text) || depth > 10) return undefined
  if (text === '') return 0
  if (/^[-+]?(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) {
    const digits = text.replace(/^[-+]/, '')
    const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
    return text.startsWith('-') ? -value : value
  }
  return /^[A-Za-z_]\w*$/.test(text) ? numberOf(state, valueFor(state, text) ?? '', depth + 1) : undefined
}
