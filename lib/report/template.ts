/**
 * Templates in the language of Go's text/template, as far as `--format` needs it: text, fields, literals, variables,
 * pipes, functions, if, with, range. Here they are read; template-run.ts fills them in.
 * Source: documentation of Go's package text/template.
 */
import { UserError } from '../error.ts'

/** Something that has a value. `call` takes the name of a function. */
export type Operand =
  | { readonly is: 'dot' }
  | { readonly is: 'literal'; readonly value: string | number | boolean | null }
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'call'; readonly name: string }
  | { readonly is: 'pipe'; readonly pipe: Pipe }
  | { readonly is: 'field'; readonly of: Operand; readonly name: string }

/** Commands joined by `|`, each a list of operands; `$x :=` in front binds, `$x =` sets. */
export interface Pipe {
  readonly variables: readonly string[]
  readonly sets: boolean
  readonly commands: readonly (readonly Operand[])[]
}

export type Part =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'print'; readonly pipe: Pipe }
  | {
      readonly is: 'if' | 'with' | 'range'
      readonly pipe: Pipe
      readonly then: readonly Part[]
      readonly else: readonly Part[]
    }
  | { readonly is: 'break' }
  | { readonly is: 'continue' }

/** Says no to a template, in words for the one who typed it. */
export const refuse = (message: string): UserError =>
  new UserError(`--format: ${message}`, { hint: "for example --format 'table {{.ID}}\\t{{.CreatedBy}}\\t{{.Size}}'" })

/** Reads a template. `functions`: the names that may be called. Throws UserError. */
export function parseTemplate(text: string, functions: ReadonlySet<string>): readonly Part[] {
  const parser = new Parser(pieces(text), functions)
  const parts = parser.parts(0)
  if (parser.end !== undefined) throw refuse(`{{${parser.end}}} without an if, with or range before it`)
  return parts
}

// ---- text and actions -----------------------------------------------------------------------------

type Token = {
  readonly is: 'field' | 'variable' | 'word' | 'literal' | 'mark'
  readonly text: string
  readonly value?: string | number
  /** Follows the token before it without a blank. */
  readonly glued: boolean
}

type Piece = string | readonly Token[]

const token =
  /(?<field>\.[\p{L}_][\p{L}\p{N}_]*)|(?<variable>\$[\p{L}\p{N}_]*)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<char>'(?:[^'\\\n]|\\.[^']*)')|(?<number>[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))|(?<mark>:=|[=|(),.])/uy

/** Texts and actions in turn, the blanks that `{{-` and `-}}` take away already gone; comments left out. */
function pieces(text: string): readonly Piece[] {
  const found: Piece[] = []
  let [at, trim] = [0, false]
  for (;;) {
    const open = text.indexOf('{{', at)
    const before = text.slice(at, open < 0 ? undefined : open)
    const trimsBefore = open >= 0 && /^-[ \t\r\n]/.test(text.slice(open + 2, open + 4))
    const left = trim ? before.replace(/^[ \t\r\n]+/, '') : before
    found.push(trimsBefore ? trimEnd(left) : left)
    if (open < 0) return found
    const inside = open + 2 + (trimsBefore ? 2 : 0)
    const action = text.startsWith('/*', inside) ? comment(text, inside) : tokens(text, inside)
    if (action.tokens !== undefined) found.push(action.tokens)
    at = action.end
    trim = action.trims
  }
}

/** Without regular expressions: `\s+$` is slow on long runs of blanks. */
function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && ' \t\r\n'.includes(text[end - 1]!)) end--
  return text.slice(0, end)
}

interface Action {
  readonly tokens?: readonly Token[]
  readonly end: number
  /** The blanks after it go. */
  readonly trims: boolean
}

function comment(text: string, start: number): Action {
  const close = text.indexOf('*/', start)
  const rest = close < 0 ? null : /^(?:[ \t\r\n]+-)?}}/.exec(text.slice(close + 2, close + 2 + 99))
  if (rest === null) throw refuse('a comment does not end')
  return { end: close + 2 + rest[0].length, trims: rest[0].includes('-') }
}

function tokens(text: string, start: number): Action {
  const found: Token[] = []
  let at = start
  let glued = false
  for (;;) {
    const blank = at
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++
    if (at > blank) glued = false
    if (at > blank && text.startsWith('-}}', at)) return { tokens: found, end: at + 3, trims: true }
    if (text.startsWith('}}', at)) return { tokens: found, end: at + 2, trims: false }
    if (at >= text.length) throw refuse('{{ without }}')
    token.lastIndex = at
    const match = token.exec(text)
    if (match === null) throw refuse(`unexpected ${JSON.stringify([...text.slice(at, at + 2)][0])} in an action`)
    found.push({ ...classify(match[0], match.groups!), glued })
    at += match[0].length
    glued = true
  }
}

function classify(text: string, groups: Readonly<Record<string, string | undefined>>): Omit<Token, 'glued'> {
  if (groups.string !== undefined) return { is: 'literal', text, value: unquote(text) }
  if (groups.char !== undefined) {
    const characters = [...unquote(text)]
    if (characters.length !== 1) throw refuse(`${text} is not one character`)
    return { is: 'literal', text, value: characters[0]!.codePointAt(0)! }
  }
  if (groups.number !== undefined) {
    const digits = text.replaceAll('_', '')
    const sign = digits.startsWith('-') ? -1 : 1
    const value = sign * Number(digits.replace(/^[+-]/, '').replace(/^0(?=\d+$)/, '0o'))
    if (Number.isNaN(value)) throw refuse(`${text} is not a number`)
    return { is: 'literal', text, value }
  }
  const is =
    groups.field !== undefined
      ? 'field'
      : groups.variable !== undefined
        ? 'variable'
        : groups.word !== undefined
          ? 'word'
          : 'mark'
  return { is, text }
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The text of a literal in Go's quotes. */
function unquote(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1).replaceAll('\r', '')
  return literal
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gu,
      (all, x, u, long, octal, one) => {
        const code = octal === undefined ? Number.parseInt(x ?? u ?? long ?? '', 16) : Number.parseInt(octal, 8)
        if (code <= 0x10ffff) return String.fromCodePoint(code)
        if (one !== undefined && (escapes[one] !== undefined || `\\'"`.includes(one))) return escapes[one] ?? one
        throw refuse(`${all} is no escape`)
      },
    )
}

// ---- structure ------------------------------------------------------------------------------------

/** Deep enough for anybody; the stack holds more. */
const deepest = 100

class Parser {
  /** The `end` or `else` that stopped `parts`; undefined: the text is over. */
  end: string | undefined
  readonly #pieces: readonly Piece[]
  readonly #functions: ReadonlySet<string>
  #next = 0
  #tokens: readonly Token[] = []
  #at = 0
  #loops = 0
  #variables: string[] = ['$']

  constructor(pieces: readonly Piece[], functions: ReadonlySet<string>) {
    this.#pieces = pieces
    this.#functions = functions
  }

  parts(depth: number): readonly Part[] {
    if (depth > deepest) throw refuse('too deeply nested')
    const found: Part[] = []
    this.end = undefined
    while (this.#next < this.#pieces.length) {
      const piece = this.#pieces[this.#next++]!
      if (typeof piece === 'string') {
        if (piece !== '') found.push({ is: 'text', text: piece })
        continue
      }
      this.#tokens = piece
      this.#at = 0
      const word = piece[0]?.is === 'word' ? piece[0].text : ''
      if (word === 'end' || word === 'else') {
        this.end = word
        this.#at = 1
        return found
      }
      if (word === 'if' || word === 'with' || word === 'range') found.push(this.#block(word, depth))
      else if (word === 'break' || word === 'continue') {
        if (this.#loops === 0) throw refuse(`{{${word}}} outside a range`)
        found.push({ is: word })
      } else if (['define', 'template', 'block'].includes(word)) throw refuse(`{{${word}}} is not supported here`)
      else found.push({ is: 'print', pipe: this.#whole(this.#pipe(depth)) })
    }
    return found
  }

  #block(is: 'if' | 'with' | 'range', depth: number): Part {
    this.#at++
    const known = this.#variables.length
    const pipe = this.#whole(this.#pipe(depth, is === 'range'))
    if (is === 'range') this.#loops++
    const then = this.parts(depth + 1)
    if (is === 'range') this.#loops--
    let otherwise: readonly Part[] = []
    if (this.end === 'else') {
      const word = this.#tokens[this.#at]?.text
      if ((word === 'if' && is === 'if') || (word === 'with' && is === 'with')) {
        otherwise = [this.#block(word, depth + 1)]
        // The end that closes the inner one closes this one too.
        this.end = 'end'
      } else {
        otherwise = this.parts(depth + 1)
        if (this.end === 'else') throw refuse('two {{else}} in a row')
      }
    }
    if (this.end !== 'end') throw refuse(`{{${is}}} without {{end}}`)
    this.#variables = this.#variables.slice(0, known)
    this.end = undefined
    return { is, pipe, then, else: otherwise }
  }

  /** Complains about what is left of the action. */
  #whole(pipe: Pipe): Pipe {
    const rest = this.#tokens[this.#at]
    if (rest !== undefined) throw refuse(`unexpected ${rest.text} in an action`)
    return pipe
  }

  #pipe(depth: number, loop = false): Pipe {
    if (depth > deepest) throw refuse('too deeply nested')
    const { variables, sets } = this.#declaration(loop)
    const commands: (readonly Operand[])[] = []
    do {
      const operands: Operand[] = []
      while (this.#at < this.#tokens.length && !this.#isMark('|') && !this.#isMark(')'))
        operands.push(this.#operand(depth))
      if (operands.length === 0) throw refuse('a command is missing')
      if (commands.length > 0 && (operands[0]!.is === 'literal' || operands[0]!.is === 'dot')) {
        throw refuse('only a function or a field can stand after |')
      }
      commands.push(operands)
    } while (this.#take('|'))
    if (!sets) this.#variables.push(...variables)
    return { variables, sets, commands }
  }

  #declaration(loop: boolean): { readonly variables: readonly string[]; readonly sets: boolean } {
    const [first, mark, second, last] = this.#tokens.slice(this.#at, this.#at + 4)
    if (first?.is !== 'variable') return { variables: [], sets: false }
    if (mark?.text === ':=' || mark?.text === '=') {
      this.#at += 2
      if (mark.text === '=') this.#known(first.text)
      return { variables: [first.text], sets: mark.text === '=' }
    }
    if (loop && mark?.text === ',' && second?.is === 'variable' && last?.text === ':=') {
      this.#at += 4
      return { variables: [first.text, second.text], sets: false }
    }
    return { variables: [], sets: false }
  }

  #operand(depth: number): Operand {
    const first = this.#tokens[this.#at++]!
    let operand = this.#start(first, depth)
    while (this.#tokens[this.#at]?.is === 'field' && this.#tokens[this.#at]!.glued) {
      operand = { is: 'field', of: operand, name: this.#tokens[this.#at++]!.text.slice(1) }
    }
    return operand
  }

  #start({ is, text, value }: Token, depth: number): Operand {
    if (is === 'literal') return { is, value: value! }
    if (is === 'field') return { is, of: { is: 'dot' }, name: text.slice(1) }
    if (is === 'variable') return { is, name: this.#known(text) }
    if (is === 'word') {
      if (text === 'true' || text === 'false') return { is: 'literal', value: text === 'true' }
      if (text === 'nil') return { is: 'literal', value: null }
      if (!this.#functions.has(text)) throw refuse(`there is no function ${text}`)
      return { is: 'call', name: text }
    }
    if (text === '.') return { is: 'dot' }
    if (text === '(') {
      const pipe = this.#pipe(depth + 1)
      if (!this.#take(')')) throw refuse('( without )')
      return { is: 'pipe', pipe }
    }
    throw refuse(`unexpected ${text} in an action`)
  }

  #known(name: string): string {
    if (!this.#variables.includes(name)) throw refuse(`there is no variable ${name}`)
    return name
  }

  #isMark(text: string): boolean {
    const next = this.#tokens[this.#at]
    return next?.is === 'mark' && next.text === text
  }

  #take(text: string): boolean {
    if (!this.#isMark(text)) return false
    this.#at++
    return true
  }
}
