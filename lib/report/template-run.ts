/** Fills in a template that template.ts has read. Source: documentation of Go's package text/template; docker's functions. */
import { byteLength, cutBytes, toBytes } from './bytes.ts'
import { isFields, isList, json, print, sprint, sprintf, sprintln, typeName, type Value, widest } from './go-format.ts'
import { type Operand, type Part, type Pipe, parseTemplate, refuse } from './template.ts'

/** What a function does with its arguments, the value piped in last. */
export type TemplateFunction = (values: readonly Value[]) => Value

export type Functions = Readonly<Record<string, TemplateFunction>>

/**
 * Prints `dot` through a template. What the template computes goes through `show` before it is written, its own text does
 * not. `partial` gets what was written before something went wrong. Throws UserError.
 */
export function runTemplate(
  parts: readonly Part[],
  dot: Value,
  functions: Functions,
  show: (text: string) => string,
  partial: string[] = [],
): string {
  run(parts, dot, {
    functions,
    show,
    variables: [{ name: '$', value: dot }],
    output: partial,
    steps: { left: 1_000_000 },
  })
  return partial.join('')
}

/** Reads a template that may call docker's functions. Throws UserError. */
export const readTemplate = (text: string): readonly Part[] => parseTemplate(text, names)

interface Run {
  readonly functions: Functions
  readonly show: (text: string) => string
  readonly variables: { readonly name: string; value: Value }[]
  readonly output: string[]
  /** Nested loops over long texts end. */
  readonly steps: { left: number }
}

/** True: a break or continue is on its way to its loop. */
type Stop = 'break' | 'continue' | undefined

function run(parts: readonly Part[], dot: Value, state: Run): Stop {
  for (const part of parts) {
    if (state.steps.left-- <= 0) throw refuse('the template takes too long')
    if (part.is === 'break' || part.is === 'continue') return part.is
    if (part.is === 'text') state.output.push(part.text)
    else if (part.is === 'print') {
      const value = evaluate(part.pipe, dot, state)
      if (part.pipe.variables.length === 0) state.output.push(state.show(print(value)))
    } else {
      const known = state.variables.length
      const stop = part.is === 'range' ? loop(part, dot, state) : branch(part, dot, state)
      state.variables.length = known
      if (stop !== undefined) return stop
    }
  }
  return undefined
}

type Block = Extract<Part, { readonly is: 'if' | 'with' | 'range' }>

function branch(part: Block, dot: Value, state: Run): Stop {
  const value = evaluate(part.pipe, dot, state)
  if (!isTrue(value)) return run(part.else, dot, state)
  return run(part.then, part.is === 'with' ? value : dot, state)
}

function loop({ pipe, then, else: otherwise }: Block, dot: Value, state: Run): Stop {
  const value = evaluate({ ...pipe, variables: [] }, dot, state)
  if (value !== null && !isList(value)) throw refuse(`range cannot go over ${typeName(value)}`)
  const known = state.variables.length
  for (const [index, one] of (value ?? []).entries()) {
    const bound = pipe.variables.length === 2 ? [index, one] : [one]
    for (const [at, name] of pipe.variables.entries()) bind(name, bound[at]!, pipe.sets, state)
    const stop = run(then, one, state)
    state.variables.length = known
    if (stop === 'break') break
  }
  return value === null || value.length === 0 ? run(otherwise, dot, state) : undefined
}

function bind(name: string, value: Value, sets: boolean, { variables }: Run): void {
  const old = sets ? variables.findLast((variable) => variable.name === name) : undefined
  if (old === undefined) variables.push({ name, value })
  else old.value = value
}

function evaluate({ variables, sets, commands }: Pipe, dot: Value, state: Run): Value {
  let value: Value | undefined
  for (const command of commands) value = invoke(command, value, dot, state)
  for (const name of variables) bind(name, value!, sets, state)
  return value!
}

function invoke([first, ...rest]: readonly Operand[], piped: Value | undefined, dot: Value, state: Run): Value {
  const given = (): readonly Value[] => [
    ...rest.map((operand) => compute(operand, dot, state)),
    ...(piped === undefined ? [] : [piped]),
  ]
  if (first!.is !== 'call') {
    if (rest.length > 0 || piped !== undefined) throw refuse(`${describe(first!)} takes no arguments`)
    return compute(first!, dot, state)
  }
  // These two stop at the first value that decides.
  if (first!.name === 'and' || first!.name === 'or') {
    let value: Value | undefined
    for (const operand of rest) {
      value = compute(operand, dot, state)
      if (isTrue(value) === (first!.name === 'or')) return value
    }
    value = piped ?? value
    if (value === undefined) throw refuse(`${first!.name} needs a value`)
    return value
  }
  return state.functions[first!.name]!(given())
}

function compute(operand: Operand, dot: Value, state: Run): Value {
  if (state.steps.left-- <= 0) throw refuse('the template takes too long')
  switch (operand.is) {
    case 'dot':
      return dot
    case 'literal':
      return operand.value
    case 'variable':
      return state.variables.findLast(({ name }) => name === operand.name)!.value
    case 'call':
      return invoke([operand], undefined, dot, state)
    case 'pipe':
      return evaluate(operand.pipe, dot, state)
    case 'field': {
      const of = compute(operand.of, dot, state)
      if (!isFields(of)) throw refuse(`${typeName(of)} has no field .${operand.name}`)
      const value = of.get(operand.name)
      if (value !== undefined) return value
      throw refuse(`there is no field .${operand.name}; there are ${of.names.map((name) => `.${name}`).join(' ')}`)
    }
  }
}

const describe = (operand: Operand): string =>
  operand.is === 'field' ? `.${operand.name}` : operand.is === 'literal' ? json(operand.value) : 'a value'

const isTrue = (value: Value): boolean =>
  isFields(value) ||
  (isList(value) ? value.length > 0 : value !== null && value !== '' && value !== 0 && value !== false)

// ---- functions ------------------------------------------------------------------------------------

/** Checks what a function is given: `s` text, `n` number, `l` list, `a` anything; `*` after one: any number of them. */
function takes(name: string, kinds: string, values: readonly Value[]): void {
  const many = kinds.endsWith('*')
  const wanted = many ? kinds.slice(0, -2) : kinds
  if (many ? values.length < wanted.length : values.length !== wanted.length) {
    throw refuse(
      `${name} takes ${many ? `${wanted.length} or more values` : wanted.length === 1 ? 'one value' : `${wanted.length} values`}, not ${values.length}`,
    )
  }
  const words: Readonly<Record<string, string>> = { s: 'a text', n: 'a number', l: 'a list' }
  for (const [index, kind] of [...wanted].entries()) {
    const word = words[kind]
    if (word !== undefined && typeName(values[index]!) !== word)
      throw refuse(`${name} wants ${word}, not ${typeName(values[index]!)}`)
  }
}

const checked =
  (name: string, kinds: string, does: (...values: never[]) => Value): TemplateFunction =>
  (values) => {
    takes(name, kinds, values)
    return does(...(values as never[]))
  }

const define = (
  table: Readonly<Record<string, readonly [kinds: string, does: (...values: never[]) => Value]>>,
): Functions =>
  Object.fromEntries(Object.entries(table).map(([name, [kinds, does]]) => [name, checked(name, kinds, does)]))

/** Each character to its one counterpart; those with a longer one (`ß`) stay. */
const convert = (text: string, to: (character: string) => string): string =>
  text.replace(/./gsu, (one) => {
    const other = to(one)
    return [...other].length === 1 ? other : one
  })

const upper = (text: string): string => convert(text, (one) => one.toUpperCase())

/** Upper case for the first letter of each word. */
const title = (text: string): string =>
  text.replace(/(^|[^\p{L}\p{N}_])(\p{L})/gu, (all, before: string, letter: string) =>
    // Beyond ASCII only blanks part words.
    before.length > 0 && before > '\x7f' && !/\s/u.test(before) ? all : before + upper(letter),
  )

const room = (count: number): string => {
  if (!(count >= 0 && count <= widest)) throw refuse(`${count} blanks in pad`)
  return ' '.repeat(count)
}

const order = (a: Value, b: Value): number => {
  if (typeName(a) !== typeName(b) || (typeof a !== 'string' && typeof a !== 'number')) {
    throw refuse(`${typeName(a)} and ${typeName(b)} cannot be compared`)
  }
  if (typeof a === 'number') return a - (b as number)
  return Buffer.compare(toBytes(a), toBytes(b as string))
}

const same = (a: Value, b: Value): boolean => {
  if (isList(a) || isFields(a) || typeName(a) !== typeName(b))
    throw refuse(`${typeName(a)} and ${typeName(b)} cannot be compared`)
  return a === b
}

const inside = (name: string, at: number, length: number): number => {
  if (!Number.isInteger(at) || at < 0 || at > length) throw refuse(`${name}: ${at} is out of range`)
  return at
}

function element(of: Value, keys: readonly Value[]): Value {
  let value = of
  for (const key of keys) {
    if (isFields(value) && typeof key === 'string') value = value.get(key) ?? null
    else if (isList(value) && typeof key === 'number') value = value[inside('index', key, value.length - 1)]!
    else if (typeof value === 'string' && typeof key === 'number') {
      const bytes = toBytes(value)
      value = bytes[inside('index', key, bytes.length - 1)]!
    } else throw refuse(`index cannot take ${typeName(key)} of ${typeName(value)}`)
  }
  return value
}

function slice(of: Value, ends: readonly Value[]): Value {
  if (ends.length > 2 || ends.some((end) => typeof end !== 'number')) throw refuse('slice takes at most two numbers')
  if (typeof of !== 'string' && !isList(of)) throw refuse(`slice cannot cut ${typeName(of)}`)
  const length = typeof of === 'string' ? byteLength(of) : of.length
  const to = inside('slice', (ends[1] as number | undefined) ?? length, length)
  const from = inside('slice', (ends[0] as number | undefined) ?? 0, to)
  return typeof of === 'string' ? cutBytes(of, from, to) : of.slice(from, to)
}

/** Go's own functions, and those of docker and podman. */
export const basicFunctions: Functions = {
  ...define({
    json: ['a', (value: Value) => json(value)],
    split: ['ss', (text: string, by: string) => (by === '' ? [...text] : text.split(by))],
    join: ['ls', (list: readonly Value[], by: string) => list.map(print).join(by)],
    title: ['s', title],
    lower: ['s', (text: string) => convert(text, (one) => one.toLowerCase())],
    upper: ['s', upper],
    pad: [
      'snn',
      (text: string, before: number, after: number) => (text === '' ? '' : room(before) + text + room(after)),
    ],
    truncate: [
      'sn',
      (text: string, length: number) =>
        byteLength(text) < length ? text : cutBytes(text, 0, inside('truncate', length, byteLength(text))),
    ],
    not: ['a', (value: Value) => !isTrue(value)],
    len: [
      'a',
      (value: Value) => {
        if (typeof value === 'string') return byteLength(value)
        if (isList(value)) return value.length
        throw refuse(`${typeName(value)} has no length`)
      },
    ],
    index: ['aa*', (value: Value, ...keys: readonly Value[]) => element(value, keys)],
    slice: ['aa*', (value: Value, ...ends: readonly Value[]) => slice(value, ends)],
    eq: ['aaa*', (value: Value, ...others: readonly Value[]) => others.some((other) => same(value, other))],
    ne: ['aa', (a: Value, b: Value) => !same(a, b)],
    lt: ['aa', (a: Value, b: Value) => order(a, b) < 0],
    le: ['aa', (a: Value, b: Value) => order(a, b) <= 0],
    gt: ['aa', (a: Value, b: Value) => order(a, b) > 0],
    ge: ['aa', (a: Value, b: Value) => order(a, b) >= 0],
    print: ['a*', (...values: readonly Value[]) => sprint(values)],
    println: ['a*', (...values: readonly Value[]) => sprintln(values)],
    printf: ['sa*', (format: string, ...values: readonly Value[]) => sprintf(format, values)],
  }),
}

/** What docker calls instead while it prints the headers of a table: they stay as they are. */
export const headerFunctions: Functions = {
  ...basicFunctions,
  ...define({
    json: ['s', (text: string) => text],
    split: ['ss', (text: string) => text],
    join: ['ss', (text: string) => text],
    title: ['s', (text: string) => text],
    lower: ['s', (text: string) => text],
    upper: ['s', (text: string) => text],
    truncate: ['sn', (text: string) => text],
  }),
}

const names: ReadonlySet<string> = new Set([...Object.keys(basicFunctions), 'and', 'or'])
