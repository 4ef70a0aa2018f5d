/** `test`, `[` and `[[`: is it true, false, or can nobody say? Source: POSIX XCU test. */
import { isKnown, knownBytes } from './known.ts'
import { absolute } from './paths.ts'
import { matches } from './pattern.ts'
import type { View } from './state.ts'

export type Truth = 'yes' | 'no' | 'unknown'

/** The other way round. */
export const not = (truth: Truth): Truth => (truth === 'yes' ? 'no' : truth === 'no' ? 'yes' : 'unknown')

/** All of them. */
export const both = (a: Truth, b: Truth): Truth =>
  a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'unknown'

const truth = (value: boolean): Truth => (value ? 'yes' : 'no')

/** Operands of `test`, without the closing bracket. */
export function testArgs(args: readonly string[], view: View, cwd: string): Truth {
  const rest = [...args]
  let depth = 0
  const any = (): Truth => {
    let value = all()
    while (rest[0] === '-o' && rest.length > 1) {
      rest.shift()
      value = not(both(not(value), not(all())))
    }
    return value
  }
  const all = (): Truth => {
    let value = one()
    while (rest[0] === '-a' && rest.length > 1) {
      rest.shift()
      value = both(value, one())
    }
    return value
  }
  const one = (): Truth => {
    if (rest.length === 0 || ++depth > 200) return 'no'
    if (rest.length >= 3 && isBinary(rest[1]!)) {
      const [left, op, right] = rest.splice(0, 3)
      return compare(op!, left!, right!, view, cwd, false)
    }
    if (rest[0] === '!' && rest.length > 1) {
      rest.shift()
      return not(one())
    }
    if (rest[0] === '(' && rest.length > 2) {
      rest.shift()
      const value = any()
      if (rest.at(0) === ')') rest.shift()
      return value
    }
    if (/^-[a-zA-Z]$/.test(rest[0]!) && rest.length >= 2) {
      const [op, operand] = rest.splice(0, 2)
      return ask(op!, operand!, view, cwd)
    }
    return filled(rest.shift()!)
  }
  const value = any()
  return rest.length > 0 ? 'unknown' : value
}

const binaries = new Set([
  '=',
  '==',
  '!=',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '<',
  '>',
  '-nt',
  '-ot',
  '-ef',
  '=~',
])
const isBinary = (op: string): boolean => binaries.has(op)

const filled = (text: string): Truth => (knownBytes(text) > 0 ? 'yes' : isKnown(text) ? 'no' : 'unknown')

/** `-f x`, `-n x` and the others with one operand. */
export function ask(op: string, operand: string, view: View, cwd: string): Truth {
  if (op === '-n') return filled(operand)
  if (op === '-z') return not(filled(operand))
  // Nobody sits before a build.
  if (op === '-t' && /^\d$/.test(operand)) return 'no'
  if (!'abcdefghLkprsuwxSGON'.includes(op.slice(1)) || operand === '') return operand === '' ? 'no' : 'unknown'
  if (op === '-O' || op === '-G' || op === '-N')
    return view.presence(absolute(operand, cwd)) === 'no' ? 'no' : 'unknown'
  const path = absolute(operand, cwd)
  const link = op === '-L' || op === '-h'
  const there = view.presence(path)
  if (there === 'no') return 'no'
  const kind = link ? view.ownKind(path) : view.kind(path)
  if (kind === undefined) return 'unknown'
  const sure = there === 'yes'
  const say = (value: boolean): Truth => (!value ? 'no' : sure ? 'yes' : 'unknown')
  switch (op) {
    case '-e':
    case '-a':
      return say(true)
    case '-f':
      return say(kind === 'file')
    case '-d':
      return say(kind === 'dir')
    case '-L':
    case '-h':
      return say(kind === 'symlink')
    case '-s': {
      const bytes = view.bytes(path)
      return kind === 'dir' ? say(true) : bytes === undefined ? 'unknown' : say(bytes > 0)
    }
    case '-r':
    case '-w':
      return sure ? 'yes' : 'unknown'
    case '-x': {
      const mode = view.mode(path)
      return kind === 'dir' ? say(true) : mode === undefined ? 'unknown' : say((mode & 0o111) !== 0)
    }
    default:
      return kind === 'file' || kind === 'dir' ? 'no' : 'unknown'
  }
}

/** `a = b` and the others with two operands; in `[[` the right side is a pattern. */
export function compare(op: string, left: string, right: string, view: View, cwd: string, pattern: boolean): Truth {
  if (op === '=' || op === '==' || op === '!=') {
    const same = pattern ? fits(right, left) : equal(left, right)
    return op === '!=' ? not(same) : same
  }
  if (op === '-nt' || op === '-ot' || op === '-ef' || !isKnown(left) || !isKnown(right)) {
    if (op === '-ef' && isKnown(left) && absolute(left, cwd) === absolute(right, cwd))
      return view.presence(absolute(left, cwd)) === 'yes' ? 'yes' : 'unknown'
    return 'unknown'
  }
  if (op === '<' || op === '>') return truth(op === '<' ? left < right : left > right)
  const [a, b] = [Number(left.trim()), Number(right.trim())]
  if (!Number.isInteger(a) || !Number.isInteger(b)) return op === '=~' ? 'unknown' : 'no'
  switch (op) {
    case '-eq':
      return truth(a === b)
    case '-ne':
      return truth(a !== b)
    case '-lt':
      return truth(a < b)
    case '-le':
      return truth(a <= b)
    case '-gt':
      return truth(a > b)
    case '-ge':
      return truth(a >= b)
    default:
      return 'unknown'
  }
}

/** Equal texts, as far as one can tell with stand-ins in them. */
export function equal(left: string, right: string): Truth {
  if (left === right) return 'yes'
  if (isKnown(left) && isKnown(right)) return 'no'
  const [known, open] = isKnown(left) ? [left, right] : [right, left]
  if (!isKnown(known)) return 'unknown'
  const pieces = open.split(/\ufdd0[^\ufdd1]*\ufdd1/)
  return known.startsWith(pieces[0]!) && known.endsWith(pieces.at(-1)!) ? 'unknown' : 'no'
}

/** Does a text fit a pattern, as far as one can tell? */
export function fits(pattern: string, text: string): Truth {
  if (pattern === '*') return 'yes'
  if (!isKnown(pattern) || /[@?*+!]\(/.test(pattern)) return 'unknown'
  if (isKnown(text)) return truth(text.length < 10_000 && matches(pattern, text))
  return matches(pattern, text) ? 'yes' : 'unknown'
}
