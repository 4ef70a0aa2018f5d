/**
 * HCL as `docker buildx bake` files have it: blocks, attributes, and expressions of literals, templates, references,
 * conditions and lists. A value that takes more than that (a function) is undefined. Source: HCL Native Syntax Specification.
 */

/** What an expression gives; undefined: it cannot be told. */
export type HclValue =
  | string
  | number
  | boolean
  | null
  | readonly HclValue[]
  | { readonly [key: string]: HclValue }
  | undefined

/** A name's value; undefined: not known. */
export type Scope = (name: string) => HclValue

export interface HclBlock {
  readonly type: string
  readonly labels: readonly string[]
  readonly body: HclBody
}

export interface HclBody {
  /** Each is worked out when asked, with the names that hold then. */
  readonly attributes: ReadonlyMap<string, (scope: Scope) => HclValue>
  readonly blocks: readonly HclBlock[]
}

type Token = {
  readonly kind: 'name' | 'number' | 'template' | 'mark' | 'line' | 'end'
  readonly text: string
  readonly line: number
}

/** Nesting that no file has. */
const deepest = 100

/** Reads a file; a problem is where it stops being HCL. Never throws. */
export function parseHcl(text: string): HclBody | { readonly problem: string; readonly line: number } {
  try {
    return new Reader([...tokens(text)]).file()
  } catch (error) {
    if (error instanceof Odd) return { problem: error.message, line: error.line }
    throw error
  }
}

class Odd extends Error {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

function* tokens(text: string): Generator<Token> {
  const blank = /[ \t\r\ufeff]+|\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//y
  const name = /[\p{L}_][\p{L}\p{N}_-]*/uy
  const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
  const mark = /\n|==|!=|<=|>=|&&|\|\||\.\.\.|=>|[-+*/%(){}[\]=,.:?!<>]/y
  const heredoc = /<<-?([\p{L}_][\p{L}\p{N}_-]*)\r?\n([\s\S]*?)\n[ \t]*\1(?=\r?\n|$)/uy
  let line = 1
  const at = (pattern: RegExp, from: number): string | undefined => {
    pattern.lastIndex = from
    return pattern.exec(text)?.[0]
  }
  for (let i = 0; i < text.length; ) {
    let found = at(blank, i)
    if (found === undefined && text[i] === '"') {
      const end = closing(text, i + 1)
      if (end < 0) throw new Odd('a text without an end', line)
      yield { kind: 'template', text: text.slice(i + 1, end), line }
      found = text.slice(i, end + 1)
    } else if (found === undefined) {
      const body = at(heredoc, i)
      const word = at(name, i)
      const digits = at(number, i)
      const sign = at(mark, i)
      found = body ?? word ?? digits ?? sign
      if (found === undefined) throw new Odd(`unexpected ${JSON.stringify(text[i])}`, line)
      if (body !== undefined)
        yield { kind: 'template', text: body.slice(body.indexOf('\n') + 1, body.lastIndexOf('\n') + 1), line }
      else if (word !== undefined) yield { kind: 'name', text: word, line }
      else if (digits !== undefined) yield { kind: 'number', text: digits, line }
      else yield { kind: found === '\n' ? 'line' : 'mark', text: found, line }
    }
    line += found.split('\n').length - 1
    i += found.length
  }
  yield { kind: 'end', text: 'the end', line }
}

/** Where the quote stands that ends a template, or -1. */
function closing(text: string, from: number): number {
  let depth = 0
  for (let i = from; i < text.length; i++) {
    const c = text[i]!
    if (c === '\\') i++
    else if (depth === 0 && c === '"') return i
    else if ((c === '$' || c === '%') && text[i + 1] === '{') {
      if (text[i - 1] !== c) depth++
      i++
    } else if (depth > 0 && c === '{') depth++
    else if (depth > 0 && c === '}') depth--
  }
  return -1
}

type Expression = (scope: Scope) => HclValue

class Reader {
  private at = 0
  private depth = 0
  private readonly all: readonly Token[]

  constructor(all: readonly Token[]) {
    this.all = all
  }

  file(): HclBody {
    return this.body('end')
  }

  /** One expression that is the whole text, as in a template. */
  whole(): Expression {
    this.lines()
    const expression = this.expression()
    this.lines()
    if (this.next.kind !== 'end') throw new Odd(`unexpected ${this.next.text}`, this.next.line)
    return expression
  }

  private get next(): Token {
    return this.all[this.at] ?? this.all.at(-1)!
  }

  private take(): Token {
    const token = this.next
    this.at++
    return token
  }

  private is(text: string): boolean {
    return this.next.kind === 'mark' && this.next.text === text
  }

  private want(text: string): void {
    const token = this.take()
    if (token.kind !== 'mark' || token.text !== text)
      throw new Odd(`${text} expected, not ${token.text.trim()}`, token.line)
  }

  private lines(): void {
    while (this.next.kind === 'line') this.at++
  }

  private body(end: 'end' | '}'): HclBody {
    if (++this.depth > deepest) throw new Odd('nested too deeply', this.next.line)
    const attributes = new Map<string, Expression>()
    const blocks: HclBlock[] = []
    for (;;) {
      this.lines()
      if (end === 'end' ? this.next.kind === 'end' : this.is('}')) break
      const token = this.take()
      if (token.kind !== 'name') throw new Odd(`a name expected, not ${token.text.trim()}`, token.line)
      if (this.is('=')) {
        this.at++
        attributes.set(token.text, this.expression())
        continue
      }
      const labels: string[] = []
      while (this.next.kind === 'name' || this.next.kind === 'template') labels.push(this.take().text)
      this.want('{')
      blocks.push({ type: token.text, labels, body: this.body('}') })
      this.want('}')
    }
    this.depth--
    return { attributes, blocks }
  }

  private expression(): Expression {
    if (++this.depth > deepest) throw new Odd('nested too deeply', this.next.line)
    const test = this.binary(0)
    this.depth--
    if (!this.is('?')) return test
    this.at++
    const yes = this.expression()
    this.want(':')
    const no = this.expression()
    return (scope) => {
      const truth = test(scope)
      return typeof truth === 'boolean' ? (truth ? yes(scope) : no(scope)) : undefined
    }
  }

  private binary(level: number): Expression {
    const signs = [['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+', '-'], ['*', '/', '%']][level]
    if (signs === undefined) return this.unary()
    let left = this.binary(level + 1)
    for (let sign = signs.find((one) => this.is(one)); sign !== undefined; sign = signs.find((one) => this.is(one))) {
      this.at++
      const [a, b, op] = [left, this.binary(level + 1), sign]
      left = (scope) => combined(op, a(scope), b(scope))
    }
    return left
  }

  private unary(): Expression {
    if (!this.is('!') && !this.is('-')) return this.trailer(this.primary())
    const negates = this.take().text === '!'
    const of = this.unary()
    return (scope) => {
      const value = of(scope)
      if (negates) return typeof value === 'boolean' ? !value : undefined
      return typeof value === 'number' ? -value : undefined
    }
  }

  private trailer(of: Expression): Expression {
    let value = of
    for (;;) {
      const inner = value
      if (this.is('.')) {
        this.at++
        const key = this.take().text
        value = (scope) => member(inner(scope), key)
      } else if (this.is('[')) {
        this.at++
        const key = this.expression()
        this.want(']')
        value = (scope) => member(inner(scope), key(scope))
      } else return value
    }
  }

  private primary(): Expression {
    const token = this.take()
    if (token.kind === 'template') return template(token)
    if (token.kind === 'number') return () => Number(token.text)
    if (token.kind === 'name') {
      if (token.text === 'true' || token.text === 'false') return () => token.text === 'true'
      if (token.text === 'null') return () => null
      if (!this.is('(')) return (scope) => scope(token.text)
      this.list('(', ')')
      return () => undefined
    }
    if (token.text === '(') {
      this.lines()
      const inner = this.expression()
      this.lines()
      this.want(')')
      return inner
    }
    this.at--
    if (this.is('[')) {
      const items = this.list('[', ']')
      return (scope) => items.map((item) => item(scope))
    }
    if (this.is('{')) return this.object()
    throw new Odd(`a value expected, not ${token.text.trim()}`, token.line)
  }

  private list(open: string, close: string): readonly Expression[] {
    this.want(open)
    const items: Expression[] = []
    for (this.lines(); !this.is(close); this.lines()) {
      items.push(this.expression())
      this.lines()
      if (this.is('...')) this.at++
      if (!this.is(',')) break
      this.at++
    }
    this.want(close)
    return items
  }

  private object(): Expression {
    this.want('{')
    const pairs: (readonly [key: string | Expression, value: Expression])[] = []
    for (this.lines(); !this.is('}'); this.lines()) {
      const bare = this.next.kind === 'name' ? this.take().text : undefined
      const key = bare ?? this.expression()
      if (this.is(':')) this.at++
      else this.want('=')
      pairs.push([key, this.expression()])
      if (this.is(',')) this.at++
    }
    this.want('}')
    return (scope) =>
      Object.fromEntries(
        pairs.map(([key, value]) => [typeof key === 'string' ? key : String(key(scope)), value(scope)]),
      )
  }
}

function combined(op: string, a: HclValue, b: HclValue): HclValue {
  if (a === undefined || b === undefined) return undefined
  if (op === '==' || op === '!=') return (JSON.stringify(a) === JSON.stringify(b)) === (op === '==')
  if (op === '&&' || op === '||') {
    if (typeof a !== 'boolean' || typeof b !== 'boolean') return undefined
    return op === '&&' ? a && b : a || b
  }
  const [x, y] = [Number(a), Number(b)]
  if (Number.isNaN(x) || Number.isNaN(y)) return undefined
  const sums: Readonly<Record<string, HclValue>> = {
    '<': x < y,
    '>': x > y,
    '<=': x <= y,
    '>=': x >= y,
    '+': x + y,
    '-': x - y,
    '*': x * y,
    '/': x / y,
    '%': x % y,
  }
  return sums[op]
}

function member(of: HclValue, key: HclValue): HclValue {
  if (typeof of !== 'object' || of === null || (typeof key !== 'string' && typeof key !== 'number')) return undefined
  return Object.hasOwn(of, key) ? (of as Readonly<Record<string | number, HclValue>>)[key] : undefined
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/** A text with `${…}` in it; one that is nothing else keeps the kind of its value. Directives (`%{`) cannot be told. */
function template({ text }: Token): Expression {
  const parts: (string | Expression)[] = []
  let plain = ''
  for (let i = 0; i < text.length; i++) {
    const two = text.slice(i, i + 2)
    if (text.slice(i, i + 3) === '$${' || text.slice(i, i + 3) === '%%{') {
      plain += text.slice(i + 1, i + 3)
      i += 2
    } else if (two === '${' || two === '%{') {
      let depth = 1
      let end = i + 2
      for (; end < text.length && depth > 0; end++) depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0
      const inner = new Reader([...tokens(text.slice(i + 2, end - 1).replace(/^~|~$/g, ''))])
      parts.push(plain, two === '${' ? inner.whole() : () => undefined)
      plain = ''
      i = end - 1
    } else if (text[i] === '\\' && Object.hasOwn(escapes, text[i + 1] ?? '')) plain += escapes[text[++i]!]
    else plain += text[i]
  }
  parts.push(plain)
  const filled = parts.filter((part) => part !== '')
  if (filled.length === 1 && typeof filled[0] === 'function') return filled[0]
  return (scope) => {
    let result = ''
    for (const part of filled) {
      const value = typeof part === 'string' ? part : part(scope)
      if (value === undefined || value === null || typeof value === 'object') return undefined
      result += String(value)
    }
    return result
  }
}
